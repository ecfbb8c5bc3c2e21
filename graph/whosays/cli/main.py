"""The whole command line: which verb lies where, and what a wrong call is told."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer.main import get_command

from whosays.cli.app import app
from whosays.cli.failures import handled
from whosays.cli.output import print_failure

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
    given = list(sys.argv[1:] if arguments is None else arguments)
    return handled(lambda: _run(given))


def _run(arguments: list[str]) -> int:
    command = application(arguments[0] if arguments else "")
    try:
        code = command.main(arguments, prog_name="whosays", standalone_mode=False)
    except typer.Exit as exit:
        return int(exit.exit_code)
    except typer.Abort as abort:
        raise KeyboardInterrupt from abort
    except _ClickException as error:
        print_failure(*_usage(error, command))
        return 2
    return int(code or 0)


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
