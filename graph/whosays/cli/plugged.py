"""Plug-ins on the command line: which file needs one, and which cannot be used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from whosays.cli.output import note

ImporterOption = Annotated[
    str,
    typer.Option(
        "--importer", metavar="NAME", help="Read the files with this plug-in."
    ),
]
_OWN = frozenset(
    {"", ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".jsonl", ".ndjson", ".json"}
)
"""Suffixes that need no plug-in."""


def imported(files: Sequence[Path], importer: str, *, quiet: bool) -> dict[Path, bytes]:
    """Read the files that only a plug-in can read, as tables."""
    foreign = [
        file
        for file in files
        if str(file) != "-" and (importer or file.suffix.lower() not in _OWN)
    ]
    if not foreign:
        return {}
    from whosays import inputs, plugins

    tell_broken(plugins.IMPORTERS, quiet=quiet)
    found = {}
    for file in foreign:
        plugin = plugins.importer_for(file, importer)
        if plugin is not None and inputs.is_file(file):
            found[file] = plugins.table_of(plugin, file)
    return found


def tell_broken(group: str, *, quiet: bool) -> None:
    """Tell once which plug-ins of a group cannot be used."""
    from whosays import plugins

    for one in plugins.found(group):
        if one.fault:
            note(
                f"{one.kind} {one.name} of {one.origin} cannot be used: {one.fault}",
                quiet=quiet,
            )
