"""What a writer is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from whosays import rdf
from whosays.model import Collection, Dispute, Issue
from whosays.rdf import Quad


@dataclass(frozen=True, kw_only=True)
class Content:
    """A collection with the disputes found in it, and its quads, computed once."""

    collection: Collection
    disputes: Sequence[Dispute] = field(default=())
    issues: Sequence[Issue] = field(default=())

    @cached_property
    def quads(self) -> list[Quad]:
        """All quads, sorted by graph, subject, predicate and object, each once."""
        found = set(rdf.quads(self.collection, self.disputes, self.issues))
        return sorted(found, key=lambda q: (q.graph, q.subject, q.predicate, q.object))

    @cached_property
    def triples(self) -> list[Quad]:
        """The default graph: what a format without named graphs can carry."""
        return [quad for quad in self.quads if not quad.graph]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The bytes of an export, how many of which unit, and what is left out."""

    data: bytes
    count: int
    unit: str
    notes: tuple[str, ...] = ()
