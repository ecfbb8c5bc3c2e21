"""What only one source speaks of: the blind spots of all the others.

A claim counts as spoken of by a source that holds an accepted statement on it, of
whatever stance; also one that is quoted in order to be rejected has been spoken of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from whosays import lookup
from whosays.model import Collection

__all__ = ["BlindSpot", "blind_spots", "single_sourced"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindSpot:
    """One source: ``claims`` it speaks of, and those of them that no other does.

    ``alone`` are proposition ids, in their order.
    """

    source: str
    label: str
    claims: int
    alone: tuple[str, ...]


def single_sourced(collection: Collection) -> Mapping[str, str]:
    """Map each claim that only one source speaks of to that source."""
    sources: dict[str, set[str]] = defaultdict(set)
    for statement in collection.statements:
        if statement.counts:
            sources[statement.proposition].add(statement.source)
    return {claim: min(one) for claim, one in sources.items() if len(one) == 1}


def blind_spots(collection: Collection, actor: str = "") -> tuple[BlindSpot, ...]:
    """List per source what it alone speaks of, most first.

    With ``actor``, named in any spelling, only claims with this actor at one end are
    looked at. Sources that speak of nothing there are left out.

    Raises:
        UnknownName: there is no such actor.
    """
    slug = lookup.actor(collection, actor) if actor else ""
    alone = single_sourced(collection)
    told: dict[str, set[str]] = defaultdict(set)
    for one in collection.statements:
        if one.counts and (not slug or slug in (one.subject, one.object)):
            told[one.source].add(one.proposition)
    found = [
        BlindSpot(
            source=source,
            label=collection.label(source),
            claims=len(claims),
            alone=tuple(sorted(claim for claim in claims if claim in alone)),
        )
        for source, claims in told.items()
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.alone), one.source)))
