"""One work of a bibliography, and what a source table makes of each of its fields.

Fields have the names of CSL-JSON. Each is stored in a cell, kept in the note, or named
as ignored; none is dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from whosays import dates, ids, lookup
from whosays.dates import DateError
from whosays.errors import UnknownName
from whosays.model import Collection
from whosays.text import flat, safe_url

KINDS: Mapping[str, str] = {
    "article": "article",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "broadcast": "broadcast",
    "interview": "interview",
    "motion_picture": "broadcast",
    "post": "post",
    "post-weblog": "post",
    "report": "report",
    "song": "broadcast",
    "speech": "speech",
}
"""Kinds of sources by type of work; every other type is a document."""

CELLS: Mapping[str, str] = {
    "title": "title",
    "type": "kind",
    "author": "author",
    "container-title": "publisher",
    "publisher": "publisher",
    "issued": "date",
    "language": "lang",
    "URL": "url",
    "DOI": "url",
    "note": "note",
    "annote": "note",
}
"""Which cell a field is for; what does not fit there is kept in the note."""

NOTED: Mapping[str, str] = {
    "ISBN": "ISBN",
    "ISSN": "ISSN",
    "PMID": "PMID",
    "accessed": "accessed",
    "archive": "archive",
    "archive-place": "place of the archive",
    "archive_location": "shelf mark",
    "call-number": "call number",
    "chapter-number": "chapter",
    "collection-title": "series",
    "edition": "edition",
    "editor": "editor",
    "event": "event",
    "event-place": "place of the event",
    "event-title": "event",
    "genre": "genre",
    "interviewer": "interviewer",
    "issue": "issue",
    "medium": "medium",
    "number": "number",
    "original-author": "author of the original",
    "original-date": "original of",
    "original-title": "title of the original",
    "page": "pages",
    "publisher-place": "place of publication",
    "recipient": "recipient",
    "section": "section",
    "status": "status",
    "translator": "translator",
    "version": "version",
    "volume": "volume",
}
"""Fields that are kept in the note, and what they are called there."""

IGNORED: Mapping[str, str] = {
    "abstract": "sentences of others are not stored",
    "categories": "",
    "citation-label": "",
    "keyword": "",
    "title-short": "",
    "shortTitle": "",
    "container-title-short": "",
    "journalAbbreviation": "",
    "source": "",
}
"""Fields without a place in the table; a reason where there is a particular one."""

_SLUGS = ("citation-key", "id")  # what a slug is made of
_MARKUP = re.compile(r"</?(?:i|b|sub|sup|sc|span)\b[^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One work as a file has it; ``place`` says where, such as ``line 12``."""

    place: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """The cells of a source, and what became of each field of the work."""

    item: Item
    cells: Mapping[str, str]
    noted: tuple[str, ...]
    ignored: tuple[str, ...]


def mapped(item: Item, collection: Collection) -> Mapped:
    """Make the row of a source out of a work."""
    cells: dict[str, str] = {}
    notes: dict[str, str] = {}
    ignored: list[str] = []
    for field, value in item.fields.items():
        if field in CELLS:
            _fill(field, value, cells, notes, collection)
        elif field in NOTED:
            if text := _text(field, value):
                notes[field] = f"{NOTED[field]} {text}"
        elif value not in (None, "", [], {}) and field not in _SLUGS:
            ignored.append(field)
    said = cells.pop("note", "")
    cells["note"] = "; ".join(filter(None, (said, *notes.values())))
    return Mapped(
        item=item,
        cells={column: text for column, text in cells.items() if text},
        noted=tuple(notes),
        ignored=tuple(ignored),
    )


def _fill(
    field: str,
    value: Any,  # noqa: ANN401  (JSON)
    cells: dict[str, str],
    notes: dict[str, str],
    collection: Collection,
) -> None:
    text = _text(field, value)
    if not text:
        return
    match field:
        case "type":
            cells["kind"] = KINDS.get(text, "")
            if text not in KINDS and text != "document":
                notes["type"] = f"kind of work: {text}"
        case "title":
            cells["title"] = text
        case "author":
            _put_actor("author", text, field, "by", cells, notes, collection)
        case "container-title" | "publisher":
            _put_actor(
                "publisher",
                text,
                field,
                "in" if field[0] == "c" else "publisher",
                cells,
                notes,
                collection,
            )
        case "issued":
            _put_date(text, value, cells)
        case "language":
            _put_language(text, cells, notes)
        case "URL":
            if url := safe_url(text):
                if "url" in cells:
                    notes["DOI"] = f"DOI {cells['url'].partition('org/')[2]}"
                cells["url"] = url
            else:
                notes[field] = f"address {text}"
        case "DOI":
            doi = re.sub(
                r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)",
                "",
                text,
                flags=re.IGNORECASE,
            )
            url = safe_url(f"https://doi.org/{doi}")
            if url and "url" not in cells:
                cells["url"] = url
            elif cells.get("url") != url:
                notes[field] = f"DOI {doi}"
        case _:
            cells["note"] = "; ".join(filter(None, (cells.get("note"), text)))


