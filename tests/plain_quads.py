"""Quads written out one by one, without any shared part: what blocks must equal.

This is how a graph is described when nobody minds the time; it is kept as the twin of
`whosays.rdf.blocks` and so must not be made quicker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from whosays import dates
from whosays.model import Collection, Dispute, Issue, Statement
from whosays.rdf.registers import registers
from whosays.rdf.terms import (
    DCT,
    PROV,
    RDF_TYPE,
    SKOS,
    VOID,
    Names,
    Quad,
    day,
    decimal,
    edge,
    iri,
    literal,
    typed,
    ws,
)

_LABEL = f"<{SKOS}prefLabel>"


def described(
    collection: Collection, disputes: Iterable[Dispute], issues: Iterable[Issue]
) -> set[Quad]:
    """Describe everything but the data set itself."""
    names = Names(collection.settings.base)
    language = collection.settings.language
    found = set(registers(collection))
    for statement in collection.statements:
        found.update(_statement(statement, collection, names))
        found.update(_proposition(statement, collection, names, language))
        found.update(_edges(statement, collection, names))
    found.update(_disputes(disputes, issues, names))
    return found


def counts(quads: Iterable[Quad]) -> dict[str, Counter[str]]:
    """Count triples by predicate and things by class, whatever graph they are in."""
    triples = {quad[:3] for quad in quads}
    return {
        f"<{VOID}triples>": Counter(p for _, p, _ in triples),
        f"<{VOID}entities>": Counter(o for _, p, o in triples if p == RDF_TYPE),
    }


def _statement(
    statement: Statement, collection: Collection, names: Names
) -> Iterator[Quad]:
    node = names.statement(statement.id)
    relation = collection.relations[statement.relation]
    yield Quad(node, RDF_TYPE, ws("Statement"))
    yield Quad(node, ws("subject"), names.actor(statement.subject))
    yield Quad(node, ws("relation"), iri(relation.iri))
    yield Quad(node, ws("object"), names.actor(statement.object))
    yield Quad(node, ws("proposition"), names.proposition(statement.proposition))
    yield Quad(node, ws("stance"), ws(statement.stance))
    yield Quad(node, ws("modality"), ws(statement.modality))
    yield Quad(node, ws("mood"), ws(statement.mood))
    yield Quad(node, ws("status"), ws(statement.status))
    yield Quad(node, ws("source"), names.source(statement.source))
    yield Quad(node, ws("voice"), names.actor(statement.voice))
    yield Quad(node, ws("confidence"), decimal(statement.confidence))
    yield from _attributions(statement, node, names)
    yield from _periods(statement, node)
    if statement.framing:
        yield Quad(node, ws("framing"), ws(f"framing-{statement.framing}"))
    for place in statement.place:
        yield Quad(node, ws("place"), names.actor(place))
    for context in statement.context:
        yield Quad(node, ws("context"), literal(context))
    language = collection.settings.language
    for property, text, lang in (
        ("locator", statement.locator, ""),
        ("paragraphHash", statement.para_sha, ""),
        ("gist", statement.gist, language),
        ("note", statement.note, language),
    ):
        if text:
            yield Quad(node, ws(property), literal(text, lang))
    if statement.run:
        run = names.other("run", statement.run)
        yield Quad(node, f"<{PROV}wasGeneratedBy>", run)
        yield Quad(run, RDF_TYPE, f"<{PROV}Activity>")
        yield Quad(run, RDF_TYPE, ws("Run"))
    for old in statement.supersedes:
        yield Quad(node, ws("supersedes"), names.statement(old))
        yield Quad(names.statement(old), f"<{DCT}isReplacedBy>", node)


def _attributions(statement: Statement, node: str, names: Names) -> Iterator[Quad]:
    for speaker in statement.chain:
        yield Quad(node, ws("speaker"), names.actor(speaker))
    if not statement.via:
        return
    for passer in statement.via:
        yield Quad(node, ws("via"), names.actor(passer))
    for level, link in enumerate(statement.chain, 1):
        attribution = names.statement(f"{statement.id}-a{level}")
        yield Quad(node, ws("attribution"), attribution)
        yield Quad(attribution, RDF_TYPE, ws("Attribution"))
        yield Quad(attribution, ws("attributedTo"), names.actor(link))
        yield Quad(attribution, ws("level"), typed(str(level), "integer"))


def _periods(statement: Statement, node: str) -> Iterator[Quad]:
    if statement.valid:
        yield Quad(node, ws("valid"), literal(statement.valid))
        yield from _bounds(node, statement.valid, "validFrom", "validTo")
    if statement.said_on:
        yield Quad(node, ws("saidOn"), literal(statement.said_on))
    if statement.said:
        yield from _bounds(node, statement.said, "saidFrom", "saidTo")


def _bounds(node: str, text: str, first: str, last: str) -> Iterator[Quad]:
    period = dates.parse(text)
    if period.earliest:
        yield Quad(node, ws(first), day(period.earliest))
    if period.latest:
        yield Quad(node, ws(last), day(period.latest))


def _proposition(
    statement: Statement, collection: Collection, names: Names, language: str
) -> Iterator[Quad]:
    node = names.proposition(statement.proposition)
    subject, _, rest = statement.proposition.partition("_")
    object = rest.rpartition("_")[2]
    relation = collection.relations[statement.relation]
    label = f"{collection.label(subject)} {relation.label} {collection.label(object)}"
    yield Quad(node, RDF_TYPE, ws("Proposition"))
    yield Quad(node, ws("subject"), names.actor(subject))
    yield Quad(node, ws("relation"), iri(relation.iri))
    yield Quad(node, ws("object"), names.actor(object))
    yield Quad(node, _LABEL, literal(label, language))


def _edges(
    statement: Statement, collection: Collection, names: Names
) -> Iterator[Quad]:
    if statement.edge is None:
        return
    relation = collection.relations[statement.relation]
    shortcut = edge(relation, statement.edge)
    ends = [(statement.subject, statement.object)]
    if relation.symmetric:
        ends.append((statement.object, statement.subject))
    graphs = (
        "",
        names.graph(f"voice.{statement.voice}"),
        names.graph(f"source.{statement.source}"),
    )
    for subject, object in ends:
        for graph in graphs:
            yield Quad(names.actor(subject), shortcut, names.actor(object), graph)


def _disputes(
    disputes: Iterable[Dispute], issues: Iterable[Issue], names: Names
) -> Iterator[Quad]:
    graph = names.graph("disputes")
    for dispute in disputes:
        node = names.other("dispute", dispute.id)
        yield Quad(node, RDF_TYPE, ws("Dispute"), graph)
        yield Quad(node, ws("disputeKind"), ws(f"dispute-{dispute.kind}"), graph)
        yield Quad(node, ws("affirmed"), names.statement(dispute.affirmed), graph)
        yield Quad(node, ws("contested"), names.statement(dispute.contested), graph)
        yield Quad(node, ws("score"), decimal(dispute.score), graph)
    for issue in issues:
        node = names.other("issue", issue.id)
        yield Quad(node, RDF_TYPE, ws("Issue"), graph)
        yield Quad(node, ws("score"), decimal(issue.score), graph)
        for property, count in (
            ("disputeCount", issue.pairs),
            ("disputesHeld", len(issue.disputes)),
        ):
            yield Quad(node, ws(property), typed(str(count), "integer"), graph)
        for actor in issue.actors:
            yield Quad(node, ws("concerns"), names.actor(actor), graph)
        for id in issue.disputes:
            member = names.other("dispute", id)
            yield Quad(node, ws("hasDispute"), member, graph)
