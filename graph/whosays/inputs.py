"""Which files make a project, and a fingerprint of all of them.

Every command asks first whether the caches are fresh, so nothing here parses anything
or imports more than it must.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from whosays.errors import MissingFile, NotAProject

SETTINGS = "whosays.toml"
ACTORS = "actors.csv"
SOURCES = "sources.csv"
NAMES = "names.csv"
RELATIONS = "relations.csv"
RUNS = "runs.csv"
STATEMENTS = "statements"
ONTOLOGY = "ontology"
TOURS = "tours"
TABLES = (ACTORS, SOURCES, NAMES, RELATIONS, RUNS)
JOURNAL = ".whosays-change"  # of a change of several files; see changes.py
_START = f"Name a project, or make a folder one: a file {SETTINGS} begins it"


LARGEST = 256 * 1024 * 1024
"""Bytes of the largest file that is read."""


def is_file(path: Path) -> bool:
    """Tell whether there is a file; a name that no disk takes is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Tell whether there is a folder; a name that no disk takes is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def listing(folder: Path) -> list[Path]:
    """List a folder, sorted by name; one that cannot be read is empty."""
    try:
        return sorted(folder.iterdir())
    except (OSError, ValueError):
        return []


def root_of(path: Path) -> Path:
    """Give the folder of a project that is named by folder or by settings file.

    Raises:
        MissingFile: there is nothing at that path.
        NotAProject: it has no ``whosays.toml``.
    """
    if path.name == SETTINGS and is_file(path):
        return path.parent
    if not is_folder(path) and not is_file(path):
        raise MissingFile(f"{path} is not there")
    if not os.path.lexists(path / SETTINGS):
        raise NotAProject(f"no {SETTINGS} in {path}", _START)
    return path


def find(start: Path) -> Path:
    """Find the nearest folder with a ``whosays.toml``, from ``start`` upwards.

    Raises:
        NotAProject: neither ``start`` nor a folder above it is a project.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return folder
    raise NotAProject(f"no {SETTINGS} in {start} or above it", _START)


def statement_files(root: Path) -> list[Path]:
    """List the tables of statements, sorted by name."""
    return [path for path in _inside(root / STATEMENTS) if path.suffix == ".csv"]


def ontology_files(root: Path) -> list[Path]:
    """List the vocabulary files that a project brings along, sorted by name."""
    return [path for path in _inside(root / ONTOLOGY) if path.suffix == ".ttl"]


def tour_files(root: Path) -> list[Path]:
    """List the tours through the view, sorted by name."""
    return [path for path in _inside(root / TOURS) if path.suffix == ".csv"]


def _inside(folder: Path) -> Iterator[Path]:
    for path in listing(folder):
        if not is_folder(path) and not path.name.startswith("."):
            yield path


def input_files(root: Path) -> list[Path]:
    """List every file that the records of a project come from."""
    named = [root / SETTINGS, *(root / table for table in TABLES)]
    return [
        *(path for path in named if os.path.lexists(path)),
        *statement_files(root),
        *ontology_files(root),
        *tour_files(root),
    ]


def state(root: Path) -> tuple[object, ...]:
    """Tell one moment of the files from another, without reading them."""
    found = []
    for path in input_files(root):
        try:
            now = path.stat()
        except OSError:
            continue  # whoever reads it says so
        found.append((str(path), now.st_ino, now.st_size, now.st_mtime_ns))
    return (os.path.lexists(root / JOURNAL), *found)


def relative(root: Path, path: Path) -> str:
    """Name a file as problems and answers do: from the project, with slashes."""
    return path.relative_to(root).as_posix()


def fingerprint(path: Path, ontology: Path) -> str:
    """Hash everything that the records of a project follow from.

    That is its own files, the vocabulary in the folder ``ontology``, and the program
    itself (by size and time of its modules), so that a cache is stale after an upgrade
    too. Nothing is parsed.
    """
    import hashlib  # a look at what has not changed does without

    root = root_of(path)
    total = hashlib.sha256()
    core = sorted(file for file in _inside(ontology) if file.suffix == ".ttl")
    for file in (*input_files(root), *core):
        total.update(os.fsencode(file.name) + b"\n")
        total.update(hashlib.sha256(read_bytes(file)).digest())
    for name, size, changed in sorted(_modules(os.path.dirname(__file__))):
        total.update(f"{name} {size} {changed}\n".encode())
    return total.hexdigest()


def _modules(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                stat = entry.stat()
                yield entry.name, stat.st_size, stat.st_mtime_ns
            elif entry.is_dir() and entry.name not in _NOT_DATA:
                yield from _modules(entry.path)


# Folders whose code changes what is shown, never what is stored.
_NOT_DATA = frozenset({"__pycache__", "cli", "views", "export", "queries"})


class Seen(NamedTuple):
    """All that `fingerprint` follows from, as it lies there, unread.

    ``mark`` differs when anything was written; ``newest`` is when the last of it was,
    in nanoseconds of the file system.
    """

    mark: str
    newest: int


def seen(path: Path, ontology: Path) -> Seen | None:
    """Look at the files of a project without reading them; None if one hides.

    Two looks that are equal mean that no byte has changed, unless something was
    written so shortly before the first that its time could not tell.
    """
    root = root_of(path)
    lines = [f"{os.fsencode(root.resolve())!r}"]
    newest = 0
    try:
        for folder, names in (*_folders(root), (ontology, ".ttl")):
            for name, found in _stats(folder, names):
                newest = max(newest, found.st_mtime_ns, found.st_ctime_ns)
                told = (found.st_dev, found.st_ino, found.st_size)
                times = (found.st_mtime_ns, found.st_ctime_ns)
                lines.append(f"{name!r} {told} {times}")
            lines.append("")
        lines += map(repr, sorted(_modules(os.path.dirname(__file__))))
    except OSError:
        return None
    return Seen("\n".join(lines), newest)


def newest(path: Path) -> int:
    """Tell when the files of a project were last written, in nanoseconds.

    Raises:
        OSError: they cannot be looked at.
    """
    looked = (one for where in _folders(root_of(path)) for one in _stats(*where))
    return max((found.st_mtime_ns for _, found in looked), default=0)


def _folders(root: Path) -> tuple[tuple[Path, str | frozenset[str]], ...]:
    """List where the files of a project lie, and how they are called or end there."""
    return (
        (root, frozenset((SETTINGS, *TABLES))),
        (root / STATEMENTS, ".csv"),
        (root / ONTOLOGY, ".ttl"),
        (root / TOURS, ".csv"),
    )


def _stats(
    folder: Path, wanted: str | frozenset[str]
) -> Iterator[tuple[str, os.stat_result]]:
    """Look at the files of a folder that have one of the names, or end alike."""
    if not is_folder(folder):
        return
    with os.scandir(folder) as entries:
        found = [
            entry
            for entry in entries
            if (
                entry.name.endswith(wanted)
                if isinstance(wanted, str)
                else entry.name in wanted
            )
        ]
    for entry in sorted(found, key=lambda entry: entry.name):
        yield entry.name, entry.stat()


def read_bytes(path: Path) -> bytes:
    """Read a file of the project; a pipe or a device might never end and is refused.

    Raises:
        MissingFile: it cannot be read, is no regular file or is too large.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise MissingFile(f"{path} is no regular file", "Save it as a file")
        if found.st_size > LARGEST:
            limit = f"the limit is {LARGEST // 1024**2} MiB"
            raise MissingFile(f"{path} is too large: {limit}", "Split it")
        return path.read_bytes()
    except MissingFile:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise MissingFile(f"{path} cannot be read", reason) from error
