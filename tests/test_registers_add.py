"""New actors, sources and relations: checked like every row, and no byte else moves."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import whosays
from whosays import checks, registers
from whosays import project as reading
from whosays.cli.main import main
from whosays.errors import DataError, UsageError
from whosays.registers.columns import columns_of
from whosays.tables import restore
from whosays.tables.original import Original

HERE = Path(__file__).parent


@pytest.fixture
def strait(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HERE / "fixtures" / "good" / "strait", tmp_path / "s"))


def snapshot(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file() and "build" not in path.parts
    }


def codes(error: pytest.ExceptionInfo[DataError]) -> set[str]:
    return {problem.code for problem in error.value.problems}


def test_a_row_comes_in_and_nothing_else_changes(strait: Path) -> None:
    before = (strait / "actors.csv").read_bytes()

    done = registers.add(
        strait,
        "actor",
        [{"slug": "grey-league", "label": "Grey League", "type": "bloc"}],
    )

    after = (strait / "actors.csv").read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == before.count(b"\n") + 1
    assert done.rows == {"grey-league": after.count(b"\n")}
    assert reading.read(strait).collection.actors["grey-league"].label == "Grey League"


@pytest.mark.parametrize("kind", ["actor", "source", "relation"])
def test_every_column_can_be_given(strait: Path, kind: str) -> None:
    cells = {
        "actor": {
            "label": "Dock Union",
            "type": "party",
            "part_of": "aldoria",
            "aliases": "the Docks@en",
            "wikidata": "Q42",
            "note": "a, b",
        },
        "source": {
            "title": "A leaflet; folded",
            "date": "2031?",
            "lang": "en",
            "url": "https://example.org/leaflet",
            "author": "harbour-post",
        },
        "relation": {
            "label": "shadows",
            "narrower_than": "opposes",
            "incompatible_with": "invites",
            "definition": "Follows it.",
        },
    }[kind]

    registers.add(strait, kind, [{"slug": "newcomer", **cells}])

    with (strait / f"{kind}s.csv").open(encoding="utf-8", newline="") as file:
        row = list(csv.DictReader(file))[-1]
    assert {name: row[name] for name in cells} == cells
    assert [p for p in checks.check(strait) if p.level == "error"] == []


@pytest.mark.parametrize(
    ("kind", "cells", "code"),
    [
        ("actor", {"slug": "aldoria", "label": "Other", "type": "state"}, "WS109"),
        ("actor", {"slug": "Aldoria!", "label": "Other", "type": "state"}, "WS109"),
        ("actor", {"slug": "x", "label": "ALDORIA", "type": "state"}, "WS107"),
        ("actor", {"slug": "x", "label": "X", "type": "stat"}, "WS108"),
        (
            "actor",
            {"slug": "x", "label": "X", "type": "state", "part_of": "y"},
            "WS103",
        ),
        ("actor", {"slug": "x", "label": "X\x07", "type": "state"}, "WS510"),
        ("actor", {"slug": "x", "label": "", "type": "state"}, "WS101"),
        ("source", {"slug": "x", "title": "X", "date": "June 2031"}, "WS201"),
        ("source", {"slug": "x", "title": "X", "url": "javascript:x"}, "WS115"),
        ("relation", {"slug": "x", "label": "fights"}, "WS602"),
        ("relation", {"slug": "x", "label": "x", "narrower_than": "y"}, "WS604"),
        ("relation", {"slug": "not an id", "label": "x"}, "WS109"),
    ],
)
def test_what_check_would_find_is_refused_and_nothing_is_written(
    strait: Path, kind: str, cells: dict[str, str], code: str
) -> None:
    before = snapshot(strait)

    with pytest.raises(DataError) as error:
        registers.add(strait, kind, [cells])

    assert codes(error) == {code}
    assert snapshot(strait) == before


def test_a_source_is_not_entered_twice(strait: Path) -> None:
    here = {
        "slug": "one",
        "title": "Leaflet",
        "date": "2031-05",
        "url": "https://example.org/l",
    }
    registers.add(strait, "source", [here])

    for there in (
        {"slug": "two", "title": "Other", "url": "http://www.example.org/l/"},
        {"slug": "two", "title": "LEAFLET", "date": "2031-05"},
    ):
        with pytest.raises(DataError) as error:
            registers.add(strait, "source", [there])
        assert codes(error) == {"WS118"}
    elsewhere = {**here, "slug": "two", "url": "https://example.org/reprint"}
    registers.add(strait, "source", [elsewhere])


def test_a_near_name_is_told_and_taken(strait: Path) -> None:
    done = registers.add(
        strait,
        "actor",
        [{"slug": "cedar-frnt", "label": "Cedar Frnt", "type": "militia"}],
    )

    assert done.near == {"cedar-frnt": ("cedar-front (Cedar Front)",)}


def test_an_alias_that_a_new_relation_takes_over_is_told(strait: Path) -> None:
    done = registers.add(strait, "relation", [{"slug": "backs", "label": "backs"}])

    assert done.taken_over == (("backs", "supports"),)


def test_several_rows_come_in_together_or_not_at_all(strait: Path) -> None:
    before = snapshot(strait)
    good = {"slug": "one", "label": "One", "type": "party"}

    with pytest.raises(DataError):
        registers.add(strait, "actor", [good, {**good, "slug": "two", "type": "?"}])
    assert snapshot(strait) == before

    done = registers.add(
        strait,
        "actor",
        [good, {"slug": "two", "label": "Two", "type": "party", "part_of": "one"}],
    )
    assert list(done.rows) == ["one", "two"]


def test_errors_that_were_there_do_not_stand_in_the_way(strait: Path) -> None:
    table = strait / "actors.csv"
    table.write_text(table.read_text("utf-8") + "bad row\n", "utf-8")

    registers.add(strait, "actor", [{"slug": "x", "label": "X", "type": "party"}])

    assert "x" in reading.read(strait).collection.actors


def test_a_table_that_is_missing_is_begun(strait: Path) -> None:
    (strait / "relations.csv").unlink(missing_ok=True)

    registers.add(strait, "relation", [{"slug": "shadows", "label": "shadows"}])

    lines = (strait / "relations.csv").read_text("utf-8").splitlines()
    assert lines[0] == ",".join(columns_of("relation"))
    assert len(lines) == 2


def test_a_dry_run_tells_the_same_and_writes_nothing(strait: Path) -> None:
    before = snapshot(strait)
    cells = {"slug": "x", "label": "X", "type": "party"}

    told = registers.add(strait, "actor", [cells], dry_run=True)

    assert snapshot(strait) == before
    assert told == registers.add(strait, "actor", [cells])


def test_unknown_columns_are_refused_with_the_nearest(strait: Path) -> None:
    with pytest.raises(UsageError, match="Did you mean: wikidata"):
        registers.add(strait, "actor", [{"slug": "x", "wikdata": "Q1"}])
    with pytest.raises(UsageError, match="no register"):
        registers.add(strait, "stance", [{"slug": "x"}])


# The manner of a file is kept

CELL = st.text(st.sampled_from("abz é;,\"\n='"), max_size=6)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    st.booleans(),
    st.booleans(),
    st.lists(st.tuples(CELL, CELL), max_size=3),
    st.lists(
        st.dictionaries(st.sampled_from(["slug", "label", "note"]), CELL), min_size=1
    ),
)
def test_appended_rows_are_read_back_and_old_bytes_stay(
    separator: str,
    end: str,
    mark: bytes,
    quoted: bool,
    ended: bool,
    old: list[tuple[str, str]],
    new: list[dict[str, str]],
) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(
        buffer,
        delimiter=separator,
        lineterminator=end,
        quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL,
    )
    writer.writerows([("slug", "label"), *(("x" + a, b) for a, b in old)])
    text = buffer.getvalue() if ended else buffer.getvalue().removesuffix(end)
    data = mark + text.encode()

    table = Original(data, "t.csv", ("slug", "label", "note"))
    numbers = [table.append(cells) for cells in new]
    written = table.to_bytes()

    widened = any(cells.get("note") for cells in new)
    assert widened or written.startswith(data)
    decoded = written.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(decoded, newline=""), delimiter=separator))
    assert numbers == list(range(len(old) + 2, len(old) + 2 + len(new)))
    names = ["slug", "label", *(["note"] if widened else [])]
    assert rows[0] == names
    filled = [row for row in rows[1:] if row]
    kept = [[restore(cell) for cell in row] for row in filled[len(old) :]]
    wanted = [[cells.get(name, "") for name in names] for cells in new]
    assert kept == wanted
    if ended or old:  # else nothing tells how lines end there
        assert decoded.count(end) >= len(old) + 1 + len(new)


# The commands


def test_a_name_makes_the_slug_and_a_slug_needs_a_name(
    strait: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("-p", str(strait))

    assert main(["actor", "add", "The Grey League", "--type", "bloc", *at]) == 0
    assert main(["actor", "add", "grey-league", "--type", "bloc", *at]) == 2

    out, err = capsys.readouterr()
    assert out.startswith("added the-grey-league   actors.csv row ")
    assert "--label" in err


def test_a_refused_cell_is_named_by_its_option(
    strait: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["actor", "add", "X", "--type", "milita", "-p", str(strait)]

    assert main(call) == 1

    err = capsys.readouterr().err
    assert "--type: “milita”" in err
    assert "did you mean: militia" in err
    assert "nothing was written" in err


def test_an_undated_source_is_legal_and_said_to_be_undated(
    strait: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["source", "add", "Old leaflet", "-p", str(strait)])

    assert code == 0
    assert "WS333" in capsys.readouterr().err


def test_a_new_relation_can_be_used_at_once(strait: Path) -> None:
    labels = ["keeps watch on", "--inverse-label", "is watched by"]
    main(["relation", "add", *labels, "--narrower-than", "opposes", "-p", str(strait)])

    card = whosays.load(strait).that("aldoria", "is watched by", "belmark")

    assert card.asked == ("belmark", "keepsWatchOn", "aldoria")


def test_every_column_has_an_option_that_the_help_explains() -> None:
    folder = Path(whosays.__file__).parent / "cli" / "help"
    for kind in ("actor", "source", "relation"):
        text = (folder / f"{kind}-add.txt").read_text("utf-8")

        named = set(registers.COLUMN_HELP[kind])
        assert named == set(columns_of(kind)) - {"slug"}
        assert all(f"--{name.replace('_', '-')} " in text for name in named)
