"""Slugs, permanent ids and IRIs.

An id follows from what is claimed, by whom and where, never from a place in a file, so
correcting a gist keeps the address that somebody may have cited.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_SLUG = 80
ID_LENGTH = 12
SHORTEST = 6
"""Characters that an id is shown with at least, and has to be typed with."""

_SCHEME = "1"
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [one + other for one in _BASE32 for other in _BASE32]
_SEPARATOR = "\x1f"
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def is_slug(text: str) -> bool:
    """Tell whether a text can be the slug of an actor or source.

    >>> is_slug("cedar-front"), is_slug("Cedar_Front"), is_slug("../etc")
    (True, False, False)
    """
    return len(text) <= MAX_SLUG and SLUG.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def make_slug(text: str) -> str:
    """Make a slug from a name in any script; empty when nothing is left.

    >>> make_slug("The Cedar Front (CF)")
    'the-cedar-front-cf'
    """
    if not text.isascii():
        from anyascii import anyascii

        text = anyascii(text)
    return _NOT_SLUG.sub("-", text.lower()).strip("-")[:MAX_SLUG].strip("-")


def digest(text: str) -> str:
    """Shorten a text to 12 characters of lower-case base32 of its SHA-256.

    60 bits: at a million ids the chance of any collision is about 4 in 10 million.
    Every statement and dispute has one; two characters at a time take a third of the
    time that the standard library takes for the whole digest.
    """
    import hashlib  # an answer mints no ids, and this takes long to load

    raw = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    bits = int.from_bytes(raw[:8], "big") >> 4
    return (
        _PAIRS[bits >> 50]
        + _PAIRS[bits >> 40 & 1023]
        + _PAIRS[bits >> 30 & 1023]
        + _PAIRS[bits >> 20 & 1023]
        + _PAIRS[bits >> 10 & 1023]
        + _PAIRS[bits & 1023]
    )


def statement_id(
    subject: str,
    relation: str,
    object: str,
    source: str,
    stance: str,
    chain: Sequence[str],
    modality: str,
    locator: str,
    valid: str,
) -> str:
    """Compute the id of a statement from its ten identity values.

    All values must be normalised: aliases resolved, inverses turned round, defaults
    filled in; actors and sources by their oldest slug, so renaming changes no id.

    >>> statement_id("aldoria", "arms", "cedar-front", "strait-interview", "denies",
    ...              ["aldorian-minister"], "actual", "p4", "")
    '6sft7lreygvc'
    """
    values = (
        _SCHEME,
        subject,
        relation,
        object,
        source,
        stance,
        ">".join(chain),
        modality,
        locator,
        valid,
    )
    return digest(_SEPARATOR.join(values))


def short_id(id: str, ids: Sequence[str]) -> str:
    """Shorten an id as far as no other begins alike; ``ids`` are sorted.

    >>> short_id("6sft7lreygvc", ["6sft7lreygvc", "6sft7lzzzzzz", "sirggshmmtfy"])
    '6sft7lr'
    """
    place = bisect_left(ids, id)
    neighbours = [*ids[max(place - 1, 0) : place], *ids[place : place + 2]]
    size = max(
        (_shared(id, other) + 1 for other in neighbours if other != id), default=0
    )
    return id[: max(size, SHORTEST)]


@lru_cache(maxsize=65536)
def _shared(one: str, other: str) -> int:
    """Count the characters with which two ids begin alike."""
    for number, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return number
    return min(len(one), len(other))


def proposition_id(subject: str, relation: str, object: str, symmetric: bool) -> str:
    """Name the claim apart from anybody's opinion.

    The ends of a symmetric relation stand in alphabetical order. ``_`` separates
    because no slug or relation id contains it.

    >>> proposition_id("isis", "fights", "iran", symmetric=True)
    'iran_fights_isis'
    """
    if symmetric and object < subject:
        subject, object = object, subject
    return f"{subject}_{relation}_{object}"
