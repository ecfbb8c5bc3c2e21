"""A document → candidates: segment, find actors, propose, read scope, ground, merge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from whosays.errors import MissingExtra
from whosays.extract import segment
from whosays.extract.cuetables import VERSION
from whosays.extract.document import Document, Registry
from whosays.extract.fitting import SYMMETRIC
from whosays.extract.ground import locator, selector
from whosays.extract.lexicon import Lexicon, lexicon
from whosays.extract.merge import Read, merge
from whosays.extract.nodes import Phrase, Structure
from whosays.extract.operators import Reading
from whosays.extract.proposals import Context, Proposal, Proposer
from whosays.extract.proposers.lexical import Lexical, read_structure
from whosays.extract.records import AUTHOR, Candidate, Span
from whosays.extract.scope import Scope
from whosays.extract.segment import Sentence
from whosays.extract.standing import Memory, Standing
from whosays.extract.times import when
from whosays.model import ActorType
from whosays.resources import version

if TYPE_CHECKING:
    from spacy.language import Language

    from whosays.extract.mentions import ActorMatcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What a document gave; the counts are what the summary prints."""

    candidates: tuple[Candidate, ...]
    sentences: int
    with_actors: int
    refused: tuple[str, ...] = ()


@dataclass(slots=True)
class _Voice:
    """Who speaks in a sentence apart from what the sentence itself says."""

    speaker: str = ""
    span: Span | None = None
    link: str = "registry"


