"""Records to quads and back: the only place that knows how statements are encoded."""

from whosays.rdf.blocks import Block
from whosays.rdf.dataset import Counted
from whosays.rdf.quads import blocks, bulk, chunks, frame, nquads, quads
from whosays.rdf.reading import runs, statements
from whosays.rdf.terms import Names, Quad

__all__ = [
    "Block",
    "Counted",
    "Names",
    "Quad",
    "blocks",
    "bulk",
    "chunks",
    "frame",
    "nquads",
    "quads",
    "runs",
    "statements",
]
