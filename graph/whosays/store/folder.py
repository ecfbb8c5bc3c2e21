"""A store on disk: written once into a new folder, then only read.

Opening one takes a fraction of the time of loading the quads again, which is what a
command that asks one question mostly waits for.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, cast

from whosays.errors import OutsideError
from whosays.store.results import Result


def write_folder(folder: Path, nquads: bytes | Iterable[bytes]) -> None:
    """Load N-Quads of ours, whole or in pieces, into a new store and close it.

    Pieces end with a line. The engine holds all that it is given at once, several
    times over, so it is given a part after the other.

    Raises:
        OutsideError: the folder cannot be written.
    """
    import pyoxigraph

    pieces = iter((nquads,) if isinstance(nquads, bytes) else nquads)
    try:
        store = pyoxigraph.Store(str(folder))
        for first in pieces:
            part = cast("IO[bytes]", _Part(first, pieces))
            store.bulk_load(part, pyoxigraph.RdfFormat.N_QUADS, lenient=True)
        store.optimize()  # opening it is a quarter quicker then
        store.flush()
    except OutsideError:
        raise  # from where the pieces come from
    except OSError as error:
        raise unwritable(folder, error) from error


def unwritable(folder: Path, why: object) -> OutsideError:
    """Say that a store cannot be written."""
    return OutsideError(f"{folder} cannot be written: {why}", code="WS902")


PART = 256 * 1024 * 1024
"""Bytes of N-Quads, some two million, that the engine sorts at once."""


class _Part(io.RawIOBase):
    """Pieces as one file, which ends after so many bytes."""

    def __init__(self, first: bytes, rest: Iterator[bytes]) -> None:
        self._piece = io.BytesIO(first)
        self._rest = rest
        self._left = PART - len(first)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        taken = self._piece.read(size)
        if not taken and size and self._left > 0:
            piece = next(self._rest, b"")
            self._left -= len(piece)
            self._piece = io.BytesIO(piece)
            taken = self._piece.read(size)
        return taken


def read_folder(folder: Path) -> bytes:
    """Give all quads of a store on disk as N-Quads.

    Raises:
        OutsideError: the store is damaged.
    """
    import pyoxigraph

    try:
        store = pyoxigraph.Store.read_only(str(folder))
        return store.dump(format=pyoxigraph.RdfFormat.N_QUADS) or b""
    except OSError as error:
        message = f"{folder} cannot be read: {error}"
        raise OutsideError(message, "Delete it: it is built again") from error


def ask_folder(
    folder: Path, text: str, prefixes: Mapping[str, str], rows: str, graph: str
) -> Result:
    """Answer a query of ours from a store on disk, in this process.

    Only for texts of this package and small stores: the engine cannot be stopped here.

    Raises:
        OutsideError: the store is damaged.
    """
    import pyoxigraph

    try:
        store = pyoxigraph.Store.read_only(str(folder))
        answer = store.query(text, prefixes=dict(prefixes))
        if isinstance(answer, pyoxigraph.QueryTriples):
            from whosays.store.memory import rdf_format  # it loads much else

            content = answer.serialize(format=rdf_format(graph))
            return Result(kind="graph", format=graph, content=content or b"")
        form = getattr(pyoxigraph.QueryResultsFormat, rows.upper())
        content = answer.serialize(format=form)
    except OSError as error:
        message = f"{folder} cannot be read: {error}"
        raise OutsideError(message, "Delete it: it is built again") from error
    if isinstance(answer, pyoxigraph.QueryBoolean):
        return Result(kind="ask", format=rows, content=content or b"")
    names = tuple(variable.value for variable in answer.variables)
    return Result(kind="select", format=rows, content=content or b"", variables=names)
