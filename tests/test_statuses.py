"""Accepting, rejecting, retracting: two cells of a row change and nothing is deleted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from whosays import curating, load, project
from whosays.cli.main import main
from whosays.errors import DataError, UnknownName, UsageError
from whosays.model import Statement, Status

STRAIT = Path(__file__).parent / "fixtures" / "good" / "strait"
RAID = "y3ucwvmaowd5"  # in the night bulletin
DENIAL = "6sft7lreygvc"  # in the interview, and so is
TALKS = "negotiatesWith"
HEADER = "subject,relation,object,source,stance"


@pytest.fixture
def strait(tmp_path: Path) -> Path:
    return Path(shutil.copytree(STRAIT, tmp_path / "strait"))


def files(root: Path) -> dict[str, list[str]]:
    return {
        path.relative_to(root).as_posix(): path.read_text("utf-8").splitlines()
        for path in sorted(root.rglob("*.csv"))
    }


def touched(root: Path, before: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Give the lines that are other ones now; none may have come or gone."""
    after = files(root)
    assert after.keys() == before.keys()
    return [
        (old, new)
        for name, lines in before.items()
        for old, new in zip(lines, after[name], strict=True)
        if old != new
    ]


def statement(root: Path, id: str) -> Statement:
    held = project.read(root).collection.statements
    return next(one for one in held if one.id == id)


def test_status_and_note_of_the_row_change_and_nothing_else(strait: Path):
    before = files(strait)

    done = curating.set_status(
        strait, [DENIAL[:6]], "rejected", note="speaks of  another\nfront"
    )

    ((old, new),) = touched(strait, before)
    assert (
        old.replace(",high,,No weapons", ",high,rejected,No weapons").replace(
            "Front.,,,,", "Front.,rejected: speaks of another front,,,"
        )
        == new
    )
    assert done.written
    assert [one.id for one in done.changed] == [DENIAL]


def test_a_note_is_put_behind_the_one_that_is_there(strait: Path):
    curating.set_status(strait, [RAID], "retracted", note="withdrawn, says the Post")
    curating.set_status(strait, [RAID], "accepted", note="seen in the archive")

    assert statement(strait, RAID).note == (
        "retracted: withdrawn, says the Post; accepted: seen in the archive"
    )
    assert statement(strait, RAID).counts


def test_the_default_status_is_an_empty_cell(strait: Path):
    before = files(strait)

    curating.set_status(strait, [RAID], "candidate")
    curating.set_status(strait, [RAID], "accepted")

    assert touched(strait, before) == []


def test_where_bare_rows_are_candidates_acceptance_is_written_out(strait: Path):
    with (strait / "whosays.toml").open("a") as file:
        file.write('\n[statements]\nbare_rows = "candidate"\n')

    curating.set_status(strait, [RAID], "accepted")

    assert statement(strait, RAID).status is Status.ACCEPTED
    assert statement(strait, DENIAL).status is Status.CANDIDATE


def test_several_are_decided_together_or_not_at_all(strait: Path):
    before = files(strait)

    with pytest.raises(UnknownName):
        curating.set_status(strait, [RAID, DENIAL, "zzzzzz"], "retracted")

    assert touched(strait, before) == []
    curating.set_status(strait, [RAID, DENIAL, RAID], "retracted", note="both")
    assert len(touched(strait, before)) == 2


def test_what_has_the_status_already_is_told_and_left_alone(strait: Path):
    before = files(strait)

    done = curating.set_status(strait, [RAID], "accepted", note="again")

    assert done.changed == ()
    assert [one.id for one in done.unchanged] == [RAID]
    assert touched(strait, before) == []


def test_a_table_without_the_columns_gets_them(tmp_path: Path):
    root = Path(shutil.copytree(STRAIT.parent / "bare", tmp_path / "bare"))
    (bare,) = project.read(root).collection.statements

    done = curating.set_status(root, [bare.id], "rejected", note="a slip")

    assert {column for _, column in done.added} == {"status", "note"}
    (file,) = (root / "statements").iterdir()
    head, row = file.read_text("utf-8").splitlines()
    assert head == f"{HEADER},status,note"
    assert row.endswith(",affirms,rejected,rejected: a slip")


def test_a_trial_writes_nothing(strait: Path):
    before = files(strait)

    done = curating.set_status(strait, [RAID], "retracted", write=False)

    assert not done.written
    assert [one.id for one in done.changed] == [RAID]
    assert touched(strait, before) == []


# --- pointers


