"""A child of ``worker`` that keeps a store open and answers one order after another.

Opening the store and starting Python cost more than most questions do. It runs with
``-I -S`` like the child for one order; orders come through stdin, each led by its
length, results go to stdout, which is a file, and reports to stderr.
"""

from __future__ import annotations

import marshal
import os
import sys
from zlib import crc32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def main() -> None:
    """Open the store, then carry out orders until stdin ends."""
    setup = read_order()
    if setup is None:
        return
    sys.path[:] = setup["path"]
    # All that will be needed, as nothing can be opened later.
    import pyoxigraph  # noqa: F401

    from whosays.worker import child, counting  # noqa: F401

    child.set_limits(setup["limits"] | {"seconds": _FOREVER, "output": _ANY_SIZE})
    try:
        store = child.open_store(setup["store"])
    except child.Refused as refused:
        child.say("report", marshal.dumps(refused.report).hex())
        return
    if not setup["network"]:
        child.close_the_door(setup["store"])
    child.say("report", marshal.dumps({"state": "ready"}).hex())
    while (order := read_order()) is not None:
        limit_time(order["limits"]["seconds"])
        report = carry_out(store, order)
        child.say("report", marshal.dumps(report).hex())


_FOREVER = 10**9  # seconds; each order sets its own
_ANY_SIZE = -1


def read_order() -> dict[str, Any] | None:
    """Read an order from stdin, or None when there will be no more."""
    size = sys.stdin.buffer.read(8)
    if len(size) < 8:
        return None
    order: dict[str, Any] = marshal.loads(
        sys.stdin.buffer.read(int.from_bytes(size, "big"))
    )
    return order


def limit_time(seconds: float) -> None:
    """Let the system end this process if nobody else does, after so much more work."""
    try:
        import resource
    except ImportError:  # Windows: only the parent's clock
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + 5
    resource.setrlimit(
        resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1])
    )


def carry_out(store: Any, order: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401
    """Answer one question and return the report."""
    from whosays.worker import child

    output: Any = ResultFile(order["limits"]["output"])
    try:
        child.refuse_unknown_graphs(store, order["given"])
        facts = child.evaluate(store, order, output)
    except child.Refused as refused:
        return refused.report
    except MemoryError:
        return {"state": "limit", "message": "memory", "what": "memory"}
    except OSError as problem:
        if "Corruption" in str(problem):
            return child.damaged(problem).report
        return {"state": "outside", "message": str(problem)}
    done = {"state": "done", "length": output.length, "checksum": output.checksum}
    return done | facts


class ResultFile:
    """Stdout begun anew, counted and summed up; longer than allowed ends the work."""

    def __init__(self, most: int) -> None:
        """Empty the file."""
        os.lseek(1, 0, os.SEEK_SET)
        os.truncate(1, 0)
        self.length = 0
        self.checksum = 0
        self._most = most

    def write(self, data: bytes) -> int:
        """Write all of the data."""
        from whosays.worker.child import Refused

        self.length += len(data)
        if self.length > self._most:
            raise Refused("limit", "output", what="output")
        self.checksum = crc32(data, self.checksum)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(1, rest) :]
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is written is in the file."""


if __name__ == "__main__":
    main()
