"""The command called in this process: a new one costs more than most calls do.

Where the process itself is the point (signals, pipes, what is imported, encodings),
tests start one; a failure that nobody foresaw is raised here, not printed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from whosays.__main__ import main


def called(
    *words: str | Path,
    stdin: bytes = b"",
    cwd: Path | None = None,
    merged: bool = False,
    **environment: str,
) -> subprocess.CompletedProcess[bytes]:
    """Call ``whosays`` as if it were a process: its code and what it printed.

    With ``merged`` messages stand among the data, as in a terminal or after ``2>&1``.
    """
    arguments = [str(word) for word in words]
    with (
        TemporaryFile() as given,
        TemporaryFile() as printed,
        TemporaryFile() as told,
        pytest.MonkeyPatch.context() as patch,
    ):
        given.write(stdin)
        given.seek(0)
        # Files of their own: closing the one does not close the other.
        streams = (
            os.fdopen(os.dup(given.fileno()), encoding="utf-8"),
            os.fdopen(os.dup(printed.fileno()), "w", encoding="utf-8"),
            os.fdopen(
                os.dup((printed if merged else told).fileno()),
                "w",
                buffering=1,  # by lines, as Python does
                encoding="utf-8",
            ),
        )
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        patch.setattr(sys, "argv", ["whosays", *arguments])
        patch.setattr(sys, "excepthook", sys.excepthook)
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.chdir(cwd or Path.cwd())
        try:
            code = main()
        finally:
            for each in streams:
                each.close()
        printed.seek(0)
        told.seek(0)
        return subprocess.CompletedProcess(arguments, code, printed.read(), told.read())
