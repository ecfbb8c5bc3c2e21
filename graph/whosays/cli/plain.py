"""What is answered without a verb: the welcome and the version."""

from __future__ import annotations

import sys


def welcome() -> None:
    """Print the five things to try."""
    from whosays.cli.welcome import welcome as text

    sys.stdout.write(text())


def version() -> None:
    """Print which whosays this is."""
    from whosays.resources import version as current

    print(f"whosays {current()}")
