"""What differs between SPARQL servers, in one place.

- Virtuoso answers ASK with a table of one cell, calls typed literals otherwise, has no
  default graph of its own (a query without FROM reads all graphs), opens no graph that
  is not named once a default graph is given, and gives the first rows of a long answer
  with status 200; a header tells.
- A graph store and the endpoint for queries have different addresses on most servers.
- Only some servers take a graph without a name, and those that take updates refuse
  long ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from whosays.guard import Token
from whosays.remote import Reply

INSERT_TRIPLES = 500
"""Triples of one INSERT DATA: Virtuoso refuses some 3,000, others long bodies."""

_ASKED = "__ASK_RETVAL"
_BESIDE = {  # the end of a graph store's address, and that of the queries beside it
    "/sparql-graph-crud-auth": "/sparql",  # Virtuoso
    "/sparql-graph-crud": "/sparql",
    "/sparql-auth": "/sparql",
    "/data": "/sparql",  # Fuseki
    "/update": "/sparql",
    "/store": "/query",  # Oxigraph
    "/rdf-graphs/service": "",  # RDF4J, GraphDB
    "/statements": "",
}


def graphs_opened(found: Sequence[Token], expand: Callable[[Token], str]) -> list[str]:
    """List the graphs that a query opens by name, to be named beside a default graph.

    A query that opens graphs by a variable is left alone: naming some would hide the
    others.
    """
    names = [
        name
        for word, name in pairwise(found)
        if word.keyword == "GRAPH" and name.kind != "word"
    ]
    iris = [expand(name) for name in names]
    return list(dict.fromkeys(iris)) if all(iris) else []


def shortened(reply: Reply) -> str:
    """Say why a reply is not the whole answer though its status says so; or nothing."""
    most = reply.headers.get("x-sparql-maxrows", "")
    if most:
        return f"it gives {most} rows at most"
    if "x-sql-state" in reply.headers or reply.status == 206:
        return "it stopped before the end"
    return ""


def standard(answer: dict[str, Any]) -> dict[str, Any]:
    """Give an answer in JSON as the standard has it."""
    names = answer.get("head", {}).get("vars")
    if names == [_ASKED]:
        rows = answer["results"]["bindings"]
        yes = bool(rows) and str(rows[0][_ASKED]["value"]) in ("1", "true")
        return {"head": {}, "boolean": yes}
    return answer


def standard_type(name: str) -> str:
    """Give the kind of a term as the standard calls it."""
    return "literal" if name == "typed-literal" else name


def has_default_graph(headers: Mapping[str, str]) -> bool:
    """Tell whether a server keeps triples without a graph apart."""
    return not headers.get("server", "").startswith("Virtuoso")


def queries_beside(url: str) -> str:
    """Guess where to ask about what is put into a graph store.

    >>> queries_beside("https://example.org/data")
    'https://example.org/sparql'
    >>> queries_beside("https://example.org/own")
    'https://example.org/own'
    """
    plain = url.partition("?")[0].rstrip("/")
    for end, beside in _BESIDE.items():
        if plain.endswith(end):
            return plain.removesuffix(end) + beside
    return plain
