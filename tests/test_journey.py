"""A curator's journey from an empty sheet to the project, word by word.

The sheet is filled, checked, refused, mended and added, once as a workbook and once as
plain tables. What is printed is compared whole; only ids are not known beforehand.
"""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import pytest

from whosays import project
from whosays.cli import progress
from whosays.cli.main import main

Run = Callable[..., tuple[int, str, str]]

SOURCE = "example-daily-2014-08-02"
HEADER = "subject,relation,object,source,stance,speaker,locator,said_on,gist"
PROJECT = {
    "whosays.toml": """\
[project]
name = "coast"
title = "The coast"
[check]
copy = true
""",
    "actors.csv": """\
slug,label,type,part_of,acts_for
ada-lund,Ada Lund,person,,
aldoria,Aldoria,state,,
belmark,Belmark,state,,
belmark-radio,Belmark Radio,mediaOutlet,,
cedar-front,Cedar Front,militia,,
coast-guard,Coast Guard,armedForce,,
dun-brigade,Dun Brigade,militia,,
example-daily,Example Daily,mediaOutlet,,
harbour-post,Harbour Post,mediaOutlet,,
vale,Vale,state,,
""",
    "sources.csv": """\
slug,title,kind,publisher,date
night-bulletin,Night bulletin,report,belmark-radio,2014-06
strait-essay,Strait essay,article,harbour-post,2014-05
""",
    "statements/night-bulletin.csv": f"""\
{HEADER}
aldoria,deploysTo,vale,night-bulletin,affirms,,p1,,Troops went to Vale.
aldoria,cooperatesWith,cedar-front,night-bulletin,affirms,ada-lund,p2,,They work together.
belmark,trades with,cedar-front,night-bulletin,affirms,,p3,,Goods change hands.
belmark,opposes,dun-brigade,night-bulletin,affirms,,p4,,Belmark is against it.
belmark,supports,vale,night-bulletin,affirms,,p5,,Belmark stands by Vale.
""",
    "statements/strait-essay.csv": f"""\
{HEADER}
aldoria,deploysTo,vale,strait-essay,affirms,,p1,,Aldorian troops are in Vale.
aldoria,deploysTo,vale,strait-essay,denies,aldoria,p2,,No troops were sent.
coast-guard,fights,dun-brigade,strait-essay,questions,,p3,,Whether they fight is open.
vale,supports,belmark,strait-essay,questions,example-daily,p4,,Does Vale stand by them?
vale,supports,belmark,strait-essay,questions,coast-guard,p5,,Does it?
vale,supports,belmark,strait-essay,questions,belmark,p6,,Do they?
vale,supports,belmark,strait-essay,questions,vale,p7,,Should we?
""",
}
ROWS = """\
coast-guard,fights,dun-brigade,,affirms,,p1,,The guard fights the brigade.
coast-guard,fights,dun-brigade,,affirms,port-captain,p2,,He saw them fight.
coast-guard,fights,dun-brigade,,denies,coast-guard,p3,,It takes no part.
aldoria,deploysTo,vale,,denies,belmark,p4,,There are none in Vale.
aldoria,cooperatesWith,cedar-front,,denies,ada-lund,p5,2014-08,They never did.
belmark,figths,cedar-front,,questions,,p6,,Whether they fight is asked.
belmark,opposes,dun-brigade,,affirms,,p7,,It is against the brigade.
belmark,supports,vale,,affirms,,,,It stands by Vale.
belmark,supports,vale,,affirms,belmark,p9,,We stand by Vale.
belmark,opposes,dun-brigade,,affirms,belmark,p10,,We are against it.
Belmrak,supports,vale,,reports,,p11,,It is said to stand by Vale.
belmark,trades with,cedar-front,,affirms,,p12,,Trade goes on.
belmark,trades with,cedar-front,,affirms,belmark,p13,,We trade with them.
belmark,supports,vale,,questions,,p14,June 2014,Whether it does is asked.
vale,supports,belmark,,affirms,,p15,,Vale stands by Belmark.
vale,supports,belmark,,affirms,vale,p16,,We stand by Belmark.
belmark,supports,vale,night-bulletin,affirms,,p5,,Belmark stands by Vale.
vale,opposes,dun-brigade,,affirms,,p18,,Vale is against it.
vale,opposes,dun-brigade,,affirms,vale,p19,,We are against it.
vale,trades with,belmark,,affirms,,p20,,They trade.
"""
NEW_SOURCE = [SOURCE, "Example Daily", "article", "example-daily"]
NEW_ACTOR = ["port-captain", "Port captain", "person"]

