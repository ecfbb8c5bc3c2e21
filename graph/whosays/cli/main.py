"""One outer handler: every expected error becomes a few lines and an exit code.

0 fine · 1 the data have errors, or nothing found where a finding was demanded ·
2 usage, unknown name, missing file or extra · 3 outside failure · 130 Ctrl-C. A closed
pipe ends quietly with 0.
"""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer.main import get_command

from whosays.cli.app import app
from whosays.cli.output import prepare_streams, print_error, print_failure
from whosays.errors import WhosaysError

VERBS = {
    "about": "read",
    "build": "publish",
    "by": "read",
    "check": "write",
    "cite": "cite",
    "compare": "compare",
    "disputes": "read",
    "explain": "write",
    "export": "publish",
    "in": "read",
    "query": "query",
    "ref": "project",
    "show": "read",
    "status": "project",
    "that": "read",
    "view": "publish",
}
"""Which module of this package holds which verb; only the one called is imported."""

# Typer carries its own copy of click since 0.28 and used the package before: both are
# reached through the public classes.
_ClickException: type[Exception] = typer.BadParameter.__mro__[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    prepare_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    command = application(given[0] if given else "")
    try:
        code = command.main(given, prog_name="whosays", standalone_mode=False)
        sys.stdout.flush()
        return int(code or 0)
    except typer.Exit as exit:
        return int(exit.exit_code)
    except _ClickException as error:
        print_failure(*_usage(error, command))
        return 2
    except (KeyboardInterrupt, typer.Abort):
        print(file=sys.stderr)
        return 130
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


def application(verb: str = "") -> Any:  # noqa: ANN401  (click's)
    """Assemble the command: one verb, or all when it is none of them."""
    for module in {VERBS[verb]} if verb in VERBS else sorted(set(VERBS.values())):
        import_module(f"whosays.cli.{module}")
    return get_command(app)


def _usage(error: Any, command: Any) -> tuple[str, str]:  # noqa: ANN401  (click's)
    """Say what is wrong with a call, and what was perhaps meant."""
    message = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    verb = context.command.name if context and context.parent else ""
    near: list[str] = []
    if hasattr(error, "possibilities"):
        near = list(error.possibilities or ())
        message = f"no option {error.option_name}"
    elif message.startswith("No such command"):
        word = message.partition("'")[2].partition("'")[0]
        near = difflib.get_close_matches(word, list(command.commands), 3, 0.6)
        message = f"no command “{word}”"
    else:
        message = message[:1].lower() + message[1:]
    if near:
        return message, f"Did you mean: {', '.join(near)}"
    return message, f"See whosays {verb} --help" if verb else "See whosays --help"
