"""Finding actors, sources and relations, without the parsing of a command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from whosays import registers
from whosays.cli.formats import ROWS, encoded, format_of
from whosays.cli.locate import folder, opened
from whosays.cli.output import deliver, note, write_data
from whosays.cli.output import table as lay_out
from whosays.errors import DataError, NothingFound
from whosays.text import count_of

if TYPE_CHECKING:
    from whosays.model import Collection
    from whosays.rows import Rows

FORMATS = ("table", *ROWS)


def records(project: Path | None, *, quiet: bool) -> Collection:
    """Give the records of a project, also while some of its rows have errors."""
    try:
        return opened(project, quiet=quiet).collection
    except DataError as error:
        from whosays import project as reading

        found = len(error.problems)
        note(f"rows with errors are left out: {found}, see whosays check", quiet=quiet)
        return reading.read(folder(project, quiet=True)).collection


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


def _found(
    find: Callable[[Collection, str], Rows],
    shown: Sequence[str],
    text: str,
    project: Path | None = None,
    format: str = "",
    output: Path | None = None,
    *,
    must_find: bool = False,
    quiet: bool = False,
) -> None:
    show(
        find(_names(project, quiet=quiet), text),
        shown,
        format=format,
        output=output,
        must_find=must_find,
        quiet=quiet,
    )


def _names(project: Path | None, *, quiet: bool) -> Collection:
    """Give what names are found in, read only as far as it is asked for."""
    try:
        return opened(project, quiet=quiet).asked().collection()
    except DataError:
        return records(project, quiet=quiet)


actors = partial(_found, registers.find_actors, ("slug", "label", "name", "match"))
sources = partial(_found, registers.find_sources, ("slug", "label", "column", "match"))
relations = partial(
    _found, registers.find_relations, ("slug", "name", "column", "match")
)
