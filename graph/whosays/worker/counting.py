"""Counting the rows of an answer while the engine writes it, so that it can be ended.

The engine writes rows natively and in pieces of any size. Each format has a mark that
stands once for every row and never inside a value; looking for it costs far less than
taking every row through Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from whosays.worker.child import Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    T = TypeVar("T")


class CountedRows:
    """A binary file over another that refuses to take more than ``most`` rows."""

    def __init__(self, output: Any, format: str, most: int) -> None:  # noqa: ANN401
        """Count for a format of rows: ``json``, ``xml``, ``csv`` or ``tsv``."""
        self._output = output
        self._count = _COUNTERS[format]()
        self._most = most
        self._rows = 0

    def write(self, data: bytes) -> int:
        """Pass the data on, or end the work."""
        self._rows += self._count.rows_in(data)
        if self._rows > self._most:
            raise too_many(self._most)
        written: int = self._output.write(data)
        return written

    def flush(self) -> None:
        """Pass the wish on."""
        self._output.flush()


def counted(answer: Iterable[T], most: int) -> Iterator[T]:
    """Pass triples on, and end the work when there are more than ``most``."""
    for number, one in enumerate(answer):
        if number == most:
            raise too_many(most)
        yield one


def too_many(most: int) -> Refused:
    """Report that the answer is longer than it may be."""
    return Refused("limit", f"more than {most} rows", what="rows")


class _Lines:
    """TSV: a line per row after the header; line breaks in values are escaped."""

    def __init__(self) -> None:
        self._header = 1

    def rows_in(self, data: bytes) -> int:
        found = data.count(b"\n")
        if self._header and found:
            self._header, found = 0, found - 1
        return found


class _QuotedLines:
    """CSV: the same, with line breaks in values that are quoted."""

    def __init__(self) -> None:
        self._header, self._inside = 1, 0

    def rows_in(self, data: bytes) -> int:
        parts = data.split(b'"')  # a doubled quotation mark leaves and enters at once
        found = sum(part.count(b"\n") for part in parts[self._inside :: 2])
        self._inside = (self._inside + len(parts) - 1) % 2
        if self._header and found:
            self._header, found = 0, found - 1
        return found


class _Elements:
    """XML: an element per row; a value cannot hold a bare angle bracket."""

    _MARK = b"<result>"

    def __init__(self) -> None:
        self._rest = b""

    def rows_in(self, data: bytes) -> int:
        data = self._rest + data
        self._rest = data[-len(self._MARK) + 1 :]
        return data.count(self._MARK)


class _Objects:
    """JSON: outside strings only a row begins with a brace after a comma or bracket."""

    def __init__(self) -> None:
        self._inside, self._rest = 0, b""

    def rows_in(self, data: bytes) -> int:
        data = (self._rest + data).replace(b"\\\\", b"__")
        self._rest = b"\\" if data.endswith(b"\\") else b""
        if self._rest:
            data = data[:-1]
        parts = data.replace(b'\\"', b"__").split(b'"')
        outside = parts[self._inside :: 2]
        self._inside = (self._inside + len(parts) - 1) % 2
        if not self._inside and outside[-1][-1:] in (b",", b"["):
            self._rest = outside[-1][-1:]  # counted with the brace that may follow
        return sum(part.count(b",{") + part.count(b"[{") for part in outside)


_COUNTERS: dict[str, Callable[[], _Lines | _QuotedLines | _Elements | _Objects]] = {
    "json": _Objects,
    "xml": _Elements,
    "csv": _QuotedLines,
    "tsv": _Lines,
}
