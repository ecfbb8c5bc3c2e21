"""Names that people type → slugs and ids.

Slug, label or alias in any script, whatever the case and the accents. A near miss is
suggested, never taken; a name that two actors share is answered with both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from whosays.errors import UnknownName
from whosays.matching import fold, normalise, suggest
from whosays.model import Actor, Collection, Source


def actor(collection: Collection, text: str) -> str:
    """Find the actor that a person means.

    Raises:
        UnknownName: nobody, or more than one, has that name.
    """
    names = {slug: _actor_names(one) for slug, one in collection.actors.items()}
    found = _exact("actor", text, names)
    return found or _unknown("actor", text, names, collection)


def source(collection: Collection, text: str) -> str:
    """Find the source that a person means.

    Raises:
        UnknownName: no source, or more than one, has that name.
    """
    names = {slug: _source_names(one) for slug, one in collection.sources.items()}
    found = _exact("source", text, names)
    return found or _unknown("source", text, names, collection)


def relation(collection: Collection, text: str) -> tuple[str, bool]:
    """Find the relation that a person means, and whether the claim turns round.

    Raises:
        UnknownName: no relation has that name.
    """
    wanted = fold(text)
    for id, one in collection.relations.items():
        if wanted in map(fold, (id, one.label, *one.aliases)):
            return id, False
        if one.inverse_label and fold(one.inverse_label) == wanted:
            return id, not one.symmetric
    names = {
        id: (id, one.label, one.inverse_label, *one.aliases)
        for id, one in collection.relations.items()
    }
    raise UnknownName("relation", text, suggest(text, names))


def _actor_names(actor: Actor) -> tuple[str, ...]:
    aliases = (alias.text for alias in actor.aliases)
    return (actor.slug, actor.label, *aliases, *actor.former_slugs)


def _source_names(source: Source) -> tuple[str, ...]:
    return (source.slug, source.title, *source.former_slugs)


def _exact(kind: str, text: str, names: Mapping[str, Iterable[str]]) -> str:
    """Find the only one with exactly this name, folded; slugs win over names."""
    if text in names:
        return text
    by_name: dict[str, list[str]] = defaultdict(list)
    for slug, spellings in names.items():
        for key in {_key(spelling) for spelling in spellings}:
            by_name[key].append(slug)
    found = by_name.get(_key(text), [])
    if len(found) > 1:
        raise UnknownName(f"single {kind}", text, found)
    return found[0] if found else ""


def _key(text: str) -> str:
    """Fold for equality: letters of other scripts stay apart from their romanising."""
    return normalise(text) or text.strip().casefold()


def _unknown(
    kind: str, text: str, names: Mapping[str, Iterable[str]], collection: Collection
) -> str:
    near = [f"{slug} ({collection.label(slug)})" for slug in suggest(text, names)]
    raise UnknownName(kind, text, near)
