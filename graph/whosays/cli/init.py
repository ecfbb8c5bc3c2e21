"""The verb that starts a project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whosays.cli.app import QuietOption, example, verb
from whosays.cli.output import next_steps, note, say, width


@verb(
    epilog=example(
        "whosays init my-topic",
        'whosays init harbour --title "Who says what about the harbour plan"',
        "whosays init my-topic --bare",
    )
)
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder that is empty or not there.")
    ],
    title: Annotated[
        str,
        typer.Option(metavar="TEXT", help="Its title; default: the folder's name."),
    ] = "",
    bare: Annotated[
        bool, typer.Option("--bare", help="Without the three example statements.")
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Also among other files, which are kept."),
    ] = False,
    quiet: QuietOption = False,
) -> None:
    """Start a project on any subject, with three statements that already work.

    Asks nothing and overwrites nothing. The example statements are invented; the
    relations are those that every project has, and one of its own.
    """
    from whosays import starter

    started = starter.init(folder, title=title, bare=bare, force=force)
    if quiet:
        return
    lead = f"created {started.path}/   "
    shown = [_shown(file) for file in started.written if not file.startswith(".")]
    indent = len(lead) if len(lead) < width() / 2 else 8
    first, *more = _lines(shown, width() - indent)
    say(f"{lead}{first}" if len(lead) == indent else f"{lead}\n{' ' * indent}{first}")
    for line in more:
        say(f"{' ' * indent}{line}")
    if started.kept:
        note(f"kept as they were: {', '.join(started.kept)}")
    next_steps(f"cd {started.path} && whosays build && whosays view --open")


def _lines(names: list[str], size: int) -> list[str]:
    """Set names side by side, as many as a line takes."""
    lines = [""]
    for name in names:
        if lines[-1] and len(lines[-1]) + 2 + len(name) > size:
            lines.append("")
        lines[-1] += f"  {name}" if lines[-1] else name
    return lines


def _shown(file: str) -> str:
    return "queries/" if file.startswith("queries/") else file
