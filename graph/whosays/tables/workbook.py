"""Sheets of workbooks (.xlsx), checked before anything is unpacked."""

from __future__ import annotations

import contextlib
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from whosays.errors import MissingExtra
from whosays.tables.bytesource import Bytes, Refused
from whosays.tables.log import Log
from whosays.tables.records import COLUMN_LIMIT, FILE_LIMIT, Record, letters

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

SHEETS = ("statements", "actors", "sources", "names", "relations")
OWN = "_whosays"
"""How the sheets begin that hold the lists of a template's drop-downs."""

_RATIO = 100
_SMALL = 1024 * 1024  # bytes; below it a good ratio of packing is no attack
_PARTS = 10_000
LARGE = 24 * 1024 * 1024  # bytes unpacked; beyond it a workbook is read as a stream
_CELLS = 5_000_000  # of the used range, filled or not
_CHUNK = 1024 * 1024
_PIECE = 1_000  # rows
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z0-9:]+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_HIDDEN = re.compile(rb'<(?:\w+:)?row [^>]*?hidden="(?:1|true)"')
_ENTITY = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MONTH_FORMAT = re.compile(r"^(?=.*m)(?=.*y)(?!.*d)[^h]*$", re.IGNORECASE)
_YEAR_FORMAT = re.compile(r"^(?=.*y)(?!.*[mdhs]).*$", re.IGNORECASE)
_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def read_sheet(source: Bytes, sheet: str, log: Log) -> Iterator[Record]:
    """Read the records of one sheet; without a name the only or the first known one.

    Raises:
        Refused: no workbook, too large when unpacked, or no such sheet.
        MissingExtra: openpyxl is not installed.
    """
    values = _book(source)
    with _damaged():
        name = _choose([str(title) for title in values.sheetnames], sheet, log)
        layout = _layout(source, values[name])
    for place in layout.merged:
        log.add("WS506", cell=place.partition(":")[0], value=place)
    if hidden := layout.hidden:
        log.add("WS522", value=f"{hidden:,} hidden row{'s' if hidden > 1 else ''}")
    formulas: Any = _book(source, formulas=True)[name] if layout.formulas else None
    if formulas is not None and source.size > LARGE:
        formulas.reset_dimensions()  # as those of the values
    return _records(values[name], formulas, log)


def titles(source: Bytes) -> list[str]:
    """List the sheets of a workbook, without those that a template keeps for itself.

    Raises:
        Refused: no workbook, or too large when unpacked.
        MissingExtra: openpyxl is not installed.
    """
    found = [str(title) for title in _book(source).sheetnames]
    return [title for title in found if not title.startswith(OWN)]


def _book(source: Bytes, *, formulas: bool = False) -> Workbook:
    """Load the values or the formulas, once for all sheets."""
    if formulas not in source.kept:
        if not source.kept:
            _check_archive(source)
        try:
            import openpyxl
        except ImportError:
            raise MissingExtra("xlsx", "reading workbooks") from None
        with _damaged():
            source.kept[formulas] = openpyxl.load_workbook(
                source.in_memory(),
                read_only=source.size > LARGE,
                data_only=not formulas,
            )
    book: Workbook = source.kept[formulas]
    return book


def _choose(titles: list[str], sheet: str, log: Log) -> str:
    by_name = {title.strip().casefold(): title for title in titles}
    wanted = [sheet.casefold()] if sheet else [*SHEETS, *by_name][: len(SHEETS) + 1]
    for name in wanted:
        if name in by_name:
            chosen = by_name[name]
            break
    else:
        raise Refused("WS517", sheet, fix=titles[0] if len(titles) == 1 else "")
    if not log.table.endswith("]"):
        log.table = f"{log.table}[{chosen}]"
    for title in () if sheet else titles:  # who names a sheet knows of the others
        other = title != chosen and not title.startswith(OWN)
        if other and title.strip().casefold() not in SHEETS:
            log.add("WS521", value=title)
    return chosen


class _Layout(NamedTuple):
    """What a sheet has besides its cells."""

    merged: list[str]
    hidden: int
    formulas: bool


