"""Records to quads and back: the only place that knows how statements are encoded."""

from whosays.rdf.quads import nquads, quads
from whosays.rdf.reading import statements
from whosays.rdf.terms import Names, Quad

__all__ = ["Names", "Quad", "nquads", "quads", "statements"]
