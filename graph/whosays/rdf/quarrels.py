"""Disputes and issues → blocks, in a graph of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whosays.model import Dispute, Issue
from whosays.rdf.blocks import Block, Shared, pair
from whosays.rdf.terms import RDF_TYPE, Names, decimal, ws


def quarrels(
    disputes: Iterable[Dispute], issues: Iterable[Issue], names: Names
) -> Iterator[Block]:
    """Describe the disputes, then the issues that they belong to."""
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
    has = ws("hasDispute")
    for issue in issues:
        pairs = [pair(RDF_TYPE, ws("Issue"), graph), scores[issue.score]]
        pairs += map(concerns.__getitem__, dict.fromkeys(issue.actors))
        pairs += [pair(has, names.other("dispute", id), graph) for id in issue.disputes]
        yield Block(names.other("issue", issue.id), pairs, graph)
