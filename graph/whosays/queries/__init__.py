"""Named queries: SPARQL files with a header, and parameters that are bound safely."""

from whosays.queries.binding import bind, pieces
from whosays.queries.catalogue import Column, NamedQuery, Param, catalogue, find, own

__all__ = [
    "Column",
    "NamedQuery",
    "Param",
    "bind",
    "catalogue",
    "find",
    "own",
    "pieces",
]
