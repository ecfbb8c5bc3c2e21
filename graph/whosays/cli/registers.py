"""What the verbs of ``actor``, ``source`` and ``relation`` have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from whosays.cli.app import OutputOption, ProjectOption, QuietOption, verb
from whosays.cli.finding import records, show

__all__ = ["FormatOption", "finder", "records", "show"]

FormatOption = Annotated[
    str, typer.Option("--format", "-f", help="table csv tsv json ndjson md html.")
]
TextArgument = Annotated[
    str, typer.Argument(metavar="TEXT", help="A name or a part of one, in any script.")
]
MustFindOption = Annotated[
    bool, typer.Option("--must-find", help="End with 1 when there is nothing.")
]


def finder(of: typer.Typer, find: Callable[..., None], about: str, epilog: str) -> None:
    """Give a group the verb that finds, which is the same for every register."""

    def found(
        text: TextArgument,
        project: ProjectOption = None,
        format: FormatOption = "",
        output: OutputOption = None,
        must_find: MustFindOption = False,
        quiet: QuietOption = False,
    ) -> None:
        find(
            text,
            project=project,
            format=format,
            output=output,
            must_find=must_find,
            quiet=quiet,
        )

    found.__doc__ = about
    verb("find", of=of, epilog=epilog)(found)
