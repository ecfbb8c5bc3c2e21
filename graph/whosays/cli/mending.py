"""``check --fix``: show each mending, ask for each, write."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from whosays.cli.output import note, say
from whosays.errors import UsageError

if TYPE_CHECKING:
    from whosays.checks import Checked
    from whosays.curating import Mending
    from whosays.project.sheets import Sheet


def mend_project(path: Path, *, yes: bool, in_place: bool) -> None:
    """Mend the tables of a project, which is done in place or not at all."""
    from whosays import checks, curating, inputs

    if not in_place:
        raise UsageError(
            "the tables of a project are mended where they stand",
            "If that is meant: whosays check --fix --in-place",
        )
    root = inputs.root_of(path)
    found = curating.mendings(checks.check(root), curating.project_sheets(root))
    chosen = _chosen(found, yes=yes)
    for written in curating.mend(chosen, root=root):
        say(f"mended {inputs.relative(root, written)}")


def mend_files(
    path: Path,
    checked: Checked,
    files: Sequence[Path],
    *,
    yes: bool,
    in_place: bool,
) -> None:
    """Mend tables that are on their way into a project."""
    from whosays import curating

    sheets: dict[str, Sheet] = {c.sheet.name: c.sheet for c in checked.sheets}
    chosen = _chosen(curating.mendings(checked.problems, sheets), yes=yes)
    for written in curating.mend(chosen, in_place=in_place):
        say(f"wrote {written}      whosays check {written}")


def _chosen(found: Iterable[Mending], *, yes: bool) -> list[Mending]:
    """Show every mending; take those that are agreed to."""
    found = list(found)
    if not found:
        note("nothing here has only one mending")
        return []
    asking = not yes and sys.stdin.isatty() and sys.stderr.isatty()
    chosen = []
    several = len({mending.problem.table for mending in found}) > 1
    table = ""
    for number, mending in enumerate(found):
        if several and mending.problem.table != table:
            table = mending.problem.table
            say(table)
        say(_line(mending))
        if not asking:
            continue
        answer = _ask()
        if answer == "q":
            break
        if answer == "a":
            chosen += found[number:]
            for other in found[number + 1 :]:
                say(_line(other))
            break
        if answer == "y":
            chosen.append(mending)
    if yes:
        return found
    if not asking:
        note("nothing was written: --yes does it")
    return chosen


def _line(mending: Mending) -> str:
    place = f"{mending.problem.cell:<6} {mending.column:<10}"
    return f"{place} {mending.old} → {mending.new}"


def _ask() -> str:
    """Ask until there is an answer: this one, all, or stop."""
    while True:
        print("       mend it? [y/n/a/q] ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        answer = line.strip().casefold()[:1]
        if not line:
            return "q"
        if answer in ("y", "n", "a", "q"):
            return answer
