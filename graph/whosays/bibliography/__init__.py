"""Bibliographies as sources: CSL-JSON and BibTeX, from any reference manager."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from whosays import inputs, project, registers
from whosays.bibliography.items import (
    CELLS,
    IGNORED,
    KINDS,
    NOTED,
    Item,
    Mapped,
    mapped,
    slugs,
)
from whosays.bibliography.reading import FIELDS, TYPES, Works, read
from whosays.model import Source
from whosays.problems import Problem
from whosays.project import Twins

__all__ = [
    "CELLS",
    "FIELDS",
    "IGNORED",
    "KINDS",
    "NOTED",
    "TYPES",
    "Imported",
    "Item",
    "Works",
    "import_sources",
    "read",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did with every work and every field.

    ``added`` are slugs with their rows; ``known`` maps the place of a work to the
    source that it is already; ``faults`` are entries that cannot be read. ``noted``
    and ``ignored`` count fields by name.
    """

    format: str
    added: dict[str, int]
    undated: tuple[str, ...]
    known: dict[str, str]
    faults: tuple[str, ...]
    noted: dict[str, int]
    ignored: dict[str, int]
    problems: tuple[Problem, ...] = ()


def import_sources(
    path: Path, data: bytes, name: str, *, dry_run: bool = False
) -> Imported:
    """Add the works of a bibliography to ``sources.csv``; known ones are left alone.

    A work is known if a source has its address (a DOI counts as one) or its title and
    date. Authors and publishers are filled in where the project knows them as actors.

    Raises:
        UsageError: the file is neither CSL-JSON nor BibTeX.
        MissingExtra: it is BibTeX, and bibtexparser is not installed.
        DataError: a row would have errors; nothing was written.
    """
    works = read(data, name)
    collection = project.read(inputs.root_of(path)).collection
    twins = Twins()
    for source in collection.sources.values():
        twins.add(source.slug, source.url, source.title, source.date)
    known: dict[str, str] = {}
    fresh: list[Mapped] = []
    titleless: list[str] = []
    for item in works.items:
        one = mapped(item, collection)
        cells = one.cells
        title = cells.get("title", "")
        if not title:
            titleless.append(f"{item.place} has no title")
            continue
        wanted = cells.get("url", ""), title, cells.get("date", "")
        twin = twins.find(*wanted)
        if twin:
            known[f"{item.place}, “{title}”"] = twin[0]
            continue
        twins.add(f"{item.place} of this file", *wanted)
        fresh.append(one)
    taken = {slug for source in collection.sources.values() for slug in _slugs(source)}
    rows = [
        {"slug": slug, **one.cells}
        for slug, one in zip(slugs(fresh, taken), fresh, strict=True)
    ]
    done = registers.add(path, "source", rows, dry_run=dry_run) if rows else None
    return Imported(
        format=works.format,
        added=dict(done.rows) if done else {},
        undated=tuple(row["slug"] for row in rows if not row.get("date")),
        known=known,
        faults=(*works.faults, *titleless),
        noted=dict(Counter(field for one in fresh for field in one.noted)),
        ignored=dict(Counter(field for one in fresh for field in one.ignored)),
        problems=done.problems if done else (),
    )


def _slugs(source: Source) -> tuple[str, ...]:
    return (source.slug, *source.former_slugs)
