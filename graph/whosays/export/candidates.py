"""Candidates as quads: a graph of their own, which nothing else of an export mixes with.

What waits for a decision is said by nobody but a program. So a candidate has the status
of one and no edge in ``said:`` or ``denied:``. It is tied to its words by the two
selectors of the W3C's Web Annotation.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from whosays.extract.records import AUTHOR, MODALITIES, Candidate
from whosays.model import Collection, Run
from whosays.rdf.blocks import Block, Pair, pair
from whosays.rdf.runs import described
from whosays.rdf.terms import DCT, PROV, RDF_TYPE, SKOS, Names, iri, literal, typed, ws
from whosays.review import queue

OA = "http://www.w3.org/ns/oa#"
GRAPH = "candidates"
WORDS = "candidates quote their texts: keep the file out of version control"
"""What who exports them is told."""


def waiting(root: Path, collection: Collection) -> Iterator[Candidate]:
    """Yield the candidates of all sources that nobody has decided about."""
    for source in queue.sources(root):
        there = queue.path_of(root, source).is_file()
        if source in collection.sources and there:
            found = queue.load(root, source, collection)
            yield from (one.candidate for one in found.items if one.waits)


def blocks(root: Path, collection: Collection) -> Iterator[Block]:
    """Describe what waits for a decision, in the graph of candidates."""
    names = Names(collection.settings.base)
    for one in waiting(root, collection):
        yield from _Described(one, collection, names).blocks()


class _Described:
    """One candidate with its run, its target and its two selectors."""

    def __init__(self, one: Candidate, collection: Collection, names: Names) -> None:
        self.one = one
        self.collection = collection
        self.names = names
        self.graph = names.graph(GRAPH)
        self.node = names.other("candidate", one.id)
        self._strangers: dict[str, str] = {}

    def blocks(self) -> Iterator[Block]:
        one, names = self.one, self.names
        source = self.collection.sources[one.source]
        voice = source.voice if one.speaker == AUTHOR else one.speaker
        run = names.other("candidate", f"{one.id}-run")
        target, position, quote = (
            names.other("candidate", f"{one.id}-{part}")
            for part in ("target", "position", "quote")
        )
        yield self._block(
            self.node,
            self._pair(RDF_TYPE, ws("Statement")),
            self._pair(ws("status"), ws("candidate")),
            self._pair(ws("subject"), self._actor(one.subject)),
            self._pair(
                ws("relation"), iri(self.collection.relations[one.relation].iri)
            ),
            self._pair(ws("object"), self._actor(one.object)),
            self._pair(ws("stance"), ws(one.stance)),
            self._pair(ws("modality"), ws(MODALITIES[one.modality])),
            self._pair(ws("source"), names.source(one.source)),
            self._pair(ws("locator"), literal(one.locator)),
            *(
                self._pair(ws("voice"), self._actor(each))
                for each in dict.fromkeys((voice, *one.also))
                if each
            ),
            *(self._pair(ws("via"), self._actor(each)) for each in one.chain),
            self._pair(f"<{PROV}wasGeneratedBy>", run),
            self._pair(f"<{OA}hasTarget>", target),
        )
        made = Run(
            slug=one.id,
            tool=one.extractor,
            proposers=one.proposers,
            patterns=one.patterns,
            tier=one.tier,
        )
        told = described(run, made, "")
        yield self._block(told.subject, *(self._pair(p, o) for p, o, _ in told.pairs))
        yield self._block(
            target,
            self._pair(f"<{OA}hasSource>", names.source(one.source)),
            self._pair(f"<{DCT}identifier>", literal(f"sha256:{one.doc_sha256}")),
            self._pair(f"<{OA}hasSelector>", position),
            self._pair(f"<{OA}hasSelector>", quote),
        )
        at = one.selector
        yield self._block(
            position,
            self._pair(RDF_TYPE, f"<{OA}TextPositionSelector>"),
            self._pair(f"<{OA}start>", typed(str(at.start), "nonNegativeInteger")),
            self._pair(f"<{OA}end>", typed(str(at.end), "nonNegativeInteger")),
        )
        yield self._block(
            quote,
            self._pair(RDF_TYPE, f"<{OA}TextQuoteSelector>"),
            self._pair(f"<{OA}exact>", literal(at.exact)),
            self._pair(f"<{OA}prefix>", literal(at.prefix)),
            self._pair(f"<{OA}suffix>", literal(at.suffix)),
        )
        for node, words in self._strangers.items():
            yield self._block(node, self._pair(f"<{SKOS}prefLabel>", literal(words)))

    def _actor(self, slug: str) -> str:
        """Name an actor; one that the project does not know has its words only."""
        kind, colon, words = slug.partition(":")
        if not colon or kind not in ("new", "text"):
            return self.names.actor(slug)
        node = self.names.other("stranger", words)
        self._strangers[node] = words
        return node

    def _pair(self, predicate: str, object: str) -> Pair:
        return pair(predicate, object, self.graph)

    def _block(self, subject: str, *pairs: Pair) -> Block:
        return Block(subject, pairs, self.graph)
