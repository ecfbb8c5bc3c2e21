"""The verb check: what is wrong with a project, or with tables on their way into it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from whosays.cli.app import OutputOption, ProjectOption, QuietOption, example, verb
from whosays.cli.formats import ROWS
from whosays.cli.output import deliver, note, width, write_data

if TYPE_CHECKING:
    from whosays.checks import Checked
    from whosays.project.batch import Progress

LEVELS = ("error", "warn", "warning", "dispute")

FilesArgument = Annotated[
    Optional[list[Path]],  # noqa: UP045
    typer.Argument(
        metavar="[FILE]...",
        help="Tables to look over as if they were part of the project: .csv, .tsv, "
        ".xlsx, .jsonl; - is stdin.",
    ),
]
EncodingOption = Annotated[
    str,
    typer.Option(
        metavar="NAME", help="Of tables that are not UTF-8, for example cp1252."
    ),
]
YesOption = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]


@verb(
    epilog=example(
        "whosays check",
        "whosays check new-article.xlsx",
        "whosays check --fix new-article.xlsx",
        "whosays check -p my-topic -f csv",
        "whosays check --fail-on warn",
    )
)
def check(
    files: FilesArgument = None,
    project: ProjectOption = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="text csv tsv json ndjson md html.")
    ] = "",
    output: OutputOption = None,
    fail_on: Annotated[
        str,
        typer.Option("--fail-on", metavar="LEVEL", help="error, warn or dispute."),
    ] = "error",
    encoding: EncodingOption = "",
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Mend what has only one mending, into a new file."),
    ] = False,
    yes: YesOption = False,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="With --fix: change the file itself.")
    ] = False,
    copy: Annotated[
        bool,
        typer.Option(
            "--copy/--no-copy",
            help="Leave a marked copy beside a sheet with problems.",
        ),
    ] = True,
    quiet: QuietOption = False,
) -> int:
    """Report every problem of the tables, with its cell and how to mend it.

    No table is changed without --fix. Ends with 1 when there are errors.
    """
    from whosays.cli.formats import chosen, encoded, format_of
    from whosays.cli.locate import folder
    from whosays.cli.progress import Bar
    from whosays.problems import COLUMNS
    from whosays.rows import Rows

    form = format_of(format, output, ("text", *ROWS))
    chosen("level", fail_on, LEVELS)
    path = folder(project, quiet=quiet)
    if not files:
        return _whole(path, form, output, fail_on, quiet=quiet)
    with Bar(quiet=quiet) as bar:
        checked = look(path, files, encoding, bar)
    if form == "text":
        deliver("".join(f"{line}\n" for line in lines_of(checked, files)), output)
    else:
        rows = Rows.of(COLUMNS, (problem.record for problem in checked.problems))
        write_data(encoded(rows, form), output)
    return 1 if checked.has(_failing(fail_on)) else 0


def _whole(
    path: Path, form: str, output: Path | None, fail_on: str, *, quiet: bool
) -> int:
    from whosays import checks
    from whosays.cli.formats import encoded
    from whosays.problems import COLUMNS
    from whosays.problems.report import report
    from whosays.rows import Rows

    problems = checks.check(path)
    if form == "text":
        lines = report(problems, width=width())
        deliver("".join(f"{line}\n" for line in lines), output)
        if not problems:
            note("no problems", quiet=quiet)
    else:
        rows = Rows.of(COLUMNS, (problem.record for problem in problems))
        write_data(encoded(rows, form), output)
    return 1 if any(problem.level in _failing(fail_on) for problem in problems) else 0


def _failing(level: str) -> frozenset[str]:
    if level.startswith("warn"):
        return frozenset({"error", "warning"})
    return frozenset({"error"})


def look(path: Path, files: Sequence[Path], encoding: str, bar: Progress) -> Checked:
    """Check tables, stdin among them."""
    from whosays import checks

    stdin = sys.stdin.buffer.read() if Path("-") in files else b""
    return checks.check_tables(
        path, files, stdin=stdin, encoding=encoding, progress=bar
    )


def lines_of(checked: Checked, files: Sequence[Path]) -> list[str]:
    """Lay out what a check of tables found."""
    from whosays.problems.report import report

    headings = {}
    for counted in checked.sheets:
        sheet = counted.sheet
        place = f"{sheet.file} [{sheet.part}]" if sheet.part else sheet.file
        counts = [f"{counted.ready:,} ready"]
        for number, word in ((counted.warned, "warning"), (counted.refused, "error")):
            if number:
                counts.append(f"{number:,} {word}{'' if number == 1 else 's'}")
        rows = f"{counted.rows:,} row{'' if counted.rows == 1 else 's'}"
        headings[sheet.name] = f"{place}   {rows}: {', '.join(counts)}"
    shown = [p for p in checked.problems if p.code != "WS528"]
    told = {problem.table for problem in shown}
    quiet = [
        headings[counted.sheet.name]
        for counted in checked.sheets
        if counted.sheet.name not in told and counted.sheet.kind == "statements"
    ]
    found = report(shown, width=width(), headings=headings, more=checked.more)
    return [*quiet, *found]
