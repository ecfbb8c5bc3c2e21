"""Tables as text, some rows at a time: a million take no more memory than a few."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice

from whosays.delimited import pieces
from whosays.text import clean_text, markdown

Value = str | int | float | bool | date | None
Record = Sequence[Value]

_AT_ONCE = 256  # rows that are joined before they are handed on
_SEPARATORS = {"csv": ",", "tsv": "\t"}


@dataclass(frozen=True, slots=True)
class Streamed:
    r"""A table whose rows are made while they are asked for, once.

    >>> rows = Streamed(("actor", "statements"), iter([("aldoria", 2)]))
    >>> "".join(rows.texts("csv"))
    'actor,statements\naldoria,2\n'
    """

    columns: tuple[str, ...]
    records: Iterable[Record]

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """Yield each row by column name."""
        for record in self.records:
            yield dict(zip(self.columns, record, strict=True))

    def texts(self, format: str) -> Iterator[str]:
        """Write the rows in one of `FORMATS`, some at a time."""
        return texts(self.columns, self.records, format)


def texts(
    columns: Sequence[str], records: Iterable[Record], format: str
) -> Iterator[str]:
    """Write a table in one of `FORMATS`; what is joined is the whole of it."""
    parts = _WRITERS[format](columns, records)
    return parts if format in _SEPARATORS else _joined(parts)


def count_of(number: int, shown: int | None = None) -> str:
    """Count rows in words.

    >>> count_of(1), count_of(2000, 50)
    ('1 row', '50 of 2,000 rows')
    """
    total = f"{number:,} row{'' if number == 1 else 's'}"
    return total if shown in (None, number) else f"{shown:,} of {total}"


def text_of(value: Value) -> str:
    """Write a cell; one without a value is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def html_head(columns: Iterable[str]) -> str:
    """Begin a table of HTML."""
    head = "".join(f"<th>{_html(column)}</th>" for column in columns)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n"


def html_row(record: Record) -> str:
    """Write a row of a table of HTML."""
    cells = "".join(f'<td dir="auto">{_html(text_of(value))}</td>' for value in record)
    return f"<tr>{cells}</tr>\n"


def html_end(count: str) -> str:
    """End a table of HTML and say how many rows it has."""
    return f"</tbody>\n</table>\n<p>{count}</p>\n"


def _joined(parts: Iterator[str]) -> Iterator[str]:
    while some := list(islice(parts, _AT_ONCE)):
        yield "".join(some)


def _delimited(
    format: str, columns: Sequence[str], records: Iterable[Record]
) -> Iterator[str]:
    separator = _SEPARATORS[format]
    rows = (
        [one if one.__class__ is str else text_of(one) for one in record]
        for record in records
    )
    yield from pieces([columns], separator)
    yield from pieces(rows, separator)


def _json(columns: Sequence[str], records: Iterable[Record]) -> Iterator[str]:
    # As json.dumps(..., indent=1) writes it, which is slow and takes all at once.
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",\n  ", ": ")).encode
    before = "["
    for row in _plain(columns, records):
        text = encode(row)[1:-1]
        yield f"{before}\n {{\n  {text}\n }}" if text else f"{before}\n {{}}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _ndjson(columns: Sequence[str], records: Iterable[Record]) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for row in _plain(columns, records):
        yield f"{encode(row)}\n"


def _plain(columns: Sequence[str], records: Iterable[Record]) -> Iterator[object]:
    for record in records:
        cells = (one.isoformat() if isinstance(one, date) else one for one in record)
        yield dict(zip(columns, cells, strict=True))


def _markdown(columns: Sequence[str], records: Iterable[Record]) -> Iterator[str]:
    yield _pipes(columns)
    yield _pipes(["---"] * len(columns))
    for record in records:
        yield _pipes([markdown(text_of(value)) for value in record])


def _pipes(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _page(columns: Sequence[str], records: Iterable[Record]) -> Iterator[str]:
    yield html_head(columns)
    number = 0
    for number, record in enumerate(records, 1):
        yield html_row(record)
    yield html_end(count_of(number))


def _html(text: str) -> str:
    from html import escape  # its table of entities is long

    return escape(clean_text(text, for_="xml"))


_Writer = Callable[[Sequence[str], Iterable[Record]], Iterator[str]]

_WRITERS: dict[str, _Writer] = {
    "csv": partial(_delimited, "csv"),
    "tsv": partial(_delimited, "tsv"),
    "json": _json,
    "ndjson": _ndjson,
    "md": _markdown,
    "html": _page,
}
FORMATS = tuple(_WRITERS)
"""What a table is written in."""
