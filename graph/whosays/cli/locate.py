"""Finding the project that a command is about, and showing paths shortly."""

from __future__ import annotations

import os
from pathlib import Path

from whosays.cli.output import detail, note
from whosays.errors import NotAProject
from whosays.kg import KG, load


def folder(given: Path | None, *, quiet: bool = False) -> Path:
    """Choose the project: option, ``WHOSAYS_PROJECT``, upwards from here, bundled.

    Raises:
        NotAProject: the folder that was named has no ``whosays.toml``.
    """
    from whosays import inputs, resources

    named = given or (
        Path(os.environ["WHOSAYS_PROJECT"])
        if os.environ.get("WHOSAYS_PROJECT")
        else None
    )
    if named is not None:
        return named
    try:
        return inputs.find(Path.cwd())
    except NotAProject:
        note("no whosays.toml here: using the bundled project", quiet=quiet)
        return resources.bundled_project()


def opened(given: Path | None, *, quiet: bool = False, write: bool = False) -> KG:
    """Open the project that a command is about."""
    kg = load(folder(given, quiet=quiet), write=write)
    detail(f"project {shown(kg.path)}: caches {'built now' if kg.rebuilt else 'fresh'}")
    return kg


def shown(path: Path) -> str:
    """Show a path from here if it lies below, else as it is."""
    try:
        return os.path.relpath(path) if path.is_absolute() else str(path)
    except ValueError:  # another drive
        return str(path)
