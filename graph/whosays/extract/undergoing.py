"""What a deed leads to where its verb, or its fellow in a list, tells it."""

from __future__ import annotations

from whosays.extract.nodes import Phrase, Verb
from whosays.extract.predicating import Predicating
from whosays.extract.words import Filler


class Undergoing(Predicating):
    """Finds ends of a noun of action outside its own phrase."""

    def _ascribed(self, phrase: Phrase) -> list[Filler]:
        """Find whom a deed is blamed on: "the raid was blamed on A", "blamed it on A"."""
        for verb in self._structure.verbs:
            theirs = verb.subj if verb.passive else verb.obj
            if theirs is phrase and set(verb.lemmas) & self._ascribing:
                named = [q for p, q in verb.obl if p in ("on", "to")]
                of = [inner for p, inner in phrase.preps if p == "on"]
                last = [q for q in named if q not in of[:1]]
                return last[0].actors() if last else []
        return []

    @property
    def _ascribing(self) -> frozenset[str]:
        return self.lexicon.classes["ascribing"]

    def _launched(
        self, phrase: Phrase, wanted: list[str]
    ) -> tuple[list[Filler], list[Filler]]:
        """Find the ends of "the attack (that) Aldoria launched on Belmark"."""
        for verb in self._structure.verbs:
            if verb.link != "rel" or verb.obj is not phrase or verb.subj is None:
                continue
            if set(verb.lemmas) & self.lexicon.classes["making"] and not verb.passive:
                ends = [f for p, q in verb.obl if p in wanted for f in q.actors()]
                return verb.subj.actors(), ends
        return [], []

    def _aimed(self, phrase: Phrase) -> list[Filler]:
        """Find whom "launched raids across the border against the Front" is against."""
        for other in self._structure.verbs:  # "a campaign involving jets against B"
            if other.subj is phrase and "involve" in other.lemmas:
                inner = [
                    pair
                    for one in (other.obj.all if other.obj else ())
                    for pair in one.preps
                ]
                found = [
                    f
                    for p, q in (*other.obl, *inner)
                    if p == "against"
                    for f in q.actors()
                ]
                if found:
                    return found
        verb = phrase.gov.gov if isinstance(phrase.gov, Phrase) else phrase.gov
        if not isinstance(verb, Verb) or verb.obj is None or verb.passive:
            return []
        counted = [q for p, q in verb.obj.preps if p == "of"]
        if all(phrase is not one for one in (verb.obj, *counted)):
            return []
        made = set(verb.lemmas) & self.lexicon.classes["making"]
        return [f for p, q in verb.obl if p == "against" and made for f in q.actors()]

    def _sufferers(self, phrase: Phrase) -> list[Filler]:
        """Find who "sustained attacks from Belmark", "came under Belmarkian fire"."""
        verb, classes = phrase.gov, self.lexicon.classes
        if not isinstance(verb, Verb) or verb.subj is None:
            return []
        if verb.passive:  # "Belmark's economy was hurt by Aldorian sanctions"
            hurt = phrase.role == "obl:by" and set(verb.lemmas) & classes["hurting"]
            return (verb.subj.actors() or verb.subj.owners) if hurt else []
        if phrase.role == "obl:under" and set(verb.lemmas) & classes["labouring"]:
            return verb.subj.actors()  # "reels under Aldorian sanctions"
        direct = phrase.role == "obj" or any(" " in one for one in verb.lemmas)
        met = bool(set(verb.lemmas) & classes["suffering"])
        return verb.subj.actors() if direct and met else []
