"""Verbs that look data over: check and explain."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from whosays.cli.app import OutputOption, ProjectOption, QuietOption, example, verb
from whosays.cli.formats import ROWS
from whosays.cli.output import deliver, note, say, write_data
from whosays.errors import UsageError

if TYPE_CHECKING:
    from whosays.problems import Problem

SUFFIXES = (".csv", ".tsv")
"""Suffixes of statement tables."""


@verb(
    epilog=example(
        "whosays check",
        "whosays check new-article.csv",
        "whosays check -p my-topic -f csv",
        "whosays check --fail-on warning",
    )
)
def check(
    files: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Argument(
            metavar="[FILE]...",
            help="Statement tables to look over as if they were part of the project; "
            "- is stdin.",
        ),
    ] = None,
    project: ProjectOption = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="text csv tsv json ndjson md html.")
    ] = "",
    output: OutputOption = None,
    fail_on: Annotated[
        str, typer.Option("--fail-on", metavar="LEVEL", help="error or warning.")
    ] = "error",
    quiet: QuietOption = False,
) -> int:
    """Report every problem of the tables, with its cell and how to mend it.

    Looks only: nothing is written. Ends with 1 when there are errors.
    """
    from whosays.cli.formats import chosen, encoded, format_of
    from whosays.cli.locate import folder
    from whosays.problems import COLUMNS, report
    from whosays.rows import Rows

    form = format_of(format, output, ("text", *ROWS))
    chosen("level", fail_on, ("error", "warning"))
    problems = _problems(folder(project, quiet=quiet), files or ())
    if form == "text":
        lines = [*report(problems)]
        deliver("".join(f"{line}\n" for line in lines), output)
        if not problems:
            note("no problems", quiet=quiet)
    else:
        rows = Rows.of(COLUMNS, (problem.record for problem in problems))
        write_data(encoded(rows, form), output)
    levels = {"error"} if fail_on == "error" else {"error", "warning"}
    return 1 if any(problem.level in levels for problem in problems) else 0


def _problems(path: Path, files: Sequence[Path]) -> list[Problem]:
    from whosays import checks

    if not files:
        return checks.check(path)
    unread = [file for file in files if file.suffix.lower() not in (*SUFFIXES, "")]
    if unread:
        hint = "Save it as .csv or .tsv"
        raise UsageError(f"{unread[0]} is no table of statements", hint)
    with tempfile.TemporaryDirectory(prefix="whosays-") as aside:
        stdin = Path(aside) / "stdin.csv"
        if Path("-") in files:
            write_data(sys.stdin.buffer.read(), stdin)
        tables = [stdin if str(file) == "-" else file for file in files]
        found = checks.check_tables(path, tables)
        return [
            replace(one, table="stdin") if one.table == str(stdin) else one
            for one in found
        ]


@verb(epilog=example("whosays explain WS104"))
def explain(
    code: Annotated[str, typer.Argument(help="A problem code, for example WS104.")],
) -> None:
    """Say what a problem code means, with a wrong and a right row."""
    from whosays import problems

    say(problems.explain(code))
