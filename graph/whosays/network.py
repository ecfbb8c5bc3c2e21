"""Statements → a networkx graph, for analysis and for the exchange formats.

An edge is a statement, never a claim: several edges join a pair, and each says who
takes which stance. Whoever flattens them has to decide how.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from whosays.model import Collection, Statement

if TYPE_CHECKING:
    import networkx


def to_networkx(
    collection: Collection, statements: Iterable[Statement] | None = None
) -> networkx.MultiDiGraph[str]:
    """Build a network of the accepted statements, or of those given.

    Nodes are actor slugs with ``label`` and ``type``; edge keys are statement ids, edge
    data are plain strings and numbers, so that every exchange format can carry them.
    Actors without a statement stay in the network: silence is information.
    """
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(
        title=collection.settings.title
    )
    for actor in collection.actors.values():
        graph.add_node(
            actor.slug,
            label=actor.label,
            type=str(actor.type),
            part_of=actor.part_of,
            acts_for=actor.acts_for,
        )
    if statements is None:
        statements = (s for s in collection.statements if s.counts)
    for statement in statements:
        graph.add_edge(
            statement.subject,
            statement.object,
            key=statement.id,
            **_fields(statement, collection),
        )
    return graph


def _fields(statement: Statement, collection: Collection) -> dict[str, str | float]:
    relation = collection.relations[statement.relation]
    return {
        "relation": statement.relation,
        "label": f"{statement.stance}: {relation.label}",
        "stance": str(statement.stance),
        "modality": str(statement.modality),
        "mood": str(statement.mood),
        "voice": statement.voice,
        "voice_label": collection.label(statement.voice),
        "chain": " > ".join(statement.chain),
        "source": statement.source,
        "locator": statement.locator,
        "valid": statement.valid,
        "said": statement.said,
        "framing": str(statement.framing or ""),
        "confidence": statement.confidence,
        "gist": statement.gist,
        "proposition": statement.proposition,
        **_origin(statement, collection),
    }


def _origin(statement: Statement, collection: Collection) -> dict[str, str]:
    """Tell how a statement came about that nobody typed; nothing for all others."""
    run = collection.runs.get(statement.run)
    if run is None:
        return {"run": statement.run} if statement.run else {}
    cells = {
        "run": run.slug,
        "tool": run.tool,
        "patterns": "; ".join(run.patterns),
        "decision": run.decision,
    }
    return {name: text for name, text in cells.items() if text}
