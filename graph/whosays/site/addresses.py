"""Where each page of a site stands: addresses that stay when names and data change.

An address follows from a slug or an id and from nothing else. Links name the file
(``index.html``) and go from page to page, so a site works under any path of any host,
and opened from a disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from urllib.parse import quote, urlsplit

from whosays.errors import UsageError
from whosays.ids import digest
from whosays.model import Collection, Issue
from whosays.text import safe_url

_SAFE = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")
_LONGEST = 200  # bytes that any file system takes as one name


def segment(text: str) -> str:
    """Name the folder of a thing: its slug or id, or a digest of what is neither.

    >>> segment("cedar-front"), segment("../etc")
    ('cedar-front', 'x-674reh63kpmn')
    """
    if len(text) <= _LONGEST and _SAFE.fullmatch(text):
        return text
    return f"x-{digest(text)}"


def actor(slug: str) -> str:
    """Name the folder of an actor's page, from the root of the site."""
    return f"actor/{segment(slug)}/"


def source(slug: str) -> str:
    """Name the folder of a source's page."""
    return f"source/{segment(slug)}/"


def issue(id: str) -> str:
    """Name the folder of the page of a pair of actors."""
    return f"issue/{segment(id)}/"


def statement(id: str) -> str:
    """Name the folder of a statement's page."""
    return f"st/{segment(id)}/"


def tour(slug: str) -> str:
    """Name the folder of the page of a guided tour."""
    return f"tour/{segment(slug)}/"


def up(folder: str) -> str:
    """Lead from a page back to the root.

    >>> up(""), up("actor/cedar-front/")
    ('', '../../')
    """
    return "../" * folder.count("/")


def picture(selected: str = "", key: str = "sel") -> str:
    """Lead to the drawing, with something chosen in it (``n:slug`` or ``e:a|r|b``).

    With the key ``p`` it is seen as a source or a voice tells it.

    >>> picture("n:cedar-front"), picture("harbour-report", "p")
    ('view.html#sel=n%3Acedar-front', 'view.html#p=harbour-report')
    """
    return f"view.html#{key}={quote(selected, safe='')}" if selected else "view.html"


def step(tour: str, number: int) -> str:
    """Lead to a step of a guided tour in the drawing.

    >>> step("the-quarrel", 2)
    'view.html#tour=the-quarrel&step=2'
    """
    return f"view.html#tour={quote(tour, safe='')}&step={number}"


def base_url(text: str) -> str:
    """Check where the site will stand, and end it with a slash.

    >>> base_url("https://example.org/who")
    'https://example.org/who/'

    Raises:
        UsageError: it is no http or https address, or has a query or a fragment.
    """
    if not text:
        return ""
    address = safe_url(text)
    if address is None or re.search(r"[?#]", address):
        raise UsageError(
            f"“{text}” is no address that a site can stand at",
            "Use one like https://example.org/topic/",
        )
    if any(part in (".", "..") for part in urlsplit(address).path.split("/")):
        raise UsageError(f"“{text}” has dots as a folder", "Write the address in full")
    return address if address.endswith("/") else f"{address}/"


def former(collection: Collection, issues: list[Issue]) -> Iterator[tuple[str, str]]:
    """Pair each address that was cited once with the one that answers for it now.

    Former slugs of actors and sources, pairs of former slugs, and the ids of
    statements that were corrected.
    """
    for one in collection.actors.values():
        for slug in one.former_slugs:
            yield actor(slug), actor(one.slug)
    for document in collection.sources.values():
        for slug in document.former_slugs:
            yield source(slug), source(document.slug)
    for contested in issues:
        names = [_all_slugs(collection, slug) for slug in contested.actors]
        for pair in product(*names):
            yield issue("_".join(sorted(pair))), issue(contested.id)
    for said in collection.statements:
        for id in said.supersedes:
            yield statement(id), statement(said.id)


def _all_slugs(collection: Collection, slug: str) -> tuple[str, ...]:
    known = collection.actors.get(slug)
    return (slug, *known.former_slugs) if known else (slug,)
