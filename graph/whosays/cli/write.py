"""Verbs that look data over: check and explain."""

from __future__ import annotations

from typing import Annotated

import typer

from whosays.cli.app import ProjectOption, QuietOption, example, verb
from whosays.cli.output import note, say, write_data


@verb(
    epilog=example(
        "whosays check",
        "whosays check -p my-topic -f csv",
        "whosays check --fail-on warning",
    )
)
def check(
    project: ProjectOption = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="text, csv or json.")
    ] = "text",
    fail_on: Annotated[
        str, typer.Option("--fail-on", metavar="LEVEL", help="error or warning.")
    ] = "error",
    quiet: QuietOption = False,
) -> int:
    """Report every problem of the tables, with its cell and how to mend it.

    Looks only: nothing is written. Ends with 1 when there are errors.
    """
    from whosays.checks import check as problems_of
    from whosays.cli.formats import chosen, encoded
    from whosays.cli.locate import folder
    from whosays.problems import COLUMNS, report
    from whosays.rows import Rows

    chosen("format", format, ("text", "csv", "json"))
    chosen("level", fail_on, ("error", "warning"))
    path = folder(project, quiet=quiet)
    problems = problems_of(path)
    if format == "text":
        for line in report(problems):
            say(line)
        if not problems:
            note("no problems", quiet=quiet)
    else:
        rows = Rows.of(COLUMNS, (problem.record for problem in problems))
        write_data(encoded(rows, format))
    levels = {"error"} if fail_on == "error" else {"error", "warning"}
    return 1 if any(problem.level in levels for problem in problems) else 0


@verb(epilog=example("whosays explain WS104"))
def explain(
    code: Annotated[str, typer.Argument(help="A problem code, for example WS104.")],
) -> None:
    """Say what a problem code means, with a wrong and a right row."""
    from whosays import problems

    say(problems.explain(code))
