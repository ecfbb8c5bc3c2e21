"""A read-only SPARQL 1.1 endpoint, named queries as addresses, and pages, on loopback.

It runs on the standard library's HTTP server: every client that was tried is served by
it, and there is nothing to install. Questions are evaluated in worker processes, which
can be ended; see `whosays.worker.pool`.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from whosays.worker import Limits

if TYPE_CHECKING:
    import os

SECONDS = 10.0
"""How long a question may take, unless told otherwise."""

ROWS = 1_000_000
"""How many rows or triples an answer may have, unless told otherwise."""


def _silent(text: str) -> None:
    """Tell nobody."""


class Server:
    """Serves a project; `run` until interrupted, then `close`."""

    def __init__(
        self,
        project: str | os.PathLike[str] | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 7878,
        limits: Limits | None = None,
        hosts: Collection[str] = (),
        origins: Collection[str] = (),
        allow_service: Collection[str] = (),
        notice: Callable[[str], None] = _silent,
        log: Callable[[str], None] | None = None,
    ) -> None:
        """Load the project and listen; requests wait until `run`.

        Args:
            project: Its folder; without one, the bundled project.
            host: The address to listen at.
            port: 0 for any that is free.
            limits: Of a question; by default `SECONDS` and `ROWS`.
            hosts: Further names that this computer may be called by.
            origins: Origins whose pages may read answers (CORS); ``*`` for all.
            allow_service: Hosts that SERVICE may name.
            notice: Told in a line when the files have changed.
            log: Told in a line of every request.

        Raises:
            DataError: the project's files have errors.
            OutsideError: the address is taken (WS905).
        """
        from whosays import resources
        from whosays.server.connection import Doors, Listener
        from whosays.server.generations import Generations
        from whosays.server.protocol import Desk
        from whosays.server.service import Service
        from whosays.worker.pool import Pool

        path = resources.bundled_project() if project is None else Path(project)
        named = {name.lower() for name in (*hosts, host)}
        names = named | {f"[{name}]" for name in named if ":" in name}
        doors = Doors(names, tuple(origins))
        limits = limits or Limits(seconds=SECONDS, rows=ROWS)
        self._pool = Pool(limits, network=bool(allow_service))
        self._scratch = Path(tempfile.mkdtemp(prefix="whosays-"))
        self._project: Generations | None = None
        try:
            self._project = Generations(path, self._scratch, notice)
            service = Service(self._project, Desk(self._pool, allow_service), limits)
            self._listener = Listener(host, port, service.respond, doors, log)
        except BaseException:
            self._end()
            raise

    @property
    def url(self) -> str:
        """The address of the first page, with a slash at its end."""
        return self._listener.url

    def run(self) -> None:
        """Answer requests until an exception ends it, such as that of Ctrl-C."""
        self._listener.serve_forever(poll_interval=0.2)

    def stop(self) -> None:
        """Let `run` in another thread come to its end."""
        self._listener.shutdown()

    def close(self) -> None:
        """Listen no more, and end all children."""
        self._listener.server_close()
        self._end()

    def __enter__(self) -> Self:
        """Use it in a ``with`` block, which closes it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def _end(self) -> None:
        self._pool.close()
        if self._project is not None:
            self._project.close()
        shutil.rmtree(self._scratch, ignore_errors=True)
