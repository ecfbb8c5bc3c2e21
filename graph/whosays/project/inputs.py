"""Which files make a project, their hashes, and what lies there unused."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from whosays import resources
from whosays.errors import MissingFile, NotAProject
from whosays.project import actors, settings, sources, statements
from whosays.project.desk import Desk

RELATIONS_FILE = "relations.csv"
ONTOLOGY = "ontology"
TABLES = (actors.FILE, sources.FILE, sources.NAMES_FILE, RELATIONS_FILE)

# What a project may hold beside its tables; other verbs read some of it.
_FOLDERS = frozenset(
    {
        statements.FOLDER,
        ONTOLOGY,
        "build",
        "cues",
        "decisions",
        "docs",
        "queries",
        "scripts",
        "texts",
        "tours",
    }
)
_STEMS = frozenset(
    {
        "readme",
        "licence",
        "license",
        "license-data",
        "changelog",
        "citation",
        "makefile",
    }
)
_MOST = 50  # notices about unused files; a home folder has thousands


def root_of(path: Path) -> Path:
    """Give the folder of a project that is named by folder or by settings file.

    Raises:
        MissingFile: there is nothing at that path.
        NotAProject: it has no ``whosays.toml``.
    """
    if path.name == settings.FILE and path.is_file():
        return path.parent
    if not path.exists():
        raise MissingFile(f"{path} is not there")
    if not (path / settings.FILE).is_file():
        raise NotAProject(
            f"no {settings.FILE} in {path}", f"Start one: whosays init {path}"
        )
    return path


def find(start: Path) -> Path:
    """Find the nearest folder with a ``whosays.toml``, from ``start`` upwards.

    Raises:
        NotAProject: neither ``start`` nor a folder above it is a project.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / settings.FILE).is_file():
            return folder
    raise NotAProject(
        f"no {settings.FILE} in {start} or above it", f"Start one: whosays init {start}"
    )


def statement_files(root: Path) -> list[Path]:
    """List the tables of statements, sorted by name."""
    return sorted(
        path for path in _inside(root / statements.FOLDER) if path.suffix == ".csv"
    )


def ontology_files(root: Path) -> list[Path]:
    """List the vocabulary files that a project brings along, sorted by name."""
    return sorted(path for path in _inside(root / ONTOLOGY) if path.suffix == ".ttl")


def _inside(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        for path in folder.iterdir():
            if path.is_file() and not path.name.startswith("."):
                yield path


def input_files(root: Path) -> list[Path]:
    """List every file that the records of a project come from."""
    named = [root / settings.FILE, *(root / table for table in TABLES)]
    return [
        *(path for path in named if path.is_file()),
        *statement_files(root),
        *ontology_files(root),
    ]


def relative(root: Path, path: Path) -> str:
    """Name a file as problems and answers do: from the project, with slashes."""
    return path.relative_to(root).as_posix()


def fingerprint(path: Path) -> str:
    """Hash everything that the records of a project follow from.

    That is its own files, the vocabulary of this package and its version, so that a
    cache is stale after an upgrade too. Nothing is parsed.
    """
    root = root_of(path)
    total = hashlib.sha256(f"whosays {resources.version()}\n".encode())
    for file in input_files(root):
        digest = hashlib.sha256(read_bytes(file)).hexdigest()
        total.update(f"{relative(root, file)}\n{digest}\n".encode(errors="replace"))
    ontology = resources.data_root().joinpath("ontology")
    if ontology.is_dir():
        for item in sorted(ontology.iterdir(), key=lambda item: item.name):
            if item.name.endswith(".ttl"):
                digest = hashlib.sha256(item.read_bytes()).hexdigest()
                total.update(f"{item.name}\n{digest}\n".encode())
    return total.hexdigest()


def read_bytes(path: Path) -> bytes:
    """Read a file of the project.

    Raises:
        MissingFile: it is there and cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise MissingFile(f"{path} cannot be read", reason) from error


def report_ignored(desk: Desk, root: Path) -> None:
    """Say which files of the folder are not part of the project."""
    texts = desk.settings.texts
    known = {settings.FILE, *TABLES}
    known_folders = {*_FOLDERS, texts.partition("/")[0]}
    unused = []
    for path in sorted(root.iterdir()):
        name = _printable(path.name)
        if name.startswith((".", "~")) or path.stem.casefold() in _STEMS:
            continue
        if name not in known and not (path.is_dir() and name in known_folders):
            unused.append(name + ("/" if path.is_dir() else ""))
    folder = root / statements.FOLDER
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.name.startswith((".", "~")) or path.stem.casefold() in _STEMS:
                continue
            if path.is_dir() or path.suffix != ".csv":
                name = f"{statements.FOLDER}/{_printable(path.name)}"
                unused.append(name + ("/" if path.is_dir() else ""))
    for name in unused[:_MOST]:
        desk.report(
            "WS520",
            table=name,
            value=name,
            instructions=_advice(name),
        )
    if len(unused) > _MOST:
        desk.report(
            "WS520",
            text=f"{len(unused) - _MOST} more files are not read",
        )


def _printable(name: str) -> str:
    """Show a file name whose bytes are not UTF-8 as well as possible."""
    return os.fsencode(name).decode("utf-8", "replace")


def _advice(name: str) -> str:
    if name.endswith((".xlsx", ".ods", ".tsv", ".xls")):
        return f"check it with whosays check {name}, or save it as .csv"
    if name.endswith(".csv") and "/" not in name:
        return f"tables of statements stand in {statements.FOLDER}/"
    return ""
