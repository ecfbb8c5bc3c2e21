"""Read bibliographies: CSL-JSON with the standard library, BibTeX with bibtexparser."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from whosays.bibliography.items import Item
from whosays.errors import MissingExtra, UsageError

LARGEST = 32 * 1024 * 1024  # bytes; a library of 20,000 works has about half of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Works:
    """What a bibliography holds, and which of its entries cannot be read."""

    format: str
    items: tuple[Item, ...]
    faults: tuple[str, ...] = ()


def read(data: bytes, name: str) -> Works:
    """Read a bibliography; its first character tells the format.

    Raises:
        UsageError: it is neither CSL-JSON nor BibTeX.
        MissingExtra: it is BibTeX, and bibtexparser is not installed.
    """
    if len(data) > LARGEST:
        limit = LARGEST // 1024**2
        raise UsageError(f"{name} is larger than {limit} MiB", "Split it")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"{name} is not UTF-8: line {line}", "Export it as UTF-8", "WS501"
        ) from error
    if text.lstrip()[:1] in ("[", "{"):
        return _csl(text, name)
    if "@" in text:
        return _bibtex(text, name)
    raise UsageError(
        f"{name} is neither CSL-JSON nor BibTeX",
        "Export it from your reference manager as one of the two",
    )


def _csl(text: str, name: str) -> Works:
    try:
        found: Any = json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError(
            f"{name} is not JSON: {error.msg}, line {error.lineno}"
        ) from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{name} is no JSON that can be read") from error
    if isinstance(found, dict):
        found = found.get("items", [found])
    items, faults = [], []
    for number, one in enumerate(found, 1):
        if isinstance(one, dict) and ("title" in one or "type" in one):
            items.append(Item(place=f"work {number}", fields=one))
        else:
            faults.append(f"work {number} has neither title nor type")
    return Works(format="CSL-JSON", items=tuple(items), faults=tuple(faults))


FIELDS: Mapping[str, str] = {
    "abstract": "abstract",
    "address": "publisher-place",
    "annotation": "annote",
    "annote": "annote",
    "author": "author",
    "booktitle": "container-title",
    "chapter": "chapter-number",
    "doi": "DOI",
    "edition": "edition",
    "editor": "editor",
    "eventtitle": "event-title",
    "howpublished": "medium",
    "institution": "publisher",
    "isbn": "ISBN",
    "issn": "ISSN",
    "journal": "container-title",
    "journaltitle": "container-title",
    "keywords": "keyword",
    "langid": "language",
    "language": "language",
    "library": "archive",
    "location": "publisher-place",
    "note": "note",
    "number": "issue",
    "organization": "publisher",
    "origdate": "original-date",
    "origtitle": "original-title",
    "pages": "page",
    "publisher": "publisher",
    "school": "publisher",
    "series": "collection-title",
    "title": "title",
    "translator": "translator",
    "type": "genre",
    "url": "URL",
    "urldate": "accessed",
    "venue": "event-place",
    "version": "version",
    "volume": "volume",
}
"""The fields of BibTeX and biblatex by what CSL-JSON calls them."""

TYPES: Mapping[str, str] = {
    "article": "article",
    "audio": "song",
    "interview": "interview",
    "report": "report",
    "electronic": "document",
    "misc": "document",
    "online": "document",
    "techreport": "report",
    "unpublished": "document",
    "video": "motion_picture",
}
"""The types of BibTeX by those of CSL-JSON; every other one keeps its name."""

_VERBATIM = ("date", "doi", "eprint", "file", "origdate", "url", "urldate")
_WHEN = ("date", "year", "month", "day")


def _bibtex(text: str, name: str) -> Works:
    try:
        from bibtexparser import middlewares
        from bibtexparser.entrypoint import parse_string
    except ImportError as error:
        raise MissingExtra("bibtex", f"reading {name}") from error
    # It logs what it also hands out; without a handler Python would print it.
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    plain = parse_string(text)
    decoded = parse_string(
        text,
        append_middleware=[
            middlewares.LatexDecodingMiddleware(),
            middlewares.SeparateCoAuthors(),
            middlewares.SplitNameParts(),
        ],
    )
    raw = {entry.start_line: entry.fields_dict for entry in plain.entries}
    items = []
    for entry in decoded.entries:
        fields = {field.key.lower(): field.value for field in entry.fields}
        for key, field in raw.get(entry.start_line, {}).items():
            if key.lower() in _VERBATIM:
                fields[key.lower()] = field.value
        line = (entry.start_line or 0) + 1
        items.append(
            Item(
                place=f"line {line}",
                fields=dict(_fields(entry.key, entry.entry_type, fields)),
            )
        )
    faults = tuple(
        f"line {(block.start_line or 0) + 1}: {_reason(block.error)}"
        for block in plain.failed_blocks
    )
    return Works(format="BibTeX", items=tuple(items), faults=faults)


def _fields(
    key: str, kind: str, fields: Mapping[str, Any]
) -> Iterator[tuple[str, Any]]:
    yield "id", key
    yield "type", TYPES.get(kind.lower(), kind.lower())
    for name, value in fields.items():
        if name in _WHEN:
            continue
        known = FIELDS.get(name, name)
        if isinstance(value, list):
            value = [_name(one) for one in value]
        yield known, value
    if date := _date(fields):
        yield "issued", date


def _name(person: Any) -> dict[str, str]:  # noqa: ANN401  (bibtexparser's)
    names = {
        "given": person.first,
        "non-dropping-particle": person.von,
        "family": person.last,
        "suffix": person.jr,
    }
    return {part: " ".join(words) for part, words in names.items() if words}


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov")


def _date(fields: Mapping[str, Any]) -> str:
    """Write date, or year, month and day, as EDTF as far as they can be."""
    if date := str(fields.get("date", "")).strip():
        return date
    year, month, day = (str(fields.get(name, "")).strip() for name in _WHEN[1:])
    number = month if month.isdigit() else _month(month)
    if not (year.isdigit() and number):
        return " ".join(filter(None, (day, month, year)))
    parts = [f"{int(year):04}", f"{int(number):02}"]
    if day.isdigit():
        parts.append(f"{int(day):02}")
    return "-".join(parts)


def _month(text: str) -> str:
    names = (*_MONTHS, "dec")
    short = text[:3].lower()
    return str(names.index(short) + 1) if short in names else ""


def _reason(error: Exception) -> str:
    said = str(getattr(error, "abort_reason", "") or error).partition(". Note:")[0]
    return (said.splitlines() or ["it cannot be read"])[0].rstrip(". ")