def talks(root: Path) -> list[str]:
    held = project.read(root).collection.statements
    return [one.id for one in held if one.relation == TALKS]


def test_what_is_superseded_is_retracted_and_leads_to_what_took_its_place(
    strait: Path,
):
    before = files(strait)

    curating.set_status(strait, [DENIAL], "retracted", superseded_by=RAID[:8])

    assert len(touched(strait, before)) == 2
    assert statement(strait, DENIAL).status is Status.RETRACTED
    assert statement(strait, RAID).supersedes == (DENIAL,)
    assert load(strait).show(DENIAL).notes == (f"superseded by {RAID}",)
    assert load(strait).check() == []


def test_a_statement_cannot_take_its_own_place_nor_in_a_circle(strait: Path):
    with pytest.raises(UsageError, match="its own place"):
        curating.set_status(strait, [RAID], "retracted", superseded_by=RAID)
    curating.set_status(strait, [DENIAL], "retracted", superseded_by=RAID)

    with pytest.raises(UsageError, match=f"{RAID} took the place of {DENIAL} before"):
        curating.set_status(strait, [RAID], "retracted", superseded_by=DENIAL)
    with pytest.raises(UsageError, match="is already superseded by"):
        curating.set_status(
            strait, [DENIAL], "retracted", superseded_by=talks(strait)[0]
        )
    with pytest.raises(UsageError, match="only what is retracted"):
        curating.set_status(strait, [DENIAL], "rejected", note="x", superseded_by=RAID)


def test_what_was_superseded_is_not_accepted_again(strait: Path):
    curating.set_status(strait, [DENIAL], "retracted", superseded_by=RAID)
    before = files(strait)

    with pytest.raises(DataError, match="is still accepted"):
        curating.set_status(strait, [DENIAL], "accepted")

    assert touched(strait, before) == []


def test_an_id_whose_row_is_gone_leads_to_the_new_one(strait: Path):
    curating.set_status(strait, [DENIAL], "retracted", superseded_by=RAID)
    file = strait / "statements" / "strait-interview.csv"
    rows = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(row for row in rows if "No weapons" not in row), "utf-8")

    with pytest.raises(UsageError, match=f"Name {RAID}"):
        curating.set_status(strait, [DENIAL], "accepted")


# --- what is refused


@pytest.mark.parametrize(
    ("ids", "status", "note", "said"),
    [
        (["6sft7x"], "accepted", "", "Did you mean: 6sft7lreygvc"),
        (["6sf"], "accepted", "", "Did you mean: 6sft7lreygvc"),
        (["qqqqqqqqqqqq"], "accepted", "", "no statement “qqqqqqqqqqqq”"),
        ([], "accepted", "", "no statement is named"),
        ([RAID], "rejected", "", "Add --note TEXT"),
        ([RAID], "rejected", "  ", "Add --note TEXT"),
        ([RAID], "retracted", "\x1b[2J", "ESC"),
    ],
)
def test_what_cannot_be_decided_is_refused_with_the_way_out(
    strait: Path, ids: list[str], status: str, note: str, said: str
):
    with pytest.raises((UnknownName, UsageError)) as caught:
        curating.set_status(strait, ids, status, note=note)

    assert said in str(caught.value)


# --- what follows


def test_what_is_not_accepted_counts_in_no_dispute_view_or_edge(strait: Path):
    contested = {d.contested for d in load(strait).pairs()}
    assert DENIAL in contested

    curating.set_status(strait, [DENIAL], "rejected", note="misread")

    kg = load(strait)
    assert DENIAL not in {d.contested for d in kg.pairs()}
    assert kg.that("aldoria", "arms", "cedar-front").statements == ()
    edge = "ASK { actor:aldoria denied:arms actor:cedar-front }"
    assert [tuple(row.values()) for row in kg.query(edge)] == [(False,)]
    assert kg.that("aldoria", "arms", "cedar-front", status="all").denied


def test_the_command_tells_what_a_decision_changes(strait: Path, capsys):
    code = main(["reject", "6sft7l", "--note", "misread", "-p", str(strait)])

    out = capsys.readouterr().out
    assert code == 0
    assert out.startswith("rejected: 1 statement in statements/strait-interview.csv\n")
    assert "what this changes" in out
    assert "lost: Aldorian Navy arms" in out


def test_the_command_for_a_reason_without_one_ends_with_2(strait: Path, capsys):
    code = main(["reject", "6sft7l", "-p", str(strait)])

    assert code == 2
    assert "Add --note TEXT" in capsys.readouterr().err
