"""The Typer application that the verbs register with, and what they share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

app = typer.Typer(
    name="whosays",
    help="Who affirms, denies or questions a relation of two actors, and where.",
    no_args_is_help=False,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ProjectOption = Annotated[
    Optional[Path],  # noqa: UP045  (Typer reads this annotation at run time)
    typer.Option(
        "--project",
        "-p",
        metavar="DIR",
        help="The project; default: the nearest whosays.toml upwards, else the "
        "bundled one.",
        show_default=False,
    ),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No notes on stderr.")]


def example(*lines: str) -> str:
    """Write the examples that stand at the end of a verb's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


@app.callback()
def start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and end.")
    ] = False,
) -> None:
    """Who affirms, denies or questions a relation of two actors, and where."""
    if version:
        from whosays.resources import version as current

        typer.echo(f"whosays {current()}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        from whosays.cli.welcome import welcome

        typer.echo(welcome())
