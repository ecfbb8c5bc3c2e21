"""Rows: what a query answers, typed, for people, files and data frames."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

from whosays.delimited import delimited
from whosays.errors import MissingExtra
from whosays.text import clean_text, markdown

if TYPE_CHECKING:
    import pandas
    import polars

Value = str | int | float | bool | date | None

SHOWN = 50  # rows in a notebook


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of typed values; None is a cell without a value.

    Integers, numbers, booleans and full dates arrive as such; dates that are not
    full days stay text, since a year is not its first of January.

    >>> rows = Rows(("actor", "statements"), (("aldoria", 2), ("belmark", 1)))
    >>> len(rows), rows[0], [row["actor"] for row in rows]
    (2, {'actor': 'aldoria', 'statements': 2}, ['aldoria', 'belmark'])
    """

    columns: tuple[str, ...]
    records: tuple[tuple[Value, ...], ...] = ()

    def __post_init__(self) -> None:
        """Refuse ragged records: a shifted cell would be a wrong answer."""
        wide = len(self.columns)
        for number, record in enumerate(self.records, 1):
            if len(record) != wide:
                raise ValueError(
                    f"record {number} has {len(record)} cells for {wide} columns"
                )

    @classmethod
    def of(cls, columns: Sequence[str], records: Iterable[Sequence[Value]]) -> Rows:
        """Make rows from any sequences."""
        return cls(tuple(columns), tuple(tuple(record) for record in records))

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.records)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """Yield each row by column name."""
        for record in self.records:
            yield dict(zip(self.columns, record, strict=True))

    def __getitem__(self, index: int) -> dict[str, Value]:
        """Give one row by column name."""
        return dict(zip(self.columns, self.records[index], strict=True))

    def column(self, name: str) -> tuple[Value, ...]:
        """Give all values of a column."""
        index = self.columns.index(name)
        return tuple(record[index] for record in self.records)

    def to_dicts(self) -> list[dict[str, Value]]:
        """Give all rows by column name."""
        return list(self)

    def to_csv(self) -> str:
        """Write comma-separated values with a header, cells exactly as they are."""
        return self._delimited(",")

    def to_tsv(self) -> str:
        """Write tab-separated values with a header."""
        return self._delimited("\t")

    def to_json(self) -> str:
        """Write an array of objects; dates as text, nothing as null."""
        return json.dumps(self._plain(), ensure_ascii=False, indent=1) + "\n"

    def to_ndjson(self) -> str:
        """Write an object per line."""
        lines = (json.dumps(row, ensure_ascii=False) for row in self._plain())
        return "".join(f"{line}\n" for line in lines)

    def to_markdown(self) -> str:
        """Write a pipe table; cells are escaped, line breaks become blanks."""
        lines = [self.columns, ("---",) * len(self.columns)]
        lines += [
            tuple(markdown(_text(value)) for value in row) for row in self.records
        ]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)

    def to_html(self, limit: int | None = None) -> str:
        """Write an HTML table of at most ``limit`` rows, and how many there are."""
        head = "".join(f"<th>{_html(column)}</th>" for column in self.columns)
        shown = self.records if limit is None else self.records[:limit]
        body = "".join(
            "<tr>"
            + "".join(f'<td dir="auto">{_html(_text(value))}</td>' for value in record)
            + "</tr>\n"
            for record in shown
        )
        table = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n"
        return f"{table}</table>\n<p>{self._count(len(shown))}</p>\n"

    def to_pandas(self) -> pandas.DataFrame:
        """Make a pandas data frame: dates are dates, and counts with gaps stay whole."""
        frame = _extra("pandas").DataFrame(
            list(self.records), columns=list(self.columns), dtype=object
        )
        made: pandas.DataFrame = frame.infer_objects()
        types = {name: _pandas_type(self.column(name)) for name in self.columns}
        special = {name: type for name, type in types.items() if type}
        return made.astype(special) if special else made

    def to_polars(self) -> polars.DataFrame:
        """Make a polars data frame; a column of mixed types becomes text."""
        polars_ = _extra("polars")
        columns = {name: _one_type(self.column(name)) for name in self.columns}
        made: polars.DataFrame = polars_.DataFrame(columns)
        return made

    def __str__(self) -> str:
        """Count the rows, so that nobody mistakes the text for the data."""
        return f"{self._count(len(self))}: {', '.join(self.columns)}"

    def _repr_html_(self) -> str:
        return self.to_html(limit=SHOWN)

    def _count(self, shown: int) -> str:
        total = f"{len(self):,} row{'' if len(self) == 1 else 's'}"
        return total if shown == len(self) else f"{shown:,} of {total}"

    def _delimited(self, delimiter: str) -> str:
        texts = ([_text(value) for value in record] for record in self.records)
        return delimited([self.columns, *texts], delimiter)

    def _plain(self) -> list[dict[str, Any]]:
        return [
            {
                name: _text(value) if isinstance(value, date) else value
                for name, value in row.items()
            }
            for row in self
        ]


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _html(text: str) -> str:
    from html import escape  # its table of entities is long

    return escape(clean_text(text, for_="xml"))


def _extra(name: str) -> Any:  # noqa: ANN401
    """Import an optional package."""
    try:
        return import_module(name)
    except ImportError as missing:
        raise MissingExtra(name, f"to_{name}()") from missing


def _pandas_type(values: tuple[Value, ...]) -> str:
    """Name the type that pandas would not find itself, or nothing."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {date}:
        return "datetime64[s]"  # not [ns]: years before 1678 are years too
    if None in values:
        return "Int64" if kinds == {int} else "boolean" if kinds == {bool} else ""
    return ""


def _one_type(values: tuple[Value, ...]) -> list[Value]:
    kinds = {type(value) for value in values if value is not None}
    if len(kinds) <= 1:
        return list(values)
    return [None if value is None else _text(value) for value in values]
