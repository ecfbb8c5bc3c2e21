"""Two readers of one source: rows are paired, agreement is measured and settled."""

from __future__ import annotations

import builtins
import importlib.util
import io
import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays import readers
from whosays.cli.main import main
from whosays.errors import DataError, MissingExtra, MissingFile, UsageError

STRAIT = Path(__file__).parent / "fixtures" / "good" / "strait"
HEADER = "subject,relation,object,source,stance,speaker,modality,locator,framing,gist"
ANN = (
    "aldoria,arms,cedar-front,strait-interview,denies,,,p4,,No weapons.",
    "aldoria,negotiatesWith,belmark,strait-interview,affirms,,intended,p7,,Talks.",
    "aldoria,supports,dun-brigade,strait-interview,affirms,belmark-radio,,p9,rejected,",
    "aldoria,supports,dun-brigade,strait-interview,denies,,,p9,,Alone.",
    "belmark,fights,cedar-front,strait-interview,affirms,,,p12,,A war.",
    "belmark,opposes,aldoria,strait-interview,affirms,,,p14,,",
)
BEN = (
    "belmark,negotiatesWith,aldoria,strait-interview,affirms,,,p7,,Ready to talk.",
    "aldoria,arms,cedar-front,strait-interview,denies,,,p4,,Sent nothing.",
    "aldoria,cooperatesWith,dun-brigade,strait-interview,denies,,,p9,,The navy only.",
    "aldoria,cooperatesWith,dun-brigade,strait-interview,affirms,belmark-radio,,p9,,",
    "belmark,fights,cedar-front,strait-interview,questions,,,p12,,Is it a war?",
    "belmark,opposes,aldoria,strait-interview,affirms,,,p15,,",
    "aldoria,arms,belmark,strait-interview,denies,,,p20,,",
)


@pytest.fixture
def strait(tmp_path: Path) -> Path:
    return Path(shutil.copytree(STRAIT, tmp_path / "strait"))


@pytest.fixture
def tables(tmp_path: Path) -> tuple[Path, Path]:
    return table(tmp_path, "ann", *ANN), table(tmp_path, "ben", *BEN)


def table(folder: Path, name: str, *rows: str) -> Path:
    path = folder / f"{name}.csv"
    path.write_text("\n".join((HEADER, *rows)) + "\n", "utf-8")
    return path


def test_rows_are_paired_by_passage_and_claim(strait: Path, tables: tuple[Path, Path]):
    found = readers.agreement(*tables, path=strait)

    rows = [(pair.first.row, pair.second.row) for pair in found.pairs]
    assert rows == [(2, 3), (3, 2), (4, 5), (5, 4), (6, 6), (7, 7)]
    assert [said.row for said in found.only[1]] == [8]
    assert found.only[0] == ()
    assert found.rows == (6, 7)


def test_what_differs_is_named_column_by_column(
    strait: Path, tables: tuple[Path, Path]
):
    found = readers.agreement(*tables, path=strait)

    differing = {pair.first.row: pair.differing for pair in found.differing}
    assert differing == {
        3: ("subject", "object", "modality"),
        4: ("relation", "framing"),
        5: ("relation",),
        6: ("stance",),
        7: ("locator",),
    }
    assert [pair.first.row for pair in found.alike] == [2]


def test_each_column_is_measured_where_both_coded_it(
    strait: Path, tables: tuple[Path, Path]
):
    found = readers.agreement(*tables, path=strait)

    by = {one.name: one for one in found.variables}
    assert tuple(by) == readers.VARIABLES
    assert (by["subject"].pairs, by["subject"].same) == (6, 5)
    assert (by["relation"].pairs, by["relation"].same) == (6, 4)
    assert (by["framing"].pairs, by["framing"].alpha) == (0, None)
    assert by["voice"].kappa == 1.0
    assert by["relation"].alpha == pytest.approx(1 - (2 / 6) / (120 / 132))


def test_a_row_that_is_the_same_is_paired_before_one_that_is_alike(
    strait: Path, tmp_path: Path
):
    twin = "aldoria,arms,cedar-front,strait-interview,affirms,belmark-radio,,p4,,"
    one = table(tmp_path, "one", twin, ANN[0])
    other = table(tmp_path, "other", ANN[0], twin)

    found = readers.agreement(one, other, path=strait)

    assert len(found.alike) == 2


def test_rows_of_other_passages_with_other_claims_stay_alone(
    strait: Path, tmp_path: Path
):
    one = table(tmp_path, "one", ANN[0], ANN[4])
    other = table(tmp_path, "other", ANN[1])

    found = readers.agreement(one, other, path=strait)

    assert found.pairs == ()
    assert [len(side) for side in found.only] == [2, 1]
    assert {one.alpha for one in found.variables} == {None}


