"""The public object answers, draws and exports, and writes where it may."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import whosays
from whosays.cli.main import main
from whosays.errors import (
    DataError,
    MissingFile,
    NotAProject,
    OutsideError,
    QueryError,
    UnknownName,
    UsageError,
)
from whosays.rows import Rows

GOOD = Path(__file__).parent / "fixtures" / "good" / "strait"
BROKEN = Path(__file__).parent / "fixtures" / "broken" / "WS104"


def copied(folder: Path) -> Path:
    ignore = shutil.ignore_patterns("build")
    return Path(shutil.copytree(GOOD, folder / "strait", ignore=ignore))


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> whosays.KG:
    return whosays.load(copied(tmp_path_factory.mktemp("kg")))


def test_what_is_public_is_there() -> None:
    assert len(set(whosays.__all__)) == len(whosays.__all__) > 10
    assert all(hasattr(whosays, name) for name in whosays.__all__)


def test_a_folder_that_is_no_project_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAProject) as caught:
        whosays.load(tmp_path)

    assert "Name a project" in str(caught.value)
    with pytest.raises(NotAProject):
        whosays.check(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        whosays.load(tmp_path / "none")


def test_broken_data_name_their_first_problem() -> None:
    with pytest.raises(DataError, match="WS104") as caught:
        whosays.load(BROKEN)

    assert caught.value.problems
    assert not (BROKEN / "build").exists()


def test_sparql_gives_typed_rows_with_slugs(kg: whosays.KG) -> None:
    rows = kg.query(
        "SELECT ?s (COUNT(?st) AS ?n) { ?st ws:stance ws:denies ; ws:subject ?s } "
        "GROUP BY ?s"
    )

    assert isinstance(rows, Rows)
    assert rows.to_dicts() == [{"s": "aldoria", "n": 3}]


def test_ask_gives_a_row(kg: whosays.KG) -> None:
    assert kg.query("ASK { actor:aldoria denied:arms actor:cedar-front }")[0] == {
        "answer": True
    }
    assert kg.query("ASK { actor:aldoria said:arms actor:cedar-front }")[0] == {
        "answer": False
    }


@pytest.mark.parametrize("speaker", ["aldorian-minister", "Aldorian Minister"])
def test_a_named_query_takes_names_in_any_spelling(
    kg: whosays.KG, speaker: str
) -> None:
    rows = kg.query("denied-by", speaker=speaker)

    assert set(rows.column("voice")) == {"aldorian-minister"}
    assert set(rows.column("stance")) == {"denies"}


@pytest.mark.parametrize(
    ("text", "parameters", "words"),
    [
        ("contestde", {}, "contested"),
        ("denied-by", {"speaker": "aldoriam-minister"}, "aldorian-minister"),
        ("denied-by", {"speeker": "aldoria"}, "speaker"),
        ("ASK {}", {"speaker": "aldoria"}, "named query"),
        ("SELECT * { ?s sadi:arms ?o }", {}, "said:arms"),
    ],
)
def test_a_wrong_question_is_told_the_nearest(
    kg: whosays.KG, text: str, parameters: dict[str, str], words: str
) -> None:
    with pytest.raises((UnknownName, UsageError, QueryError)) as caught:
        kg.query(text, **parameters)

    assert words in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "format", "starts"),
    [
        ("contested", "csv", b"issue"),
        ("ASK {}", "json", b'{"head"'),
        ("ASK {}", "xml", b"<?xml"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1", "", b"@prefix"),
        ("DESCRIBE actor:aldoria\n", "nt", b"<https"),
        ("DESCRIBE actor:aldoria\n", "application/ld+json", b"["),
    ],
)
def test_answers_come_in_standard_formats(
    kg: whosays.KG, text: str, format: str, starts: bytes
) -> None:
    content = kg.answer(text, format).content

    assert content.startswith(starts) or starts == b"issue"
    assert content


def test_describe_needs_no_braces(kg: whosays.KG) -> None:
    assert b"Aldoria" in kg.answer("DESCRIBE actor:aldoria").content


def test_a_format_without_place_for_the_answer_is_refused(kg: whosays.KG) -> None:
    with pytest.raises(UsageError, match="rows"):
        kg.answer("ASK {}", "turtle")
    with pytest.raises(UsageError, match="a graph"):
        kg.answer("DESCRIBE actor:aldoria\n", "csv")


def test_the_dataset_of_rdflib_holds_the_same(kg: whosays.KG) -> None:
    rows = kg.graph.query("SELECT (COUNT(?s) AS ?n) { ?s a ws:Statement }")

    (row,) = rows.bindings
    (number,) = row.values()
    assert int(str(number)) == len(kg.collection.statements)


def test_build_writes_graph_and_view_where_the_data_lie(tmp_path: Path) -> None:
    kg = whosays.load(copied(tmp_path))

    files = kg.build()

    assert [file.name for file in files] == ["graph.trig", "graph.ttl", "view.html"]
    assert all(file.parent == kg.path / "build" for file in files)
    assert all(file.stat().st_size for file in files)


def test_a_second_build_writes_only_what_is_not_as_it_was_written(
    tmp_path: Path,
) -> None:
    project = copied(tmp_path)

    def build() -> dict[str, int]:
        return {f.name: f.stat().st_ino for f in whosays.load(project).build()}

    first = build()
    assert build() == first
    view = project / "build" / "view.html"
    view.write_text("changed")
    second = build()
    assert second["view.html"] != first["view.html"]
    assert view.read_text("utf-8") != "changed"
    (project / "build" / "graph.ttl").unlink()
    third = build()
    assert set(third) == set(first)
    assert build() == third
    table = project / "sources.csv"
    later = view.stat().st_mtime + 10
    os.utime(table, (later, later))
    assert build() != third


def test_a_build_of_changed_data_writes_everything_again(tmp_path: Path) -> None:
    project = copied(tmp_path)
    files = whosays.load(project).build()
    table = project / "actors.csv"
    table.write_bytes(table.read_bytes().replace(b"Aldoria", b"Pine Front"))

    whosays.load(project).build()

    assert b"Pine Front" in files[1].read_bytes()
    assert b"Pine Front" in files[2].read_bytes()


def test_the_command_says_whether_it_wrote_or_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = str(copied(tmp_path))

    told = [(main(["build", "-p", project]), capsys.readouterr().out) for _ in "12"]

    assert ["  wrote     " in text for _, text in told] == [True, False]
    assert ["  kept      " in text for _, text in told] == [False, True]


def test_a_place_that_is_taken_is_an_outside_failure(tmp_path: Path) -> None:
    project = copied(tmp_path)
    (project / "build").write_text("taken")

    kg = whosays.load(project)

    assert kg.query("ASK {}")
    with pytest.raises(OutsideError):
        kg.build()
    with pytest.raises(OutsideError):
        whosays.load(project, write=True)


def test_reading_an_open_project_goes_on_while_another_rebuilds(
    tmp_path: Path,
) -> None:
    project = copied(tmp_path)
    old = whosays.load(project)
    before = old.collection
    actors = project / "actors.csv"
    actors.write_text(actors.read_text().replace("Dun Brigade", "Dun Army"))

    new = whosays.load(project)

    assert new.collection.actors["dun-brigade"].label == "Dun Army"
    assert old.collection is before
    assert old.pairs() == new.pairs()


def test_problems_are_listed_and_never_raised(kg: whosays.KG) -> None:
    assert kg.check() == []
    assert any(problem.code == "WS104" for problem in whosays.check(BROKEN))


def test_the_network_has_the_accepted_statements(kg: whosays.KG) -> None:
    graph = kg.to_networkx()

    assert graph.number_of_edges() == 8
    assert graph.nodes["aldoria"]["label"] == "Aldoria"


def test_disputes_are_issues_with_titles_and_a_table_of_typed_rows(
    kg: whosays.KG,
) -> None:
    disputed = kg.disputes()

    frame = disputed.to_pandas()

    assert [one.title for one in disputed] == [
        " — ".join(kg.collection.label(slug) for slug in one.issue.actors)
        for one in disputed
    ]
    assert len(frame) == sum(one.pairs for one in disputed) > 0
    assert frame["score"].dtype == "float64"
    assert set(frame["affirmed_stance"]) == {"affirms"}


def test_disputes_of_one_actor_are_those_that_concern_it(kg: whosays.KG) -> None:
    everything = {one.issue.id for one in kg.disputes()}

    for slug in kg.collection.actors:
        found = {one.issue.id for one in kg.disputes(slug)}
        assert found <= everything


def test_a_notebook_sees_what_the_graph_holds(kg: whosays.KG) -> None:
    assert f"{len(kg.collection.statements)} statements" in repr(kg)
    assert "<table" in kg._repr_html_()


@pytest.mark.parametrize("ask", ["about", "show", "cite", "query", "perspective"])
def test_nothing_at_all_names_nothing(kg: whosays.KG, ask: str) -> None:
    with pytest.raises(UsageError, match="is named by a text, not by NoneType"):
        getattr(kg, ask)(None)


def test_a_second_build_tells_the_same_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = copied(tmp_path)
    assert main(["build", "-p", str(project)]) == 0
    first = capsys.readouterr().out
    written = [*(project / "build").glob("*.*")]
    before = [file.stat().st_mtime_ns for file in written]

    assert main(["build", "-p", str(project)]) == 0

    assert capsys.readouterr().out == first.replace("wrote", "kept ")
    assert {file.suffix for file in written} >= {".trig", ".ttl", ".html"}
    assert [file.stat().st_mtime_ns for file in written] == before
