"""A document → candidates: segment, find actors, propose, read scope, ground, merge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from whosays.errors import MissingExtra
from whosays.extract import segment
from whosays.extract.cuetables import VERSION
from whosays.extract.document import Document, Registry
from whosays.extract.echoes import Echoes
from whosays.extract.fitting import SYMMETRIC
from whosays.extract.ground import locator, selector
from whosays.extract.lexicon import Lexicon, lexicon
from whosays.extract.llm.refusals import Refusal
from whosays.extract.memory import Memory
from whosays.extract.merge import Read, merge
from whosays.extract.nodes import Structure
from whosays.extract.plugins import misshapen, ours, proposed
from whosays.extract.proposals import Accounting, Context, Proposal, Proposer
from whosays.extract.proposers.lexical import Lexical, read_structure
from whosays.extract.records import Candidate, Span
from whosays.extract.scope import Scope
from whosays.extract.segment import Sentence
from whosays.extract.standing import Standing
from whosays.extract.times import when
from whosays.extract.voices import Following, Voice, speakers
from whosays.extract.words import Word
from whosays.garbage import left_alone
from whosays.model import ActorType
from whosays.resources import version

if TYPE_CHECKING:
    from spacy.language import Language

    from whosays.extract.mentions import ActorMatcher


BATCH = 256
"""Sentences whose structures are held at a time, so that memory does not grow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What a document gave; the counts are what the summary prints."""

    candidates: tuple[Candidate, ...]
    sentences: int
    with_actors: int
    refused: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    accounts: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """What proposers say of their work, by their names."""


@dataclass(slots=True)
class Extractor:
    """Registry, tables and proposers, made ready once for many documents.

    ``cues`` is a folder of tables that add to ours; ``relations`` are the ids that the
    project knows, and where they are given no other is proposed; ``dictionary`` is a
    CAMEO dictionary whose verbs are cues too.
    """

    registry: Registry
    language: str = "en"
    proposers: Sequence[Proposer] = ()
    nlp: Language | None = None
    cues: Path | None = None
    relations: frozenset[str] = frozenset()
    dictionary: Path | None = None
    lexicon: Lexicon = field(init=False)
    _standing: Standing = field(init=False)
    _scope: Scope = field(init=False)
    _matchers: dict[str, ActorMatcher] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the tables; the tokenizer is loaded when it is needed."""
        self.lexicon = lexicon(
            self.language, self.cues, self.relations, self.dictionary
        )
        self._standing = Standing(self.registry, self.lexicon)
        self._scope = Scope(self.lexicon)
        self.proposers = self.proposers or (Lexical(),)

    def extract(self, doc: Document) -> Extraction:
        """Read one document, a batch of sentences after another."""
        matcher = self.matcher(doc)
        found = tuple(segment.sentences(doc, lambda name: self._person(name, doc)))
        memory = Memory(we=doc.we, voice=doc.voice, spoken=doc.spoken)
        follow = Following(self.actor_named, self.registry, self.lexicon, doc)
        echoes = Echoes(self.registry, self.lexicon, self._scope, doc)
        reads: list[Read] = []
        refused: dict[str, None] = {}
        failed: set[str] = set()
        refusals: list[Refusal] = []
        named = 0
        for offset in range(0, len(found), BATCH):
            with left_alone():  # nodes refer to each other; a batch of them is little
                batch = found[offset : offset + BATCH]
                voices = []
                structures: list[Structure | None] = []
                spoken: list[list[Word]] = []
                for sentence in batch:
                    voice = follow.voice(sentence)
                    memory.speaker = voice.speaker
                    text = doc.text[sentence.start : sentence.end]
                    words = matcher.words(text, sentence.start)
                    structure: Structure | None = None
                    if follow.worth(words):
                        structure = read_structure(words, self.lexicon)
                        self._standing.settle(structure, memory)
                        follow.heard(sentence, structure)
                        named += any(word.mention for word in words)
                    structures.append(structure)
                    voices.append(voice)
                    spoken.append(words)
                context = Context(
                    registry=self.registry,
                    lexicon=self.lexicon,
                    sentences=batch,
                    structures=tuple(structures),
                    speakers=tuple(voice.speaker for voice in voices),
                )
                claims: dict[int, list[Read]] = defaultdict(list)
                for proposer in self.proposers:
                    proposals, fault = proposed(proposer, doc, context, failed)
                    if fault:
                        refused[fault] = None
                    for proposal in proposals:
                        if isinstance(proposal, Refusal):
                            refusals.append(proposal)
                            continue
                        read = self._read(doc, context, voices, proposer, proposal)
                        if isinstance(read, str):
                            refused[read] = None
                            continue
                        for one in read:
                            claims[one.sentence].append(
                                replace(one, sentence=one.sentence + offset)
                            )
                for index, sentence in enumerate(batch):
                    made = claims[index]
                    reads += made
                    reads += echoes.heard(
                        index + offset,
                        sentence,
                        spoken[index],
                        structures[index],
                        voices[index],
                        made,
                    )
        relations = self.lexicon.tables.relations
        candidates = merge(
            reads,
            source=doc.source,
            doc_sha256=doc.sha256,
            extractor=f"whosays {version()} / cues {self.language} {VERSION}",
            symmetric=frozenset(relations[name] for name in SYMMETRIC)
            | {one.id for one in self.registry.relations.values() if one.symmetric},
            families={
                one.id: str(one.family) for one in self.registry.relations.values()
            },
            parsed=any("parse" in proposer.needs for proposer in self.proposers),
        )
        return Extraction(
            candidates=tuple(candidates),
            sentences=len(found),
            with_actors=named,
            refused=tuple(refused),
            refusals=tuple(refusals),
            accounts={
                proposer.name: proposer.account()
                for proposer in self.proposers
                if isinstance(proposer, Accounting) and ours(proposer)
            },
        )

    def actor_named(self, text: str, source: str = "") -> str:
        """Find the actor that a label names, or an empty string."""
        matcher = self._matchers.get(source) or next(iter(self._matchers.values()))
        words = matcher.words(text.title() if text.isupper() else text, 0)
        named = [
            w.mention.actor for w in words if w.mention and w.mention.kind == "name"
        ]
        return named[0] if named else ""

    def _person(self, name: str, doc: Document) -> bool:
        actor = self.registry.actors.get(self.actor_named(name, doc.source))
        return actor is not None and actor.type in (
            ActorType.PERSON,
            ActorType.UNNAMED,
            ActorType.MEDIA_OUTLET,
        )

    def matcher(self, doc: Document) -> ActorMatcher:
        """Give what finds the actors of a document."""
        if doc.source not in self._matchers:
            from whosays.extract.mentions import ActorMatcher

            self._matchers[doc.source] = ActorMatcher(
                self.registry,
                self.lexicon,
                self.tokenizer,
                source=doc.source,
                preferred=[doc.voice, *doc.we],
            )
        return self._matchers[doc.source]

    @property
    def tokenizer(self) -> Language:
        """The pipeline whose tokenizer splits the texts."""
        if self.nlp is None:
            self.nlp = blank(self.language)
        return self.nlp

    def _read(
        self,
        doc: Document,
        context: Context,
        voices: Sequence[Voice],
        proposer: Proposer,
        proposal: Proposal,
    ) -> tuple[Read, ...] | str:
        """Read the scope of a proposal and ground it; a text tells what is wrong.

        Where one denies what another claims, both say something of it.
        """
        if said := misshapen(proposal):
            return f"{proposer.name}: {said}"
        relation = self.lexicon.tables.relations.get(
            proposal.relation, proposal.relation
        )
        if self.relations and relation not in self.relations:
            return f"{proposer.name}: no relation “{relation}”"
        index = _sentence_of(context.sentences, proposal.cue)
        if index is None or not self._grounded(doc, proposal):
            return f"{proposer.name}: a span outside the text or its sentence"
        sentence = context.sentences[index]
        structure = self._structure(proposer, context, index)
        if structure is None:
            return f"{proposer.name}: no actor is named in the sentence of the cue"
        row = self.lexicon.by_id.get(proposal.pattern)
        reading = self._scope.read(
            structure, proposal.cue[0], row, (proposal.subject, proposal.object)
        )
        if reading.dropped:
            return ()
        speaker, also, chain, span, link = speakers(reading, voices[index], structure)
        if proposal.subject.via == "mutual":  # what each says of the other
            tellers = (speaker, *also)
            others = tuple(one for one in tellers if one != proposal.subject.actor)
            speaker, also = (others or tellers)[0], (others or tellers)[1:]
        made, cut = selector(doc, sentence, proposal.cue)
        own = proposal.own
        if own is not None and own.speaker:
            also, chain, link = (), (), own.speaker_link
            speaker, span = own.speaker, own.speaker_mention
        if own is not None:
            made = replace(made, alignment=own.alignment)
        read = Read(
            proposer=proposer.name,
            sentence=index,
            subject=proposal.subject,
            relation=relation,
            target=proposal.object,
            stance=own.stance if own else reading.stance,
            speaker=speaker,
            also=also,
            chain=chain,
            speaker_mention=span,
            speaker_link=link,
            modality=own.modality if own else reading.modality,
            time=when(doc.text, (sentence.start, sentence.end), proposal.cue, doc.date),
            cue=proposal.cue,
            selector=made,
            locator=locator(doc, sentence),
            pattern=proposal.pattern,
            flags=(
                *flags(structure, proposal.cue, cut),
                *(own.flags if own else ()),
            ),
            by=own.by if own else "",
            own=own is not None,
            safe=len(reading.operators) < 2 and reading.modality == "asserted",
        )
        other = reading.disputed() if own is None else None
        if other is None:
            return (read,)
        speaker, also, chain, span, link = speakers(other, voices[index], structure)
        claim = replace(
            read,
            disputed=True,
            stance=other.stance,
            speaker=speaker,
            also=also,
            chain=chain,
            speaker_mention=span,
            speaker_link=link,
        )
        return replace(read, disputed=True), claim

    def _structure(
        self, proposer: Proposer, context: Context, index: int
    ) -> Structure | None:
        own = getattr(proposer, "structures", None)
        if own is not None and own.get(index) is not None:
            found: Structure = own[index]
            return found
        return context.structures[index]

    def _grounded(self, doc: Document, proposal: Proposal) -> bool:
        size = len(doc.text)
        spans = (
            proposal.cue,
            (proposal.subject.start, proposal.subject.end),
            (proposal.object.start, proposal.object.end),
        )
        return all(0 <= start < end <= size for start, end in spans) and all(
            end.actor in self.registry.actors
            or (end.link == "proposed-new" and end.actor.startswith("new:"))
            for end in (proposal.subject, proposal.object)
        )


