"""The parts of a citation that every format words alike: dates, places, people."""

from __future__ import annotations

import re
from datetime import date

from whosays.model import ActorType, Collection, Settings, Source, Statement

_MARKS = {"p": "¶", "l": "line ", "pg": "p. "}


def day(text: str) -> str:
    """Show a date with its marks, an interval with a dash, an open end with dots.

    >>> day("2015?"), day("2016/.."), day("../2017-06")
    ('2015?', '2016…', '…2017-06')
    """
    first, slash, last = text.partition("/")
    if not slash:
        return text
    if last == "..":
        return f"{first}…"
    if first == "..":
        return f"…{last}"
    return f"{first}\u2013{last}"


def place(locator: str) -> str:
    """Show where in a source: ``p7`` as ``¶7``; a time code as it is.

    >>> place("p7"), place("pg3"), place("12:34"), place("title")
    ('¶7', 'p. 3', '12:34', 'title')
    """
    found = re.fullmatch(r"(p|pg|l)(\d+)", locator)
    return f"{_MARKS[found[1]]}{found[2]}" if found else locator


def document(source: Source, collection: Collection) -> list[str]:
    """List author, publisher and date, each if it is known."""
    names = [author(source, collection)]
    if source.publisher and source.publisher != source.author:
        names.append(collection.label(source.publisher))
    return [part for part in (*names, day(source.date)) if part]


def author(source: Source, collection: Collection) -> str:
    """Name the author; an unnamed one has no name to cite."""
    actor = collection.actors.get(source.author)
    if actor is None or actor.type is ActorType.UNNAMED:
        return ""
    return actor.label


def note(statement: Statement) -> str:
    """Name the passage and the whole id of a statement, and whether it counts."""
    status = "" if statement.counts else f", {statement.status}"
    id = f"{statement.id}{status}"
    where = place(statement.locator)
    return f"{where} ({id})" if where else f"({id})"


def notes(source: str, statements: tuple[Statement, ...]) -> str:
    """Name all passages of one source, in the order of the citation."""
    return "; ".join(note(one) for one in statements if one.source == source)


def data(settings: Settings, what: str, retrieved: date | None) -> list[str]:
    """Name the data: title, version, what of it, day of retrieval if there is one."""
    version = f"version {settings.version}" if settings.version else ""
    on = f"retrieved {retrieved.isoformat()}" if retrieved else ""
    return [part for part in (version, what, on) if part]
