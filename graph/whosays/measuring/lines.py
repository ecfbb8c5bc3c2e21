"""Lines of JSON, one object each, with their numbers; what is no such line is told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from whosays import inputs
from whosays.measuring.records import BadLine

Row = Mapping[str, Any]


def objects(path: Path) -> Iterator[tuple[int, Row]]:
    """Read the objects of a file with the numbers of their lines.

    Raises:
        BadLine: a line is no object.
        MissingFile: there is no such file.
    """
    text = inputs.read_bytes(path).decode("utf-8-sig", "replace")
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise BadLine(f"no JSON: {error}", str(path), number) from None
        if not isinstance(found, dict):
            raise BadLine("no JSON object", str(path), number)
        yield number, found


def text_of(row: Row, key: str, path: Path, line: int, default: str = "") -> str:
    """Take a text out of a row.

    Raises:
        BadLine: something else stands there.
    """
    value = row.get(key, default)
    if value is None:
        return default
    if not isinstance(value, str):
        raise BadLine(f"“{key}” is no text", str(path), line)
    return value


def number_of(row: Row, key: str, path: Path, line: int) -> int:
    """Take an offset out of a row.

    Raises:
        BadLine: no whole number from 0 on stands there.
    """
    value = row.get(key)
    if type(value) is not int or value < 0:
        raise BadLine(f"“{key}” is no offset", str(path), line)
    return value


def texts_of(row: Row, key: str, path: Path, line: int) -> tuple[str, ...]:
    """Take a list of texts out of a row.

    Raises:
        BadLine: something else stands there.
    """
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadLine(f"“{key}” is no list of texts", str(path), line)
    return tuple(value)
