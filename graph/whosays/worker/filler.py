"""The child process of ``store.filling``: fills a new store on disk from its stdin.

It runs with ``-I -S`` and imports the engine and nothing else. What it fills counts only
when it ends with 0; if it does not, its last line on stderr says why.
"""

from __future__ import annotations

import marshal
import os
import signal
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing costs more than importing the engine
    from typing import IO, Any


def main() -> None:
    """Fill the store that the order in front of the quads names."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us ends us
    source: Any = sys.stdin.buffer
    order = marshal.load(source)
    sys.path[:] = order["path"]
    import pyoxigraph

    try:
        store = pyoxigraph.Store(order["folder"])
        while source.peek(1):
            part: Any = Part(source, order["part"])
            store.bulk_load(part, pyoxigraph.RdfFormat.N_QUADS, lenient=True)
        if os.getppid() != order["parent"]:  # it was killed, and nobody waits
            os._exit(1)
        store.optimize()
        store.flush()
    except (OSError, SyntaxError) as error:
        sys.stderr.write(f"{error}\n")
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)  # letting go of all that memory takes a while


class Part:
    """So many bytes of a stream as a file, to the end of a line."""

    def __init__(self, source: IO[bytes], size: int) -> None:
        """Begin where the stream stands."""
        self._source = source
        self._left = size

    def read(self, size: int) -> bytes:
        """Give the next bytes; none at the end."""
        if self._left > 0:
            taken = self._source.read(min(size, self._left))
            self._left -= len(taken)
            if not self._left and not taken.endswith(b"\n"):
                self._left = 1
            return taken
        return b""


if __name__ == "__main__":
    main()