@dataclass(slots=True)
class Extractor:
    """Registry, tables and proposers, made ready once for many documents."""

    registry: Registry
    language: str = "en"
    proposers: Sequence[Proposer] = ()
    nlp: Language | None = None
    lexicon: Lexicon = field(init=False)
    _standing: Standing = field(init=False)
    _scope: Scope = field(init=False)
    _matchers: dict[str, ActorMatcher] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the tables; the tokenizer is loaded when it is needed."""
        self.lexicon = lexicon(self.language)
        self._standing = Standing(self.registry, self.lexicon)
        self._scope = Scope(self.lexicon)
        self.proposers = self.proposers or (Lexical(),)

    def extract(self, doc: Document) -> Extraction:
        """Read one document."""
        matcher = self._matcher(doc)
        found = tuple(segment.sentences(doc, lambda name: self._person(name, doc)))
        structures: list[Structure | None] = []
        voices: list[_Voice] = []
        memory = Memory(we=doc.we)
        follow = _Following(self, doc)
        for sentence in found:
            voice = follow.voice(sentence)
            memory.speaker = voice.speaker
            words = matcher.words(
                doc.text[sentence.start : sentence.end], sentence.start
            )
            structure: Structure | None = None
            if follow.worth(words, sentence):
                structure = read_structure(words, self.lexicon)
                self._standing.settle(structure, memory)
                follow.heard(sentence, structure)
            structures.append(structure)
            voices.append(voice)
        context = Context(
            registry=self.registry,
            lexicon=self.lexicon,
            sentences=found,
            structures=tuple(structures),
        )
        reads: list[Read] = []
        refused: list[str] = []
        for proposer in self.proposers:
            for proposal in proposer.propose(doc, context):
                read = self._read(doc, context, voices, proposer, proposal)
                if isinstance(read, str):
                    refused.append(read)
                elif read is not None:
                    reads.append(read)
        relations = self.lexicon.tables.relations
        candidates = merge(
            reads,
            source=doc.source,
            doc_sha256=doc.sha256,
            extractor=f"whosays {version()} / cues {self.language} {VERSION}",
            symmetric=frozenset(relations[name] for name in SYMMETRIC),
            parsed=any("parse" in proposer.needs for proposer in self.proposers),
        )
        named = sum(
            any(w.mention for w in s.words) for s in structures if s is not None
        )
        return Extraction(
            candidates=tuple(candidates),
            sentences=len(found),
            with_actors=named,
            refused=tuple(refused),
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

    def _matcher(self, doc: Document) -> ActorMatcher:
        if doc.source not in self._matchers:
            from whosays.extract.mentions import ActorMatcher

            self._matchers[doc.source] = ActorMatcher(
                self.registry,
                self.lexicon,
                self._tokenizer(),
                source=doc.source,
                preferred=[doc.voice, *doc.we],
            )
        return self._matchers[doc.source]

    def _tokenizer(self) -> Language:
        if self.nlp is None:
            self.nlp = blank(self.language)
        return self.nlp

    def _read(
        self,
        doc: Document,
        context: Context,
        voices: Sequence[_Voice],
        proposer: Proposer,
        proposal: Proposal,
    ) -> Read | str | None:
        """Read the scope of a proposal and ground it; a text tells what is wrong."""
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
            return None
        relation = self.lexicon.tables.relations.get(
            proposal.relation, proposal.relation
        )
        speaker, also, chain, span, link = _speakers(reading, voices[index], structure)
        made, cut = selector(doc, sentence, proposal.cue)
        return Read(
            proposer=proposer.name,
            sentence=index,
            subject=proposal.subject,
            relation=relation,
            target=proposal.object,
            stance=reading.stance,
            speaker=speaker,
            also=also,
            chain=chain,
            speaker_mention=span,
            speaker_link=link,
            modality=reading.modality,
            time=when(doc.text, (sentence.start, sentence.end), proposal.cue, doc.date),
            cue=proposal.cue,
            selector=made,
            locator=locator(doc, sentence),
            pattern=proposal.pattern,
            flags=("truncated",) if cut else (),
            safe=len(reading.operators) < 2 and reading.modality == "asserted",
        )

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
        return all(0 <= start < end <= size for start, end in spans) and (
            proposal.subject.actor in self.registry.actors
            and proposal.object.actor in self.registry.actors
        )


class _Following:
    """Follows turns and quotations through a document."""

    def __init__(self, extractor: Extractor, doc: Document) -> None:
        self._extractor = extractor
        self._doc = doc
        self._labels: dict[str, str] = {}
        self._last: Phrase | None = None
        self._block = 0
        self._pronouns = frozenset(
            {
                "it",
                "its",
                "they",
                "their",
                "them",
                "he",
                "his",
                "she",
                "her",
                "we",
                "our",
                "us",
            }
        )

    def voice(self, sentence: Sentence) -> _Voice:
        """Say who speaks a sentence: its turn, or whoever is quoted on."""
        label = sentence.label
        if label:
            if label not in self._labels:
                name = segment.label_name(label)
                actor = self._extractor.actor_named(name, self._doc.source)
                self._labels[label] = actor or self._role(name)
            speaker = self._labels[label]
            link = (
                "registry"
                if speaker in self._extractor.registry.actors
                else ("proposed-new")
            )
            return _Voice(speaker or "", sentence.label_span, link)
        text = self._doc.text[sentence.start : sentence.start + 1]
        opens = text in '"\u201c\u00ab'
        goes_on = self._last is not None and (
            (sentence.block == self._block and (sentence.quoted or opens))
            or sentence.handed
        )
        if not goes_on:
            if sentence.block != self._block:
                self._last = None
            return _Voice()
        phrase = self._last
        filler = phrase.fillers[0] if phrase is not None and phrase.fillers else None
        if sentence.handed:
            self._block = sentence.block
        if filler is None:
            return _Voice()
        return _Voice(filler.actor, (filler.start, filler.end), filler.link)

    def _role(self, name: str) -> str:
        """Name the voice behind "Q" or "A", or a speaker outside the registry."""
        if name in ("A", "Answer"):
            return self._doc.voice
        if name in ("Q", "Question", "Interviewer"):
            return f"text:{name.lower()}"
        return f"text:{name.lower()}"

    def worth(self, words: Sequence[object], sentence: Sentence) -> bool:
        """Tell whether a sentence can hold a statement or a speaker."""
        mentions = 0
        pronouns = 0
        for word in words:
            if getattr(word, "mention", None) is not None:
                mentions += 1
            elif getattr(word, "low", "") in self._pronouns:
                pronouns += 1
        return mentions > 0 or pronouns > 1

    def heard(self, sentence: Sentence, structure: Structure) -> None:
        """Remember who was quoted last."""
        speech = self._extractor.lexicon.speech
        for verb in structure.verbs:
            if (
                verb.subj is not None
                and verb.subj.fillers
                and any(lemma in speech for lemma in verb.lemmas)
            ):
                text = self._doc.text[sentence.start : sentence.end]
                if any(mark in text for mark in '"\u201c\u00ab') or text.endswith(":"):
                    self._last, self._block = verb.subj, sentence.block
                    return


def blank(language: str) -> Language:
    """Make spaCy's blank tokenizer.

    Raises:
        MissingExtra: spaCy is not installed.
    """
    try:
        import spacy
    except ImportError as error:
        raise MissingExtra("extract", "extraction", "spaCy") from error
    return spacy.blank(language)


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


def _speakers(
    reading: Reading, voice: _Voice, structure: Structure
) -> tuple[str, tuple[str, ...], tuple[str, ...], Span | None, str]:
    """Order the sources: the innermost speaks, the others pass on."""
    found: list[tuple[str, tuple[str, ...], Span, str]] = []
    for phrase in reading.sources:
        actors = phrase.actors()
        if actors:
            first = actors[0]
            found.append(
                (
                    first.actor,
                    tuple(one.actor for one in actors[1:]),
                    (first.start, first.end),
                    first.link,
                )
            )
        else:
            words = structure.words[phrase.first : phrase.last + 1]
            low = words[0].low if len(words) == 1 else ""
            if low in (
                "we",
                "i",
                "you",
                "it",
                "there",
                "they",
                "he",
                "she",
                "who",
                "one",
            ):
                continue
            text = " ".join(word.text for word in words)[:80]
            found.append(
                (f"text:{text}", (), (words[0].start, words[-1].end), "proposed-new")
            )
    if voice.speaker:
        found.append((voice.speaker, (), voice.span or (0, 0), voice.link))
    chain: list[str] = []
    for one in found:
        if one[0] not in chain:
            chain.append(one[0])
    if not found:
        return AUTHOR, (), (), None, "registry"
    speaker, also, span, link = found[0]
    return speaker, also, tuple(chain[1:]), span, link


def extract(documents: Iterable[Document], extractor: Extractor) -> list[Extraction]:
    """Read documents one after another."""
    return [extractor.extract(doc) for doc in documents]
