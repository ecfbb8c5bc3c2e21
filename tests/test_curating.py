"""Rows on their way into a project: stored, refused with their place, or reported."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays import changes, curating, load, project
from whosays.checks import check_tables
from whosays.cli import progress
from whosays.cli.main import main
from whosays.errors import DataError, UsageError
from whosays.project.statements import COLUMNS

GOOD = Path(__file__).parent / "fixtures" / "good" / "strait"
HEADER = "subject,relation,object,source,stance"
REVERSED = "aldoria,arms,cedar-front,night-bulletin,affirms,aldorian-minister,p9"
MOMENTS = int(os.environ.get("WHOSAYS_SLOW_MOMENTS", "20"))
LATE = 80  # touches of files in which the change itself lies
ROWS = int(os.environ.get("WHOSAYS_SLOW_ROWS", "20000"))


@pytest.fixture
def strait(tmp_path: Path) -> Path:
    ignore = shutil.ignore_patterns("build")
    return Path(shutil.copytree(GOOD, tmp_path / "strait", ignore=ignore))


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def table(
    folder: Path, *rows: str, header: str = HEADER, name: str = "new.csv"
) -> Path:
    path = folder / name
    path.write_text("\n".join((header, *rows, "")), "utf-8")
    return path


# --- what is said --------------------------------------------------------------------


def test_the_same_rows_of_every_kind_of_file_are_checked_alike(strait, tmp_path):
    rows = [
        ["subject", "relation", "object", "source", "stance", "said_on"],
        ["aldoria", "arms", "dun-brigade", "night-bulletin", "affirms", "2031-02"],
        ["belmark", "fihgts", "dun-brigade", "night-bulletin", "affirms", ""],
        ["belmark", "fights", "dun-brigade", "night-bulletin", "denies", "June 2031"],
    ]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active.title = "statements"
    book.save(tmp_path / "new.xlsx")
    text = "\r\n".join(",".join(row) for row in rows)
    (tmp_path / "new.csv").write_text(text, "utf-8")
    semicolons = "sep=;\n" + text.replace(",", ";")
    (tmp_path / "semicolons.csv").write_bytes(semicolons.encode("utf-8-sig"))
    (tmp_path / "new.tsv").write_bytes(text.replace(",", "\t").encode("utf-16"))
    objects = [json.dumps(dict(zip(rows[0], row, strict=True))) for row in rows[1:]]
    (tmp_path / "new.jsonl").write_text("\n".join(["", *objects]), "utf-8")

    found = {
        name: [
            (p.code, p.row, p.column, p.value, p.fix)
            for p in check_tables(strait, [tmp_path / name]).problems
            if p.level == "error"
        ]
        for name in ("new.csv", "semicolons.csv", "new.tsv", "new.xlsx", "new.jsonl")
    }

    assert set(map(tuple, found.values())) == {
        (
            ("WS104", 3, "relation", "fihgts", "fights"),
            ("WS201", 4, "said_on", "June 2031", "2031-06"),
        )
    }


def test_a_sheet_of_another_encoding_is_read_when_it_is_named_and_says_so(
    strait, tmp_path
):
    path = tmp_path / "new.csv"
    row = "aldoria,arms,dun-brigade,night-bulletin,affirms,Señal de guerra"
    path.write_bytes(f"{HEADER},gist\n{row}\n".encode("cp1252"))

    guessed = check_tables(strait, [path])
    named = check_tables(strait, [path], encoding="cp1252")

    assert [p.code for p in guessed.problems] == ["WS501"]
    assert "WS527" in [p.code for p in named.problems]
    assert any("Señal" in p.text for p in named.problems)
    assert named.batch.statements[0].gist == "Señal de guerra"


def test_stdin_is_read_as_the_file_is_and_its_problems_name_it(strait, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "statements"
    book.active.append([*HEADER.split(","), "said_on"])
    book.active.append(["aldoria", "arms", "dun-brigade", "night-bulletin", "denies"])
    book.active.append(["belmark", "arms", "x", "=1+1"])
    book.save(tmp_path / "new.xlsx")
    row = "aldoria,arms,dun-brigade,night-bulletin,denies"
    table(tmp_path, row, f"{row},surplus", f'"{row}')
    found = []

    for name in ("new.xlsx", "new.csv"):
        file = tmp_path / name
        for path in (file, Path("-")):
            checked = check_tables(strait, [path], stdin=file.read_bytes())
            (counted,) = checked.sheets
            told = [
                (p.code, p.cell, p.table.replace(str(file), "stdin"))
                for p in checked.problems
            ]
            found.append((told, counted.rows, counted.ready, counted.refused))

    assert found[0] == found[1]
    assert found[2] == found[3]
    assert found[2][1:] == (3, 0, 2)
    assert {table for told, *_ in found for _, _, table in told} == {
        "stdin",
        "stdin[statements]",
    }


def test_every_row_is_counted_once_also_one_that_cannot_be_read(strait, tmp_path):
    row = "aldoria,arms,dun-brigade,night-bulletin,denies"
    path = table(tmp_path, row, f'"{row}', row)
    lines = tmp_path / "new.jsonl"
    lines.write_text('{"subject": "x"}\n{"subject"\n[]\n', "utf-8")

    counts = [
        (one.rows, one.ready, one.warned, one.refused)
        for file in (path, lines)
        for one in check_tables(strait, [file]).sheets
    ]

    assert counts == [(3, 0, 2, 1), (3, 0, 0, 3)]


def test_sheets_that_are_not_known_are_named_and_prefilled_rows_counted(
    strait, tmp_path
):
    book = openpyxl.Workbook()
    book.active.title = "Statements"
    book.active.append(HEADER.split(","))
    book.active.append(["aldoria", "arms", "dun-brigade", "night-bulletin", "denies"])
    for _ in range(3):
        book.active.append(["", "", "", "night-bulletin", ""])
    book.create_sheet("scratch").append(["x"])
    book.save(tmp_path / "new.xlsx")

    checked = check_tables(strait, [tmp_path / "new.xlsx"])

    codes = {p.code: p.text for p in checked.problems}
    assert "scratch" in codes["WS521"]
    assert codes["WS528"].startswith("3 rows")
    assert [c.rows for c in checked.sheets] == [1]


def test_rows_that_were_mended_in_the_rejected_file_are_added_from_there(
    strait, tmp_path
):
    path = table(
        tmp_path,
        "aldoria,arms,dun-brigade,night-bulletin,affirms",
        "aldoria,armss,dun-brigade,night-bulletin,denies",
    )
    first = curating.add(strait, [path], partial=True)
    (rejected,) = first.rejected
    rejected.write_text(
        rejected.read_text("utf-8").replace("armss", "arms", 1), "utf-8"
    )

    second = curating.add(strait, [rejected])

    assert [len(first.statements), len(second.statements)] == [1, 1]
    assert [p.code for p in second.checked.problems if p.level == "notice"] == ["WS529"]


def test_an_actor_that_says_something_else_than_the_project_is_refused(
    strait, tmp_path
):
    path = table(
        tmp_path,
        "aldoria,Aldoria,state",
        "belmark,The Belmark,state",
        header="slug,label,type",
        name="new.actors.csv",
    )

    checked = check_tables(strait, [path])

    assert [(p.code, p.cell) for p in checked.problems] == [("WS109", "B3")]
    assert checked.sheets[0].known == 2


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["aldoria,arms,cedar-front,night-bulletin,affirms"], ["new dispute"]),
        (
            ["aldorian-navy,arms,cedar-front,night-bulletin,affirms,harbour-post"],
            ["wider"],
        ),
        (["belmark,fights,cedar-front,strait-interview,denies"], ["new dispute"]),
        (["belmark,fights,cedar-front,night-bulletin,questions,,p9"], []),
        (["aldoria,threatens,belmark,night-bulletin,affirms"], ["first relation"]),
        (
            ["aldoria,arms,cedar-front,night-bulletin,questions,port-vale-mayor"],
            ["first voice"],
        ),
        ([f"{REVERSED},2031"], []),
        ([f"{REVERSED},2032"], ["reversal"]),
    ],
)
def test_what_rows_change_is_told_in_a_word(strait, tmp_path, rows, expected):
    actors = strait / "actors.csv"
    text = actors.read_text("utf-8")
    actors.write_text(f"{text}port-vale-mayor,Mayor of Port Vale,person\n", "utf-8")
    fill = actors.read_text("utf-8").splitlines()
    fill[-1] += "," * (fill[0].count(",") - fill[-1].count(","))
    actors.write_text("\n".join([*fill, ""]), "utf-8")
    path = table(tmp_path, *_padded(rows), header=f"{HEADER},speaker,locator,said_on")

    added = curating.add(strait, [path], dry_run=True)

    kinds = [effect.kind for effect in added.effects.listed]
    assert [kind for kind in kinds if kind in expected] == expected
    assert bool(kinds) == bool(expected)


def _padded(rows: list[str]) -> Iterator[str]:
    for row in rows:
        yield row + "," * (7 - row.count(","))


# --- what is written -----------------------------------------------------------------


def test_a_table_keeps_every_byte_and_its_manner(strait, tmp_path):
    there = strait / "statements" / "night-bulletin.csv"
    old = "\ufeffsep=;\r\nstance;subject;relation;object;source\r\n".encode()
    old += b'affirms;"belmark"; fights;cedar-front;night-bulletin'
    there.write_bytes(old)
    path = table(tmp_path, "aldoria,arms,dun-brigade,night-bulletin,denies")

    curating.add(strait, [path])

    new = b"\r\ndenies;aldoria;arms;dun-brigade;night-bulletin\r\n"
    assert there.read_bytes() == old + new


def test_a_project_is_mended_where_it_stands_and_only_when_that_is_meant(
    strait, capsys
):
    for name, good, wrong in (
        ("actors.csv", ",armedForce,", ",armdForce,"),
        ("statements/night-bulletin.csv", "fights,cedar-front", "figths,cedar-front"),
        ("statements/strait-interview.csv", "interview,denies", "interview,deny"),
    ):
        text = (strait / name).read_text("utf-8")
        (strait / name).write_text(text.replace(good, wrong, 1), "utf-8")
    whole, before = files(GOOD), files(strait)
    call = ["check", "--fix", "-p", str(strait)]

    asked = main([*call, "--yes"])
    unsure = main([*call, "--in-place"])
    untouched = not different(files(strait), before)
    shown = capsys.readouterr()
    codes = [main([*call, "--yes", "--in-place"]), main(["check", "-p", str(strait)])]

    assert (asked, unsure, codes) == (2, 1, [0, 0])
    assert untouched
    lines = shown.out.splitlines()
    assert lines[lines.index("statements/night-bulletin.csv") + 1].startswith("B3 ")
    assert "figths → fights" in shown.out
    assert "--in-place" in shown.err
    after = files(strait)
    assert [name for name in different(after, whole) if name in before] == []


def test_adding_twice_adds_nothing_and_touches_nothing(strait, tmp_path):
    path = table(
        tmp_path,
        "aldoria,arms,dun-brigade,night-bulletin,denies",
        "belmark,is attacked by,dun-brigade,strait-interview,denies",
    )
    curating.add(strait, [path])
    before = files(strait)

    again = curating.add(strait, [path])

    assert (len(again.statements), again.known, again.files) == (0, 2, ())
    assert files(strait) == before


def test_a_row_that_would_bring_back_a_replaced_id_is_refused(strait, tmp_path):
    row = "aldoria,arms,dun-brigade,night-bulletin"
    path = table(tmp_path, f"{row},denies")
    old = curating.add(strait, [path], dry_run=True).statements[0].id
    replacing = table(
        tmp_path, f"{row},questions,{old}", header=f"{HEADER},supersedes", name="r.csv"
    )
    curating.add(strait, [replacing])

    with pytest.raises(DataError) as caught:
        curating.add(strait, [path])

    assert [p.code for p in caught.value.problems] == ["WS412"]


def test_a_file_that_is_not_there_is_a_wrong_call(strait, tmp_path, capsys):
    codes = [
        main([verb, str(tmp_path / "no.csv"), "-p", str(strait)])
        for verb in ("check", "add")
    ]

    assert codes == [2, 2]
    assert "no file" in capsys.readouterr().err


def test_a_project_with_errors_takes_nothing(strait, tmp_path):
    with open(strait / "actors.csv", "a", encoding="utf-8") as file:
        file.write("Bad Slug,,\n")
    path = table(tmp_path, "aldoria,arms,dun-brigade,night-bulletin,denies")

    with pytest.raises(DataError, match=r"actors\.csv"):
        curating.add(strait, [path])


def test_an_installed_project_is_not_written_to(strait, tmp_path, monkeypatch):
    monkeypatch.setattr("whosays.resources.data_root", lambda: tmp_path)
    path = table(tmp_path, "aldoria,arms,dun-brigade,night-bulletin,denies")

    with pytest.raises(UsageError, match="whosays init"):
        curating.add(strait, [path])


def test_the_graph_of_the_library_holds_what_was_added(strait, tmp_path):
    kg = load(strait)
    count = len(kg.collection.statements)
    path = table(tmp_path, "aldoria,arms,dun-brigade,night-bulletin,denies")

    problems = kg.check(path)
    added = kg.add(path)

    assert {p.level for p in problems} == {"warning"}
    assert len(kg.collection.statements) == count + 1
    assert added.files == ("statements/night-bulletin.csv",)
    assert kg.add(path).files == ()


def test_template_and_drop_downs_follow_the_vocabulary(strait, tmp_path):
    load(strait).template(tmp_path / "new.xlsx", source="port-leaflet")

    book = openpyxl.load_workbook(tmp_path / "new.xlsx")
    sheet = book["statements"]
    header = [cell.value for cell in sheet[1]]
    assert header[:8] == [*HEADER.split(","), "speaker", "locator", "said_on"]
    assert set(header) == set(COLUMNS)
    offered = {
        str(v.sqref).split("2")[0]: v.formula1
        for v in sheet.data_validations.dataValidation
    }
    assert {"A", "B", "C", "D", "E", "F"} <= set(offered)
    lists = book["_whosays lists"]
    assert lists.sheet_state == "hidden"
    values = {
        column[0].value: {c.value for c in column[1:]} for column in lists.columns
    }
    assert {"aldoria", "cedar-front"} <= values["actors"]
    assert {"fights", "arms"} <= values["relations"]
    assert values["stances"] - {None} == {"affirms", "denies", "questions", "reports"}
    assert sheet["H2"].number_format == "@"
    assert book["sources"]["A2"].value == "port-leaflet"
    checked = check_tables(strait, [tmp_path / "new.xlsx"])
    assert {p.code for p in checked.problems} == {"WS101", "WS333", "WS334", "WS528"}


# --- properties ----------------------------------------------------------------------


@settings(max_examples=3, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["aldoria", "belmark", "dun-brigade"]),
            st.sampled_from(["arms", "fights", "is armed by", "supports"]),
            st.sampled_from(["cedar-front", "aldorian-navy"]),
            st.sampled_from(["night-bulletin", "strait-interview"]),
            st.sampled_from(["affirms", "denies", "questions"]),
            st.from_regex(r"p[1-9][0-9]?", fullmatch=True),
            st.sampled_from(["", "2031", "2030-12~"]),
            st.sampled_from(["", "belmark", "harbour-post > belmark"]),
            st.text(
                st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20
            ),
        ),
        min_size=1,
        max_size=8,
        unique_by=lambda row: row[:6],
    )
)
def test_check_add_export_and_check_again_is_clean_and_stable_to_the_byte(
    tmp_path_factory, rows
):
    folder = tmp_path_factory.mktemp("stable")
    root, empty = (
        Path(shutil.copytree(GOOD, folder / name, ignore=without_build))
        for name in ("strait", "empty")
    )
    shutil.rmtree(empty / "statements")
    header = [*HEADER.split(","), "locator", "said_on", "speaker", "gist"]
    with open(folder / "new.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])

    def typed(project: Path, *words: str) -> int:
        return main([words[0], *(str(folder / w) for w in words[1:]), f"-p{project}"])

    codes = [
        typed(root, "check", "new.csv"),
        typed(root, "add", "new.csv"),
        typed(root, "export", "out.csv"),
        typed(root, "check", "out.csv"),
        typed(empty, "check", "out.csv"),
        typed(empty, "add", "out.csv"),
        typed(empty, "export", "again.csv"),
    ]

    assert codes == [0] * len(codes)
    assert (folder / "again.csv").read_bytes() == (folder / "out.csv").read_bytes()
    tables = files(root)
    assert typed(root, "add", "new.csv") == typed(root, "add", "out.csv") == 0
    assert not different(files(root), tables)
    told = [p.code for p in check_tables(empty, [folder / "out.csv"]).problems]
    assert told.count("WS320") == len(project.read(empty).collection.statements)
    assert "WS530" in told


without_build = shutil.ignore_patterns("build")


# --- interruptions -------------------------------------------------------------------


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "statements"
    book.active.append(HEADER.split(","))
    for source in ("night-bulletin", "port-leaflet"):
        book.active.append(["aldoria", "arms", "vale-militia", source, "denies"])
    book.create_sheet("actors").append(["slug", "label", "type"])
    book["actors"].append(["vale-militia", "Vale Militia", "militia"])
    book.create_sheet("sources").append(["slug", "title", "publisher", "date"])
    book["sources"].append(["port-leaflet", "Port leaflet", "harbour-post", "2031"])
    book.save(tmp_path / "new.xlsx")
    return tmp_path / "new.xlsx"


def test_killed_at_a_random_moment_a_project_is_wholly_before_or_wholly_after(
    strait, sheet, tmp_path
):
    before = files(strait)
    curating.add(strait, [sheet], dry_run=True)  # imports what each child needs
    whole = Path(shutil.copytree(strait, tmp_path / "whole"))
    touches = count_touches(whole, sheet)
    after = files(whole)
    at_random = random.Random(1)
    some = at_random.sample(range(1, touches), min(MOMENTS // 2, touches - 1))
    late = at_random.sample(range(touches - LATE, touches), min(MOMENTS // 2, LATE))
    seen = set()

    for moment in sorted({*some, *late}):
        root = Path(shutil.copytree(strait, tmp_path / f"at-{moment}"))
        kill_at(root, sheet, moment)
        project.read(root)
        with changes.change(root):
            pass
        found = files(root)
        assert not different(found, before) or not different(found, after), moment
        seen.add(found == after)

    assert seen == {True, False}


def different(found: dict[str, bytes], wanted: dict[str, bytes]) -> list[str]:
    return sorted(
        name for name in {*found, *wanted} if found.get(name) != wanted.get(name)
    )


def count_touches(root: Path, sheet: Path) -> int:
    """Add in a process of its own; count how often it touches files."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        count = watch(0)
        try:
            curating.add(root, [sheet])
            os.write(writer, str(count[0]).encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader) as file:
        return int(file.read())