def _layout(source: Bytes, sheet: Worksheet) -> _Layout:
    """Tell what a sheet has besides its cells; one too large has to be searched."""
    if source.size <= LARGE:
        if sheet.max_column > COLUMN_LIMIT:
            raise Refused("WS509", f"{sheet.max_column:,} columns; at most 1,000")
        if sheet.max_column * sheet.max_row > _CELLS:
            raise Refused("WS509", f"a used range of {sheet.dimensions}")
        hidden = sum(1 for row in sheet.row_dimensions.values() if row.hidden)
        return _Layout([str(one) for one in sheet.merged_cells.ranges], hidden, True)
    merged, hidden, formulas, rest = [], 0, False, b""
    part: Any = sheet  # openpyxl knows where a sheet lies, and does not tell
    part.reset_dimensions()  # they may be wrong
    with (
        source.open() as file,
        zipfile.ZipFile(file) as archive,
        archive.open(part._worksheet_path) as xml,
    ):
        while chunk := xml.read(_CHUNK):
            text = rest + chunk
            end = max(text.rfind(b"<"), 0)  # a tag that is cut waits
            rest = text[end:][:_CHUNK]
            hidden += len(_HIDDEN.findall(text, 0, end))
            merged += [one.decode() for one in _MERGED.findall(text, 0, end)]
            formulas = formulas or _FORMULA.search(text, 0, end) is not None
    return _Layout(merged, hidden, formulas)


def _records(
    values: Worksheet, formulas: Worksheet | None, log: Log
) -> Iterator[Record]:
    """Read every row up to the last one with a value, hidden ones too."""
    pairs = (
        zip(values.iter_rows(), formulas.iter_rows(), strict=True)
        if formulas
        else ((row, row) for row in values.iter_rows())
    )
    rows = enumerate(pairs, 1)
    piece: Any = True
    width = 0
    while piece:
        try:
            with _damaged():
                piece = list(islice(rows, _PIECE))
        except Refused as refused:
            log.add(refused.code, value=refused.value, **refused.more)
            return
        for number, (row, calculated) in piece:
            if any(cell.value is not None for cell in row[COLUMN_LIMIT:]):
                log.lose("WS509", row=number, value="more than 1,000 columns")
                continue
            cells = [
                _text(cell, formula, number, place, log)
                for place, (cell, formula) in enumerate(
                    zip(row[:COLUMN_LIMIT], calculated, strict=False)
                )
            ]
            if any(cell.strip() for cell in cells):
                width = max(width, len(cells))  # in a stream rows end where they end
                yield Record(number, cells + [""] * (width - len(cells)))


def _text(cell: Cell, formula: Cell, row: int, position: int, log: Log) -> str:
    """Write one cell as the text that was meant."""
    value: Any = cell.value
    if type(value) is str and cell.data_type != "e":
        return value
    place = f"{letters(position)}{row}"
    if value is None:
        if formula.value is not None and formula.data_type == "f":
            log.add("WS505", cell=place)
        return ""
    if cell.data_type == "e":
        log.add("WS518", cell=place, value=str(value))
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return _date(value, str(cell.number_format), place, log)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, time):
        return value.isoformat()
    return str(value)


def _date(value: datetime | date, format_: str, place: str, log: Log) -> str:
    """Write a date cell as the year, the month or the day that its format shows.

    A time of day is no part of a date: it is written too, so that it is refused.
    """
    format_ = _LITERALS.sub("", format_)
    day = f"{value.year:04}-{value.month:02}-{value.day:02}"
    for pattern, length in ((_MONTH_FORMAT, 7), (_YEAR_FORMAT, 4)):
        if pattern.match(format_):
            log.add("WS202", cell=place, value=day[:length])
            return day[:length]
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat(" ", "minutes")
    return day


def _check_archive(source: Bytes) -> None:
    """Refuse archives that unpack to too much, and XML that defines entities."""
    with source.open() as file:
        if file.read(4) == b"\xd0\xcf\x11\xe0":
            raise Refused("WS516", "old .xls or encrypted")
    with _damaged(), source.open() as file, zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if "mimetype" in names and "content.xml" in names:
            raise Refused("WS516", ".ods")
        size = sum(part.file_size for part in parts)
        packed = sum(part.compress_size for part in parts)
        source.unpacked = size
        if size > FILE_LIMIT or len(parts) > _PARTS:
            raise Refused("WS509", f"{size / 2**20:,.0f} MiB when unpacked")
        if size > _SMALL and size > _RATIO * packed:
            raise Refused("WS509", "packed more than a hundredfold")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as text:
                    if _ENTITY.search(text.read(4096)):
                        raise Refused("WS508", "it defines XML entities")


@contextlib.contextmanager
def _damaged() -> Iterator[None]:
    """Turn whatever a broken workbook raises into a refusal.

    zipfile, the XML parser and openpyxl raise an open-ended set of errors on broken
    input, so the list is long, and each member was met.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drop-downs that openpyxl leaves out
            yield
    except Refused:
        raise
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        EOFError,
        LookupError,
        MemoryError,
        NotImplementedError,
        OSError,
        RecursionError,
        RuntimeError,
        SyntaxError,  # xml.etree.ElementTree.ParseError
        TypeError,
        ValueError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        reason = f"the workbook is damaged ({type(error).__name__})"
        mend = "save it again as .xlsx; what is plain text is called .csv"
        raise Refused("WS508", reason, instructions=mend) from None
