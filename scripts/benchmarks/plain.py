"""The same project as somebody would do it with rdflib and pyvis alone.

A statement is a node with its parts, read row by row from the same tables; questions are
SPARQL in the engine of rdflib; the picture is a network of pyvis. Nothing is checked.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

BASE = "https://example.org/"
QUERIES = Path(__file__).with_name("questions")


def graph_of(folder: Path) -> Any:  # noqa: ANN401  (rdflib is loaded here)
    """Read the statement tables into a graph, five triples a row."""
    from rdflib import Graph, Literal, Namespace

    space = Namespace(BASE)
    graph = Graph()
    for path in sorted(folder.glob("statements/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file)):
                node = space[f"{path.stem}-{number}"]
                for part in ("subject", "relation", "object", "source"):
                    graph.add((node, space[part], space[row[part]]))
                graph.add((node, space.stance, Literal(row["stance"])))
    return graph


def questions(actor: str) -> Mapping[str, str]:
    """Give two questions in SPARQL: what is said of an actor, and what is disputed."""
    return {
        name: (QUERIES / f"{name}.rq").read_text("utf-8").replace("ACTOR", actor)
        for name in ("about", "disputes")
    }


def asked(graph: Any, text: str) -> int:  # noqa: ANN401
    """Ask rdflib and count the rows."""
    return sum(1 for _ in graph.query(text))


def picture(folder: Path, path: Path) -> None:
    """Draw every statement as an arrow with pyvis."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    seen: set[str] = set()
    for table in sorted(folder.glob("statements/*.csv")):
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for end in (row["subject"], row["object"]):
                    if end not in seen:
                        seen.add(end)
                        network.add_node(end)
                network.add_edge(row["subject"], row["object"], label=row["relation"])
    path.write_text(network.generate_html(notebook=False), "utf-8")