def test_what_cannot_be_read_or_compared_is_counted(strait: Path, tmp_path: Path):
    foreign = ANN[0].replace("strait-interview", "night-bulletin")
    one = table(tmp_path, "one", ANN[0], ANN[1].replace("affirms", "affirm"), foreign)
    other = table(tmp_path, "other", ANN[0])

    found = readers.agreement(one, other, path=strait)

    assert found.errors == (1, 0)
    assert found.elsewhere == (1, 0)
    assert found.rows == (1, 1)


@pytest.mark.parametrize(
    ("first", "second", "error", "said"),
    [
        ("ann.csv", "none.csv", MissingFile, "none.csv"),
        ("ann.csv", "ann.docx", DataError, "names no column"),
        ("ann.csv", "ann.ods", DataError, "save as .xlsx or .csv"),
        ("ann.csv", "night.csv", UsageError, "no source in common"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    strait: Path, tmp_path: Path, first: str, second: str, error: type, said: str
):
    table(tmp_path, "ann", ANN[0])
    table(tmp_path, "night", ANN[0].replace("strait-interview", "night-bulletin"))
    for suffix in ("docx", "ods"):
        (tmp_path / f"ann.{suffix}").write_bytes(b"PK")

    with pytest.raises(error, match=said):
        readers.agreement(tmp_path / first, tmp_path / second, path=strait)


def test_tables_of_every_kind_that_is_checked_are_compared(
    strait: Path, tables: tuple[Path, Path], capsys, monkeypatch
):
    rows = [line.split(",") for line in (HEADER, *BEN)]
    book = openpyxl.Workbook()
    book.active.title = "statements"
    for row in rows:
        book.active.append(row)
    folder = tables[0].parent
    book.save(folder / "ben.xlsx")
    objects = [json.dumps(dict(zip(rows[0], row, strict=True))) for row in rows[1:]]
    (folder / "ben.jsonl").write_text("\n".join(objects), "utf-8")
    wide = "\n".join(";".join(row) for row in rows).replace("Alone", "Séparé")
    (folder / "wide.csv").write_bytes(wide.encode("utf-16"))
    (folder / "old.csv").write_bytes(wide.replace("talk", "tâlk").encode("cp1252"))
    expected = readers.agreement(*tables, path=strait)
    monkeypatch.setattr(
        "sys.stdin", io.TextIOWrapper(io.BytesIO(tables[1].read_bytes()))
    )

    found = [
        readers.agreement(tables[0], folder / name, path=strait, encoding=encoding)
        for name, encoding in (
            ("ben.xlsx", ""),
            ("ben.jsonl", ""),
            ("wide.csv", ""),
            ("old.csv", "cp1252"),
        )
    ]
    main(["agreement", str(tables[0]), "-", "-p", str(strait), "--json"])

    said = json.loads(capsys.readouterr().out)
    assert [one.variables for one in found] == [expected.variables] * 4
    assert [len(one.only[1]) for one in found] == [1] * 4
    assert said["variables"] == expected.to_dict()["variables"]


def test_an_actor_that_a_reader_adds_is_known_in_the_rows_of_that_reader(
    strait: Path, tables: tuple[Path, Path]
):
    folder = tables[0].parent
    row = ANN[0].replace("cedar-front", "vale-guard")
    for name in ("ann", "ben"):
        table(folder, name, row)
        actors = folder / f"{name}.actors.csv"
        actors.write_text("slug,label,type\nvale-guard,Vale Guard,militia\n", "utf-8")

    found = readers.agreement(*tables, path=strait)

    assert (found.errors, len(found.alike)) == ((0, 0), 1)


def test_a_project_is_not_changed_by_a_comparison(
    strait: Path, tables: tuple[Path, Path]
):
    before = {path: path.read_bytes() for path in strait.rglob("*") if path.is_file()}

    readers.agreement(*tables, path=strait)

    after = {path: path.read_bytes() for path in strait.rglob("*") if path.is_file()}
    assert after == before


# --- published examples


def coded(first: str, second: str) -> list[tuple[str, str]]:
    return list(zip(first.split(), second.split(), strict=True))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [  # Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, examples A and B
        ("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0", 0.095),
        ("a a b b d c c c e d d a", "b a b b b c c c e d d d", 0.692),
    ],
)
def test_alpha_is_that_of_its_author(first: str, second: str, expected: float):
    found = readers.alpha(coded(first, second))

    assert found == pytest.approx(expected, abs=0.0005)


def test_kappa_is_that_of_its_author():
    # Cohen 1960, A coefficient of agreement for nominal scales: 200 units, 3 values
    table = {"aa": 88, "ab": 14, "ac": 18, "ba": 10, "bb": 40, "bc": 10}
    table |= {"ca": 2, "cb": 6, "cc": 12}
    units = [(pair[0], pair[1]) for pair, count in table.items() for _ in range(count)]

    found = readers.kappa(units)

    assert found == pytest.approx(0.492, abs=0.0005)


def test_a_single_value_has_no_coefficient():
    assert readers.alpha([("a", "a"), ("a", "a")]) is None
    assert readers.kappa([("a", "a")]) is None
    assert readers.alpha([]) is None


UNITS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=30)


