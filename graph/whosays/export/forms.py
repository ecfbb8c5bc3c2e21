"""The two ways to write a subject and what is said of it: as lines, or as Turtle.

A form makes pieces of a property and its objects, which can be kept and used again,
and joins the pieces of a subject. Properties come in the order of their IRIs, objects
in that of their terms; Turtle puts ``a`` first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import Protocol

from whosays.rdf.terms import RDF_TYPE, XSD

Said = tuple[str, str, str]
"""Predicate, object and graph, which is empty for the default graph."""

# Names that need no escape in Turtle and one dot at most: some readers stumble on more.
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)?|[0-9][A-Za-z0-9_-]*")
_SHORT = re.compile(r'"(-?[0-9]+|true|false)"\^\^<' + re.escape(XSD) + r"(\w+)>")
_BARE = {"integer", "boolean"}
_BEGIN = ("",)
KEPT = 1 << 16
"""Terms, or pieces of a property, that are kept at most: then it is begun anew."""


class Form(Protocol):
    """How subjects are written."""

    def order(self, predicate: str) -> tuple[bool, str]:
        """Give the place of a property among others."""

    def pieces(
        self, predicate: str, objects: Sequence[str], graph: str = ""
    ) -> Sequence[str]:
        """Write a property and its objects, which are in order; none give nothing."""

    def sorted(self, said: Iterable[Said]) -> Sequence[str]:
        """Write what is said in any order, each once."""

    def block(self, subject: str, pieces: Iterable[str]) -> str:
        """Join the pieces of a subject."""


class Lines:
    """N-Quads and N-Triples."""

    def order(self, predicate: str) -> tuple[bool, str]:
        """Give the place of a property among others."""
        return (False, predicate)

    def pieces(
        self, predicate: str, objects: Sequence[str], graph: str = ""
    ) -> Sequence[str]:
        """Write a line for each object, without the subject."""
        end = f" {graph} .\n" if graph else " .\n"
        return tuple([f" {predicate} {object}{end}" for object in objects])

    def sorted(self, said: Iterable[Said]) -> Sequence[str]:
        """Write what is said, line by line."""
        return sorted(
            {
                f" {predicate} {object} {graph} .\n"
                if graph
                else f" {predicate} {object} .\n"
                for predicate, object, graph in said
            }
        )

    def block(self, subject: str, pieces: Iterable[str]) -> str:
        """Put the subject before each line."""
        return subject.join(chain(_BEGIN, pieces))


class Turtle:
    """Turtle and TriG; shortens terms with the prefixes that are given."""

    def __init__(self, prefixes: Mapping[str, str], indent: str = "") -> None:
        """Take prefixes by name, each of which ends in ``/`` or ``#``."""
        self._spaces = {space: name for name, space in prefixes.items()}
        self._known: dict[str, str] = {}
        self._prefixes = prefixes
        self._indent = indent
        self._between = f" ;\n{indent}    "

    def within(self, indent: str) -> Turtle:
        """Give the same form for subjects inside the braces of a graph."""
        return Turtle(self._prefixes, indent)

    def order(self, predicate: str) -> tuple[bool, str]:
        """Give the place of a property among others: classes stand first."""
        return (predicate != RDF_TYPE, predicate)

    def pieces(
        self, predicate: str, objects: Sequence[str], graph: str = ""
    ) -> Sequence[str]:
        """Write a property with its objects side by side."""
        if not objects:
            return ()
        verb = "a" if predicate == RDF_TYPE else self.term(predicate)
        return (f"{verb} {', '.join([self.term(object) for object in objects])}",)

    def sorted(self, said: Iterable[Said]) -> Sequence[str]:
        """Write what is said, property by property."""
        found = sorted(set(said), key=lambda one: (self.order(one[0]), one[1]))
        return [
            piece
            for predicate, rows in groupby(found, key=itemgetter(0))
            for piece in self.pieces(predicate, [row[1] for row in rows])
        ]

    def block(self, subject: str, pieces: Iterable[str]) -> str:
        """Write a subject after an empty line."""
        name = self._name(subject[1:-1]) or subject
        return f"\n{self._indent}{name} {self._between.join(pieces)} .\n"

    def term(self, text: str) -> str:
        """Shorten a term of N-Quads."""
        if text[0] == '"' and text[-1] != ">":
            return text  # a text has nothing to shorten, and hardly comes again
        known = self._known.get(text)
        if known is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            known = self._known[text] = self._shorten(text)
        return known

    def _shorten(self, text: str) -> str:
        if text.startswith("<"):
            return self._name(text[1:-1]) or text
        match = _SHORT.fullmatch(text)
        if match and match[2] in _BARE:
            return match[1]
        head, mark, datatype = text.rpartition("^^<")
        if mark and datatype.endswith(">"):
            return f"{head}^^{self._name(datatype[:-1]) or f'<{datatype}'}"
        return text

    def _name(self, iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        name = self._spaces.get(iri[:cut])
        if name is None:
            return ""
        local = iri[cut:]
        return f"{name}:{local}" if _LOCAL.fullmatch(local) else ""
