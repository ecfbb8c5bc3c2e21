"""Whom each noun phrase stands for: by name, by head noun, by pronoun.

"Aldoria's army" stands for Aldoria; "Aldoria's economy" for nobody.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from whosays.extract.amounts import quantity
from whosays.extract.descriptions import Descriptions
from whosays.extract.granting import suffered
from whosays.extract.mates import own_doing
from whosays.extract.memory import OTHER, SUBJECT, Memory, Spoken, places
from whosays.extract.nodes import Phrase, Structure, Verb
from whosays.extract.officers import entitled
from whosays.extract.pronouns import PERSON
from whosays.extract.sharing import share
from whosays.extract.sites import apposed, sited, spot
from whosays.extract.unknown import unknown
from whosays.extract.words import Filler, Word
from whosays.model import ActorType

_PEOPLE = frozenset({"people", "police", "militiamen", "forces", "troops"})
_BEHIND = SUBJECT - 0.1
_MANY = frozenset({"they", "them"})
_DEFINITE = frozenset({"the", "this", "that"})
_STATES = frozenset({ActorType.STATE, ActorType.GOVERNMENT, ActorType.ARMED_FORCE})
_NOBODY = frozenset({"nobody", "none", "anyone", "someone", "everyone"})


class Standing(Descriptions):
    """Resolves the phrases of one sentence after another."""

    def settle(self, structure: Structure, memory: Memory) -> None:
        """Fill all phrases of a sentence, and remember its actors."""
        self._local: list[Spoken] = []
        memory.sentence += 1
        self._memory = memory
        self._structure = structure
        placed = places(structure)
        lows = {word.low for word in structure.words}
        outers: dict[int, list[Phrase]] = defaultdict(list)
        for phrase in structure.phrases:
            for _, inner in phrase.preps:
                outers[id(inner.all[-1])].append(phrase)
        self._verb_of = {id(v.subj): v for v in structure.verbs}
        seen: set[int] = set()
        for phrase in sorted(structure.phrases, key=lambda p: (p.first, -p.last)):
            if id(phrase) in seen:
                continue
            seen.add(id(phrase))
            if phrase.titles or phrase.owned >= 0:
                self._possessives(phrase)
            self._fill(phrase)
            if phrase.fillers:
                place = placed.get(id(phrase), OTHER)
                named = structure.words[phrase.head].mention is not None
                if not named and self._personal(phrase):
                    place = min(place, _BEHIND)  # "it" is rather no minister
                self._spoken(phrase, place, self._many(phrase))
            elif unknown(phrase, structure, self.lexicon):
                place = placed.get(id(phrase), OTHER if phrase.first else SUBJECT)
                memory.meet(Filler("", 0, structure.words[phrase.last].end), place)
            for one in (*phrase.owners, *phrase.mods):
                theirs = one.via == "pronoun" and one.end - one.start == len("their")
                self._local.append(Spoken(one, memory.sentence, OTHER, theirs))
            for outer in outers.get(id(phrase), ()):  # "a spokeswoman for Belmark"
                if not outer.fillers and id(outer) in placed:
                    self._inherit(outer)
                    self._spoken(outer, placed[id(outer)])
        if "each" in lows or "one" in lows:
            self._mutual(structure)
        for phrase in structure.phrases:
            if phrase.preps or phrase.appositions:
                self._inherit(phrase)
            if phrase.fillers:
                self._in_person(phrase)
                phrase.personal = self._one_person(phrase)
            elif phrase.mods or phrase.owners or phrase.appositions:
                phrase.fillers = entitled(phrase, structure.words, self.lexicon)
                phrase.personal = bool(phrase.fillers)
        for verb in structure.verbs:
            self._predicated(verb)
            if verb.subj is None and "both" in lows:
                self._both(verb)
        if "there" in lows:
            self._there(structure)
        share(structure, self.lexicon)
        self._pair(structure, memory)
        for spoken in self._local:
            memory.note(spoken)

    def _many(self, phrase: Phrase) -> bool:
        """Tell whether its words are plural: "the Belmarkers", "Sons of Saltmere"."""
        word = self._structure.words[phrase.head]
        return (
            word.low.partition(" of ")[0].endswith("s")
            or (word.mention is not None and word.mention.kind == "people")
            or phrase.noun in _PEOPLE
            or word.low in _MANY
        )

    def _spoken(self, phrase: Phrase, place: float, several: bool = False) -> None:
        """Remember whom a phrase stands for."""
        for one in phrase.fillers:
            if one.via in ("name", "head", "pronoun"):
                spoken = Spoken(one, self._memory.sentence, place, several)
                self._local.append(spoken)

    def _personal(self, phrase: Phrase) -> bool:
        """Tell whether a person stands for the actor: "Aldoria's minister"."""
        return any(
            row["types"] == "person"
            for row in self.lexicon.generics.get(phrase.noun, ())
        )

    def _one_person(self, phrase: Phrase) -> bool:
        """Tell whether one person without a name speaks: "a spokesman for Belmark"."""
        return (
            not phrase.members
            and bool(phrase.fillers)
            and all(o.via == "head" and o.link != "coref" for o in phrase.fillers)
            and self._structure.words[phrase.head].low == phrase.noun.split(" ")[-1]
            and (
                self._personal(phrase)
                or phrase.noun in self.lexicon.classes["personal"]
            )
        )

    def _both(self, verb: Verb) -> None:
        """Give "Both have armed it" its subject."""
        if verb.subj is not None or not verb.first:
            return
        word = self._structure.words[verb.first - 1]
        if word.low == "both":
            made = Phrase(verb.first - 1, verb.first - 1, verb.first - 1)
            made.fillers = self._two(word.start, word.end, ())
            verb.subj = made if made.fillers else None

    def _mutual(self, structure: Structure) -> None:
        """Let "each other" be both that stand before it: each does it to the other."""
        words = structure.words
        for verb in structure.verbs:
            for phrase in (verb.obj, *(one for _, one in verb.obl)):
                if phrase is None or verb.subj is None or verb.passive:
                    continue
                lows = words[phrase.first].low, words[phrase.head].low
                if lows in (("each", "other"), ("one", "another")):
                    self._inherit(verb.subj)
                    both = verb.subj.actors()
                    phrase.fillers = [replace(one, via="mutual") for one in both]

    def _there(self, structure: Structure) -> None:
        """Let "there" behind a verb be where it happens: "sent troops there"."""
        for phrase in structure.phrases:
            if phrase.noun != "there" or not phrase.pronoun:
                continue
            before = [v for v in structure.verbs if v.end < phrase.first]
            if not before or any(
                one is phrase for v in structure.verbs for _, one in v.obl
            ):
                continue
            verb = max(before, key=lambda v: v.end)
            if verb.subj is phrase or verb.lemmas[-1:] == ("be",):
                continue
            verb.obl += [("to", phrase), ("in", phrase)]

    def _pair(self, structure: Structure, memory: Memory) -> None:
        """Remember the two that a sentence names together, or as its only ones."""
        found = [p.actors() for p in structure.phrases if p.members]
        named = {
            one.filler.actor: one.filler
            for one in self._local
            if self.type_of(one.filler) is not ActorType.PLACE
        }
        for two in (*found, list(named.values())):
            listed = any(two is one for one in found)
            if len(two) == 2 or (listed and len(two) > 2):
                memory.pair, memory.paired = tuple(two), memory.sentence
                memory.listed = listed
                return

    def _fill(self, phrase: Phrase) -> None:
        words = self._structure.words
        word = words[phrase.head]
        if word.mention is not None:
            mention = word.mention
            made = Filler(
                mention.actor, mention.start, mention.end, others=mention.others
            )
            if mention.kind == "name" or (
                mention.kind == "people" and phrase.det == "the"
            ):
                phrase.fillers = [made]
            return
        if phrase.pronoun:
            phrase.fillers = self._pronoun(word.low, word.start, word.end, phrase)
            return
        if phrase.head == phrase.first and word.low in ("neither", "both"):
            of = [inner for name, inner in phrase.preps if name == "of"]
            if not of or all(inner.pronoun for inner in of):
                phrase.fillers = self._two(word.start, word.end, ())
            return
        if phrase.noun in self.lexicon.classes["pair"]:
            lows = {w.low for w in words[phrase.first : phrase.head]}
            if lows & {"two", "both"} and not phrase.preps:
                states = phrase.noun in self.lexicon.classes["of-state"]
                types = _STATES if states else ()
                phrase.fillers = self._two(word.start, word.end, types)
                return
        if word.low == "ones" and phrase.mods:  # "Belmarkian ones have not"
            phrase.fillers = [replace(phrase.mods[-1], via="head")]
            return
        kinds = [row["kind"] for row in self.lexicon.heads.get(phrase.noun, ())]
        joint = any(w.tag == "CC" for w in words[phrase.first : phrase.head])
        behind = phrase.mods[-1 - joint :] or phrase.owners[-1:]
        if behind and not kinds and phrase.noun in self.lexicon.generics:
            phrase.fillers = self._acted_for(phrase, behind[0])
            return
        if self._on_their_own(phrase):
            behind = [one for one in behind if not self._state(one)]
        if phrase.noun in ("member", "member state"):
            leagues = ActorType.INTERNATIONAL_ORGANISATION
            behind = [one for one in behind if self.type_of(one) is not leagues]
        if kinds and behind and "@owned" not in phrase.titles:
            via = "head" if "side" in kinds else kinds[0]
            headed = phrase.noun not in self.lexicon.classes["entourage"]
            place = apposed(phrase, words, self.type_of)
            place = place or spot(phrase, behind, self.lexicon, self.type_of)
            phrase.fillers = place or [
                self._headed(made) if headed else made
                for made in (replace(one, via=via) for one in behind)
            ]
            if phrase.noun in self.lexicon.generics and self._state(behind[0]):
                self._memory.bodies[phrase.noun] = behind[0].actor
            return
        if (
            phrase.noun in self.lexicon.generics
            and not behind
            and (phrase.det in _DEFINITE and not phrase.preps)
        ):
            phrase.fillers = self._generic(phrase, word.start, word.end)

    def _inherit(self, phrase: Phrase) -> None:
        """Take over whom "leader of the Front", "groups such as the Front" name."""
        if phrase.fillers:
            return
        kinds = [row["kind"] for row in self.lexicon.heads.get(phrase.noun, ())]
        words = self._structure.words
        if phrase.appositions and phrase.noun in self.lexicon.generics:
            phrase.fillers = phrase.appositions[0].fillers  # "a militia, the Front,"
        for preposition, inner in () if phrase.fillers else phrase.preps:
            if not inner.fillers:
                self._inherit(inner)
            if phrase.noun in _NOBODY and preposition in ("in", "of", "from", "at"):
                phrase.fillers = inner.actors()
                return
            if preposition == "such as":
                phrase.fillers = inner.actors()
                return
            if preposition == "in" and phrase.noun in self.lexicon.classes["seated"]:
                phrase.fillers = [one for one in inner.actors() if self._state(one)]
                return
            if sited(phrase, preposition, inner, self.lexicon, self.type_of):
                phrase.fillers = [replace(f, via="asset") for f in inner.actors()]
                return
            if preposition not in ("of", "from", "for", "among"):
                continue
            if preposition == "of" and quantity(phrase, words):
                phrase.fillers = inner.actors()
                if phrase.fillers:
                    return
                continue
            if preposition == "of" and suffered(phrase, self.lexicon):
                continue  # "supports the invasion of Belmark"
            named = [f for f in inner.actors() if f.via in ("name", "pronoun", "head")]
            if self._on_their_own(phrase):
                named = [one for one in named if not self._state(one)]
            if (
                kinds
                and named
                and (
                    preposition != "for"
                    or phrase.noun.startswith(("spokes", "minister"))
                )
            ):
                via = "head" if "side" in kinds else kinds[0]
                phrase.fillers = [
                    one
                    if via == "asset" and self.type_of(one) is ActorType.PLACE
                    else self._headed(replace(one, via=via))
                    for one in named
                ]
                return

    def _on_their_own(self, phrase: Phrase) -> bool:
        """Tell whether people of a state are not its men: "mercenaries from Aldoria"."""
        return phrase.noun in self.lexicon.classes["freelance"]

    def _state(self, filler: Filler) -> bool:
        return self.type_of(filler) in (ActorType.STATE, ActorType.GOVERNMENT)

    def _predicated(self, verb: Verb) -> None:
        """Let "a fleet" of "Aldoria's guard is a fleet operating off" be the guard."""
        if verb.lemmas[-1:] != ("be",) or verb.subj is None or verb.pred is None:
            return
        known = verb.pred.noun in self.lexicon.generics
        if known and not verb.pred.fillers and verb.pred.det in ("a", "an"):
            verb.pred.fillers = verb.subj.actors()

    def _in_person(self, phrase: Phrase) -> None:
        """Let "Aldoria's president, Oren Vale," be Oren Vale, and its wing, the Front."""
        if any(filler.via == "head" for filler in phrase.fillers):
            part = phrase.noun in self.lexicon.predicates
            for named in phrase.appositions:
                if any(
                    self.type_of(f) is ActorType.PERSON or (part and f.via == "name")
                    for f in named.fillers
                ):
                    phrase.fillers = named.fillers

    def _possessives(self, phrase: Phrase) -> None:
        words = self._structure.words
        if phrase.owned >= 0:
            owner = Phrase(phrase.owned, phrase.owned, phrase.owned, det=phrase.det)
            word = words[phrase.owned]
            owner.noun = self.lexicon.noun((word.low,))
            if (
                word.tag == "NN"
                and owner.noun in self.lexicon.generics
                and words[phrase.first].low in _DEFINITE
            ):
                phrase.owners = self._generic(owner, word.start, word.end)
                if phrase.owners:
                    phrase.titles.remove("@owned")
        for title in phrase.titles:
            if title.startswith("@") and title[1:].isdigit():
                word = words[int(title[1:])]
                found = (
                    self._fellow(phrase, word.low)
                    or self._blamed(int(title[1:]), word.low)
                    or self._own(phrase, word)
                    or self._pronoun(word.low, word.start, word.end, phrase)
                )
                phrase.owners = [*phrase.owners, *found[:1]]

    def _own(self, phrase: Phrase, word: Word) -> list[Filler]:
        """Let "its" in "Aldoria broke its promise" be Aldoria's."""
        if word.low != "its":
            return []
        for verb in self._structure.verbs:
            objects = (verb.obj, *(one for _, one in verb.obl))
            subject = verb.subj
            if subject is None or not any(one is phrase for one in objects):
                continue
            cues = (
                row
                for lemma in verb.lemmas
                for row in self.lexicon.verbs.get(lemma, ())
            )
            told = isinstance(verb.gov, Verb) and verb.gov.obj is subject
            if (
                not (verb.link == "xcomp" and told)
                and any(
                    row["relation"] not in ("withdraws-from", "deploys-to")
                    for row in cues
                )
                and not own_doing(phrase, verb, self.lexicon)
            ):
                continue  # "Belmark shelled its villages"
            if len(subject.fillers) == 1 and not subject.members:
                own = subject.fillers[0]
                if self.type_of(own) not in (ActorType.PERSON, ActorType.PLACE):
                    made = replace(own, start=word.start, end=word.end)
                    return [replace(made, link="coref", via="pronoun")]
        return []

    def _speaker(self) -> str:
        """Name who says the sentence: the turn, or who is quoted in it."""
        if self._memory.speaker:
            return self._memory.speaker
        quoted = any(word.tag == "QO" for word in self._structure.words)
        for verb in self._structure.verbs:
            if (
                quoted
                and verb.subj is not None
                and any(lemma in self.lexicon.speech for lemma in verb.lemmas)
            ):
                phrase = verb.subj
                if not phrase.fillers and (not phrase.pronoun or phrase.noun in PERSON):
                    self._fill(phrase)
                    self._inherit(phrase)
                if phrase.fillers:
                    return phrase.fillers[0].actor
        return ""
