"""Citations as CSL-JSON, for Zotero, pandoc and every style there is."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from whosays import dates
from whosays.citations import wording
from whosays.citations.finding import Cited
from whosays.model import Collection, Source
from whosays.text import flat, safe_url

_TYPES = {
    "article": "article-magazine",
    "op-ed": "article-newspaper",
    "interview": "interview",
    "report": "report",
    "speech": "speech",
    "broadcast": "broadcast",
    "post": "post",
}

Item = dict[str, Any]


def write(cited: Cited, collection: Collection, retrieved: date | None) -> str:
    """Write an array: the sources in the order of the citation, then the data."""
    items = [
        _source(collection.sources[slug], cited, collection) for slug in cited.sources
    ]
    items.append(_data(cited, collection, retrieved))
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def issued(text: str) -> Item:
    """Write a date in parts; what parts cannot say stands in ``edtf``.

    >>> issued("2017-06?")
    {'date-parts': [[2017, 6]], 'circa': True, 'edtf': '2017-06?'}
    """
    parts = [_parts(part) for part in text.split("/") if part != ".."]
    found: Item = {}
    if ".." in text:
        found["literal"] = wording.day(text)
    else:
        found["date-parts"] = parts
    if dates.parse(text).uncertain:
        found["circa"] = True
    found["edtf"] = text
    return found


def _parts(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def _source(source: Source, cited: Cited, collection: Collection) -> Item:
    author = wording.author(source, collection)
    url = safe_url(source.url)
    publisher = collection.label(source.publisher) if source.publisher else ""
    note = wording.notes(source.slug, cited.statements)
    return _filled(
        {
            "id": source.slug,
            "type": _TYPES.get(source.kind, "document"),
            "title": flat(source.title),
            "author": [{"literal": flat(author)}] if author else None,
            "publisher": flat(publisher),
            "issued": issued(source.date) if source.date else None,
            "language": source.lang,
            "URL": url,
            "note": flat(note),
        }
    )


def _data(cited: Cited, collection: Collection, retrieved: date | None) -> Item:
    settings = collection.settings
    creator = flat(settings.creator)
    day = [[retrieved.year, retrieved.month, retrieved.day]] if retrieved else None
    return _filled(
        {
            "id": f"whosays-{settings.name}",
            "type": "dataset",
            "title": flat(settings.title),
            "author": [{"literal": creator}] if creator else None,
            "publisher": "whosays",
            "version": settings.version,
            "accessed": {"date-parts": day} if day else None,
            "note": f"{cited.kind} {cited.id}",
        }
    )


def _filled(item: Item) -> Item:
    return {key: value for key, value in item.items() if value}
