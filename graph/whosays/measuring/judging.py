"""One passage: its statements against what was found in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from whosays.measuring.cooccurrence import CoOccurrence
from whosays.measuring.records import Gold, Passage, Prediction
from whosays.measuring.units import METRICS, Judge, Matching
from whosays.measuring.voices import judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one passage, by every metric; figures are sums of these.

    ``gold`` names the gold. ``stances``, ``speakers`` and ``modalities`` pair what
    stands there with what was read: stances of hits without stance, the other two of
    strict hits. ``named`` counts the actors that the floor finds; ``floor`` is its
    matching by *pair*.
    """

    gold: str
    passage: Passage
    found: tuple[Prediction, ...]
    matched: Mapping[str, Matching]
    floor: Matching
    named: int
    stances: tuple[tuple[str, str], ...]
    speakers: tuple[tuple[str, str], ...]
    modalities: tuple[tuple[str, str], ...]

    @property
    def empty(self) -> bool:
        """Tell whether nothing is claimed here, not even optionally."""
        return not self.passage.gold and not self.passage.optional


class Jury:
    """Judges the passages of one gold."""

    def __init__(self, gold: Gold) -> None:
        """Make the judge and the floor ready for the gold's registry."""
        from whosays.extract.running import registry_of

        self._gold = gold
        registry = registry_of(gold.collection)
        self._judge = Judge(registry, gold.collection.relations)
        self._floor = CoOccurrence(registry)

    def outcome(self, passage: Passage, found: Sequence[Prediction]) -> Outcome:
        """Match what was found in a passage, by tier and then by id."""
        ordered = sorted(found, key=lambda one: (one.tier or "~", one.id))
        match = self._judge.match
        matched = {
            metric: match(metric, ordered, passage.gold, passage.optional)
            for metric in METRICS
        }
        named = self._floor.named(passage.text)
        related = self._floor.predictions(passage.text)
        strict = matched["strict"].hits
        return Outcome(
            gold=self._gold.name,
            passage=passage,
            found=tuple(ordered),
            matched=matched,
            floor=match("pair", related, passage.gold, passage.optional),
            named=len(named),
            stances=tuple(
                (_stance([c.stance for c in hit.claims], hit.prediction.stance))
                for hit in matched["without stance"].hits
            ),
            speakers=tuple(judged(hit, passage.voice) for hit in strict),
            modalities=tuple(
                (_stance([c.modality for c in hit.claims], hit.prediction.modality))
                for hit in strict
            ),
        )


def _stance(known: Sequence[str], said: str) -> tuple[str, str]:
    """Pair what was read with an equal value of the gold, if one of several is."""
    return (said if said in known else known[0]), said
