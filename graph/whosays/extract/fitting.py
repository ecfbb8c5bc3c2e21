"""Which actors fit which end of a relation: types of actors, kin, and how they are named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from whosays.extract.document import Registry
from whosays.extract.lexicon import Lexicon, Row
from whosays.extract.nodes import Structure
from whosays.extract.proposals import Proposal
from whosays.extract.words import Filler
from whosays.model import ActorType

_PLACES = frozenset(
    {
        "attacks",
        "controls",
        "intervenes-in",
        "interferes-in",
        "deploys-to",
        "withdraws-from",
        "defends",
        "threatens",
        "part-of",
    }
)
_DEEDS = frozenset(
    {
        "opposes",
        "supports",
        "intervenes-in",
        "interferes-in",
        "defends",
        "uses",
        "harbours",
        "funds",
        "represses",
    }
)
_AFFAIRS = frozenset({"intervenes-in", "interferes-in"})
PLACES_ONLY = frozenset({"intervenes-in", "deploys-to", "withdraws-from", "controls"})
"""Relations whose object is a place, or a state as a place."""
_PLACE_OBJECTS = PLACES_ONLY | {
    "interferes-in",
    "defends",
    "part-of",
    "attacks",
    "threatens",
}
STANDING = frozenset({"commands", "leads", "part-of", "member-of"})
"""Relations that the registry may state by itself."""
_AMONG_KIN = STANDING | {
    "affiliated-with",
    "created",
    "controls",
    "uses",
    "opposes",
    "represses",
    "sanctions",
    "attacks",
    "fights",
    "detains",
}
SYMMETRIC = frozenset(
    {"fights", "cooperates-with", "allied-with", "trades-with", "negotiates-with"}
)


_NO_BODIES = frozenset({ActorType.STATE, ActorType.PERSON, ActorType.PEOPLE})
"""Types of actors that nobody is a member of."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue with its two ends, before types are checked."""

    first: int
    last: int
    subjects: list[Filler]
    objects: list[Filler]
    row: Row
    relation: str
    inverted: bool = False


class Fitting:
    """Checks the ends of hits."""

    def __init__(self, lexicon: Lexicon, registry: Registry) -> None:
        """Keep tables and registry."""
        self.lexicon = lexicon
        self.registry = registry

    def _checked(self, hit: Hit, structure: Structure) -> Iterator[Proposal]:
        words = structure.words
        cue = (words[hit.first].start, words[hit.last].end)
        subjects, objects = hit.subjects, hit.objects
        if hit.inverted:
            subjects, objects = objects, subjects
        symmetric = hit.relation in SYMMETRIC
        relation = hit.relation
        done: set[frozenset[str]] = set()
        for subject in subjects:
            if hit.relation == "part-of":  # a person is no part of a party
                relation = "member-of" if self._is_person(subject) else hit.relation
            for object_ in map(self._sited(relation), objects):
                pair = frozenset((subject.actor, object_.actor))
                if symmetric and pair in done:
                    continue
                if self._outdone(hit.row, subject, object_):
                    continue
                if self._fit(subject, object_, relation):
                    done.add(pair)
                    yield Proposal(cue, subject, object_, relation, hit.row["id"])

    def _outdone(self, row: Row, subject: Filler, object_: Filler) -> bool:
        """Tell whether another row of the same verb says it better of these ends.

        A place is held, others are under somebody's control; a town that is overrun
        is taken; a person belongs to a group as a member, a group as a part.
        """
        person = self._is_person(subject)
        for own, other, better in (
            ("-sways", "-controls", bool(object_.place)),
            (
                "-attacks",
                "-controls",
                self._is_place(object_) and object_.via != "asset",
            ),
            ("-member-of", "-part-of", not person),
            ("-part-of", "-member-of", person),
        ):
            stem = row["id"].removesuffix(own)
            if better and stem != row["id"] and f"{stem}{other}" in self.lexicon.by_id:
                return True
        return False

    def _sited(self, relation: str) -> Callable[[Filler], Filler]:
        """Let "it" be the place spoken of where only a place can be meant."""

        def sited(filler: Filler) -> Filler:
            if relation not in PLACES_ONLY or not filler.place:
                return filler
            return replace(filler, actor=filler.place)

        return sited

    def _is_person(self, filler: Filler) -> bool:
        actor = self.registry.actors.get(filler.actor)
        return actor is not None and actor.type is ActorType.PERSON

    def _type(self, filler: Filler) -> ActorType | None:
        actor = self.registry.actors.get(filler.actor)
        return actor.type if actor else None

    def _is_place(self, filler: Filler) -> bool:
        return self._type(filler) in (ActorType.PLACE, ActorType.STATE)

    def _is_state(self, filler: Filler) -> bool:
        actor = self.registry.actors.get(filler.actor)
        return actor is not None and actor.type is ActorType.STATE

    def _fit(self, subject: Filler, object_: Filler, relation: str) -> bool:
        if subject.actor == object_.actor:
            return False
        first = self.registry.actors.get(subject.actor)
        second = self.registry.actors.get(object_.actor)
        if first is None or second is None:
            return False
        if first.type is ActorType.PLACE and relation != "part-of":
            return False
        if second.type is ActorType.PLACE and relation not in _PLACE_OBJECTS:
            return False
        if relation in PLACES_ONLY and not self._is_place(object_):
            return False
        if relation == "member-of" and (
            subject.via == "head" or second.type in _NO_BODIES
        ):
            return False
        if subject.via in ("asset", "affair", "deed"):
            return False
        if relation == "negotiates-with" and ActorType.MEDIA_OUTLET in (
            first.type,
            second.type,
        ):
            return False  # "spoke with the Harbour Post"
        if relation == "becomes" and {subject.via, object_.via} & {"head", "asset"}:
            return False
        if relation == "controls" and object_.via in ("head", "asset"):
            return False
        if (
            relation == "detains"
            and object_.via in ("name", "asset")
            and second.type in (ActorType.PLACE, ActorType.STATE)
        ):
            return False
        if object_.via == "asset" and relation not in _PLACES | {"harbours"}:
            return False
        if object_.via == "deed" and relation not in _DEEDS:
            return False
        if object_.via == "affair" and relation not in _AFFAIRS:
            return False
        if relation == "opposes" and second.type is ActorType.PLACE:
            return False
        kin = second.type is not ActorType.PLACE and self.registry.kin(
            subject.actor, object_.actor
        )
        return not kin or relation in _AMONG_KIN
