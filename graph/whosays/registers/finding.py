"""Search for an actor, a source or a relation by anything it may be called.

Labels, aliases, former slugs and the names that voices use, in any script; then parts
of names, then near misses. Nothing is taken: a person reads the list and decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from whosays.excerpts import Excerpt
from whosays.matching import fold, normalise, sounding, suggest, written
from whosays.model import Collection
from whosays.rows import Rows

FOUND_COLUMNS = ("slug", "label", "name", "column", "match")
"""What was found, by which of its names, where that stands, how well it matches."""

MATCHES = ("same", "sounds", "part", "near")
"""How a name can match, best first: as written, in other letters, in part, nearly."""

_Names = Mapping[str, Sequence[tuple[str, str]]]  # id: (column, text)


def find_actors(collection: Collection, text: str) -> Rows:
    """Find actors by slug, label, alias, former slug or a name of ``names.csv``."""
    if isinstance(collection, Excerpt):  # the others need not be read
        collection = collection.actors_called(text)
    names: dict[str, list[tuple[str, str]]] = {
        slug: [
            ("slug", slug),
            ("label", actor.label),
            *(("aliases", alias.text) for alias in actor.aliases),
            *(("former_slugs", former) for former in actor.former_slugs),
        ]
        for slug, actor in collection.actors.items()
    }
    for name in collection.names:
        names[name.actor].append(("names.csv", name.name))
    return _rows(names, text, collection.label)


def find_sources(collection: Collection, text: str) -> Rows:
    """Find sources by slug, title, former slug or address."""
    if isinstance(collection, Excerpt):
        collection = collection.sources_called(text)
    names = {
        slug: [
            ("slug", slug),
            ("title", source.title),
            *(("former_slugs", former) for former in source.former_slugs),
            *([("url", source.url)] if source.url else ()),
        ]
        for slug, source in collection.sources.items()
    }
    return _rows(names, text, collection.label)


def find_relations(collection: Collection, text: str) -> Rows:
    """Find relations by id, label, inverse label, alias or words of the definition."""
    names = {
        id: [
            ("slug", id),
            ("label", one.label),
            *([("inverse_label", one.inverse_label)] if one.inverse_label else ()),
            *(("aliases", alias) for alias in one.aliases),
            *([("definition", one.definition)] if one.definition else ()),
        ]
        for id, one in collection.relations.items()
    }
    return _rows(names, text, lambda id: collection.relations[id].label)


def _rows(names: _Names, text: str, label: Callable[[str], str]) -> Rows:
    found: dict[str, tuple[str, str, str]] = {}
    for match in MATCHES:
        for id, column, name in _matching(names, text, match):
            found.setdefault(id, (name, column, match))
    ranked = sorted(found.items(), key=lambda item: MATCHES.index(item[1][2]))
    return Rows.of(FOUND_COLUMNS, ((id, label(id), *how) for id, how in ranked))


def _matching(names: _Names, text: str, match: str) -> Iterator[tuple[str, str, str]]:
    """Yield (id, column, name) of each name that matches in one way."""
    if match == "near":
        short = {
            id: [name for column, name in given if column not in ("definition", "url")]
            for id, given in names.items()
        }
        for id in suggest(text, short):
            yield id, *names[id][1]
        return
    fits = _TESTS[match](text)
    for id, given in names.items():
        for column, name in given:
            if fits(name):
                yield id, column, name


def _same(text: str) -> Callable[[str], bool]:
    wanted = {written(text), fold(text)} - {""}
    return lambda name: written(name) in wanted or fold(name) in wanted


def _sounding(text: str) -> Callable[[str], bool]:
    wanted = sounding(text)
    return lambda name: bool(wanted) and sounding(name) == wanted


def _in_part(text: str) -> Callable[[str], bool]:
    """Match names in which each word that was typed begins a word."""
    wanted = normalise(text).split()

    def fits(name: str) -> bool:
        words = normalise(name).split()
        return bool(wanted) and all(
            any(word.startswith(part) for word in words) for part in wanted
        )

    return fits


_TESTS: Mapping[str, Callable[[str], Callable[[str], bool]]] = {
    "same": _same,
    "sounds": _sounding,
    "part": _in_part,
}
