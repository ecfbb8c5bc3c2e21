"""The verb that serves a project over HTTP: SPARQL, named queries, pages."""

from __future__ import annotations

import sys
from typing import Annotated, Optional

import typer

from whosays.cli.app import ProjectOption, QuietOption, example, verb
from whosays.cli.manner import manner
from whosays.cli.output import note, say


@verb(
    epilog=example(
        "whosays serve",
        "whosays serve --port 8080 --timeout 30",
        "whosays serve --cors https://yasgui.org",
    )
)
def serve(
    project: ProjectOption = None,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port; 0 takes any free one.")
    ] = 7878,
    timeout: Annotated[
        float, typer.Option(min=0.1, help="Seconds until a question is ended.")
    ] = 10.0,
    rows: Annotated[
        int, typer.Option(min=1, help="Rows or triples that an answer may have.")
    ] = 1_000_000,
    memory: Annotated[
        int, typer.Option(min=64, help="Megabytes that a question may use.")
    ] = 2048,
    cors: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            metavar="ORIGIN",
            help="Let pages of this origin read answers (repeatable); null for files.",
        ),
    ] = None,
    allow_host: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            "--allow-host",
            metavar="NAME",
            help="Another name of this computer (repeatable).",
        ),
    ] = None,
    allow_service: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            "--allow-service",
            metavar="HOST",
            help="Let SERVICE ask this host (repeatable).",
        ),
    ] = None,
    quiet: QuietOption = False,
) -> None:
    """Serve SPARQL 1.1 (read-only), named queries and pages on this computer.

    Changes of the files are noticed while it runs. Ctrl-C ends it. With -v every request
    is noted. There are no accounts and no encryption: beyond this computer it belongs
    behind a server that has them.
    """
    from whosays.cli.locate import folder
    from whosays.server import Server
    from whosays.worker import Limits

    chosen = folder(project, quiet=quiet)
    server = Server(
        chosen,
        host=host,
        port=port,
        limits=Limits(seconds=timeout, rows=rows, memory=memory * 1024**2),
        hosts=allow_host or (),
        origins=cors or (),
        allow_service=allow_service or (),
        notice=lambda text: note(text, quiet=quiet),
        log=note if manner.verbose else None,
    )
    with server:
        say(f"{server.url}          page with the named queries, and the view")
        say(f"{server.url}sparql    SPARQL 1.1, read-only")
        sys.stdout.flush()  # whoever reads a pipe or a file waits for the address
        if host not in ("127.0.0.1", "localhost", "::1", "[::1]"):
            note("note: whoever reaches this computer can read all of it", quiet=quiet)
        note("Ctrl-C ends it", quiet=quiet)
        server.run()
