"""The verb that compares two versions of a project: diff."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from whosays.cli.app import OutputOption, ProjectOption, QuietOption, example, verb
from whosays.cli.formats import ROWS, encoded, format_of
from whosays.cli.locate import folder
from whosays.cli.output import deliver, note, write_data

FORMATS = ("text", *ROWS)


@verb(
    epilog=example(
        "whosays diff",
        "whosays diff HEAD~1 -f md",
        "whosays diff main..",
        "whosays diff ../before .",
    )
)
def diff(
    old: Annotated[
        str,
        typer.Argument(metavar="[OLD]", help="A folder, a revision of git or a range."),
    ] = "HEAD",
    new: Annotated[
        str,
        typer.Argument(
            metavar="[NEW]", help="The same; default: the files as they are now."
        ),
    ] = "",
    project: ProjectOption = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="text csv tsv json ndjson md html.")
    ] = "",
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """Say what a newer version of a project says otherwise than an older one.

    Statements added, removed, restated, decided upon; disputes gained, lost, widened;
    names and what was renamed. Rows that only moved are no change.
    """
    from whosays import difference
    from whosays.cli.paper import paper

    form = format_of(format, output, FORMATS)
    found = difference.diff(old, new, path=folder(project, quiet=quiet))
    match form:
        case "text":
            sheet = paper()
            lines = [
                line
                for indent, text in difference.text(found)
                for line in (sheet.lines(text, indent, hang=4) if text else [""])
            ]
            deliver("\n".join(lines), output)
        case "md":
            write_data(difference.markdown(found).encode(), output)
        case "json":
            whole = json.dumps(found.to_dict(), ensure_ascii=False, indent=1)
            write_data(f"{whole}\n".encode(), output)
        case _:
            write_data(encoded(found.to_rows(), form), output)
            for text in difference.notes(found):
                note(text, quiet=quiet)
