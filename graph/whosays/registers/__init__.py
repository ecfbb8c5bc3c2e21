"""The registers of a project: actors, sources and relations; list, find, add."""

from typing import TYPE_CHECKING

from whosays.lazily import loader as _loader

if TYPE_CHECKING:
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

# Who looks for a name need not load what writes one; a name loads its module.
_HOMES = {
    "adding": ("Added", "add", "missing", "with_slug"),
    "columns": ("COLUMN_HELP",),
    "finding": ("FOUND_COLUMNS", "find_actors", "find_relations", "find_sources"),
    "listing": (
        "ACTOR_COLUMNS",
        "RELATION_COLUMNS",
        "SOURCE_COLUMNS",
        "actors",
        "relations",
        "sources",
    ),
}

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


__getattr__ = _loader(__name__, _HOMES)
