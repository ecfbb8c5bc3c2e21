"""Two perspectives laid over each other as one network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whosays.model import Statement
from whosays.network import to_networkx
from whosays.perspectives import Finding

if TYPE_CHECKING:
    import networkx

    from whosays.perspectives import Comparison, Perspective


def perspective_network(perspective: Perspective) -> networkx.MultiDiGraph[str]:
    """Give the network that a perspective draws, without those it does not mention."""
    graph = to_networkx(perspective.collection, perspective.statements)
    _keep_ends(graph, perspective.statements)
    graph.graph["title"] = perspective.title
    return graph


def comparison_network(comparison: Comparison) -> networkx.MultiDiGraph[str]:
    """Give the networks of both on the same nodes, an edge per statement.

    Each edge says whose it is (``side``: ``a`` or ``b``) and what was found about it
    (``findings``: joined by ``; ``, weightiest first).
    """
    statements = (*comparison.a.statements, *comparison.b.statements)
    graph = to_networkx(comparison.a.collection, statements)
    _keep_ends(graph, statements)
    graph.graph["title"] = comparison.title
    findings: dict[str, dict[str, None]] = {}
    for match in comparison.matches:
        for held in (match.a, match.b):
            for statement in held.statements if held else ():
                findings.setdefault(statement.id, {})[str(match.finding)] = None
    for side, perspective in (("a", comparison.a), ("b", comparison.b)):
        for statement in perspective.statements:
            data = graph.edges[statement.subject, statement.object, statement.id]
            data["side"] = side
            found = findings.get(statement.id, (str(Finding.BESIDE),))
            data["findings"] = "; ".join(found)
    return graph


def _keep_ends(
    graph: networkx.MultiDiGraph[str], statements: tuple[Statement, ...]
) -> None:
    ends = {end for s in statements for end in (s.subject, s.object)}
    graph.remove_nodes_from([node for node in graph if node not in ends])
