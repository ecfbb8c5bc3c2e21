"""Sheets of workbooks (.xlsx)."""

from __future__ import annotations

from collections.abc import Iterator

from whosays.tables.bytesource import Bytes, Refused
from whosays.tables.log import Log
from whosays.tables.records import Record


def read_sheet(source: Bytes, sheet: str, log: Log) -> Iterator[Record]:
    """Read the records of one sheet."""
    raise Refused("WS516", ".xlsx")
