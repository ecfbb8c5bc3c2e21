"""Showing on a terminal how far long work has come: one line, after one second."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

from whosays.cli.manner import manner

_AFTER = 1.0  # seconds; shorter work shows nothing
_EVERY = 0.1
_WIDTH = 20


class Bar:
    """One line on stderr that is drawn again and again, and wiped away at the end.

    Nothing is written unless stderr is a terminal.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        """Start to count the time."""
        self._next = time.monotonic() + _AFTER
        self._shown = 0
        self._on = not quiet and sys.stderr.isatty()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wipe the line away."""
        if self._shown:
            self._write("")

    def __call__(
        self, what: str, amount: int, share: float, unit: str = "rows"
    ) -> None:
        """Show how much of what was done, and which share of the whole (0 to 1)."""
        now = time.monotonic()
        if not self._on or now < self._next:
            return
        self._next = now + _EVERY
        full, free = ("#", ".") if manner.ascii else ("█", "░")
        done = round(share * _WIDTH)
        bar = full * done + free * (_WIDTH - done)
        self._write(f"{what[-30:]}  {bar}  {share:4.0%}  {amount:,} {unit}")

    def _write(self, text: str) -> None:
        print(f"\r{text:<{self._shown}}\r{text}", end="", file=sys.stderr, flush=True)
        self._shown = len(text)
