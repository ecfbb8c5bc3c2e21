"""The verbs of ``whosays relation``: what can be claimed of two actors."""

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

relation = group(
    "relation",
    "List, find and add relations: what can be claimed of two actors.",
    epilog=example(
        "whosays relation list --family hostility",
        'whosays relation find "weapons"',
    ),
)


@verb(
    "list",
    of=relation,
    epilog=example(
        "whosays relation list",
        "whosays relation list --family hostility --narrower-than fights",
        "whosays relation list --own -f csv",
    ),
)
def list_relations(
    family: Annotated[
        str, typer.Option(metavar="FAMILY", help="Only relations of this family.")
    ] = "",
    narrower_than: Annotated[
        str, typer.Option(metavar="RELATION", help="Only relations that imply it.")
    ] = "",
    own: Annotated[
        bool, typer.Option("--own", help="Only relations that the project adds.")
    ] = False,
    unused: Annotated[
        bool, typer.Option("--unused", help="Only relations that no row uses.")
    ] = False,
    project: ProjectOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """List the relations in force, with how many statements use each."""
    rows = registers.relations(
        records(project, quiet=quiet),
        family=family,
        narrower_than=narrower_than,
        own=own,
        unused=unused,
    )
    shown = ("id", "inverse_label", "narrower_than", "aliases", "statements")
    show(rows, shown, format=format, output=output, quiet=quiet)


_FIND = """\
Find a relation by id, label, inverse label, alias or words of its definition.

A synonym has other letters, so a word of the definition often leads further than
a likeness of names.
"""

finder(
    relation,
    finding.relations,
    _FIND,
    example(
        "whosays relation find weapons",
        'whosays relation find "is armed by"',
    ),
)


@verb(
    "add",
    of=relation,
    cls=adding("relation"),
    epilog=example(
        'whosays relation add "keeps watch on" --inverse-label "is watched by"',
        "whosays relation add trains --narrower-than supports --label trains",
    ),
)
def add_relation(
    context: typer.Context,
    name: NameArgument,
    project: ProjectOption = None,
    dry_run: DryRunOption = False,
    quiet: QuietOption = False,
) -> int:
    """Add a relation to relations.csv, checked as whosays check would.

    What is left out comes from the wider relation. No name may mean two relations.
    """
    return add("relation", name, context, project, dry_run=dry_run, quiet=quiet)


add_rename(relation, "relation")
