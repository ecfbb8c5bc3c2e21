r"""Separated values as text, which every reader parts again into the same cells.

Python's csv leaves a lone carriage return without quotes when lines end in a line
feed, and readers, Python's own among them, then see the end of a row there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice


class _Lines(io.StringIO):
    """Takes rows that end in CR LF, so that both are quoted in cells; ends them in LF."""

    def write(self, line: str) -> int:
        return super().write(line.removesuffix("\r\n") + "\n")


def delimited(rows: Iterable[Iterable[object]], separator: str = ",") -> str:
    r"""Write rows with a line feed after each, quotes only where they are needed.

    >>> delimited([("a", "b;c"), ("d\re", None)], ";")
    'a;"b;c"\n"d\re";\n'
    """
    return "".join(pieces(rows, separator))


def pieces(rows: Iterable[Iterable[object]], separator: str = ",") -> Iterator[str]:
    """Write rows as `delimited` does, some at a time."""
    rows = iter(rows)
    while some := list(islice(rows, _AT_ONCE)):
        lines = _Lines(newline="")
        writer = csv.writer(lines, delimiter=separator, lineterminator="\r\n")
        writer.writerows(some)
        yield lines.getvalue()


_AT_ONCE = 256
