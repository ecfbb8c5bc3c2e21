"""Mending what has only one mending: first the list of changes, then a new file."""

from __future__ import annotations

import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whosays import changes, inputs
from whosays.errors import UsageError
from whosays.files import write_atomic
from whosays.matching import fold
from whosays.problems import Problem
from whosays.project.sheets import STDIN, Sheet
from whosays.tables import Original, kind_of

_CELL = re.compile(r"([A-Z]+)[0-9]+")
_PARTS = re.compile(r"(\s*[;>]\s*)")
_ONE_VALUE = frozenset({"said_on", "valid", "date", "locator"})
_READ_RIGHTLY = frozenset({"WS202"})  # a month that only looks like a day
_LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """One change of one cell: what stands there, and what will.

    ``place`` is the position of the cell in its row, from 0.
    """

    problem: Problem
    sheet: Sheet
    row: int
    place: int
    column: str
    old: str
    new: str


def project_sheets(root: Path) -> dict[str, Sheet]:
    """Give the tables of a project that can be mended, by the name in problems."""
    from whosays.tables import Bytes

    kinds = {inputs.ACTORS: "actors", inputs.SOURCES: "sources", inputs.NAMES: "names"}
    files = {root / name: kind for name, kind in kinds.items()}
    files |= dict.fromkeys(inputs.statement_files(root), "statements")
    return {
        inputs.relative(root, path): Sheet(path=path, kind=kind, source=Bytes(path))
        for path, kind in files.items()
        if inputs.is_file(path)
    }


def mendings(
    problems: Iterable[Problem], sheets: dict[str, Sheet]
) -> tuple[Mending, ...]:
    """List the changes that mend a problem without a choice, in the order of rows.

    A cell with two suggestions, or with an error that nobody can guess the mending of,
    is left to people; so is what stands in no single cell.
    """
    by_row: defaultdict[tuple[str, int], list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.table in sheets and problem.row is not None:
            by_row[problem.table, problem.row].append(problem)
    return tuple(
        mending
        for name, sheet in sheets.items()
        for mending in _of_sheet(name, sheet, by_row)
    )


def _of_sheet(
    name: str, sheet: Sheet, by_row: dict[tuple[str, int], list[Problem]]
) -> Iterator[Mending]:
    if not any(table == name for table, _ in by_row):
        return
    names: list[str] | None = None
    for record in sheet.records():
        if names is None:
            names = [fold(cell) for cell in record.cells]
        by_place: defaultdict[int, list[Problem]] = defaultdict(list)
        for problem in by_row.get((name, record.number), ()):
            place = _place(problem, names)
            if place < len(record.cells):
                by_place[place].append(problem)
        for place, problems in sorted(by_place.items()):
            found = _mended(record.cells[place], problems)
            if found is not None:
                problem, new = found
                yield Mending(
                    problem=problem,
                    sheet=sheet,
                    row=record.number,
                    place=place,
                    column=problem.column or "header",
                    old=record.cells[place],
                    new=new,
                )


def _place(problem: Problem, names: Sequence[str]) -> int:
    """Find the position of a problem's cell; past the end if it has none."""
    match = _CELL.fullmatch(problem.cell)
    if match:
        place = 0
        for letter in match[1]:
            place = place * 26 + ord(letter) - 64
        return place - 1
    column = fold(problem.column)
    return names.index(column) if column and column in names else len(names) + 1_000


def _mended(cell: str, problems: Sequence[Problem]) -> tuple[Problem, str] | None:
    """Mend a cell if there is one way: the whole of it, or parts of a list."""
    new = cell
    first = None
    for problem in problems:
        if not problem.fix or problem.code in _READ_RIGHTLY:
            if problem.level == "error":
                return None
            continue
        parts = _PARTS.split(new)
        wrong = [n for n, part in enumerate(parts) if part.strip() == problem.value]
        if new.strip() == problem.value or problem.column in _ONE_VALUE:
            if first is not None and first.fix != problem.fix:
                return None
            new = problem.fix
        elif problem.value and wrong:
            for n in wrong:
                parts[n] = problem.fix
            new = "".join(parts)
        elif first is None:
            return None
        first = first or problem
    return (first, new) if first is not None and new != cell else None


def mend(
    chosen: Sequence[Mending], *, in_place: bool = False, root: Path | None = None
) -> tuple[Path, ...]:
    """Write each mended file: ``new.fixed.csv`` beside ``new.csv``, or itself.

    With ``root`` the files are tables of that project, and change together. What a
    plug-in read is written as the table that it made of it.

    Raises:
        UsageError: stdin, or a file that cannot be edited.
    """
    by_file: defaultdict[Path, list[Mending]] = defaultdict(list)
    for mending in chosen:
        if mending.sheet.path == STDIN:
            raise UsageError("stdin cannot be mended", "Save it to a file first")
        if mending.sheet.imported and in_place:
            raise UsageError(
                f"{mending.sheet.path} is read by a plug-in, which cannot write it",
                "Without --in-place the mended rows go into a table of their own",
            )
        by_file[mending.sheet.path].append(mending)
    if root is not None:
        with changes.change(root) as change:
            for path, found in by_file.items():
                change.write(inputs.relative(root, path), _written(path, found))
        return tuple(by_file)
    written = []
    for path, found in by_file.items():
        target = path if in_place else _fresh(found[0].sheet.beside("fixed"))
        write_atomic(target, _written(path, found))
        written.append(target)
    return tuple(written)


def _written(path: Path, found: Sequence[Mending]) -> bytes:
    sheet = found[0].sheet
    if sheet.part:
        return _workbook(path, found)
    if kind_of(sheet.source, sheet.reads_as) in _LINES:
        return _objects(path, found)
    data = sheet.source.read()
    table = Original(data, path.name, sheet.columns, sheet.encoding)
    for mending in found:
        table.replace(mending.row, mending.place, mending.new)
    return table.to_bytes()


def _workbook(path: Path, found: Iterable[Mending]) -> bytes:
    import openpyxl

    book: Any = openpyxl.load_workbook(path)
    for mending in found:
        sheet = book[mending.sheet.part]
        sheet.cell(mending.row, mending.place + 1).value = mending.new
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _objects(path: Path, found: Iterable[Mending]) -> bytes:
    lines = inputs.read_bytes(path).decode("utf-8-sig").split("\n")
    for mending in found:
        values = json.loads(lines[mending.row - 1])
        keys = {fold(key): key for key in values}
        values[keys.get(fold(mending.column), mending.column)] = mending.new
        lines[mending.row - 1] = json.dumps(values, ensure_ascii=False)
    return "\n".join(lines).encode()


def _fresh(path: Path) -> Path:
    """Choose a name that is free."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_stem(f"{path.stem}-{number}")
    return found
