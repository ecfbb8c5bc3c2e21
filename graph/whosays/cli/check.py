"""The verb check: what is wrong with a project, or with tables on their way into it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from whosays.cli.app import OutputOption, ProjectOption, QuietOption, example, verb
from whosays.cli.formats import ROWS
from whosays.cli.output import deliver, note, width, write_data
from whosays.cli.plugged import ImporterOption, imported
from whosays.text import count_of

if TYPE_CHECKING:
    from whosays.checks import Checked
    from whosays.problems import Problem
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
        "whosays check --copy new-article.xlsx",
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
    importer: ImporterOption = "",
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Mend what has only one mending, into a new file."),
    ] = False,
    yes: YesOption = False,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="With --fix: change the file itself.")
    ] = False,
    copy: Annotated[
        Optional[bool],  # noqa: UP045
        typer.Option(
            "--copy/--no-copy",
            help="Write a copy of each sheet with its problems in it.",
            show_default=False,
        ),
    ] = None,
    quiet: QuietOption = False,
) -> int:
    """Report every problem of the tables, with its cell and how to mend it.

    Nothing is written without --fix or --copy. Ends with 1 when there are errors.
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
        if fix:
            from whosays.cli.mending import mend_project

            mend_project(path, yes=yes, in_place=in_place)
        return _whole(path, form, output, fail_on, quiet=quiet)
    tables = imported(files, importer, quiet=quiet)
    with Bar(quiet=quiet) as bar:
        checked = look(path, files, encoding, bar, tables)
    if fix:
        from whosays.cli.mending import mend_files

        mend_files(path, checked, files, yes=yes, in_place=in_place)
    elif form == "text":
        lines = lines_of(checked)
        if shown(checked) and output is None:
            asked = checked.batch.before.collection.settings.copy
            marks = asked if copy is None else copy
            lines += _next_lines(checked, files, copy=marks)
        deliver("".join(f"{line}\n" for line in lines), output)
    else:
        rows = Rows.of(COLUMNS, (problem.record for problem in checked.problems))
        write_data(encoded(rows, form), output)
    if fail_on == "dispute" and _disputes(checked):
        return 1
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
    if fail_on == "dispute" and not any(p.level == "error" for p in problems):
        from whosays.kg import load

        return 1 if load(path).found().issues else 0
    return 1 if any(problem.level in _failing(fail_on) for problem in problems) else 0


def _failing(level: str) -> frozenset[str]:
    if level.startswith("warn"):
        return frozenset({"error", "warning"})
    return frozenset({"error"})


def _disputes(checked: Checked) -> bool:
    """Tell whether the rows would open a dispute."""
    from whosays.curating import effects

    before, after = checked.batch.before.collection, checked.batch.after.collection
    return bool(effects(before, after, checked.batch.statements).of("new dispute"))


def _next_lines(checked: Checked, files: Sequence[Path], *, copy: bool) -> list[str]:
    """Say how to go on after problems: mend, look at the marked copy, ask why."""
    from whosays import curating

    lines = [""]
    names = " ".join(map(str, files))
    sheets = {counted.sheet.name: counted.sheet for counted in checked.sheets}
    if Path("-") not in files and curating.mendings(checked.problems, sheets):
        lines.append(f"fix in the sheet, or one by one: whosays check --fix {names}")
    first = min(shown(checked), key=lambda p: _RANKS[p.level])
    why = f"why: whosays explain {first.code}"
    marked = curating.mark(checked) if copy else ()
    for path in marked:
        line = f"marked copy: {path}"
        lines.append(f"{line}        {why}" if path == marked[0] else line)
    if not marked:
        lines.append(why)
    return lines


def look(
    path: Path,
    files: Sequence[Path],
    encoding: str,
    bar: Progress,
    tables: Mapping[Path, bytes] | None = None,
) -> Checked:
    """Check tables, stdin among them."""
    from whosays import checks

    stdin = sys.stdin.buffer.read() if Path("-") in files else b""
    return checks.check_tables(
        path,
        files,
        stdin=stdin,
        imported=tables,
        encoding=encoding,
        progress=bar,
    )


_RANKS = {"error": 0, "warning": 1, "notice": 2}


def shown(checked: Checked) -> list[Problem]:
    """List the problems for people: rows that nobody filled in yet need no word."""
    return [problem for problem in checked.problems if problem.code != "WS528"]


def lines_of(checked: Checked) -> list[str]:
    """Lay out what a check of tables found."""
    from whosays.problems.report import report

    headings = {}
    for counted in checked.sheets:
        sheet = counted.sheet
        place = f"{sheet.file} [{sheet.part}]" if sheet.part else sheet.file
        counts = [f"{counted.ready:,} ready"]
        for number, word in ((counted.warned, "warning"), (counted.refused, "error")):
            if number:
                counts.append(count_of(number, word))
        rows = count_of(counted.rows, "row")
        headings[sheet.name] = f"{place}   {rows}: {', '.join(counts)}"
    told = {problem.table for problem in shown(checked)}
    quiet = [
        headings[counted.sheet.name]
        for counted in checked.sheets
        if counted.sheet.name not in told and counted.sheet.kind == "statements"
    ]
    found = report(shown(checked), width=width(), headings=headings, more=checked.more)
    return [*quiet, *found]
