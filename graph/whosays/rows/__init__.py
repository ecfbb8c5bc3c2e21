"""Rows: what a query answers, typed, for people, files and data frames.

`Rows` are all there at once; `Streamed` rows are made while they are written.
"""

from whosays.rows.streamed import FORMATS, Streamed, Value, texts
from whosays.rows.table import SHOWN, Rows

__all__ = ["FORMATS", "SHOWN", "Rows", "Streamed", "Value", "texts"]
