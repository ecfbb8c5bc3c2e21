"""The verb `cite`: a citation to paste."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import Annotated

import typer

from whosays.cli.app import OutputOption, ProjectOption, QuietOption, example, verb
from whosays.cli.formats import format_of
from whosays.cli.output import fold, width, write_data
from whosays.errors import UsageError

_NEVER = ("none", "never")


@verb(
    epilog=example(
        "whosays cite iran_fights_isis",
        "whosays cite voa-last-page -f bibtex",
        "whosays cite iran_isis -f csl --date 2026-11-22",
    )
)
def cite(
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="A statement, a claim (a_relation_b), an issue, a source.",
        ),
    ],
    day: Annotated[
        str,
        typer.Option(
            "--date",
            metavar="DATE",
            help="Day of retrieval; default: SOURCE_DATE_EPOCH, else today; "
            "none leaves it out.",
        ),
    ] = "",
    project: ProjectOption = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="md text bibtex csl.")
    ] = "",
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write a citation with numbered notes: source, passage, id of each statement.

    A statement id may be shortened to six characters. BibTeX and CSL-JSON hold an entry
    for each source and one for the data.
    """
    from whosays.citations import FORMATS
    from whosays.cli.locate import opened

    chosen = format_of(format, output, FORMATS)
    retrieved = _retrieved(day)
    text = opened(project, quiet=quiet).cite(id, format=chosen, retrieved=retrieved)
    if chosen == "text":
        lines = [part for line in text.splitlines() for part in fold(line, width())]
        text = "\n".join(lines) + "\n"
    write_data(text.encode(errors="replace"), output)


def _retrieved(given: str) -> date | None:
    """Choose the day of retrieval: the option, the environment, today."""
    if given in _NEVER:
        return None
    if given:
        try:
            return date.fromisoformat(given)
        except ValueError:
            message = f"“{given}” is no day"
            raise UsageError(message, "Write it like 2026-11-22, or none") from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now(UTC).date()
