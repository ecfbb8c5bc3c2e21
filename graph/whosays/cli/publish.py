"""Verbs that publish: build, view, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from whosays.cli.app import ProjectOption, QuietOption, example, verb
from whosays.cli.output import STDOUT, note, place, say


@verb(
    epilog=example(
        "whosays build",
        "whosays build -p my-topic",
    )
)
def build(project: ProjectOption = None, quiet: QuietOption = False) -> None:
    """Check the project, load it, and write its graph and its view.

    Writes graph.trig, graph.ttl and view.html into the build folder of the project.
    Nothing is written when the data have errors. A second run with unchanged files
    writes nothing.
    """
    from whosays.cli import building

    building.build(project, quiet=quiet)


@verb(
    epilog=example(
        "whosays view --open",
        "whosays view --about isis --about iran -o iran-isis.html",
        "whosays view --source voa-last-page --title 'What VOA says'",
        "whosays view --compare voa-last-page habilian-rapprochement --open",
        "whosays view --issue iran_isis --from 2014 --to 2017",
        "whosays view --tour five-accounts --open",
        "whosays view --claim iran_fights_isis -o iran-fights-isis.html",
    )
)
def view(
    project: ProjectOption = None,
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--output", "-o", metavar="FILE", help="Where to; default: build/view.html."
        ),
    ] = None,
    about: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            metavar="ACTOR", help="Only claims about this actor (repeatable)."
        ),
    ] = None,
    source: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            metavar="SOURCE", help="Only what this source holds (repeatable)."
        ),
    ] = None,
    voice: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(metavar="ACTOR", help="Only what this voice says (repeatable)."),
    ] = None,
    limit: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=1, help="At most this many actors, the most discussed."),
    ] = None,
    title: Annotated[str, typer.Option(help="The heading of the page.")] = "",
    compare: Annotated[
        Optional[tuple[str, str]],  # noqa: UP045
        typer.Option(metavar="A B", help="Open with two sources or voices compared."),
    ] = None,
    claim: Annotated[
        str,
        typer.Option(
            metavar="ID",
            help="Open with this claim or statement; prints the line to embed it.",
        ),
    ] = "",
    issue: Annotated[
        str,
        typer.Option(
            "--issue",
            "--dispute",
            metavar="ID",
            help="Open with this issue or dispute.",
        ),
    ] = "",
    at: Annotated[
        str, typer.Option(metavar="DATE", help="Open with what is about this time.")
    ] = "",
    since: Annotated[
        str,
        typer.Option("--from", metavar="DATE", help="Open with what was said since."),
    ] = "",
    until: Annotated[
        str,
        typer.Option(
            "--to", metavar="DATE", help="Open with what was said until then."
        ),
    ] = "",
    tour: Annotated[
        str, typer.Option(metavar="TOUR", help="Open with this guided tour.")
    ] = "",
    sparql: Annotated[
        Optional[bool],  # noqa: UP045
        typer.Option(
            "--with-sparql/--no-sparql",
            help="Let readers ask in SPARQL (+2 MB); default: up to 10,000 statements.",
            show_default=False,
        ),
    ] = None,
    open_it: Annotated[
        bool, typer.Option("--open", help="Open it in the browser.")
    ] = False,
    quiet: QuietOption = False,
) -> None:
    """Write the network as one HTML file that works offline.

    A line says that somebody said it, not that it is so. The page asks nothing of any
    network and can be sent or published as it is. --about, --source, --voice and --limit
    say what it holds; the others what it shows at first, which a reader can change.
    """
    from whosays.cli.locate import opened, shown

    kg = opened(project, quiet=quiet)
    page = kg.view(
        about=about or (),
        sources=source or (),
        voices=voice or (),
        limit=limit,
        title=title,
        compare=compare,
        claim=claim,
        issue=issue,
        at=at,
        since=since,
        until=until,
        tour=tour,
        sparql=sparql,
    )
    path = place(output or kg.build_dir / "view.html")
    if output is None:
        path.parent.mkdir(parents=True, exist_ok=True)
    page.save(path)
    size = f"{path.stat().st_size / 1000:,.0f} kB" if path.is_file() else "stream"
    note(f"wrote {shown(path)} ({size}, works offline)", quiet=quiet)
    for notice in page.notices:
        note(f"note: {notice}", quiet=quiet)
    if claim and path != STDOUT:
        say(page.frame(path.name))
    if open_it:
        import webbrowser

        address = path.resolve().as_uri()
        if not webbrowser.open(address):
            say(address)


@verb(
    epilog=example(
        "whosays export graph.ttl",
        "whosays export graph.trig",
        "whosays export network.gexf",
        "whosays export graph.ttl --rdf12",
        "whosays export graph.trig --candidates",
    )
)
def export(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="Where to; the suffix is the format; - is stdout."
        ),
    ],
    project: ProjectOption = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="The format, if the suffix is silent.")
    ] = "",
    rdf12: Annotated[
        bool, typer.Option("--rdf12", help="RDF 1.2: statements reify propositions.")
    ] = False,
    candidates: Annotated[
        bool,
        typer.Option(
            "--candidates",
            help="Also what extract proposed and nobody decided, in its own graph.",
        ),
    ] = False,
    quiet: QuietOption = False,
) -> None:
    """Write the project to one file: .ttl .trig .nt .nq .jsonld .rdf .csv .graphml .gexf.

    The same data give the same bytes. What a format cannot carry is said on stderr.
    """
    from whosays.cli.locate import opened, shown
    from whosays.cli.plugged import tell_broken
    from whosays.export import knows
    from whosays.plugins import EXPORTERS

    kg = opened(project, quiet=quiet)
    target = place(file)
    default = "ttl" if str(file) == "-" else ""
    if not knows(target, format or default):
        tell_broken(EXPORTERS, quiet=quiet)
    written = kg.export(
        target, format=format or default, rdf12=rdf12, candidates=candidates
    )
    if target != STDOUT:
        note(
            f"wrote {shown(written.path)}   {written.count:,} {written.unit}",
            quiet=quiet,
        )
    for text in written.notes:
        note(f"note: {text}", quiet=quiet)
