"""Names that people type → slugs and ids.

Slug, label or alias in any script, whatever the case and the accents. A near miss is
suggested, never taken; a name that two actors share is answered with both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, runtime_checkable

from whosays.errors import UnknownName, UsageError
from whosays.ids import SHORTEST
from whosays.matching import fold, sounding, suggest, written
from whosays.model import Actor, Collection, Source, Statement


@runtime_checkable
class Spelled(Protocol):
    """Records whose spellings are indexed, so that nobody has to read all of them."""

    def spelled(self, key: str, *, sound: bool) -> list[str]:
        """List the slugs that are written, or that sound, like a key of `matching`."""

    def alike(self, text: str) -> Mapping[str, Any]:
        """Give the records that a text may mean, and perhaps some more."""


def actor(collection: Collection, text: str) -> str:
    """Find the actor that a person means.

    Raises:
        UnknownName: nobody, or more than one, has that name.
    """
    return _found("actor", text, collection.actors, collection)


def source(collection: Collection, text: str) -> str:
    """Find the source that a person means.

    Raises:
        UnknownName: no source, or more than one, has that name.
    """
    return _found("source", text, collection.sources, collection)


def relation(collection: Collection, text: str) -> tuple[str, bool]:
    """Find the relation that a person means, and whether the claim turns round.

    Raises:
        UnknownName: no relation has that name.
    """
    demand("relation", text)
    wanted = fold(text)
    for id, one in collection.relations.items():
        if wanted in map(fold, (id, one.label, *one.aliases, *one.former_slugs)):
            return id, False
        if one.inverse_label and fold(one.inverse_label) == wanted:
            return id, not one.symmetric
    names = {
        id: (id, one.label, one.inverse_label, *one.aliases)
        for id, one in collection.relations.items()
    }
    raise UnknownName("relation", text, suggest(text, names))


def tour(collection: Collection, text: str) -> str:
    """Find the guided tour that a person means, by slug or title.

    Raises:
        UnknownName: no tour has that name.
    """
    demand("tour", text)
    for one in collection.tours:
        if fold(text) in (fold(one.slug), fold(one.title)):
            return one.slug
    names = {one.slug: (one.slug, one.title) for one in collection.tours}
    raise UnknownName("tour", text, suggest(text, names) or list(names)[:3])


def statement(collection: Collection, id: str) -> Statement:
    """Find a statement by its id or by an unambiguous beginning of it.

    Raises:
        UnknownName: there is none, or more than one; near ids are suggested.
        UsageError: its row is gone, and another statement took its place.
    """
    demand("statement", id)
    wanted = id.strip().lower()
    found = [one for one in collection.statements if one.id.startswith(wanted)]
    if len(wanted) >= SHORTEST and len(found) == 1:
        return found[0]
    if len(wanted) >= SHORTEST and found:
        raise UnknownName("single statement", id, [one.id for one in found[:5]])
    for one in collection.statements:
        if wanted in one.supersedes:
            raise UsageError(
                f"{wanted} is no row any more: {one.id} took its place",
                f"Name {one.id}",
            )
    if wanted and found:
        raise UnknownName("statement", id, [one.id for one in found[:3]])
    from difflib import get_close_matches

    size = max(len(wanted), SHORTEST)
    known = {one.id[:size]: one.id for one in collection.statements}
    near = get_close_matches(wanted, known, 3, 0.7)
    raise UnknownName("statement", id, [known[key] for key in near])


def _found(
    kind: str,
    text: str,
    records: Mapping[str, Actor] | Mapping[str, Source],
    collection: Collection,
) -> str:
    """Find the only one with this name; the closer spelling decides.

    Slugs win over names, a name as it is written over one that only sounds alike: two
    actors may differ by an article or an accent.
    """
    demand(kind, text)
    if text in records:
        return text
    for key, sound in ((written, False), (sounding, True)):
        wanted = key(text)
        if not wanted:
            break
        if isinstance(records, Spelled):
            found = records.spelled(wanted, sound=sound)
        else:
            found = [
                slug
                for slug, one in records.items()
                if wanted in map(key, one.spellings)
            ]
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownName(f"single {kind}", text, _shown(found, collection))
    meant = records.alike(text) if isinstance(records, Spelled) else records
    names = {slug: one.spellings for slug, one in meant.items()}
    raise UnknownName(kind, text, _shown(suggest(text, names), collection))


def _shown(slugs: Iterable[str], collection: Collection) -> list[str]:
    return [f"{slug} ({collection.label(slug)})" for slug in slugs]


def demand(kind: str, given: object) -> None:
    """Refuse what is no text: a slot that a notebook left empty, a number, a record."""
    if not isinstance(given, str):
        article = "an" if kind[0] in "aeiou" else "a"
        raise UsageError(
            f"{article} {kind} is named by a text, not by {type(given).__name__}",
            "Give its slug or one of its names",
        )
