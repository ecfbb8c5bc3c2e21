"""From the cells of a record to a row of known columns, or to problems."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from whosays.tables.header import Header
from whosays.tables.log import Log
from whosays.tables.records import CELL_LIMIT, Record, Row
from whosays.tables.safe import restore
from whosays.text import controls, invisibles

_SPREAD = (
    "put quotes around a cell that holds the separator; this row spans several "
    "lines, so a quote may also be open"
)


def row_of(
    record: Record, header: Header, columns: Sequence[str], log: Log
) -> Row | None:
    """Make a row; None if it was refused."""
    number, cells, lines = record
    if not _fits(cells, header, number, lines, log):
        return None
    whole = "".join(cells)
    if whole.isascii() and whole.isprintable() and len(whole) <= CELL_LIMIT:
        values = list(map(str.strip, cells))
        if "'" in whole:
            values = [restore(value).strip() for value in values]
    else:
        checked = _checked(cells, header, number, log)
        if checked is None:
            return None
        values = checked
    row = dict.fromkeys(columns, "")
    row.update(zip(header.names, values, strict=False))
    row.pop("", None)  # cells of columns that the header problems name
    return Row(number=number, cells=row)


def _checked(
    cells: Sequence[str], header: Header, number: int, log: Log
) -> list[str] | None:
    """Trim, compose and examine each cell of a known column."""
    values = []
    good = True
    for position, (name, cell) in enumerate(zip(header.names, cells, strict=False)):
        value = unicodedata.normalize("NFC", restore(cell.strip()).strip())
        values.append(value)
        if name and cell:
            place = header.place(position, number)
            good = _sound(cell, value, place, name, log) and good
    return values if good else None


def _fits(
    cells: Sequence[str], header: Header, number: int, lines: int, log: Log
) -> bool:
    """Report a row whose cells cannot be told apart by column."""
    width = header.width
    if len(cells) == width and not header.unnamed:
        return True
    hint = _SPREAD if lines > 1 else ""
    if len(cells) < width:
        value = f"{len(cells)} cells, the header has {width}"
        log.add("WS514", row=number, value=value, instructions=hint)
        return False
    for position in (*header.unnamed, *range(width, len(cells))):
        if surplus := cells[position].strip():
            place = header.place(position, number)
            log.add("WS507", cell=place, value=surplus, instructions=hint)
            return False
    return True


def _sound(cell: str, value: str, place: str, column: str, log: Log) -> bool:
    """Report what cannot be seen in a cell; control characters refuse it."""
    if len(cell) > CELL_LIMIT:
        what = f"{len(cell):,} characters; a cell may have {CELL_LIMIT:,}"
        log.add("WS509", cell=place, column=column, value=what)
        return False
    if found := controls(cell):
        shown = _listed(found)
        log.add("WS510", cell=place, column=column, value=cell, text=f"holds {shown}")
        return False
    if found := invisibles(value):
        shown = _listed(found)
        log.add("WS110", cell=place, column=column, value=value, text=f"holds {shown}")
    return True


def _listed(found: Sequence[tuple[str, str]]) -> str:
    names = ", ".join(f"{name} ({code})" for name, code in found[:3])
    return f"{names} and {len(found) - 3} more" if len(found) > 3 else names
