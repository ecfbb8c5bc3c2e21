"""What a speaker conveys: the result of reading a scope."""

from __future__ import annotations

from dataclasses import dataclass, field

from whosays.extract.nodes import Phrase
from whosays.extract.records import ModalityName, StanceName

_RANK: dict[ModalityName, int] = {
    "asserted": 0,
    "hedged": 1,
    "possible": 2,
    "future": 3,
}


@dataclass(slots=True)
class Reading:
    """What a speaker conveys; ``dropped`` says why nothing is conveyed.

    ``sources`` are the phrases that speak, innermost first.
    """

    sign: int = 1
    question: bool = False
    modality: ModalityName = "asserted"
    sources: list[Phrase] = field(default_factory=list)
    dropped: str = ""
    operators: list[str] = field(default_factory=list)
    passed: list[Phrase] = field(default_factory=list)
    stopped: bool = False
    author: bool = False
    claimed: tuple[Phrase, int] | None = None
    """Whose claim it is that another takes a stance on, and the sign it has there."""

    def disputed(self) -> Reading | None:
        """Give what is conveyed by whom another contradicts: "A's charge that …"."""
        if self.claimed is None or self.question or self.dropped or not self.sources:
            return None
        owner, sign = self.claimed
        first = {one.actor for one in self.sources[0].actors()}
        own = {one.actor for one in owner.actors()}
        if sign == self.sign or not first or not own or first & own:
            return None
        return Reading(sign=sign, modality=self.modality, sources=[owner])

    @property
    def stance(self) -> StanceName:
        """The stance of the innermost source."""
        if self.question:
            return "questions"
        return "affirms" if self.sign > 0 else "denies"

    def hedge(self, modality: ModalityName) -> None:
        """Let the stronger modality win."""
        if _RANK[modality] > _RANK[self.modality]:
            self.modality = modality
