"""Verbs that look data over: check and explain."""

from __future__ import annotations

from typing import Annotated

import typer

from whosays.cli.app import ProjectOption, QuietOption, app, example
from whosays.cli.output import note, say, write_data
from whosays.errors import UsageError


@app.command(
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
    from whosays.cli.locate import folder
    from whosays.problems import report

    _choice("format", format, ("text", "csv", "json"))
    _choice("level", fail_on, ("error", "warning"))
    path = folder(project, quiet=quiet)
    problems = problems_of(path)
    if format == "text":
        for line in report(problems):
            say(line)
        if not problems:
            note("no problems", quiet=quiet)
    else:
        from whosays.cli.tabular import problem_rows

        write_data(problem_rows(problems).encode(format))
    levels = {"error"} if fail_on == "error" else {"error", "warning"}
    return 1 if any(problem.level in levels for problem in problems) else 0


@app.command(epilog=example("whosays explain WS104"))
def explain(
    code: Annotated[str, typer.Argument(help="A problem code, for example WS104.")],
) -> None:
    """Say what a problem code means, with a wrong and a right row."""
    from whosays import problems

    say(problems.explain(code))


def _choice(what: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        import difflib

        near = difflib.get_close_matches(given, known, 1, 0.4)
        hint = f"Did you mean: {near[0]}" if near else f"Use one of {', '.join(known)}"
        raise UsageError(f"no {what} “{given}”", hint)
