"""The history of a row, where the tables are kept under git."""

from __future__ import annotations

import os
from pathlib import Path

from whosays.model import Statement

_SECONDS = 5.0
_LATEST = "-5"

# A project may come from anybody: nothing that its .git folder configures is run.
_CAREFUL = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")


def history(project: Path, one: Statement) -> list[str]:
    """List the latest changes of the row of a statement; empty where nothing is known.

    Without git, without a repository, or with changes that are not committed yet, the
    history is not known.
    """
    if not one.file or not _kept(project) or not _on_one_line(project / one.file, one):
        return []
    if (
        _git(project, "diff", "--no-ext-diff", "--quiet", "HEAD", "--", one.file)
        is None
    ):
        return []
    where = f"{one.row},{one.row}:./{one.file}"
    options = ("--no-patch", "--no-ext-diff", "--no-textconv", _LATEST)
    found = _git(project, "log", "-L", where, *options, "--format=%h %as %s")
    return found.splitlines() if found else []


def _kept(project: Path) -> bool:
    folder = project.resolve()
    return any((one / ".git").exists() for one in (folder, *folder.parents))


def _on_one_line(file: Path, one: Statement) -> bool:
    """Tell whether the row is the line of this number: no cell before it has breaks."""
    try:
        lines = file.read_text("utf-8-sig").splitlines()
        return not any(line.count('"') % 2 for line in lines[: one.row])
    except (OSError, ValueError):
        return False


def _git(folder: Path, *words: str) -> str | None:
    import subprocess

    try:
        done = subprocess.run(
            ["git", *_CAREFUL, "--no-pager", *words],
            cwd=folder,
            capture_output=True,
            timeout=_SECONDS,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace")
