"""The bytes of a table: limits and encoding are settled before a row is read."""

from __future__ import annotations

import codecs
import io
import os
import re
import stat
from pathlib import Path
from typing import Any, BinaryIO

from whosays.errors import UsageError
from whosays.tables.records import FILE_LIMIT
from whosays.text import one_line

_CHUNK = 1024 * 1024
_TELLING = 3
# Bounded: with * the time would grow with the square of a long run of letters.
_WORD = re.compile(r"\w{0,30}[^\W\x00-\x7f]\w{0,30}")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TABLES = frozenset({"idna", "punycode", "undefined", "utf-7", "mbcs", "oem"})
_PICTURES = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a workbook or archive"),
    (b"\xd0\xcf\x11\xe0", "an old .xls workbook"),
    (b"\x1f\x8b", "a packed file"),
)


class Refused(Exception):
    """A file that cannot be read at all; never leaves this package."""

    def __init__(self, code: str, value: str, **more: str) -> None:
        """Keep what the problem needs."""
        super().__init__(code)
        self.code = code
        self.value = value
        self.more: dict[str, Any] = more


class Bytes:
    """A file or bytes in memory that can be opened several times."""

    def __init__(self, source: Path | bytes) -> None:
        """Check kind and size; a pipe is read into memory up to the limit."""
        self.kept: dict[
            bool, Any
        ] = {}  # what its reader made of it, for the next sheet
        self.telling: list[str] = []  # words that depend on the encoding
        self.unpacked = 0  # bytes, of a workbook
        self._open: BinaryIO = io.BytesIO()
        self._source = source
        try:
            size = self._bytes = self._size()
        except (OSError, ValueError) as error:
            raise _unreadable(error) from None
        if size > FILE_LIMIT:
            mib = -(-size // 2**20)
            raise Refused("WS509", f"{mib:,} MiB; a table may have 256 MiB")

    def _size(self) -> int:
        if isinstance(self._source, bytes):
            return len(self._source)
        found = os.stat(self._source)
        if stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode):
            return found.st_size
        with open(self._source, "rb") as file:
            self._source = file.read(FILE_LIMIT + 1)
        return len(self._source)

    def open(self) -> BinaryIO:
        """Open it from the start."""
        if isinstance(self._source, bytes):
            self._open = io.BytesIO(self._source)
            return self._open
        try:
            self._open = file = open(self._source, "rb")  # noqa: SIM115  (the caller's)
            return file
        except (OSError, ValueError) as error:
            raise _unreadable(error) from None

    def read(self) -> bytes:
        """Give all of it."""
        with self.open() as file:
            return file.read()

    def in_memory(self) -> BinaryIO:
        """Open a copy that nobody has to close; ``share`` follows the last one."""
        self._open = io.BytesIO(self.read())
        return self._open

    @property
    def share(self) -> float:
        """Tell how much of it was read, from 0 to 1."""
        try:
            return self._open.tell() / max(self._bytes, 1)
        except (ValueError, OSError):
            return 1.0

    def start(self) -> bytes:
        """Give the first bytes; none where it cannot be read."""
        try:
            with self.open() as file:
                return file.read(64)
        except (OSError, Refused):
            return b""

    @property
    def marked(self) -> bool:
        """Tell whether its first bytes say the encoding."""
        return any(self.start().startswith(mark) for mark, _ in _MARKS)

    @property
    def size(self) -> int:
        """The number of bytes, unpacked."""
        return max(self._bytes, self.unpacked)

    def encoding(self, wanted: str) -> str:
        """Find the encoding and prove that all bytes follow it."""
        try:
            with self.open() as file:
                return _encoding(file, wanted, self.telling)
        except OSError as error:
            raise _unreadable(error) from None


def _encoding(file: BinaryIO, wanted: str, telling: list[str]) -> str:
    start = file.read(8)
    file.seek(0)
    name = _chosen(start, wanted)
    decoder = codecs.getincrementaldecoder(name)("strict")
    lines, offset, pending = 1, 0, 0
    chunk = b"."
    while chunk:
        chunk = file.read(_CHUNK)
        try:
            text = decoder.decode(chunk, not chunk)
        except UnicodeDecodeError as error:
            place = max(error.start - pending, 0)
            line = lines + chunk[:place].count(b"\n")
            bad = error.object[error.start : error.start + 1].hex().upper()
            raise _not_text(start, line, offset + place, bad) from None
        except UnicodeError:
            raise _not_text(start, lines, offset, "") from None
        if len(telling) < _TELLING and not text.isascii():
            words = dict.fromkeys(match[0] for match in _WORD.finditer(text))
            telling += [word for word in words if word not in telling]
            del telling[_TELLING:]
        lines += text.count("\n")
        offset += len(chunk)
        pending = len(decoder.getstate()[0])
    return name


def _chosen(start: bytes, wanted: str) -> str:
    for mark, name in _MARKS:
        if start.startswith(mark):
            if not name:
                raise Refused("WS501", "UTF-32", text="is UTF-32, which is not read")
            return name
    if not wanted:
        return "utf-8"
    try:
        name = codecs.lookup(wanted).name
        b"a".decode(name)
    except UnicodeError:
        pass  # one byte is no character there
    except (LookupError, ValueError):
        name = ""
    if not name or name in _NO_TABLES or "escape" in name:
        raise UsageError(
            f"no encoding “{one_line(wanted)}” for tables",
            "Known ones: utf-8, utf-16, cp1252, cp1256",
        )
    return name


def _not_text(start: bytes, line: int, offset: int, bad: str) -> Refused:
    for magic, kind in _PICTURES:
        if start.startswith(magic):
            return Refused(
                "WS501",
                kind,
                text=f"line {line} is not UTF-8: this is {kind}, not a table",
                instructions="save the table as “CSV UTF-8”",
            )
    byte = f"byte {bad} " if bad else ""
    return Refused(
        "WS501",
        bad,
        text=f"line {line}: {byte}at offset {offset:,} is not text in the encoding",
    )


def _unreadable(error: OSError | ValueError) -> Refused:
    reason = getattr(error, "strerror", None) or "the name is not usable"
    return Refused("WS508", reason[:1].lower() + reason[1:])
