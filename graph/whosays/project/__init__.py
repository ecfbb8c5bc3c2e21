"""Read a project folder into records, with one problem per bad cell.

Nothing is dropped in silence: a cell is stored, refused with its place, or named as
ignored. Rows with errors are left out, so what remains is always consistent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from whosays import changes, inputs, problems, tables, vocab
from whosays.inputs import find, is_file, is_folder
from whosays.model import Collection, Statement
from whosays.problems import Problem
from whosays.project.gathering import gather
from whosays.project.passages import (
    canonical_locator,
    looks_wrapped,
    passage_at,
    passage_hash,
    passages,
    place_of,
    spans,
)
from whosays.project.twins import Twins
from whosays.project.writing import csv_text, row_of, table_text, tables_of
from whosays.vocab import Vocabulary

__all__ = [
    "Project",
    "Spot",
    "Twins",
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
        found = gather(root, core)
        if inputs.state(root) == before:
            break  # nobody wrote meanwhile
    return Project(
        path=root,
        collection=found.collection(),
        vocabulary=found.desk.vocabulary,
        problems=tuple(problems.ordered(found.desk.problems)),
        headers=found.desk.headers,
        rows={
            **found.desk.actor_register.rows(),
            **found.desk.source_register.rows(),
        },
    )


_TRIES = 5  # whoever edits by hand does not change files so often
