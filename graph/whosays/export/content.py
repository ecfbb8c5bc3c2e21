"""What a writer is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from whosays import rdf
from whosays.model import Collection, Dispute, Issue
from whosays.rdf import Block, Quad
from whosays.rdf.blocks import Pair


@dataclass(frozen=True, kw_only=True)
class Content:
    """A collection with the disputes found in it, and its quads, computed once.

    ``more`` are blocks in graphs of their own, such as candidates.
    """

    collection: Collection
    disputes: Sequence[Dispute] = field(default=())
    issues: Sequence[Issue] = field(default=())
    more: Sequence[Block] = field(default=())

    @cached_property
    def blocks(self) -> list[Block]:
        """All blocks by graph and subject, their pairs in order and each once."""
        held: dict[tuple[str, str], list[Sequence[Pair]]] = {}
        own = rdf.blocks(self.collection, self.disputes, self.issues)
        for block in chain(own, self.more):
            held.setdefault((block.graph, block.subject), []).append(block.pairs)
        return [
            Block(subject, _joined(parts), graph)
            for (graph, subject), parts in sorted(held.items())
        ]

    @property
    def plain(self) -> list[Block]:
        """The default graph: what a format without named graphs can carry."""
        return [block for block in self.blocks if not block.graph]

    @cached_property
    def quads(self) -> list[Quad]:
        """All quads, sorted by graph, subject, predicate and object, each once."""
        return [quad for block in self.blocks for quad in block.quads()]

    @cached_property
    def triples(self) -> list[Quad]:
        """The quads of the default graph."""
        return [quad for quad in self.quads if not quad.graph]


def _joined(parts: Sequence[Sequence[Pair]]) -> list[Pair]:
    """Sort the pairs of a subject; within a block each stands once already."""
    return sorted(parts[0] if len(parts) == 1 else {*chain.from_iterable(parts)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The bytes of an export, how many of which unit, and what is left out."""

    data: bytes
    count: int
    unit: str
    notes: tuple[str, ...] = ()