@settings(max_examples=100, deadline=None)
@given(UNITS)
def test_coefficients_are_as_their_definitions_say(units: list[tuple[str, str]]):
    values = [value for unit in units for value in unit]
    if len(set(values)) < 2:
        assert readers.alpha(units) is None
        return
    n = len(units)
    observed = sum(a != b for a, b in units) / n
    by_chance = sum(a != b for i, a in enumerate(values) for b in values[i + 1 :])
    expected = by_chance / (2 * n * (2 * n - 1) / 2)

    assert readers.alpha(units) == pytest.approx(1 - observed / expected)
    firsts, seconds = zip(*units, strict=True)
    chance = sum(firsts.count(v) * seconds.count(v) for v in set(values)) / n**2
    assert readers.kappa(units) == pytest.approx(
        ((1 - observed) - chance) / (1 - chance)
    )


def test_both_readers_weigh_the_same():
    units = coded("a a b b d c", "b a b b b c")
    turned = [(b, a) for a, b in units]

    assert readers.alpha(units) == pytest.approx(readers.alpha(turned))
    assert readers.kappa(units) == pytest.approx(readers.kappa(turned))


# --- the command


def test_the_command_tells_what_to_settle(
    strait: Path, tables: tuple[Path, Path], capsys, monkeypatch
):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tables[0].parent)

    code = main(["agreement", "ann.csv", "ben.csv", "-p", str(strait)])

    out, err = capsys.readouterr()
    assert code == 0
    assert out.splitlines()[:9] == [
        "ann.csv and ben.csv on strait-interview",
        "  6 and 7 rows: 6 pairs, 1 of them alike",
        "  only in ann.csv: 0 · only in ben.csv: 1",
        "",
        "column    pairs  same   alpha  kappa",
        "────────  ─────  ─────  ─────  ─────",
        "subject   6      83 %   0.69   0.67",
        "relation  6      67 %   0.63   0.63",
        "object    6      83 %   0.78   0.77",
    ]
    assert "      stance: affirms | questions" in out.splitlines()
    assert "ONLY IN ben.csv" in out
    assert err == ""


def test_the_command_writes_the_list_for_a_spreadsheet(
    strait: Path, tables: tuple[Path, Path], capsys
):
    words = ["agreement", *map(str, tables), "-p", str(strait)]
    main([*words, "-f", "csv"])
    head, *rows = capsys.readouterr().out.splitlines()
    main([*words, "--json"])
    whole = json.loads(capsys.readouterr().out)

    assert head == (
        "state,source,locator,column,first,second,first_row,second_row,"
        "first_gist,second_gist"
    )
    assert len(rows) == 3 + 2 + 1 + 1 + 1 + 1
    assert whole["pairs"] == 6
    assert len(whole["to_settle"]) == len(rows)
    assert {one["name"]: one["same"] for one in whole["variables"]}["stance"] == 5


def test_without_the_package_the_list_is_there_and_the_coefficients_are_not(
    strait: Path, tables: tuple[Path, Path], capsys, monkeypatch
):
    real_find, real_import = importlib.util.find_spec, builtins.__import__

    def no_import(name, *rest):
        if name.startswith("nltk"):
            raise ImportError(name)
        return real_import(name, *rest)

    monkeypatch.setattr(
        "whosays.readers.coefficients.find_spec",
        lambda name: None if name == "nltk" else real_find(name),
    )
    monkeypatch.setattr(builtins, "__import__", no_import)

    code = main(["agreement", *map(str, tables), "-p", str(strait)])

    out, err = capsys.readouterr()
    assert code == 0
    assert "stance: affirms | questions" in out
    assert 'install "whosays[agreement]"' in " ".join(err.split())
    with pytest.raises(MissingExtra):
        readers.alpha([("a", "b")])
