"""Group the many pairs of statements of an issue into the clashes of its claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from whosays.model import (
    Collection,
    Dispute,
    DisputeKind,
    Issue,
    Mood,
    Outline,
    Statement,
    Strongest,
)

LISTED = 3
"""Clashes that an outline names."""


class Clashing(NamedTuple):
    """Two claims that collide in one way: all pairs of statements, and the best one."""

    best: Dispute
    pairs: list[Dispute]

    @property
    def for_it(self) -> tuple[str, ...]:
        """The ids of the statements on the first side."""
        return tuple(dict.fromkeys(one.affirmed for one in self.pairs))

    @property
    def against_it(self) -> tuple[str, ...]:
        """The ids of the statements on the other side."""
        return tuple(dict.fromkeys(one.contested for one in self.pairs))


def clashing(
    disputes: Iterable[Dispute], statements: Mapping[str, Statement]
) -> list[Clashing]:
    """Group disputes by the claims of both sides, the strongest first."""
    groups: dict[tuple[str, str, DisputeKind, Mood], list[Dispute]] = defaultdict(list)
    for dispute in disputes:
        one, other = statements[dispute.affirmed], statements[dispute.contested]
        mark = (one.proposition, other.proposition, dispute.kind, one.mood)
        groups[mark].append(dispute)
    found = [
        Clashing(max(group, key=lambda one: (one.score, one.id)), group)
        for group in groups.values()
    ]

    def place(one: Clashing) -> tuple[float, int, str, str, str]:
        affirmed = statements[one.best.affirmed]
        claim = affirmed.subject, affirmed.relation, affirmed.object
        return -one.best.score, -len(one.pairs), *claim

    return sorted(found, key=place)


def outlines(
    collection: Collection, disputes: Iterable[Dispute], issues: Iterable[Issue]
) -> list[Outline]:
    """Outline issues in their order, so that they can be listed without their pairs."""
    statements = {one.id: one for one in collection.statements}
    by_id = {one.id: one for one in disputes}
    return [
        outline_of(issue, [by_id[id] for id in issue.disputes], statements)
        for issue in issues
    ]


def outline_of(
    issue: Issue, members: Sequence[Dispute], statements: Mapping[str, Statement]
) -> Outline:
    """Outline one issue; its disputes stand in its own order."""
    ids = {id for one in members for id in (one.affirmed, one.contested)}
    found = clashing(members, statements)
    return Outline(
        id=issue.id,
        actors=issue.actors,
        score=issue.score,
        camp=issue.camp,
        voices=len(issue.voices),
        sources=len(issue.sources),
        pairs=len(members),
        clashes=len(found),
        said=tuple(sorted({statements[id].said for id in ids} - {""})),
        strongest=tuple(
            Strongest(
                dispute=one.best.id,
                for_it=one.for_it,
                against_it=one.against_it,
                pairs=len(one.pairs),
            )
            for one in found[:LISTED]
        ),
    )
