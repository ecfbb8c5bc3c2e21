"""Registers → quads: actors, sources, names, relations and which of them collide.

There are few of them beside the statements, so this is written to be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whosays.model import Actor, Collection, Name, Relation, Source, Stance
from whosays.namespaces import REL
from whosays.rdf.terms import (
    DCT,
    RDF_TYPE,
    RDFS,
    SCHEMA,
    SKOS,
    WIKIDATA,
    Names,
    Quad,
    edge,
    iri,
    literal,
    typed,
    ws,
)
from whosays.vocab import implied

_LABEL = f"<{SKOS}prefLabel>"
_ALT = f"<{SKOS}altLabel>"


def registers(collection: Collection) -> Iterator[Quad]:
    """Describe all records but statements, and of relations those that are used."""
    names = Names(collection.settings.base)
    language = collection.settings.language
    for actor in collection.actors.values():
        yield from _actor(actor, collection, names, language)
    for source in collection.sources.values():
        yield from _source(source, names, language)
    for name in collection.names:
        yield from _name(name, names)
    used = {statement.relation for statement in collection.statements}
    for relation in _with_wider(used, collection):
        yield from _relation(relation, collection, language)
    yield from _incompatibilities(collection, names)


def _actor(
    actor: Actor, collection: Collection, names: Names, language: str
) -> Iterator[Quad]:
    node = names.actor(actor.slug)
    yield Quad(node, RDF_TYPE, ws("Actor" if actor.type.speaks else "Place"))
    if actor.type.is_place and actor.type.speaks:
        yield Quad(node, RDF_TYPE, ws("Place"))
    yield Quad(node, ws("actorType"), ws(f"type-{actor.type}"))
    yield Quad(node, _LABEL, literal(actor.label, language))
    for alias in actor.aliases:
        yield Quad(node, _ALT, literal(alias.text, alias.lang))
    if actor.part_of:
        yield Quad(node, ws("partOf"), names.actor(actor.part_of))
    if actor.acts_for:
        yield Quad(node, ws("actsFor"), names.actor(actor.acts_for))
    if actor.parent:
        yield Quad(node, ws("within"), names.actor(actor.parent))
    for wider in collection.lineage(actor.slug):
        yield Quad(node, ws("rollsUpTo"), names.actor(wider))
    if actor.owned_by:
        yield Quad(node, ws("ownedBy"), names.actor(actor.owned_by))
    if actor.wikidata:
        yield Quad(node, f"<{SKOS}exactMatch>", iri(WIKIDATA + actor.wikidata))
    if actor.description:
        yield Quad(node, f"<{SKOS}scopeNote>", literal(actor.description, language))
    if actor.note:
        yield Quad(node, ws("note"), literal(actor.note, language))
    for former in actor.former_slugs:
        if former != actor.slug:
            yield Quad(names.actor(former), f"<{DCT}isReplacedBy>", node)


def _source(source: Source, names: Names, language: str) -> Iterator[Quad]:
    node = names.source(source.slug)
    yield Quad(node, RDF_TYPE, ws("Source"))
    yield Quad(node, f"<{DCT}title>", literal(source.title, language))
    yield Quad(node, f"<{DCT}type>", literal(source.kind))
    for predicate, slug in (
        ("publisher", source.publisher),
        ("creator", source.author),
    ):
        if slug:
            yield Quad(node, f"<{DCT}{predicate}>", names.actor(slug))
    yield Quad(node, ws("defaultVoice"), names.actor(source.voice))
    for predicate, text in (
        (f"<{DCT}date>", source.date),
        (f"<{DCT}language>", source.lang),
        (f"<{SCHEMA}sha256>", source.sha256),
    ):
        if text:
            yield Quad(node, predicate, literal(text))
    if source.url:
        yield Quad(node, f"<{SCHEMA}url>", literal(source.url))
    for text in (source.date_note, source.note):
        if text:
            yield Quad(node, ws("note"), literal(text, language))
    for former in source.former_slugs:
        if former != source.slug:
            yield Quad(names.source(former), f"<{DCT}isReplacedBy>", node)


def _name(name: Name, names: Names) -> Iterator[Quad]:
    node = names.other("naming", name.id)
    yield Quad(node, RDF_TYPE, ws("Naming"))
    yield Quad(node, ws("names"), names.actor(name.actor))
    yield Quad(node, ws("name"), literal(name.name, name.lang))
    yield Quad(node, ws("nameKind"), ws(f"name-{name.kind}"))
    yield Quad(node, ws("usedBy"), names.actor(name.used_by[-1]))
    yield Quad(node, ws("source"), names.source(name.source))
    if name.locator:
        yield Quad(node, ws("locator"), literal(name.locator))
    if name.note:
        yield Quad(node, ws("note"), literal(name.note))


def _with_wider(used: Iterable[str], collection: Collection) -> list[Relation]:
    wanted = {wider for id in used for wider in implied(collection.relations, id)}
    return [collection.relations[id] for id in sorted(wanted)]


def _relation(
    relation: Relation, collection: Collection, language: str
) -> Iterator[Quad]:
    """Describe a relation as the ontology does, so that an export explains itself."""
    if relation.iri.startswith(REL):
        language = "en"
    node = iri(relation.iri)
    yield Quad(node, RDF_TYPE, ws("Relation"))
    yield Quad(node, _LABEL, literal(relation.label, language))
    if relation.inverse_label and not relation.symmetric:
        text = literal(relation.inverse_label, language)
        yield Quad(node, ws("inverseLabel"), text)
    for alias in relation.aliases:
        yield Quad(node, _ALT, literal(alias, language))
    if relation.definition:
        definition = literal(relation.definition, language)
        yield Quad(node, f"<{SKOS}definition>", definition)
    yield Quad(node, ws("family"), literal(relation.family))
    yield Quad(node, ws("polarity"), typed(str(relation.polarity), "integer"))
    yield Quad(node, ws("objectKind"), literal(relation.object_kind))
    for property, flag in (
        ("symmetric", relation.symmetric),
        ("rollsUpSubject", relation.rolls_up_subject),
        ("rollsUpObject", relation.rolls_up_object),
    ):
        yield Quad(node, ws(property), typed(str(flag).lower(), "boolean"))
    for former in relation.former_slugs:
        if former != relation.id:
            old = iri(relation.iri.removesuffix(relation.id) + former)
            yield Quad(old, f"<{DCT}isReplacedBy>", node)
    for wider in implied(collection.relations, relation.id):
        yield Quad(node, ws("implies"), iri(collection.relations[wider].iri))
    for stance in (Stance.AFFIRMS, Stance.DENIES):
        shortcut = edge(relation, stance)
        yield Quad(shortcut, ws("relation"), node)
        yield Quad(shortcut, ws("edgeStance"), ws(stance))
    if relation.narrower_than:
        wider_relation = collection.relations[relation.narrower_than]
        yield Quad(node, ws("narrowerThan"), iri(wider_relation.iri))
        # Only affirmations travel up: who denies an attack does not deny the war.
        yield Quad(
            edge(relation, Stance.AFFIRMS),
            f"<{RDFS}subPropertyOf>",
            edge(wider_relation, Stance.AFFIRMS),
        )


def _incompatibilities(collection: Collection, names: Names) -> Iterator[Quad]:
    """Describe which of a project's own relations collide; the core's are its own."""
    for row in collection.incompatibilities:
        first, second = (collection.relations.get(id) for id in (row.first, row.second))
        if first is None or second is None:
            continue
        if first.iri.startswith(REL) and second.iri.startswith(REL):
            continue
        node = names.other("pair", f"{row.first}-{row.second}-{row.ends}")
        yield Quad(node, RDF_TYPE, ws("Incompatibility"))
        yield Quad(node, ws("first"), iri(first.iri))
        yield Quad(node, ws("second"), iri(second.iri))
        yield Quad(node, ws("ends"), literal(row.ends))
        yield Quad(node, ws("strength"), literal(row.strength))