TEMPLATE = {
    ".xlsx": f"""\
$ whosays template new-article.xlsx --source {SOURCE}
wrote new-article.xlsx      drop-downs: relations, actors, sources, stances
new source: fill its row in the sheet “sources” (title, publisher, date)
""",
    ".csv": f"""\
$ whosays template new-article.csv --source {SOURCE}
wrote new-article.csv      with new-article.sources.csv, new-article.actors.csv
new source: fill its row in new-article.sources.csv (title, publisher, date)
""",
}
CHECKED = """\
$ whosays check FILE
TABLE   20 rows: 15 ready, 2 warnings, 3 errors

error  B7    relation  “figths” is not a known relation                  WS104
             did you mean: fights
error  A12   subject   “Belmrak” is not a known actor                    WS103
             did you mean: belmark (Belmark); new actor: NEW
error  H15   said_on   “June 2014” is not a date I can store             WS201
             write 2014-06   (about: 2014-06~   unsure: 2014-06?)
warn   G9    locator   empty: a reader cannot find the passage again     WS310
warn   row 18          same claim, voice and source as ID                WS320

fix in the sheet, or one by one: whosays check --fix FILE
marked copy: MARKED        why: whosays explain WS104
"""
REFUSED = """\
$ whosays add FILE
3 rows have errors: nothing was written.     whosays check FILE
The 17 good rows alone: whosays add --partial FILE
"""
ADDED = f"""\
$ whosays add FILE
added 20 statements   statements/{SOURCE}.csv
      1 source, 1 actor (port-captain)
what this changes
  new dispute   Coast Guard fights Dun Brigade       2 affirm, 1 denies
  wider         Aldoria deploys to Vale              +1 denies (now 2 / 2)
  reversal      Ada Lund affirmed “Aldoria cooperates with Cedar Front”
                (2014-06, ID) and here denies it (2014-08, ID)
  first voice   port-captain
next: whosays that coast-guard fights dun-brigade · git diff
"""
AGAIN = """\
$ whosays add FILE
nothing to add: 20 are there already
"""


@pytest.fixture
def coast(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in PROJECT.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(progress, "_AFTER", 1_000.0)
    if shutil.which("git") is None:
        (tmp_path / ".git").mkdir()
    else:
        git("init", "-q")
        git("add", ".")
        git("-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "-qm", "x")
    return tmp_path


def git(*words: str) -> str:
    return subprocess.check_output(["git", *words], text=True)


@pytest.fixture
def typed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], tuple[int, str]]:
    """Type a line as a person at a terminal does; give the code and the screen."""

    def run(line: str) -> tuple[int, str]:
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        code = main(line.split()[1:])
        out, err = capsys.readouterr()
        return code, f"$ {line}\n{out}{err}"

    return run


def rows_of(text: str, *, mended: bool = False) -> list[list[str]]:
    rows = [line.split(",") for line in text.splitlines()]
    for row in rows:
        row[3] = row[3] or SOURCE
    if mended:
        rows[5][1] = "fights"
        rows[10][0] = "belmark"
        rows[13][7] = "2014-06"
        rows[7][6] = "p8"
        rows[16][3:7] = [SOURCE, "affirms", "", "p17"]
    return rows


