"""Whom words of an answer mean, by our own reading of the sentence they stand in."""

from __future__ import annotations

from whosays import ids
from whosays.extract.document import Registry
from whosays.extract.lexicon import Lexicon
from whosays.extract.llm import refusals
from whosays.extract.nodes import Structure
from whosays.extract.records import Span
from whosays.extract.words import Filler, Word

_LONGEST = 60  # characters of a proposed slug
_PRONOUNS = frozenset(
    [
        "i",
        "me",
        "my",
        "we",
        "us",
        "our",
        "you",
        "your",
        "he",
        "him",
        "his",
        "she",
        "her",
        "it",
        "its",
        "they",
        "them",
        "their",
        "who",
        "whom",
        "which",
        "that",
        "this",
        "these",
        "those",
        "one",
        "both",
        "all",
        "some",
        "many",
        "others",
        "such",
    ]
)
_ARTICLES = frozenset({"the", "a", "an"})

Reason = tuple[str, str]


class Meaning:
    """Reads ends of statements; the reason of a refusal stands where there is none."""

    def __init__(self, registry: Registry, lexicon: Lexicon) -> None:
        """Keep the registry and the tables of nouns."""
        self._registry = registry
        self._lexicon = lexicon

    def known(self, actor: str, span: Span, structure: Structure) -> Filler | Reason:
        """Confirm that words mean an actor of the registry, by name or as resolved."""
        named = self._named(span, structure)
        if named:
            for word in _heads(named, structure):
                mention = word.mention
                if mention is None or actor not in (mention.actor, *mention.others):
                    continue
                others = {mention.actor, *mention.others} - {actor}
                return Filler(
                    actor, mention.start, mention.end, others=tuple(sorted(others))
                )
        for filler in self._resolved(span, structure):
            if filler.actor == actor:
                return filler
        if named:
            found = ", ".join(sorted({w.mention.actor for w in named if w.mention}))
            return refusals.CONTRADICTS, found
        if meant := [one.actor for one in self._resolved(span, structure)]:
            return refusals.CONTRADICTS, ", ".join(meant)
        return refusals.UNRESOLVED, ""

    def newcomer(self, span: Span, structure: Structure) -> Filler | Reason:
        """Propose an actor that the registry lacks: it needs a name of its own."""
        words = _inside(span, structure)
        if len(words) > 1 and words[0].low in _ARTICLES:
            words = words[1:]
        text = " ".join(word.text for word in words)
        if len(words) == 1 and words[0].low in _PRONOUNS:
            return refusals.UNRESOLVED, ""
        if self._resolved(span, structure):
            return refusals.UNRESOLVED, "our reading resolves it"
        named = self._named(span, structure)
        others = [word for word in words if word not in named]
        if named and not any(self._capital(word, structure) for word in others):
            found = ", ".join(sorted({w.mention.actor for w in named if w.mention}))
            return refusals.KNOWN, found
        if not any(self._capital(word, structure) for word in others):
            return refusals.NO_NAME, ""
        slug = ids.make_slug(text)[:_LONGEST].strip("-")
        if not slug:
            return refusals.NO_NAME, ""
        if slug in self._registry.actors:
            return refusals.KNOWN, slug
        start = max(span[0], words[0].start)
        return Filler(f"new:{slug}", start, span[1], link="proposed-new")

    def meant(self, span: Span, structure: Structure) -> list[Filler]:
        """List whom words mean, by name first."""
        named = self._named(span, structure)
        found = [
            Filler(word.mention.actor, word.mention.start, word.mention.end)
            for word in _heads(named, structure)
            if word.mention is not None
        ]
        return found or self._resolved(span, structure)

    def is_name(self, text: str) -> bool:
        """Tell whether words can stand for a speaker whom the registry lacks."""
        words = text.split()
        return bool(words) and not (len(words) == 1 and words[0].lower() in _PRONOUNS)

    def _named(self, span: Span, structure: Structure) -> list[Word]:
        return [word for word in _inside(span, structure) if word.mention is not None]

    def _resolved(self, span: Span, structure: Structure) -> list[Filler]:
        """List what our resolver made of pronouns and generic nouns in a span."""
        return [
            filler
            for phrase in structure.phrases
            for filler in (*phrase.fillers, *phrase.owners)
            if filler.link == "coref"
            and span[0] <= filler.start
            and filler.end <= span[1]
        ]

    def _capital(self, word: Word, structure: Structure) -> bool:
        """Tell a name from a noun that only begins a sentence."""
        if not word.text[:1].isupper() or word.low in _PRONOUNS:
            return False
        if word is not structure.words[0]:
            return True
        known = self._lexicon
        noun = known.singulars.get(word.low, word.low)
        return not (
            noun in known.generics
            or noun in known.heads
            or word.low in known.tags
            or word.low in known.verb_forms
            or word.low in known.singulars
        )


def _inside(span: Span, structure: Structure) -> list[Word]:
    """The words that a span touches: a name that is cut counts as named."""
    return [w for w in structure.words if w.start < span[1] and span[0] < w.end]


def _heads(named: list[Word], structure: Structure) -> list[Word]:
    """Choose the names that words are about: "Aldoria's rival Belmark" is Belmark."""
    inner = {id(one) for phrase in structure.phrases for _, one in phrase.preps}
    found = [
        structure.words[phrase.head]
        for phrase in structure.phrases
        if id(phrase) not in inner
    ]
    return [word for word in named if any(word is one for one in found)] or named
