"""Which affirmed relations of one pair collide, and how their ends must lie."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from whosays.model import Collection, DisputeKind, Ends, Strength


class Collision(NamedTuple):
    """What collides with a relation, with the ends alike, turned round, or both."""

    second: str
    kind: DisputeKind
    straight: bool
    turned: bool


def collisions(collection: Collection) -> dict[str, list[Collision]]:
    """List by first relation what collides with it, for narrower relations too."""
    ways: dict[tuple[str, str], set[Ends]] = defaultdict(set)
    kinds: dict[tuple[str, str], DisputeKind] = {}
    for (first, second, ends), strength in _inherited(collection).items():
        strong = strength is Strength.STRONG
        ways[first, second].add(ends)
        kinds[first, second] = DisputeKind.RELATIONAL if strong else DisputeKind.TENSE
    found: dict[str, list[Collision]] = defaultdict(list)
    relations = collection.relations
    for (first, second), lie in ways.items():
        symmetric = relations[first].symmetric or relations[second].symmetric
        collision = Collision(
            second,
            kinds[first, second],
            straight=symmetric or lie != {Ends.CROSSED},
            turned=symmetric or lie != {Ends.SAME},
        )
        found[first].append(collision)
    return found


def _inherited(collection: Collection) -> dict[tuple[str, str, Ends], Strength]:
    """Let narrower relations inherit what collides; strong wins where both apply."""
    from whosays import vocab  # only to look for disputes, not to show them

    narrower: dict[str, list[str]] = defaultdict(list)
    for id in collection.relations:
        for wider in vocab.implied(collection.relations, id):
            narrower[wider].append(id)
    found: dict[tuple[str, str, Ends], Strength] = {}
    strong_last = sorted(
        collection.incompatibilities, key=lambda row: row.strength is Strength.STRONG
    )
    for row in strong_last:
        for first in narrower[row.first]:
            for second in narrower[row.second]:
                if first != second:
                    found[first, second, row.ends] = row.strength
    strong = {key[:2] for key, kind in found.items() if kind is Strength.STRONG}
    return {
        key: kind
        for key, kind in found.items()
        if kind is Strength.STRONG or key[:2] not in strong
    }
