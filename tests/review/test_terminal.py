"""Review through a real pseudo-terminal: keys go in, screens and files come out."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.review.conftest import candidates, offer, rows
from whosays import checks
from whosays.model import Collection
from whosays.project import read as read_project

_LONGEST = 120  # seconds until an answer that never comes is a fault
START = (  # the terminal is that of the session, so that Ctrl-C arrives; a shell
    # that runs the tests in the background has told its children to ignore it
    "import fcntl, signal, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from whosays.__main__ import main; sys.exit(main())"
)
ESC = "\x1b"
ENDS = ("? keys", "q leave", "change nothing", "any key: back")
"""What the last line of a screen ends with."""


class Sitting:
    """A running `whosays review` with its terminal."""

    def __init__(self, root: Path, *arguments: str, term: str = "xterm") -> None:
        command = [sys.executable, "-c", START, "review", "talk", *arguments]
        environment = {**os.environ, "TERM": term, "PYTHONIOENCODING": "utf-8"}
        for name in ("COLUMNS", "LINES"):
            environment.pop(name, None)
        self.terminal, end = pty.openpty()
        fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
        self.process = subprocess.Popen(
            command,
            cwd=root,
            env=environment,
            stdin=end,
            stdout=end,
            stderr=end,
            start_new_session=True,
        )
        os.close(end)
        self.seen = ""
        self.code: int | None = None

    def until(self, words: str) -> str:
        """Read until a whole screen has the words, or a question; give what came."""
        start, new = len(self.seen), ""
        while words not in new or not (
            new.rstrip().endswith(ENDS) or words in new.rpartition("\n")[2]
        ):
            data = self._more()
            assert data, f"“{words}” never came, but: {new}"
            new = self.seen[start:]
        return new

    def type(self, keys: str, words: str) -> str:
        """Type keys and read until words are on the screen."""
        os.write(self.terminal, keys.encode())
        return self.until(words)

    def leave(self, keys: str = "q") -> str:
        """Leave, and give what is printed last."""
        start = len(self.seen)
        if keys:
            os.write(self.terminal, keys.encode())
        while self._more():
            pass
        self.close()
        return self.seen[start:]

    def close(self) -> None:
        if self.code is None:
            self.code = self.process.wait(_LONGEST)
            os.close(self.terminal)

    def _more(self) -> str:
        ready, _, _ = select.select([self.terminal], [], [], _LONGEST)
        data = b""
        if ready:
            with contextlib.suppress(OSError):  # the other end is closed
                data = os.read(self.terminal, 65536)
        text = data.decode("utf-8", "replace").replace("\r", "")
        self.seen += text
        return text


@pytest.fixture
def sit(vale: Path) -> Iterator[type[Sitting]]:
    begun: list[Sitting] = []

    class Kept(Sitting):
        def __init__(self, *arguments: str, term: str = "xterm") -> None:
            super().__init__(vale, *arguments, term=term)
            begun.append(self)

    yield Kept
    for one in begun:
        if one.code is None:
            one.process.kill()
            one.close()


def decided(root: Path) -> list[tuple[str, str]]:
    path = root / "decisions" / "talk.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    found = [json.loads(line) for line in lines]
    return [(one["decision"], one["reason"]) for one in found]


def records(root: Path) -> Collection:
    return read_project(root).collection


def test_a_screen_shows_the_words_with_the_keys_that_change_them(sit):
    sitting = sit()

    shown = sitting.until("? keys")

    assert "talk · ¶2 · sentence 1 of 3" in shown
    assert "A 3 · B 0 · C 1 · done 0" in shown
    assert (
        "> Oren Vale denied that [1 Aldoria] had «armed» [2 the Cedar Front]." in shown
    )
    assert "… Interview" in shown
    assert "> Oren Vale denies: Aldoria arms Cedar Front" in shown
    assert "other readings (a): Cedar Front supports Aldoria, affirms" in shown
    assert "nothing decided · 4 wait" in sitting.leave()
    assert sitting.code == 0


def test_one_key_accepts_and_two_correct_the_stance(vale: Path, sit):
    sitting = sit("--as", "A. B.")
    sitting.until("? keys")

    shown = sitting.type("y", "sentence 2 of 3")
    sitting.type("sy", "corrected: Oren Vale denies: Belmark attacks Aldoria")
    last = sitting.leave()

    assert "accepted" in sitting.seen
    assert "what this changes" in sitting.seen
    assert "1 accepted, 1 corrected · 2 wait" in last
    assert [r["stance"] for r in rows(vale)] == ["denies", "denies"]
    assert [r["decided_by"] for r in rows(vale, "runs.csv")] == ["A. B.", "A. B."]
    assert checks.check(vale) == []
    assert shown


def test_refusing_takes_a_reason_and_undo_goes_back_without_limit(vale: Path, sit):
    sitting = sit()
    sitting.until("? keys")
    sitting.type("n", "6  there is no statement")
    sitting.type("3", "rejected (stance)")
    sitting.type("n", "refuse:")
    sitting.type(ESC, "? keys")
    sitting.type("y", "accepted:")

    sitting.type("u", "taken back: accepted; 1 taken out of the tables")
    sitting.type("u", "taken back: rejected")
    sitting.type("u", "there is no decision to take back")
    sitting.leave()

    assert [kind for kind, _ in decided(vale)] == [
        "rejected",
        "accepted",
        "undone",
        "undone",
    ]
    assert decided(vale)[0] == ("rejected", "stance")
    assert rows(vale) == []


def test_every_part_of_a_reading_can_be_changed_before_it_is_accepted(vale: Path, sit):
    sitting = sit()
    sitting.until("? keys")
    sitting.type("a", "> Oren Vale affirms: Cedar Front supports Aldoria")
    sitting.type("d", "> Oren Vale affirms: Aldoria supports Cedar Front")
    menu = sitting.type("r", "Escape: change nothing")
    key = next(
        part.split("  ")[0].strip()
        for part in menu.replace("\n", "   ").split("   ")
        if part.strip().endswith("finances (cooperation)")
    )
    sitting.type(key, "> Oren Vale affirms: Aldoria finances Cedar Front")
    sitting.type("m", "hedged")
    sitting.type("t", "said to hold")
    sitting.type("2030/2031\r", "holds 2030/2031")
    sitting.type("2", "look for a name")
    sitting.type("/", "name:")
    sitting.type("dun\r", "1  Dun Brigade")
    sitting.type("1", "finances Dun Brigade")
    sitting.type("w", "look for a name")
    sitting.type("0", "proposed was")
    sitting.type("g", "gist in your own words")
    sitting.type("\x15Money goes to the Brigade.\r", "gist: Money goes to the Brigade.")

    sitting.type("y", "corrected: Oren Vale affirms: Aldoria finances Dun Brigade")
    sitting.leave()

    (row,) = rows(vale)
    told = [row[name] for name in ("relation", "object", "modality", "valid", "gist")]
    assert told == [
        "finances",
        "dun-brigade",
        "suspected",
        "2030/2031",
        "Money goes to the Brigade.",
    ]


def test_an_unknown_speaker_is_asked_for_and_can_be_a_new_actor(vale: Path, sit):
    sitting = sit()
    sitting.until("? keys")
    sitting.type("/", "only (words")
    sitting.type("C\r", "the speaker “A clerk” is no actor of the project")
    sitting.type("y", "Choose one, or refuse")
    sitting.type("w", "a new actor: A clerk")
    sitting.type("+", "name of the new actor")
    menu = sitting.type("\r", "Escape: change nothing")
    key = next(
        part.split("  ")[0].strip()
        for part in menu.replace("\n", "   ").split("   ")
        if part.strip().endswith("  unnamed")
    )
    shown = sitting.type(key, "proposed was")

    sitting.type("y", "corrected: A clerk affirms: Belmark trades with Aldoria")
    sitting.leave()

    assert "> A clerk affirms: Belmark trades with Aldoria" in shown
    assert records(vale).actors["a-clerk"].label == "A clerk"
    assert rows(vale)[0]["speaker"] == "a-clerk"


def test_all_of_tier_a_in_a_sentence_and_a_statement_nobody_proposed(vale: Path, sit):
    sitting = sit()
    sitting.until("? keys")
    shown = sitting.type("\t", "sentence 2 of 3")
    sitting.type("+", "a statement that nobody proposed")
    sitting.type("sy", "added: Oren Vale denies: Belmark attacks Aldoria")

    sitting.type("Y", "added 2 statements")
    last = sitting.leave()

    assert [kind for kind, _ in decided(vale)] == ["added", "accepted", "accepted"]
    assert len(rows(vale)) == 3
    assert "1 added, 2 accepted · 2 wait" in last
    assert "\n> Oren Vale affirms: Belmark attacks Aldoria  " in shown
    assert "\n  Oren Vale affirms: Belmark fights Cedar Front  " in shown


def test_what_is_put_off_comes_again_behind_the_others(vale: Path, sit):
    sitting = sit()
    sitting.until("? keys")
    sitting.type(" ", "sentence 2 of 3")
    sitting.type("YnX", "refuse:")
    sitting.type("6", "sentence 1 of 3")
    sitting.type("y", "nothing waits for a decision")
    sitting.leave()

    assert [kind for kind, _ in decided(vale)] == [
        "skipped",
        "accepted",
        "accepted",
        "rejected",
        "accepted",
    ]


def test_a_row_that_the_check_refuses_is_shown_and_not_written(vale: Path, sit):
    sitting = sit()
    sitting.until("? keys")
    sitting.type("2", "look for a name")
    sitting.type("2", "proposed was: Oren Vale denies: Aldoria arms Cedar Front")

    sitting.type("y", "nothing was written")
    sitting.type("q", "1 candidate is changed and not decided")
    sitting.leave()

    assert decided(vale) == []
    assert rows(vale) == []


@pytest.mark.parametrize("back", [f"{ESC}[Z", "b"])
def test_a_change_outlives_a_look_at_other_candidates(vale: Path, sit, back: str):
    sitting = sit()
    sitting.until("? keys")
    sitting.type("s", "> Oren Vale questions: Aldoria arms Cedar Front")
    sitting.type("\t", "sentence 2 of 3")

    shown = sitting.type(back, "changed before, and not decided")
    sitting.type("y", "corrected: Oren Vale questions: Aldoria arms Cedar Front")
    last = sitting.leave()

    assert "> Oren Vale questions: Aldoria arms Cedar Front" in shown
    assert [row["stance"] for row in rows(vale)] == ["questions"]
    assert "1 corrected \u00b7 3 wait" in last


def test_changes_that_are_no_decisions_are_marked_and_asked_for_when_leaving(
    vale: Path, sit
):
    sitting = sit()
    sitting.until("? keys")
    sitting.type("\t", "sentence 2 of 3")
    sitting.type("s", "> Oren Vale denies: Belmark attacks Aldoria")
    sitting.type("\t", "> Oren Vale affirms: Belmark fights Cedar Front")

    shown = sitting.type("q", "1 candidate is changed and not decided")
    sitting.type(f"{ESC}[Z", "changed before, and not decided")
    sitting.type("ss", "> Oren Vale affirms: Belmark attacks Aldoria")
    last = sitting.leave()

    assert "\n* Oren Vale affirms: Belmark attacks Aldoria" in shown
    assert "nothing decided" in last
    assert sitting.code == 0


def test_a_strange_key_and_help_change_nothing(vale: Path, sit):
    sitting = sit()
    sitting.until("? keys")
    sitting.type("x", "“x” is no key here")
    sitting.type("?", "any key: back")
    sitting.type("?", "sentence 1 of 3")
    sitting.type(f"{ESC}[Z", "sentence 3 of 3")

    sitting.leave("\x04")

    assert decided(vale) == []
    assert sitting.code == 0


def test_words_of_the_text_cannot_steer_the_terminal(vale: Path, sit):
    text = (vale / "texts" / "talk.txt").read_text("utf-8")
    evil = text.replace("Oren Vale denied", "Oren\x1b[2J[red]Vale\x9b denied :100:")
    offer(vale, evil)

    sitting = sit()
    shown = sitting.until("? keys")
    sitting.leave()

    assert shown.count("\x1b[2J") == 1  # ours
    assert "[red]" in shown
    assert ":100:" in shown
    assert "\x9b" not in shown


def test_a_terminal_without_single_keys_is_typed_to_with_enter(vale: Path, sit):
    sitting = sit(term="dumb")
    sitting.until("? keys")

    sitting.type("n\n", "refuse:")
    sitting.type("1\n", "rejected (relation)")
    sitting.type("sy\n", "corrected:")
    sitting.type("/\n", "only (words")
    sitting.type("fights\n", "only “fights”")
    sitting.leave("q\n")

    assert [kind for kind, _ in decided(vale)] == ["rejected", "corrected"]
    assert "\x1b" not in sitting.seen


def test_killed_at_a_terminal_only_the_open_decision_is_lost(vale: Path, sit):
    sitting = sit()
    sitting.until("? keys")
    sitting.type("y", "sentence 2 of 3")
    sitting.type("n", "refuse:")

    sitting.process.kill()
    sitting.leave("")
    again = sit()
    shown = again.until("? keys")
    again.leave()

    assert sitting.code == -signal.SIGKILL
    assert decided(vale) == [("accepted", "")]
    assert "done 1" in shown
    assert checks.check(vale) == []


def test_ctrl_c_gives_the_terminal_back(vale: Path, sit):
    sitting = sit()
    sitting.until("? keys")
    sitting.type("y", "sentence 2 of 3")

    last = sitting.leave("\x03")

    assert sitting.code == 130
    assert "\x1b[?1049l" in last
    assert decided(vale) == [("accepted", "")]


def test_a_long_queue_is_walked_like_a_short_one(vale: Path, sit):
    one = candidates()[0]
    line = one.selector.exact
    text = "".join(f"{line}\n\n" for _ in range(1000))
    found = [
        replace(
            one,
            id=f"c-{number:016x}",
            selector=replace(
                one.selector,
                start=number * (len(line) + 2),
                end=number * (len(line) + 2) + len(line),
            ),
            alternatives=(),
        )
        for number in range(1000)
    ]
    offer(vale, text, found)

    sitting = sit()
    sitting.until("? keys")
    shown = sitting.type("n6n6", "done 2")
    sitting.leave()

    assert "of 1000" in shown
    assert len(decided(vale)) == 2
