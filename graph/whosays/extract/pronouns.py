"""Whom a pronoun or a generic noun means: the nearest actor spoken of that fits, or nobody.

Each end that is found in this way is marked. "We" and "you" need to be told by the
source whom a speaker speaks for.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from whosays.extract.document import Registry
from whosays.extract.lexicon import Lexicon
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
_SINGLE = frozenset(
    {ActorType.PERSON, ActorType.UNNAMED, ActorType.MEDIA_OUTLET, ActorType.PLACE}
)
_BACK = 6
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


@dataclass(slots=True)
class Memory:
    """Who was spoken of lately, latest first, and who speaks.

    ``speaker`` is whose turn or quotation it is; ``we`` maps speakers to whom they
    mean by "we". ``voice`` is the source's default voice: the author, or the guest
    where a talk is ``spoken``; ``topic`` the first subject of the document.
    """

    recent: deque[tuple[Filler, bool]] = field(
        default_factory=lambda: deque(maxlen=_BACK)
    )
    speaker: str = ""
    we: Mapping[str, str] = field(default_factory=dict)
    voice: str = ""
    spoken: bool = False
    topic: Filler | None = None

    def note(self, fillers: Iterable[Filler], subject: bool) -> None:
        """Remember actors that were named."""
        for filler in fillers:
            self.recent.appendleft((filler, subject))
            if subject and self.topic is None:
                self.topic = filler


class Pronouns:
    """Resolves pronouns of one sentence after another."""

    _local: list[tuple[Filler, bool]]
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
            return [_at(speaker, start, end)] if speaker else []
        if low in PERSON:
            return self._nearest(start, end, phrase, {ActorType.PERSON}, ())
        if low in _THING and not self._pleonastic(phrase):
            found = self._nearest(start, end, phrase, (), _NO_THING)
            where = self._nearest(start, end, phrase, {ActorType.PLACE}, ())
            if found and where:
                return [replace(found[0], place=where[0].actor)]
            return found or where
        if low in _PLURAL:
            return self._several(start, end, phrase)
        return []

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
        together = self._together(phrase, start, end)
        if together:
            return together
        if id(phrase) in self._verb_of:  # "they robbed A as they have robbed B"
            for filler, leading in reversed(self._local):
                if leading and filler.via == "pronoun":
                    return [_at(filler.actor, start, end)]
        pool = [*reversed(self._local), *self._memory.recent]
        clause = self._clause_mates(phrase)
        groups = {
            filler.actor
            for filler, _ in pool[:_BACK]
            if self.type_of(filler) in PLURAL and filler.actor not in clause
        }
        if len(groups) == 1:
            return [_at(groups.pop(), start, end)]
        subjects = [
            filler
            for filler, subject in pool[:_BACK]
            if subject and self.type_of(filler) in PLURAL and filler.actor not in clause
        ]
        return [_at(subjects[0].actor, start, end)] if subjects else []

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
                    return [_at(filler.actor, start, end) for filler in actors]
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
                or verb.lemma in ("seem", "appear", "happen")
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
        if not meant and actor is not None and actor.type not in _SINGLE:
            meant = speaker
        return [_at(meant, start, end)] if meant in self.registry.actors else []

    def _generic(self, phrase: Phrase, start: int, end: int) -> list[Filler]:
        types = {
            ActorType(kind)
            for row in self.lexicon.generics[phrase.noun]
            for kind in row["types"].split(";")
        }
        return self._nearest(start, end, phrase, types, ())

    def _nearest(
        self,
        start: int,
        end: int,
        phrase: Phrase,
        only: Iterable[ActorType],
        never: Iterable[ActorType],
    ) -> list[Filler]:
        """Choose the latest subject that fits, else the latest actor that fits."""
        only, never = set(only), set(never)
        clause = self._clause_mates(phrase)
        local = list(reversed(self._local))
        objects = (
            any(
                phrase in (v.obj, *(p for _, p in v.obl)) for v in self._structure.verbs
            )
            and phrase.pronoun
        )
        for wanted, pool in (
            *(((None, local),) if objects else ()),
            (True, local),
            (False, local),
            (True, self._memory.recent),
            (True, self._topic()),
            (False, self._memory.recent),
        ):
            for filler, subject in pool:
                if (wanted and not subject) or (wanted is None and subject):
                    continue
                kind = self.type_of(filler)
                if (only and kind not in only) or kind in never:
                    continue
                if filler.actor in clause or filler.via not in (
                    "name",
                    "head",
                    "pronoun",
                ):
                    continue
                return [_at(filler.actor, start, end)]
        return []

    def _topic(self) -> list[tuple[Filler, bool]]:
        """Offer what the document is about: "Its attacks"."""
        topic = self._memory.topic
        return [(topic, True)] if topic is not None else []

    def _clause_mates(self, phrase: Phrase) -> set[str]:
        """Name the subject of the clause in which a pronoun is the object."""
        if phrase.pronoun or (
            phrase.noun in self.lexicon.heads or phrase.noun in self.lexicon.predicates
        ):
            for verb in self._structure.verbs:
                objects = [verb.obj, verb.obj2, *(p for _, p in verb.obl)]
                objects += verb.pred.all if verb.pred is not None else []
                if any(phrase is one for one in objects) and verb.subj is not None:
                    return {f.actor for f in verb.subj.actors()}
        return set()


def _at(actor: str, start: int, end: int) -> Filler:
    return Filler(actor, start, end, link="coref", via="pronoun")
