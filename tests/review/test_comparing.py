"""Two people decide about the same candidates: where they agree, and what to settle."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.review.conftest import candidates, offer, other_version
from whosays.cli.main import main
from whosays.errors import UsageError
from whosays.review import Desk, compared, draft, side

LOG = "decisions/talk.jsonl"


@pytest.fixture
def both(vale: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Ann in one copy of the project, Ben in another, on the same candidates."""
    other = Path(shutil.copytree(vale, tmp_path / "ben"))
    denial, attack, war, trade = candidates()
    ann = Desk(vale, "talk", by="ann")
    ann.accept(draft(denial), draft(attack))
    ann.refuse(war, reason="relation")
    ann.skip(trade)
    ben = Desk(other, "talk", by="ben")
    ben.accept(draft(denial).other_stance(), draft(attack))
    ben.accept(draft(war))
    return vale, other


def test_agreement_is_told_by_verdict_and_by_what_was_read(both, capsys):
    ann, ben = both

    code = main(["review", "talk", "-p", str(ann), "--compare", str(ben / LOG)])

    out = " ".join(capsys.readouterr().out.split())
    assert code == 0
    assert "3 decided by both, 1 of them alike" in out
    assert "verdict 3 67 %" in out
    assert "stance 2 50 %" in out
    assert "speaker 2 100 %" in out


def test_what_differs_is_listed_as_data_and_holds_no_word_of_the_text(both, capsys):
    ann, ben = both

    main(["review", "talk", "-p", str(ann), "--compare", str(ben / LOG), "-f", "csv"])

    out = capsys.readouterr().out
    head, *rows = out.splitlines()
    assert head == "candidate,locator,column,first,second,reading"
    assert sorted(row.split(",")[2:5] for row in rows) == [
        ["stance", "denies", "questions"],
        ["verdict", "none", "statement"],
    ]
    assert "armed" not in out


def test_two_names_in_one_log_are_compared(both):
    ann, ben = both
    with (ann / LOG).open("ab") as file:
        file.write((ben / LOG).read_bytes())

    found = compared(side(ann, "talk", "ann"), side(ann, "talk", "ben"))

    assert (len(found.twice), found.alike, found.only) == (3, 1, (0, 0))


def test_another_version_of_the_extractor_parts_no_pair(both):
    ann, ben = both
    offer(ben, found=[other_version(one) for one in candidates()])
    (ben / LOG).unlink()
    desk = Desk(ben, "talk")
    desk.refuse(*(item.candidate for item in desk.queue.items))

    found = compared(side(ann, "talk", "ann"), side(ben, "talk", ""))

    assert len(found.twice) == 3
    assert [each[0] for one in found.twice for each in one.differing] == [
        *("verdict", "verdict")
    ]


def test_a_stranger_is_refused_with_the_names_that_are_there(both):
    ann, _ = both

    with pytest.raises(UsageError, match="ann") as caught:
        side(ann, "talk", "carol")

    assert "carol" in str(caught.value)


def test_a_line_that_is_no_decision_is_named(both, tmp_path: Path, capsys):
    ann, _ = both
    (tmp_path / "bad.jsonl").write_text("{}\n", "utf-8")

    code = main(
        ["review", "talk", "-p", str(ann), "--compare", str(tmp_path / "bad.jsonl")]
    )

    assert code == 1
    assert "WS803" in capsys.readouterr().err
