"""Records to quads and back: the only place that knows how statements are encoded."""

from whosays.rdf.blocks import Block
from whosays.rdf.quads import blocks, chunks, nquads, quads
from whosays.rdf.reading import statements
from whosays.rdf.terms import Names, Quad

__all__ = [
    "Block",
    "Names",
    "Quad",
    "blocks",
    "chunks",
    "nquads",
    "quads",
    "statements",
]
