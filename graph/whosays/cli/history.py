"""The history of a row, where the tables are kept under git."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from whosays import revisions
from whosays.errors import WhosaysError
from whosays.inputs import read_bytes
from whosays.model import Statement

if TYPE_CHECKING:
    from whosays.difference import History

_LATEST = "-5"


def latest(project: Path, one: Statement) -> list[str]:
    """List the latest changes of the row of a statement; empty where nothing is known.

    A quick look, line by line: without git, without a repository, or with changes that
    are not committed yet, nothing is known.
    """
    try:
        if not one.file or not revisions.kept(project):
            return []
        data = read_bytes(project / one.file)
        if not _on_one_line(data, one):
            return []
        if revisions.git(project, "cat-file", "blob", f"HEAD:./{one.file}") != data:
            return []
        where = f"{one.row},{one.row}:./{one.file}"
        options = ("--no-patch", "--no-ext-diff", "--no-textconv", _LATEST)
        found = revisions.git(
            project, "log", "-L", where, *options, "--format=%h %as %s"
        )
    except WhosaysError:
        return []
    return found.decode("utf-8", "replace").splitlines()


def _on_one_line(data: bytes, one: Statement) -> bool:
    """Tell whether the row is the line of this number: no cell before it has breaks."""
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except ValueError:
        return False
    return not any(line.count('"') % 2 for line in lines[: one.row])


def lines_of(found: History) -> Iterator[tuple[int, str]]:
    """Tell a history, newest first; each line with its indent."""
    for step in found.steps:
        made = step.commit
        if made is None:
            yield 0, f"not committed yet: {step.change}"
        else:
            yield 0, f"{made.when[:10]} {made.when[11:16]} · {made.who}: {step.change}"
            yield 4, f"{made.short} {made.what}"
        for field in step.fields:
            was, becomes = (
                f"“{text}”" if text else "nothing"
                for text in (field.was, field.becomes)
            )
            yield 4, f"{field.name}: {was} → {becomes}"
    if not found.whole:
        yield 0, "older commits were not looked through"
