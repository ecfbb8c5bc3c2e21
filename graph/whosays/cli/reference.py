"""Tables of what a project knows: actors, relations, sources, queries, codes.

The columns of each are an interface: scripts read them, so they are only ever added to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from whosays.model import Collection
from whosays.rows import Rows

ACTOR_COLUMNS = (
    "slug",
    "label",
    "type",
    "part_of",
    "part_of_label",
    "acts_for",
    "acts_for_label",
    "aliases",
    "former_slugs",
    "wikidata",
    "description",
)
RELATION_COLUMNS = (
    "id",
    "label",
    "inverse_label",
    "aliases",
    "symmetric",
    "narrower_than",
    "family",
    "polarity",
    "object_kind",
    "excludes",
    "sits_ill_with",
    "definition",
    "iri",
)
SOURCE_COLUMNS = (
    "slug",
    "title",
    "kind",
    "date",
    "voice",
    "voice_label",
    "author",
    "publisher",
    "lang",
    "statements",
    "url",
)
QUERY_COLUMNS = ("name", "summary", "parameters")
CODE_COLUMNS = ("code", "level", "title")

SHOWN: Mapping[str, tuple[str, ...]] = {
    "actors": ("slug", "label", "type", "aliases"),
    "relations": ("id", "inverse_label", "narrower_than", "aliases"),
    "sources": ("slug", "title", "date", "voice_label", "statements"),
    "queries": QUERY_COLUMNS,
    "codes": CODE_COLUMNS,
}
"""What of each table a person sees; the data formats hold all columns."""

KINDS = tuple(SHOWN)


def table(kind: str, collection: Callable[[], Collection], folder: Path) -> Rows:
    """Make the table of a kind; the records are only asked for where needed."""
    match kind:
        case "actors":
            return _actors(collection())
        case "relations":
            return _relations(collection())
        case "sources":
            return _sources(collection())
        case "queries":
            return _queries(folder)
        case _:
            return _codes()


def _actors(collection: Collection) -> Rows:
    return Rows.of(
        ACTOR_COLUMNS,
        (
            (
                actor.slug,
                actor.label,
                str(actor.type),
                actor.part_of,
                collection.label(actor.part_of),
                actor.acts_for,
                collection.label(actor.acts_for),
                _joined(alias.text for alias in actor.aliases),
                _joined(actor.former_slugs),
                actor.wikidata,
                actor.description,
            )
            for actor in collection.actors.values()
        ),
    )


def _relations(collection: Collection) -> Rows:
    clashes: dict[tuple[str, str], list[str]] = {}
    for row in collection.incompatibilities:
        for one, other in ((row.first, row.second), (row.second, row.first)):
            clashes.setdefault((str(row.strength), one), []).append(other)
    return Rows.of(
        RELATION_COLUMNS,
        (
            (
                relation.id,
                relation.label,
                relation.inverse_label,
                _joined(relation.aliases),
                relation.symmetric,
                relation.narrower_than,
                str(relation.family),
                relation.polarity,
                str(relation.object_kind),
                _joined(dict.fromkeys(clashes.get(("strong", relation.id), ()))),
                _joined(dict.fromkeys(clashes.get(("weak", relation.id), ()))),
                relation.definition,
                relation.iri,
            )
            for relation in collection.relations.values()
        ),
    )


def _sources(collection: Collection) -> Rows:
    counts = dict.fromkeys(collection.sources, 0)
    for statement in collection.statements:
        if statement.counts:
            counts[statement.source] += 1
    return Rows.of(
        SOURCE_COLUMNS,
        (
            (
                source.slug,
                source.title,
                source.kind,
                source.date,
                source.voice,
                collection.label(source.voice),
                source.author,
                source.publisher,
                source.lang,
                counts[source.slug],
                source.url,
            )
            for source in collection.sources.values()
        ),
    )


def _queries(folder: Path) -> Rows:
    from whosays.queries import catalogue

    return Rows.of(
        QUERY_COLUMNS,
        (
            (
                query.name,
                query.summary,
                _joined(f"{param.name}={param.type}" for param in query.params),
            )
            for query in catalogue(folder).values()
        ),
    )


def _codes() -> Rows:
    from whosays.problems import CATALOGUE

    return Rows.of(
        CODE_COLUMNS,
        ((code.code, code.level, code.title) for code in CATALOGUE.values()),
    )


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(texts)
