"""Where the score of a dispute comes from; it orders a list and is no probability."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from whosays.model import Dispute, DisputeKind, Modality, Mood, Statement

BASE = {
    DisputeKind.DIRECT: 1.0,
    DisputeKind.ENTAILED: 0.8,
    DisputeKind.RELATIONAL: 0.6,
    DisputeKind.PARTIAL: 0.5,
    DisputeKind.TENSE: 0.3,
}
"""Where the score of each kind starts; the factors below only lower it."""

ONLY_DENIAL_DATED = 0.8
ONLY_DENIAL_PLACED = 0.8
NOT_REALIS = 0.7
A_SIDE_SUSPECTED = 0.8
NOT_BOTH_DATED = 0.8


def factors(kind: DisputeKind, one: Statement, other: Statement) -> dict[str, float]:
    """Explain a score: each reason that lowers it, with its factor."""
    reasons: dict[str, float] = {}
    suspected = Modality.SUSPECTED in (one.modality, other.modality)
    if kind in (DisputeKind.RELATIONAL, DisputeKind.TENSE):
        if not (one.valid and other.valid):
            reasons["not both are dated"] = NOT_BOTH_DATED
    else:
        if other.valid and not one.valid:
            reasons["only the denial is dated"] = ONLY_DENIAL_DATED
        if one.mood is not Mood.REALIS:
            reasons["it is not about what is the case"] = NOT_REALIS
        if kind is not DisputeKind.PARTIAL and other.place and not one.place:
            reasons["only the denial is placed"] = ONLY_DENIAL_PLACED
    if kind is not DisputeKind.PARTIAL and suspected:
        reasons["a side only suspects"] = A_SIDE_SUSPECTED
    return reasons


def score(kind: DisputeKind, one: Statement, other: Statement) -> float:
    """Multiply the base of the kind by what lowers it."""
    found = BASE[kind]
    for factor in factors(kind, one, other).values():
        found *= factor
    return round(found, 4)


def ordered(disputes: Iterable[Dispute]) -> list[Dispute]:
    """Put the best score first, and what scores alike in the order of ids."""
    found = sorted(disputes, key=attrgetter("id"))
    found.sort(key=attrgetter("score"), reverse=True)  # stable: the ids stay in order
    return found
