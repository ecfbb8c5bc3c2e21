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

import click
from typer.main import get_command

from whosays.cli import publish, query, write  # noqa: F401  (they register their verbs)
from whosays.cli import project as _project  # noqa: F401
from whosays.cli.app import app
from whosays.cli.output import print_error, print_failure
from whosays.errors import WhosaysError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    command = get_command(app)
    try:
        given = list(sys.argv[1:] if arguments is None else arguments)
        code = command.main(given, prog_name="whosays", standalone_mode=False)
        sys.stdout.flush()
        return int(code or 0)
    except click.exceptions.Exit as exit:
        return int(exit.exit_code)
    except click.UsageError as error:
        print_failure(_usage(error, command), _usage_hint(error, command))
        return 2
    except click.ClickException as error:
        print_failure(error.format_message())
        return 2
    except (KeyboardInterrupt, click.Abort):
        print("", file=sys.stderr)
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


def _usage(error: click.UsageError, command: click.Command) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"no option {error.option_name}"
    message = error.format_message().rstrip(".")
    if message.startswith("No such command"):
        return f"no command “{_word(message)}”"
    return message[:1].lower() + message[1:]


def _usage_hint(error: click.UsageError, command: click.Command) -> str:
    verb = error.ctx.command.name if error.ctx and error.ctx.parent else ""
    help = f"whosays {verb} --help" if verb else "whosays --help"
    near: list[str] = []
    if isinstance(error, click.NoSuchOption):
        near = list(error.possibilities or ())
    elif error.format_message().startswith("No such command"):
        known = list(getattr(command, "commands", {}))
        near = difflib.get_close_matches(_word(error.format_message()), known, 3, 0.6)
    return f"Did you mean: {', '.join(near)}" if near else f"See {help}"


def _word(message: str) -> str:
    return message.partition("'")[2].rpartition("'")[0]
