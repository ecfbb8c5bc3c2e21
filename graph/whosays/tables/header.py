"""The first row: which column stands where, and what is wrong with the names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from whosays.matching import fold, nearest
from whosays.tables.log import Log
from whosays.tables.records import COLUMN_LIMIT, Record, letters
from whosays.text import controls, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The columns by position; ``names`` is empty where one is not known.

    ``width`` is the number of cells up to the last one with a name, known or not;
    ``unnamed`` are the positions before it without any; ``misnamed`` tells whether a
    name is not known.
    """

    names: tuple[str, ...] = ()
    row: int = 0
    width: int = 0
    unnamed: tuple[int, ...] = ()
    misnamed: bool = False
    readable: bool = False

    def place(self, position: int, row: int) -> str:
        """Name a cell; lines of JSON have no columns with letters."""
        return f"{letters(position)}{row}" if self.row else f"row {row}"


def read_header(
    record: Record | None, columns: Sequence[str], required: Sequence[str], log: Log
) -> Header:
    """Match the cells of the first record with the known columns."""
    if record is None:
        log.add("WS502", text="the table is empty")
        return Header()
    cells = [cell.strip() for cell in record.cells]
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) > COLUMN_LIMIT:
        log.add("WS509", row=record.number, value=f"{len(cells):,} columns")
        return Header(row=record.number)
    names = _match(cells, columns)
    if not any(names):
        shown = one_line(" ".join(cells))
        log.add("WS502", row=record.number, value=shown, instructions=_first(columns))
        return Header(row=record.number)
    offered = _report(cells, names, columns, record.number, log)
    missing = [name for name in required if name not in names]
    for name in missing:
        if name not in offered:
            log.add("WS503", row=record.number, value=name)
    seen: set[str] = set()
    unique = []
    for name in names:
        unique.append("" if name in seen else name)
        seen.add(name)
    return Header(
        names=tuple(unique),
        row=record.number,
        width=len(cells),
        unnamed=tuple(place for place, cell in enumerate(cells) if not cell),
        misnamed=any(
            cell and not name for cell, name in zip(cells, names, strict=True)
        ),
        readable=not missing,
    )


def _match(cells: Sequence[str], columns: Sequence[str]) -> list[str]:
    known = folded(tuple(columns))
    return [known.get(fold_once(cell), "") for cell in cells]


fold_once = lru_cache(maxsize=1024)(fold)
"""The tables of a project have the same columns again and again."""


@lru_cache(maxsize=64)  # a project has thousands of tables of one kind
def folded(columns: tuple[str, ...]) -> Mapping[str, str]:
    """Give the known columns by what a name must agree with."""
    return {fold(column): column for column in columns}


def _report(
    cells: Sequence[str],
    names: Sequence[str],
    columns: Sequence[str],
    row: int,
    log: Log,
) -> set[str]:
    """Report unknown and doubled names; return the columns that were suggested."""
    if all(names) and len(set(names)) == len(names):
        return set()
    known = folded(tuple(columns))
    free = {key: column for key, column in known.items() if column not in names}
    offered: set[str] = set()
    for position, (cell, name) in enumerate(zip(cells, names, strict=True)):
        place = f"{letters(position)}{row}" if row else ""
        if name and name in names[:position]:
            log.add("WS512", cell=place, value=name)
        elif cell and not name:
            near = nearest(fold(cell)[:80], free)
            fix = free.pop(near) if near else ""
            offered.add(fix)
            if controls(cell):
                shown = ", ".join(f"{what} ({code})" for what, code in controls(cell))
                log.add("WS510", cell=place, value=shown)
            else:
                log.add("WS504", cell=place, value=cell, fix=fix)
    return offered


def _first(columns: Sequence[str]) -> str:
    return f"put the names of the columns into row 1: {','.join(columns[:5])}"
