"""A terminal that is asked key by key, and drawn as a whole after each.

Where the terminal cannot give single keys, or is a dumb one, keys are typed with Enter
and screens follow each other. Nothing is coloured; only clearing is asked of it.
"""

from __future__ import annotations

import codecs
import os
import select
import shutil
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

from whosays.cli.output import columns_of, width
from whosays.text import clean_text

ESCAPE, ENTER, TAB, BACK, END = "escape", "enter", "tab", "backtab", "end"
_ERASE = "erase"
_WIPE = "wipe"
_NAMES = {
    "\r": ENTER,
    "\n": ENTER,
    "\t": TAB,
    "\x7f": _ERASE,
    "\b": _ERASE,
    "\x15": _WIPE,
    "\x04": END,
}
_SEQUENCES = {"[Z": BACK, "[C": TAB, "[D": BACK, "[B": TAB, "[A": BACK}
_PAUSE = 0.05  # seconds within which the rest of a sequence follows its escape


class Terminal:
    """The terminal of a person who decides; use it as a context."""

    def __init__(self) -> None:
        """Find out what the terminal can do."""
        self.raw = os.environ.get("TERM", "dumb") not in ("", "dumb")
        self._before: list[Any] | None = None
        self._typed: list[str] = []
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._input = sys.stdin.fileno()

    def __enter__(self) -> Self:
        """Take single keys, on a screen of our own."""
        if not self.raw:
            return self
        try:
            import termios
            import tty

            self._before = termios.tcgetattr(self._input)
            tty.setcbreak(self._input)
        except (ImportError, OSError):
            self.raw = False
            return self
        except termios.error:  # the terminal has no such modes
            self.raw = False
            return self
        self._write("\x1b[?1049h")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the terminal back as it was."""
        if self._before is not None:
            import termios

            self._write("\x1b[?1049l")
            termios.tcsetattr(self._input, termios.TCSADRAIN, self._before)

    @property
    def height(self) -> int:
        """Count the lines of the screen; without one there is no end to them."""
        return shutil.get_terminal_size((80, 24)).lines if self.raw else 1000

    def show(self, lines: Iterable[str]) -> None:
        """Draw a whole screen; text of strangers cannot move the cursor."""
        text = "".join(f"{clean_text(line)}\n" for line in lines)
        self._write(f"\x1b[H\x1b[2J{text}" if self.raw else f"{text}\n")

    def key(self) -> str:
        """Wait for a key: a character, or the name of what is none."""
        if not self.raw:
            return self._line_key()
        char = self._char()
        if char != "\x1b":
            return _NAMES.get(char, char)
        rest = ""
        while select.select([self._input], [], [], _PAUSE)[0]:
            rest += self._char()
            if len(rest) > 1 and (rest[-1].isalpha() or rest[-1] == "~"):
                break
            if not rest.startswith(("[", "O")):
                break
        return _SEQUENCES.get(rest, "") if rest else ESCAPE

    def ask(self, question: str, text: str = "") -> str | None:
        """Ask for a line; None if it was given up with Escape."""
        if not self.raw:
            self._write(f"{question} ")
            self._typed.clear()
            line = sys.stdin.readline()
            return line.strip() if line else None
        while True:
            room = max(width() - columns_of(question) - 2, 10)
            self._write(f"\r\x1b[K{question} {clean_text(text)[-room:]}")
            match self.key():
                case "enter":
                    return text.strip()
                case "escape" | "end":
                    return None
                case "erase":
                    text = text[:-1]
                case "wipe":
                    text = ""
                case key if len(key) == 1 and key.isprintable():
                    text += key

    def _char(self) -> str:
        """Read one character; the empty text of a closed terminal is its end."""
        while True:
            data = os.read(self._input, 1)
            if not data:
                return "\x04"
            if char := self._decoder.decode(data):
                return char

    def _line_key(self) -> str:
        while not self._typed:
            line = sys.stdin.readline()
            if not line:
                return END
            self._typed = list(line.rstrip("\r\n")) or [ENTER]
        return self._typed.pop(0)

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()
