"""What a project as read comes to: tables for reports, quads for SPARQL, counts.

Quads follow from records and from what is found in them. Of a large project those of the
records are on their way into the store while the tables are still being written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from whosays import disputes, index, inputs, progress, rdf, resources, store
from whosays.built import Summary
from whosays.model import Collection, Dispute, Issue

if TYPE_CHECKING:
    from whosays.project import Project

R = TypeVar("R")

_LARGE = 2_000
"""Statements from which on a process of its own for the store pays."""

_QUADS_EACH = 43
"""Quads that a statement comes to with what is found in it, or some more."""


def tables(path: Path | None, collection: Collection) -> index.Index:
    """Write the records and what is found in them into tables.

    All of that at once may take many times the memory of the records.
    """
    with index.Building(path, collection) as written:
        for quarrel in disputes.quarrels(collection):
            written.take(*quarrel)
            del quarrel
        return written.finish()


class _Later:
    """Tables that are still being written, for whoever reads what was found in them."""

    def __init__(self) -> None:
        self._there = Event()
        self._tables: index.Index | None = None

    def put(self, tables: index.Index | None) -> None:
        """Give them; None if there will never be any."""
        self._tables = tables
        self._there.set()

    def stream(self, kind: type[R], condition: str = "1") -> Iterator[R]:
        """Wait, then read all records of a kind, or some."""
        self._there.wait()
        there = self._tables
        if there is not None:
            yield from there.stream(kind, condition)


def quads(read: Project, tables: index.Index | _Later) -> Iterator[bytes]:
    """Write the records, what was found in them, and the vocabulary as N-Quads."""
    found = tables.stream(Dispute, "held"), tables.stream(Issue)
    yield from rdf.chunks(read.collection, *found)
    yield store.to_nquads(resources.ontology_file("whosays.ttl").read_bytes())
    for file in inputs.ontology_files(read.path):
        yield store.to_nquads(file.read_bytes())


def summary(read: Project, tables: index.Index) -> Summary:
    """Count what there is."""
    held, found = read.collection, tables.found()
    return Summary(
        title=held.settings.title,
        version=held.settings.version,
        sources=len(held.sources),
        actors=len(held.actors),
        rows=len(held.statements),
        accepted=sum(one.counts for one in held.statements),
        warnings=sum(one.level == "warning" for one in read.problems),
        pairs=found.pairs - found.own,
        issues=found.issues,
        bounded=str(found),
    )


def in_memory(read: Project) -> tuple[index.Index, bytes, Summary]:
    """Make tables and quads and keep them in memory."""
    made = tables(None, read.collection)
    return made, b"".join(_told(quads(read, made), read)), summary(read, made)


def on_disk(read: Project, table: Path, folder: Path) -> Summary:
    """Write tables into a new file and quads into a new folder.

    Raises:
        OutsideError: one of them cannot be written.
    """
    if len(read.collection.statements) < _LARGE:
        with closing(tables(table, read.collection)) as made:
            store.write_folder(folder, _told(quads(read, made), read))
            return summary(read, made)
    later = _Later()
    # The tables close last: whoever fills the store reads them until it is ended.
    with ExitStack() as kept, store.Filling(folder, quads(read, later)) as filling:
        try:
            made = kept.enter_context(closing(tables(table, read.collection)))
            later.put(made)
            filling.done(lambda loaded: _tell(loaded, read))
            return summary(read, made)
        except BaseException:
            later.put(None)
            raise


def _told(pieces: Iterable[bytes], read: Project) -> Iterator[bytes]:
    """Pass pieces on, and tell how far that has come."""
    loaded = 0
    for piece in pieces:
        _tell(loaded, read)
        yield piece
        loaded += piece.count(b"\n")


def _tell(loaded: int, read: Project) -> None:
    expected = max(1, _QUADS_EACH * len(read.collection.statements))
    progress.tell("filling the store", loaded, loaded / expected, "quads")
