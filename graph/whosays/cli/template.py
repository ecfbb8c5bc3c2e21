"""The verb template: an empty sheet for a curator."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whosays.cli.app import ProjectOption, QuietOption, example, verb
from whosays.cli.output import say


@verb(
    epilog=example(
        "whosays template new-article.xlsx",
        "whosays template new-article.xlsx --source example-daily-2014-08-02",
        "whosays template new-article.csv",
    )
)
def template(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to: .xlsx, .csv or .tsv.")
    ],
    project: ProjectOption = None,
    source: Annotated[
        str,
        typer.Option(
            metavar="SLUG",
            help="The source of the rows, one that is known or a new one.",
        ),
    ] = "",
    quiet: QuietOption = False,
) -> None:
    """Write an empty sheet for new statements, actors, sources and names.

    In a workbook the cells offer the relations, actors, sources and stances of the
    project, and dates stay as they are typed.
    """
    from whosays import curating
    from whosays.cli.locate import folder

    made = curating.template(folder(project, quiet=quiet), file, source=source)
    name = str(file)
    if made.lists:
        name += f"      drop-downs: {', '.join(made.lists)}"
    elif len(made.files) > 1:
        name += f"      with {', '.join(path.name for path in made.files[1:])}"
    say(f"wrote {name}")
    if made.new_source:
        place = "in the sheet “sources”"
        if not made.lists:
            place = f"in {made.files[1]}"
        say(f"new source: fill its row {place} (title, publisher, date)")
