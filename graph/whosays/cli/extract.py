"""The verb extract: from texts to candidates."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Optional

import typer

from whosays.cli import llm
from whosays.cli.app import ProjectOption, QuietOption, example, verb
from whosays.cli.output import detail, note, place, say

_NAMES = 20  # of strangers that are listed


@verb(
    epilog=example(
        "whosays extract texts/vale-interview.txt --source vale-interview",
        "whosays extract texts/",
        "whosays extract - --source vale -o - < vale.txt",
        "whosays extract vale.txt --with llm --endpoint URL --endpoint-model NAME",
        "whosays extract vale.txt --import-langextract out.jsonl",
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
    new_actors: Annotated[
        bool,
        typer.Option(
            "--new-actors",
            help="Also with names that are no actors yet, as tier C; lists them.",
        ),
    ] = False,
    import_langextract: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--import-langextract",
            metavar="FILE",
            help="Also what LangExtract found in the text (.jsonl), checked in it anew.",
            show_default=False,
        ),
    ] = None,
    dictionary: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--dictionary",
            metavar="FILE",
            help="Also the verbs of a CAMEO dictionary that you have, as tier C.",
            show_default=False,
        ),
    ] = None,
    model: llm.ModelOption = "",
    with_: llm.WithOption = None,
    endpoint: llm.EndpointOption = "",
    endpoint_model: llm.EndpointModelOption = "",
    budget: llm.BudgetOption = 200_000,
    timeout: llm.TimeoutOption = 120,
    fresh: llm.FreshOption = False,
    dry_run: llm.PlanOption = False,
    shuffle_labels: llm.ShuffleOption = False,
    quiet: QuietOption = False,
) -> int:
    """Propose statements of texts, each tied to the exact words that say so.

    Nothing is accepted by itself: a person decides. Needs no model weights; with a
    parser two opinions are compared. Ends with 1 when one of many texts was unreadable.
    A language model is asked only at an endpoint that you name; its key is taken from
    the environment (WHOSAYS_LLM_KEY).
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
    registry = running.registry_of(read.collection)
    readable = partial(
        running.readable, read.collection, paths, source=source, given=given
    )
    route = None
    if llm.check_asked(
        with_ or (),
        endpoint=endpoint,
        endpoint_model=endpoint_model,
        fresh=fresh,
        dry_run=dry_run,
        shuffle_labels=shuffle_labels,
    ):
        from whosays.extract.llm.endpoint import Limits
        from whosays.extract.llm.route import route_of

        route = route_of(
            read,
            registry,
            endpoint=endpoint,
            model=endpoint_model,
            limits=Limits(seconds=timeout, tokens=budget),
            fresh=fresh,
            tell=lambda asked, kept: detail(f"{asked + kept} parts answered"),
        )
        llm.tell_cost(
            route, readable(), twice=shuffle_labels, dry_run=dry_run, quiet=quiet
        )
        if dry_run:
            return 0
    ready = extractor(
        registry,
        model=model,
        named=with_ or (),
        own=read.path,
        relations=tuple(read.collection.relations),
        route=route,
        langextract=import_langextract,
        dictionary=dictionary,
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
        settings={
            **({"model": model} if model else {}),
            **({"dictionary": dictionary.name} if dictionary else {}),
        },
        new_actors=new_actors,
    )
    for number, outcome in enumerate(done, 1):
        failed += outcome.error is not None
        tell = say if outcome.error is None and not piped else note
        if outcome.error is not None or not (piped and quiet):
            tell(outcome.summary)
        if outcome.error is not None:
            continue
        if outcome.path is not None and not piped:
            say(f"wrote {shown(outcome.path)}")
        if len(paths) > 1:
            note(f"{number} of {len(paths)} texts", quiet=quiet)
        for one in outcome.extraction.refused if outcome.extraction else ():
            note(f"warning: {one}", quiet=quiet)
        if outcome.strangers:
            named = [f"{one.label} ({one.count})" for one in outcome.strangers]
            shown_names = ", ".join(named[:_NAMES])
            more = f" and {len(named) - _NAMES} more" if len(named) > _NAMES else ""
            note(f"no actors yet: {shown_names}{more}", quiet=quiet)
        if outcome.refused:
            note(f"refused: {outcome.refused}", quiet=quiet)
    if route is not None and shuffle_labels:
        for doc in readable():
            say(f"{doc.source}: {llm.flips_told(route, doc, ready)}")
    return 1 if failed else 0
