"""Registers: actors, sources and relations are listed, filtered and found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from whosays import kg, registers
from whosays.cli.main import main
from whosays.errors import UnknownName, UsageError
from whosays.model import Collection
from whosays.rows import Rows

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("registers") / "harbour-plan"
    ignored = shutil.ignore_patterns("build")
    shutil.copytree(SEEDS / "harbour-plan", path, ignore=ignored)
    return path


@pytest.fixture(scope="module")
def harbour(folder: Path) -> Collection:
    return kg.load(folder).collection


def slugs(rows: object) -> set[object]:
    assert isinstance(rows, Rows)
    return set(rows.column(rows.columns[0]))


def test_actors_are_counted_by_what_is_said_of_them_and_by_what_they_say(
    harbour: Collection,
) -> None:
    counted = [s for s in harbour.statements if s.counts]

    rows = {row["slug"]: row for row in registers.actors(harbour)}

    assert set(rows) == set(harbour.actors)
    for slug, row in rows.items():
        ends = sum((s.subject == slug) + (s.object == slug) for s in counted)
        assert (row["statements"], row["said"]) == (
            ends,
            sum(s.voice == slug for s in counted),
        )


def test_actors_are_narrowed_by_type_whole_and_source(harbour: Collection) -> None:
    people = registers.actors(harbour, type="person")
    port = registers.actors(harbour, part_of="Port Authority")
    radio = registers.actors(harbour, source="tide-interview")

    assert slugs(people) == {"ada-lund", "ines-carrow", "mara-quill"}
    assert "dredging-unit" in slugs(port)
    assert "port-authority" not in slugs(port)
    assert "ada-lund" in slugs(radio)
    assert slugs(radio) < set(harbour.actors)


def test_only_actors_that_no_row_names_are_unused(harbour: Collection) -> None:
    named = {
        slug
        for s in harbour.statements
        for slug in (s.subject, s.object, *s.chain, *s.place)
    }

    unused = slugs(registers.actors(harbour, unused=True))

    assert unused.isdisjoint(named)


def test_an_unknown_filter_is_answered_with_what_there_is(harbour: Collection) -> None:
    with pytest.raises(UsageError, match="Did you mean: person"):
        registers.actors(harbour, type="persn")
    with pytest.raises(UsageError, match="Did you mean: interview"):
        registers.sources(harbour, kind="intervew")
    with pytest.raises(UsageError, match="hostility"):
        registers.relations(harbour, family="hostle")
    with pytest.raises(UnknownName, match="Did you mean"):
        registers.actors(harbour, part_of="Port Authorty")


def test_sources_are_narrowed_by_who_made_them(harbour: Collection) -> None:
    assert slugs(registers.sources(harbour, by="Guild of Fishers")) <= {"guild-leaflet"}
    assert slugs(registers.sources(harbour, kind="interview")) == {"tide-interview"}
    assert slugs(registers.sources(harbour, undated=True)) == set()
    assert slugs(registers.sources(harbour, lang="EN")) == set(harbour.sources)


def test_relations_of_the_project_are_told_from_the_core(harbour: Collection) -> None:
    own = slugs(registers.relations(harbour, own=True))
    grants = slugs(registers.relations(harbour, narrower_than="supports"))

    assert own >= {"blocks", "dredges"}
    assert "fights" not in own
    assert {"finances", "subsidises"} <= grants
    assert "supports" not in grants


@pytest.mark.parametrize(
    ("text", "slug", "match"),
    [
        ("ada lund", "ada-lund", "same"),
        ("Mayor Lund", "ada-lund", "same"),
        ("نقابة الصيادين", "fishers-guild", "same"),
        ("lund", "ada-lund", "part"),
        ("Ada Lnud", "ada-lund", "near"),
        ("Áda Lünd", "ada-lund", "sounds"),
    ],
)
def test_an_actor_is_found_by_any_of_its_names(
    harbour: Collection, text: str, slug: str, match: str
) -> None:
    first = registers.find_actors(harbour, text)[0]

    assert (first["slug"], first["match"]) == (slug, match)


def test_the_best_match_comes_first_and_each_actor_once(harbour: Collection) -> None:
    rows = registers.find_actors(harbour, "dredging unit")

    found = rows.column("slug")
    assert found[0] == "dredging-unit"
    assert len(set(found)) == len(found)


def test_a_stranger_is_not_found(harbour: Collection) -> None:
    assert len(registers.find_actors(harbour, "Zanzibar Tigers")) == 0
    assert len(registers.find_actors(harbour, "…")) == 0


def test_a_relation_is_found_by_a_word_of_its_definition(harbour: Collection) -> None:
    rows = registers.find_relations(harbour, "weapons")

    assert "arms" in rows.column("slug")


def test_an_inverse_label_finds_its_relation(harbour: Collection) -> None:
    first = registers.find_relations(harbour, "is blocked by")[0]

    assert (first["slug"], first["column"]) == ("blocks", "inverse_label")


def test_a_source_is_found_by_its_address(harbour: Collection) -> None:
    first = registers.find_sources(harbour, "https://example.org/minutes/2031-03")[0]

    assert (first["slug"], first["column"]) == ("council-minutes", "url")


def test_a_finding_can_be_demanded(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["actor", "find", "Zanzibar Tigers", "-p", str(folder)]

    assert main(call) == 0
    assert main([*call, "--must-find"]) == 1
    assert "nothing found" in capsys.readouterr().err


def test_lists_work_while_the_project_has_errors(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(folder, broken, ignore=shutil.ignore_patterns("build"))
    table = broken / "statements" / "guild-leaflet.csv"
    table.write_text(table.read_text("utf-8") + "nobody,fights\n", "utf-8")

    code = main(["actor", "list", "-f", "csv", "-p", str(broken)])

    out, err = capsys.readouterr()
    assert code == 0
    assert "ada-lund" in out
    assert "whosays check" in err


def test_a_group_without_a_verb_shows_its_help(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["actor"]) == 0
    assert "whosays actor list" in capsys.readouterr().out


def test_a_wrong_verb_of_a_group_is_answered_with_the_nearest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["actor", "fnd"]) == 2
    assert "Did you mean: find" in capsys.readouterr().err
