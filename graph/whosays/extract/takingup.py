"""Words that take up a claim without its words: an answer, "it", "the charge", "did"."""

from __future__ import annotations

from collections.abc import Sequence

from whosays.extract.lexicon import Lexicon
from whosays.extract.nodes import Phrase, Structure, Verb
from whosays.extract.records import Span
from whosays.extract.words import Word

_SHORT = 6  # words of an answer before its first comma
_QUOTES = frozenset({'"', "\u201c", "'", "\u2018"})
_APART = frozenset({",", "\u2014", "\u2013", "-"})
_OFTEN = frozenset({"time", "day", "week", "month"})  # "denied this many times"
_POINTING = frozenset({"it", "this", "that", "these", "all", "both", "everything"})


class TakingUp:
    """Recognises them by the tables of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the tables."""
        self._lexicon = lexicon
        classes = lexicon.classes
        self._known = classes["assent"] | classes["dissent"]
        self._answering = self._known | classes["answering"]

    def opening(self, words: Sequence[Word]) -> tuple[int, Word, Word, str] | None:
        """Read "no", "that is not true" up to the first comma; give its sign."""
        classes = self._lexicon.classes
        start = 0
        for at, word in enumerate(words):
            before = words[at - 1].low if at else ":"
            if word.low in _QUOTES and before in (":", ","):
                start = at + 1
                break
        said: list[Word] = []
        for word in words[start : start + _SHORT + 1]:
            if not word.low[:1].isalnum() and word.low not in ("'s", "n't", "\u2019s"):
                break
            said.append(word)
        lows = [word.low.replace("\u2019", "'") for word in said]
        known = self._known
        if (
            not said
            or len(said) > _SHORT
            or not set(lows) & known
            or not set(lows) <= self._answering
        ):
            return None
        against = sum(low in classes["dissent"] for low in lows)
        denied = bool(set(lows) & classes["negator"])
        agreed = bool(set(lows) & classes["assent"])
        sign = -1 if against or denied else 1
        if denied and against and not agreed and set(lows) & {"is", "'s", "are"}:
            belied = set(lows) & classes["belying"]
            sign = 1 if belied else -1  # "that is no lie"
        which = next(low for low in lows if low in known)
        kind = "assent" if which in classes["assent"] else "dissent"
        return sign, said[0], said[-1], f"k-{kind}-{which}"

    def responding(self, verb: Verb) -> tuple[int, str] | None:
        """Tell whether a verb denies or confirms; give its sign and its cue."""
        for lemma in verb.lemmas:
            rows = self._lexicon.speech.get(lemma)
            if rows and rows[0]["sign"] == "-1":
                return -1, rows[0]["id"]
            if lemma in self._lexicon.classes["confirming"]:
                return 1, f"k-confirming-{lemma}"
            if lemma in self._lexicon.classes["namer"]:
                return -1, f"k-namer-{lemma}"
        return None

    def anaphor(
        self, verb: Verb, structure: Structure
    ) -> tuple[Span, bool, str] | None:
        """Find what stands for a claim: "it", "the charge", ", which Belmark denies".

        Gives its span, whether the claim is in the same sentence, and its noun.
        """
        words = structure.words
        named = bool(set(verb.lemmas) & self._lexicon.classes["namer"])
        if named and not self._belied(verb, words):
            return None
        phrase = verb.subj if verb.passive else verb.obj
        after = words[verb.end + 1 : verb.end + 2]
        content = phrase is not None and phrase.noun in self._lexicon.contents
        pointed = bool(after) and after[0].low in _POINTING and not content
        if pointed and (
            named or (phrase is not None and phrase.noun.rstrip("s") in _OFTEN)
        ):
            return (after[0].start, after[0].end), False, ""
        if phrase is None:
            gov = verb.gov
            if verb.link == "rel" and isinstance(gov, Verb) and not verb.passive:
                word = words[max(0, (verb.subj or verb).first - 1)]
                return (
                    ((word.start, word.end), True, "") if word.low == "which" else None
                )
            if isinstance(gov, Phrase) and gov.noun in self._lexicon.contents:
                word = words[gov.head]
                before = words[gov.first - 1].low if gov.first else ""
                if before in _APART and gov.det in ("a", "an"):
                    return (word.start, word.end), True, ""
            return self._unmarked(verb, words)
        word = words[phrase.head]
        if phrase.pronoun or phrase.noun == "":
            sure = verb.lemma == "deny" or word.low != "it" or not phrase.fillers
            if word.low in _POINTING and sure:
                return (word.start, word.end), False, ""
            return None
        if (
            phrase.noun not in self._lexicon.contents
            or phrase.det
            not in ("the", "this", "that", "these", "those", "such", "both")
            or any(name in ("of", "about", "on", "by") for name, _ in phrase.preps)
            or any(other.gov is phrase for other in structure.verbs)
        ):
            return None
        return (word.start, word.end), False, phrase.noun

    def _unmarked(
        self, verb: Verb, words: Sequence[Word]
    ) -> tuple[Span, bool, str] | None:
        """Find the claim of ", a charge Belmark denies", where no "that" stands."""
        at = verb.subj.head - 1 if verb.subj is not None else 0
        if at < 2 or words[at - 1].low not in ("a", "an"):
            return None
        noun = self._lexicon.singulars.get(words[at].low, words[at].low)
        if words[at - 2].low not in _APART or noun not in self._lexicon.contents:
            return None
        return (words[at].start, words[at].end), True, ""

    def _belied(self, verb: Verb, words: Sequence[Word]) -> bool:
        singular = self._lexicon.singulars
        behind = words[verb.end + 1 : verb.end + 7]
        if any(word.mention for word in behind):
            return False  # "calls it an Aldorian invention"
        after = {singular.get(word.low, word.low) for word in behind}
        return bool(after & self._lexicon.classes["belying"])

    def bare(self, verb: Verb, structure: Structure) -> tuple[Phrase, bool] | None:
        """Find the subject of an auxiliary that stands for a whole verb."""
        words = structure.words
        if (
            words[verb.head].tag not in ("DO", "HV", "BE")
            or verb.kind != "fin"
            or verb.link in ("auxiliary", "rel")
            or verb.question
            or verb.pred is not None
            or verb.obl
            or verb.subj is None
            or (verb.subj.first and words[verb.subj.first - 1].low == "where")
        ):
            return None
        before = words[verb.first - 1].low if verb.first else ""
        after = [word.low for word in words[verb.end + 1 : verb.end + 4]]
        subject = verb.subj
        like = self._lexicon.classes["likewise"]
        if subject.noun == "" and words[subject.head].low in ("neither", "nor"):
            if verb.obj is None or not verb.obj.actors():
                return None
            return verb.obj, True
        if verb.obj is not None:
            return None
        if subject.first > verb.head:  # "so has Belmark"
            return (subject, True) if before in like or verb.mark in like else None
        end = max(verb.end, verb.head, subject.last)
        rest = [word.low for word in words[end + 1 : end + 3]]
        tail = rest[0] if rest else "."
        also = bool({*after, *rest} & {"too", "either", "likewise"})
        if tail in {".", ",", ";", "too", "either", "so", "likewise", "not", "\u2014"}:
            return subject, also
        return None
