"""Comma, semicolon and tab: records with their row numbers, whatever the quotes do.

Python's csv swallows everything behind a quote that is never closed. Here the row where
the quote opens is refused and the reading goes on with the next line, so that one slip
costs one row.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Generator, Iterator
from typing import TextIO

from whosays.tables.bytesource import Bytes
from whosays.tables.header import fold_once, folded
from whosays.tables.log import Log
from whosays.tables.records import ROW_LIMIT, Record

_SEPARATORS = (",", ";", "\t")
_OTHERS = re.compile("[;\t]")
_SEPARATOR_LINE = re.compile(r'"?sep=([,;:|\t])"?[\r\n]*')
_RETURNS = 20  # how often the reading may go back to a line, each a pass over the file


class _TooLong(Exception):
    """A line or record over the limit."""


class _Lines(Iterator[str]):
    """Physical lines with their count, none longer than the limit."""

    def __init__(self, text: TextIO, skip: int) -> None:
        self._text = text
        self.number = 0
        self.used = 0  # characters of the present record
        self.last = ""
        while self.number < skip:
            if not self._skip_rest("."):
                break
            self.number += 1

    def __next__(self) -> str:
        line = self._text.readline(ROW_LIMIT + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.used += len(line)
        if self.used > ROW_LIMIT:
            self._skip_rest(line)
            self.last = '"'  # not known to be whole
            raise _TooLong
        self.last = line
        return line

    def quotes(self) -> int | None:
        """Count the quotes of the next line, however long; None at the end."""
        line = self._text.readline(ROW_LIMIT + 1)
        if not line:
            return None
        self.number += 1
        count = line.count('"')
        while line and line[-1] not in "\r\n":
            line = self._text.readline(ROW_LIMIT + 1)
            count += line.count('"')
        return count

    def _skip_rest(self, line: str) -> bool:
        """Go to the end of the line; tell whether there was anything."""
        found = False
        while line and line[-1] not in "\r\n":
            line = self._text.readline(ROW_LIMIT + 1)
            found = found or bool(line)
        return found


class Separated:
    """A table of separated values."""

    def __init__(
        self, source: Bytes, encoding: str, columns: Collection[str], log: Log
    ) -> None:
        """Settle encoding and separator; the one that finds most columns wins."""
        self._source = source
        self.encoding = source.encoding(encoding)
        self._log = log
        with self._text() as text:
            match = _SEPARATOR_LINE.fullmatch(text.readline(16))
        self.skip = 1 if match else 0  # spreadsheets do not count it as a row
        self.separator = match[1] if match else self._find_separator(columns)

    def records(self) -> Iterator[Record]:
        """Read all records; blank lines count as rows and are left out."""
        number, start, returns = 0, self.skip, 0
        try:
            while start >= 0:
                if returns > _RETURNS:
                    stop = "reading stopped here: too many rows with open quotes"
                    self._log.lose("WS511", row=number + 1, text=stop)
                    return
                number, start = yield from self._read_from(number, start)
                returns += 1
        except (OSError, UnicodeError):
            self._log.add("WS508", value="it changed while it was read")

    def _read_from(
        self, number: int, start: int
    ) -> Generator[Record, None, tuple[int, int]]:
        """Read on from a line; return the row and the line to go on from, or -1."""
        with self._text() as text:
            lines = _Lines(text, start)
            reader = csv.reader(lines, delimiter=self.separator, strict=True)
            while True:
                begin = lines.number
                lines.used = 0
                try:
                    cells = next(reader)
                except StopIteration:
                    return number, -1
                except (csv.Error, _TooLong) as error:
                    number += 1
                    resume = self._refuse(number, begin, lines, error)
                    if resume != lines.number:
                        return number, resume
                    continue
                number += 1
                if any(map(str.strip, cells)):
                    yield Record(number, cells, lines.number - begin)

    def _refuse(self, number: int, begin: int, lines: _Lines, error: Exception) -> int:
        """Report the record that begins after a line; return the line to go on from."""
        taken = lines.number - begin
        message = str(error)
        if isinstance(error, _TooLong) or "larger than" in message:
            whole = taken == 1 and not lines.last.count('"') % 2
            end = lines.number if whole else self._end_of_record(begin)
            if end >= 0:
                what = "a cell of this row has more than 131,072 characters"
                if isinstance(error, _TooLong):
                    what = f"this row has more than {ROW_LIMIT:,} characters"
                self._log.lose("WS509", row=number, value=what)
                return end
        elif taken == 1 and "end of data" not in message:
            self._log.lose("WS515", row=number)
            return lines.number
        self._log.lose("WS511", row=number)
        return begin + 1

    def _end_of_record(self, begin: int) -> int:
        """Find the line after which all quotes of a record are closed, or -1."""
        open_quote = False
        with self._text() as text:
            lines = _Lines(text, begin)
            while (count := lines.quotes()) is not None:
                open_quote ^= bool(count % 2)
                if not open_quote:
                    return lines.number
        return -1

    def _find_separator(self, columns: Collection[str]) -> str:
        known = folded(tuple(columns)).keys()
        found = []
        for place, separator in enumerate(_SEPARATORS):
            cells = self._first_record(separator)
            score = len(known & set(map(fold_once, cells)))
            if place == 0 and score > 1 and not _OTHERS.search("".join(cells)):
                return separator  # with another, it would all be one cell
            found.append((-score, -len(cells), place, separator))
        return min(found)[3]

    def _first_record(self, separator: str) -> list[str]:
        with self._text() as text:
            lines = _Lines(text, self.skip)
            reader = csv.reader(lines, delimiter=separator, strict=True)
            try:
                for cells in reader:
                    if any(cell.strip() for cell in cells):
                        return cells
                    lines.used = 0
            except (csv.Error, _TooLong):
                return []
        return []

    def _text(self) -> TextIO:
        file = self._source.open()
        return io.TextIOWrapper(file, encoding=self.encoding, newline="")
