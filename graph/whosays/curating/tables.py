"""Putting new records into the tables of a project, below the rows that are there.

A table that exists keeps every byte it has, its separator and line ends included, so
that a comparison of versions shows the new rows and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from whosays import inputs
from whosays.model import Actor, Collection, Name, Source, Statement
from whosays.project.sheets import COLUMNS
from whosays.project.writing import (
    actor_row,
    csv_text,
    name_row,
    row_of,
    source_row,
)
from whosays.tables import Original, neutralise

Rows = Iterable[Mapping[str, str]]


def new_tables(
    root: Path,
    collection: Collection,
    *,
    actors: Iterable[Actor] = (),
    sources: Iterable[Source] = (),
    names: Iterable[Name] = (),
    statements: Iterable[Statement] = (),
) -> dict[str, bytes]:
    """Write the tables that new records go into, by name; the others are left out.

    ``collection`` is the project with the new records. Nothing is written to disk.

    Raises:
        UsageError: a table has an encoding that lacks a letter of the new rows.
    """
    by_source: defaultdict[str, list[Mapping[str, str]]] = defaultdict(list)
    for statement in statements:
        table = f"{inputs.STATEMENTS}/{statement.source}.csv"
        by_source[table].append(row_of(statement, collection))
    rows: dict[str, tuple[str, Rows]] = {
        inputs.ACTORS: ("actors", [actor_row(actor) for actor in actors]),
        inputs.SOURCES: ("sources", [source_row(source) for source in sources]),
        inputs.NAMES: ("names", [name_row(name, collection) for name in names]),
        **{table: ("statements", found) for table, found in by_source.items()},
    }
    return {
        table: appended(root / table, COLUMNS[kind], found)
        for table, (kind, found) in rows.items()
        if found
    }


def appended(path: Path, columns: Iterable[str], rows: Rows) -> bytes:
    """Give the bytes of a table with more rows; one that is not there is begun."""
    columns = tuple(columns)
    data = inputs.read_bytes(path) if inputs.is_file(path) else b""
    if not data.strip():
        safe = (
            {name: neutralise(cell, formulas=False) for name, cell in row.items()}
            for row in rows
        )
        return csv_text(columns, safe).encode()
    table = Original(data, path.name, columns)
    for row in rows:
        table.append(row)
    return table.to_bytes()
