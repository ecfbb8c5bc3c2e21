"""The verbs of ``whosays actor``: who acts, speaks or is a place."""

from __future__ import annotations

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
from whosays.cli.registers import (
    FormatOption,
    finder,
    records,
    show,
)
from whosays.cli.renaming import add_rename

actor = group(
    "actor",
    "List, find and add actors: who acts, speaks or is a place.",
    epilog=example(
        "whosays actor list --type person",
        'whosays actor find "cedar"',
    ),
)


@verb(
    "list",
    of=actor,
    epilog=example(
        "whosays actor list",
        "whosays actor list --type person --part-of aldoria",
        "whosays actor list --unused -f csv",
    ),
)
def list_actors(
    type: Annotated[
        str, typer.Option(metavar="TYPE", help="Only actors of this type.")
    ] = "",
    part_of: Annotated[
        str,
        typer.Option(metavar="ACTOR", help="Only what belongs to or acts for it."),
    ] = "",
    source: Annotated[
        str, typer.Option(metavar="SOURCE", help="Only who stands or speaks there.")
    ] = "",
    unused: Annotated[
        bool, typer.Option("--unused", help="Only actors that no row names.")
    ] = False,
    project: ProjectOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """List actors, with how many statements each stands in and makes."""
    rows = registers.actors(
        records(project, quiet=quiet),
        type=type,
        part_of=part_of,
        source=source,
        unused=unused,
    )
    shown = ("slug", "label", "type", "aliases", "statements", "said")
    show(rows, shown, format=format, output=output, quiet=quiet)


_FIND = """\
Find an actor by slug, label, alias or any name that a voice uses.

Names in other scripts are compared by their sound. The best match comes first: the
same name, one that sounds the same, a part of a name, a near miss.
"""

finder(
    actor,
    finding.actors,
    _FIND,
    example(
        "whosays actor find cedar",
        "whosays actor find Ahmadian -f csv",
    ),
)


@verb(
    "add",
    of=actor,
    cls=adding("actor"),
    epilog=example(
        'whosays actor add "Cedar Front" --type militia',
        'whosays actor add aldorian-navy --label "Navy" --type armedForce',
    ),
)
def add_actor(
    context: typer.Context,
    name: NameArgument,
    project: ProjectOption = None,
    dry_run: DryRunOption = False,
    quiet: QuietOption = False,
) -> int:
    """Add an actor to actors.csv, checked as whosays check would.

    What has the name of another actor is refused; a near name is told.
    """
    return add("actor", name, context, project, dry_run=dry_run, quiet=quiet)


add_rename(actor, "actor")
