"""JSON lines as a table: an object per line, its keys are the columns."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from whosays.matching import fold
from whosays.tables.bytesource import Bytes
from whosays.tables.log import Log
from whosays.tables.records import COLUMN_LIMIT, ROW_LIMIT, Record

_JOINED = {"speaker": " > ", "used_by": " > "}  # chains; other lists are joined by ;


def read_objects(
    source: Bytes, columns: Sequence[str], encoding: str, log: Log
) -> Iterator[Record]:
    """Read the objects as records; the first one names the columns.

    A row is numbered as its line, so the names have number 0. Keys of later objects
    that the columns lack are reported where they first stand.
    """
    found = _objects(source, encoding, log)
    first = next(found, None)
    if first is None:
        return
    known = {fold(column): column for column in columns}
    strange = [key for key in first[1] if fold(key) not in known]
    names = [*columns, *strange]
    yield Record(0, names)
    yield _record(first, names, known, log)
    for numbered in found:
        yield _record(numbered, names, known, log)


def _record(
    numbered: tuple[int, dict[str, Any]],
    names: list[str],
    known: dict[str, str],
    log: Log,
) -> Record:
    number, values = numbered
    cells = dict.fromkeys(names, "")
    for key, value in values.items():
        column = known.get(fold(key), key)
        if column not in cells:
            log.add("WS504", row=number, value=key)
        elif (text := _text(column, value)) is None:
            log.add("WS525", row=number, column=column, value=json.dumps(value))
        else:
            cells[column] = text
    return Record(number, list(cells.values()))


def _text(column: str, value: object) -> str | None:
    """Write a value as the cell of a table; None if no cell can hold it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str() | int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() else str(value)
        case list() if all(isinstance(part, str) for part in value):
            return _JOINED.get(column, ";").join(value)
    return None


def _objects(
    source: Bytes, encoding: str, log: Log
) -> Iterator[tuple[int, dict[str, Any]]]:
    with source.open() as raw, io.TextIOWrapper(raw, encoding=encoding) as text:
        number = 0
        while line := text.readline(ROW_LIMIT + 1):
            number += 1
            if len(line) > ROW_LIMIT:
                while line and not line.endswith("\n"):
                    line = text.readline(ROW_LIMIT + 1)
                what = f"this row has more than {ROW_LIMIT:,} characters"
                log.lose("WS509", row=number, value=what)
            elif line.strip():
                values = _object(line, number, log)
                if values is not None:
                    yield number, values


def _object(line: str, number: int, log: Log) -> dict[str, Any] | None:
    doubled: list[str] = []

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in found]
        doubled.extend(key for key in keys if keys.count(key) > 1)
        return dict(found)

    def refuse(text: str) -> None:
        raise ValueError(f"{text} is no value")

    try:
        if line.count(":") > COLUMN_LIMIT * 100:
            raise ValueError("more keys than a table may have columns")
        values = json.loads(line, object_pairs_hook=pairs, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        log.lose("WS526", row=number, value=getattr(error, "msg", "") or str(error))
        return None
    if not isinstance(values, dict):
        log.lose("WS526", row=number, value="no object in braces")
        return None
    if doubled:
        log.lose("WS512", row=number, value=doubled[0])
        return None
    return values
