"""The RDF syntaxes that need no layout of our own, and RDF 1.2.

N-Triples and N-Quads are sorted lines. JSON-LD and RDF/XML are written by the engine
from sorted input; what XML forbids in a text is replaced by its code point, with a
note. RDF 1.2 adds to each statement the proposition that it reifies; only the engine
can write that.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from whosays.export.content import Content, Written
from whosays.export.forms import Lines
from whosays.export.streams import write_default, write_lines
from whosays.export.turtle import GRAPHS_LEFT_OUT
from whosays.rdf import Names, Quad
from whosays.rdf.terms import iri
from whosays.text import clean_text
from whosays.vocab import prefixes

if TYPE_CHECKING:
    import pyoxigraph

_REIFIES = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies>"
_NO_GRAPHS = GRAPHS_LEFT_OUT.replace("Turtle has", "This format has")
CLEANED = "characters that XML forbids are shown as code points"
"""The note of a format in XML that could not carry a text as it is."""


def ntriples(content: Content, file: BinaryIO) -> Written:
    """Write the default graph as sorted N-Triples."""
    count = write_default(content, file, Lines())
    return Written(count=count, unit="triples", notes=(_NO_GRAPHS,))


def nquads(content: Content, file: BinaryIO) -> Written:
    """Write everything as sorted N-Quads."""
    return Written(count=write_lines(content, file), unit="quads")


def jsonld(content: Content, file: BinaryIO) -> Written:
    """Write everything as JSON-LD."""
    return _engine(content, file, content.quads, "JSON_LD", "quads")


def rdfxml(content: Content, file: BinaryIO) -> Written:
    """Write the default graph as RDF/XML."""
    return _xml(content, file, content.triples)


def turtle12(content: Content, file: BinaryIO) -> Written:
    """Write the default graph as Turtle of RDF 1.2."""
    rows = [*content.triples, *_reifiers(content)]
    return _engine(content, file, rows, "TURTLE", "triples", (_NO_GRAPHS,))


def trig12(content: Content, file: BinaryIO) -> Written:
    """Write everything as TriG of RDF 1.2."""
    return _engine(
        content, file, [*content.quads, *_reifiers(content)], "TRIG", "quads"
    )


def ntriples12(content: Content, file: BinaryIO) -> Written:
    """Write the default graph as N-Triples of RDF 1.2."""
    rows = [*content.triples, *_reifiers(content)]
    return _lines(file, sorted(rows), "triples", (_NO_GRAPHS,))


def nquads12(content: Content, file: BinaryIO) -> Written:
    """Write everything as N-Quads of RDF 1.2."""
    return _lines(file, [*content.quads, *_reifiers(content)], "quads")


def rdfxml12(content: Content, file: BinaryIO) -> Written:
    """Write the default graph as RDF/XML of RDF 1.2."""
    return _xml(content, file, [*content.triples, *_reifiers(content)])


def _lines(
    file: BinaryIO, quads: Iterable[Quad], unit: str, notes: tuple[str, ...] = ()
) -> Written:
    lines = sorted(quad.line() for quad in quads)
    file.write(("\n".join(lines) + "\n").encode("utf-8"))
    return Written(count=len(lines), unit=unit, notes=notes)


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
    file: BinaryIO,
    quads: Iterable[Quad],
    format: str,
    unit: str,
    notes: tuple[str, ...] = (),
) -> Written:
    parsed = _parsed(quads)
    file.write(_serialised(parsed, format, content))
    return Written(count=len(parsed), unit=unit, notes=notes)


def _xml(content: Content, file: BinaryIO, quads: Iterable[Quad]) -> Written:
    """Write RDF/XML, whose characters are fewer than those of a literal.

    The engine writes what XML forbids as it is, and a carriage return so that readers
    take it for a line end.
    """
    parsed = _parsed(quads)
    cleaned = [_clean(quad) for quad in parsed]
    notes = (_NO_GRAPHS,) if cleaned == parsed else (_NO_GRAPHS, CLEANED)
    file.write(_serialised(cleaned, "RDF_XML", content).replace(b"\r", b"&#13;"))
    return Written(count=len(cleaned), unit="triples", notes=notes)


def _parsed(quads: Iterable[Quad]) -> list[pyoxigraph.Quad]:
    import pyoxigraph

    lines = "\n".join(quad.line() for quad in quads)
    return list(pyoxigraph.parse(lines, pyoxigraph.RdfFormat.N_QUADS))


def _serialised(quads: list[pyoxigraph.Quad], format: str, content: Content) -> bytes:
    import pyoxigraph

    chosen: pyoxigraph.RdfFormat = getattr(pyoxigraph.RdfFormat, format)
    rows = quads if chosen.supports_datasets else [quad.triple for quad in quads]
    output = io.BytesIO()
    pyoxigraph.serialize(
        rows, output, chosen, prefixes=prefixes(content.collection.settings.base)
    )
    return output.getvalue()


def _clean(quad: pyoxigraph.Quad) -> pyoxigraph.Quad:
    import pyoxigraph

    term = quad.object
    if not isinstance(term, pyoxigraph.Literal):
        return quad
    value = clean_text(term.value, "xml")
    if value == term.value:
        return quad
    clean = (
        pyoxigraph.Literal(value, language=term.language)
        if term.language
        else pyoxigraph.Literal(value, datatype=term.datatype)
    )
    return pyoxigraph.Quad(quad.subject, quad.predicate, clean)
