"""Collecting problems of tables of any size: some of each kind, and a count of all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whosays.problems import Problem

WARNED, REFUSED = 1, 2
_MARKS = {"notice": 0, "warning": WARNED, "error": REFUSED}


class Ledger:
    """Problems in the order found; of each code at most ``limit`` are kept.

    The others are counted in ``more``, and every row with a problem is marked in
    ``marks`` all the same (a byte per row and table), so a million bad rows cost a
    megabyte.
    """

    def __init__(self, limit: int | None = None) -> None:
        """Start empty."""
        self.more: Counter[str] = Counter()
        self.marks: defaultdict[str, bytearray] = defaultdict(bytearray)
        self._limit = limit
        self._allowed: frozenset[str] = frozenset()
        self._kept: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def allow(self, codes: Collection[str]) -> None:
        """Leave problems of these codes out from now on, unless they are errors."""
        self._allowed = frozenset(codes)

    @property
    def allowed(self) -> frozenset[str]:
        """The codes that are left out."""
        return self._allowed

    def append(self, problem: Problem) -> None:
        """Take a problem."""
        if problem.level != "error" and problem.code in self._allowed:
            return
        if problem.row:
            self._mark(problem.table, problem.row, _MARKS[problem.level])
        if self._limit is not None:
            if self._counts[problem.code] >= self._limit:
                self.more[problem.code] += 1
                return
            self._counts[problem.code] += 1
        self._kept.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take several problems."""
        for problem in problems:
            self.append(problem)

    def _mark(self, table: str, row: int, mark: int) -> None:
        marks = self.marks[table]
        if row >= len(marks):
            marks.extend(bytes(max(row + 1 - len(marks), 4096)))
        marks[row] = max(marks[row], mark)

    def __iter__(self) -> Iterator[Problem]:
        """Yield the problems that were kept."""
        return iter(self._kept)

    def __len__(self) -> int:
        """Count the problems that were kept."""
        return len(self._kept)

    def __getitem__(self, place: int) -> Problem:
        """Give one of the problems that were kept."""
        return self._kept[place]
