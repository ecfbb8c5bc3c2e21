"""The verb `query`: SPARQL by name, from a file or from stdin."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from whosays.cli.app import OutputOption, ProjectOption, QuietOption, example, verb


@verb(
    epilog=example(
        "whosays query contested",
        "whosays query denied-by speaker=broomand -f csv",
        "whosays query statements --limit all -o everything.csv",
        "whosays query my-question.rq -o answer.json",
        "echo 'ASK { ?s said:fights ?o }' | whosays query -",
        "whosays query --on graph.ttl my-question.rq",
        "whosays query contested --endpoint https://example.org/sparql",
    )
)
def query(
    text: Annotated[
        str,
        typer.Argument(
            metavar="NAME|FILE.rq|-", help="What to ask.", show_default=False
        ),
    ] = "",
    values: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Argument(
            metavar="[name=value]...", help="Parameters.", show_default=False
        ),
    ] = None,
    param: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--param", metavar="name=value", help="A parameter (repeatable)."),
    ] = None,
    project: ProjectOption = None,
    on: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Option(
            metavar="FILE", help="Ask this RDF or statement file instead (repeatable)."
        ),
    ] = None,
    on_named: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Option(
            "--on-named", metavar="FILE", help="The same, as a graph of its own name."
        ),
    ] = None,
    endpoint: Annotated[
        str,
        typer.Option(
            metavar="URL", help="Ask this SPARQL server instead.", show_default=False
        ),
    ] = "",
    default_graph: Annotated[
        str,
        typer.Option(
            "--default-graph",
            metavar="IRI",
            help="What that server reads as default graph.",
            show_default=False,
        ),
    ] = "",
    allow_service: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            "--allow-service",
            metavar="HOST",
            help="Let SERVICE ask this host (repeatable).",
        ),
    ] = None,
    limit: Annotated[
        str,
        typer.Option(
            metavar="N|all",
            help="Rows of a named query; long lists come in pages.",
            show_default=False,
        ),
    ] = "",
    offset: Annotated[
        str,
        typer.Option(metavar="N", help="Rows to pass over first.", show_default=False),
    ] = "",
    format: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help="table csv tsv json xml md ndjson; turtle trig ntriples nquads "
            "rdfxml jsonld.",
        ),
    ] = "",
    output: OutputOption = None,
    list_all: Annotated[
        bool, typer.Option("--list", help="List the named queries.")
    ] = False,
    show: Annotated[
        bool, typer.Option("--show", help="Print the SPARQL with its prefixes.")
    ] = False,
    timeout: Annotated[
        float, typer.Option(min=0.1, help="Seconds until a query is ended.")
    ] = 60.0,
    memory: Annotated[
        int, typer.Option(min=64, help="Megabytes that a query may use.")
    ] = 2048,
    quiet: QuietOption = False,
) -> None:
    """Ask in SPARQL: a named query, a file, or the text on stdin (-).

    The usual prefixes need no declaration; --show prints them. Rows come as a table on
    a terminal and as CSV in a pipe, graphs as Turtle. Lists of statements and disputes
    come in pages of 1,000 rows; a note says when more follow. Nothing is fetched: SERVICE
    and LOAD are refused. Credentials for --endpoint are taken from the environment:
    WHOSAYS_ENDPOINT_USER and WHOSAYS_ENDPOINT_PASSWORD, or WHOSAYS_ENDPOINT_TOKEN.
    """
    from whosays.cli.querying import ask
    from whosays.worker import Limits

    ask(
        text,
        [*(values or ()), *(param or ())],
        project=project,
        on=on or (),
        on_named=on_named or (),
        endpoint=endpoint,
        default_graph=default_graph,
        allow_service=allow_service or (),
        limit=limit,
        offset=offset,
        format=format,
        output=output,
        list_all=list_all,
        show=show,
        limits=Limits(seconds=timeout, memory=memory * 1024**2),
        quiet=quiet,
    )
