"""Verbs about the project itself: status and ref."""

from __future__ import annotations

from typing import Annotated

import typer

from whosays.cli.app import ProjectOption, QuietOption, app, example
from whosays.cli.formats import chosen, encoded
from whosays.cli.output import say, write_data
from whosays.cli.output import table as lay_out
from whosays.cli.reference import KINDS, SHOWN
from whosays.cli.reference import table as reference

FORMATS = ("text", "csv", "json")


@app.command(
    epilog=example(
        "whosays ref relations",
        "whosays ref actors -f csv",
        "whosays ref codes",
    )
)
def ref(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND", help="actors, relations, sources, queries or codes."
        ),
    ],
    project: ProjectOption = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="text, csv or json.")
    ] = "text",
    quiet: QuietOption = False,
) -> None:
    """List the vocabulary in force: names, aliases, named queries, problem codes.

    These are the names that every other verb understands, in any case and script.
    """
    from whosays.cli.locate import folder, opened

    chosen("table", kind, KINDS)
    chosen("format", format, FORMATS)
    path = folder(project, quiet=quiet or kind == "codes")
    rows = reference(kind, lambda: opened(path, quiet=quiet).collection, path)
    if format == "text":
        shown = SHOWN[kind]
        say(lay_out(shown, ([row[name] for name in shown] for row in rows)))
    else:
        write_data(encoded(rows, format))
