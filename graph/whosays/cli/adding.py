"""The verbs ``actor add``, ``source add`` and ``relation add``: an option per column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperOption

from whosays.cli.app import (
    Verb,
)
from whosays.cli.locate import own_folder
from whosays.cli.output import next_steps, note, print_failure, say
from whosays.errors import DataError, UsageError

DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Check and tell, and write nothing.")
]
NameArgument = Annotated[
    str,
    typer.Argument(
        metavar="NAME", help="The slug, or the name: then it is made of it."
    ),
]
_CELLS = "whosays.cells"
_OWN = "own_params"


def adding(kind: str) -> type[Verb]:
    """Make the verb that has an option for each column of a register."""

    class Adding(Verb):
        """A verb whose options are the columns of a table.

        They are made when they are asked for: `find` and `list` are loaded with it,
        and need not know any column.
        """

        @cached_property
        def params(self) -> list[Any]:  # type: ignore[override]
            own = self.__dict__.pop(_OWN)
            words = [one for one in own if one.param_type_name == "argument"]
            return [
                *words,
                *(_option(name, help) for name, help in _columns(kind).items()),
                *(one for one in own if one not in words),
            ]

        def __setattr__(self, name: str, value: object) -> None:
            super().__setattr__(_OWN if name == "params" else name, value)

        def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
            rest = super().parse_args(ctx, args)
            given = {name: ctx.params.pop(name) or "" for name in _columns(kind)}
            ctx.meta[_CELLS] = {name: text for name, text in given.items() if text}
            return rest

    return Adding


def _columns(kind: str) -> Mapping[str, str]:
    from whosays.registers.columns import COLUMN_HELP

    return COLUMN_HELP[kind]


def _option(column: str, help: str) -> TyperOption:
    return TyperOption(
        param_decls=[f"--{column.replace('_', '-')}"],
        default="",
        metavar=_METAVARS.get(column, "TEXT"),
        help=help,
        show_default=False,
    )


_METAVARS = {
    "type": "TYPE",
    "family": "FAMILY",
    "part_of": "ACTOR",
    "acts_for": "ACTOR",
    "owned_by": "ACTOR",
    "publisher": "ACTOR",
    "author": "ACTOR",
    "default_voice": "ACTOR",
    "narrower_than": "RELATION",
    "date": "DATE",
}


def add(
    kind: str,
    name: str,
    context: typer.Context,
    project: Path | None,
    *,
    dry_run: bool,
    quiet: bool,
) -> int:
    """Add one row and say what came of it."""
    from whosays import registers

    cells = registers.with_slug(kind, name, context.meta[_CELLS])
    if lacking := registers.missing(kind, cells):
        raise UsageError(
            f"{_article(kind)} needs {' and '.join(_dashed(one) for one in lacking)}",
            _columns(kind)[lacking[0]],
        )
    try:
        done = registers.add(own_folder(project), kind, [cells], dry_run=dry_run)
    except DataError as error:
        for problem in error.problems:
            shown = replace(problem, table="", cell=_dashed(problem.column), row=None)
            print_failure(str(shown))
        note("nothing was written", quiet=quiet)
        return error.exit_code
    what = "would add" if dry_run else "added"
    for slug, row in done.rows.items():
        say(f"{what} {slug}   {done.table} row {row}")
    for slug, near in done.near.items():
        note(f"near names: {', '.join(near)}; is one of them {slug}?", quiet=quiet)
    for alias, relation in done.taken_over:
        note(f"“{alias}” was an alias of {relation} and is no longer", quiet=quiet)
    for problem in done.problems:
        note(f"{problem.level}: {problem.text}  {problem.code}", quiet=quiet)
    if not dry_run:
        next_steps("whosays check · git diff", quiet=quiet)
    return 0


def _dashed(column: str) -> str:
    return f"--{column.replace('_', '-')}" if column and column != "slug" else ""


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
