"""The verb corpus: tables beyond memory, checked and written in parts by Spark."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whosays.cli.app import ProjectOption, QuietOption, example, verb
from whosays.cli.check import EncodingOption
from whosays.cli.output import deliver, note, say, width


@verb(
    epilog=example(
        "whosays corpus events/ -o parts",
        "whosays corpus events.parquet -o parts",
        "whosays corpus events-*.csv -o parts --format parquet",
        "whosays corpus events/ -o parts --master 'local[2]'",
    )
)
def corpus(
    tables: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Tables of rows, or folders of them: .csv, .tsv, .jsonl, .parquet.",
        ),
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="Where to; a new folder."),
    ],
    project: ProjectOption = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="nquads parquet.")
    ] = "nquads",
    master: Annotated[
        str, typer.Option(metavar="URL", help="Where Spark works.")
    ] = "local[*]",
    partitions: Annotated[
        int,
        typer.Option(
            min=0, metavar="N", help="Into how many parts; 0: as many as suit."
        ),
    ] = 0,
    encoding: EncodingOption = "",
    quiet: QuietOption = False,
) -> int:
    """Check tables too large for memory, find disputes, and write all of it in parts.

    The project names the actors and sources; its own statements count too. Rows are
    read, compared and written as in a project, spread over processes or machines by
    Apache Spark (pip install "whosays[spark]", and Java). All rows or none.
    """
    from whosays.cli.locate import folder, shown
    from whosays.problems.report import report
    from whosays.spark import spread
    from whosays.text import count_of

    path = folder(project, quiet=quiet)
    done = spread(
        path,
        tables,
        output,
        format=format,
        master=master,
        partitions=partitions,
        encoding=encoding,
    )
    lines = report(done.problems, width=width(), more=done.more)
    deliver("".join(f"{line}\n" for line in lines))
    rows = count_of(done.rows, "row")
    if not done.files:
        note(f"{rows}, {done.refused:,} with errors: nothing was written")
        return 1
    say(f"{rows}, {done.statements:,} statements with those of the project")
    say(f"{done.disputes:,} pairs collide, in {done.issues:,} pairs of actors")
    if done.held < done.disputes:
        say(f"the graph holds {done.held:,} of them, the strongest of each issue")
    note(f"wrote {shown(output)}   {len(done.files)} files", quiet=quiet)
    return 0
