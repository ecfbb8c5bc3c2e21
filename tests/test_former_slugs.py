"""A slug may change: ids that were cited stay, and old slugs lead to the new ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from whosays import KG, load, project

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    leave = shutil.ignore_patterns("build")
    return Path(
        shutil.copytree(SEEDS / "harbour-plan", tmp_path / "harbour", ignore=leave)
    )


def edit(root: Path, name: str, *pairs: tuple[str, str]) -> None:
    text = (root / name).read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    (root / name).write_text(text, "utf-8")


def with_new_relation(root: Path) -> None:
    """Rename a relation by hand, but leave the statements as they are."""
    text = (root / "relations.csv").read_text("utf-8")
    head, *rows = text.splitlines()
    rows = [
        row.replace("subsidises,", "grants,", 1) + ",subsidises"
        if row.startswith("subsidises,")
        else f"{row},"
        for row in rows
    ]
    lines = [f"{head},former_slugs", *rows]
    (root / "relations.csv").write_text("\n".join(lines) + "\n", "utf-8")


def ids(root: Path) -> tuple[list[str], list[str]]:
    held = project.read(root).collection
    return [one.id for one in held.statements], [one.id for one in held.names]


def test_a_relation_that_was_renamed_changes_no_id(harbour: Path):
    before = ids(harbour)

    with_new_relation(harbour)
    read = project.read(harbour)

    assert read.errors == ()
    assert ids(harbour) == before
    relations = {one.relation for one in read.collection.statements}
    assert "grants" in relations
    assert "subsidises" not in relations
    assert "WS112" not in {p.code for p in read.problems}  # it is still its label


def test_rows_with_a_former_relation_id_are_told_the_new_one(harbour: Path):
    with_new_relation(harbour)
    edit(harbour, "relations.csv", ("grants,subsidises,", "grants,pays,"))

    found = project.read(harbour).problems

    told = {(p.value, p.fix, p.level) for p in found if p.code == "WS112"}
    assert told == {("subsidises", "grants", "notice")}


def test_a_former_relation_id_belongs_to_no_other(harbour: Path):
    with_new_relation(harbour)
    edit(harbour, "relations.csv", (",subsidises\n", ",finances\n"))

    found = project.read(harbour).errors

    assert "“finances” already means finances" in [p.text for p in found]


@pytest.mark.parametrize("former", ["two words", "Capital", "x_y"])
def test_what_cannot_have_been_a_relation_id_is_refused(harbour: Path, former: str):
    with_new_relation(harbour)
    edit(harbour, "relations.csv", (",subsidises\n", f",{former}\n"))

    found = project.read(harbour).errors

    assert ("WS109", "relations.csv", former) in [
        (p.code, p.table, p.value) for p in found
    ]


def test_the_id_of_a_name_outlives_the_slugs_it_names(harbour: Path):
    before = ids(harbour)

    edit(
        harbour,
        "actors.csv",
        ("\nport-authority,", "\nport-office,"),
        ("harbour-board,", "harbour-board;port-authority,"),
        (",port-authority,,the Diggers", ",port-office,,the Diggers"),
    )
    edit(
        harbour,
        "sources.csv",
        ("\nguild-leaflet,", "\nguild-flyer,"),
        ("month inferred.,en,,,,,,", "month inferred.,en,,,,,guild-leaflet,"),
    )

    assert project.read(harbour).errors == ()
    assert ids(harbour) == before


@pytest.fixture
def renamed(harbour: Path) -> KG:
    with_new_relation(harbour)
    edit(harbour, "actors.csv", ("harbour-board", "harbour-board;old-port"))
    edit(harbour, "sources.csv", ("-02,,en,,,,,,", "-02,,en,,,,,old-tide,"))
    return load(harbour)


@pytest.mark.parametrize(
    ("old", "kind", "new"),
    [
        ("old-port", "actor", "port-authority"),
        ("old-tide", "source", "tide-interview"),
        (
            "halden-lines_subsidises_old-port",
            "claim",
            "halden-lines_grants_port-authority",
        ),
        ("marsh-friends_old-port", "issue", "marsh-friends_port-authority"),
    ],
)
def test_show_says_what_an_old_id_has_become(
    renamed: KG, old: str, kind: str, new: str
):
    entry = renamed.show(old)

    assert (entry.kind, entry.id) == (kind, new)
    assert entry.notes == (f"{old} was renamed and is {new} now",)
    assert renamed.show(new).notes == ()


def test_questions_take_old_names(renamed: KG):
    card = renamed.that("halden-lines", "subsidises", "old-port")

    assert card.id == "halden-lines_grants_port-authority"
    assert len(card) == 2


def test_the_graph_says_what_replaced_an_old_relation(renamed: KG):
    rows = renamed.query(
        "SELECT ?new { <https://example.org/harbour-plan/rel/subsidises> "
        "dcterms:isReplacedBy ?new }"
    )

    assert [str(row["new"]) for row in rows] == [
        "https://example.org/harbour-plan/rel/grants"
    ]


def test_a_statement_that_was_superseded_names_what_took_its_place(harbour: Path):
    file = "statements/tide-interview.csv"
    rows = (harbour / file).read_text("utf-8").splitlines()
    old = next(
        one
        for one in project.read(harbour).collection.statements
        if one.status == "retracted"
    )
    other = next(
        one
        for one in project.read(harbour).collection.statements
        if one.file == file and one.counts
    )
    rows[other.row - 1] = rows[other.row - 1][: -len(",")] + f",{old.id}"
    (harbour / file).write_text("\n".join(rows) + "\n", "utf-8")

    entry = load(harbour).show(old.id)

    assert entry.id == old.id
    assert entry.notes == (f"superseded by {other.id}",)
