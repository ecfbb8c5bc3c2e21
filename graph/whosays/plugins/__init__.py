"""Plug-ins: importers, exporters and extractors of other packages.

A package registers a function or a class as an entry point; nothing else is needed.
``whosays.testing`` has a check for each kind that its author can call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from whosays.delimited import delimited
from whosays.errors import UsageError
from whosays.export import Content, Exported, format_of, knows, write
from whosays.files import atomic_writer
from whosays.plugins.discovery import (
    EXPORTERS,
    EXTRACTORS,
    GROUPS,
    IMPORTERS,
    Plugin,
    PluginError,
    found,
)
from whosays.plugins.protocols import (
    Exporter,
    Importer,
    Row,
)
from whosays.project.statements import COLUMNS

if TYPE_CHECKING:
    from whosays.kg import KG

__all__ = [
    "EXPORTERS",
    "EXTRACTORS",
    "GROUPS",
    "IMPORTERS",
    "ExportOptions",
    "Exporter",
    "Importer",
    "Plugin",
    "PluginError",
    "Row",
    "export",
    "exporter_for",
    "found",
    "importer_for",
    "table_of",
    "table_text",
]


def importer_for(path: Path, name: str = "") -> Plugin | None:
    """Find the importer of a name, or the one for the suffix of a file.

    Raises:
        UsageError: there is no importer of that name, or it cannot be loaded.
    """
    there = found(IMPORTERS)
    if not name:
        suffix = path.suffix.lower()
        usable = (one for one in there if not one.fault and one.suffix == suffix)
        return next(usable, None) if suffix else None
    return _named(there, name, "importer")


def exporter_for(path: Path, name: str = "") -> Plugin | None:
    """Find the exporter of a format, or the one for the suffix of a file."""
    wanted = f".{name.lower().removeprefix('.')}" if name else path.suffix.lower()
    for one in found(EXPORTERS):
        if not one.fault and wanted in (one.suffix, f".{one.name.lower()}"):
            return one
    return None


def _named(there: Sequence[Plugin], name: str, kind: str) -> Plugin:
    for one in there:
        if one.name == name and not one.fault:
            return one
        if one.name == name:
            raise UsageError(
                f"the {kind} {name} of {one.origin} cannot be used: {one.fault}",
                "whosays status lists the plug-ins",
            )
    known = ", ".join(one.name for one in there if not one.fault) or "none"
    raise UsageError(f"no {kind} “{name}”", f"Installed: {known}")


def table_of(plugin: Plugin, path: Path) -> bytes:
    """Read a file with an importer, as the table that its rows make.

    Raises:
        PluginError: it failed, or gave something else than rows.
    """
    return plugin.call(
        f"reading {path}", lambda: table_text(plugin.value(path))
    ).encode()


def table_text(rows: Iterable[Row]) -> str:
    """Write the rows of an importer as CSV; columns that we do not know come last.

    Raises:
        TypeError: a row is no mapping, or a cell is neither text nor number.
    """
    given = [dict(_cells(number, row)) for number, row in enumerate(rows, 1)]
    used = {name for row in given for name in row}
    columns = [
        *(name for name in COLUMNS if name in used or name in COLUMNS[:5]),
        *sorted(used - set(COLUMNS)),
    ]
    return delimited([columns, *([row.get(c, "") for c in columns] for row in given)])


def _cells(number: int, row: object) -> Iterator[tuple[str, str]]:
    if not isinstance(row, Mapping):
        raise TypeError(f"row {number} is {type(row).__name__}, no mapping of columns")
    for name, value in row.items():
        if not isinstance(name, str):
            raise TypeError(f"row {number} has a column that is no text: {name!r}")
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            kind = type(value).__name__
            raise TypeError(f"row {number}, {name}: {kind} is neither text nor number")
        yield name, str(value)


class ExportOptions(TypedDict, total=False):
    """What `KG.export` is asked for besides a file and its format."""

    rdf12: bool
    candidates: bool


def export(
    kg: KG,
    content: Callable[[], Content],
    path: Path,
    format: str,
    *,
    rdf12: bool = False,
    candidates: bool = False,
) -> Exported:
    """Write a project in a format of ours, or let the plug-in that knows it do so.

    ``rdf12`` lets statements reify propositions; ``candidates`` adds what `extract`
    proposed and nobody has decided about, in a graph of its own.

    Raises:
        UsageError: nobody knows the format.
        PluginError: the plug-in failed; an old file was kept.
        OutsideError: the file cannot be written.
    """
    foreign = not (rdf12 or candidates) and not knows(path, format)
    if foreign and (plugin := exporter_for(path, format)):
        return _written_by(plugin, kg, path)
    if not candidates:
        return write(content(), path, format=format, rdf12=rdf12)
    from whosays.export.candidates import WORDS, blocks

    if not (chosen := format_of(path, format)).graphs:
        raise UsageError(
            f"{chosen.title} has no named graphs, and candidates have one of their own",
            "Use .trig, .nq or .jsonld with --candidates",
        )
    more = tuple(blocks(kg.path, kg.collection))
    whole = Content(index=content().index, more=more)
    done = write(whole, path, format=format, rdf12=rdf12)
    return replace(done, notes=(*done.notes, WORDS))


def _written_by(plugin: Plugin, kg: KG, path: Path) -> Exported:
    with atomic_writer(path) as file:
        count = plugin.call(f"writing {path}", lambda: plugin.value(kg, file))
        size = file.tell() if file.seekable() else 0
    if isinstance(count, int) and not isinstance(count, bool):
        return Exported(path=path, count=count, unit="records", notes=())
    return Exported(path=path, count=size, unit="bytes", notes=())
