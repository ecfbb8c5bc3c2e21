"""Disputes and issues → blocks, in a graph of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whosays.model import Dispute, Issue
from whosays.rdf.blocks import Block, Shared, pair
from whosays.rdf.terms import RDF_TYPE, Names, decimal, number, ws


def quarrels(
    disputes: Iterable[Dispute], issues: Iterable[Issue], names: Names
) -> Iterator[Block]:
    """Describe the disputes, then the issues that they belong to.

    An issue tells how many there are, and how many of them are described.
    """
    graph = names.graph("disputes")
    type = pair(RDF_TYPE, ws("Dispute"), graph)
    kinds = Shared[str](ws("disputeKind"), lambda kind: ws(f"dispute-{kind}"), graph)
    scores = Shared(ws("score"), decimal, graph)
    affirmed, contested = ws("affirmed"), ws("contested")
    for dispute in disputes:
        yield Block(
            names.other("dispute", dispute.id),
            (
                type,
                kinds[dispute.kind],
                pair(affirmed, names.statement(dispute.affirmed), graph),
                pair(contested, names.statement(dispute.contested), graph),
                scores[dispute.score],
            ),
            graph,
        )
    concerns = Shared(ws("concerns"), names.actor, graph)
    has, count, held = ws("hasDispute"), ws("disputeCount"), ws("disputesHeld")
    for issue in issues:
        node = names.other("issue", issue.id)
        pairs = [pair(RDF_TYPE, ws("Issue"), graph), scores[issue.score]]
        pairs += (
            pair(count, number(issue.pairs), graph),
            pair(held, number(len(issue.disputes)), graph),
        )
        pairs += map(concerns.__getitem__, dict.fromkeys(issue.actors))
        yield Block(node, pairs, graph)
        for part in range(0, len(issue.disputes), _AT_ONCE):
            ids = issue.disputes[part : part + _AT_ONCE]
            pairs = [pair(has, names.other("dispute", id), graph) for id in ids]
            yield Block(node, pairs, graph)


_AT_ONCE = 1_000
"""Disputes of an issue that one block names; an issue of a crowd has millions."""
