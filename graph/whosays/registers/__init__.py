"""The registers of a project: its actors, sources and relations, listed and searched."""

from whosays.registers.finding import (
    FOUND_COLUMNS,
    find_actors,
    find_relations,
    find_sources,
)
from whosays.registers.listing import (
    ACTOR_COLUMNS,
    RELATION_COLUMNS,
    SOURCE_COLUMNS,
    actors,
    relations,
    sources,
)

__all__ = [
    "ACTOR_COLUMNS",
    "FOUND_COLUMNS",
    "RELATION_COLUMNS",
    "SOURCE_COLUMNS",
    "actors",
    "find_actors",
    "find_relations",
    "find_sources",
    "relations",
    "sources",
]
