"""Which row of one reader is the row of the other.

Rows are paired within a source, each once, in three rounds:

1. the same statement: every value that makes up its id is the same;
2. the same passage: equal locators (or none in both), and two of subject, relation and
   object are the same, or the ends are exchanged; the pairs with most in common first;
3. another passage: the same claim by the same voice, which a slip in a locator parts.

What is left was seen by one reader only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from whosays.model import Statement

VARIABLES = (
    "subject",
    "relation",
    "object",
    "stance",
    "voice",
    "modality",
    "framing",
)
"""What is compared and measured, in this order."""

_ALSO = ("via", "locator", "valid", "place", "said_on")  # listed, not measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two rows that two readers made of the same thing."""

    first: Statement
    second: Statement

    @property
    def differing(self) -> tuple[str, ...]:
        """The columns in which they differ, those that are measured first."""
        return tuple(
            name
            for name in (*VARIABLES, *_ALSO)
            if value_of(self.first, name) != value_of(self.second, name)
        )

    def compared(self) -> Iterator[tuple[str, str, str]]:
        """Give each differing column with what either reader wrote."""
        for name in self.differing:
            yield name, value_of(self.first, name), value_of(self.second, name)


def value_of(one: Statement, name: str) -> str:
    """Give what a reader coded in a column; empty where nothing was."""
    value = getattr(one, name)
    if isinstance(value, tuple):
        return " > ".join(value) if name == "via" else ";".join(sorted(value))
    return "" if value is None else str(value)


def paired(
    first: Sequence[Statement], second: Sequence[Statement]
) -> tuple[list[Pair], list[Statement], list[Statement]]:
    """Pair rows; give the pairs and what either reader has alone, in their order."""
    pairs: list[Pair] = []
    left, right = list(first), list(second)
    for key, likeness in (
        (_identity, _any),
        (_passage, _likeness),
        (_claim, _any),
    ):
        found = _round(left, right, key, likeness)
        pairs += found
        taken = {id(one) for pair in found for one in (pair.first, pair.second)}
        left = [one for one in left if id(one) not in taken]
        right = [one for one in right if id(one) not in taken]
    order = {id(one): number for number, one in enumerate(first)}
    pairs.sort(key=lambda pair: order[id(pair.first)])
    return pairs, left, right


def _round(
    left: Iterable[Statement],
    right: Iterable[Statement],
    key: Callable[[Statement], Hashable],
    likeness: Callable[[Statement, Statement], int],
) -> list[Pair]:
    """Pair what has the same key, the most alike first; ties in the order of rows."""
    groups: dict[Hashable, list[Statement]] = defaultdict(list)
    for one in right:
        groups[key(one)].append(one)
    possible = sorted(
        (
            (-likeness(one, other), one.row, other.row, one, other)
            for one in left
            for other in groups.get(key(one), ())
            if likeness(one, other)
        ),
        key=lambda found: found[:3],
    )
    pairs: list[Pair] = []
    taken: set[int] = set()
    for _, _, _, one, other in possible:
        if id(one) not in taken and id(other) not in taken:
            taken |= {id(one), id(other)}
            pairs.append(Pair(first=one, second=other))
    return pairs


def _identity(one: Statement) -> Hashable:
    return one.id


def _passage(one: Statement) -> Hashable:
    return one.source, one.locator


def _claim(one: Statement) -> Hashable:
    return one.source, one.proposition, one.voice


def _any(one: Statement, other: Statement) -> int:
    return 1


def _likeness(one: Statement, other: Statement) -> int:
    """Count what two rows of a passage share; 0 where they speak of other things."""
    ends = one.subject, one.object
    claim = sum(
        (
            one.subject == other.subject,
            one.relation == other.relation,
            one.object == other.object,
        )
    )
    turned = ends == (other.object, other.subject)
    if claim < 2 and not turned:
        return 0
    further = ("stance", "voice", "modality", "framing", "valid")
    same = sum(value_of(one, name) == value_of(other, name) for name in further)
    return 10 * max(claim, 2) + same
