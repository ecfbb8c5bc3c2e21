"""Read a project folder into records, with one problem per bad cell.

Nothing is dropped in silence: a cell is stored, refused with its place, or named as
ignored. Rows with errors are left out, so what remains is always consistent.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from whosays import changes, inputs, problems, tables, vocab
from whosays.errors import MissingFile
from whosays.inputs import find, is_file, is_folder
from whosays.model import Collection, Name, Statement, Tour
from whosays.problems import Problem
from whosays.project import (
    actors,
    relations,
    repeats,
    settings,
    sources,
    statements,
    tours,
    unused,
)
from whosays.project.desk import Desk
from whosays.project.passages import (
    canonical_locator,
    looks_wrapped,
    passage_at,
    passage_hash,
    passages,
    place_of,
    spans,
)
from whosays.project.writing import csv_text, row_of, table_text, tables_of
from whosays.tables import Table
from whosays.vocab import Vocabulary

__all__ = [
    "Project",
    "Spot",
    "canonical_locator",
    "csv_text",
    "find",
    "is_file",
    "is_folder",
    "looks_wrapped",
    "passage_at",
    "passage_hash",
    "passages",
    "place_of",
    "read",
    "row_of",
    "spans",
    "table_text",
    "tables_of",
]


class Spot(TypedDict):
    """Where something stands, as a problem takes it."""

    table: str
    cell: str
    row: int | None
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project as read: its records, and all that is wrong with its cells.

    ``problems`` stand in the order table, row, column. ``headers`` and ``rows`` (of
    slugs) tell per table where something stands.
    """

    path: Path
    collection: Collection
    vocabulary: Vocabulary
    problems: tuple[Problem, ...]
    headers: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, Mapping[str, int]]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep anything from being built."""
        return tuple(p for p in self.problems if p.level == "error")

    def spot(self, statement: Statement, column: str = "") -> Spot:
        """Say where a cell of a statement stands."""
        return self._spot(statement.file, statement.row, column)

    def spot_of(self, table: str, slug: str, column: str = "") -> Spot:
        """Say where a cell of an actor, a source or a relation stands."""
        return self._spot(table, self.rows.get(table, {}).get(slug, 0), column)

    def _spot(self, table: str, row: int, column: str) -> Spot:
        if not row:
            return Spot(table=table, cell="", row=None, column=column)
        cell = f"row {row}"  # an unknown column has an empty name in the header
        if column:
            cell = tables.address(self.headers.get(table, ()), row, column)
        return Spot(table=table, cell=cell, row=row, column=column)


def read(path: Path, vocabulary: Vocabulary | None = None) -> Project:
    """Read all files of a project; every problem is reported, none is raised.

    ``vocabulary`` is the core vocabulary, if the caller has it already.

    Raises:
        NotAProject: the folder has no ``whosays.toml``.
        MissingFile: the folder is not there, or a file of it cannot be read.
        OutsideError: an interrupted change of the files cannot be finished (WS904).
    """
    root = inputs.root_of(Path(path))
    core = vocabulary or vocab.load()
    for _ in range(_TRIES):
        changes.settle(root)
        before = inputs.state(root)
        found = _read(root, core)
        if inputs.state(root) == before:
            break  # nobody wrote meanwhile
    return found


_TRIES = 5  # whoever edits by hand does not change files so often


def _read(root: Path, vocabulary: Vocabulary) -> Project:
    desk = Desk(vocabulary)
    hashes: dict[str, str] = {}

    def load(file: Path) -> bytes:
        data = inputs.read_bytes(file)
        hashes[inputs.relative(root, file)] = hashlib.sha256(data).hexdigest()
        return data

    def take(
        file: Path,
        columns: tuple[str, ...],
        required: tuple[str, ...],
        reader: Callable[[Table], None],
    ) -> None:
        if not os.path.lexists(file):
            return
        name = inputs.relative(root, file)
        try:
            data = load(file)
        except MissingFile as error:
            desk.report("WS508", table=name, value=error.hint)
        else:
            reader(tables.read_table(data, name, columns, required=required))

    reader = settings.reader_of(desk, load(root / inputs.SETTINGS))
    desk.settings = reader.read(root.resolve().name)
    own = inputs.ontology_files(root)
    for file in own:
        with suppress(MissingFile):  # reported where it is parsed
            load(file)
    if own:
        relations.read_ontology(desk, root / inputs.ONTOLOGY)
    take(
        root / inputs.RELATIONS,
        vocab.COLUMNS,
        relations.REQUIRED,
        lambda table: relations.read_relations(desk, table),
    )
    reader.check_use()
    take(
        root / inputs.ACTORS,
        actors.COLUMNS,
        actors.REQUIRED,
        lambda table: actors.read_actors(desk, table),
    )
    take(
        root / inputs.SOURCES,
        sources.COLUMNS,
        sources.REQUIRED,
        lambda table: sources.read_sources(desk, table),
    )
    names: list[Name] = []
    take(
        root / inputs.NAMES,
        sources.NAMES_COLUMNS,
        sources.NAMES_REQUIRED,
        lambda table: names.extend(sources.read_names(desk, table)),
    )
    kept = repeats.Kept()
    for file in inputs.statement_files(root):
        take(
            file,
            statements.COLUMNS,
            statements.REQUIRED,
            lambda table: statements.read_statements(desk, table, kept),
        )
    repeats.check_supersedes(kept)
    walks: list[Tour] = []
    links = tours.Links(desk, kept.statements)
    for file in inputs.tour_files(root):
        take(
            file,
            tours.COLUMNS,
            tours.REQUIRED,
            lambda table: walks.extend(tours.read_tour(desk, table, links)),
        )
    unused.report_ignored(desk, root)
    collection = Collection(
        settings=desk.settings,
        actors=dict(sorted(desk.actors.items())),
        sources=dict(sorted(desk.sources.items())),
        relations=desk.vocabulary.relations,
        incompatibilities=desk.vocabulary.incompatibilities,
        names=tuple(names),
        statements=tuple(kept.statements[id] for id in sorted(kept.statements)),
        tours=tuple(walks),
        inputs=dict(sorted(hashes.items())),
    )
    return Project(
        path=root,
        collection=collection,
        vocabulary=desk.vocabulary,
        problems=tuple(problems.ordered(desk.problems)),
        headers=desk.headers,
        rows={
            inputs.ACTORS: desk.actor_register.taken,
            inputs.SOURCES: desk.source_register.taken,
        },
    )
