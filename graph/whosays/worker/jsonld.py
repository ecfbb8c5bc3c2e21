"""Loading JSON-LD that names no base, whose parser drops relative IRIs without a word."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from whosays.worker.refusals import Complaint

NO_BASE = "no-base://whosays/"  # stands for the missing base while it is parsed


def load_without_base(
    store: Any,  # noqa: ANN401
    data: bytes,
    form: Any,  # noqa: ANN401
    graph: Any,  # noqa: ANN401
) -> Complaint | None:
    """Load a file, or say which of its IRIs is relative; then nothing is loaded."""
    import pyoxigraph

    quads = list(
        pyoxigraph.parse(data, form, base_iri=NO_BASE, rename_blank_nodes=True)
    )
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            value = str(getattr(term, "value", ""))
            if value.startswith(NO_BASE) and not isinstance(term, pyoxigraph.Literal):
                from whosays.worker import refusals

                return refusals.relative_iri(value[len(NO_BASE) :], data)
    if graph is not None:
        default = pyoxigraph.DefaultGraph()
        quads = [
            pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, graph)
            if quad.graph_name == default
            else quad
            for quad in quads
        ]
    store.bulk_extend(quads)
    return None
