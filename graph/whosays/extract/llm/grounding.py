"""An item of an answer → proposals whose every word stands in the text, or a refusal.

Who is meant is settled by our own reading of the sentence: names of the registry, and
pronouns as our resolver resolves them. What a model says of an actor counts only where
both agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from whosays.extract.document import Document
from whosays.extract.llm import refusals
from whosays.extract.llm.aligning import Found, Passage
from whosays.extract.llm.answers import NEW, Item
from whosays.extract.llm.instructions import instruction_like
from whosays.extract.llm.meaning import Meaning
from whosays.extract.nodes import Structure
from whosays.extract.proposals import Context, Own, Proposal
from whosays.extract.records import Alignment, Span
from whosays.extract.scope import Scope
from whosays.extract.segment import Sentence
from whosays.extract.words import Filler
from whosays.model import ActorType, ObjectKind, Relation

_OF_KIN = frozenset(
    {
        "affiliatedWith",
        "becomes",
        "commands",
        "controls",
        "created",
        "exploits",
        "leads",
        "memberOf",
        "opposes",
        "partOf",
    }
)
_FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our"})


class Refused(ValueError):
    """An item that is not in the text; ``reason`` is one of ``refusals``."""

    def __init__(self, reason: str, detail: str = "") -> None:
        """Keep why."""
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in one sentence the words of an item stand."""

    index: int
    subject: Filler
    object: Filler
    cue: Found


