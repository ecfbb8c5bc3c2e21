"""The verb add: rows of a sheet become part of the project, all or none."""

from __future__ import annotations

import sys
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whosays.cli.additions import added_lines
from whosays.cli.app import ProjectOption, QuietOption, example, verb
from whosays.cli.check import EncodingOption
from whosays.cli.output import next_steps, note, say
from whosays.cli.plugged import ImporterOption, imported
from whosays.text import count_of

if TYPE_CHECKING:
    from whosays.curating import RowsRefused


@verb(
    epilog=example(
        "whosays add new-article.xlsx",
        "whosays add --dry-run new-article.xlsx",
        "whosays add --partial new-article.csv",
    )
)
def add(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Tables of new rows: .csv, .tsv, .xlsx, .jsonl; - is stdin.",
        ),
    ],
    project: ProjectOption = None,
    partial: Annotated[
        bool,
        typer.Option(
            "--partial", help="Take the good rows, leave the others in a file."
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen, write nothing.")
    ] = False,
    encoding: EncodingOption = "",
    importer: ImporterOption = "",
    quiet: QuietOption = False,
) -> int:
    """Check tables, append their rows to the project, and say what that changes.

    All rows or none. New actors, sources and names come from the sheets of those
    names, or from new.actors.csv beside new.csv. The same rows again add nothing.
    """
    from whosays import curating
    from whosays.cli.locate import own_folder
    from whosays.cli.progress import Bar

    path = own_folder(project)
    tables = imported(files, importer, quiet=quiet)
    stdin = sys.stdin.buffer.read() if Path("-") in files else b""
    try:
        with Bar(quiet=quiet) as bar:
            added = curating.add(
                path,
                files,
                stdin=stdin,
                imported=tables,
                encoding=encoding,
                partial=partial,
                dry_run=dry_run,
                progress=bar,
            )
    except curating.RowsRefused as refused:
        _say_refused(refused, files, partial=partial)
        return refused.exit_code
    for line in added_lines(added):
        say(line)
    for file in added.rejected:
        rows = count_of(added.refused, "row")
        note(f"{rows} with errors left out: {file}", quiet=quiet)
    disputed = [e for e in added.effects.listed if e.kind in ("new dispute", "wider")]
    steps = [f"whosays that {' '.join(e.terms)}" for e in disputed[:1]]
    if any(
        (above / ".git").exists() for above in (path, *Path(realpath(path)).parents)
    ):
        steps.append("git diff")
    if steps and added.files and not dry_run:
        next_steps(" · ".join(steps), quiet=quiet)
    return 0


def _say_refused(refused: RowsRefused, files: list[Path], *, partial: bool) -> None:
    """Say in two lines how many rows are good, and where to look at the others."""
    names = " ".join(map(str, files))
    bad, good = refused.checked.refused, 0
    for counted in refused.checked.sheets:
        if counted.sheet.kind == "statements":
            good += counted.rows - counted.refused
    if not bad or partial:
        first = refused.problems[0]
        note(f"{first}")
        bad_rows = "the tables have errors"
    else:
        bad_rows = f"{bad:,} row{' has' if bad == 1 else 's have'} errors"
    left = f"{bad_rows}: nothing was written."
    print(f"{left:<44} whosays check {names}", file=sys.stderr)
    if bad and good and not partial:
        alone = f"The {count_of(good, 'good row')} alone"
        print(f"{alone}: whosays add --partial {names}", file=sys.stderr)
