"""An empty sheet for a curator, whose drop-downs offer the vocabulary in force."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whosays import ids, project
from whosays.errors import MissingExtra, UsageError
from whosays.files import write_atomic
from whosays.model import (
    ActorType,
    Collection,
    Context,
    Framing,
    Modality,
    NameKind,
    Stance,
    Status,
)
from whosays.project.sheets import COLUMNS, REQUIRED
from whosays.project.sources import KINDS as SOURCE_KINDS
from whosays.project.writing import csv_text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

ORDER = (
    "subject",
    "relation",
    "object",
    "source",
    "stance",
    "speaker",
    "locator",
    "said_on",
    "valid",
    "place",
)
"""The first columns of a sheet of statements; the others follow as in the tables."""

LISTS = "_whosays lists"
"""The hidden sheet that the drop-downs take their values from."""

_SHEETS = ("statements", "sources", "actors", "names")
_ROWS = 500  # with drop-downs; a spreadsheet shows the first ones at once
_NAMED_ROWS = 200  # that carry the source from the start
_TEXT = {"said_on", "valid", "locator", "date", "para_sha", "supersedes", "sha256"}
_WIDE = {"gist": 50, "note": 30, "title": 40, "label": 28, "description": 40}
_CLOSED = {
    ("statements", "stance"),
    ("statements", "modality"),
    ("statements", "framing"),
    ("statements", "status"),
    ("actors", "type"),
    ("names", "kind"),
    ("sources", "kind"),
}
"""Columns that take nothing but the words of their list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What was written: the files, the lists that they offer, and a new source."""

    files: tuple[Path, ...]
    lists: tuple[str, ...] = ()
    new_source: str = ""


def template(path: Path, target: Path, *, source: str = "") -> Template:
    """Write an empty sheet for statements; the suffix chooses its kind.

    Args:
        path: The project, whose actors, relations and sources are offered.
        target: ``.xlsx`` with drop-downs, or ``.csv`` and ``.tsv`` without.
        source: The source of all rows; one that is not known yet gets a row among
            the new sources, beginning with this slug.

    Raises:
        UsageError: another suffix, a name that is no slug, or the file is there.
        MissingExtra: a workbook, and openpyxl is not installed.
    """
    suffix = target.suffix.lower()
    if suffix not in (".xlsx", ".csv", ".tsv"):
        raise UsageError(f"no template of the kind “{suffix}”", "Use .xlsx or .csv")
    if target.exists():
        raise UsageError(f"{target} is there already", "Choose another name")
    collection = project.read(path).collection
    known = {slug: slug for slug in collection.sources}
    known |= {
        old: one.slug for one in collection.sources.values() for old in one.former_slugs
    }
    if source and source not in known and not ids.is_slug(source):
        raise UsageError(
            f"“{source}” cannot be the slug of a source",
            f"Write it as {ids.make_slug(source)}",
        )
    new = source if source not in known else ""
    source = known.get(source, source)
    if suffix == ".xlsx":
        write_atomic(target, _workbook(collection, source, new))
        lists = ("relations", "actors", "sources", "stances")
        return Template(files=(target,), lists=lists, new_source=new)
    return Template(files=_plain(target, source, new), new_source=new)


def columns_of(kind: str) -> tuple[str, ...]:
    """List the columns of a sheet in the order in which they are filled."""
    if kind != "statements":
        return COLUMNS[kind]
    return (*ORDER, *(name for name in COLUMNS[kind] if name not in ORDER))


def _plain(target: Path, source: str, new: str) -> tuple[Path, ...]:
    """Write a table, and tables for new sources and actors if it is for a new one."""
    separator = "\t" if target.suffix.lower() == ".tsv" else ","
    texts = {target: ("statements", [{"source": source}] if source else [])}
    if new:
        for kind, rows in (("sources", [{"slug": new}]), ("actors", [])):
            beside = target.with_name(f"{target.stem}.{kind}{target.suffix}")
            if beside.exists():
                raise UsageError(f"{beside} is there already", "Choose another name")
            texts[beside] = (kind, rows)
    for path, (kind, rows) in texts.items():
        names = columns_of(kind)
        filled = [{name: row.get(name, "") for name in names} for row in rows]
        write_atomic(path, csv_text(names, filled, separator=separator))
    return tuple(texts)


def _workbook(collection: Collection, source: str, new: str) -> bytes:
    try:
        import openpyxl
    except ImportError:
        raise MissingExtra("xlsx", "writing workbooks") from None
    book = openpyxl.Workbook()
    lists = _Lists(book, collection, new)
    for kind in _SHEETS:
        first = kind == "statements"
        sheet: Any = book.active if first else book.create_sheet()
        sheet.title = kind
        _lay_out(sheet, kind)
        lists.offer(sheet, kind)
    statements: Any = book["statements"]
    if source:
        column = columns_of("statements").index("source") + 1
        for row in range(2, _NAMED_ROWS + 2):
            statements.cell(row, column, source)
    if new:
        book["sources"].cell(2, 1, new)
    lists.write()
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _lay_out(sheet: Worksheet, kind: str) -> None:
    """Name the columns, mark the required ones, and keep dates from being changed."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for place, name in enumerate(columns_of(kind), 1):
        cell = sheet.cell(1, place, name)
        cell.font = Font(bold=name in REQUIRED[kind])
        letter = get_column_letter(place)
        column = sheet.column_dimensions[letter]
        column.width = _WIDE.get(name, 16)
        if name in _TEXT:
            column.number_format = "@"
            for row in range(2, _ROWS + 2):
                sheet.cell(row, place).number_format = "@"


