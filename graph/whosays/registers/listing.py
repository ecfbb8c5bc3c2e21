"""Tables of what a project knows, each row with how often it is used.

The columns are an interface: scripts read them, so they are only ever added to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from whosays import lookup
from whosays.errors import UsageError
from whosays.matching import nearest
from whosays.model import ActorType, Collection, Family, Source, Statement
from whosays.project.sources import KINDS
from whosays.rows import Rows
from whosays.vocab import implied

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
    "statements",
    "said",
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
    "statements",
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
    "file",
)


def actors(
    collection: Collection,
    *,
    type: str = "",
    part_of: str = "",
    source: str = "",
    unused: bool = False,
) -> Rows:
    """List actors with the statements about them and those they make.

    Args:
        collection: The records of a project.
        type: Only actors of this type.
        part_of: Only what rolls up to this actor, itself left out.
        source: Only actors that stand or speak in this source.
        unused: Only actors that no statement names.

    Raises:
        UsageError: there is no such type.
        UnknownName: the actor or the source is not known.
    """
    _choose("actor type", type, ActorType)
    whole = lookup.actor(collection, part_of) if part_of else ""
    home = lookup.source(collection, source) if source else ""
    ends, voices = _ends(collection, home)
    seen = set(ends) | set(voices) | _passing_on(collection, home)
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
                ends[slug],
                voices[slug],
            )
            for slug, actor in collection.actors.items()
            if (not type or actor.type == type)
            and (not whole or whole in collection.lineage(slug)[1:])
            and (not home or slug in seen)
            and not (unused and slug in seen)
        ),
    )


def relations(
    collection: Collection,
    *,
    family: str = "",
    narrower_than: str = "",
    own: bool = False,
    unused: bool = False,
) -> Rows:
    """List the relations in force, with how many statements use each.

    Args:
        collection: The records of a project.
        family: Only relations of this family.
        narrower_than: Only what implies this relation, itself left out.
        own: Only relations that the project adds.
        unused: Only relations that no statement uses.

    Raises:
        UsageError: there is no such family.
        UnknownName: the relation is not known.
    """
    _choose("family of relations", family, Family)
    wide = lookup.relation(collection, narrower_than)[0] if narrower_than else ""
    clashes: dict[tuple[str, str], list[str]] = {}
    for row in collection.incompatibilities:
        for one, other in ((row.first, row.second), (row.second, row.first)):
            clashes.setdefault((str(row.strength), one), []).append(other)
    counts = Counter(s.relation for s in _counted(collection))
    used = {s.relation for s in collection.statements}
    ours = f"{collection.settings.base}rel/"
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
                counts[relation.id],
            )
            for relation in collection.relations.values()
            if (not family or relation.family == family)
            and (not wide or wide in implied(collection.relations, relation.id)[1:])
            and (not own or relation.iri.startswith(ours))
            and not (unused and relation.id in used)
        ),
    )


def sources(
    collection: Collection,
    *,
    kind: str = "",
    by: str = "",
    lang: str = "",
    undated: bool = False,
    unused: bool = False,
) -> Rows:
    """List sources with how many statements were read in each.

    Args:
        collection: The records of a project.
        kind: Only sources of this kind.
        by: Only what this actor wrote, published or speaks in.
        lang: Only sources in this language.
        undated: Only sources without a date, which is legal and worth knowing.
        unused: Only sources without any statement.

    Raises:
        UsageError: there is no such kind.
        UnknownName: the actor is not known.
    """
    _choose("kind of source", kind, KINDS)
    voice = lookup.actor(collection, by) if by else ""
    counts = Counter(s.source for s in _counted(collection))
    used = {s.source for s in collection.statements}
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
                source.file,
            )
            for source in collection.sources.values()
            if (not kind or source.kind == kind)
            and (not voice or voice in _people(source))
            and (not lang or source.lang.casefold() == lang.casefold())
            and not (undated and source.date)
            and not (unused and source.slug in used)
        ),
    )


def _people(source: Source) -> tuple[str, ...]:
    return source.author, source.publisher, source.voice


def _counted(collection: Collection, source: str = "") -> Iterable[Statement]:
    return (
        s
        for s in collection.statements
        if s.counts and (not source or s.source == source)
    )


def _ends(collection: Collection, source: str) -> tuple[Counter[str], Counter[str]]:
    """Count statements by what they are about and by whose they are."""
    ends: Counter[str] = Counter()
    voices: Counter[str] = Counter()
    for statement in _counted(collection, source):
        ends.update((statement.subject, statement.object))
        voices[statement.voice] += 1
    return ends, voices


def _passing_on(collection: Collection, source: str) -> set[str]:
    """Name all others that a row mentions: chains, places, rows that do not count."""
    found: set[str] = set()
    for statement in collection.statements:
        if not source or statement.source == source:
            found.update((statement.subject, statement.object))
            found.update((*statement.chain, *statement.place))
    for name in collection.names:
        if not source or name.source == source:
            found.update((name.actor, *name.used_by))
    for one in collection.sources.values():
        if not source or one.slug == source:
            found.update(filter(None, _people(one)))
    return found


def _choose(what: str, given: str, allowed: Iterable[str]) -> None:
    """Refuse a filter that nothing could pass.

    Raises:
        UsageError: it is none of the allowed values.
    """
    values = [str(one) for one in allowed]
    if given and given not in values:
        near = nearest(given, values)
        offer = f"Did you mean: {near}. " if near else ""
        raise UsageError(
            f"no {what} “{given}”", f"{offer}Use one of {', '.join(values)}"
        )


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(texts)