def kill_at(root: Path, sheet: Path, moment: int) -> None:
    child = os.fork()
    if not child:
        watch(moment)
        try:
            curating.add(root, [sheet])
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def watch(moment: int) -> list[int]:
    """Count what touches files from now on, and die at the n-th time."""
    count = [0]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(("open", "os.", "shutil.", "fcntl.")):
            count[0] += 1
            if count[0] == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return count


def wait_until_open(process: int, path: Path) -> None:
    """Wait until a process reads a file, as far as the system tells."""
    opened = Path(f"/proc/{process}/fd")
    end = time.monotonic() + 60
    while opened.is_dir() and time.monotonic() < end:
        for descriptor in opened.iterdir():
            with contextlib.suppress(OSError):
                if descriptor.readlink() == path:
                    return
        time.sleep(0.01)
    time.sleep(2)


def test_ctrl_c_leaves_everything_as_it_was(strait, tmp_path):
    rows = (
        f"aldoria,arms,dun-brigade,night-bulletin,denies,p{n}" for n in range(60_000)
    )
    path = table(tmp_path, *rows, header=f"{HEADER},locator")
    before = files(strait)
    command = [sys.executable, "-m", "whosays", "add", str(path), "-p", str(strait)]

    started = subprocess.Popen(command, stderr=subprocess.PIPE)
    wait_until_open(started.pid, path)
    started.send_signal(signal.SIGINT)
    _, err = started.communicate(timeout=250)

    assert started.returncode == 130
    assert b"Traceback" not in err
    assert files(strait) == before