def _put_actor(
    column: str,
    text: str,
    field: str,
    word: str,
    cells: dict[str, str],
    notes: dict[str, str],
    collection: Collection,
) -> None:
    """Put an actor whom the project knows into a cell, everybody else into the note."""
    if column not in cells:
        try:
            slug = lookup.actor(collection, text)
        except UnknownName:
            slug = ""
        if slug and collection.actors[slug].type.speaks:
            cells[column] = slug
            return
    notes[field] = f"{word} {text}"


def _put_date(text: str, value: Any, cells: dict[str, str]) -> None:  # noqa: ANN401
    """Store a date that is one; what only people understand is its note."""
    try:
        cells["date"] = dates.parse(text).text
    except DateError:
        cells["date_note"] = text
        return
    if isinstance(value, dict) and (literal := value.get("literal")):
        cells["date_note"] = flat(str(literal))


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_LANGUAGES = {
    "american": "en-US",
    "arabic": "ar",
    "british": "en-GB",
    "chinese": "zh",
    "english": "en",
    "farsi": "fa",
    "french": "fr",
    "german": "de",
    "hebrew": "he",
    "italian": "it",
    "japanese": "ja",
    "kurdish": "ku",
    "ngerman": "de",
    "persian": "fa",
    "portuguese": "pt",
    "russian": "ru",
    "spanish": "es",
    "turkish": "tr",
}


def _put_language(text: str, cells: dict[str, str], notes: dict[str, str]) -> None:
    tag = _LANGUAGES.get(text.casefold(), text)
    if _LANGUAGE.fullmatch(tag):
        cells["lang"] = tag.replace("_", "-")
    else:
        notes["language"] = f"in {text}"


def _text(field: str, value: Any) -> str:  # noqa: ANN401  (JSON)
    """Write the value of a field on one line."""
    if field in ("issued", "accessed", "original-date"):
        return date_text(value)
    if isinstance(value, list):
        return "; ".join(filter(None, (_person(one) for one in value)))
    if isinstance(value, dict):
        return _person(value)
    if value is None or isinstance(value, bool):
        return ""
    return flat(_MARKUP.sub("", str(value))).strip()


def _person(value: Any) -> str:  # noqa: ANN401  (JSON)
    """Write a name as people say it."""
    if not isinstance(value, dict):
        return flat(str(value))
    if value.get("literal"):
        return flat(str(value["literal"]))
    names = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return flat(" ".join(str(value[name]) for name in names if value.get(name)))


def date_text(value: Any) -> str:  # noqa: ANN401  (JSON)
    """Write a CSL date as EDTF where it has parts, else as it is.

    >>> date_text({"date-parts": [[2031, 4, 2]]}), date_text({"raw": "spring 2031"})
    ('2031-04-02', 'spring 2031')
    >>> date_text({"date-parts": [["2031", 4], [2031, 5]], "circa": True})
    '2031-04~/2031-05~'
    """
    if not isinstance(value, dict):
        return flat(str(value)) if value else ""
    if isinstance(edtf := value.get("edtf"), str) and _is_date(edtf):
        return edtf.strip()
    mark = "~" if value.get("circa") else ""
    given = value.get("date-parts")
    parts = [
        part for part in map(_day, given if isinstance(given, list) else ()) if part
    ]
    if parts and not value.get("season"):
        return "/".join(f"{part}{mark}" for part in parts[:2])
    said = (value.get("literal"), value.get("raw"), value.get("season"), *parts)
    return flat(" ".join(str(one) for one in said if one))


def _day(parts: Any) -> str:  # noqa: ANN401  (JSON)
    if not isinstance(parts, list) or not 1 <= len(parts) <= 3:
        return ""
    try:
        year, *rest = (int(part) for part in parts if part not in (None, ""))
    except (TypeError, ValueError):
        return ""
    return "-".join((f"{year:04}", *(f"{one:02}" for one in rest)))


def _is_date(text: str) -> bool:
    try:
        dates.parse(text)
    except DateError:
        return False
    return True


def slugs(mappings: list[Mapped], taken: set[str]) -> Iterator[str]:
    """Make a slug for each work: its own id, else its title; none stands twice."""
    used = set(taken)
    for one in mappings:
        fields = one.item.fields
        name = str(fields.get("citation-key") or fields.get("id") or "")
        wanted = "" if "://" in name else ids.make_slug(name)
        if not re.search("[a-z]", wanted):  # a running number, or an address
            wanted = ids.make_slug(one.cells["title"])[:50].strip("-") or "source"
        slug, number = wanted, 2
        while slug in used:
            slug, number = f"{wanted[: ids.MAX_SLUG - 5]}-{number}", number + 1
        used.add(slug)
        yield slug