class _Lists:
    """The values of the drop-downs: a column each of a hidden sheet."""

    def __init__(self, book: Workbook, collection: Collection, new: str) -> None:
        self._book = book
        actors = [*collection.actors]
        places = [a.slug for a in collection.actors.values() if a.type.is_place]
        speakers = [a.slug for a in collection.actors.values() if a.type.speaks]
        sources = [*dict.fromkeys((*([new] if new else ()), *collection.sources))]
        used = collection.settings.relations
        relations = [id for id in collection.relations if not used or id in used]
        self._values: dict[str, Sequence[str]] = {
            "actors": actors,
            "places": places,
            "speakers": speakers,
            "sources": sources,
            "relations": sorted(relations),
            "stances": [one.value for one in Stance],
            "modalities": [one.value for one in Modality],
            "framings": [one.value for one in Framing],
            "statuses": [one.value for one in Status],
            "contexts": [one.value for one in Context],
            "confidences": ["high", "medium", "low"],
            "types": [one.value for one in ActorType],
            "name kinds": [one.value for one in NameKind],
            "source kinds": SOURCE_KINDS,
        }
        self._columns = {name: place for place, name in enumerate(self._values, 1)}

    def offer(self, sheet: Worksheet, kind: str) -> None:
        """Give the columns of a sheet their drop-downs."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        for place, name in enumerate(columns_of(kind), 1):
            offered = _OFFERED.get((kind, name)) or _OFFERED.get(("", name))
            if not offered or not self._values[offered]:
                continue
            closed = (kind, name) in _CLOSED
            drop_down = DataValidation(
                type="list",
                formula1=self._range(offered),
                allow_blank=True,
                showErrorMessage=True,
                errorStyle="stop" if closed else "warning",
                errorTitle=name,
                error="Not in the list."
                if closed
                else "Not in the list: whosays check will say more.",
            )
            letter = get_column_letter(place)
            drop_down.add(f"{letter}2:{letter}{_ROWS + 1}")
            sheet.add_data_validation(drop_down)

    def _range(self, name: str) -> str:
        from openpyxl.utils import get_column_letter

        letter = get_column_letter(self._columns[name])
        return f"'{LISTS}'!${letter}$2:${letter}${len(self._values[name]) + 1}"

    def write(self) -> None:
        """Write the hidden sheet, behind all others."""
        sheet: Any = self._book.create_sheet(LISTS)
        sheet.sheet_state = "hidden"
        for name, place in self._columns.items():
            sheet.cell(1, place, name)
            for row, value in enumerate(self._values[name], 2):
                sheet.cell(row, place, value)


_OFFERED = {
    ("", "subject"): "actors",
    ("", "object"): "actors",
    ("", "actor"): "actors",
    ("", "part_of"): "actors",
    ("", "acts_for"): "actors",
    ("", "owned_by"): "actors",
    ("", "relation"): "relations",
    ("", "source"): "sources",
    ("", "stance"): "stances",
    ("", "speaker"): "speakers",
    ("", "used_by"): "speakers",
    ("", "publisher"): "speakers",
    ("", "author"): "speakers",
    ("", "default_voice"): "speakers",
    ("", "modality"): "modalities",
    ("", "place"): "places",
    ("", "context"): "contexts",
    ("", "framing"): "framings",
    ("", "confidence"): "confidences",
    ("", "status"): "statuses",
    ("actors", "type"): "types",
    ("names", "kind"): "name kinds",
    ("sources", "kind"): "source kinds",
}
