"""The proposer that takes over what LangExtract extracted, each item grounded anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import get_args

from whosays.extract import langextract
from whosays.extract.document import Document
from whosays.extract.langextract import Annotations, Extracted
from whosays.extract.llm import refusals
from whosays.extract.llm.aligning import Passage
from whosays.extract.llm.answers import NEW, Item
from whosays.extract.llm.grounding import Grounding, Refused
from whosays.extract.llm.meaning import Meaning
from whosays.extract.llm.refusals import Refusal, counted
from whosays.extract.proposals import Context, Proposal
from whosays.extract.records import ModalityName, Span, StanceName
from whosays.model import Relation

_OWNED = re.compile(r"^['\u2019]s\b")
_NARRATORS = frozenset({"author", "@author", "narrator", "none", "null"})


@dataclass(slots=True)
class LangExtract:
    """Grounds the extractions of a file in the text; see ``whosays.extract.llm``.

    Where they stand is looked up in our text: what the file says of it only chooses
    among places.
    """

    annotations: Annotations
    relations: Mapping[str, Relation]
    name: str = field(init=False, default=langextract.NAME)
    version: str = field(init=False, default="1")
    needs: frozenset[str] = field(init=False, default=frozenset())
    _doc: str = field(init=False, default="")
    _at: int = field(init=False, default=-1)
    _placed: list[tuple[Span, Extracted, bool]] = field(
        init=False, default_factory=list
    )
    _refused: list[Refusal] = field(init=False, default_factory=list)
    _taken: int = field(init=False, default=0)

    def propose(self, doc: Document, ctx: Context) -> Iterator[Proposal | Refusal]:
        """Yield what the text bears out, and why the rest is refused."""
        if not ctx.sentences:
            return
        if self._doc != doc.sha256 or ctx.sentences[0].start <= self._at:
            yield from self._begin(doc)
        self._at = ctx.sentences[0].start
        end = ctx.sentences[-1].end
        for span, one, several in self._placed:
            if not self._at <= span[0] < end:
                continue
            try:
                made = self._grounded(doc, ctx, span, one)
            except Refused as error:
                yield self._kept(_refusal(one, error.reason, error.detail, span))
                continue
            for proposal in made:
                self._taken += 1
                own = proposal.own
                if own is not None and several:
                    flags = tuple(sorted({*own.flags, "repeated-quote"}))
                    yield replace(proposal, own=replace(own, flags=flags))
                else:
                    yield proposal

    def account(self) -> Mapping[str, object]:
        """Say what was read, and what became of it."""
        return {
            "file": self.annotations.name,
            "sha256": self.annotations.digest,
            "taken": self._taken,
            "refused": len(self._refused),
            "reasons": counted(self._refused),
        }

    def _begin(self, doc: Document) -> Iterator[Refusal]:
        """Place all extractions of a text."""
        self._doc, self._placed, self._refused, self._taken = doc.sha256, [], [], 0
        text = Passage(doc.text, 0, len(doc.text))
        seen: set[str] = set()
        none = True
        for one in self.annotations.of(doc):
            none = False
            if isinstance(one, Refusal):
                yield self._kept(one)
                continue
            if one.key in seen:
                yield self._kept(_refusal(one, refusals.REPEATED))
                continue
            seen.add(one.key)
            spans = _spans(one, text)
            if not spans:
                yield self._kept(_refusal(one, refusals.QUOTE))
            self._placed += [(span, one, len(spans) > 1) for span in spans]
        if none:
            yield self._kept(
                Refusal(
                    proposer=self.name,
                    reason=refusals.NOTHING_OF_IT,
                    detail=self.annotations.name,
                )
            )

    def _kept(self, refusal: Refusal) -> Refusal:
        self._refused.append(refusal)
        return refusal

    def _grounded(
        self, doc: Document, ctx: Context, span: Span, one: Extracted
    ) -> list[Proposal]:
        """Ground an extraction in the sentences that it touches."""
        touched = [
            index
            for index, sentence in enumerate(ctx.sentences)
            if sentence.start < span[1] and span[0] < sentence.end
        ]
        if not touched:
            raise Refused(refusals.APART)
        first, last = touched[0], touched[-1]
        whole = (ctx.sentences[first].start, ctx.sentences[last].end)
        subject, subject_text = self._end("subject", doc, ctx, touched, whole, one)
        object_, object_text = self._end("object", doc, ctx, touched, whole, one)
        item = Item(
            subject=subject,
            subject_text=subject_text,
            relation=self._relation(ctx, one.values["relation"]),
            object=object_,
            object_text=object_text,
            cue=_cue(one, doc.text[slice(*span)], (subject_text, object_text)),
            stance=_stance(one),
            modality=_modality(one),
            speaker_text=_speaker(one),
            quote=doc.text[slice(*whole)],
        )
        if subject == object_ != NEW:
            raise Refused(refusals.SAME_ENDS)
        by = f"{self.name} {self.annotations.name} {self.annotations.digest[:12]}"
        grounding = Grounding(doc, ctx, first, last, self.relations, by)
        return grounding.proposals(item, f"answer-{one.key}")

    def _end(
        self,
        name: str,
        doc: Document,
        ctx: Context,
        touched: list[int],
        whole: Span,
        one: Extracted,
    ) -> tuple[str, str]:
        """Tell whom an end means and by which words: a slug, or words of the text."""
        value = one.values[name]
        words = one.values.get(f"{name}_text", value)
        known = ctx.registry.actors
        if value in known and words == value:
            words = _mention(doc, ctx, touched, value) or value
        reason = refusals.SUBJECT if name == "subject" else refusals.OBJECT
        found = Passage(doc.text, *whole).find(words)
        if not found:
            raise Refused(reason, f"“{words[:60]}”")
        if value in known:
            return value, words
        meaning = Meaning(ctx.registry, ctx.lexicon)
        for place in found:
            for index in touched:
                structure = ctx.structures[index]
                if structure is not None:
                    for filler in meaning.meant(place.span, structure):
                        return filler.actor, words
        return NEW, words

    def _relation(self, ctx: Context, said: str) -> str:
        """Find a relation by its id or by what cues call it, however it is spelt."""
        wanted = _folded(said)
        for name, id_ in (
            *((one, one) for one in self.relations),
            *ctx.lexicon.tables.relations.items(),
        ):
            if _folded(name) == wanted and id_ in self.relations:
                return id_
        raise Refused(refusals.UNKNOWN_RELATION, f"“{said[:60]}”")


def _spans(one: Extracted, text: Passage) -> list[Span]:
    """Find where the words stand: at the place that is told, or everywhere."""
    found = text.find(one.text)
    at = [place.span for place in found if place.span == one.span]
    if one.span is not None and not at and one.span[1] <= len(text.text):
        near = Passage(text.text, *one.span).find(one.text)
        at = [place.span for place in near]  # beyond the places that are looked at
    return at or [place.span for place in found]


def _mention(doc: Document, ctx: Context, touched: list[int], actor: str) -> str:
    """Find the words that name an actor in the sentences of an extraction."""
    for index in touched:
        structure = ctx.structures[index]
        for word in structure.words if structure is not None else ():
            if word.mention is not None and word.mention.actor == actor:
                return doc.text[word.mention.start : word.mention.end]
    return ""


def _cue(one: Extracted, said: str, ends: tuple[str, str]) -> str:
    """Choose the words that relate: those told, or what stands beside both ends."""
    if cue := one.values.get("cue"):
        return cue
    places = [(said.find(end), len(end)) for end in ends]
    if any(at < 0 for at, _ in places):
        return said
    (first, length), (second, _) = sorted(places)
    between = _OWNED.sub("", said[first + length : second]).strip(" ,;:\n\t")
    return between or said


def _stance(one: Extracted) -> StanceName:
    said = one.values["stance"].lower()
    for stance in get_args(StanceName):
        if said == stance:
            return stance  # type: ignore[no-any-return]
    raise Refused(refusals.UNKNOWN_STANCE, f"“{said[:60]}”")


def _modality(one: Extracted) -> ModalityName:
    said = one.values.get("modality", "asserted").lower()
    for modality in get_args(ModalityName):
        if said == modality:
            return modality  # type: ignore[no-any-return]
    raise Refused(refusals.UNKNOWN_MODALITY, f"“{said[:60]}”")


def _speaker(one: Extracted) -> str | None:
    said = one.values.get("speaker", "")
    return None if said.lower() in _NARRATORS else said or None


def _folded(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _refusal(
    one: Extracted, reason: str, detail: str = "", span: Span = (0, 0)
) -> Refusal:
    return Refusal(
        proposer=langextract.NAME,
        reason=reason,
        detail=detail,
        said=one.said,
        start=span[0],
        end=span[1],
        answer=one.key,
    )
