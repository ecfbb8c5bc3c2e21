"""A table that is all there: counted, indexed, and given to data frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

from whosays.errors import MissingExtra
from whosays.rows import streamed
from whosays.rows.streamed import Value

if TYPE_CHECKING:
    import pandas
    import polars

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
        return self._text("csv")

    def to_tsv(self) -> str:
        """Write tab-separated values with a header."""
        return self._text("tsv")

    def to_json(self) -> str:
        """Write an array of objects; dates as text, nothing as null."""
        return self._text("json")

    def to_ndjson(self) -> str:
        """Write an object per line."""
        return self._text("ndjson")

    def to_markdown(self) -> str:
        """Write a pipe table; cells are escaped, line breaks become blanks."""
        return self._text("md")

    def to_html(self, limit: int | None = None) -> str:
        """Write an HTML table of at most ``limit`` rows, and how many there are."""
        shown = self.records if limit is None else self.records[:limit]
        body = "".join(map(streamed.html_row, shown))
        count = streamed.count_of(len(self), len(shown))
        return f"{streamed.html_head(self.columns)}{body}{streamed.html_end(count)}"

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
        return f"{streamed.count_of(len(self))}: {', '.join(self.columns)}"

    def _repr_html_(self) -> str:
        return self.to_html(limit=SHOWN)

    def _text(self, format: str) -> str:
        return "".join(streamed.texts(self.columns, self.records, format))


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
    return [None if value is None else streamed.text_of(value) for value in values]
