"""Counts → figures with 95 % intervals.

Intervals are percentiles of a bootstrap: passages are drawn anew, with replacement, as
many as there are, and every figure is computed of each draw. The seed is fixed, so the
same counts give the same interval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

DRAWS = 1000
_SEED = 20311122
_TAIL = 0.025

Sums = Sequence[int]
Formula = Callable[[Sums], float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A share with its interval; None where nothing was counted."""

    value: float | None = None
    low: float | None = None
    high: float | None = None

    def to_dict(self) -> dict[str, float | None]:
        """Give it as JSON takes it."""
        return {
            "value": rounded(self.value),
            "low": rounded(self.low),
            "high": rounded(self.high),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Precision, recall and F1 of one measure, with what they were counted from."""

    hits: int
    wrong: int
    missed: int
    p: Figure
    r: Figure
    f1: Figure

    def to_dict(self) -> dict[str, object]:
        """Give it as JSON takes it."""
        return {
            "p": self.p.to_dict(),
            "r": self.r.to_dict(),
            "f1": self.f1.to_dict(),
            "hits": self.hits,
            "wrong": self.wrong,
            "missed": self.missed,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many, as a figure."""

    count: int
    of: int
    figure: Figure

    def to_dict(self) -> dict[str, object]:
        """Give it as JSON takes it."""
        return {**self.figure.to_dict(), "count": self.count, "of": self.of}


def rounded(value: float | None) -> float | None:
    """Keep four digits, so that files do not differ in the last bit."""
    return None if value is None else round(value, 4)


class Counts:
    """A row of counts per passage, drawn once for all figures of a group."""

    def __init__(self, rows: Sequence[Sequence[int]], *, draws: int = DRAWS) -> None:
        """Take rows of equal length."""
        self._columns = [list(column) for column in zip(*rows, strict=True)]
        self.sums: Sums = [sum(column) for column in self._columns]
        self._draws = list(self._drawn(len(rows), draws))

    def _drawn(self, size: int, draws: int) -> Iterator[Sums]:
        busy = [(k, column) for k, column in enumerate(self._columns) if any(column)]
        for chosen in _chosen(size, draws):
            sums = [0] * len(self._columns)
            for k, column in busy:
                sums[k] = sum(map(column.__getitem__, chosen))
            yield sums

    def score(self, hits: int, wrong: int, missed: int) -> Score:
        """Make a score of three columns, given by their numbers."""
        return Score(
            hits=self.sums[hits],
            wrong=self.sums[wrong],
            missed=self.sums[missed],
            p=self.figure(lambda s: ratio(s[hits], s[hits] + s[wrong])),
            r=self.figure(lambda s: ratio(s[hits], s[hits] + s[missed])),
            f1=self.figure(
                lambda s: ratio(2 * s[hits], 2 * s[hits] + s[wrong] + s[missed])
            ),
        )

    def share(self, count: int, of: int) -> Share:
        """Make a share of two columns, given by their numbers."""
        return Share(
            count=self.sums[count],
            of=self.sums[of],
            figure=self.figure(lambda s: ratio(s[count], s[of])),
        )

    def figure(self, formula: Formula) -> Figure:
        """Compute a figure and its interval."""
        value = formula(self.sums)
        if value is None:
            return Figure()
        drawn = sorted(one for one in map(formula, self._draws) if one is not None)
        if not drawn:
            return Figure(value=value)
        last = len(drawn) - 1
        low, high = (drawn[round(last * share)] for share in (_TAIL, 1 - _TAIL))
        return Figure(value=value, low=low, high=high)


@lru_cache(maxsize=64)
def _chosen(size: int, draws: int) -> list[list[int]]:
    """Draw numbers of passages; groups of one size share them."""
    random = Random(_SEED)
    return [random.choices(range(size), k=size) for _ in range(draws)]


def ratio(part: int, whole: int) -> float | None:
    """Divide; None where there is nothing to divide by.

    >>> ratio(1, 4), ratio(0, 0)
    (0.25, None)
    """
    return part / whole if whole else None
