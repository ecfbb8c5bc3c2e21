"""A copy of a sheet with its problems in it: comments in cells, or one more column."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whosays.checks import Checked
from whosays.curating.rejecting import notes
from whosays.errors import OutsideError, UsageError
from whosays.files import write_atomic
from whosays.problems import Problem
from whosays.project.sheets import PROBLEMS, STDIN, Sheet
from whosays.tables import Original

_MADE_BY = "whosays check"
_CELL = re.compile(r"[A-Z]+[0-9]+")
_COLOURS = {"error": "FFF4B183", "warning": "FFFFF2CC", "notice": "FFDDEBF7"}
_RANKS = {"notice": 0, "warning": 1, "error": 2}
_LONGEST = 32_000  # characters of a comment or a cell; a spreadsheet takes 32,767


def mark(checked: Checked) -> tuple[Path, ...]:
    """Write ``new.checked.xlsx`` beside each ``new.xlsx`` that has problems in cells.

    A plain table gets a column with the problems of each row, a workbook a comment
    and a colour in each cell. Tables of the project and stdin get no copy, and a file
    of that name that was not made here is left alone.
    """
    by_file: defaultdict[Path, list[Sheet]] = defaultdict(list)
    for counted in checked.sheets:
        if counted.sheet.path != STDIN:
            by_file[counted.sheet.path].append(counted.sheet)
    written = []
    for path, sheets in by_file.items():
        names = {sheet.name for sheet in sheets}
        found = [p for p in checked.problems if p.table in names and p.row]
        target = sheets[0].beside("checked")
        if found and _mark(path, target, sheets, found):
            written.append(target)
    return tuple(written)


def _mark(path: Path, target: Path, sheets: list[Sheet], found: list[Problem]) -> bool:
    try:
        if sheets[0].part:
            if target.exists() and not _is_ours(target):
                return False
            data = _workbook(path, sheets, found)
        elif target.suffix.lower() in (".csv", ".tsv"):
            if target.exists() and PROBLEMS not in _first_line(target):
                return False
            data = _table(sheets[0], found)
        else:
            return False
        write_atomic(target, data)
    except (OutsideError, UsageError):
        return False  # a folder that nobody may write to, a table that has no rows
    return True


def _table(sheet: Sheet, found: list[Problem]) -> bytes:
    table = Original(
        sheet.source.read(),
        sheet.path.name,
        sheet.columns,
        sheet.encoding,
    )
    told = notes(found)
    for row in table.rows:
        table.put(row, PROBLEMS, told.get((sheet.name, row), "")[:_LONGEST])
    return table.to_bytes()


def _workbook(path: Path, sheets: list[Sheet], found: Iterable[Problem]) -> bytes:
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    book: Any = openpyxl.load_workbook(path)
    book.properties.category = _MADE_BY
    parts = {sheet.name: sheet.part for sheet in sheets}
    cells: defaultdict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in found:
        cell = problem.cell if _CELL.fullmatch(problem.cell) else f"A{problem.row}"
        cells[parts[problem.table], cell].append(problem)
    for (part, cell), problems in cells.items():
        place: Any = book[part][cell]
        texts = [
            "\n".join(part for part in (f"{p.code}: {p.text}", p.remedy) if part)
            for p in problems
        ]
        level = max((p.level for p in problems), key=_RANKS.__getitem__)
        colour = _COLOURS[level]
        if type(place).__name__ == "MergedCell":
            continue  # it takes neither; its first cell says it
        place.comment = Comment("\n\n".join(texts)[:_LONGEST], "whosays")
        place.fill = PatternFill("solid", start_color=colour, end_color=colour)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _is_ours(path: Path) -> bool:
    """Tell whether a workbook was written by an earlier check."""
    import zipfile

    import openpyxl

    try:
        book: Any = openpyxl.load_workbook(path, read_only=True)
        return bool(book.properties.category == _MADE_BY)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return False


def _first_line(path: Path) -> str:
    with open(path, "rb") as file:
        return file.readline(65_536).decode("utf-8", "replace").replace("\0", "")