def test_one_bad_row_among_very_many_is_named_in_bounded_memory(strait, tmp_path):
    path = tmp_path / "many.csv"
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"{HEADER},locator\n")
        for number in range(ROWS):
            relation = "figths" if number == ROWS - 7 else "arms"
            pages = f"pg{number % 999_999 + 1}"
            source = "night-bulletin" if number < 999_999 else "strait-interview"
            file.write(f"aldoria,{relation},cedar-front,{source},affirms,{pages}\n")
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from whosays.checks import check_tables\n"
        "from whosays.project import batch\n"
        "batch._THIN = 0\n"
        "checked = check_tables(Path(sys.argv[1]), [Path(sys.argv[2])])\n"
        "print([str(p) for p in checked.problems if p.level == 'error'])\n"
        "print(checked.sheets[0].rows, checked.sheets[0].refused)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, str(strait), str(path)],
        capture_output=True,
        text=True,
        check=True,
    )

    errors, counts, kib = done.stdout.splitlines()
    assert f"many.csv:B{ROWS - 5}: “figths” is not a known relation" in errors
    assert errors.count("WS104") == 1
    assert counts == f"{ROWS} 1"
    if sys.platform == "linux":  # others count in bytes
        assert int(kib) < 1024 * 1024


def test_long_work_shows_on_a_terminal_how_far_it_came(
    strait, tmp_path, capsys, monkeypatch
):
    row = "aldoria,arms,dun-brigade,night-bulletin,denies,p"
    path = table(
        tmp_path, *(f"{row}{n}" for n in range(3_000)), header=f"{HEADER},locator"
    )
    monkeypatch.setattr(progress, "_AFTER", 0.0)
    monkeypatch.setattr(progress, "_EVERY", 0.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)

    main(["check", str(path), "-p", str(strait)])
    shown = capsys.readouterr().err
    main(["check", str(path), "-p", str(strait), "-q"])
    quiet = capsys.readouterr().err

    assert "2,000 rows" in shown
    assert "%" in shown
    assert shown.endswith("\r")  # wiped away
    assert quiet == ""
