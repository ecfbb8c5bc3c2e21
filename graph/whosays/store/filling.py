"""A store on disk that is filled while its quads, and other things, are still made.

The engine takes what Python gives it in small bites and asks for the interpreter at each,
so in a thread it would wait for whatever else is done here. A process of its own reads
from a pipe, and gives all its memory back when it ends.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from types import TracebackType
from typing import IO, Self

from whosays.store.folder import PART, unwritable
from whosays.worker import scratch

_FILLER = Path(__file__).parents[1] / "worker" / "filler.py"
_ON_THEIR_WAY = 1024 * 1024  # bytes in the pipe, where the system allows so many
_LOOK = 0.2  # seconds between two words on how far it has come


class Filling:
    """Fills a new store from N-Quads of ours, which a thread fetches as they are taken.

    Pieces end with a line. However the ``with`` block ends, no process is left behind.
    """

    def __init__(self, folder: Path, pieces: Iterable[bytes]) -> None:
        """Begin.

        Raises:
            OutsideError: the system starts no process.
        """
        self._folder = folder
        self._quads = 0
        self._complaint = scratch()
        command = [sys.executable, "-I", "-S", str(_FILLER)]
        try:
            # A session of its own: Ctrl-C is for the parent, which then ends the child.
            self._child = Popen(
                command,
                bufsize=0,
                stdin=PIPE,
                stdout=DEVNULL,
                stderr=self._complaint,
                start_new_session=True,
                pipesize=_ON_THEIR_WAY,
            )
        except OSError as error:
            raise unwritable(folder, error) from error
        assert self._child.stdin is not None
        self._threads = ThreadPoolExecutor(1, "filling")
        self._giving = self._threads.submit(self._give, self._child.stdin, pieces)

    def __enter__(self) -> Self:
        """Go on with other work."""
        return self

    def done(self, tell: Callable[[int], None]) -> None:
        """Wait until the store is full; tell now and then how many quads it was given.

        Raises:
            OutsideError: the folder cannot be written; also whatever comes up where
                the pieces are made.
        """
        tell(self._quads)
        while wait([self._giving], _LOOK).not_done:
            tell(self._quads)
        self._giving.result()
        if self._child.wait():
            self._complaint.seek(0)
            said = self._complaint.read().decode("utf-8", "replace").strip()
            code = f"the engine ended with {self._child.returncode}"
            raise unwritable(self._folder, said.rpartition("\n")[2] or code)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End what has not ended."""
        if self._child.poll() is None:
            self._child.kill()
            self._child.wait()
        self._threads.shutdown()
        self._complaint.close()

    def _give(self, pipe: IO[bytes], pieces: Iterable[bytes]) -> None:
        """Write the order and the pieces, until the other end is gone."""
        order = {
            "path": [entry for entry in sys.path if entry],
            "folder": str(self._folder),
            "part": PART,
            "parent": os.getpid(),
        }
        with pipe:
            if _written(pipe, marshal.dumps(order)):
                for piece in pieces:
                    if not _written(pipe, piece):
                        break
                    self._quads += piece.count(b"\n")


def _written(pipe: IO[bytes], data: bytes) -> bool:
    """Write all of it into a pipe; False if nobody reads it any more."""
    rest = memoryview(data)
    try:
        while rest:
            rest = rest[pipe.write(rest) :]
    except OSError:
        return False
    return True
