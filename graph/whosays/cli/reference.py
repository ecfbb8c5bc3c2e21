"""Tables of what a project knows: actors, relations, sources, queries, codes.

The columns of each are an interface: scripts read them, so they are only ever added to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from whosays import registers
from whosays.model import Collection
from whosays.rows import Rows

QUERY_COLUMNS = ("name", "summary", "parameters")
CODE_COLUMNS = ("code", "level", "title")

SHOWN: Mapping[str, tuple[str, ...]] = {
    "actors": ("slug", "label", "type", "aliases"),
    "relations": ("id", "inverse_label", "narrower_than", "aliases"),
    "sources": ("slug", "title", "date", "voice_label", "statements"),
    "queries": QUERY_COLUMNS,
    "codes": CODE_COLUMNS,
}
"""What of each table a person sees; the data formats hold all columns."""

KINDS = tuple(SHOWN)


def table(kind: str, collection: Callable[[], Collection], folder: Path) -> Rows:
    """Make the table of a kind; the records are only asked for where needed."""
    match kind:
        case "actors":
            return registers.actors(collection())
        case "relations":
            return registers.relations(collection())
        case "sources":
            return registers.sources(collection())
        case "queries":
            return _queries(folder)
        case _:
            return _codes()


def _queries(folder: Path) -> Rows:
    from whosays.queries import catalogue

    return Rows.of(
        QUERY_COLUMNS,
        (
            (
                query.name,
                query.summary,
                "; ".join(f"{param.name}={param.type}" for param in query.params),
            )
            for query in catalogue(folder).values()
        ),
    )


def _codes() -> Rows:
    from whosays.problems import CATALOGUE

    return Rows.of(
        CODE_COLUMNS,
        ((code.code, code.level, code.title) for code in CATALOGUE.values()),
    )
