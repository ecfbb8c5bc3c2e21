"""The whole command line: which verb lies where, and what a wrong call is told."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any

import typer
from typer.main import get_command

from whosays.cli.app import app
from whosays.cli.failures import handled
from whosays.cli.output import print_failure

VERBS = {
    "that": "read",
    "about": "read",
    "by": "read",
    "in": "read",
    "disputes": "read",
    "compare": "compare",
    "query": "query",
    "show": "read",
    "cite": "cite",
    "locate": "locating",
    "check": "check",
    "add": "add",
    "extract": "extract",
    "review": "review",
    "template": "template",
    "build": "publish",
    "view": "publish",
    "site": "site",
    "export": "publish",
    "serve": "serve",
    "push": "push",
    "corpus": "corpus",
    "init": "init",
    "status": "project",
    "ref": "project",
    "explain": "explain",
    "actor": "actor",
    "source": "source",
    "relation": "relation",
    "accept": "statuses",
    "reject": "statuses",
    "retract": "statuses",
    "diff": "versions",
    "agreement": "agreement",
    "eval": "eval",
}
"""Which module holds which verb, in the order of the help.

Only the module of the verb that is called is imported.
"""

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
        # Not command.main(): it ends the process with 1 when a pipe is closed.
        with command.make_context("whosays", arguments) as context:
            code = command.invoke(context)
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
    return _assembled(len(app.registered_commands) + len(app.registered_groups))


@cache
def _assembled(registered: int) -> Any:  # noqa: ANN401  (click's)
    """Put together what is registered, once: Typer reads all signatures for it."""
    command: Any = get_command(app)
    command.commands = {
        name: command.commands[name] for name in VERBS if name in command.commands
    }
    return command


def _usage(error: Any, command: Any) -> tuple[str, str]:  # noqa: ANN401  (click's)
    """Say what is wrong with a call, and what was perhaps meant."""
    message = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    verb = context.command_path.partition(" ")[2] if context else ""
    near: list[str] = []
    if hasattr(error, "possibilities"):
        near = list(error.possibilities or ())
        message = f"no option {error.option_name}"
    elif message.startswith("No such command"):
        word = message.partition("'")[2].partition("'")[0]
        known = list((context.command if context else command).commands)
        near = difflib.get_close_matches(word, known, 3, 0.6)
        message = f"no command “{verb} {word}”" if verb else f"no command “{word}”"
    else:
        message = message[:1].lower() + message[1:]
    if near:
        return message, f"Did you mean: {', '.join(near)}"
    return message, f"See whosays {verb} --help" if verb else "See whosays --help"
