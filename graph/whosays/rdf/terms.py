"""RDF terms as N-Quads text, and the names of everything a project mints.

Text is built directly: the engine's parser is the cost of loading, so a term object per
cell would only double it.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from whosays.model import Relation, Stance
from whosays.namespaces import (
    DCTERMS,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    WIKIDATA,
    WS,
    XSD,
)

__all__ = [
    "DCAT",
    "DCT",
    "OWL",
    "PROV",
    "RDFS",
    "RDF_TYPE",
    "SCHEMA",
    "SKOS",
    "VOID",
    "WIKIDATA",
    "WS",
    "XSD",
    "Names",
    "Quad",
    "day",
    "decimal",
    "edge",
    "iri",
    "literal",
    "number",
    "typed",
    "ws",
]

RDF_TYPE = f"<{RDF}type>"
DCT = DCTERMS
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"

_ESCAPES = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)},
    0x08: "\\b",
    0x09: "\\t",
    0x0A: "\\n",
    0x0C: "\\f",
    0x0D: "\\r",
    0x22: '\\"',
    0x5C: "\\\\",
}
_ESCAPED = re.compile(r'[\x00-\x1f\x7f"\\]')


def iri(text: str) -> str:
    """Write an IRI; characters that N-Quads forbids there are percent-encoded."""
    return (
        f"<{quote(text, safe=_IRI_SAFE)}>" if _FORBIDDEN.search(text) else f"<{text}>"
    )


_IRI_SAFE = "".join(
    chr(code) for code in range(0x21, 0x7F) if chr(code) not in '<>"{}|^`\\'
)
_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def literal(text: str, lang: str = "") -> str:
    """Write a plain string, or one with a language tag (BCP 47, lower-cased)."""
    if _ESCAPED.search(text):
        text = text.translate(_ESCAPES)
    quoted = f'"{text}"'
    return f"{quoted}@{lang.lower()}" if lang else quoted


def typed(text: str, datatype: str) -> str:
    """Write a literal of an XML Schema datatype, named by its local name."""
    return f'"{text}"^^<{XSD}{datatype}>'


def decimal(value: float) -> str:
    """Write a number as ``xsd:decimal``, to four places, in its shortest form.

    >>> decimal(0.60)
    '"0.6"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return typed(text, "decimal")


def number(value: int) -> str:
    """Write a whole number as ``xsd:integer``."""
    return typed(str(value), "integer")


def day(value: date) -> str:
    """Write a date as ``xsd:date``."""
    return typed(value.isoformat(), "date")


@lru_cache(maxsize=512)
def ws(local: str) -> str:
    """Write a term of the core vocabulary."""
    return f"<{WS}{local}>"


@lru_cache(maxsize=512)
def edge(relation: Relation, stance: Stance) -> str:
    """Write the shortcut property of a relation: ``said:`` or ``denied:``.

    A relation that a project adds has its edges under the project's own base.
    """
    prefix, _, local = relation.iri.rpartition("rel/")
    kind = "said" if stance is Stance.AFFIRMS else "denied"
    return f"<{prefix}{kind}/{local}>"


class Quad(NamedTuple):
    """A quad as N-Quads terms; ``graph`` is empty for the default graph."""

    subject: str
    predicate: str
    object: str
    graph: str = ""

    def line(self) -> str:
        """Write the quad as a line of N-Quads, without the line end."""
        graph = f" {self.graph}" if self.graph else ""
        return f"{self.subject} {self.predicate} {self.object}{graph} ."


class Names:
    """The IRIs that a project mints under its base, as N-Quads text."""

    def __init__(self, base: str) -> None:
        """Keep the base, an absolute IRI that ends in ``/`` or ``#``."""
        self.base = base

    def actor(self, slug: str) -> str:
        """Name an actor."""
        return f"<{self.base}actor/{slug}>"

    def source(self, slug: str) -> str:
        """Name a source."""
        return f"<{self.base}source/{slug}>"

    def statement(self, id: str) -> str:
        """Name a statement."""
        return f"<{self.base}st/{id}>"

    def proposition(self, id: str) -> str:
        """Name a proposition."""
        return f"<{self.base}prop/{id}>"

    def graph(self, local: str) -> str:
        """Name a named graph, for example ``voice.<slug>``."""
        return f"<{self.base}graph/{local}>"

    def other(self, kind: str, local: str) -> str:
        """Name anything else, for example ``naming/<id>``; local is escaped."""
        if not (local.isascii() and local.isalnum()):
            local = quote(local, safe="")
        return f"<{self.base}{kind}/{local}>"

    @property
    def dataset(self) -> str:
        """Name the data set itself."""
        return f"<{self.base}dataset>"