def flags(structure: Structure, cue: Span, cut: bool) -> tuple[str, ...]:
    """Flag what a reviewer should look at twice, apart from the ends."""
    scared = any(start <= cue[0] < end for start, end in structure.scared)
    return (*(("scare-quotes",) if scared else ()), *(("truncated",) if cut else ()))


def blank(language: str) -> Language:
    """Give spaCy's blank tokenizer.

    Raises:
        MissingExtra: spaCy is not installed.
    """
    try:
        import spacy
    except ImportError as error:
        raise MissingExtra("extract", "extraction", "spaCy") from error
    made: Language = _made(spacy.blank, language)
    return made


@cache
def _made(make: Callable[[str], Language], language: str) -> Language:
    """Make a tokenizer once: its exceptions take a second to set up."""
    return make(language)


def _sentence_of(sentences: Sequence[Sentence], span: Span) -> int | None:
    low, high = 0, len(sentences)
    while low < high:
        middle = (low + high) // 2
        if sentences[middle].end <= span[0]:
            low = middle + 1
        else:
            high = middle
    if low < len(sentences) and sentences[low].start <= span[0] <= span[1] <= (
        sentences[low].end
    ):
        return low
    return None


def extract(documents: Iterable[Document], extractor: Extractor) -> list[Extraction]:
    """Read documents one after another."""
    return [extractor.extract(doc) for doc in documents]
