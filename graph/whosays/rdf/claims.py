"""Statements → blocks: the bulk of every graph, so each term is made once.

Most of what is said of a statement is said of many others: its stance and status, who
speaks where, when. What goes together is looked up together.

A statement becomes a node. Its content becomes an edge only in a namespace that says
what it is (``said:``, ``denied:``), so denied or questioned content is never readable
as a bare triple, whatever a reader does with the graph names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from whosays import dates
from whosays.model import Collection, Relation, Run, Stance, Statement
from whosays.rdf.blocks import Block, Known, Pair, Shared, pair
from whosays.rdf.runs import described
from whosays.rdf.terms import (
    DCT,
    PROV,
    RDF_TYPE,
    SKOS,
    Names,
    day,
    decimal,
    edge,
    iri,
    literal,
    number,
    ws,
)

_LABEL = f"<{SKOS}prefLabel>"
_GIST, _NOTE, _PROPOSITION = ws("gist"), ws("note"), ws("proposition")
_PASSAGE, _ATTRIBUTES = ws("paragraphHash"), ws("attribution")
_STATEMENT = pair(RDF_TYPE, ws("Statement"))
_CLAIM = pair(RDF_TYPE, ws("Proposition"))
_ATTRIBUTION = pair(RDF_TYPE, ws("Attribution"))
_REPLACED = f"<{DCT}isReplacedBy>"

_Pairs = tuple[Pair, ...]
_Manner = tuple[Any, ...]  # stance, modality, status, confidence, framing


class Claims:
    """Makes the blocks of the statements of one collection."""

    def __init__(self, collection: Collection) -> None:
        """Make the tables of what is shared, all still empty."""
        names = Names(collection.settings.base)
        self._collection = collection
        self._names = names
        self._language = collection.settings.language
        self._actor = Known[str](names.actor)
        self._voices = Known[str](lambda slug: names.graph(f"voice.{slug}"))
        self._sources = Known[str](lambda slug: names.graph(f"source.{slug}"))
        self._subject = Shared(ws("subject"), names.actor)
        self._object = Shared(ws("object"), names.actor)
        self._relation = Shared[str](
            ws("relation"), lambda id: iri(collection.relations[id].iri)
        )
        self._source = Shared(ws("source"), names.source)
        self._attributed = Shared(ws("attributedTo"), names.actor)
        self._level = Shared(ws("level"), number)
        self._place = Shared(ws("place"), names.actor)
        self._context = Shared(ws("context"), literal)
        self._locator = Shared(ws("locator"), literal)
        self._valid = Known[_Pairs](_valid)
        self._said_on = Shared(ws("saidOn"), literal)
        self._said = Known[_Pairs](lambda text: tuple(_period("said", text)))
        self._manners: dict[_Manner, tuple[_Pairs, Stance | None]] = {}
        self._chains: dict[tuple[str, ...], _Pairs] = {}
        self._shortcuts: dict[tuple[str, Stance], tuple[str, Relation]] = {}
        self._told: set[str] = set()  # propositions and runs
        self._drawn: set[tuple[str, str, str]] = set()

    def blocks(self) -> Iterator[Block]:
        """Describe each statement, what it claims, and the edges that it gives."""
        told = self._told
        for statement in _once(self._collection.statements):
            yield from self._described(statement)
            if statement.proposition not in told:
                told.add(statement.proposition)
                yield self._claim(statement)

    def _described(self, one: Statement) -> list[Block]:
        names = self._names
        node = names.statement(one.id)
        manner = one.stance, one.modality, one.status, one.confidence, one.framing
        known = self._manners.get(manner)
        if known is None:
            known = self._manners[manner] = (_manner_of(one), one.edge)
        chain = one.chain
        speaking = self._chains.get(chain)
        if speaking is None:
            speaking = self._chains[chain] = self._chain(chain)
        proposition = names.proposition(one.proposition)
        pairs = [
            *known[0],
            self._subject[one.subject],
            self._relation[one.relation],
            self._object[one.object],
            (_PROPOSITION, proposition, f" {_PROPOSITION} {proposition} .\n"),
            self._source[one.source],
            *speaking,
        ]
        found: list[Block] = []
        if len(chain) > 1:
            self._link(node, chain, pairs, found)
        if one.valid:
            pairs += self._valid[one.valid]
        if one.said_on:
            pairs.append(self._said_on[one.said_on])
        if one.said:
            pairs += self._said[one.said]
        if one.place:
            pairs += map(self._place.__getitem__, dict.fromkeys(one.place))
        if one.context:
            pairs += map(self._context.__getitem__, dict.fromkeys(one.context))
        if one.locator:
            pairs.append(self._locator[one.locator])
        if one.para_sha:
            pairs.append(pair(_PASSAGE, literal(one.para_sha)))
        if one.gist:
            pairs.append(pair(_GIST, literal(one.gist, self._language)))
        if one.note:
            pairs.append(pair(_NOTE, literal(one.note, self._language)))
        if one.run:
            found += self._run(one.run, pairs)
        for old in dict.fromkeys(one.supersedes):
            pairs.append(pair(ws("supersedes"), names.statement(old)))
            found.append(Block(names.statement(old), (pair(_REPLACED, node),)))
        found.append(Block(node, pairs))
        if known[1] is not None:
            self._draw(one, known[1], found)
        return found

    def _chain(self, chain: tuple[str, ...]) -> _Pairs:
        """Name who speaks and who passes it on."""
        actor = self._actor
        return (
            pair(ws("voice"), actor[chain[-1]]),
            *(pair(ws("speaker"), actor[slug]) for slug in dict.fromkeys(chain)),
            *(pair(ws("via"), actor[slug]) for slug in dict.fromkeys(chain[:-1])),
        )

    def _link(
        self, node: str, chain: tuple[str, ...], pairs: list[Pair], found: list[Block]
    ) -> None:
        """Describe the links of a chain of several."""
        for level, slug in enumerate(chain, 1):
            link = f"{node[:-1]}-a{level}>"
            pairs.append((_ATTRIBUTES, link, f" {_ATTRIBUTES} {link} .\n"))
            said = _ATTRIBUTION, self._attributed[slug], self._level[level]
            found.append(Block(link, said))

    def _run(self, slug: str, pairs: list[Pair]) -> Iterator[Block]:
        run = self._names.other("run", slug)
        pairs.append(pair(f"<{PROV}wasGeneratedBy>", run))
        if run not in self._told:
            self._told.add(run)
            known = self._collection.runs.get(slug) or Run(slug=slug)
            yield described(run, known, self._language)

    def _claim(self, one: Statement) -> Block:
        subject, _, rest = one.proposition.partition("_")
        object = rest.rpartition("_")[2]
        label = self._collection.phrase(subject, one.relation, object)
        pairs = (
            _CLAIM,
            self._subject[subject],
            self._relation[one.relation],
            self._object[object],
            pair(_LABEL, literal(label, self._language)),
        )
        return Block(self._names.proposition(one.proposition), pairs)

    def _draw(self, one: Statement, stance: Stance, found: list[Block]) -> None:
        """Add the edges that a statement gives, one in each graph."""
        key = one.relation, stance
        known = self._shortcuts.get(key)
        if known is None:
            relation = self._collection.relations[one.relation]
            known = self._shortcuts[key] = edge(relation, stance), relation
        shortcut, relation = known
        ends = [(one.subject, one.object)]
        if relation.symmetric and one.subject != one.object:
            ends.append((one.object, one.subject))
        graphs = self._voices[one.chain[-1]], self._sources[one.source]
        for subject, object in ends:
            start, end = self._actor[subject], self._actor[object]
            drawn = subject, shortcut, object
            line = f" {shortcut} {end} "
            if drawn not in self._drawn:
                self._drawn.add(drawn)
                found.append(Block(start, ((shortcut, end, f"{line}.\n"),)))
            for graph in graphs:
                said = (shortcut, end, f"{line}{graph} .\n")
                found.append(Block(start, (said,), graph, True))


def _manner_of(one: Statement) -> _Pairs:
    """Say how something is claimed, and where that stands in review."""
    framing = (
        (pair(ws("framing"), ws(f"framing-{one.framing}")),) if one.framing else ()
    )
    return (
        _STATEMENT,
        pair(ws("stance"), ws(one.stance)),
        pair(ws("modality"), ws(one.modality)),
        pair(ws("mood"), ws(one.mood)),
        pair(ws("status"), ws(one.status)),
        pair(ws("confidence"), decimal(one.confidence)),
        *framing,
    )


def _valid(text: str) -> _Pairs:
    return pair(ws("valid"), literal(text)), *_period("valid", text)


def _period(what: str, text: str) -> Iterator[Pair]:
    """Give the first and the last day of a time, where it has them."""
    period = dates.parse(text)
    if period.earliest:
        yield pair(ws(f"{what}From"), day(period.earliest))
    if period.latest:
        yield pair(ws(f"{what}To"), day(period.latest))


def _once(statements: Sequence[Statement]) -> Sequence[Statement]:
    """Leave repetitions out; only a part put together from others has any."""
    if len({one.id for one in statements}) == len(statements):
        return statements
    return tuple(dict.fromkeys(statements))
