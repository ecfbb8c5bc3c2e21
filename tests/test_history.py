"""Who changed a statement's row, when, and what it said before."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from whosays import curating, difference, project
from whosays.cli.main import main
from whosays.difference import History
from whosays.errors import UnknownName, UsageError

STRAIT = Path(__file__).parent / "fixtures" / "good" / "strait"
TABLE = "statements/strait-interview.csv"
FIRST = "6sft7lreygvc"


def git(root: Path, *words: str) -> None:
    names = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    subprocess.run(["git", *names, *words], cwd=root, check=True, capture_output=True)


def edit(root: Path, old: str, new: str, what: str, name: str = TABLE) -> None:
    text = (root / name).read_text("utf-8")
    assert text.count(old) == 1
    (root / name).write_text(text.replace(old, new), "utf-8")
    git(root, "commit", "-qam", what)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Make a project whose first statement has been through everything."""
    root = Path(shutil.copytree(STRAIT, tmp_path / "topics" / "strait"))
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "First version")
    edit(root, "No weapons went to the Front.", "Nothing was shipped.", "Shorten")
    edit(root, "denies,,,p4,", "denies,,,p5,", "Correct the place")
    head, *rows = (root / TABLE).read_text("utf-8").splitlines()
    (root / TABLE).write_text("\r\n".join([head, *reversed(rows)]), "utf-8")
    git(root, "commit", "-qam", "Sort the rows")
    curating.rename(root, "source", "strait-interview", "strait-talk")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Rename the source")
    return root


def denial(root: Path) -> str:
    held = project.read(root).collection.statements
    return next(
        one.id
        for one in held
        if one.relation == "arms" and one.source != "night-bulletin"
    )


def told(found: History) -> list[tuple[str, str, dict[str, tuple[str, str]]]]:
    return [
        (
            step.commit.what if step.commit else "",
            step.change,
            {field.name: (field.was, field.becomes) for field in step.fields},
        )
        for step in found.steps
    ]


def test_a_statement_is_followed_through_gists_places_names_and_files(kept: Path):
    found = difference.history(kept, denial(kept)[:7])

    assert told(found) == [
        (
            "Rename the source",
            "changed",
            {"source": ("strait-interview", "strait-talk")},
        ),
        ("Correct the place", "changed", {"locator": ("p4", "p5")}),
        (
            "Shorten",
            "changed",
            {"gist": ("No weapons went to the Front.", "Nothing was shipped.")},
        ),
        ("First version", "added", {}),
    ]
    assert [step.id for step in found.steps][-2:] == [FIRST, FIRST]
    assert found.whole
    assert {step.commit.who for step in found.steps if step.commit} == {"Ann"}


def test_what_is_not_committed_stands_first(kept: Path):
    id = denial(kept)
    curating.set_status(kept, [id], "rejected", note="misread")

    first = difference.history(kept, id).steps[0]

    assert first.commit is None
    assert {field.name for field in first.fields} == {"status", "note"}


def test_a_new_row_begins_with_itself(kept: Path):
    path = kept / "statements" / "strait-talk.csv"
    with path.open("a") as file:
        file.write(
            "\r\nbelmark,arms,dun-brigade,strait-talk,affirms" + "," * 15 + "\r\n"
        )
    held = project.read(kept).collection.statements
    new = next(
        one.id
        for one in held
        if one.object == "dun-brigade" and one.subject == "belmark"
    )

    found = difference.history(kept, new)

    assert told(found) == [("", "added", {})]


def test_a_table_that_nobody_has_committed_has_one_step(kept: Path):
    (kept / "statements" / "more.csv").write_text(
        "subject,relation,object,source,stance\nbelmark,arms,dun-brigade,strait-talk,affirms\n"
    )
    held = project.read(kept).collection.statements
    new = next(one.id for one in held if one.file.endswith("more.csv"))

    found = difference.history(kept, new)

    assert [(step.commit, step.change) for step in found.steps] == [(None, "added")]


def test_older_commits_are_left_out_with_a_word(kept: Path, monkeypatch, capsys):
    monkeypatch.setattr(
        difference.history.__globals__["revisions"], "log", _short(kept)
    )
    monkeypatch.setitem(difference.history.__globals__, "MOST", 1)

    found = difference.history(kept, denial(kept))
    main(["show", denial(kept), "--history", "-f", "card", "-p", str(kept)])

    assert not found.whole
    assert "older commits were not looked through" in capsys.readouterr().out


def _short(root: Path):
    from whosays import revisions

    real = revisions.log
    return lambda project, name, most: real(project, name, most)


def test_without_git_the_history_is_not_known(tmp_path: Path, capsys):
    root = Path(shutil.copytree(STRAIT, tmp_path / "strait"))

    with pytest.raises(UsageError, match="is not kept under git"):
        difference.history(root, FIRST)
    code = main(["show", FIRST, "--history", "-f", "card", "-p", str(root)])

    out, err = capsys.readouterr()
    assert code == 0
    assert "No weapons went to the Front." in out
    assert "not kept under git" in " ".join(err.split())


def test_an_unknown_id_is_refused(kept: Path):
    with pytest.raises(UnknownName):
        difference.history(kept, "qqqqqq")


def test_the_command_tells_it_newest_first(kept: Path, capsys):
    code = main(["show", denial(kept), "--history", "-f", "card", "-p", str(kept)])

    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    assert "    locator: “p4” → “p5”" in lines
    order = [lines.index(line) for line in lines if line.endswith(("changed", "added"))]
    assert len(order) == 4
    assert order == sorted(order)


def test_the_command_gives_rows_to_programs(kept: Path, capsys):
    main(["show", denial(kept), "--history", "-f", "csv", "-p", str(kept)])

    head, *rows = capsys.readouterr().out.splitlines()
    assert head == "commit,when,who,what,change,id,field,was,becomes"
    assert len(rows) == 4


def test_only_a_statement_has_a_history(kept: Path, capsys):
    code = main(["show", "aldoria", "--history", "-p", str(kept)])

    assert code == 2
    assert "only statements have a history" in capsys.readouterr().err
