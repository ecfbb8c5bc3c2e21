"""A child process that stays: started once, asked many times, killed when it must."""

from __future__ import annotations

import marshal
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zlib import crc32

from whosays.errors import OutsideError
from whosays.worker import Job, Limits, explain_refusal, read_log, scratch

_STANDING = Path(__file__).with_name("standing.py")
_HOME = str(Path(__file__).parents[2])  # where the child finds this package
_IN_MEMORY = 1024**2  # bytes of a result that are not put on disk
_LOWER = 5  # steps down in priority for work that takes long


class Warm:
    """A child with an open store; used by one thread at a time, killed by any."""

    def __init__(self, store: Path, limits: Limits, *, network: bool) -> None:
        """Start it; `wait` tells when it is ready."""
        self.store = store
        self.asked = 0
        self.lowered = False
        self._limits = limits
        self._result = scratch()
        command = [sys.executable, "-I", "-S", str(_STANDING)]
        # A session of its own: Ctrl-C is for the parent, which then ends the child.
        self._process = Popen(
            command,
            stdin=PIPE,
            stdout=self._result,
            stderr=PIPE,
            start_new_session=True,
        )
        self._send(
            {
                "path": [*(entry for entry in sys.path if entry), _HOME],
                "store": str(store),
                "limits": limits._asdict(),
                "network": network,
            }
        )

    def wait(self) -> None:
        """Wait until the store is open.

        Raises:
            OutsideError: it cannot be opened.
        """
        report, noise = self._report()
        if report is None:
            last = noise.rpartition("\n")[2]
            raise OutsideError(f"a worker ended before its first question: {last}")
        if report["state"] != "ready":
            raise explain_refusal(report, self._limits)

    def ask(self, job: Job) -> tuple[dict[str, Any] | None, str]:
        """Have a question answered; give the report, or None and the last words."""
        self.asked += 1
        asked = job._asdict() | {"prefixes": dict(job.prefixes), "inputs": ()}
        self._send(asked | {"limits": self._limits._asdict()})
        return self._report()

    def result(self, report: dict[str, Any]) -> IO[bytes]:
        """Copy the complete result into a temporary file of its own.

        Raises:
            OutsideError: it is not what the child says that it wrote.
        """
        # Not through its buffer, which does not know that the child wrote anew. The
        # reader closes the copy; a lost one closes itself.
        copy: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        source = self._result.fileno()
        os.lseek(source, 0, os.SEEK_SET)
        length = checksum = 0
        while piece := os.read(source, _IN_MEMORY):
            copy.write(piece)
            length, checksum = length + len(piece), crc32(piece, checksum)
        if (length, checksum) != (report["length"], report["checksum"]):
            raise OutsideError("the result of the query was cut on its way")
        copy.seek(0)
        return copy

    def used(self) -> float:
        """CPU seconds that it has used, or those of the wall where nobody can tell."""
        if sys.platform != "linux":
            return time.monotonic()
        try:  # the kernel's number for the clock of a process, as clock_getcpuclockid
            return time.clock_gettime((~self._process.pid << 3) | 2)
        except OSError:  # it has ended
            return 0.0

    def lower(self) -> None:
        """Let other work go first, for good."""
        self.lowered = True
        with suppress(OSError, AttributeError):  # Windows has no such call
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _LOWER)

    def kill(self) -> None:
        """End it at once; whoever waits for its answer gets none."""
        with suppress(OSError):
            self._process.kill()

    def gone(self) -> bool:
        """Tell whether it has ended."""
        return self._process.poll() is not None

    def close(self) -> int:
        """End it, give back what it held, and return its exit code."""
        self.kill()
        code = self._process.wait()
        for stream in (self._process.stdin, self._process.stderr, self._result):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        return code

    def _send(self, order: dict[str, Any]) -> None:
        data = marshal.dumps(order)
        assert self._process.stdin is not None
        with suppress(OSError):  # a dead child gives no report either
            self._process.stdin.write(len(data).to_bytes(8, "big") + data)
            self._process.stdin.flush()

    def _report(self) -> tuple[dict[str, Any] | None, str]:
        assert self._process.stderr is not None
        lines = []
        with suppress(OSError, ValueError):
            for line in self._process.stderr:
                lines.append(line)
                if line.startswith(b"\0report "):
                    break
        noise, _, report = read_log(b"".join(lines))
        return report, noise
