"""A statement with what comparing needs, computed once, and which pairs meet in time.

Days are numbers here: an unknown or open end lies before or after all days.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from whosays import dates
from whosays.model import Modality, Mood, Statement

_BEFORE_ALL, _AFTER_ALL = 0, 4_000_000  # date.min is day 1, date.max day 3,652,059


class Side(NamedTuple):
    """A statement from its first to its last possible day.

    ``shape`` numbers what a score depends on: two pairs of equal shapes score alike.
    """

    first: int
    last: int
    id: str
    shape: int
    voice: str
    camp: str
    places: frozenset[str]
    within: frozenset[str]
    statement: Statement


MOODS = {modality: modality.mood for modality in Modality}

_SHAPES = {
    modality: (4 if modality is Modality.SUSPECTED else 0)
    + (8 if mood is Mood.REALIS else 0)
    for modality, mood in MOODS.items()
}


def shape_of(statement: Statement) -> int:
    """Number what a score depends on besides the kind."""
    dated = 1 if statement.valid else 0
    placed = 2 if statement.place else 0
    return dated + placed + _SHAPES[statement.modality]


@lru_cache(maxsize=65536)
def days_of(text: str) -> tuple[int, int]:
    """Give the first and last possible day of a valid time; an empty one is any time.

    >>> days_of("")
    (0, 4000000)
    """
    if not text:
        return _BEFORE_ALL, _AFTER_ALL
    period = dates.parse(text)
    first, last = period.earliest, period.latest
    return (
        _BEFORE_ALL if first is None else first.toordinal(),
        _AFTER_ALL if last is None else last.toordinal(),
    )


def meeting(
    ones: Sequence[Side], others: Sequence[Side]
) -> Iterator[tuple[Side, Side]]:
    """Yield each pair whose times can meet; both lists are sorted by first day.

    Whoever begins first meets all of the other list that begin before it ends. So the
    work is to pass over both lists once and to yield: nobody is compared in vain with
    everybody.
    """
    i = j = 0
    while i < len(ones) and j < len(others):
        one, other = ones[i], others[j]
        if one.first <= other.first:
            i += 1
            last = one.last
            for at in range(j, len(others)):
                other = others[at]
                if other.first > last:
                    break
                yield one, other
        else:
            j += 1
            last = other.last
            for at in range(i, len(ones)):
                one = ones[at]
                if one.first > last:
                    break
                yield one, other
