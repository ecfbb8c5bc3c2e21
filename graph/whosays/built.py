"""What can be asked of a project whose caches are built: tables, quads, counts.

Nothing here reads the files of a project, or loads what a question does without.
"""

from __future__ import annotations

from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from whosays.index import Index

_EXACT = {
    "actor": ("actor/", "SELECT slug FROM actor WHERE slug = ?"),
    "source": ("source/", "SELECT slug FROM source WHERE slug = ?"),
    "relation": ("", "SELECT iri FROM relation WHERE id = ?"),
}
"""Under which path of the base a kind of record lies, and what finds one."""

_SPELLED = "SELECT DISTINCT slug FROM spelling WHERE kind = ? AND sound = 0 AND key = ?"


class Summary(NamedTuple):
    """What a project was called, and how much it held, when its caches were built.

    ``version`` is that of its data, as its settings give it.

    ``accepted`` are those of its ``rows`` of statements that count; ``warnings`` were
    told when they were read. ``pairs`` of statements collide, those of a voice with
    itself left out; ``bounded`` says so where the graph does not hold all of them.
    """

    title: str
    version: str
    sources: int
    actors: int
    rows: int
    accepted: int
    warnings: int
    pairs: int
    issues: int
    bounded: str


class Built:
    """What can be asked of a project without reading its files again."""

    def __init__(
        self,
        *,
        tables: Path | Index,
        quads: Path | bytes,
        base: str,
        fingerprint: str,
        summary: Summary,
        fresh: bool = False,
    ) -> None:
        """Keep where things are.

        ``quads`` are a store on disk, or N-Quads where nothing is kept on disk;
        ``base`` is the IRI that the project mints under; ``fresh`` tells that it was
        built just now.
        """
        self.tables = tables
        self.quads = quads
        self.base = base
        self.fingerprint = fingerprint
        self.summary = summary
        self.fresh = fresh

    @cached_property
    def index(self) -> Index:
        """The tables, opened when they are first asked for."""
        from whosays.index import Index

        if isinstance(self.tables, Path):
            return Index.open(self.tables)
        return self.tables

    def iri(self, kind: str, id: str) -> str:
        """Give the IRI of an actor, a source or a relation that is named exactly.

        A slug, or a name as it is written, whatever its case; empty if none or more
        than one has it. Only the tables on disk are asked: one row is read.
        """
        if kind not in _EXACT or not isinstance(self.tables, Path):
            return ""
        import sqlite3

        folder, query = _EXACT[kind]
        uri = f"{self.tables.resolve().as_uri()}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(uri, uri=True)) as connection:
                row = connection.execute(query, (id,)).fetchone()
                if row is None and kind != "relation":
                    from whosays.matching import written

                    named = connection.execute(_SPELLED, (kind, written(id)))
                    found = named.fetchall()
                    row = found[0] if len(found) == 1 else None
        except sqlite3.Error:
            return ""  # whoever reads the whole of it says what is damaged
        if row is None:
            return ""
        return f"{self.base}{folder}{row[0]}" if folder else str(row[0])

    def nquads(self) -> bytes:
        """Give the whole store as N-Quads."""
        from whosays import store

        if isinstance(self.quads, Path):
            return store.read_folder(self.quads)
        return self.quads
