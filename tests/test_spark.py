"""A corpus in parts comes to the same as the same rows read at once."""

from __future__ import annotations

import hashlib
import json
import pickle
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

import whosays.spark
from scripts.benchmarks import generator
from tests.plain_spark import Spark
from whosays import disputes, index, rdf
from whosays.cli.main import main
from whosays.errors import MissingExtra, UsageError
from whosays.model import Collection, Dispute, Issue, Status
from whosays.problems import Ledger, Problem
from whosays.project import batch, row_of
from whosays.project.sheets import sheets_of
from whosays.project.statements import COLUMNS
from whosays.project.writing import csv_text
from whosays.spark import Spread, corpus, spread
from whosays.spark.corpus import Corpus
from whosays.spark.ground import Groups
from whosays.spark.reading import Told, read, read_lines
from whosays.spark.session import session

Crowd = tuple[Path, list[Path]]
"""A project and tables of further rows."""

STRAIT = Path(__file__).parent / "fixtures" / "good" / "strait"
HEAD = "subject,relation,object,source,stance,locator,gist,supersedes\n"


@pytest.fixture(autouse=True)
def plain(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the parts be worked on here, except where Spark itself is tried."""

    @contextmanager
    def here(master: str) -> Iterator[Spark]:
        yield Spark()

    if "with_spark" not in request.fixturenames:
        monkeypatch.setattr(whosays.spark, "session", here)
        monkeypatch.setattr(corpus, "on_disk", lambda rows: rows)


@pytest.fixture
def with_spark() -> None:
    pytest.importorskip("pyspark", reason="pyspark is large: see CONTRIBUTING.md")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17")


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Crowd:
    """Make a project of a tenth of many statements, and tables of all the others."""
    folder = tmp_path_factory.mktemp("crowd")
    made = generator.make(1_500, seed=5, steepness=1.6)
    rows = [
        replace(one, run=f"run-{place % 3}" if place % 7 == 0 else "", file="")
        for place, one in enumerate(made.statements)
    ]
    project = folder / "project"
    generator.write(replace(made, statements=tuple(rows[::10])), project)
    rest = [one for place, one in enumerate(rows) if place % 10]
    again = [one for one in rest if one.status is Status.ACCEPTED][:20]
    tables = []
    for number in range(4):
        table = folder / f"events-{number}.csv"
        held = [*rest[number::4], *(again if number == 3 else ())]
        cells = [row_of(one, made) for one in held]
        mirrored = cells[0] | {
            "subject": cells[0]["object"],
            "object": cells[0]["subject"],
        }
        extra = [mirrored] if made.relations[held[0].relation].symmetric else []
        table.write_text(csv_text(COLUMNS, [*cells, *extra]), "utf-8", newline="\n")
        tables.append(table)
    return project, tables


@pytest.fixture
def strait(tmp_path: Path) -> Path:
    return Path(shutil.copytree(STRAIT, tmp_path / "strait"))


def at_once(
    path: Path, tables: list[Path]
) -> tuple[Collection, list[Dispute], list[Issue], set[Problem]]:
    ledger = Ledger(batch.LISTED)
    read = batch.read_batch(path, sheets_of(tables, ledger), ledger, keep=True)
    with index.Building(None, read.after.collection) as building:
        for quarrel in disputes.quarrels(read.after.collection):
            building.take(*quarrel)
        kept = building.finish()
    found, issues = list(kept.stream(Dispute, "held")), kept.all(Issue)
    kept.close()
    return read.after.collection, found, issues, set(ledger)


def without_notice(done: Spread) -> set[Problem]:
    return {one for one in done.problems if one.code != "WS524"}


def digest(lines: set[bytes]) -> str:
    return hashlib.sha256(b"\n".join(sorted(lines))).hexdigest()


def lines_of(folder: Path) -> set[bytes]:
    files = folder.glob("*.nq")
    return {line for file in files for line in file.read_bytes().splitlines()}


def same_quads(crowd: Crowd, done: Spread, folder: Path) -> None:
    """Compare all that the parts hold with what the same rows give at once."""
    collection, found, issues, problems = at_once(*crowd)
    wanted = set(rdf.nquads(collection, found, issues).splitlines())
    written = lines_of(folder)
    assert (done.statements, done.disputes, done.held, done.issues) == (
        len(collection.statements),
        len(disputes.find(collection)),
        len(found),
        len(issues),
    )
    assert done.disputes > 100
    assert {one.code for one in problems} >= {"WS320"}
    assert without_notice(done) == problems
    assert sorted(written - wanted)[:3] == sorted(wanted - written)[:3] == []
    assert digest(written) == digest(wanted)


def test_the_parts_hold_the_quads_of_the_whole(crowd, tmp_path):
    done = spread(crowd[0], crowd[1], tmp_path / "parts", partitions=7)

    same_quads(crowd, done, tmp_path / "parts")
    assert len([name for name in done.files if name.startswith("part-")]) == 7


@pytest.fixture(params=[1_000_000, 200], ids=["all pairs", "the strongest pairs"])
def bounded(request: pytest.FixtureRequest, crowd: Crowd, tmp_path: Path) -> Crowd:
    """Let issues have more pairs than are strongest, and a graph hold them or not."""
    project = tmp_path / "project"
    shutil.copytree(crowd[0], project, ignore=shutil.ignore_patterns("build"))
    with (project / "whosays.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[graph]\npairs = {request.param}\nstrongest = 3\n")
    return project, crowd[1]


def test_the_parts_hold_as_many_pairs_as_a_project_would(bounded, tmp_path):
    project, tables = bounded

    done = spread(project, tables, tmp_path / "parts", partitions=1)

    same_quads(bounded, done, tmp_path / "parts")
    left = [name for name in done.files if name.startswith("left-")]
    assert bool(left) == (done.held == done.disputes)


def test_lines_that_spark_made_are_read_as_the_rows_they_were(strait):
    cells = {"subject": "belmark", "relation": "arms", "object": "cedar-front"}
    cells |= {"source": "strait-interview", "stance": "denies", "locator": "p9"}
    table = strait / "new.csv"
    table.write_text(csv_text(list(cells), [cells]), "utf-8")
    lines = [json.dumps(cells)]
    ground = Corpus(Spark(), strait, []).ground.value

    plain, told = read(ground, [(0, str(table))])
    made, also = read_lines(ground, 0, "new.parquet", lines)

    assert isinstance(plain, tuple)
    assert isinstance(made, tuple)
    wanted = replace(pickle.loads(plain[1]), file="new.parquet", row=1)
    assert pickle.loads(made[1]) == wanted
    assert isinstance(told, Told)
    assert isinstance(also, Told)
    assert (also.rows, also.refused) == (told.rows, told.refused) == (1, 0)


def test_spark_reads_columns_as_it_reads_rows(with_spark, crowd, tmp_path):
    first, *others = crowd[1]
    columns = tmp_path / "columns"
    with session("local[2]") as spark:
        rows = spark.read.csv(str(first), header=True, escape='"', multiLine=True)
        rows.coalesce(1).write.parquet(str(columns))

    done = spread(crowd[0], [columns, *others], tmp_path / "parts", master="local[2]")

    collection, found, issues, _ = at_once(*crowd)
    wanted = set(rdf.nquads(collection, found, issues).splitlines())
    assert digest(lines_of(tmp_path / "parts")) == digest(wanted)
    assert done.disputes == len(found)


def test_spark_gives_the_same_quads(with_spark, crowd, tmp_path):
    done = spread(crowd[0], crowd[1], tmp_path / "parts", master="local[2]")

    same_quads(crowd, done, tmp_path / "parts")


def test_spark_gives_the_same_rows_as_parquet(with_spark, bounded, tmp_path):
    project, tables = bounded
    collection, found, issues, _ = at_once(project, tables)

    done = spread(
        project, tables, tmp_path / "parts", format="parquet", master="local[2]"
    )

    assert done.files == ("disputes", "issues", "statements")
    with session("local[2]") as spark:
        read = {
            name: spark.read.parquet(str(tmp_path / "parts" / name)).collect()
            for name in done.files
        }
    assert {row.id for row in read["statements"]} == {
        one.id for one in collection.statements
    }
    assert {(r.id, r.kind, r.score, r.own, r.camp) for r in read["disputes"]} == {
        (one.id, str(one.kind), one.score, one.own, one.camp) for one in found
    }
    assert {(row.id, row.pairs, *row.disputes) for row in read["issues"]} == {
        (one.id, one.pairs, *one.disputes) for one in issues
    }
    assert len(read["statements"]) == done.statements == len(collection.statements)
    assert len(read["disputes"]) == done.held
    assert len(read["issues"]) == done.issues


def test_a_master_that_is_none_is_told_without_traceback(
    with_spark, crowd, tmp_path, capsys
):
    project, _ = crowd
    gone = tmp_path / "gone.csv"
    gone.write_text("slug,label,type\n", "utf-8")

    code = main(
        [
            "corpus",
            str(gone),
            "-o",
            str(tmp_path / "parts"),
            "-p",
            str(project),
            "--master",
            "local[nowhere]",
        ]
    )

    assert code == 3
    assert "Traceback" not in capsys.readouterr().err
    assert not (tmp_path / "parts").exists()


def test_rows_with_errors_are_all_told_and_nothing_is_written(strait, tmp_path):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text(
        HEAD
        + "aldoria,armz,cedar-front,strait-interview,denies,p4,Nothing went there.,\n"
        + "belmark,arms,cedar-front,strait-interview,denies,p9,Nothing went there.,\n",
        "utf-8",
    )
    two.write_text(
        HEAD
        + "belmark,arms,cedar-front,strait-interview,denies,p9,Another gist.,\n"
        + "belmark,arms,cedar-front,strait-interview,affirms,p9,Arms went.,"
        + "aaaaaaaaaaaa\n",
        "utf-8",
    )

    done = spread(strait, [one, two], tmp_path / "parts")

    assert without_notice(done) == at_once(strait, [one, two])[3]
    assert {one.code for one in done.problems} >= {"WS104", "WS322"}
    assert (done.rows, done.refused, done.files) == (4, 2, ())
    assert not (tmp_path / "parts").exists()


def test_a_row_that_replaces_one_that_counts_is_told(strait, tmp_path):
    old = at_once(strait, [])[0].statements[0]
    table = tmp_path / "new.csv"
    table.write_text(
        HEAD + "belmark,arms,cedar-front,strait-interview,denies,p9,Nothing went "
        f"there.,{old.id}\n",
        "utf-8",
    )

    done = spread(strait, [table], tmp_path / "parts")

    assert "WS412" in {one.code for one in done.problems}
    assert without_notice(done) == at_once(strait, [table])[3]


def test_new_actors_beside_a_table_are_known_in_all_parts(strait, tmp_path):
    folder = tmp_path / "events"
    folder.mkdir()
    (folder / "new.actors.csv").write_text(
        "slug,label,type,part_of\ndun-second,Second Dun Company,militia,dun-brigade\n",
        "utf-8",
    )
    (folder / "new.csv").write_text(
        HEAD
        + "dun-second,fights,cedar-front,strait-interview,affirms,p9,They fight.,\n",
        "utf-8",
    )

    done = spread(strait, [folder], tmp_path / "parts")

    assert [one for one in done.problems if one.level == "error"] == []
    assert b"actor/dun-second>" in b"".join(lines_of(tmp_path / "parts"))


def test_what_disputes_a_statement_is_in_its_group(crowd):
    collection, found, *_ = at_once(*crowd)
    by_id = {one.id: one for one in collection.statements}
    groups = Groups(collection)

    apart = [
        one
        for one in found
        if groups.of(by_id[one.affirmed]) != groups.of(by_id[one.contested])
    ]

    assert apart == []
    assert len({groups.of(one) for one in collection.statements}) > 50


def test_a_folder_that_holds_something_is_left_alone(strait, tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "mine.txt").write_text("mine")

    with pytest.raises(UsageError, match="is there already"):
        spread(strait, [], tmp_path / "parts")


def test_a_table_of_actors_under_another_name_is_refused(strait, tmp_path):
    table = tmp_path / "people.csv"
    table.write_text("slug,label,type\nnobody,Nobody,person\n", "utf-8")

    with pytest.raises(UsageError, match="is a table of actors") as caught:
        spread(strait, [table], tmp_path / "parts")

    assert caught.value.hint == "Call it people.actors.csv"


def test_the_command_prints_what_it_wrote(strait, tmp_path, capsys):
    table = tmp_path / "new.csv"
    table.write_text(
        HEAD + "belmark,arms,cedar-front,strait-interview,affirms,p9,Arms went.,\n",
        "utf-8",
    )

    code = main(
        ["corpus", str(table), "-o", str(tmp_path / "parts"), "-p", str(strait)]
    )

    printed = capsys.readouterr()
    assert code == 0
    assert "1 row, 9 statements with those of the project" in printed.out
    assert "4 pairs collide, in 3 pairs of actors" in printed.out
    assert "registers.nq" in {file.name for file in (tmp_path / "parts").iterdir()}


def test_without_pyspark_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)
    monkeypatch.setitem(__import__("sys").modules, "py4j.protocol", None)

    with pytest.raises(MissingExtra, match=r"whosays\[spark\]"), session("local[2]"):
        pass
