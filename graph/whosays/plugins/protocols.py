"""What importers and exporters look like; an extractor is a `Proposer`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    from whosays.kg import KG

Row = Mapping[str, object]
"""A statement by the columns of the table; what is left out is empty."""


class Importer(Protocol):
    """Reads a file of some format; ``suffix`` is optional, such as ``".chat"``.

    Without one, files whose suffix is the name of the entry point are read.
    """

    def __call__(self, path: Path, /) -> Iterable[Row]:
        """Yield a row per statement."""


class Exporter(Protocol):
    """Writes a project in some format, for files that end in ``suffix``."""

    suffix: str

    def __call__(self, kg: KG, file: BinaryIO, /) -> int | None:
        """Write bytes; give the number of records if there is one."""
