"""The verb that sends a project to a SPARQL server."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from whosays.cli.app import ProjectOption, QuietOption, example, verb
from whosays.cli.output import next_steps, note, say


@verb(
    epilog=example(
        "whosays push https://example.org/dataset/data --dry-run",
        "whosays push https://example.org/dataset/data",
        "whosays push http://localhost:8890/sparql-graph-crud-auth",
    )
)
def push(
    url: Annotated[
        str, typer.Argument(metavar="URL", help="The graph store of the server.")
    ],
    project: ProjectOption = None,
    queries: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help="Where it takes queries; default: guessed from the first address.",
            show_default=False,
        ),
    ] = "",
    update: Annotated[
        bool, typer.Option("--update", help="URL takes updates; it is no graph store.")
    ] = False,
    default_graph: Annotated[
        str,
        typer.Option(
            "--default-graph",
            metavar="IRI",
            help="Where to put what has no graph here.",
            show_default=False,
        ),
    ] = "",
    force: Annotated[
        bool, typer.Option("--force", help="Replace a default graph of others.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Send nothing; say what would be sent.")
    ] = False,
    quiet: QuietOption = False,
) -> None:
    """Make a SPARQL server hold the graphs of the project, and nothing else in them.

    Only what has changed since the last time is sent, graph by graph; the counts are
    compared at the end. It may be interrupted and started again. Credentials are taken
    from the environment: WHOSAYS_ENDPOINT_USER and WHOSAYS_ENDPOINT_PASSWORD, or
    WHOSAYS_ENDPOINT_TOKEN.
    """
    from whosays.cli.locate import opened
    from whosays.push import push as send

    kg = opened(project, quiet=quiet)
    done = send(
        kg,
        url,
        queries=queries,
        update=update,
        default_graph=default_graph,
        force=force,
        dry_run=dry_run,
        progress=None if quiet or not sys.stderr.isatty() else _progress,
    )
    would = "would send" if dry_run else "sent"
    deleted = f", deleted {len(done.deleted)}" if done.deleted else ""
    say(
        f"{would} {len(done.sent)} of {done.graphs} graphs{deleted}; "
        f"{done.triples:,} triples in all"
    )
    if not dry_run:
        note("the counts there are equal", quiet=quiet)
    where = f" --default-graph {done.default_graph}" if done.default_graph else ""
    next_steps(f"whosays query contested --endpoint {done.queries}{where}", quiet=quiet)


def _progress(done: int, total: int) -> None:
    """Count graphs on one line of the terminal, and wipe it at the end."""
    if done == total:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    else:
        print(f"\rsending {done} of {total}", end="", file=sys.stderr, flush=True)
