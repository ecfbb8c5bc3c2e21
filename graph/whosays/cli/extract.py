"""The verb extract: from texts to candidates."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from whosays.cli.app import ProjectOption, QuietOption, example, verb
from whosays.cli.output import note, place, say


@verb(
    epilog=example(
        "whosays extract texts/vale-interview.txt --source vale-interview",
        "whosays extract texts/",
        "whosays extract - --source vale -o - < vale.txt",
    )
)
def extract(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Texts (.txt .md .html .pdf) or folders of them; - is stdin.",
        ),
    ],
    source: Annotated[
        str,
        typer.Option(
            metavar="SOURCE",
            help="The source that the text is; default: the one whose file it is.",
            show_default=False,
        ),
    ] = "",
    project: ProjectOption = None,
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to; default: build/candidates/SOURCE.jsonl; - is stdout.",
        ),
    ] = None,
    model: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="A spaCy pipeline with a parser, as a second opinion.",
            show_default=False,
        ),
    ] = "",
    with_: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            "--with", metavar="NAME", help="Also this extractor (repeatable)."
        ),
    ] = None,
    quiet: QuietOption = False,
) -> int:
    """Propose statements of texts, each tied to the exact words that say so.

    Nothing is accepted by itself: a person decides. Needs no model weights; with a
    parser two opinions are compared. Ends with 1 when one of many texts was unreadable.
    """
    from whosays import project as projects
    from whosays.cli.locate import folder, shown
    from whosays.extract import running, texts
    from whosays.extract.setup import extractor

    read = projects.read(folder(project, quiet=quiet))
    if read.errors:
        note(
            f"note: {len(read.errors)} errors in the tables; see whosays check",
            quiet=quiet,
        )
    given = None
    if any(str(file) == "-" for file in files):
        given = texts.decode(sys.stdin.buffer.read())
    paths = running.files_in(files)
    ready = extractor(
        running.registry_of(read.collection),
        model=model,
        named=with_ or (),
        own=read.path,
        relations=tuple(read.collection.relations),
    )
    failed = 0
    piped = output is not None and str(output) == "-"
    target = place(output) if output is not None else None
    done = running.run(
        read,
        paths,
        ready,
        source=source,
        given=given,
        output=target,
        settings={"model": model} if model else {},
    )
    for number, outcome in enumerate(done, 1):
        failed += outcome.error is not None
        if outcome.error is not None or piped:
            note(outcome.summary, quiet=quiet and outcome.error is None)
            continue
        say(outcome.summary)
        if outcome.path is not None:
            say(f"wrote {shown(outcome.path)}")
        if len(paths) > 1:
            note(f"{number} of {len(paths)} texts", quiet=quiet)
        for one in outcome.extraction.refused if outcome.extraction else ():
            note(f"warning: {one}", quiet=quiet)
    return 1 if failed else 0
