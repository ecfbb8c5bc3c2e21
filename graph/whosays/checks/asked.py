"""The named queries that a project brings along: can they be used at all?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from whosays.errors import QueryError
from whosays.problems import Problem, problem


def query_problems(path: Path) -> Iterator[Problem]:
    """Report each query of a project whose header or SPARQL cannot be read.

    A text is tried on an empty graph, so this costs nothing but the engine's start.
    """
    from whosays import queries

    for query in queries.own(path):
        table = f"queries/{query.origin}"
        if query.fault:
            yield problem("WS613", table=table, value=query.origin, text=query.fault)
            continue
        from whosays import store

        try:
            store.evaluate(query.text, quads=b"")
        except QueryError as error:
            yield problem(
                error.code or "WS702",
                table=table,
                row=error.line,
                text=error.message,
                instructions=error.hint,
            )
