"""The command called in this process: a new one costs more than most calls do.

Where the process itself is the point (signals, pipes, what is imported, encodings),
tests start one; a failure that nobody foresaw is raised here, not printed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from whosays.__main__ import main


def called(
    *words: str | Path, stdin: bytes = b"", cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Call ``whosays`` as if it were a process: its code and what it printed."""
    arguments = [str(word) for word in words]
    with (
        TemporaryFile() as given,
        TemporaryFile() as printed,
        TemporaryFile() as told,
        pytest.MonkeyPatch.context() as patch,
    ):
        given.write(stdin)
        given.seek(0)
        for name, file in (("stdin", given), ("stdout", printed), ("stderr", told)):
            # A file of its own: closing the one does not close the other.
            stream = os.fdopen(os.dup(file.fileno()), "rb" if file is given else "wb")
            patch.setattr(sys, name, TextIOWrapper(stream, "utf-8"))
        patch.setattr(sys, "argv", ["whosays", *arguments])
        patch.setattr(sys, "excepthook", sys.excepthook)
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.chdir(cwd or Path.cwd())
        streams = (sys.stdin, sys.stdout, sys.stderr)
        try:
            code = main()
        finally:
            for each in streams:
                each.close()
        printed.seek(0)
        told.seek(0)
        return subprocess.CompletedProcess(arguments, code, printed.read(), told.read())
