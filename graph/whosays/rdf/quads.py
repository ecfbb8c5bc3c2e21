"""Records → quads, as records of their own or as the text that an engine loads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from whosays.model import Collection, Dispute, Issue
from whosays.rdf import dataset
from whosays.rdf.blocks import Block, grouped
from whosays.rdf.claims import Claims
from whosays.rdf.dataset import Counted
from whosays.rdf.quarrels import quarrels
from whosays.rdf.registers import registers
from whosays.rdf.terms import Names, Quad

_CHUNK = 512
"""Blocks that are written at once."""


def blocks(
    collection: Collection,
    disputes: Iterable[Dispute] = (),
    issues: Iterable[Issue] = (),
) -> Iterator[Block]:
    """Describe a whole collection, the disputes found in it included, by subject.

    A subject may come again. Nothing is said twice in the default graph; an edge may
    be in the graph of a voice or of a source. The order follows the records.
    """
    counted = Counted()
    for block in chain(
        grouped(registers(collection)), bulk(collection, disputes, issues)
    ):
        counted.add(block)
        yield block
    yield from grouped(dataset.describe(collection, counted))


def bulk(
    collection: Collection, disputes: Iterable[Dispute], issues: Iterable[Issue]
) -> Iterator[Block]:
    """Describe only the statements and what was found in them."""
    yield from Claims(collection).blocks()
    yield from quarrels(disputes, issues, Names(collection.settings.base))


def frame(collection: Collection, counted: Counted) -> Iterator[Block]:
    """Describe all but the statements, whose blocks are in ``counted`` already.

    Of the statements only their relations matter here, so one of each is enough.
    """
    for block in grouped(registers(collection)):
        counted.add(block)
        yield block
    yield from grouped(dataset.describe(collection, counted))


def quads(
    collection: Collection,
    disputes: Iterable[Dispute] = (),
    issues: Iterable[Issue] = (),
) -> Iterator[Quad]:
    """Describe a collection quad by quad, in the order of `blocks`."""
    for block in blocks(collection, disputes, issues):
        yield from block.quads()


def chunks(
    collection: Collection,
    disputes: Iterable[Dispute] = (),
    issues: Iterable[Issue] = (),
) -> Iterator[bytes]:
    """Write the quads of a collection as N-Quads, piece by piece and whole lines.

    A line may come again, which a store folds. What was found may come from a stream.
    """
    held: list[str] = []
    for block in blocks(collection, disputes, issues):
        held.append(block.text())
        if len(held) == _CHUNK:
            yield "".join(held).encode("utf-8")
            held = []
    yield "".join(held).encode("utf-8")


def nquads(
    collection: Collection,
    disputes: Iterable[Dispute] = (),
    issues: Iterable[Issue] = (),
) -> bytes:
    """Write the quads of a collection as sorted N-Quads without repetition."""
    lines = sorted({quad.line() for quad in quads(collection, disputes, issues)})
    return ("\n".join(lines) + "\n").encode("utf-8")
