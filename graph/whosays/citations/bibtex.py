"""Citations as BibTeX: an entry per source, and one for the data.

``date`` holds the date with its marks, as biblatex reads them; ``year`` is for readers
that know no other field. Names are braced whole: where a family name begins is not
ours to guess.
"""

from __future__ import annotations

import re
from datetime import date

from whosays.citations import wording
from whosays.citations.finding import Cited, Kind
from whosays.model import Collection, Source
from whosays.text import flat, safe_url

# Braces are spelt out: a single one, even escaped, would end the field.
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    **{char: f"\\{char}" for char in "$&%#_"},
}
_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)

Fields = list[tuple[str, str]]


def write(cited: Cited, collection: Collection, retrieved: date | None) -> str:
    """Write the sources in the order of the citation, then the data."""
    entries = [
        _entry(slug, _source(collection.sources[slug], cited, collection))
        for slug in cited.sources
    ]
    name = f"whosays-{collection.settings.name}"
    entries.append(_entry(name, _data(cited, collection, retrieved)))
    return "\n".join(entries)


def escaped(text: str) -> str:
    r"""Make text safe inside braces; letters of every script stay as they are.

    >>> escaped("50% {a_b}")
    '50\\% \\textbraceleft{}a\\_b\\textbraceright{}'
    """
    shown = flat(text)
    return "".join(_ESCAPES.get(char, char) for char in shown)


def _entry(key: str, fields: Fields) -> str:
    lines = [f"  {name} = {value}," for name, value in fields]
    return "\n".join([f"@misc{{{key},", *lines, "}"]) + "\n"


def _source(source: Source, cited: Cited, collection: Collection) -> Fields:
    author = wording.author(source, collection)
    fields = [("author", _whole(author))] if author else []
    fields.append(("title", _whole(source.title)))
    if source.publisher:
        publisher = escaped(collection.label(source.publisher))
        fields.append(("howpublished", f"{{{publisher}}}"))
    fields += _dated(source.date)
    if source.lang:
        fields.append(("language", f"{{{escaped(source.lang)}}}"))
    url = safe_url(source.url)
    if url:
        fields.append(("url", f"{{{url.replace('{', '%7B').replace('}', '%7D')}}}"))
    notes = wording.notes(source.slug, cited.statements)
    if notes:
        fields.append(("note", f"{{{escaped(notes)}}}"))
    return fields


def _data(cited: Cited, collection: Collection, retrieved: date | None) -> Fields:
    settings = collection.settings
    fields = [("author", _whole(settings.creator))] if settings.creator else []
    fields.append(("title", _whole(settings.title)))
    fields.append(("howpublished", "{whosays}"))
    if settings.version:
        fields.append(("version", f"{{{escaped(settings.version)}}}"))
    if retrieved:
        fields.append(("urldate", f"{{{retrieved.isoformat()}}}"))
    kind = "document" if cited.kind is Kind.SOURCE else str(cited.kind)
    note = ", ".join(wording.data(settings, f"{kind} {cited.id}", retrieved))
    fields.append(("note", f"{{{escaped(note)}}}"))
    return fields


def _whole(text: str) -> str:
    return f"{{{{{escaped(text)}}}}}"


def _dated(text: str) -> Fields:
    """Write a date with its marks; a month of its own only where it is certain."""
    if not text:
        return []
    fields = [("date", f"{{{text}}}")]
    first, slash, last = text.partition("/")
    years = [part[:4] for part in (first, last) if part[:4].isdigit()]
    mark = next((char for char in text if char in "?~%"), "")
    span = "--".join(dict.fromkeys(years))
    year = f"{span}{escaped(mark) if mark == '%' else mark}"
    fields.append(("year", f"{{{year}}}"))
    month = re.fullmatch(r"\d{4}-(\d{2})(-\d{2})?", text)
    if month and not slash:
        fields.append(("month", _MONTHS[int(month[1]) - 1]))
    return fields
