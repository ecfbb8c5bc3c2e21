"""What lies in a project's folder unused."""

from __future__ import annotations

import os
from pathlib import Path

from whosays import inputs
from whosays.project.desk import Desk

# What a project may hold beside its tables; other verbs read some of it.
_FOLDERS = frozenset(
    {
        inputs.STATEMENTS,
        inputs.ONTOLOGY,
        "build",
        "cues",
        "decisions",
        "docs",
        "gold",
        "queries",
        "scripts",
        "texts",
        inputs.TOURS,
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


def report_ignored(desk: Desk, root: Path) -> None:
    """Say which files of the folder are not part of the project."""
    texts = desk.settings.texts
    known = {inputs.SETTINGS, *inputs.TABLES}
    known_folders = {*_FOLDERS, texts.partition("/")[0]}
    unused = []
    for path in inputs.listing(root):
        name = _printable(path.name)
        if name.startswith((".", "~")) or path.stem.casefold() in _STEMS:
            continue
        if name not in known and not (inputs.is_folder(path) and name in known_folders):
            unused.append(name + ("/" if inputs.is_folder(path) else ""))
    for folder in (inputs.STATEMENTS, inputs.TOURS):
        for path in inputs.listing(root / folder):
            if path.name.startswith((".", "~")) or path.stem.casefold() in _STEMS:
                continue
            if inputs.is_folder(path) or path.suffix != ".csv":
                name = f"{folder}/{_printable(path.name)}"
                unused.append(name + ("/" if inputs.is_folder(path) else ""))
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
        return f"tables of statements stand in {inputs.STATEMENTS}/"
    return ""
