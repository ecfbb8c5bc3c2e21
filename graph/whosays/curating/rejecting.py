"""Rows that were refused, left in a table of their own with what is wrong with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from whosays.checks import Checked
from whosays.files import write_atomic
from whosays.problems import Problem
from whosays.project.sheets import PROBLEMS, STDIN, Sheet
from whosays.project.writing import csv_text

_JOINED = " | "


def write_rejected(
    checked: Checked, refused: Mapping[str, Collection[int]]
) -> tuple[Path, ...]:
    """Write ``new.rejected.csv`` beside ``new.xlsx``, a file per sheet with such rows.

    The rows stand as they were, with a column of their problems, which a later check
    leaves aside: they can be mended there and added again.
    """
    written = []
    for counted in checked.batch.sheets:
        rows = refused.get(counted.sheet.name, ())
        if rows:
            text = _text(counted.sheet, rows, notes(checked.problems))
            path = _place(counted.sheet, text.encode())
            write_atomic(path, text)
            written.append(path)
    return tuple(written)


def notes(problems: Collection[Problem]) -> dict[tuple[str, int], str]:
    """Write the problems of each row on one line, by table and row."""
    found: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for problem in problems:
        if problem.row is not None:
            place = problem.column or "row"
            parts = (f"{problem.code} {place}: {problem.text}", problem.remedy)
            found[problem.table, problem.row].append("; ".join(p for p in parts if p))
    return {key: _JOINED.join(texts) for key, texts in found.items()}


def _text(
    sheet: Sheet, rows: Collection[int], told: Mapping[tuple[str, int], str]
) -> str:
    records = sheet.records()
    header = [cell.strip() for cell in next(records).cells]
    while header and not header[-1]:
        header.pop()
    if PROBLEMS in header:
        place = header.index(PROBLEMS)
    else:
        place = len(header)
        header.append(PROBLEMS)
    names = [name or f"column {number}" for number, name in enumerate(header, 1)]

    def kept() -> Iterator[dict[str, str]]:
        left = set(rows)
        for record in records:
            if record.number in left:
                left.discard(record.number)
                cells = dict(zip(names, record.cells, strict=False))
                cells[names[place]] = told.get((sheet.name, record.number), "")
                yield cells
        for number in sorted(left):  # its cells cannot be told apart
            yield {names[place]: f"row {number}: {told.get((sheet.name, number), '')}"}

    return csv_text(names, kept())


def _place(sheet: Sheet, data: bytes) -> Path:
    """Choose a name that is free: what was rejected before may not be mended yet."""
    path = Path("stdin") if sheet.path == STDIN else sheet.path
    stem = path.stem.removesuffix(".rejected")
    if sheet.kind != "statements" and not stem.endswith(sheet.kind):
        stem = f"{stem}.{sheet.kind}"
    number = 1
    while True:
        mark = "" if number == 1 else f"-{number}"
        found = path.with_name(f"{stem}.rejected{mark}.csv")
        if not found.exists() or found.read_bytes() == data:
            return found
        number += 1
