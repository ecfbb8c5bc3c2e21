"""The verb that finds words in a stored text."""

from __future__ import annotations

from typing import Annotated

import typer

from whosays.cli.app import OutputOption, ProjectOption, QuietOption, example, verb
from whosays.cli.formats import ROWS, encoded, format_of
from whosays.cli.manner import manner
from whosays.cli.output import deliver, note, write_data


@verb(
    epilog=example(
        'whosays locate strait-interview "no weapons"',
        'whosays locate strait-interview "no weapons" -f csv',
    )
)
def locate(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="A source whose text is here.")
    ],
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help="Words in a row.")
    ],
    project: ProjectOption = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="text csv tsv json ndjson md html.")
    ] = "",
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> int:
    """Find the paragraphs of a source in which words stand, counted as locators count.

    Case, quotes, dashes and line breaks make no difference. Nothing of the text is
    printed. Ends with 1 when the words are not there.
    """
    from whosays import copies
    from whosays.cli.finding import records
    from whosays.cli.locate import folder

    form = format_of(format, output, ("text", *ROWS))
    collection = records(project, quiet=quiet)
    path = folder(project, quiet=True)
    found = copies.locate(path, collection, source, " ".join(words))
    if found.changed:
        note(
            "the text is not the one that was attached: see whosays check", quiet=quiet
        )
    if form != "text":
        write_data(encoded(found.to_rows(), form), output)
    elif found.hits:
        mark = "p" if manner.ascii else "¶"
        lines = dict.fromkeys(f"{mark}{hit.paragraph}" for hit in found.hits)
        deliver("\n".join(lines), output)
    if not found.hits:
        note(f"these words are not in the text of {found.source}", quiet=quiet)
        return 1
    if any(hit.last != hit.paragraph for hit in found.hits):
        note(
            "the words go on in the next paragraph: if lines are broken to a width, "
            f"whosays source attach {found.source} TEXTFILE --blocks paragraph",
            quiet=quiet,
        )
    return 0
