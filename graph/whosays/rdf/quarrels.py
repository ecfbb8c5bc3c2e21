"""Disputes and issues → blocks, in a graph of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whosays.model import Dispute, Issue
from whosays.rdf.blocks import Block, Shared, pair
from whosays.rdf.terms import RDF_TYPE, Names, decimal, ws


class Quarrels:
    """Makes the blocks of what was found, however much of it at a time."""

    def __init__(self, names: Names) -> None:
        """Make the tables of shared pairs, all still empty."""
        self._names = names
        self._graph = graph = names.graph("disputes")
        self._dispute = pair(RDF_TYPE, ws("Dispute"), graph)
        self._issue = pair(RDF_TYPE, ws("Issue"), graph)
        self._kinds = Shared[str](
            ws("disputeKind"), lambda kind: ws(f"dispute-{kind}"), graph
        )
        self._scores = Shared(ws("score"), decimal, graph)
        self._concerns = Shared(ws("concerns"), names.actor, graph)

    def blocks(
        self, disputes: Iterable[Dispute], issues: Iterable[Issue]
    ) -> Iterator[Block]:
        """Describe disputes, then the issues that they belong to."""
        names, graph = self._names, self._graph
        affirmed, contested = ws("affirmed"), ws("contested")
        for dispute in disputes:
            yield Block(
                names.other("dispute", dispute.id),
                (
                    self._dispute,
                    self._kinds[dispute.kind],
                    pair(affirmed, names.statement(dispute.affirmed), graph),
                    pair(contested, names.statement(dispute.contested), graph),
                    self._scores[dispute.score],
                ),
                graph,
            )
        has = ws("hasDispute")
        for issue in issues:
            node = names.other("issue", issue.id)
            pairs = [self._issue, self._scores[issue.score]]
            pairs += map(self._concerns.__getitem__, dict.fromkeys(issue.actors))
            yield Block(node, pairs, graph)
            for part in range(0, len(issue.disputes), _AT_ONCE):
                yield Block(
                    node,
                    [
                        pair(has, names.other("dispute", id), graph)
                        for id in issue.disputes[part : part + _AT_ONCE]
                    ],
                    graph,
                )


_AT_ONCE = 1_000
"""Disputes of an issue that one block names; an issue of a crowd has millions."""
