"""How far two readers agree, as frozen records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from whosays.model import Statement
from whosays.readers.pairing import Pair
from whosays.rows import Rows

COLUMNS = (
    "state",
    "source",
    "locator",
    "column",
    "first",
    "second",
    "first_row",
    "second_row",
    "first_gist",
    "second_gist",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """How far readers agree on one column.

    ``pairs`` counts the pairs in which both coded it, ``same`` those in which they
    coded the same. A coefficient is None where it is undefined or was not computed.
    """

    name: str
    pairs: int
    same: int
    alpha: float | None
    kappa: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What two readers made of the same sources.

    Everything with two values is in the order of the readers. ``rows`` counts what
    was compared; ``only`` holds what one of them has alone; ``errors`` counts rows
    and cells that could not be read, ``elsewhere`` rows on other sources. ``measured``
    is false where the package that computes coefficients is not installed.
    """

    names: tuple[str, str] = ("first", "second")
    sources: tuple[str, ...] = ()
    rows: tuple[int, int]
    pairs: tuple[Pair, ...]
    only: tuple[tuple[Statement, ...], tuple[Statement, ...]]
    variables: tuple[Variable, ...]
    measured: bool = True
    errors: tuple[int, int] = (0, 0)
    elsewhere: tuple[int, int] = (0, 0)

    @property
    def alike(self) -> tuple[Pair, ...]:
        """The pairs that differ in nothing that is compared."""
        return tuple(pair for pair in self.pairs if not pair.differing)

    @property
    def differing(self) -> tuple[Pair, ...]:
        """The pairs that have to be settled."""
        return tuple(pair for pair in self.pairs if pair.differing)

    def to_rows(self) -> Rows:
        """Give what has to be settled: a row per differing column, and what is alone."""
        return Rows.of(COLUMNS, self._rows())

    def _rows(self) -> Iterator[tuple[str | int | None, ...]]:
        for pair in self.differing:
            one, other = pair.first, pair.second
            for told in pair.compared():
                yield (
                    *("differs", one.source, one.locator, *told),
                    *(one.row, other.row, one.gist, other.gist),
                )
        for one in self.only[0]:
            yield (
                *("only first", one.source, one.locator, "", _claim(one), ""),
                *(one.row, None, one.gist, ""),
            )
        for one in self.only[1]:
            yield (
                *("only second", one.source, one.locator, "", "", _claim(one)),
                *(None, one.row, "", one.gist),
            )

    def to_dict(self) -> dict[str, Any]:
        """Give all of it as JSON takes it."""
        return {
            "first": self.names[0],
            "second": self.names[1],
            "sources": list(self.sources),
            "rows": list(self.rows),
            "pairs": len(self.pairs),
            "alike": len(self.alike),
            "only_first": len(self.only[0]),
            "only_second": len(self.only[1]),
            "errors": list(self.errors),
            "elsewhere": list(self.elsewhere),
            "variables": [
                {
                    "name": one.name,
                    "pairs": one.pairs,
                    "same": one.same,
                    "alpha": _rounded(one.alpha),
                    "kappa": _rounded(one.kappa),
                }
                for one in self.variables
            ],
            "to_settle": self.to_rows().to_dicts(),
        }


def _claim(one: Statement) -> str:
    return f"{one.voice} {one.stance}: {one.proposition}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
