"""Fold many pairs of statements into the few issues that people quarrel about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from whosays.disputes.scores import ordered
from whosays.model import Collection, Dispute, Issue, Statement

_Pair = tuple[str, str]


def fold(collection: Collection, disputes: Iterable[Dispute]) -> list[Issue]:
    """Fold disputes into issues, one per pair of actors at the top of their chains.

    Issues touching most sources come first, then those with the best score. What one
    voice says against itself is a question to the curator and makes no issue.
    """
    statements = {statement.id: statement for statement in collection.statements}
    tops: dict[_Pair, _Pair] = {}  # an issue has few pairs of actors, and many disputes
    members: dict[_Pair, list[Dispute]] = defaultdict(list)
    for dispute in disputes:
        if dispute.own:
            continue
        affirmed = statements[dispute.affirmed]
        ends = affirmed.subject, affirmed.object
        pair = tops.get(ends)
        if pair is None:
            pair = tops[ends] = tops_of(ends, collection)
        members[pair].append(dispute)
    found = [
        issue_of(pair, ordered(group), statements) for pair, group in members.items()
    ]
    return sorted(found, key=lambda i: (-len(i.sources), -i.score, i.id))


def tops_of(ends: _Pair, collection: Collection) -> _Pair:
    """Name the actors at the top of both chains, in the order of their slugs."""
    first, second = sorted(collection.top(end) for end in ends)
    return first, second


def issue_of(
    pair: _Pair, group: Sequence[Dispute], statements: Mapping[str, Statement]
) -> Issue:
    """Fold all disputes of a pair of actors, best score first, into its issue."""
    ids = dict.fromkeys(dispute.affirmed for dispute in group)
    ids.update(dict.fromkeys(dispute.contested for dispute in group))
    both = [statements[id] for id in ids]
    propositions = dict.fromkeys(
        (
            statements[dispute.affirmed].proposition,
            statements[dispute.contested].proposition,
        )
        for dispute in group
    )
    return Issue(
        id="_".join(pair),
        actors=pair,
        score=group[0].score,
        pairs=len(group),
        disputes=tuple(dispute.id for dispute in group),
        propositions=tuple(propositions),
        voices=tuple(sorted({statement.voice for statement in both})),
        sources=tuple(sorted({statement.source for statement in both})),
        camp=all(dispute.camp for dispute in group),
    )
