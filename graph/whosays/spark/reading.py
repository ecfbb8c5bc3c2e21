"""Rows of one table after the other, then of one group after the other.

A table is read where it is met, by the readers of a project. What can only be seen
with several rows at hand is looked at when the rows of a group have come together.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path

from whosays.model import Statement
from whosays.problems import REFUSED, Ledger, Problem
from whosays.project.batch import SheetRows
from whosays.project.desk import Desk
from whosays.project.line import Line
from whosays.project.repeats import Kept, keep
from whosays.project.sheets import Sheet, sheets_of
from whosays.project.statements import each_statement
from whosays.spark.ground import Ground, Groups
from whosays.tables import Row, Table

Key = tuple[str, int, int]
"""The group of a statement, the number of its table, and its row."""

Placed = tuple[Key, bytes]
"""A statement is packed: it goes through many hands that need not look at it."""

Settled = tuple[str, bytes]

packed = partial(pickle.dumps, protocol=pickle.HIGHEST_PROTOCOL)

OWN = -1
"""The number of all tables of the project: they come before the new ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was found against the rows of a table, or of a part of all groups.

    ``columns`` are those of the table by position, ``kind`` is what it holds; ``more``
    counts by code the problems that are not listed. ``replaces`` tells that a statement
    takes the place of another.
    """

    table: str = ""
    kind: str = "statements"
    columns: tuple[str, ...] = ()
    rows: int = 0
    refused: int = 0
    problems: tuple[Problem, ...] = ()
    more: Mapping[str, int] = field(default_factory=dict)
    replaces: bool = False


def read(
    ground: Ground, tables: Iterable[tuple[int, str]], encoding: str = ""
) -> Iterator[Placed | Told]:
    """Read tables of statements; each row is looked at by itself."""
    for number, name in tables:
        desk, path = ground.desk(), Path(name)
        sheets = sheets_of([path], desk.problems, encoding=encoding)
        yield from _read(desk, Groups(ground.collection), number, path, sheets)


def read_lines(
    ground: Ground, number: int, name: str, lines: Iterable[str]
) -> Iterator[Placed | Told]:
    """Read a table of columns, each row of which Spark has made a line of JSON."""
    desk, path = ground.desk(), Path(name)
    given = {path: "\n".join(lines).encode() or b"\n"}
    sheets = sheets_of([path], desk.problems, imported=given)
    yield from _read(desk, Groups(ground.collection), number, path, sheets)


def _read(
    desk: Desk, groups: Groups, number: int, path: Path, sheets: Iterable[Sheet]
) -> Iterator[Placed | Told]:
    ledger = desk.problems
    told = Told(table=str(path))
    for sheet in sheets:
        if sheet.path != path:
            continue  # of actors or sources, which are known by now
        if sheet.kind != "statements":
            yield Told(table=str(path), kind=sheet.kind)
            return
        rows = SheetRows(sheet, desk)
        for _, statement in each_statement(desk, rows):
            yield (groups.of(statement), number, statement.row), packed(statement)
        counted = rows.counted().marked(ledger)
        told = Told(
            table=sheet.name,
            columns=rows.names,
            rows=counted.rows,
            refused=counted.refused,
        )
    yield Told(
        table=told.table,
        columns=told.columns,
        rows=told.rows,
        refused=told.refused,
        problems=tuple(ledger),
        more=dict(ledger.more),
    )


def settle(
    ground: Ground,
    columns: Mapping[str, tuple[str, ...]],
    placed: Iterable[Placed],
) -> Iterator[Settled | Told]:
    """Find repetitions and mirrors in groups that come whole and in order."""
    desk = ground.desk()
    ledger, known = desk.problems, Ledger(0)
    relations = desk.vocabulary.relations
    replaces = False
    for group, rows in groupby(placed, key=lambda one: one[0][0]):
        kept = Kept(published=ground.published)
        for (_, number, _), data in rows:
            statement: Statement = pickle.loads(data)
            desk.problems = known if number == OWN else ledger  # told of it before
            keep(line_of(desk, statement, columns), statement, kept, relations)
        for statement in kept.statements.values():
            replaces = replaces or bool(statement.supersedes)
            yield group, packed(statement)
    yield Told(
        refused=sum(marks.count(REFUSED) for marks in ledger.marks.values()),
        problems=tuple(ledger),
        more=dict(ledger.more),
        replaces=replaces,
    )


def line_of(
    desk: Desk, statement: Statement, columns: Mapping[str, tuple[str, ...]]
) -> Line:
    """Give the line of a statement again, to report what is only seen later."""
    header = columns.get(statement.file, ())
    table = Table(name=statement.file, header=header, rows=(), problems=())
    return Line(desk, table, Row(number=statement.row, cells={}))
