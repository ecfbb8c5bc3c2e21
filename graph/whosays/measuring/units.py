"""When a prediction is a hit: five measures from narrow to wide, one match per claim.

Matching is one to one within a passage. A prediction that fits a matched claim once
more, or an optional one, is neither a hit nor wrong.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from whosays.extract.document import Registry
from whosays.measuring.records import Claim, Prediction, Said
from whosays.model import Family, Relation

METRICS = ("strict", "without stance", "family", "relaxed", "pair")
"""What must be the same, from everything to the two ends only."""

_BY_FORCE = -2  # polarity of relations that use force


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A prediction and the claims that it found: equal ones of several speakers."""

    prediction: Prediction
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What became of the predictions and of the claims of one passage."""

    hits: tuple[Hit, ...] = ()
    wrong: tuple[Prediction, ...] = ()
    missed: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Judge:
    """Decides by the registry (who is kin) and the ontology (which relations are)."""

    registry: Registry
    relations: Mapping[str, Relation]

    def match(
        self,
        metric: str,
        predictions: Iterable[Prediction],
        gold: Sequence[Claim],
        optional: Sequence[Claim] = (),
    ) -> Matching:
        """Match predictions in their order, equal ends before those of kin."""
        units: dict[Hashable, list[Claim]] = {}
        for claim in gold:
            units.setdefault(self.key(metric, claim), []).append(claim)
        free = dict(units)
        hits: list[Hit] = []
        wrong: dict[Hashable, Prediction] = {}
        for one in predictions:
            key = self.key(metric, one)
            if key not in free:
                fits = (
                    k for k, unit in free.items() if self.fits(metric, one, unit[0])
                )
                key = next(fits, key)
            if key in free:
                hits.append(Hit(prediction=one, claims=tuple(free.pop(key))))
            elif not any(
                self.fits(metric, one, claim)
                for claim in (*(unit[0] for unit in units.values()), *optional)
            ):
                wrong.setdefault(key, one)
        return Matching(
            hits=tuple(hits),
            wrong=tuple(wrong.values()),
            missed=tuple(unit[0] for unit in free.values()),
        )

    def key(self, metric: str, said: Said) -> Hashable:
        """Give what two that count once have in common."""
        ends: Hashable = (said.subject, said.object)
        if metric == "pair":
            return frozenset((said.subject, said.object))
        if metric in ("family", "relaxed"):
            kind = self._kind(metric, said.relation)
            return frozenset((said.subject, said.object)), kind, said.stance
        relation = self.relations.get(said.relation)
        if relation is not None and relation.symmetric:
            ends = frozenset((said.subject, said.object))
        stance = said.stance if metric == "strict" else ""
        return ends, said.relation, stance

    def fits(self, metric: str, one: Said, other: Said) -> bool:
        """Tell whether two are the same by a metric."""
        if metric in ("strict", "without stance"):
            return self.key(metric, one) == self.key(metric, other)
        if not self._ends(one, other):
            return False
        if metric == "pair":
            return True
        kind = self._kind(metric, one.relation)
        same = kind is not None and kind == self._kind(metric, other.relation)
        return same and one.stance == other.stance

    def _ends(self, one: Said, other: Said) -> bool:
        """Tell whether the ends are the same, in either order, up to kinship."""
        alike = self._alike
        return (
            alike(one.subject, other.subject) and alike(one.object, other.object)
        ) or (alike(one.subject, other.object) and alike(one.object, other.subject))

    def _alike(self, one: str, other: str) -> bool:
        return one == other or self.registry.kin(one, other)

    def _kind(self, metric: str, relation: str) -> tuple[Family, bool] | None:
        """Give the family; *family* parts force from hostility, mutual from help."""
        known = self.relations.get(relation)
        if known is None:
            return None
        side = False
        if metric == "family" and known.family is Family.HOSTILITY:
            side = known.polarity <= _BY_FORCE
        if metric == "family" and known.family is Family.COOPERATION:
            side = known.symmetric
        return known.family, side