@dataclass(slots=True)
class Grounding:
    """Grounds the items of one part: sentences ``first`` to ``last`` of a batch."""

    doc: Document
    ctx: Context
    first: int
    last: int
    relations: Mapping[str, Relation]
    by: str
    _part: Passage = field(init=False)
    _meaning: Meaning = field(init=False)
    _scope: Scope = field(init=False)

    def __post_init__(self) -> None:
        """Open the part."""
        start = self.ctx.sentences[self.first].start
        end = self.ctx.sentences[self.last].end
        self._part = Passage(self.doc.text, start, end)
        self._meaning = Meaning(self.ctx.registry, self.ctx.lexicon)
        self._scope = Scope(self.ctx.lexicon)

    def proposals(self, item: Item, pattern: str) -> list[Proposal]:
        """Give a proposal for each place of the quote that bears the item out.

        Raises:
            Refused: none does.
        """
        if not any(char.isalnum() for char in item.quote):
            raise Refused(refusals.QUOTE_SHORT)
        quotes = self._part.find(item.quote)
        if not quotes:
            stitched = "…" in item.quote or "..." in item.quote
            detail = "it is put together with dots" if stitched else ""
            raise Refused(refusals.QUOTE, detail)
        made: list[Proposal] = []
        refused: Refused | None = None
        for quote in quotes:
            try:
                made.append(self._one(item, quote, pattern, len(quotes) > 1))
            except Refused as error:
                refused = refused or error
        if refused is not None and not made:
            raise refused
        return made

    def _one(self, item: Item, quote: Found, pattern: str, several: bool) -> Proposal:
        place = self._place(item, quote.span)
        structure = self._structure(place.index)
        self._check_ends(item.relation, place.subject, place.object)
        cue = place.cue.span
        reading = self._scope.read(
            structure, cue[0], None, (place.subject, place.object)
        )
        if reading.dropped:
            raise Refused(refusals.NOT_CLAIMED, reading.dropped)
        flags = set()
        if several:
            flags.add("repeated-quote")
        if instruction_like(self.doc.text, self._around(place.index)):
            flags.add("instruction-like")
        seen = structure.node_at(cue[0]) is not None
        if seen and reading.stance != item.stance:
            flags.add("disagrees-with-rules")
        speaker, span, link = self._speaker(item, quote.span, place.index)
        alignments = {quote.alignment, place.cue.alignment}
        alignment: Alignment = "exact" if alignments == {"exact"} else "normalised"
        return Proposal(
            cue,
            place.subject,
            place.object,
            item.relation,
            pattern,
            Own(
                stance=item.stance,
                modality=item.modality,
                speaker=speaker,
                speaker_mention=span,
                speaker_link=link,
                alignment=alignment,
                flags=tuple(sorted(flags)),
                by=self.by,
            ),
        )

    def _structure(self, index: int) -> Structure:
        structure = self.ctx.structures[index]
        if structure is None:
            raise Refused(refusals.NOBODY)
        return structure

    def _around(self, index: int) -> Span:
        """The sentence with its neighbours: where an instruction would stand."""
        sentences = self.ctx.sentences
        low, high = max(0, index - 1), min(len(sentences) - 1, index + 1)
        return sentences[low].start, sentences[high].end

    def _place(self, item: Item, quote: Span) -> _Place:
        """Find the sentence of the quote in which all words of an item stand."""
        missing = {
            refusals.SUBJECT: item.subject_text,
            refusals.OBJECT: item.object_text,
            refusals.CUE: item.cue,
        }
        whole = Passage(self.doc.text, *quote)
        for reason, words in missing.items():
            if not whole.find(words):
                raise Refused(reason)
        refused: Refused | None = None
        for index, sentence in self._touched(quote):
            start, end = max(sentence.start, quote[0]), min(sentence.end, quote[1])
            window = Passage(self.doc.text, start, end)
            cues = window.find(item.cue)
            subjects = window.find(item.subject_text)
            objects = window.find(item.object_text)
            if not (cues and subjects and objects):
                continue
            try:
                return self._nearest(item, index, subjects, objects, cues)
            except Refused as error:
                refused = refused or error
        raise refused or Refused(refusals.APART)

    def _touched(self, span: Span) -> Iterator[tuple[int, Sentence]]:
        for index, sentence in enumerate(self.ctx.sentences):
            if sentence.start < span[1] and span[0] < sentence.end:
                yield index, sentence

    def _nearest(
        self,
        item: Item,
        index: int,
        subjects: list[Found],
        objects: list[Found],
        cues: list[Found],
    ) -> _Place:
        """Choose, among words that stand there several times, those near the cue."""
        structure = self._structure(index)
        firsts = self._resolved(item.subject, subjects, structure)
        seconds = self._resolved(item.object, objects, structure)
        choices = [
            (abs(one.start - cue.span[0]) + abs(two.start - cue.span[0]), n, one, two)
            for n, cue in enumerate(cues)
            for one in firsts
            for two in seconds
            if one.end <= two.start or two.end <= one.start
        ]
        if not choices:
            raise Refused(refusals.OVERLAP)
        _, number, one, two = min(
            choices, key=lambda c: (c[0], c[1], c[2].start, c[3].start)
        )
        if one.actor == two.actor:
            raise Refused(refusals.SAME_ENDS)
        return _Place(index, one, two, cues[number])

    def _resolved(
        self, actor: str, found: list[Found], structure: Structure
    ) -> list[Filler]:
        """Say whom words mean at each place where they stand."""
        made: list[Filler] = []
        refused: Refused | None = None
        for one in found:
            if actor == NEW:
                result = self._meaning.newcomer(one.span, structure)
            else:
                result = self._meaning.known(actor, one.span, structure)
            if isinstance(result, Filler):
                made.append(result)
            else:
                refused = refused or Refused(*result)
        if refused is not None and not made:
            raise refused
        return made

    def _check_ends(self, relation: str, subject: Filler, object_: Filler) -> None:
        """Refuse ends that no reading of ours would give a relation."""
        actors = self.ctx.registry.actors
        one, two = actors.get(subject.actor), actors.get(object_.actor)
        if one is not None and one.type is ActorType.PLACE and relation != "partOf":
            raise Refused(refusals.ENDS, f"{one.slug} is a place")
        kind = self.relations[relation].object_kind
        if (
            two is not None
            and two.type is ActorType.PLACE
            and kind is ObjectKind.ACTOR
            and relation != "attacks"
        ):
            raise Refused(refusals.ENDS, f"{two.slug} is a place")
        if relation not in _OF_KIN and self.ctx.registry.kin(
            subject.actor, object_.actor
        ):
            raise Refused(refusals.ENDS, "one is a part of the other")

    def _speaker(
        self, item: Item, quote: Span, index: int
    ) -> tuple[str, Span | None, str]:
        """Find the speaker: in the quote, beside the sentence, or as the turn's label.

        Empty where the model names none: then our own reading tells.
        """
        words = item.speaker_text
        if words is None or not words.strip():
            return "", None, ""
        low, high = self._around(index)
        label = self.ctx.sentences[index].label_span
        turn = self.ctx.speakers[index] if self.ctx.speakers else ""
        if label is not None and turn:
            for found in Passage(self.doc.text, *label).find(words):
                return turn, found.span, self._link(turn)
        near = Passage(self.doc.text, min(low, quote[0]), max(high, quote[1]))
        for found in near.find(words):
            said = self._who(found.span, turn)
            if said is not None:
                return said
        raise Refused(refusals.SPEAKER, f"“{words.strip()[:60]}”")

    def _who(self, span: Span, turn: str) -> tuple[str, Span, str] | None:
        """Say who speaks by words of a sentence near the quote."""
        words = self.doc.text[span[0] : span[1]]
        if words.lower() in _FIRST_PERSON:
            return (turn, span, self._link(turn)) if turn else None
        for index, _ in self._touched(span):
            structure = self.ctx.structures[index]
            if structure is not None:
                for filler in self._meaning.meant(span, structure):
                    return filler.actor, (filler.start, filler.end), filler.link
        if self._meaning.is_name(words):
            return f"text:{' '.join(words.split())[:80]}", span, "proposed-new"
        return None

    def _link(self, actor: str) -> str:
        return "registry" if actor in self.ctx.registry.actors else "proposed-new"
