"""Writing a collection to a file that other programs read, chosen by its suffix.

The same data give the same bytes on every machine: everything is sorted, and no clock
is asked. A format that cannot carry something says so in a note.
"""

from __future__ import annotations

import difflib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from whosays.errors import UsageError
from whosays.export import networks, syntaxes, table, turtle
from whosays.export.content import Content, Writer
from whosays.files import atomic_writer

__all__ = ["FORMATS", "Content", "Exported", "Format", "format_of", "knows", "write"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: its suffix, what it is called, its writer, whether it has graphs."""

    suffix: str
    title: str
    writer: Writer
    rdf12: Writer | None = None
    graphs: bool = False

    def data(self, content: Content) -> bytes:
        """Write a content into memory, which has to have room for it."""
        file = io.BytesIO()
        self.writer(content, file)
        return file.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written: where, how much of what, and what the format left out."""

    path: Path
    count: int
    unit: str
    notes: tuple[str, ...]


_ALL = (
    Format(
        suffix="ttl",
        title="Turtle",
        writer=turtle.write_turtle,
        rdf12=syntaxes.turtle12,
    ),
    Format(
        suffix="trig",
        title="TriG",
        writer=turtle.write_trig,
        rdf12=syntaxes.trig12,
        graphs=True,
    ),
    Format(
        suffix="nt",
        title="N-Triples",
        writer=syntaxes.ntriples,
        rdf12=syntaxes.ntriples12,
    ),
    Format(
        suffix="nq",
        title="N-Quads",
        writer=syntaxes.nquads,
        rdf12=syntaxes.nquads12,
        graphs=True,
    ),
    Format(suffix="jsonld", title="JSON-LD", writer=syntaxes.jsonld, graphs=True),
    Format(
        suffix="rdf",
        title="RDF/XML",
        writer=syntaxes.rdfxml,
        rdf12=syntaxes.rdfxml12,
    ),
    Format(suffix="csv", title="CSV", writer=table.write_csv),
    Format(suffix="graphml", title="GraphML", writer=networks.graphml),
    Format(suffix="gexf", title="GEXF", writer=networks.gexf),
)
FORMATS: Mapping[str, Format] = {format.suffix: format for format in _ALL}
"""The formats by suffix, without the dot."""

_ALIASES = {
    "turtle": "ttl",
    "n-triples": "nt",
    "ntriples": "nt",
    "n-quads": "nq",
    "nquads": "nq",
    "json-ld": "jsonld",
    "xml": "rdf",
    "rdfxml": "rdf",
    "rdf/xml": "rdf",
    "owl": "rdf",
    "text/turtle": "ttl",
    "application/trig": "trig",
    "application/n-triples": "nt",
    "application/n-quads": "nq",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
    "text/csv": "csv",
}


def knows(path: Path, given: str = "") -> bool:
    """Tell whether a name or the suffix of a file is one of our formats."""
    name = (given or path.suffix.removeprefix(".")).lower()
    return _ALIASES.get(name, name) in FORMATS


def format_of(path: Path, given: str = "") -> Format:
    """Find the format by name, or else by the suffix of the file.

    >>> format_of(Path("graph.TTL")).title, format_of(Path("-"), "n-quads").title
    ('Turtle', 'N-Quads')

    Raises:
        UsageError: there is no such format; the nearest one is suggested.
    """
    name = (given or path.suffix.removeprefix(".")).lower()
    name = _ALIASES.get(name, name)
    if name in FORMATS:
        return FORMATS[name]
    known = ", ".join(FORMATS)
    if not name:
        message = f"“{path}” has no suffix that says which format to write"
        raise UsageError(message, f"Formats: {known}")
    near = difflib.get_close_matches(name, [*FORMATS, *_ALIASES], 1, 0.5)
    hint = f"Did you mean: {_ALIASES.get(near[0], near[0])}. " if near else ""
    raise UsageError(f"no export format “{name}”", f"{hint}Formats: {known}")


def write(
    content: Content, path: Path, *, format: str = "", rdf12: bool = False
) -> Exported:
    """Write a collection to a file, whole or not at all.

    Args:
        content: What to write.
        path: Where to; its suffix chooses the format.
        format: A format's suffix or name, when the suffix does not say it.
        rdf12: Write each statement as an RDF 1.2 reifier of its proposition too.

    Raises:
        UsageError: no such format, or one that RDF 1.2 has no form in.
        OutsideError: the file cannot be written.
    """
    chosen = format_of(path, format)
    writer = chosen.rdf12 if rdf12 else chosen.writer
    if writer is None:
        hint = "Use .ttl, .trig, .nt, .nq or .rdf with --rdf12"
        raise UsageError(f"{chosen.title} has no form for RDF 1.2", hint)
    with atomic_writer(path) as file:
        written = writer(content, file)
    return Exported(
        path=path, count=written.count, unit=written.unit, notes=written.notes
    )
