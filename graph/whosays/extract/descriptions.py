"""Whom a description means: "the group", "the army", "the council", "the country".

The nearest actor of the right type that was spoken of; else whom those spoken of belong
to or act for, since "the army" of a general is his own.
"""

from __future__ import annotations

from dataclasses import replace

from whosays.extract.mates import clause_mates
from whosays.extract.nodes import Phrase
from whosays.extract.pronouns import Pronouns, resolved
from whosays.extract.words import Filler
from whosays.model import ActorType

_BODIES = frozenset({ActorType.ARMED_FORCE, ActorType.GOVERNMENT})


class Descriptions(Pronouns):
    """Resolves nouns behind "the"."""

    def _generic(self, phrase: Phrase, start: int, end: int) -> list[Filler]:
        words = self._structure.words[phrase.first + 1 : phrase.head + 1]
        if any(word.text[:1].isupper() for word in words):
            return []  # "the Dun Brigade" is somebody of that name
        types = {
            ActorType(kind)
            for row in self.lexicon.generics[phrase.noun]
            for kind in row["types"].split(";")
        }
        lows = {word.low for word in (self._structure.words[phrase.first], *words)}
        if lows & {"two", "both"}:
            return self._two(start, end, types)
        low = self._structure.words[phrase.head].low
        if low.endswith("s") and low != phrase.noun.rpartition(" ")[2]:
            return []  # "the groups", "the countries" are no single one
        namesake = self._namesake(phrase)
        if namesake:
            return [resolved(namesake, start, end)]
        found = self._nearest(start, end, phrase, types, ())
        found = found or self._of_state(start, end, phrase, types)
        return found or self._above(start, end, phrase, types)

    def _namesake(self, phrase: Phrase) -> str:
        """Find whom "the council" names of those spoken of: the River Council."""
        for one in (*reversed(self._local), *self._memory.recent):
            actor = self.registry.actors.get(one.filler.actor)
            if (
                actor is not None
                and actor.label.lower().endswith(f" {phrase.noun}")
                and actor.slug
                not in clause_mates(phrase, self._structure, self.lexicon)
            ):
                return actor.slug
        return ""

    def _of_state(
        self, start: int, end: int, phrase: Phrase, types: set[ActorType]
    ) -> list[Filler]:
        """Resolve "the army", "the government" to that of the state spoken of."""
        kinds = self._bodily(phrase, types)
        if not kinds:
            return []
        own = [
            one
            for one in clause_mates(phrase, self._structure, self.lexicon)
            if self._is_state(one)
        ]
        spoken_of = own or [self._memory.bodies.get(phrase.noun, "")]
        state = [resolved(one, start, end) for one in spoken_of if one]
        state = state or self._nearest(start, end, phrase, {ActorType.STATE}, ())
        if not state:
            return []
        body = self._body(state[0].actor, kinds)
        if body:
            return [resolved(body, start, end)]
        return [] if own else state

    def _is_state(self, slug: str) -> bool:
        actor = self.registry.actors.get(slug)
        return actor is not None and actor.type is ActorType.STATE

    def _above(
        self, start: int, end: int, phrase: Phrase, types: set[ActorType]
    ) -> list[Filler]:
        """Resolve "the country", "the army" to whom those spoken of belong to."""
        actors = self.registry.actors
        mates = clause_mates(phrase, self._structure, self.lexicon)
        if any(self._is_state(one) for one in mates):
            return []
        spoken = [
            one.filler.actor for one in (*self._local[::-1], *self._memory.recent)
        ]
        named = [one.mention.actor for one in self._structure.words if one.mention]
        for slug in dict.fromkeys((*spoken, *named)):
            actor = actors.get(slug)
            for _ in range(3):
                actor = actors.get((actor.acts_for or actor.parent) if actor else "")
                if (
                    actor is not None
                    and actor.type in types
                    and actor.slug not in mates
                ):
                    return [resolved(actor.slug, start, end)]
                if actor is not None and actor.type is ActorType.STATE:
                    found = self._body(actor.slug, self._bodily(phrase, types))
                    if found:
                        return [resolved(found, start, end)]
        return []

    def _bodily(self, phrase: Phrase, types: set[ActorType]) -> set[ActorType]:
        """Give which bodies of a state a description may mean."""
        sides = [row["kind"] for row in self.lexicon.heads.get(phrase.noun, ())]
        return types & _BODIES if "side" in sides else set()

    def _acted_for(self, phrase: Phrase, owner: Filler) -> list[Filler]:
        """Let "her country" be the one that the minister acts for."""
        actor = self.registry.actors.get(owner.actor)
        above = self.registry.actors.get(actor.acts_for if actor else "")
        if above is None or not any(
            above.type in row["types"].split(";")
            for row in self.lexicon.generics[phrase.noun]
        ):
            return []
        return [replace(owner, actor=above.slug, via="head", others=())]

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

    def _body(self, state: str, kinds: set[ActorType]) -> str:
        """Find the only army, or government, of a state."""
        found = [
            actor.slug
            for actor in self.registry.actors.values()
            if actor.parent == state and actor.type in kinds
        ]
        return found[0] if len(found) == 1 else ""

    def _fellow(self, phrase: Phrase, low: str) -> list[Filler]:
        """Find who is named right before: "Aldoria's army and its Belmarkian allies"."""
        if low not in ("its", "their"):
            return []
        place = next((i for i, p in enumerate(phrase.members) if p is phrase), 0)
        other = phrase.members[place - 1] if place else phrase
        while not other.fillers and other.preps:
            other = other.preps[-1][1]  # "in support of the Front and its allies"
        before = other.fillers[:1] if place else []
        word = self._structure.words[phrase.first]
        return [
            replace(one, start=word.start, end=word.end, link="coref", via="pronoun")
            for one in before
        ]
