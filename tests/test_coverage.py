"""Coverage: each count against the tables, without the module that counts."""

import csv
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from whosays import KG, load
from whosays.cli.main import main
from whosays.cli.reference import CODE_COLUMNS, KINDS, QUERY_COLUMNS
from whosays.coverage import COLUMNS, coverage
from whosays.model import Stance
from whosays.registers import ACTOR_COLUMNS, RELATION_COLUMNS, SOURCE_COLUMNS

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
HEAVY = {
    "IPython",
    "anyascii",
    "jinja2",
    "networkx",
    "numpy",
    "openpyxl",
    "oxrdflib",
    "pandas",
    "polars",
    "pyoxigraph",
    "pyshacl",
    "pyvis",
    "rdflib",
    "rich",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("covered") / "harbour-plan"
    leave = shutil.ignore_patterns("build")
    shutil.copytree(SEEDS / "harbour-plan", path, ignore=leave)
    return path


@pytest.fixture(scope="module")
def harbour(folder: Path) -> KG:
    return load(folder)


def accepted(folder: Path) -> list[dict[str, str]]:
    rows = []
    for file in sorted((folder / "statements").glob("*.csv")):
        with file.open(newline="", encoding="utf-8") as table:
            rows += list(csv.DictReader(table))
    return [row for row in rows if row["status"] in ("", "accepted")]


def test_every_source_is_counted_by_stance_as_its_table_is(harbour: KG, folder: Path):
    rows = accepted(folder)

    for part in harbour.coverage().sources:
        own = [row for row in rows if row["source"] == part.id]
        assert part.statements == len(own)
        for stance in Stance:
            assert part.count(stance) == sum(r["stance"] == stance for r in own)
        assert part.undated == sum(not row["valid"] for row in own)
        assert part.unlocated == sum(not row["locator"] for row in own)


def test_pairs_and_sources_add_up_to_the_whole(harbour: KG, folder: Path):
    found = harbour.coverage()

    assert found.total.statements == len(accepted(folder))
    assert sum(part.statements for part in found.sources) == found.total.statements
    assert sum(part.statements for part in found.pairs) == found.total.statements
    assert sum(part.claims for part in found.pairs) == found.total.claims
    assert sum(part.waiting for part in found.sources) == 1


def test_an_actor_counts_for_what_it_rolls_up_to(harbour: KG):
    pairs = {part.id: part for part in harbour.coverage().pairs}

    assert "halden-lines_saltmere-council" in pairs
    assert "ada-lund_halden-lines" not in pairs


def test_the_tables_of_a_project_are_counted_as_its_records(harbour: KG):
    bundled = load()

    for kg in (harbour, bundled):
        assert kg.coverage() == coverage(kg.collection, kg.pairs())
    assert bundled.coverage().total.disputes > 100


def test_a_pair_disputed_only_without_dates_is_named(harbour: KG):
    collection = harbour.collection
    undated = tuple(
        replace(one, valid="") if one.relation == "pollutes" else one
        for one in collection.statements
    )

    found = coverage(replace(collection, statements=undated), harbour.pairs())

    doubtful = [part.id for part in found.pairs if part.only_undated]
    assert doubtful == ["halden-lines_reed-marsh"]


def test_a_voice_against_itself_is_no_dispute(harbour: KG):
    pairs = {part.id: part for part in harbour.coverage().pairs}

    assert pairs["dockers-union_fishers-guild"].disputes == 0


def test_a_rejected_quotation_is_no_second_voice(harbour: KG):
    collection = harbour.collection
    money = [s for s in collection.statements if s.relation == "finances"]
    quoted = [s for s in money if s.framing == "rejected"]
    denial = [s for s in money if s.stance == "denies"]

    found = coverage(replace(collection, statements=(*quoted, *denial)), [])

    assert (found.total.voices, found.total.single_voiced) == (2, 1)


def test_a_source_without_a_statement_is_listed(harbour: KG):
    found = coverage(replace(harbour.collection, statements=()), [])

    assert {part.id for part in found.sources} == set(harbour.collection.sources)


def test_the_table_has_its_documented_columns(harbour: KG):
    rows = harbour.coverage().to_rows()

    assert rows.columns == COLUMNS
    assert set(rows.column("part")) == {"source", "pair"}


def test_status_says_the_same_in_every_format(
    folder: Path, harbour: KG, capsys: pytest.CaptureFixture[str]
):
    outputs = {}
    for format in ("text", "csv", "json"):
        assert main(["status", "-p", str(folder), "-f", format]) == 0
        outputs[format] = capsys.readouterr().out

    total = harbour.coverage().total
    assert f"{total.statements} statements of 4 sources" in outputs["text"]
    assert max(map(len, outputs["text"].splitlines())) <= 80
    assert outputs["csv"].splitlines()[0] == ",".join(COLUMNS)
    told = json.loads(outputs["json"])
    assert told["about"]["caches"] == "fresh"
    assert len(told["coverage"]) == len(outputs["csv"].splitlines()) - 1


def test_status_tells_stale_caches_and_outputs_from_fresh_ones(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    own = tmp_path / "own"
    shutil.copytree(folder, own, ignore=shutil.ignore_patterns("build"))

    def about() -> dict[str, str]:
        main(["status", "-p", str(own), "-f", "json"])
        told: dict[str, str] = json.loads(capsys.readouterr().out)["about"]
        return told

    assert (about()["caches"], about()["caches"]) == ("stale", "fresh")
    assert about()["graph.ttl"] == "none"
    load(own).build()
    assert about()["graph.ttl"] == "fresh"
    table = own / "actors.csv"
    table.write_bytes(table.read_bytes() + b"new-one,New one,person,,,,,,,,\n")
    later = (own / "build" / "graph.ttl").stat().st_mtime + 10
    os.utime(table, (later, later))
    assert (about()["caches"], about()["graph.ttl"]) == ("stale", "stale")


def test_status_says_where_the_project_comes_from(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("COLUMNS", "120")
    main(["status", "-p", str(folder)])
    assert "from --project" in capsys.readouterr().out
    monkeypatch.setenv("WHOSAYS_PROJECT", str(folder))
    main(["status"])
    assert "from WHOSAYS_PROJECT" in capsys.readouterr().out
    monkeypatch.delenv("WHOSAYS_PROJECT")
    monkeypatch.chdir(folder / "statements")
    main(["status"])
    assert "found from here upwards" in capsys.readouterr().out


def test_status_of_data_with_errors_counts_them(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    broken = tmp_path / "broken"
    shutil.copytree(folder, broken, ignore=shutil.ignore_patterns("build"))
    table = broken / "statements" / "guild-leaflet.csv"
    table.write_text(table.read_text("utf-8").replace("denies", "deneis"), "utf-8")

    code = main(["status", "-p", str(broken)])

    assert code == 1
    assert "broken: 3 errors: whosays check" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("kind", "columns", "row"),
    [
        ("actors", ACTOR_COLUMNS, {"slug": "ada-lund", "acts_for": "saltmere-council"}),
        ("relations", RELATION_COLUMNS, {"id": "blocks", "excludes": "endorses"}),
        ("sources", SOURCE_COLUMNS, {"slug": "guild-leaflet", "date": "2031-04?"}),
        ("queries", QUERY_COLUMNS, {"name": "money-trail"}),
        ("codes", CODE_COLUMNS, {"code": "WS103", "level": "error"}),
    ],
)
def test_ref_lists_what_is_in_force_with_documented_columns(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    kind: str,
    columns: tuple[str, ...],
    row: dict[str, str],
):
    assert main(["ref", kind, "-p", str(folder), "-f", "csv"]) == 0

    table = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert tuple(table[0]) == columns
    assert any(row.items() <= one.items() for one in table)


@pytest.mark.parametrize("kind", KINDS)
def test_ref_fits_a_terminal(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
):
    monkeypatch.setenv("COLUMNS", "80")

    assert main(["ref", kind, "-p", str(folder)]) == 0

    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_a_wrong_table_is_answered_with_the_nearest(
    capsys: pytest.CaptureFixture[str],
):
    assert main(["ref", "actor"]) == 2

    assert "Did you mean: actors" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        *(["ref", kind] for kind in KINDS),
        ["compare", "guild-leaflet", "council-minutes"],
        ["cite", "halden-lines_finances_ada-lund"],
        ["status"],
    ],
)
def test_reading_loads_none_of_the_heavy_packages(
    harbour: KG, folder: Path, arguments: list[str]
):
    code = (
        "import sys; from whosays.cli.main import main; "
        "code = main(sys.argv[1:]); print(*sys.modules, file=sys.stderr); "
        "sys.exit(code)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, *arguments, "-p", str(folder)],
        capture_output=True,
        text=True,
        timeout=250,
        check=True,
    )

    assert not HEAVY & set(done.stderr.split())
