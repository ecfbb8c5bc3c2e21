"""The verb that publishes a project as a static site."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from whosays.cli.app import ProjectOption, QuietOption, example, verb
from whosays.cli.output import next_steps, note


@verb(
    epilog=example(
        "whosays site public",
        "whosays site public --base-url https://example.org/iran-isis/",
    )
)
def site(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where to; empty or a former site.")
    ],
    base_url: Annotated[
        str,
        typer.Option(
            "--base-url",
            metavar="URL",
            help="Where it will stand; for the site map and canonical addresses.",
        ),
    ] = "",
    force: Annotated[
        bool,
        typer.Option("--force", help="Write to a folder with other files; keep them."),
    ] = False,
    project: ProjectOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write a static site: a page per actor, source, issue and statement.

    It works on any web host and from a disk, without JavaScript, and asks nothing of
    any network. Addresses do not move: /actor/SLUG/, /source/SLUG/, /issue/A_B/,
    /st/ID/; former slugs and replaced statements lead on.
    """
    from whosays.cli.locate import opened, shown

    kg = opened(project, quiet=quiet)
    watch = None if quiet or not sys.stderr.isatty() else _progress
    made = kg.site(folder, base_url=base_url, force=force, progress=watch)
    size = f"{made.size / 1_000_000:,.1f} MB"
    note(f"wrote {shown(made.path)}   {made.pages:,} pages, {size}", quiet=quiet)
    for text in made.notes:
        note(f"note: {text}", quiet=quiet)
    next_steps(f"open {shown(made.path / 'index.html')}", quiet=quiet)


def _progress(done: int, total: int) -> None:
    """Count files on one line of the terminal, and wipe it at the end."""
    if done == total:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    elif done % 50 == 0:
        print(f"\rwriting {done} of {total}", end="", file=sys.stderr, flush=True)
