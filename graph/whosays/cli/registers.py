"""What the verbs of ``actor``, ``source`` and ``relation`` have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from whosays.cli.app import OutputOption, ProjectOption, QuietOption, verb
from whosays.cli.formats import ROWS, encoded, format_of
from whosays.cli.locate import folder, opened
from whosays.cli.output import deliver, note, write_data
from whosays.cli.output import table as lay_out
from whosays.errors import DataError, NothingFound
from whosays.model import Collection
from whosays.rows import Rows
from whosays.text import count_of

FORMATS = ("table", *ROWS)

FormatOption = Annotated[
    str, typer.Option("--format", "-f", help="table csv tsv json ndjson md html.")
]
TextArgument = Annotated[
    str, typer.Argument(metavar="TEXT", help="A name or a part of one, in any script.")
]
MustFindOption = Annotated[
    bool, typer.Option("--must-find", help="End with 1 when there is nothing.")
]


def records(project: Path | None, *, quiet: bool) -> Collection:
    """Give the records of a project, also while some of its rows have errors."""
    try:
        return opened(project, quiet=quiet).collection
    except DataError as error:
        from whosays import project as reading

        found = len(error.problems)
        note(f"rows with errors are left out: {found}, see whosays check", quiet=quiet)
        return reading.read(folder(project, quiet=True)).collection


def _names(project: Path | None, *, quiet: bool) -> Collection:
    """Give what names are found in, read only as far as it is asked for."""
    try:
        return opened(project, quiet=quiet).asked().collection()
    except DataError:
        return records(project, quiet=quiet)


def finder(
    of: typer.Typer,
    find: Callable[[Collection, str], Rows],
    shown: Sequence[str],
    about: str,
    epilog: str,
) -> None:
    """Give a group the verb that finds, which is the same for every register."""

    def found(
        text: TextArgument,
        project: ProjectOption = None,
        format: FormatOption = "",
        output: OutputOption = None,
        must_find: MustFindOption = False,
        quiet: QuietOption = False,
    ) -> None:
        rows = find(_names(project, quiet=quiet), text)
        show(
            rows,
            shown,
            format=format,
            output=output,
            must_find=must_find,
            quiet=quiet,
        )

    found.__doc__ = about
    verb("find", of=of, epilog=epilog)(found)


def show(
    rows: Rows,
    shown: Sequence[str],
    *,
    format: str,
    output: Path | None,
    must_find: bool = False,
    quiet: bool = False,
) -> None:
    """Write rows: some columns for people, all of them for programs.

    Raises:
        NothingFound: a finding was demanded and there is none.
    """
    form = format_of(format, output, FORMATS)
    if must_find and not rows:
        raise NothingFound("nothing found")
    if form != "table":
        write_data(encoded(rows, form), output)
        return
    if rows:
        lines = ([row[name] for name in shown] for row in rows)
        deliver(lay_out(shown, lines), output)
    note(count_of(len(rows), "row"), quiet=quiet)
