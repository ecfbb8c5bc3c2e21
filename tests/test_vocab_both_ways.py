"""A relation means the same in relations.csv and in Turtle, and so does a mistake."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import whosays
from whosays import project
from whosays.vocab import COLUMNS

BASE = "https://example.org/harbour/"
HEADER = f"""\
@prefix ws: <https://w3id.org/whosays/ns#> .
@prefix rel: <https://w3id.org/whosays/rel/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix hb: <{BASE}rel/> .
"""
TERMS = {
    "label": "skos:prefLabel",
    "inverse_label": "ws:inverseLabel",
    "aliases": "skos:altLabel",
    "symmetric": "ws:symmetric",
    "narrower_than": "ws:narrowerThan",
    "family": "ws:family",
    "polarity": "ws:polarity",
    "rolls_up_subject": "ws:rollsUpSubject",
    "rolls_up_object": "ws:rollsUpObject",
    "object_kind": "ws:objectKind",
    "incompatible_with": "ws:incompatibleWith",
    "tension_with": "ws:tension",
    "definition": "skos:definition",
    "plover": "ws:plover",
    "wikidata": "skos:closeMatch",
    "misp": "ws:misp",
}
LINKS = ("narrower_than", "incompatible_with", "tension_with")
CORE = ("fights", "supports", "opposes", "invites", "cooperatesWith")

Row = Mapping[str, str]


def turtle(rows: list[Row]) -> str:
    """Write rows of relations.csv as Turtle."""
    own = {row["slug"] for row in rows}

    def values(column: str, cell: str) -> str:
        parts = [part.strip() for part in cell.split(";") if part.strip()]
        if column in LINKS:
            known = (
                f"hb:{p}" if p in own or p not in CORE else f"rel:{p}" for p in parts
            )
            return ", ".join(known)
        if column == "wikidata":
            return f"wd:{cell}"
        texts = parts if column == "aliases" else [cell]
        return ", ".join(f'"{text}"' for text in texts)

    lines = [HEADER]
    for row in rows:
        lines.append(f"hb:{row['slug']} a ws:Relation")
        lines += [
            f"  ; {TERMS[column]} {values(column, cell)}"
            for column, cell in row.items()
            if column != "slug" and cell
        ]
        lines.append("  .")
    return "\n".join(lines)


def start(folder: Path) -> Path:
    whosays.init(folder, bare=True)
    settings_file = folder / "whosays.toml"
    text = settings_file.read_text("utf-8")
    settings_file.write_text(
        text.replace(f"example.org/{folder.name}/", "example.org/harbour/")
    )
    return folder


def both(folder: Path, rows: list[Row]) -> tuple[project.Project, project.Project]:
    """Read the same rows from a table and from Turtle."""
    table, file = folder / "relations.csv", folder / "ontology" / "own.ttl"
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    with table.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    tabular = project.read(folder)
    table.unlink()
    file.write_text(turtle(rows), "utf-8")
    return tabular, project.read(folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return start(tmp_path_factory.mktemp("ways") / "topic")


def codes(read: project.Project) -> set[str]:
    return {problem.code for problem in read.problems}


BLOCKS = {
    "slug": "blocks",
    "label": "blocks",
    "inverse_label": "is blocked by",
    "aliases": "holds up; shuts out",
    "narrower_than": "opposes",
    "rolls_up_object": "true",
    "object_kind": "any",
    "incompatible_with": "invites",
    "tension_with": "cooperatesWith",
    "definition": "Keeps the object from going on.",
    "plover": "REJECT",
    "wikidata": "P1",
    "misp": "blocks",
}


def test_every_column_means_the_same_in_both(folder: Path) -> None:
    table, ttl = both(folder, [BLOCKS])

    assert codes(table) == codes(ttl) == set()
    assert table.vocabulary.relations == ttl.vocabulary.relations
    assert set(table.vocabulary.incompatibilities) == set(
        ttl.vocabulary.incompatibilities
    )
    relation = table.vocabulary.relations["blocks"]
    assert (relation.polarity, relation.rolls_up_object) == (-1, True)
    assert len(table.vocabulary.incompatibilities) == len(
        whosays.load(folder).collection.incompatibilities
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"label": ""}, "WS601"),
        ({"label": "fights"}, "WS602"),
        ({"inverse_label": "is fought by; fights"}, ""),
        ({"inverse_label": "Supports"}, "WS602"),
        ({"aliases": "wages war"}, ""),
        ({"aliases": "backs"}, "WS602"),
        ({"narrower_than": "blocks"}, "WS603"),
        ({"narrower_than": "hinders"}, "WS604"),
        ({"incompatible_with": "hinders"}, "WS604"),
        ({"incompatible_with": "opposes"}, "WS601"),
        ({"tension_with": "invitess"}, "WS604"),
        ({"symmetric": "perhaps"}, "WS605"),
        ({"symmetric": "true"}, "WS605"),
        ({"symmetric": "true", "inverse_label": ""}, ""),
        ({"polarity": "5"}, "WS605"),
        ({"family": "hostile"}, "WS108"),
        ({"object_kind": "person"}, "WS108"),
    ],
)
def test_a_mistake_has_the_same_code_in_both(
    folder: Path, change: dict[str, str], code: str
) -> None:
    table, ttl = both(folder, [{**BLOCKS, **change}])

    assert codes(table) == ({code} if code else set())
    assert codes(ttl) == codes(table)


def test_all_mistakes_of_a_file_are_told_at_once(folder: Path) -> None:
    rows: list[Row] = [
        {"slug": "one", "label": "fights"},
        {"slug": "two", "label": ""},
        {"slug": "three", "label": "three", "polarity": "9"},
    ]

    table, ttl = both(folder, rows)

    assert codes(table) == codes(ttl) == {"WS601", "WS602", "WS605"}
    lines = {p.row for p in ttl.problems}
    assert len(lines) == len(ttl.problems) == 3


def test_circles_over_several_steps_are_found_in_both(folder: Path) -> None:
    names = ("one", "two", "three")
    rows: list[Row] = [
        {"slug": name, "label": name, "narrower_than": names[(place + 1) % 3]}
        for place, name in enumerate(names)
    ]

    table, ttl = both(folder, rows)

    assert codes(table) == codes(ttl) == {"WS603"}


def test_a_core_relation_takes_aliases_and_nothing_else_in_both(folder: Path) -> None:
    table = folder / "relations.csv"
    (folder / "ontology" / "own.ttl").unlink(missing_ok=True)
    table.write_text("slug,aliases,polarity\nfights,locks horns with,1\n", "utf-8")
    tabular = project.read(folder)
    table.unlink()
    text = f'{HEADER}rel:fights skos:altLabel "locks horns with" ; ws:polarity 1 .'
    (folder / "ontology" / "own.ttl").write_text(text, "utf-8")

    assert codes(tabular) == codes(project.read(folder)) == {"WS606"}


CELLS = {
    "label": st.sampled_from(["", "blocks", "shuts", "fights", "leases to"]),
    "inverse_label": st.sampled_from(["", "is shut by", "shuts", "arms"]),
    "aliases": st.sampled_from(["", "holds up", "holds up; backs", "bars; bars"]),
    "symmetric": st.sampled_from(["", "true", "maybe"]),
    "narrower_than": st.sampled_from(["", "opposes", "one", "two", "nothing"]),
    "polarity": st.sampled_from(["", "-2", "0", "3"]),
    "family": st.sampled_from(["", "hostility", "hostile"]),
    "object_kind": st.sampled_from(["", "place", "anything"]),
    "incompatible_with": st.sampled_from(["", "invites", "supports; invites", "two"]),
    "tension_with": st.sampled_from(["", "fights", "unknown"]),
}


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.fixed_dictionaries(CELLS), min_size=1, max_size=3))
def test_any_rows_are_read_alike(folder: Path, cells: list[dict[str, str]]) -> None:
    slugs = ("one", "two", "three")
    rows: list[Row] = [
        {"slug": slug, **one} for slug, one in zip(slugs, cells, strict=False)
    ]

    table, ttl = both(folder, rows)

    assert codes(table) == codes(ttl)
    if not table.errors:
        assert table.vocabulary.relations == ttl.vocabulary.relations
        assert set(table.vocabulary.incompatibilities) == set(
            ttl.vocabulary.incompatibilities
        )
