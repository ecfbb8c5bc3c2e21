"""The registers of a project: actors, sources and relations; list, find, add."""

from whosays.registers.adding import Added, add, missing, with_slug
from whosays.registers.columns import COLUMN_HELP
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
    "COLUMN_HELP",
    "FOUND_COLUMNS",
    "RELATION_COLUMNS",
    "SOURCE_COLUMNS",
    "Added",
    "actors",
    "add",
    "find_actors",
    "find_relations",
    "find_sources",
    "missing",
    "relations",
    "sources",
    "with_slug",
]
