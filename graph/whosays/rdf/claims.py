"""Statements → blocks: the bulk of every graph, so each term is made once.

A statement becomes a node. Its content becomes an edge only in a namespace that says
what it is (``said:``, ``denied:``), so denied or questioned content is never readable
as a bare triple, whatever a reader does with the graph names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whosays import dates
from whosays.model import Collection, Run, Stance, Statement
from whosays.rdf.blocks import Block, Pair, Shared, pair
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
    typed,
    ws,
)

_LABEL = f"<{SKOS}prefLabel>"
_GIST, _NOTE, _PROPOSITION = ws("gist"), ws("note"), ws("proposition")
_STATEMENT = pair(RDF_TYPE, ws("Statement"))
_CLAIM = pair(RDF_TYPE, ws("Proposition"))
_ATTRIBUTION = pair(RDF_TYPE, ws("Attribution"))
_REPLACED = f"<{DCT}isReplacedBy>"


class Claims:
    """Makes the blocks of the statements of one collection."""

    def __init__(self, collection: Collection) -> None:
        """Make the tables of shared pairs, all still empty."""
        names = Names(collection.settings.base)
        self._collection = collection
        self._names = names
        self._language = collection.settings.language
        self._subject = Shared(ws("subject"), names.actor)
        self._object = Shared(ws("object"), names.actor)
        self._relation = Shared[str](
            ws("relation"), lambda id: iri(collection.relations[id].iri)
        )
        self._stance = Shared(ws("stance"), ws)
        self._modality = Shared(ws("modality"), ws)
        self._mood = Shared(ws("mood"), ws)
        self._status = Shared(ws("status"), ws)
        self._source = Shared(ws("source"), names.source)
        self._voice = Shared(ws("voice"), names.actor)
        self._speaker = Shared(ws("speaker"), names.actor)
        self._via = Shared(ws("via"), names.actor)
        self._attributed = Shared(ws("attributedTo"), names.actor)
        self._level = Shared[int](
            ws("level"), lambda level: typed(str(level), "integer")
        )
        self._confidence = Shared(ws("confidence"), decimal)
        self._framing = Shared[str](
            ws("framing"), lambda framing: ws(f"framing-{framing}")
        )
        self._place = Shared(ws("place"), names.actor)
        self._context = Shared(ws("context"), literal)
        self._locator = Shared(ws("locator"), literal)
        self._periods: dict[tuple[str, str], tuple[Pair, ...]] = {}
        self._chains: dict[tuple[str, ...], tuple[Pair, ...]] = {}
        self._shortcuts: dict[tuple[str, Stance], str] = {}
        self._told: set[str] = set()  # propositions and runs
        self._drawn: set[tuple[str, str, str]] = set()

    def blocks(self) -> Iterator[Block]:
        """Describe each statement, what it claims, and the edges that it gives."""
        for statement in _once(self._collection.statements):
            yield from self._described(statement)
            if statement.proposition not in self._told:
                self._told.add(statement.proposition)
                yield self._claim(statement)
            if (stance := statement.edge) is not None:
                yield from self._edges(statement, stance)

    def _described(self, one: Statement) -> Iterator[Block]:
        names = self._names
        node = names.statement(one.id)
        chain = one.chain
        pairs = [
            _STATEMENT,
            self._subject[one.subject],
            self._relation[one.relation],
            self._object[one.object],
            pair(_PROPOSITION, names.proposition(one.proposition)),
            self._stance[one.stance],
            self._modality[one.modality],
            self._mood[one.mood],
            self._status[one.status],
            self._source[one.source],
            self._voice[chain[-1]],
            self._confidence[one.confidence],
        ]
        if len(chain) == 1:
            pairs.append(self._speaker[chain[0]])
        else:
            pairs += self._chain(chain)
            attributions = [
                f"{node[:-1]}-a{level}>" for level in range(1, len(chain) + 1)
            ]
            attribution = ws("attribution")
            pairs += [pair(attribution, each) for each in attributions]
            for level, (each, link) in enumerate(
                zip(attributions, chain, strict=True), 1
            ):
                attributed = self._attributed[link]
                yield Block(each, (_ATTRIBUTION, attributed, self._level[level]))
        if one.valid:
            pairs += self._period("valid", one.valid)
        if one.said_on:
            pairs.append(pair(ws("saidOn"), literal(one.said_on)))
        if one.said:
            pairs += self._period("said", one.said)
        if one.framing:
            pairs.append(self._framing[one.framing])
        pairs += map(self._place.__getitem__, dict.fromkeys(one.place))
        pairs += map(self._context.__getitem__, dict.fromkeys(one.context))
        if one.locator:
            pairs.append(self._locator[one.locator])
        if one.para_sha:
            pairs.append(pair(ws("paragraphHash"), literal(one.para_sha)))
        if one.gist:
            pairs.append(pair(_GIST, literal(one.gist, self._language)))
        if one.note:
            pairs.append(pair(_NOTE, literal(one.note, self._language)))
        if one.run:
            yield from self._run(one.run, pairs)
        for old in dict.fromkeys(one.supersedes):
            pairs.append(pair(ws("supersedes"), names.statement(old)))
            yield Block(names.statement(old), (pair(_REPLACED, node),))
        yield Block(node, pairs)

    def _chain(self, chain: tuple[str, ...]) -> tuple[Pair, ...]:
        """Name who speaks and who passes it on."""
        found = self._chains.get(chain)
        if found is None:
            found = self._chains[chain] = (
                *map(self._speaker.__getitem__, dict.fromkeys(chain)),
                *map(self._via.__getitem__, dict.fromkeys(chain[:-1])),
            )
        return found

    def _period(self, what: str, text: str) -> tuple[Pair, ...]:
        """Write a time and its first and last day, where it has them."""
        found = self._periods.get((what, text))
        if found is None:
            period = dates.parse(text)
            pairs = [pair(ws(what), literal(text))] if what == "valid" else []
            if period.earliest:
                pairs.append(pair(ws(f"{what}From"), day(period.earliest)))
            if period.latest:
                pairs.append(pair(ws(f"{what}To"), day(period.latest)))
            found = self._periods[what, text] = tuple(pairs)
        return found

    def _run(self, slug: str, pairs: list[Pair]) -> Iterator[Block]:
        run = self._names.other("run", slug)
        pairs.append(pair(f"<{PROV}wasGeneratedBy>", run))
        if run not in self._told:
            self._told.add(run)
            known = self._collection.runs.get(slug) or Run(slug=slug)
            yield described(run, known, self._language)

    def _claim(self, one: Statement) -> Block:
        collection = self._collection
        subject, _, rest = one.proposition.partition("_")
        object = rest.rpartition("_")[2]
        label = collection.phrase(subject, one.relation, object)
        pairs = (
            _CLAIM,
            self._subject[subject],
            self._relation[one.relation],
            self._object[object],
            pair(_LABEL, literal(label, self._language)),
        )
        return Block(self._names.proposition(one.proposition), pairs)

    def _edges(self, one: Statement, stance: Stance) -> Iterator[Block]:
        names = self._names
        relation = self._collection.relations[one.relation]
        shortcut = self._shortcuts.get((one.relation, stance))
        if shortcut is None:
            shortcut = self._shortcuts[one.relation, stance] = edge(relation, stance)
        ends = [(one.subject, one.object)]
        if relation.symmetric and one.subject != one.object:
            ends.append((one.object, one.subject))
        graphs = (
            names.graph(f"voice.{one.voice}"),
            names.graph(f"source.{one.source}"),
        )
        for subject, object in ends:
            start, end = names.actor(subject), names.actor(object)
            key = subject, shortcut, object
            if key not in self._drawn:
                self._drawn.add(key)
                yield Block(start, (pair(shortcut, end),))
            for graph in graphs:
                yield Block(start, (pair(shortcut, end, graph),), graph, again=True)


def _once(statements: Sequence[Statement]) -> Sequence[Statement]:
    """Leave repetitions out; only a part put together from others has any."""
    if len({one.id for one in statements}) == len(statements):
        return statements
    return tuple(dict.fromkeys(statements))
