"""Which format a client gets: by parameter, by suffix, or by its Accept header.

Clients send types and parameters that nobody knows, so those are passed over; a client
whose Accept names nothing that we have gets the default.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from whosays.errors import UnknownName
from whosays.store import FORMATS, format_named

HTML = "html"

ROWS: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "text/xml": "xml",
    "text/html": HTML,
    "application/xhtml+xml": HTML,
}
"""Media types of SELECT and ASK, the default first."""

GRAPHS: Mapping[str, str] = {
    "text/turtle": "turtle",
    "application/turtle": "turtle",
    "application/x-turtle": "turtle",
    "application/n-triples": "ntriples",
    "text/plain": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/xml": "rdfxml",
    "text/xml": "rdfxml",
    "application/ld+json": "jsonld",
    "application/json": "jsonld",
    "application/trig": "trig",
    "application/n-quads": "nquads",
    "text/html": HTML,
    "application/xhtml+xml": HTML,
}
"""Media types of CONSTRUCT and DESCRIBE, the default first."""

_OTHER_NAMES = {
    "rdf+xml": "application/rdf+xml",
    "sparql-results+json": "json",
    "sparql-results+xml": "xml",
    "text/plain": "ntriples",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/html": HTML,
}
_TWINS = {"json": "jsonld", "xml": "rdfxml"}
_CHARSET = ("csv", "tsv", "turtle", "ntriples", "nquads", "trig")


class Wanted(NamedTuple):
    """The formats for rows and for a graph; an empty one cannot be served."""

    rows: str = "json"
    graph: str = "turtle"


def wanted(parameters: Sequence[tuple[str, str]], accept: str) -> Wanted:
    """Choose by ``format``, ``output`` or ``results``, else by the Accept header."""
    for name in ("format", "output", "results"):
        for key, value in parameters:
            if key == name and (found := named(value)):
                return found
    return Wanted(
        choose(accept, ROWS) or "json",
        choose(accept, GRAPHS) or "turtle",
    )


def named(name: str) -> Wanted | None:
    """Understand the name of a format; None for one that nobody knows."""
    name = name.strip().lower().partition(";")[0]
    name = _OTHER_NAMES.get(name, name)
    if name == HTML:
        return Wanted(HTML, HTML)
    try:
        form = format_named(name)
    except UnknownName:
        return None
    return (
        Wanted(form.name, _TWINS.get(form.name, ""))
        if form.rows
        else Wanted("", form.name)
    )


def choose(accept: str, offered: Mapping[str, str]) -> str:
    """Choose from media types on offer; an empty text if none is accepted.

    >>> choose("text/csv;q=0.5, application/json", ROWS)
    'json'
    >>> choose("application/turtle,text/turtle", GRAPHS), choose("", GRAPHS)
    ('turtle', 'turtle')
    >>> choose("text/turtle;q=0, */*", GRAPHS)
    'ntriples'
    """
    ranges = list(_ranges(accept)) or [("*/*", 1.0)]
    best, chosen = (0.0, 0, 0), ""
    for type, format in offered.items():
        if format != HTML and (FORMATS[format].media_type, 0.0) in ranges:
            continue  # another name of it would bring what is not wanted
        fitting = [
            (specific, quality, -place)
            for place, (range, quality) in enumerate(ranges)
            if (specific := _specific(range, type))
        ]
        if not fitting:
            continue
        specific, quality, place = max(fitting)
        if quality and (quality, specific > 1, place) > best:
            best, chosen = (quality, specific > 1, place), format
    return chosen


def media_type(format: str) -> str:
    """Give the value of Content-Type."""
    type = FORMATS[format].media_type
    return f"{type}; charset=utf-8" if format in _CHARSET else type


def _specific(range: str, type: str) -> int:
    if range == type:
        return 3
    if range.endswith("/*") and type.startswith(range[:-1]):
        return 2
    return int(range in ("*/*", "*"))


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.split(","):
        type, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if not type:
            continue
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    quality = max(0.0, min(1.0, float(value)))  # NaN counts as 1
                except ValueError:
                    quality = 1.0
        found.append((type, quality))
    return found
