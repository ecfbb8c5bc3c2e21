"""Who was spoken of lately, and who speaks: what a pronoun can look back to."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from whosays.extract.nodes import Structure
from whosays.extract.words import Filler

_BACK = 14
MAIN, SUBJECT, OBJECT, OTHER = 3.0, 2.0, 1.2, 0.5
"""How much the place of an actor in its sentence recommends it to a pronoun."""


class Spoken(NamedTuple):
    """An actor that was spoken of: in which sentence, in which place.

    ``several`` tells that its words are plural: "the Belmarkers", "the Brigades".
    """

    filler: Filler
    sentence: int
    place: float
    several: bool = False


@dataclass(slots=True)
class Memory:
    """Who was spoken of lately, latest first, and who speaks.

    ``speaker`` is whose turn or quotation it is; ``we`` maps speakers to whom they
    mean by "we". ``voice`` is the source's default voice: the author, or the guest
    where a talk is ``spoken``; ``topic`` the first subject of the document.
    ``pair`` are those that were named together last; ``genders`` the pronouns that
    persons had; ``bodies`` whose army or cabinet was spoken of; ``others`` are persons
    that no actor of the registry is, and whom "he" may mean all the same.
    """

    recent: deque[Spoken] = field(default_factory=lambda: deque(maxlen=_BACK))
    speaker: str = ""
    we: Mapping[str, str] = field(default_factory=dict)
    voice: str = ""
    spoken: bool = False
    topic: Filler | None = None
    sentence: int = 0
    pair: tuple[Filler, ...] = ()
    paired: int = 0
    listed: bool = False
    genders: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    others: deque[Spoken] = field(default_factory=lambda: deque(maxlen=_BACK))

    def note(self, spoken: Spoken) -> None:
        """Remember an actor that was named."""
        self.recent.appendleft(spoken)
        if spoken.place >= SUBJECT and self.topic is None:
            self.topic = spoken.filler

    def meet(self, stranger: Filler, place: float) -> None:
        """Remember a person who is no actor."""
        self.others.appendleft(Spoken(stranger, self.sentence, place))


def places(structure: Structure) -> dict[int, float]:
    """Tell of each phrase whether it leads its sentence, a clause, or is an object."""
    found: dict[int, float] = {}
    for verb in structure.verbs:
        lead = SUBJECT if verb.link in ("rel", "advcl", "xcomp") else MAIN
        if verb.link == "ccomp":
            lead = 2.5
        for phrase, place in (
            (verb.subj, lead),
            (verb.obj, OBJECT),
            (verb.obj2, OBJECT),
            *(
                (one, lead - 0.3 if verb.passive and name == "by" else OBJECT - 0.2)
                for name, one in verb.obl
            ),
        ):
            for member in phrase.all if phrase is not None else ():
                found[id(member)] = max(place, found.get(id(member), 0.0))
    return found
