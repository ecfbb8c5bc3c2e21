"""The formats of results and of RDF, under the names that people use for them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import NamedTuple

from whosays.errors import UnknownName


class Format(NamedTuple):
    """A format; ``graphs`` tells whether it keeps the names of graphs.

    ``rows`` marks formats of SELECT and ASK, the others are RDF.
    """

    name: str
    title: str
    media_type: str
    suffix: str
    aliases: tuple[str, ...] = ()
    rows: bool = False
    graphs: bool = False


FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format(
            name="json",
            title="SPARQL JSON",
            media_type="application/sparql-results+json",
            suffix=".srj",
            aliases=("srj", "sparql-json", "application/json"),
            rows=True,
        ),
        Format(
            name="xml",
            title="SPARQL XML",
            media_type="application/sparql-results+xml",
            suffix=".srx",
            aliases=("srx", "sparql-xml"),
            rows=True,
        ),
        Format(
            name="csv",
            title="CSV",
            media_type="text/csv",
            suffix=".csv",
            rows=True,
        ),
        Format(
            name="tsv",
            title="TSV",
            media_type="text/tab-separated-values",
            suffix=".tsv",
            rows=True,
        ),
        Format(
            name="turtle",
            title="Turtle",
            media_type="text/turtle",
            suffix=".ttl",
            aliases=("ttl", "application/turtle", "application/x-turtle"),
        ),
        Format(
            name="ntriples",
            title="N-Triples",
            media_type="application/n-triples",
            suffix=".nt",
            aliases=("nt", "n-triples"),
        ),
        Format(
            name="nquads",
            title="N-Quads",
            media_type="application/n-quads",
            suffix=".nq",
            aliases=("nq", "n-quads"),
            graphs=True,
        ),
        Format(
            name="trig",
            title="TriG",
            media_type="application/trig",
            suffix=".trig",
            graphs=True,
        ),
        Format(
            name="rdfxml",
            title="RDF/XML",
            media_type="application/rdf+xml",
            suffix=".rdf",
            aliases=("rdf", "owl", "rdf-xml", "rdf/xml"),
        ),
        Format(
            name="jsonld",
            title="JSON-LD",
            media_type="application/ld+json",
            suffix=".jsonld",
            aliases=("json-ld", "ld+json"),
            graphs=True,
        ),
    )
}

_BY_ALIAS = {
    alias: form
    for form in FORMATS.values()
    for alias in (form.name, form.media_type, *form.aliases)
}
# What a file holds is told by its suffix; XML and JSON files of RDF are these two.
_BY_SUFFIX = {form.suffix: form for form in FORMATS.values() if not form.rows} | {
    f".{alias}": form
    for alias, form in _BY_ALIAS.items()
    if not form.rows and alias.isalpha()
}
_BY_SUFFIX |= {".xml": FORMATS["rdfxml"], ".json": FORMATS["jsonld"]}


def format_named(name: str) -> Format:
    """Find a format by name, alias or media type; a near miss is suggested."""
    found = _BY_ALIAS.get(name.strip().lower().partition(";")[0])
    if found is None:
        from difflib import get_close_matches

        raise UnknownName("format", name, get_close_matches(name.lower(), _BY_ALIAS, 2))
    return found


def format_of(path: str) -> Format:
    """Find the format of an RDF file by its suffix.

    >>> format_of("notes/claims.TTL").name
    'turtle'
    """
    suffix = PurePath(path).suffix.lower()
    found = _BY_SUFFIX.get(suffix)
    if found is None:
        from difflib import get_close_matches

        near = get_close_matches(suffix, _BY_SUFFIX, 2) or sorted(
            {form.suffix for form in FORMATS.values() if not form.rows}
        )
        raise UnknownName("RDF format for the suffix of", path, near)
    return found
