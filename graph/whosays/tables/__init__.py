"""Reading the tables of strangers: CSV, TSV, XLSX and JSON lines, cell by cell.

Every cell is stored, refused with its place, or reported; nothing is dropped in
silence. Rows are numbered as a spreadsheet numbers them, and a table of a million rows
can be streamed. Bad bytes never raise: they are problems of the table.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from whosays.problems import Ledger
from whosays.tables.bytesource import Bytes, Refused
from whosays.tables.header import Header, read_header
from whosays.tables.log import Log
from whosays.tables.original import Original
from whosays.tables.records import CELL_LIMIT, Record, Row, Table, address
from whosays.tables.rows import row_of
from whosays.tables.safe import neutralise, restore
from whosays.tables.separated import Separated

__all__ = [
    "CELL_LIMIT",
    "Bytes",
    "Log",
    "Original",
    "Record",
    "Refused",
    "Row",
    "Table",
    "TableReader",
    "address",
    "is_workbook",
    "kind_of",
    "neutralise",
    "read_table",
    "records_of",
    "restore",
]

_WORKBOOKS = (".xlsx", ".xlsm")
_LINES = (".jsonl", ".ndjson")
_OTHERS = {
    ".ods": ".ods",
    ".xls": "old .xls",
    ".xlsb": ".xlsb",
    ".numbers": ".numbers",
}


def read_table(
    source: str | os.PathLike[str] | bytes,
    name: str = "",
    columns: Iterable[str] = (),
    *,
    required: Iterable[str] = (),
    encoding: str = "",
    sheet: str = "",
) -> Table:
    """Read a whole table.

    ``columns`` are the known columns, ``required`` those without which no row can be
    read. ``name`` stands in the problems; ``encoding`` is used when there is no byte
    order mark (default UTF-8); ``sheet`` is the sheet of a workbook.

    Raises:
        UsageError: unknown encoding.
        MissingExtra: a workbook, and openpyxl is not installed.
    """
    reader = TableReader(
        source, name, columns, required=required, encoding=encoding, sheet=sheet
    )
    rows = tuple(reader)
    return Table(
        name=reader.name,
        header=reader.header.names,
        rows=rows,
        problems=tuple(reader.problems),
        misnamed=reader.misnamed,
    )


class TableReader:
    """A table as a stream of rows; ``problems`` fill up while it is read.

    Whoever acts on rows before the end must be able to undo it: the last row may be
    the one with the error.
    """

    def __init__(
        self,
        source: str | os.PathLike[str] | bytes | Bytes,
        name: str = "",
        columns: Iterable[str] = (),
        *,
        required: Iterable[str] = (),
        encoding: str = "",
        sheet: str = "",
        reads_as: str = "",
        ledger: Ledger | None = None,
    ) -> None:
        """Look at the bytes and the header; see ``read_table``.

        ``reads_as`` is a name that tells the kind of file where ``name`` does not.
        With ``ledger`` the problems go there, and not into a list of its own.
        """
        if isinstance(source, (str, os.PathLike)):
            source = Path(source)
            name = name or source.name
        self._log = Log(f"{name}[{sheet}]" if sheet else name, ledger)
        self._columns = tuple(columns)
        self._records: Iterator[Record] = iter(())
        self.header = Header()
        self._met = self._lost = 0
        before = len(self.problems)
        try:
            if not isinstance(source, Bytes):
                source = Bytes(source)
            self._records = records_of(
                source, reads_as or name, self._columns, encoding, sheet, self._log
            )
        except Refused as refused:
            self._log.add(refused.code, value=refused.value, **refused.more)
            return
        first = next(self._records, None)
        if first is None and len(self.problems) > before:
            return
        self.header = read_header(first, self._columns, tuple(required), self._log)
        self._lost = self._log.lost if self.header.row else 0

    @property
    def name(self) -> str:
        """The table as problems name it: file, and sheet in brackets."""
        return self._log.table

    @property
    def count(self) -> int:
        """The rows met so far below the header, good or bad."""
        return self._met + self._log.lost - self._lost

    @property
    def problems(self) -> Ledger:
        """The problems found so far."""
        return self._log.problems

    @property
    def names(self) -> tuple[str, ...]:
        """The columns by position; lines of JSON have none."""
        return self.header.names if self.header.row else ()

    @property
    def misnamed(self) -> bool:
        """Tell whether a column has a name that is not known."""
        return self.header.misnamed

    def cell(self, row: int | Row, column: str) -> str:
        """Name a cell as a spreadsheet does."""
        number = row.number if isinstance(row, Row) else row
        return address(self.names, number, column)

    def __iter__(self) -> Iterator[Row]:
        """Read the rows below the header, good ones only, once."""
        for record in self._records:
            self._met += 1
            if self.header.readable:
                row = row_of(record, self.header, self._columns, self._log)
                if row is not None:
                    yield row
        self._log.close()


def records_of(
    source: Bytes,
    name: str,
    columns: Iterable[str],
    encoding: str,
    sheet: str,
    log: Log,
) -> Iterator[Record]:
    """Read the records of a table, header included, whatever kind of file it is.

    Raises:
        Refused: no table can be read there.
    """
    kind = kind_of(source, name)
    if kind in _OTHERS:
        raise Refused("WS516", _OTHERS[kind])
    if kind in _WORKBOOKS or (sheet and not kind):
        from whosays.tables.workbook import read_sheet

        return read_sheet(source, sheet, log)
    if kind in _LINES:
        from whosays.tables.lines import read_objects

        found = read_objects(source, tuple(columns), source.encoding(encoding), log)
    else:
        found = Separated(source, encoding, tuple(columns), log).records()
    if encoding and source.telling and not source.marked:
        log.add("WS527", value=f"{encoding}: {', '.join(source.telling)}")
    return found


def kind_of(source: Bytes, name: str) -> str:
    """Tell the kind of a table by its name, else by how it begins; empty: separated."""
    kind = os.path.splitext(name)[1].lower()
    if kind:
        return kind
    start = source.start()
    if start.startswith(b"PK\x03\x04"):
        return ".xlsx"
    return ".jsonl" if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") else ""


def is_workbook(source: Bytes, name: str) -> bool:
    """Tell whether a file has sheets."""
    return kind_of(source, name) in _WORKBOOKS
