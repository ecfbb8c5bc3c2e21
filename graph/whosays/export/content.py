"""What a writer is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import BinaryIO

from whosays import index as tables
from whosays import rdf
from whosays.index import Index
from whosays.model import Collection, Dispute, Issue
from whosays.rdf import Block, Quad
from whosays.rdf.blocks import Pair


class Content:
    """A project with the disputes found in it, as records or as tables.

    Whichever is not given is made of the other when it is asked for, and kept.
    ``more`` are blocks in graphs of their own, such as candidates.
    """

    def __init__(
        self,
        *,
        collection: Collection | None = None,
        disputes: Sequence[Dispute] = (),
        issues: Sequence[Issue] = (),
        index: Index | None = None,
        more: Sequence[Block] = (),
    ) -> None:
        """Take records, or an index of them."""
        self.more = more
        if index is not None:
            self.index = index
        if collection is not None:
            self.collection, self.disputes, self.issues = collection, disputes, issues

    @cached_property
    def index(self) -> Index:
        """The tables, from which what grows with the statements is read bit by bit."""
        return tables.build(None, self.collection, self.disputes, self.issues)

    @cached_property
    def collection(self) -> Collection:
        """All records."""
        return self.index.collection()

    @cached_property
    def disputes(self) -> Sequence[Dispute]:
        """All disputes."""
        return self.index.all(Dispute)

    @cached_property
    def held(self) -> Sequence[Dispute]:
        """The disputes that the graph holds, the strongest where there are very many."""
        return self.index.where(Dispute, "held")

    @property
    def left_out(self) -> str:
        """Say how many disputes the graph leaves out; empty if none."""
        return str(self.index.found())

    @cached_property
    def issues(self) -> Sequence[Issue]:
        """All issues."""
        return self.index.all(Issue)

    @cached_property
    def blocks(self) -> list[Block]:
        """All blocks by graph and subject, their pairs in order and each once."""
        held: dict[tuple[str, str], list[Sequence[Pair]]] = {}
        own = rdf.blocks(self.collection, self.held, self.issues)
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
    """How many of which unit an export holds, and what it leaves out."""

    count: int
    unit: str
    notes: tuple[str, ...] = ()


Writer = Callable[[Content, BinaryIO], Written]
"""Writes a content to a file, bit by bit where it can."""
