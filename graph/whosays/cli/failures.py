"""One outer handler: every expected error becomes a few lines and an exit code.

0 fine · 1 the data have errors, or nothing found where a finding was demanded ·
2 usage, unknown name, missing file or extra · 3 outside failure · 130 Ctrl-C. A closed
pipe ends quietly with 0.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from whosays.cli.output import prepare_streams, print_error, print_failure
from whosays.errors import WhosaysError


class _Ended(BaseException):
    """A signal to end: cleaning up comes first, child processes included."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _end(number: int, frame: FrameType | None) -> None:
    raise _Ended(number)


def handled(action: Callable[[], int | None]) -> int:
    """Run an action, print what it failed of, and return the exit code."""
    prepare_streams()
    for name in ("SIGTERM", "SIGHUP"):  # Windows has only the first
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)
    try:
        code = action()
        sys.stdout.flush()
        return code or 0
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except _Ended as ended:
        return 128 + ended.number
    except BrokenPipeError:
        # The reader went away, which is its right; Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except WhosaysError as error:
        if os.environ.get("WHOSAYS_DEBUG"):
            raise
        print_error(error)
        return error.exit_code
    except OSError as error:
        if os.environ.get("WHOSAYS_DEBUG"):
            raise
        place = f"{error.filename}: " if error.filename else ""
        print_failure(f"{place}{error.strerror or error}")
        return 3
