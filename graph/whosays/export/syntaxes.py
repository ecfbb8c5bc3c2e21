"""The RDF syntaxes that need no layout of our own, and RDF 1.2.

N-Triples and N-Quads are sorted lines. JSON-LD and RDF/XML are written by the engine
from sorted input. RDF 1.2 adds to each statement the proposition that it reifies; only
the engine can write that.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from whosays.export.content import Content, Written
from whosays.export.turtle import GRAPHS_LEFT_OUT
from whosays.rdf import Names, Quad
from whosays.rdf.terms import iri
from whosays.vocab import prefixes

if TYPE_CHECKING:
    import pyoxigraph

_REIFIES = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies>"
_NO_GRAPHS = GRAPHS_LEFT_OUT.replace("Turtle has", "This format has")


def ntriples(content: Content) -> Written:
    """Write the default graph as sorted N-Triples."""
    return _lines(content.triples, "triples", (_NO_GRAPHS,))


def nquads(content: Content) -> Written:
    """Write everything as sorted N-Quads."""
    return _lines(content.quads, "quads")


def jsonld(content: Content) -> Written:
    """Write everything as JSON-LD."""
    return _engine(content, content.quads, "JSON_LD", "quads")


def rdfxml(content: Content) -> Written:
    """Write the default graph as RDF/XML."""
    return _engine(content, content.triples, "RDF_XML", "triples", (_NO_GRAPHS,))


def turtle12(content: Content) -> Written:
    """Write the default graph as Turtle of RDF 1.2."""
    rows = [*content.triples, *_reifiers(content)]
    return _engine(content, rows, "TURTLE", "triples", (_NO_GRAPHS,))


def trig12(content: Content) -> Written:
    """Write everything as TriG of RDF 1.2."""
    return _engine(content, [*content.quads, *_reifiers(content)], "TRIG", "quads")


def ntriples12(content: Content) -> Written:
    """Write the default graph as N-Triples of RDF 1.2."""
    rows = [*content.triples, *_reifiers(content)]
    return _lines(sorted(rows), "triples", (_NO_GRAPHS,))


def nquads12(content: Content) -> Written:
    """Write everything as N-Quads of RDF 1.2."""
    return _lines([*content.quads, *_reifiers(content)], "quads")


def rdfxml12(content: Content) -> Written:
    """Write the default graph as RDF/XML of RDF 1.2."""
    rows = [*content.triples, *_reifiers(content)]
    return _engine(content, rows, "RDF_XML", "triples", (_NO_GRAPHS,))


def _lines(quads: Iterable[Quad], unit: str, notes: tuple[str, ...] = ()) -> Written:
    lines = sorted(quad.line() for quad in quads)
    data = ("\n".join(lines) + "\n").encode("utf-8")
    return Written(data=data, count=len(lines), unit=unit, notes=notes)


def _reifiers(content: Content) -> list[Quad]:
    """Say of each statement which proposition it is about, as a triple term.

    A triple term is mentioned, not asserted: nobody who reads the file takes a denied
    proposition for a triple of the graph.
    """
    collection = content.collection
    names = Names(collection.settings.base)
    return [
        Quad(
            names.statement(statement.id),
            _REIFIES,
            f"<<( {names.actor(statement.subject)} "
            f"{iri(collection.relations[statement.relation].iri)} "
            f"{names.actor(statement.object)} )>>",
        )
        for statement in collection.statements
    ]


def _engine(
    content: Content,
    quads: Iterable[Quad],
    format: str,
    unit: str,
    notes: tuple[str, ...] = (),
) -> Written:
    import pyoxigraph

    lines = "\n".join(quad.line() for quad in quads)
    parsed: list[pyoxigraph.Quad] = list(
        pyoxigraph.parse(lines, pyoxigraph.RdfFormat.N_QUADS)
    )
    chosen: pyoxigraph.RdfFormat = getattr(pyoxigraph.RdfFormat, format)
    rows = parsed if chosen.supports_datasets else [quad.triple for quad in parsed]
    output = io.BytesIO()
    pyoxigraph.serialize(
        rows, output, chosen, prefixes=prefixes(content.collection.settings.base)
    )
    return Written(data=output.getvalue(), count=len(rows), unit=unit, notes=notes)
