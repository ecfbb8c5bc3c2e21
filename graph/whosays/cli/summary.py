"""Rows of a query as people read them: few columns, names instead of ids.

The data formats hold all columns; a terminal has room for the ones that answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from whosays.cli import words
from whosays.rows import Rows, Value

_STATEMENT = ("subject_label", "relation_label", "object_label", "source_title")
_SUFFIXES = ("_label", "_title")

Row = Mapping[str, Value]


def summary(rows: Rows) -> Rows:
    """Leave out what repeats something else; a statement becomes one short line."""
    if all(name in rows.columns for name in (*_STATEMENT, "id")):
        return _statements(rows)
    named = {
        name.removesuffix(suffix)
        for name in rows.columns
        for suffix in _SUFFIXES
        if name.endswith(suffix)
    }
    kept = [name for name in rows.columns if name not in named and name != "iri"]
    if set(_STATEMENT[:3]) <= set(kept) and "claim" in kept:
        kept = [name for name in kept if name not in _STATEMENT[:3]]
    return Rows.of(
        [_plain(name) for name in kept],
        (tuple(row[name] for name in kept) for row in rows),
    )


def _plain(name: str) -> str:
    for suffix in _SUFFIXES:
        name = name.removesuffix(suffix)
    return name


def _statements(rows: Rows) -> Rows:
    """Show claim, voice and stance where they differ, date, source and id."""
    records = list(rows)
    varying = [
        name
        for name in ("voice_label", "stance")
        if name in rows.columns and len({row[name] for row in records}) > 1
    ]
    columns = ["claim", *map(_plain, varying), "said_on", "source", "id"]
    return Rows.of(columns, (_statement(row, varying) for row in records))


def _statement(row: Row, varying: Sequence[str]) -> tuple[Value, ...]:
    claim = " ".join(str(row[name] or "") for name in _STATEMENT[:3])
    place = words.locator(str(row.get("locator") or ""))
    source = f"{row['source_title'] or ''} {place}".strip()
    return (claim, *(row[name] for name in varying), _said(row), source, row["id"])


def _said(row: Row) -> str:
    """Show the bounds of the date as one; undated stays empty."""
    first, last = (str(row.get(name) or "") for name in ("said_from", "said_to"))
    if first == last:
        return first
    return words.date(f"{first or '..'}/{last or '..'}")
