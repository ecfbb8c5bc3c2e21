"""Whom a pronoun or a generic noun means: the nearest actor spoken of that fits, or nobody.

Each end that is found in this way is marked. "We" and "you" need to be told by the
source whom a speaker speaks for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from whosays.extract.blaming import blamed
from whosays.extract.document import Registry
from whosays.extract.lexicon import Lexicon
from whosays.extract.mates import clause_mates
from whosays.extract.memory import OBJECT, OTHER, SUBJECT, Memory, Spoken
from whosays.extract.nodes import Phrase, Structure, Verb
from whosays.extract.words import Filler
from whosays.model import ActorType

PERSON = frozenset({"he", "she", "him", "his", "her", "himself", "herself"})
_THING = frozenset({"it", "its", "itself"})
_PLURAL = frozenset({"they", "them", "their", "themselves", "theirs"})
_FIRST = frozenset({"we", "us", "our", "ourselves", "ours"})
_SECOND = frozenset({"you", "your", "yours", "yourselves"})
_SELF = frozenset({"i", "me", "my", "myself"})
_NO_THING = frozenset({ActorType.PERSON, ActorType.PLACE, ActorType.UNNAMED})
_STATES = frozenset({"in", "inside", "under", "at", "on", "against", "behind"})
_HER = frozenset({"she", "her", "herself", "hers"})
_OWN = frozenset({"its", "their", "his", "her"})
_NEAR = (4.0, 3.0, 1.8, 0.3)
_COUNTED = frozenset(
    {
        ActorType.STATE,
        ActorType.PERSON,
        ActorType.INTERNATIONAL_ORGANISATION,
        ActorType.MEDIA_OUTLET,
        ActorType.GOVERNMENT,
        ActorType.BLOC,
    }
)
_SINGLE = frozenset(
    {ActorType.PERSON, ActorType.UNNAMED, ActorType.MEDIA_OUTLET, ActorType.PLACE}
)
_SENTENCES = 3
_REPORTING = 1.5
"""How much rather "it" is somebody else than the outlet that reports."""
PLURAL = frozenset(
    {
        ActorType.MILITIA,
        ActorType.JIHADIST_GROUP,
        ActorType.OPPOSITION_GROUP,
        ActorType.PARTY,
        ActorType.BLOC,
        ActorType.PEOPLE,
        ActorType.ARMED_FORCE,
        ActorType.GOVERNMENT,
    }
)


class Pronouns:
    """Resolves pronouns of one sentence after another."""

    _local: list[Spoken]
    _memory: Memory
    _structure: Structure
    _verb_of: dict[int, Verb]

    def __init__(self, registry: Registry, lexicon: Lexicon) -> None:
        """Keep the registry, for the types of actors."""
        self.registry = registry
        self.lexicon = lexicon

    def _speaker(self) -> str:
        """Name who says the sentence."""
        raise NotImplementedError

    def type_of(self, filler: Filler) -> ActorType | None:
        """Give the type of an actor."""
        actor = self.registry.actors.get(filler.actor)
        return actor.type if actor else None

    def _pronoun(self, low: str, start: int, end: int, phrase: Phrase) -> list[Filler]:
        if low in _FIRST:
            return self._we(start, end)
        if low in _SECOND:
            return self._addressed(start, end)
        if low in _SELF:
            speaker = self._speaker() or self._memory.voice
            return [resolved(speaker, start, end)] if speaker else []
        if low.endswith(("self", "selves")) and low not in _SELF:
            return self._reflexive(start, end, phrase)
        if low == "there":
            return self._where(start, end, phrase)
        if low == "whose":
            return self._owning(start, end, phrase)
        if low in PERSON:
            return self._person(low, start, end, phrase)
        if low in _THING and not self._pleonastic(phrase):
            found = self._nearest(start, end, phrase, (), _NO_THING, several=False)
            where = self._nearest(start, end, phrase, {ActorType.PLACE}, ())
            if found and where:
                return [replace(found[0], place=where[0].actor)]
            return found or where
        if low in _PLURAL:
            return self._several(start, end, phrase)
        return []

    def _blamed(self, at: int, low: str) -> list[Filler]:
        """Resolve "its" to whom a punishment is for: "sanctions on Aldoria over its"."""
        held = blamed(self._structure, at, self.lexicon) if low in _OWN else []
        persons = [self.type_of(one) is ActorType.PERSON for one in held]
        return held if persons == [low in PERSON] else []

    def _reflexive(self, start: int, end: int, phrase: Phrase) -> list[Filler]:
        """Resolve "itself" to the subject of its clause."""
        for verb in self._structure.verbs:
            objects = (verb.obj, verb.obj2, *(p for _, p in verb.obl))
            if verb.subj is not None and any(one is phrase for one in objects):
                return [resolved(one.actor, start, end) for one in verb.subj.actors()]
        return []

    def _where(self, start: int, end: int, phrase: Phrase) -> list[Filler]:
        """Resolve "there" behind a verb to the place that was spoken of."""
        if any(verb.subj is phrase for verb in self._structure.verbs):
            return []
        places = {ActorType.PLACE}
        return self._nearest(start, end, phrase, places, ()) or self._nearest(
            start, end, phrase, {ActorType.STATE}, ()
        )

    def _owning(self, start: int, end: int, phrase: Phrase) -> list[Filler]:
        """Resolve "whose" to the phrase before it."""
        before = [p for p in self._structure.phrases if p.last < phrase.first]
        for one in sorted(before, key=lambda p: (-p.last, p.first)):
            if phrase.first - one.last > 2:
                break
            if one.fillers:
                return [resolved(one.fillers[0].actor, start, end)]
        return []

    def _person(self, low: str, start: int, end: int, phrase: Phrase) -> list[Filler]:
        """Resolve "he" and "she", each to whom the other was not said of."""
        gender = "she" if low in _HER else "he"
        found = self._nearest(start, end, phrase, {ActorType.PERSON}, (), gender=gender)
        if found:
            self._memory.genders.setdefault(found[0].actor, gender)
        return found

    def _several(self, start: int, end: int, phrase: Phrase) -> list[Filler]:
        """Resolve "they": a coordinated subject, or the only group spoken of."""
        for verb in reversed(self._structure.verbs):
            subject = verb.subj
            if subject is None or subject.last >= phrase.first or subject is phrase:
                continue
            actors = subject.actors()
            if len(actors) > 1 and not phrase.pronoun:
                return []
            break
        together = self._together(phrase, start, end) or self._pair_of(phrase)
        if together:
            return [resolved(one.actor, start, end) for one in together]
        if id(phrase) in self._verb_of:  # "they robbed A as they have robbed B"
            for one in reversed(self._local):
                if one.place >= SUBJECT and one.filler.via == "pronoun":
                    return [resolved(one.filler.actor, start, end)]
        kinds = {*PLURAL, ActorType.STATE}
        return self._nearest(start, end, phrase, kinds, (), several=True)

    def _pair_of(self, phrase: Phrase) -> list[Filler]:
        """Give two that were listed in the sentence before, each of them single."""
        memory = self._memory
        pair = memory.pair
        if (
            not pair
            or not memory.listed
            or memory.sentence - memory.paired > 1
            or any(self.type_of(one) not in _COUNTED for one in pair)
            or {one.actor for one in pair}
            & clause_mates(phrase, self._structure, self.lexicon)
            or any(one.several and one.place >= OBJECT for one in self._local)
        ):
            return []
        return list(pair)

    def _together(self, phrase: Phrase, start: int, end: int) -> list[Filler]:
        """Resolve "them" to a list before it: "strengthened A and B, arming them"."""
        if not phrase.pronoun or start == end:
            return []
        for verb in reversed(self._structure.verbs):
            if phrase not in (verb.obj, verb.obj2, *(p for _, p in verb.obl)):
                continue
            for other in reversed(self._structure.verbs):
                listed = other.obj
                if other is verb or listed is None or listed.last >= phrase.first:
                    continue
                actors = listed.actors()
                if len(actors) > 1 and other.subj is verb.subj:
                    return [resolved(filler.actor, start, end) for filler in actors]
        return []

    def _pleonastic(self, phrase: Phrase) -> bool:
        verb = self._verb_of.get(id(phrase))
        return (
            verb is not None
            and phrase.pronoun
            and (
                (
                    verb.lemma.startswith("be")
                    and verb.pred is None
                    and not verb.passive
                    and not (verb.obl and verb.obl[0][0] in _STATES)
                )
                or (
                    verb.passive
                    and any(lemma in self.lexicon.speech for lemma in verb.lemmas)
                )
                or verb.lemma in self.lexicon.classes["impersonal"]
            )
        )

    def _addressed(self, start: int, end: int) -> list[Filler]:
        """Resolve "you" in a question to the guest and whom the guest speaks for."""
        memory = self._memory
        asked = memory.spoken and memory.voice and memory.speaker
        if not asked or memory.speaker == memory.voice:
            return []
        return self._meant(memory.voice, start, end)

    def _we(self, start: int, end: int) -> list[Filler]:
        speaker = self._speaker()
        if not speaker and not self._memory.spoken:
            speaker = self._memory.voice
        return self._meant(speaker, start, end) if speaker else []

    def _meant(self, speaker: str, start: int, end: int) -> list[Filler]:
        meant = self._memory.we.get(speaker, "")
        actor = self.registry.actors.get(speaker)
        if not meant and actor is not None:
            meant = actor.acts_for if actor.type in _SINGLE else speaker
        return [resolved(meant, start, end)] if meant in self.registry.actors else []

    def _nearest(
        self,
        start: int,
        end: int,
        phrase: Phrase,
        only: Iterable[ActorType],
        never: Iterable[ActorType],
        *,
        several: bool | None = None,
        gender: str = "",
    ) -> list[Filler]:
        """Choose who fits best: near, a subject, of the right number.

        ``several`` is the number of a pronoun, None where it tells nothing.
        """
        only, never = set(only), set(never)
        excluded = clause_mates(phrase, self._structure, self.lexicon) | self._own_side(
            several
        )
        if gender:
            excluded = excluded | {self._memory.speaker}
        as_object = phrase.pronoun and any(
            phrase is v.obj or any(phrase is p for _, p in v.obl)
            for v in self._structure.verbs
        )
        actors = self.registry.actors
        memory = self._memory
        best: tuple[float, Filler] | None = None
        counts: dict[str, float] = {}
        for one in (*reversed(self._local), *self._memory.recent, *self._topic()):
            filler = one.filler
            back = memory.sentence - one.sentence
            if back > _SENTENCES or filler.actor in excluded:
                continue
            actor = actors.get(filler.actor)
            kind = actor.type if actor else None
            if (
                (only and kind not in only)
                or kind in never
                or filler.via not in ("name", "head", "pronoun")
                or (gender and self._memory.genders.get(filler.actor, gender) != gender)
            ):
                continue
            score = _NEAR[back] + one.place
            if as_object and OTHER < one.place <= OBJECT:
                score += 1.5 if back else 2.5
            if kind is ActorType.MEDIA_OUTLET and not gender:
                score -= _REPORTING
            if back and filler.via == "pronoun" and phrase.pronoun:
                score += 0.5
            if several is not None:
                score += self._number(one, kind, several)
            score += counts.get(filler.actor, 0.0)
            counts[filler.actor] = min(0.9, counts.get(filler.actor, 0.0) + 0.3)
            if best is None or score > best[0] + 1e-9:
                best = (score, filler)
        if best is None or (gender and self._somebody(best[0], start)):
            return []
        return [resolved(best[1].actor, start, end)]

    def _somebody(self, score: float, start: int) -> bool:
        """Tell whether "he" rather is one whom the registry does not have."""
        memory = self._memory
        return any(
            one.filler.end <= start
            and memory.sentence - one.sentence <= _SENTENCES
            and _NEAR[memory.sentence - one.sentence] + one.place >= score
            for one in memory.others
        )

    def _number(self, one: Spoken, kind: ActorType | None, several: bool) -> float:
        if several:
            if one.several or kind not in PLURAL:
                return 1.0 if one.several else -1.5
            return -0.7 if kind is ActorType.GOVERNMENT else 0.0
        return -1.5 if one.several or kind is ActorType.PEOPLE else 0.0

    def _own_side(self, several: bool | None) -> set[str]:
        """Leave out who speaks, and whom they mean by "we", from "they" and "it"."""
        speaker = self._memory.speaker
        if several is None or not speaker or not self._memory.spoken:
            return set()
        return {speaker, *(f.actor for f in self._meant(speaker, 0, 0))}

    def _topic(self) -> list[Spoken]:
        """Offer what the document is about: "Its attacks"."""
        topic = self._memory.topic
        if topic is None:
            return []
        return [Spoken(topic, self._memory.sentence - 1, SUBJECT)]

    def _two(self, start: int, end: int, types: Iterable[ActorType]) -> list[Filler]:
        """Resolve "the two countries", "both" to the two that were named together."""
        memory = self._memory
        types = set(types)
        pair = memory.pair
        if (
            len(pair) == 2
            and memory.sentence - memory.paired <= _SENTENCES
            and all(not types or self.type_of(one) in types for one in pair)
        ):
            if self.registry.kin(pair[0].actor, pair[1].actor):
                return []  # "both sides" are not a state and its president
            return [resolved(one.actor, start, end) for one in pair]
        found: dict[str, None] = {}
        for one in (*reversed(self._local), *memory.recent):
            near = memory.sentence - one.sentence <= _SENTENCES
            kind = self.type_of(one.filler)
            if near and kind is not ActorType.PLACE and (not types or kind in types):
                found[one.filler.actor] = None
        return (
            [resolved(actor, start, end) for actor in found] if len(found) == 2 else []
        )


def resolved(actor: str, start: int, end: int) -> Filler:
    """Give an actor that a pronoun or a description means."""
    return Filler(actor, start, end, link="coref", via="pronoun")
