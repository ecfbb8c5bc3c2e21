"""Reading the tables of strangers: CSV, TSV and XLSX, cell by cell.

Every cell is stored, refused with its place, or reported; nothing is dropped in
silence. Rows are numbered as a spreadsheet numbers them, and a table of a million rows
can be streamed. Bad bytes never raise: they are problems of the table.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from whosays.problems import Problem
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
    "Original",
    "Row",
    "Table",
    "TableReader",
    "address",
    "neutralise",
    "read_table",
    "restore",
]

_WORKBOOKS = (".xlsx", ".xlsm")
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
    )


class TableReader:
    """A table as a stream of rows; ``problems`` fill up while it is read.

    Whoever acts on rows before the end must be able to undo it: the last row may be
    the one with the error.
    """

    def __init__(
        self,
        source: str | os.PathLike[str] | bytes,
        name: str = "",
        columns: Iterable[str] = (),
        *,
        required: Iterable[str] = (),
        encoding: str = "",
        sheet: str = "",
    ) -> None:
        """Look at the bytes and the header; see ``read_table``."""
        if not isinstance(source, bytes):
            source = Path(source)
            name = name or source.name
        self._log = Log(f"{name}[{sheet}]" if sheet else name)
        self._columns = tuple(columns)
        self._records: Iterator[Record] = iter(())
        self.header = Header()
        try:
            self._records = self._open(Bytes(source), name, encoding, sheet)
        except Refused as refused:
            self._log.add(refused.code, value=refused.value, **refused.more)
            return
        first = next(self._records, None)
        if first is None and self.problems:
            return
        self.header = read_header(first, self._columns, tuple(required), self._log)

    @property
    def name(self) -> str:
        """The table as problems name it: file, and sheet in brackets."""
        return self._log.table

    @property
    def problems(self) -> list[Problem]:
        """The problems found so far."""
        return self._log.problems

    def cell(self, row: int, column: str) -> str:
        """Name a cell as a spreadsheet does."""
        return address(self.header.names, row, column)

    def __iter__(self) -> Iterator[Row]:
        """Read the rows below the header, good ones only, once."""
        if not self.header.readable:
            return
        for record in self._records:
            row = row_of(record, self.header, self._columns, self._log)
            if row is not None:
                yield row
        self._log.close()

    def _open(
        self, source: Bytes, name: str, encoding: str, sheet: str
    ) -> Iterator[Record]:
        suffix = os.path.splitext(name)[1].lower()
        if suffix in _OTHERS:
            raise Refused("WS516", _OTHERS[suffix])
        if suffix in _WORKBOOKS or (sheet and not suffix):
            from whosays.tables.workbook import read_sheet

            return read_sheet(source, sheet, self._log)
        return Separated(source, encoding, self._columns, self._log).records()
