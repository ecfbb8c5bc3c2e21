"""Pages of long answers: so many rows, from so many on.

A query that may list everything says in its text how long a page is, at the place where
the rows are cut: ``LIMIT 1000 # a page``. That is best done before the rows get their
labels. Other queries are cut at their end. A page that is full may be the last one: to
know that would take as long as to ask for the next.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from whosays.errors import UsageError

MOST = 100_000_000
"""Rows that may be asked for, or passed over, by number."""

WORDS = ("limit", "offset")
"""What a page is asked for by, beside the parameters of a query."""

ALL = "all"

_MARK = re.compile(r"\bLIMIT[ \t]+(?P<rows>[0-9]{1,9})[ \t]*#[ \t]*a page\b[^\n]*")
_NUMBER = re.compile(r"[0-9]{1,9}")
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


class Page(NamedTuple):
    """Which rows are wanted: ``limit`` of them, 0 for all, after ``offset`` others."""

    limit: int = 0
    offset: int = 0

    @property
    def clause(self) -> str:
        """The words of SPARQL for it."""
        limit = f"LIMIT {self.limit}" if self.limit else ""
        return f"{limit} OFFSET {self.offset}".strip() if self.offset else limit

    def next(self, content: bytes, format: str) -> int:
        """Number the row after a full page, from 0; 0 if nothing follows this answer.

        The format is ``csv``, ``tsv``, ``json`` or ``xml``, as the engine writes it.
        """
        if not self.limit or content.count(_LEAST[format]) < self.limit:
            return 0
        pattern, headers = _ROWS[format]
        rows = sum(1 for found in pattern.finditer(content) if found[1]) - headers
        return self.offset + self.limit if rows >= self.limit else 0


def asked(
    given: Mapping[str, str | int], text: str = "", *, bounded: bool = False
) -> Page:
    """Read what page is wanted, from values as somebody typed them.

    Without ``limit`` it is everything or, if ``bounded``, what the text calls a page.

    Raises:
        UsageError: a value is no such number.
    """
    mark = _MARK.search(text) if bounded else None
    limit = given.get("limit", int(mark["rows"]) if mark else ALL)
    offset = given.get("offset", 0)
    return Page(
        limit=0 if limit == ALL else _number("limit", limit, 1),
        offset=_number("offset", offset, 0),
    )


def whole(text: str) -> str:
    """Take the length of a page out of a query, so that it gives all rows."""
    return _MARK.sub("", text)


def cut(text: str, page: Page, *, inside: bool) -> str:
    """Write a query so that it gives a page of its rows.

    ``inside`` the page is cut where the text says so: what is looked up for the rows
    that are left must find one value of each, which is so in graphs of ours.

    Raises:
        UsageError: the answer has no rows, or the text has a LIMIT of its own.
    """
    if inside and _MARK.search(text):
        return _MARK.sub(page.clause, text)
    text = whole(text)
    if not page.clause:
        return text
    _check(text)
    return f"{text}\n{page.clause}\n"


def _check(text: str) -> None:
    from whosays import guard  # not for the queries that are cut inside

    depth, words = 0, []
    for token in guard.tokens(text):
        depth += (token.text == "{") - (token.text == "}")
        if not depth and token.keyword:
            words.append(token.keyword)
    form = next((word for word in words if word in _FORMS), "")
    if form != "SELECT":
        kind = "yes or no" if form == "ASK" else "a graph"
        raise UsageError(
            f"the answer is {kind}: it has no pages", "Leave limit and offset out"
        )
    own = {"LIMIT", "OFFSET", "VALUES"} & set(words)
    if own:
        raise UsageError(
            f"the query has a {min(own)} of its own behind its patterns",
            "Leave limit and offset out, or take that out of the query",
        )


def _number(name: str, value: str | int, least: int) -> int:
    text = str(value).strip()
    number = int(text) if _NUMBER.fullmatch(text) else -1
    if isinstance(value, bool) or not least <= number <= MOST:
        shown = text if len(text) <= 40 else f"{text[:40]}…"
        also = f", or {name}={ALL}" if name == "limit" else ""
        raise UsageError(
            f"{name}: “{shown}” is no whole number from {least} to {MOST:,}",
            f"Write {name}=1000{also}",
        )
    return number


# What a row begins with or, where lines are rows, ends with, as the header does too. What
# is quoted is passed over; in CSV a doubled mark ends a quotation and begins the next.
_ROWS = {
    "csv": (re.compile(rb'"[^"]*"|(\n)'), 1),
    "tsv": (re.compile(rb"(\n)"), 1),
    "json": (re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|([\[,]\{)'), 0),
    "xml": (re.compile(rb"(<result>)"), 0),
}
_LEAST = {"csv": b"\n", "tsv": b"\n", "json": b"{", "xml": b"<result>"}
