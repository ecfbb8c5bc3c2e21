"""What a deed leads to where its verb, or its fellow in a list, tells it."""

from __future__ import annotations

from whosays.extract.nodes import Phrase, Verb
from whosays.extract.predicating import Predicating
from whosays.extract.words import Filler


class Undergoing(Predicating):
    """Finds ends of a noun of action outside its own phrase."""

    def _shared_preps(self, phrase: Phrase) -> list[tuple[str, Phrase]]:
        """Find what the last of a list leads to: "its support and funding of"."""
        last = phrase.members[-1] if len(phrase.members) > 1 else phrase
        deed = last.noun in self.lexicon.nouns and not (last.owners or last.mods)
        return last.preps if deed and not last.det else []

    def _shared_owners(self, phrase: Phrase) -> list[Filler]:
        """Find whose deed the first of a list is: "its support and funding of"."""
        if phrase.det or phrase.mods or len(phrase.members) < 2:
            return []
        first = phrase.members[0]
        deed = first.noun in self.lexicon.nouns and phrase is not first
        return first.owners if deed else []

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
