"""Who speaks: the turn, the quotation that goes on, and what the words themselves say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from whosays.extract import segment
from whosays.extract.document import Document, Registry
from whosays.extract.lexicon import Lexicon
from whosays.extract.nodes import Phrase, Structure
from whosays.extract.reading import Reading
from whosays.extract.records import AUTHOR, Span
from whosays.extract.segment import Sentence
from whosays.extract.words import Word

_DEFINITE = frozenset({"the", "this", "that", "two", "both"})
_PRONOUNS = frozenset(
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
        "me",
        "you",
        "your",
    }
)
_SHORT = 7
"""Words of a sentence that may only take up another: they have not."""


@dataclass(slots=True)
class Voice:
    """Who speaks in a sentence apart from what the sentence itself says."""

    speaker: str = ""
    span: Span | None = None
    link: str = "registry"


class Following:
    """Follows turns and quotations through a document."""

    def __init__(
        self,
        actor_named: Callable[[str, str], str],
        registry: Registry,
        lexicon: Lexicon,
        doc: Document,
    ) -> None:
        """Begin at the top of a document."""
        self._actor_named = actor_named
        self._registry = registry
        self._lexicon = lexicon
        self._doc = doc
        self._labels: dict[str, str] = {}
        self._last: Phrase | None = None
        self._block = 0

    def voice(self, sentence: Sentence) -> Voice:
        """Say who speaks a sentence: its turn, or whoever is quoted on."""
        label = sentence.label
        if label:
            if label not in self._labels:
                name = segment.label_name(label)
                actor = self._actor_named(name, self._doc.source)
                self._labels[label] = actor or self._role(name)
            speaker = self._labels[label]
            link = "registry" if speaker in self._registry.actors else ("proposed-new")
            return Voice(speaker or "", sentence.label_span, link)
        text = self._doc.text[sentence.start : sentence.start + 1]
        opens = text in '"\u201c\u00ab'
        goes_on = self._last is not None and (
            (sentence.block == self._block and (sentence.quoted or opens))
            or sentence.handed
        )
        if not goes_on:
            if sentence.block != self._block:
                self._last = None
            return Voice()
        phrase = self._last
        filler = phrase.fillers[0] if phrase is not None and phrase.fillers else None
        if sentence.handed:
            self._block = sentence.block
        if filler is None:
            return Voice()
        return Voice(filler.actor, (filler.start, filler.end), filler.link)

    def _role(self, name: str) -> str:
        """Name the voice behind "Q" or "A", or a speaker outside the registry."""
        if name in ("A", "Answer"):
            return self._doc.voice
        if name in ("Q", "Question", "Interviewer"):
            return f"text:{name.lower()}"
        return f"text:{name.lower()}"

    def worth(self, words: Sequence[Word]) -> bool:
        """Tell whether a sentence can hold a statement or a speaker."""
        mentions = 0
        pronouns = 0
        before = ""
        for word in words:
            if word.mention is not None:
                mentions += 1
            elif word.low in _PRONOUNS:
                pronouns += 1
            elif before in _DEFINITE and word.low in self._lexicon.described:
                pronouns += 1 + (before in ("two", "both"))
            elif word.low in self._lexicon.responding:
                return True
            before = word.low
        return mentions > 0 or pronouns > 1 or (pronouns > 0 and len(words) <= _SHORT)

    def heard(self, sentence: Sentence, structure: Structure) -> None:
        """Remember who was quoted last."""
        speech = self._lexicon.speech
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


def speakers(
    reading: Reading, voice: Voice, structure: Structure
) -> tuple[str, tuple[str, ...], tuple[str, ...], Span | None, str]:
    """Order the sources: the innermost speaks, the others pass on."""
    found: list[tuple[str, tuple[str, ...], Span, str]] = []
    for phrase in reading.sources:
        if phrase.pronoun and phrase.noun == "you":
            continue  # "Are you saying that" asks, and says nothing yet
        actors = phrase.actors()
        if actors and not phrase.personal:
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
                "nobody",
                "few",
            ) or (phrase.negated and words[0].low in ("no", "neither", "none")):
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
