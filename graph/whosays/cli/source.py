"""The verbs of ``whosays source``: the documents that statements were read in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whosays import registers
from whosays.cli import finding
from whosays.cli.adding import DryRunOption, NameArgument, add, adding
from whosays.cli.app import (
    OutputOption,
    ProjectOption,
    QuietOption,
    example,
    group,
    verb,
)
from whosays.cli.output import next_steps, note, say
from whosays.cli.registers import (
    FormatOption,
    finder,
    records,
    show,
)
from whosays.cli.renaming import add_rename

source = group(
    "source",
    "List, find and add sources: the documents that statements were read in.",
    epilog=example(
        "whosays source list --undated",
        'whosays source find "interview"',
    ),
)


@verb(
    "list",
    of=source,
    epilog=example(
        "whosays source list",
        "whosays source list --undated",
        "whosays source list --by harbour-post -f csv",
    ),
)
def list_sources(
    kind: Annotated[
        str, typer.Option(metavar="KIND", help="Only sources of this kind.")
    ] = "",
    by: Annotated[
        str,
        typer.Option(metavar="ACTOR", help="Only what it wrote, published or says."),
    ] = "",
    lang: Annotated[
        str, typer.Option(metavar="LANG", help="Only sources in this language.")
    ] = "",
    undated: Annotated[
        bool, typer.Option("--undated", help="Only sources without a date.")
    ] = False,
    unused: Annotated[
        bool, typer.Option("--unused", help="Only sources without a statement.")
    ] = False,
    project: ProjectOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """List sources, with how many statements were read in each."""
    rows = registers.sources(
        records(project, quiet=quiet),
        kind=kind,
        by=by,
        lang=lang,
        undated=undated,
        unused=unused,
    )
    shown = ("slug", "title", "date", "voice_label", "statements")
    show(rows, shown, format=format, output=output, quiet=quiet)


_FIND = """\
Find a source by slug, title, former slug or web address.
"""

finder(
    source,
    finding.sources,
    _FIND,
    example(
        "whosays source find interview",
        "whosays source find https://example.org/minutes/2031-03",
    ),
)


@verb(
    "attach",
    of=source,
    epilog=example(
        "whosays source attach strait-interview interview.txt",
        "whosays source attach night-bulletin bulletin.txt --blocks paragraph",
    ),
)
def attach_text(
    slug: Annotated[str, typer.Argument(metavar="SOURCE", help="A source.")],
    file: Annotated[
        Path, typer.Argument(metavar="TEXTFILE", help="A plain text in UTF-8.")
    ],
    blocks: Annotated[
        str,
        typer.Option(
            metavar="line|paragraph",
            help="What counts as a paragraph: each line, or what blank lines part.",
        ),
    ] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the place of another text.")
    ] = False,
    project: ProjectOption = None,
    quiet: QuietOption = False,
) -> None:
    """Keep the text of a source beside the project, outside version control.

    The project records its name and its hash. Locators and hashes of passages can be
    checked from then on, and words be found: whosays locate. HTML and PDF are not
    read: save their text first.
    """
    from whosays import copies
    from whosays.cli.locate import own_folder, shown

    kept = copies.attach(
        own_folder(project), slug, file, blocks=blocks, replace=replace
    )
    what = "kept" if kept.new else "was kept already:"
    say(f"{what} {shown(kept.path)}   {kept.paragraphs:,} paragraphs")
    if kept.wrapped:
        note(
            "its lines look broken to a width, and each counts as a paragraph; if "
            "blank lines part them: --blocks paragraph",
            quiet=quiet,
        )
    if kept.misplaced:
        note(
            f"{kept.misplaced} locators lie past its end: see whosays check",
            quiet=quiet,
        )
    next_steps(
        f'whosays locate {kept.source} "some words" · whosays check', quiet=quiet
    )


@verb(
    "add",
    of=source,
    cls=adding("source"),
    epilog=example(
        'whosays source add "Night bulletin of 4 April" --date 2031-04-04',
        'whosays source add night-bulletin --title "Night bulletin" --kind broadcast',
    ),
)
def add_source(
    context: typer.Context,
    name: NameArgument,
    project: ProjectOption = None,
    dry_run: DryRunOption = False,
    quiet: QuietOption = False,
) -> int:
    """Add a source to sources.csv, checked as whosays check would.

    A source without a date is legal, and said to be undated. One that is there already,
    by its address or by title and date, is refused.
    """
    return add("source", name, context, project, dry_run=dry_run, quiet=quiet)


@verb(
    "import",
    of=source,
    epilog=example(
        "whosays source import library.json",
        "whosays source import references.bib --dry-run",
    ),
)
def import_file(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSL-JSON or BibTeX; - is stdin.")
    ],
    project: ProjectOption = None,
    dry_run: DryRunOption = False,
    quiet: QuietOption = False,
) -> int:
    """Add the works of a bibliography to sources.csv, as CSL-JSON or BibTeX.

    Works that are there already, by address, DOI or title and date, are left alone.
    Every field is stored, kept in the note, or named as ignored; abstracts are other
    people's sentences and never stored. BibTeX needs the extra "bibtex".
    """
    from whosays.cli.importing import import_bibliography

    return import_bibliography(file, project, dry_run=dry_run, quiet=quiet)


add_rename(source, "source")
