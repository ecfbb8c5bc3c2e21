"""Finding the project that a command is about, and showing paths shortly."""

from __future__ import annotations

import os
from pathlib import Path

from whosays.cli.output import detail, note
from whosays.errors import NotAProject, UsageError
from whosays.kg import KG, load


def folder(given: Path | None, *, quiet: bool = False) -> Path:
    """Choose the project: option, ``WHOSAYS_PROJECT``, upwards from here, bundled.

    Raises:
        NotAProject: the folder that was named has no ``whosays.toml``.
    """
    from whosays import resources

    own = _own(given)
    if own is not None:
        return own
    note("no whosays.toml here: using the bundled project", quiet=quiet)
    return resources.bundled_project()


def own_folder(given: Path | None) -> Path:
    """Choose the project that is written to: as `folder`, but never the bundled one.

    Raises:
        UsageError: no project was named, and there is none here.
    """
    from whosays import inputs

    own = _own(given)
    if own is None:
        raise UsageError(
            "no whosays.toml here, and the bundled project is not written to",
            "Name yours with -p, or start one: whosays init my-topic",
        )
    return inputs.root_of(own)


def _own(given: Path | None) -> Path | None:
    from whosays import inputs

    named = given or os.environ.get("WHOSAYS_PROJECT")
    if named:
        return Path(named)
    try:
        return inputs.find(Path.cwd())
    except NotAProject:
        return None


def opened(given: Path | None, *, quiet: bool = False, write: bool = False) -> KG:
    """Open the project that a command is about."""
    from whosays.cli.progress import Bar
    from whosays.progress import told

    with Bar(quiet=quiet) as bar, told(bar):
        kg = load(folder(given, quiet=quiet), write=write)
    detail(f"project {shown(kg.path)}: caches {'built now' if kg.rebuilt else 'fresh'}")
    return kg


def shown(path: Path) -> str:
    """Show a path from here if it lies below, else as it is."""
    try:
        return os.path.relpath(path) if path.is_absolute() else str(path)
    except ValueError:  # another drive
        return str(path)
