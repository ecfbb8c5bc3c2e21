"""Verbs about the project itself: status and ref."""

from __future__ import annotations

from typing import Annotated

import typer

from whosays.cli.app import ProjectOption, QuietOption, app, example
from whosays.cli.output import say, write_data
from whosays.cli.output import table as lay_out
from whosays.cli.reference import KINDS, SHOWN
from whosays.cli.reference import table as reference
from whosays.errors import UsageError

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
    match format:
        case "csv":
            write_data(rows.to_csv().encode())
        case "json":
            write_data(rows.to_json().encode())
        case _:
            shown = SHOWN[kind]
            say(lay_out(shown, ([row[name] for name in shown] for row in rows)))


def chosen(what: str, given: str, known: tuple[str, ...]) -> str:
    """Accept one of a closed list, else suggest the nearest.

    Raises:
        UsageError: the value is not of the list.
    """
    if given in known:
        return given
    from difflib import get_close_matches

    near = get_close_matches(given, known, 1, 0.4)
    hint = f"Did you mean: {near[0]}" if near else f"Use one of {', '.join(known)}"
    raise UsageError(f"no {what} “{given}”", hint)
