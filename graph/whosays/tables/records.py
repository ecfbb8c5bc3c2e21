"""Rows, tables and the names of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from whosays.inputs import LARGEST
from whosays.problems import Problem

CELL_LIMIT = 131_072  # characters; the limit of Python's csv
COLUMN_LIMIT = 1_000
FILE_LIMIT = LARGEST  # as of any file of a project
ROW_LIMIT = 4 * 1024 * 1024  # characters


class Record(NamedTuple):
    """The cells of one row as they stand, and how many lines they take."""

    number: int
    cells: list[str]
    lines: int = 1


class Row(NamedTuple):
    """One row: its number (header = 1) and a cell for every known column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that was read to its end.

    ``header`` names the columns by position, empty where one is not known, and
    ``misnamed`` tells that such a column has a name all the same.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    misnamed: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The columns by position."""
        return self.header

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows."""
        return iter(self.rows)

    def cell(self, row: int | Row, column: str) -> str:
        """Name a cell as a spreadsheet does, or the row if it lacks the column."""
        number = row.number if isinstance(row, Row) else row
        return address(self.header, number, column)


def address(header: Sequence[str], row: int, column: str) -> str:
    """Name a cell, such as B7.

    >>> address(("subject", "relation"), 7, "relation"), address((), 7, "note")
    ('B7', 'row 7')
    """
    if column not in header:
        return f"row {row}"
    return f"{letters(list(header).index(column))}{row}"


def letters(position: int) -> str:
    """Name a column by its position from 0.

    >>> letters(0), letters(25), letters(26), letters(701), letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(65 + rest) + name
    return name
