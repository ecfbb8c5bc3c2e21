"""The command line: parse, call the library, print.

Everything that a command does the library can do too; see `whosays.KG`.
"""

from whosays.cli.main import main

__all__ = ["main"]
