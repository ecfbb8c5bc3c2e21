"""What a page draws: claims, whoever spoke of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from whosays.model import Relation, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A proposition with all statements about it, in the order of their ids."""

    id: str
    subject: str
    relation: str
    object: str
    statements: tuple[Statement, ...]

    @property
    def count(self) -> int:
        """Count the accepted statements."""
        return sum(statement.counts for statement in self.statements)


def folded(
    statements: Iterable[Statement], relations: Mapping[str, Relation]
) -> list[Claim]:
    """Fold statements into claims, in the order of their ids."""
    grouped: dict[str, list[Statement]] = {}
    for statement in statements:
        grouped.setdefault(statement.proposition, []).append(statement)
    return [
        _claim(proposition, sorted(group, key=lambda one: one.id), relations)
        for proposition, group in sorted(grouped.items())
    ]


def _claim(
    proposition: str, group: list[Statement], relations: Mapping[str, Relation]
) -> Claim:
    """Draw a symmetric claim in one direction, whichever way it was written."""
    first = group[0]
    relation = relations.get(first.relation)
    ends = (first.subject, first.object)
    if relation is not None and relation.symmetric:
        ends = (min(ends), max(ends))
    return Claim(
        id=proposition,
        subject=ends[0],
        relation=first.relation,
        object=ends[1],
        statements=tuple(group),
    )