def fill(file: Path, rows: Iterable[list[str]]) -> None:
    """Type rows into the template, the new source and the new actor too."""
    if file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file)
        for number, cells in enumerate(rows, 2):
            for place, cell in enumerate(cells[:8], 1):
                book["statements"].cell(number, place).value = cell or None
            gist = [cell.value for cell in book["statements"][1]].index("gist") + 1
            book["statements"].cell(number, gist).value = cells[8]
        for sheet, cells in (("sources", NEW_SOURCE), ("actors", NEW_ACTOR)):
            for place, cell in enumerate(cells, 1):
                book[sheet].cell(2, place).value = cell
        book["sources"].cell(2, 7).value = "2014-08-02"
        book.save(file)
        return
    header = file.read_text("utf-8").splitlines()[0].split(",")
    place = header.index("gist")
    with open(file, "w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(header)
        for cells in rows:
            filled = [*cells[:8], *[""] * (len(header) - 8)]
            filled[place] = cells[8]
            writer.writerow(filled)
    for kind, row in (("sources", NEW_SOURCE), ("actors", NEW_ACTOR)):
        beside = file.with_name(f"{file.stem}.{kind}.csv")
        head = beside.read_text("utf-8").splitlines()[0]
        cells = [*row, *[""] * (head.count(",") + 1 - len(row))]
        if kind == "sources":
            cells[6] = "2014-08-02"
        beside.write_text(f"{head}\n{','.join(cells)}\n", "utf-8")


def expected(text: str, suffix: str) -> re.Pattern[str]:
    """Make a pattern of a screen in which only ids are open."""
    book = suffix == ".xlsx"
    names = {
        "FILE": f"new-article{suffix}",
        "TABLE": "new-article.xlsx [statements]" if book else "new-article.csv",
        "NEW": "sheet “actors”"
        if book
        else "a row of\n             new-article.actors.csv",
        "MARKED": f"new-article.checked{suffix}",
    }
    for name, value in names.items():
        text = re.sub(rf"\b{name}\b", value, text)
    pattern = re.escape(text)
    pattern = re.sub(r"as\\ ID(\\ )+", lambda m: r"as [a-z2-7]{6}\ +", pattern)
    return re.compile(re.sub(r"\bID\b", "[a-z2-7]{6}", pattern))


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_sheet_is_made_filled_checked_mended_and_added(coast, typed, suffix):
    file = coast / f"new-article{suffix}"
    screens = [typed(f"whosays template {file.name} --source {SOURCE}")]
    fill(file, rows_of(ROWS))

    screens += [typed(f"whosays check {file.name}"), typed(f"whosays add {file.name}")]
    fill(file, rows_of(ROWS, mended=True))
    before = project.read(coast).collection.statements
    screens += [typed(f"whosays add {file.name}") for _ in range(2)]

    assert [code for code, _ in screens] == [0, 1, 1, 0, 0]
    texts = [TEMPLATE[suffix], CHECKED, REFUSED, ADDED, AGAIN]
    for (_, screen), text in zip(screens, texts, strict=True):
        assert expected(text, suffix).fullmatch(screen), screen
        assert all(len(line) <= 80 for line in screen.splitlines())
    after = project.read(coast)
    assert len(after.collection.statements) == len(before) + 20
    assert after.errors == ()
    new = git("diff", "--no-color", "--unified=0").splitlines()
    assert [line for line in new if line.startswith("-") and line[:3] != "---"] == []


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_marked_copy_says_in_the_sheet_what_the_check_says(coast, typed, suffix):
    file = coast / f"new-article{suffix}"
    typed(f"whosays template {file.name} --source {SOURCE}")
    fill(file, rows_of(ROWS))

    typed(f"whosays check {file.name}")

    marked = coast / f"new-article.checked{suffix}"
    if suffix == ".csv":
        rows = list(csv.DictReader(marked.read_text("utf-8").splitlines()))
        assert [n for n, row in enumerate(rows, 2) if row["problems"]] == [
            7,
            9,
            12,
            15,
            18,
        ]
        assert "did you mean: fights" in rows[5]["problems"]
        return
    sheet = openpyxl.load_workbook(marked)["statements"]
    noted = {c.coordinate for row in sheet.iter_rows() for c in row if c.comment}
    assert noted == {"B7", "G9", "A12", "H15", "A18"}
    assert "did you mean: fights" in sheet["B7"].comment.text


@pytest.mark.parametrize("option", ["--copy", "", "--no-copy"])
def test_a_marked_copy_is_written_only_on_request(coast, typed, option):
    (coast / "whosays.toml").write_text('[project]\nname = "coast"\n', "utf-8")
    typed(f"whosays template new-article.csv --source {SOURCE}")
    fill(coast / "new-article.csv", rows_of(ROWS))

    _, screen = typed(f"whosays check {option} new-article.csv")

    asked = option == "--copy"
    assert (coast / "new-article.checked.csv").exists() == asked
    assert ("marked copy" in screen) == asked
    assert "why: whosays explain WS104" in screen


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_what_has_one_mending_is_mended_into_a_new_file(coast, typed, suffix):
    file = coast / f"new-article{suffix}"
    typed(f"whosays template {file.name} --source {SOURCE}")
    fill(file, rows_of(ROWS))
    before = file.read_bytes()

    shown = typed(f"whosays check --fix --yes {file.name}")[1].splitlines()
    code, screen = typed(f"whosays check --no-copy new-article.fixed{suffix}")

    assert shown[1:4] == [
        "B7     relation   figths → fights",
        "A12    subject    Belmrak → belmark",
        "H15    said_on    June 2014 → 2014-06",
    ]
    assert file.read_bytes() == before
    assert code == (0 if suffix == ".xlsx" else 1)  # its actors are in its sheets
    assert "B7" not in screen
    assert "H15" not in screen


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_good_rows_alone_leave_the_others_beside_the_sheet(coast, typed, suffix):
    file = coast / f"new-article{suffix}"
    typed(f"whosays template {file.name} --source {SOURCE}")
    fill(file, rows_of(ROWS))

    code, screen = typed(f"whosays add --partial {file.name}")

    assert code == 0
    assert f"added 16 statements   statements/{SOURCE}.csv" in screen
    assert "1 is there already" in screen
    assert "3 rows with errors left out: new-article.rejected.csv" in screen
    text = (coast / "new-article.rejected.csv").read_text("utf-8")
    left = list(csv.DictReader(text.splitlines()))
    assert [row["subject"] for row in left] == ["belmark", "Belmrak", "belmark"]
    assert all(row["problems"].startswith("WS") for row in left)


def test_a_dry_run_says_the_same_and_writes_nothing(coast, typed):
    file = coast / "new-article.xlsx"
    typed(f"whosays template {file.name} --source {SOURCE}")
    fill(file, rows_of(ROWS, mended=True))
    before = git("status", "--porcelain")

    _, dry = typed(f"whosays add --dry-run {file.name}")
    unchanged = git("status", "--porcelain") == before
    _, wet = typed(f"whosays add {file.name}")

    assert unchanged
    assert dry.splitlines()[2:] == wet.splitlines()[2:-1]
    assert dry.splitlines()[1].startswith("would add 20 statements")
