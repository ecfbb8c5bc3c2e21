"""Say in words how two statements collide."""

from __future__ import annotations

from whosays.model import Collection, DisputeKind, Relation, Statement


def reason(
    kind: DisputeKind, sides: tuple[Statement, Statement], collection: Collection
) -> str:
    """Say in words how the two sides of a dispute collide."""
    one, other = sides
    relation = collection.relations
    if kind is DisputeKind.DIRECT:
        return "one side affirms what the other denies"
    if kind is DisputeKind.RELATIONAL:
        pair = _both(relation[one.relation], relation[other.relation])
        return f"both are affirmed and cannot both hold: {pair}"
    if kind is DisputeKind.TENSE:
        pair = _both(relation[one.relation], relation[other.relation])
        return f"both are affirmed and sit ill together: {pair}"
    parts = _differences(one, other, collection)
    return "; ".join(parts) or "one side affirms what the other denies"


def _both(one: Relation, other: Relation) -> str:
    return f"“{one.label}” and “{other.label}”"


def _differences(
    affirmed: Statement, denied: Statement, collection: Collection
) -> list[str]:
    """Name the parts and wholes, whichever way round a symmetric relation stands."""
    ends = [(affirmed.subject, denied.subject), (affirmed.object, denied.object)]
    straight = all(_related(a, b, collection) for a, b in ends)
    if not straight:
        ends = [(affirmed.subject, denied.object), (affirmed.object, denied.subject)]
    parts = [
        f"the affirmation is of {collection.label(a)}, "
        f"the denial of {collection.label(d)}"
        for a, d in ends
        if a != d
    ]
    if affirmed.relation != denied.relation:
        one = collection.relations[affirmed.relation].label
        other = collection.relations[denied.relation].label
        parts.append(f"“{one}” is affirmed, the wider “{other}” denied")
    return parts


def _related(one: str, other: str, collection: Collection) -> bool:
    return one in collection.lineage(other) or other in collection.lineage(one)
