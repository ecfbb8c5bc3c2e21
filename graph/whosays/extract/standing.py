"""Whom each noun phrase stands for: by name, by head noun, by pronoun.

"Aldoria's army" stands for Aldoria; "Aldoria's economy" for nobody. A pronoun or a
generic noun is resolved to the nearest fitting subject, or to nobody; each such end
is marked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from whosays.extract.chunks import quantity
from whosays.extract.document import Registry
from whosays.extract.lexicon import Lexicon
from whosays.extract.nodes import Phrase, Structure, Verb
from whosays.extract.words import Filler
from whosays.model import ActorType

_PERSON = frozenset({"he", "she", "him", "his", "her", "himself", "herself"})
_THING = frozenset({"it", "its", "itself"})
_PLURAL = frozenset({"they", "them", "their", "themselves", "theirs"})
_FIRST = frozenset({"we", "us", "our", "ourselves", "ours"})
_SECOND = frozenset({"you", "your", "yours", "yourselves"})
_SELF = frozenset({"i", "me", "my", "myself"})
_NO_THING = frozenset({ActorType.PERSON, ActorType.PLACE, ActorType.UNNAMED})
_NOBODY = frozenset({"nobody", "none", "anyone", "someone", "everyone"})
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


class Standing:
    """Resolves the phrases of one sentence after another."""

    def __init__(self, registry: Registry, lexicon: Lexicon) -> None:
        """Keep the registry, for the types of actors."""
        self.registry = registry
        self.lexicon = lexicon

    def settle(self, structure: Structure, memory: Memory) -> None:
        """Fill all phrases of a sentence, and remember its actors."""
        self._local: list[tuple[Filler, bool]] = []
        self._memory = memory
        self._structure = structure
        subjects = {id(v.subj) for v in structure.verbs if v.subj is not None}
        self._verb_of = {id(v.subj): v for v in structure.verbs}
        seen: set[int] = set()
        for phrase in sorted(structure.phrases, key=lambda p: (p.first, -p.last)):
            if id(phrase) in seen:
                continue
            seen.add(id(phrase))
            self._possessives(phrase)
            self._fill(phrase, id(phrase) in subjects)
            named = [f for f in phrase.fillers if f.via in ("name", "head", "pronoun")]
            self._local += [(f, id(phrase) in subjects) for f in named]
            self._local += [(f, False) for f in (*phrase.owners, *phrase.mods)]
        for phrase in structure.phrases:
            self._inherit(phrase)
            self._in_person(phrase)
        for verb in structure.verbs:
            self._predicated(verb)
        for filler, subject in self._local:
            memory.note([filler], subject)

    def type_of(self, filler: Filler) -> ActorType | None:
        """Give the type of an actor."""
        actor = self.registry.actors.get(filler.actor)
        return actor.type if actor else None

    def _fill(self, phrase: Phrase, subject: bool) -> None:
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
        kinds = [row["kind"] for row in self.lexicon.heads.get(phrase.noun, ())]
        behind = phrase.mods[-1:] or phrase.owners[-1:]
        if kinds and behind and "@owned" not in phrase.titles:
            via = "head" if "side" in kinds else kinds[0]
            phrase.fillers = [self._headed(replace(behind[0], via=via))]
            return
        if (
            phrase.noun in self.lexicon.generics
            and not behind
            and (phrase.det in ("the", "this", "that") and not phrase.preps)
        ):
            phrase.fillers = self._generic(phrase, word.start, word.end)

    def _headed(self, filler: Filler) -> Filler:
        """Let "Vale's government" stand for whom Vale acts for."""
        actor = self.registry.actors.get(filler.actor)
        if (
            actor is None
            or actor.type is not ActorType.PERSON
            or filler.via != "head"
            or actor.acts_for not in self.registry.actors
        ):
            return filler
        return replace(filler, actor=actor.acts_for, others=())

    def _inherit(self, phrase: Phrase) -> None:
        """Take over whom "leader of the Front", "groups such as the Front" name."""
        if phrase.fillers:
            return
        kinds = [row["kind"] for row in self.lexicon.heads.get(phrase.noun, ())]
        words = self._structure.words
        for preposition, inner in phrase.preps:
            if not inner.fillers:
                self._inherit(inner)
            if phrase.noun in _NOBODY and preposition in ("in", "of", "from", "at"):
                phrase.fillers = inner.actors()
                return
            if preposition == "such as":
                phrase.fillers = inner.actors()
                return
            if preposition not in ("of", "from", "for", "among"):
                continue
            if preposition == "of" and quantity(phrase, words):
                phrase.fillers = inner.actors()
                return
            named = [f for f in inner.actors() if f.via in ("name", "pronoun", "head")]
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

    def _predicated(self, verb: Verb) -> None:
        """Let "a fleet" of "Aldoria's guard is a fleet operating off" be the guard."""
        if verb.lemmas[-1:] != ("be",) or verb.subj is None or verb.pred is None:
            return
        known = verb.pred.noun in self.lexicon.generics
        if known and not verb.pred.fillers and verb.pred.det in ("a", "an"):
            verb.pred.fillers = verb.subj.actors()

    def _in_person(self, phrase: Phrase) -> None:
        """Let "Aldoria's president, Oren Vale," be Oren Vale."""
        if any(filler.via == "head" for filler in phrase.fillers):
            for named in phrase.appositions:
                if any(self.type_of(f) is ActorType.PERSON for f in named.fillers):
                    phrase.fillers = named.fillers

    def _possessives(self, phrase: Phrase) -> None:
        words = self._structure.words
        for title in phrase.titles:
            if title.startswith("@") and title[1:].isdigit():
                word = words[int(title[1:])]
                found = self._pronoun(word.low, word.start, word.end, phrase)
                phrase.owners = [*phrase.owners, *found[:1]]

    def _pronoun(self, low: str, start: int, end: int, phrase: Phrase) -> list[Filler]:
        if low in _FIRST:
            return self._we(start, end)
        if low in _SECOND:
            return self._addressed(start, end)
        if low in _SELF:
            speaker = self._speaker() or self._memory.voice
            return [_at(speaker, start, end)] if speaker else []
        if low in _PERSON:
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
            for filler, subject in reversed(self._local):
                if subject and filler.via == "pronoun":
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
                if not phrase.fillers and (
                    not phrase.pronoun or phrase.noun in _PERSON
                ):
                    self._fill(phrase, True)
                    self._inherit(phrase)
                if phrase.fillers:
                    return phrase.fillers[0].actor
        return ""

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


def subject_of(verb: Verb) -> list[Filler]:
    """Give the actors that do what an active verb says."""
    return verb.subj.actors() if verb.subj is not None else []
