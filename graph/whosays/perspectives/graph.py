"""Perspectives and comparisons as RDF: their statements, and findings as collections.

The findings of a comparison become ``skos:Collection`` nodes with the statements of
both sides as members, so any RDF reader can follow them without a new term. Nothing
denied becomes a bare triple: the encoding is that of the whole graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from whosays import ids, rdf, store, vocab
from whosays.model import Collection, Dispute, Statement
from whosays.perspectives.findings import Comparison, Match
from whosays.perspectives.perspective import Perspective
from whosays.perspectives.table import claim_label
from whosays.rdf.terms import DCT, RDF_TYPE, SKOS, VOID, Names, Quad, iri, literal

_COLLECTION = f"<{SKOS}Collection>"
_LABEL = f"<{SKOS}prefLabel>"
_MEMBER = f"<{SKOS}member>"


def perspective_nquads(perspective: Perspective) -> bytes:
    """Describe a perspective in one graph, as sorted N-Quads lines."""
    return _lines(_described(perspective.collection, perspective.statements, ()))


def comparison_nquads(comparison: Comparison) -> bytes:
    """Describe both sides of a comparison and its findings, as sorted lines."""
    collection = comparison.a.collection
    statements = (*comparison.a.statements, *comparison.b.statements)
    described = _described(collection, statements, comparison.disputes)
    return _lines([*described, *_findings(comparison)])


def turtle(nquads: bytes, collection: Collection) -> bytes:
    """Write lines as Turtle with the prefixes of the project."""
    prefixes = vocab.prefixes(collection.settings.base)
    return store.Store.memory(nquads, prefixes=prefixes).dump("turtle")


def _lines(quads: Iterable[Quad]) -> bytes:
    lines = sorted({quad._replace(graph="").line() for quad in quads})
    return ("\n".join(lines) + "\n").encode()


def _described(
    collection: Collection,
    statements: tuple[Statement, ...],
    disputes: Iterable[Dispute],
) -> Iterator[Quad]:
    names = Names(collection.settings.base)
    whole = names.dataset.rstrip(">")
    for quad in rdf.quads(_part(collection, statements), disputes):
        counts = quad.predicate.startswith(f"<{VOID}") or quad.subject.startswith(
            f"{whole}/"
        )
        if not counts:  # they would be of this part, under the name of the whole
            yield quad


def _part(collection: Collection, statements: tuple[Statement, ...]) -> Collection:
    """Keep the statements and all that they refer to."""
    used = {
        slug: collection.sources[slug]
        for slug in sorted({statement.source for statement in statements})
    }
    named = {slug for s in used.values() for slug in (s.author, s.publisher, s.voice)}
    for statement in statements:
        named |= {statement.subject, statement.object}
        named.update(statement.chain, statement.place)
    named |= {wider for slug in named for wider in collection.lineage(slug)}
    named |= {collection.actors[s].owned_by for s in named if s in collection.actors}
    return replace(
        collection,
        actors={slug: one for slug, one in collection.actors.items() if slug in named},
        sources=used,
        names=(),
        statements=statements,
    )


def _findings(comparison: Comparison) -> Iterator[Quad]:
    collection = comparison.a.collection
    names = Names(collection.settings.base)
    language = collection.settings.language
    whole = f"{comparison.a.name}/{comparison.b.name}"
    node = names.other("comparison", ids.digest(whole))
    yield Quad(node, RDF_TYPE, _COLLECTION)
    yield Quad(node, _LABEL, literal(comparison.title, language))
    for match in comparison.matches:
        kind = names.other("comparison", ids.digest(f"{whole}/{match.finding}"))
        yield Quad(node, _MEMBER, kind)
        yield Quad(kind, RDF_TYPE, _COLLECTION)
        yield Quad(kind, _LABEL, literal(str(match.finding), "en"))
        yield from _match(match, kind, whole, collection, names)


def _match(
    match: Match, kind: str, whole: str, collection: Collection, names: Names
) -> Iterator[Quad]:
    sides = [held for held in (match.a, match.b) if held is not None]
    claims = dict.fromkeys(held.claim for held in sides)
    key = "\x1f".join((whole, match.finding, *claims))
    node = names.other("comparison", ids.digest(key))
    labels = dict.fromkeys(claim_label(held, collection) for held in sides)
    yield Quad(kind, _MEMBER, node)
    yield Quad(node, RDF_TYPE, _COLLECTION)
    yield Quad(node, _LABEL, literal(" / ".join(labels), collection.settings.language))
    for held in sides:
        for statement in held.statements:
            yield Quad(node, _MEMBER, names.statement(statement.id))
    for id in match.disputes:
        yield Quad(
            node, f"<{DCT}relation>", iri(f"{collection.settings.base}dispute/{id}")
        )
