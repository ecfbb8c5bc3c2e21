"""A table as its bytes stand, in which single cells are replaced and nothing else.

Reading a table trims, composes and finds the separator; writing back what was read
would touch every row. Here a cell that changes is written in the manner of the old one
(quotes, blanks around it), and every other byte stays: line ends, order, quotes that
nobody needed, columns that nobody knows, the byte order mark.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from whosays.errors import UsageError
from whosays.matching import fold
from whosays.tables.bytesource import Bytes, Refused
from whosays.tables.log import Log
from whosays.tables.safe import neutralise, restore
from whosays.tables.separated import Separated

_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_ROW_END = re.compile(r"\r\n|\r|\n")


class Original:
    """The bytes of one table, and the cells that are to be replaced in them.

    Rows are numbered as problems and records number them: the header is 1 and blank
    rows count.
    """

    def __init__(
        self, data: bytes, name: str, columns: Iterable[str], encoding: str = ""
    ) -> None:
        """Find the cells; ``columns`` are the known columns, ``name`` is for messages.

        ``encoding`` is that of bytes that do not say theirs, default UTF-8.

        Raises:
            UsageError: the bytes are no table that can be edited in place.
        """
        known = {fold(column): column for column in columns}
        try:
            reader = Separated(Bytes(data), encoding, tuple(known.values()), Log(name))
        except Refused as refused:
            raise UsageError(f"{name} cannot be edited: {refused.value}") from None
        self.name = name
        self._separator = reader.separator
        self._encoding = _exact(reader.encoding, data)
        self._text = data.decode(self._encoding)
        start = 1 if self._text.startswith("\ufeff") else 0
        for _ in range(reader.skip):  # a line sep=; is no row
            end = _ROW_END.search(self._text, start)
            start = end.end() if end else len(self._text)
        self._rows = list(_rows(self._text, start, self._separator, name))
        header = next((n for n in range(len(self._rows)) if self._filled(n)), 0)
        self._header = header
        self._width = len(self._rows[header]) if self._rows else 0
        self._places: dict[str, int] = {}
        for place in range(self._width):
            column = known.get(fold(self._content(header, place).strip()))
            if column:
                self._places.setdefault(column, place)
        self._changed: dict[tuple[int, int], str] = {}
        self._added: list[str] = []
        self._appended: list[Mapping[str, str]] = []
        self._dropped: set[int] = set()

    @property
    def rows(self) -> Iterator[int]:
        """The numbers of the rows below the header, blank ones left out."""
        for index in range(self._header + 1, len(self._rows)):
            if self._filled(index):
                yield index + 1

    @property
    def columns(self) -> tuple[str, ...]:
        """The known columns by position, empty where one is not known."""
        places = {place: column for column, place in self._places.items()}
        return tuple(
            places.get(place, "") for place in range(self._width + len(self._added))
        )

    def has(self, column: str) -> bool:
        """Tell whether the table has a column."""
        return column in self._places

    def raw(self, row: int, column: str) -> str:
        """Give what a cell holds, blanks included; empty if there is no such cell."""
        place = self._places.get(column)
        if place is None:
            return ""
        changed = self._changed.get((row - 1, place))
        return self._content(row - 1, place) if changed is None else changed

    def cell(self, row: int, column: str) -> str:
        """Give a cell as reading a table gives it."""
        text = restore(self.raw(row, column).strip()).strip()
        return unicodedata.normalize("NFC", text)

    def put(self, row: int, column: str, text: str) -> None:
        """Replace what a cell holds; a column that is missing is added at the end."""
        if column not in self._places:
            self._places[column] = self._width + len(self._added)
            self._added.append(column)
        self._changed[row - 1, self._places[column]] = text

    def replace(self, row: int, place: int, text: str) -> None:
        """Replace what a cell holds, named by its position from 0."""
        self._changed[row - 1, place] = text

    def append(self, cells: Mapping[str, str]) -> int:
        """Add a row at the end and return its number; needed columns are added."""
        for column, text in cells.items():
            if text and column not in self._places:
                self._places[column] = self._width + len(self._added)
                self._added.append(column)
        self._appended.append(cells)
        return len(self._rows) + len(self._appended)

    def drop(self, row: int) -> None:
        """Take a row out, its line end with it."""
        self._dropped.add(row - 1)

    def to_bytes(self) -> bytes:
        """Write the table, the replaced cells in place.

        Raises:
            UsageError: a new cell has letters that the encoding of the table lacks.
        """
        pieces: list[str] = []
        before = 0
        for index, spans in enumerate(self._rows):
            if index in self._dropped:
                pieces.append(self._text[before : spans[0][0]])
                last = index + 1 == len(self._rows)
                before = len(self._text) if last else self._rows[index + 1][0][0]
                continue
            for place, (start, end) in enumerate(spans[: self._width]):
                text = self._changed.get((index, place))
                if text is not None and text != self._content(index, place):
                    was_quoted = self._text[start:end].startswith('"')
                    pieces += self._text[before:start], self._written(text, was_quoted)
                    before = end
            if self._added and self._filled(index):
                end = spans[min(len(spans), self._width) - 1][1]
                missing = self._separator * (self._width - len(spans))
                pieces += self._text[before:end], missing, *self._more(index)
                before = end
        pieces.append(self._text[before:])
        pieces += self._last_rows()
        try:
            return "".join(pieces).encode(self._encoding)
        except UnicodeEncodeError as error:
            letter = error.object[error.start]
            message = f"{self.name} is {self._encoding}, which has no “{letter}”"
            raise UsageError(message, "Save it as UTF-8 first") from None

    def _last_rows(self) -> Iterator[str]:
        """Write the rows that were added, in the manner of the last one before them."""
        found = _ROW_END.search(self._text)
        end = found[0] if found else "\n"
        if self._appended and not self._text.endswith(("\n", "\r")):
            yield end
        last = self._rows[-1] if len(self._rows) > self._header + 1 else []
        quoted = bool(last) and all(self._text[a:b].startswith('"') for a, b in last)
        for cells in self._appended:
            texts = (
                neutralise(cells.get(name, ""), formulas=False) for name in self.columns
            )
            yield self._separator.join(self._written(t, quoted) for t in texts)
            yield end

    def _more(self, index: int) -> Iterator[str]:
        """Write the cells of the added columns of a row."""
        for number, column in enumerate(self._added):
            text = column if index == self._header else ""
            text = self._changed.get((index, self._width + number), text)
            yield self._separator + self._written(text, quoted=False)

    def _written(self, text: str, quoted: bool) -> str:
        if quoted or any(sign in text for sign in (self._separator, '"', "\r", "\n")):
            return '"' + text.replace('"', '""') + '"'
        return text

    def _content(self, index: int, place: int) -> str:
        if index >= len(self._rows) or place >= len(self._rows[index]):
            return ""
        start, end = self._rows[index][place]
        text = self._text[start:end]
        return text[1:-1].replace('""', '"') if text.startswith('"') else text

    def _filled(self, index: int) -> bool:
        places = range(len(self._rows[index]))
        return any(self._content(index, place).strip() for place in places)


def _exact(encoding: str, data: bytes) -> str:
    """Name the codec that keeps a byte order mark as a letter, there and back."""
    if encoding == "utf-16":
        return "utf-16-le" if data.startswith(b"\xff\xfe") else "utf-16-be"
    return "utf-8" if encoding == "utf-8-sig" else encoding


def _rows(
    text: str, start: int, separator: str, name: str
) -> Iterator[list[tuple[int, int]]]:
    """Give the place of every cell, row by row, as Python's csv would part them."""
    bare = re.compile(f"[^{re.escape(separator)}\r\n]*")
    while start < len(text):
        spans: list[tuple[int, int]] = []
        while True:
            cell = (_QUOTED if text.startswith('"', start) else bare).match(text, start)
            if cell is None:
                raise UsageError(
                    f"{name} cannot be edited: a quote is never closed",
                    "whosays check says where",
                )
            spans.append(cell.span())
            start = cell.end()
            if not text.startswith(separator, start):
                break
            start += 1
        end = _ROW_END.match(text, start)
        if end is None and start < len(text):
            raise UsageError(
                f"{name} cannot be edited: a closing quote is followed by text",
                "whosays check says where",
            )
        start = end.end() if end else start
        yield spans
