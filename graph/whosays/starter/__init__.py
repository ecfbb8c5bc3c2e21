"""Start a project: a folder with every table, and three rows that already work.

The examples are of an invented town, so that nobody has to delete a subject that is not
theirs. Nothing is asked and nothing that is there is overwritten.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from whosays import ids, inputs
from whosays.errors import OutsideError, UsageError
from whosays.files import write_atomic
from whosays.text import clean_text, markdown, one_line, visible

_FILES = Path(__file__).parent / "files"
_NAMES = (
    inputs.SETTINGS,
    inputs.ACTORS,
    inputs.NAMES,
    inputs.SOURCES,
    inputs.RELATIONS,
    f"{inputs.STATEMENTS}/example.csv",
    "queries/said-of.rq",
    "README.md",
    ".gitignore",
)
_MARK = re.compile(r"\{\{([a-z-]+)\}\}")
_LONGEST = 200  # characters of a title


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A new project: its folder, its title, and which files were written or kept."""

    path: Path
    title: str
    written: tuple[str, ...]
    kept: tuple[str, ...] = ()


def init(
    folder: str | os.PathLike[str],
    *,
    title: str = "",
    bare: bool = False,
    force: bool = False,
) -> Started:
    """Make a folder into a project.

    Args:
        folder: A folder that is empty or not there.
        title: The title of the project; default: the name of the folder.
        bare: Tables without the example rows.
        force: Take a folder that holds other files; those are kept as they are.

    Raises:
        UsageError: the folder is not empty, is a project already, or the title
            cannot be written.
        OutsideError: the folder cannot be made or written.
    """
    path = Path(folder)
    _check(path, force=force)
    name = ids.make_slug(path.resolve().name) or "project"
    shown = title.strip() or path.resolve().name or name
    if visible(clean_text(shown)) != shown or len(shown) > _LONGEST or "\n" in shown:
        raise UsageError(
            f"“{visible(one_line(shown))}” cannot be a title",
            f"One line of at most {_LONGEST} characters that can be seen: --title",
        )
    written, kept = [], []
    # The settings come last: a folder that was left half-way is no project yet.
    for file in sorted(_NAMES, key=lambda file: file == inputs.SETTINGS):
        target = path / file
        if os.path.lexists(target):
            kept.append(file)
            continue
        text = _text(file, name, shown, bare=bare)
        if text:
            _make(target.parent)
            write_atomic(target, text)
            written.append(file)
    return Started(
        path=path,
        title=shown,
        written=tuple(sorted(written, key=_NAMES.index)),
        kept=tuple(sorted(kept, key=_NAMES.index)),
    )


def _check(path: Path, *, force: bool) -> None:
    if os.path.lexists(path) and not inputs.is_folder(path):
        raise UsageError(f"{path} is a file", "Name a folder that is not there yet")
    if os.path.lexists(path / inputs.SETTINGS):
        raise UsageError(
            f"{path} is a project already", "whosays status tells what is in it"
        )
    if not force and inputs.listing(path):
        raise UsageError(
            f"{path} is not empty",
            "Name another folder, or keep what is there: --force",
        )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not usable"
        raise OutsideError(f"{folder} cannot be made: {reason}") from error


def _text(file: str, name: str, title: str, *, bare: bool) -> str:
    """Fill a template; without examples only headers are left, or nothing at all."""
    if bare and "/" in file:
        return ""
    stem = file.removeprefix(".")  # hidden files would be left out of a wheel
    if bare and file == "README.md":
        stem = "README-bare.md"
    text = (_FILES / stem).read_text("utf-8")
    if bare and file.endswith(".csv"):
        text = text.partition("\n")[0] + "\n"
    values = {
        "toml-title": json.dumps(title, ensure_ascii=False),
        "title": markdown(title),
        "name": name,
    }
    return _MARK.sub(lambda match: values[match[1]], text)
