"""Which statements, claims and actors a page holds.

A page draws *claims*: a subject, a relation and an object, whoever spoke of them.
Statements of every status are kept, but only accepted ones count for prominence and
decide which actors are shown when there are too many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from whosays.model import (
    Collection,
    Dispute,
    DisputeKind,
    Statement,
)
from whosays.views.claims import Claim, folded
from whosays.views.fitting import fitting

MOST_ACTORS = 2000  # what one picture can hold; the table and exports hold the rest
_DISPUTED = 4  # how many statements a dispute weighs when actors are ranked
_OPPOSED = (DisputeKind.DIRECT, DisputeKind.ENTAILED, DisputeKind.PARTIAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything that one page shows, in a fixed order.

    ``actors`` stand by prominence, claims by id. ``weights`` are accepted statements
    per actor. ``total`` counts the actors with any, before some were left out;
    ``notices`` say in words what was left out.
    """

    collection: Collection
    actors: tuple[str, ...]
    claims: tuple[Claim, ...]
    disputes: tuple[Dispute, ...]
    weights: Mapping[str, int]
    total: int
    notices: tuple[str, ...] = ()


def select(
    collection: Collection,
    disputes: Sequence[Dispute],
    *,
    about: Sequence[str] = (),
    sources: Sequence[str] = (),
    voices: Sequence[str] = (),
    limit: int | None = None,
    largest: int = 0,
    notice: str = "",
) -> Scene:
    """Choose what the page shows; what is left out is said in the notices.

    With ``largest`` no more than what a page of so many bytes has room for.
    """
    wanted = wanted_of(collection, about=about, sources=sources, voices=voices)
    claims = folded(wanted, collection.relations)
    ids = {statement.id for statement in wanted}
    kept = [d for d in disputes if d.affirmed in ids and d.contested in ids]
    ranked, weights = _rank(claims, kept)
    notices = (notice,) if notice else ()
    total = sum(1 for count in weights.values() if count)
    most = min(MOST_ACTORS, limit if limit and limit > 0 else MOST_ACTORS)
    if largest:
        most = min(most, fitting(ranked, claims, kept, largest))
    if len(ranked) > most:
        ranked = ranked[:most]
        claims, kept = _between(frozenset(ranked), claims, kept)
        shown = sum(len(claim.statements) for claim in claims)
        message = (
            f"the page shows the {most:,} most discussed of {total:,} actors and "
            f"{shown:,} of {len(wanted):,} statements; an export holds all of them"
        )
        notices = (message, *notices)
    return Scene(
        collection=collection,
        actors=tuple(ranked),
        claims=tuple(claims),
        disputes=tuple(kept),
        weights=weights,
        total=total,
        notices=notices,
    )


def wanted_of(
    collection: Collection,
    *,
    about: Sequence[str] = (),
    sources: Sequence[str] = (),
    voices: Sequence[str] = (),
) -> list[Statement]:
    """List the statements that touch one of these actors, of these sources and voices."""
    return [
        statement
        for statement in collection.statements
        if (not sources or statement.source in sources)
        and (not voices or statement.voice in voices)
        and (not about or _touches(collection, statement, frozenset(about)))
    ]


def _touches(
    collection: Collection, statement: Statement, about: frozenset[str]
) -> bool:
    ends = (statement.subject, statement.object)
    return any(not about.isdisjoint(collection.lineage(end)) for end in ends)


def _rank(
    claims: Iterable[Claim], disputes: Iterable[Dispute]
) -> tuple[list[str], dict[str, int]]:
    """Order actors by what is said of them, disputed claims first; ties by slug."""
    opposed = {
        side
        for dispute in disputes
        if dispute.kind in _OPPOSED and not dispute.own
        for side in (dispute.affirmed, dispute.contested)
    }
    weights: dict[str, int] = {}
    prominence: dict[str, int] = {}
    for claim in claims:
        count = claim.count
        disputed = any(statement.id in opposed for statement in claim.statements)
        for actor in {claim.subject, claim.object}:
            weights[actor] = weights.get(actor, 0) + count
            gain = count + _DISPUTED * disputed
            prominence[actor] = prominence.get(actor, 0) + gain
    return sorted(prominence, key=lambda slug: (-prominence[slug], slug)), weights


def _between(
    actors: frozenset[str], claims: Iterable[Claim], disputes: Iterable[Dispute]
) -> tuple[list[Claim], list[Dispute]]:
    kept = [c for c in claims if c.subject in actors and c.object in actors]
    ids = {statement.id for claim in kept for statement in claim.statements}
    return kept, [d for d in disputes if d.affirmed in ids and d.contested in ids]
