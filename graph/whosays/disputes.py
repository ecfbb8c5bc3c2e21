"""Disagreement as a result: who affirms what others deny, and what cannot both hold.

Statements dispute when one affirms and the other denies the same thing, or a special
case of it, in the same mood, with times and places that can meet; or when two affirmed
relations of one pair exclude each other. An index over statements finds the pairs: the
cost grows with statements plus findings, not with pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from whosays import dates, ids, vocab
from whosays.model import (
    Collection,
    Dispute,
    DisputeKind,
    Ends,
    Family,
    Issue,
    Modality,
    Mood,
    Relation,
    Stance,
    Statement,
    Strength,
)

BASE = {
    DisputeKind.DIRECT: 1.0,
    DisputeKind.ENTAILED: 0.8,
    DisputeKind.RELATIONAL: 0.6,
    DisputeKind.PARTIAL: 0.5,
    DisputeKind.TENSE: 0.3,
}
"""Where the score of each kind starts; the factors below only lower it."""

ONLY_DENIAL_DATED = 0.8
ONLY_DENIAL_PLACED = 0.8
NOT_REALIS = 0.7
A_SIDE_SUSPECTED = 0.8
NOT_BOTH_DATED = 0.8

_Key = tuple[str, str, str]


def find(collection: Collection) -> list[Dispute]:
    """Find all disputes, best score first; a voice against itself is marked ``own``.

    An affirmation travels up (part to whole, narrow to wide), a denial travels down.
    Only a symmetric affirmed relation may be turned round: to be attacked is not yet
    to fight.
    """
    finder = _Finder(collection)
    found = [*finder.contradictions(), *finder.collisions()]
    return sorted(found, key=lambda dispute: (-dispute.score, dispute.id))


def issues(collection: Collection, disputes: Iterable[Dispute]) -> list[Issue]:
    """Fold disputes into issues, one per pair of actors at the top of their chains.

    Issues touching most sources come first, then those with the best score. What one
    voice says against itself is a question to the curator and makes no issue.
    """
    statements = {statement.id: statement for statement in collection.statements}
    members: dict[tuple[str, str], list[Dispute]] = defaultdict(list)
    for dispute in disputes:
        if not dispute.own:
            affirmed = statements[dispute.affirmed]
            first, second = sorted(
                (collection.top(affirmed.subject), collection.top(affirmed.object))
            )
            members[first, second].append(dispute)
    found = [_issue(pair, group, statements) for pair, group in members.items()]
    return sorted(found, key=lambda i: (-len(i.sources), -i.score, i.id))


def _issue(
    pair: tuple[str, str], group: list[Dispute], statements: dict[str, Statement]
) -> Issue:
    group.sort(key=lambda dispute: (-dispute.score, dispute.id))
    sides = [
        (statements[dispute.affirmed], statements[dispute.contested])
        for dispute in group
    ]
    both = [statement for side in sides for statement in side]
    propositions = dict.fromkeys((a.proposition, b.proposition) for a, b in sides)
    return Issue(
        id="_".join(pair),
        actors=pair,
        score=group[0].score,
        disputes=tuple(dispute.id for dispute in group),
        propositions=tuple(propositions),
        voices=tuple(sorted({statement.voice for statement in both})),
        sources=tuple(sorted({statement.source for statement in both})),
        camp=all(dispute.camp for dispute in group),
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """A statement with what comparing needs, computed once."""

    statement: Statement
    period: dates.Edtf | None
    places: frozenset[str]
    within: frozenset[str]


class _Finder:
    """The index: affirmed and denied statements by proposition, mood and pair."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self.relations = collection.relations
        self.lineage = lru_cache(maxsize=None)(collection.lineage)
        self.affirmed: dict[tuple[Mood, _Key], list[_Side]] = defaultdict(list)
        self.denied: dict[tuple[Mood, _Key], list[_Side]] = defaultdict(list)
        # A file listed twice, or one id in two files, must not count twice.
        unique = {statement.id: statement for statement in collection.statements}
        for statement in unique.values():
            if statement.counts and statement.stance in (Stance.AFFIRMS, Stance.DENIES):
                affirms = statement.stance is Stance.AFFIRMS
                table = self.affirmed if affirms else self.denied
                key = (statement.subject, statement.relation, statement.object)
                table[statement.mood, key].append(self._side(statement))

    def _side(self, statement: Statement) -> _Side:
        return _Side(
            statement,
            _period(statement.valid),
            frozenset(statement.place),
            frozenset(p for place in statement.place for p in self.lineage(place)),
        )

    def contradictions(self) -> Iterator[Dispute]:
        """Yield what one side affirms and the other denies."""
        for (mood, key), sides in self.affirmed.items():
            own_keys = self._same(key)
            for wider in self._wider(key):
                kind = DisputeKind.DIRECT if wider in own_keys else DisputeKind.ENTAILED
                yield from self._pairs(kind, sides, self.denied.get((mood, wider), ()))
        for (mood, key), sides in self.denied.items():
            for wider in self._whole(key):
                affirmed = self.affirmed.get((mood, wider), ())
                yield from self._pairs(DisputeKind.PARTIAL, affirmed, sides)

    def collisions(self) -> Iterator[Dispute]:
        """Yield affirmed relations of one pair that cannot, or hardly, both hold."""
        table = _collisions(self.collection)
        pairs: dict[tuple[str, str], dict[str, list[_Side]]] = defaultdict(dict)
        for (mood, (subject, relation, object)), sides in self.affirmed.items():
            if mood is Mood.REALIS:
                pairs[subject, object].setdefault(relation, []).extend(sides)
        done: set[tuple[str, str, DisputeKind]] = set()
        for (subject, object), by_relation in pairs.items():
            turned = pairs.get((object, subject), {})
            for (first, second, ends), strength in table.items():
                if first not in by_relation:
                    continue
                kind = (
                    DisputeKind.RELATIONAL
                    if strength is Strength.STRONG
                    else DisputeKind.TENSE
                )
                for other in self._facing(first, second, ends, by_relation, turned):
                    for dispute in self._pairs(kind, by_relation[first], other):
                        mark = (dispute.affirmed, dispute.contested, dispute.kind)
                        if mark not in done:
                            done.add(mark)
                            yield dispute

    def _facing(
        self,
        first: str,
        second: str,
        ends: Ends,
        straight: dict[str, list[_Side]],
        turned: dict[str, list[_Side]],
    ) -> Iterator[Sequence[_Side]]:
        """Yield the statements whose ends lie as the incompatibility demands."""
        symmetric = self.relations[first].symmetric or self.relations[second].symmetric
        if (ends is not Ends.CROSSED or symmetric) and second in straight:
            yield straight[second]
        if (ends is not Ends.SAME or symmetric) and second in turned:
            yield turned[second]

    def _same(self, key: _Key) -> set[_Key]:
        subject, relation, object = key
        if self.relations[relation].symmetric:
            return {key, (object, relation, subject)}
        return {key}

    def _wider(self, key: _Key) -> Iterator[_Key]:
        """Yield the proposition itself and all that it is a special case of."""
        _, name, _ = key
        relation = self.relations[name]
        found: set[_Key] = set()
        for subject, _, object in self._same(key):
            for wider in vocab.implied(self.relations, name):
                for s in self._up(subject, relation.rolls_up_subject):
                    for o in self._up(object, relation.rolls_up_object):
                        found.add((s, wider, o))
        yield from sorted(found)

    def _whole(self, key: _Key) -> Iterator[_Key]:
        """Yield the propositions about the wholes whose part a denial is about.

        Not through the object of a space relation: absence from a town says nothing
        against presence in the country.
        """
        _, name, _ = key
        relation = self.relations[name]
        through_object = relation.rolls_up_object and relation.family != Family.SPACE
        found: set[_Key] = set()
        for subject, _, object in self._same(key):
            for s in self._up(subject, relation.rolls_up_subject):
                for o in self._up(object, through_object):
                    found.add((s, name, o))
        yield from sorted(found - self._same(key))

    def _up(self, slug: str, allowed: bool) -> tuple[str, ...]:
        return self.lineage(slug) if allowed else (slug,)

    def _pairs(
        self, kind: DisputeKind, first: Sequence[_Side], second: Sequence[_Side]
    ) -> Iterator[Dispute]:
        relational = kind in (DisputeKind.RELATIONAL, DisputeKind.TENSE)
        for one in first:
            for other in second:
                if dates.can_meet(one.period, other.period) and (
                    relational or _places_meet(one, other)
                ):
                    yield self._dispute(kind, one, other)

    def _dispute(self, kind: DisputeKind, one: _Side, other: _Side) -> Dispute:
        a, b = one.statement, other.statement
        own = a.voice == b.voice
        return Dispute(
            id=ids.digest(f"1\x1f{kind}\x1f{a.id}\x1f{b.id}"),
            kind=kind,
            affirmed=a.id,
            contested=b.id,
            score=_score(kind, a, b),
            own=own,
            camp=not own and self._camp(a.voice) == self._camp(b.voice),
        )

    def _camp(self, slug: str) -> str:
        return self.collection.top(slug)


def _collisions(collection: Collection) -> dict[tuple[str, str, Ends], Strength]:
    """Let narrower relations inherit what collides; strong wins where both apply."""
    narrower: dict[str, list[str]] = defaultdict(list)
    for id in collection.relations:
        for wider in vocab.implied(collection.relations, id):
            narrower[wider].append(id)
    found: dict[tuple[str, str, Ends], Strength] = {}
    strong_last = sorted(
        collection.incompatibilities, key=lambda row: row.strength is Strength.STRONG
    )
    for row in strong_last:
        for first in narrower[row.first]:
            for second in narrower[row.second]:
                if first != second:
                    found[first, second, row.ends] = row.strength
    strong = {key[:2] for key, kind in found.items() if kind is Strength.STRONG}
    return {
        key: kind
        for key, kind in found.items()
        if kind is Strength.STRONG or key[:2] not in strong
    }


def factors(kind: DisputeKind, one: Statement, other: Statement) -> dict[str, float]:
    """Explain a score: each reason that lowers it, with its factor."""
    reasons: dict[str, float] = {}
    suspected = Modality.SUSPECTED in (one.modality, other.modality)
    if kind in (DisputeKind.RELATIONAL, DisputeKind.TENSE):
        if not (one.valid and other.valid):
            reasons["not both are dated"] = NOT_BOTH_DATED
    else:
        if other.valid and not one.valid:
            reasons["only the denial is dated"] = ONLY_DENIAL_DATED
        if one.mood is not Mood.REALIS:
            reasons["it is not about what is the case"] = NOT_REALIS
        if kind is not DisputeKind.PARTIAL and other.place and not one.place:
            reasons["only the denial is placed"] = ONLY_DENIAL_PLACED
    if kind is not DisputeKind.PARTIAL and suspected:
        reasons["a side only suspects"] = A_SIDE_SUSPECTED
    return reasons


def _score(kind: DisputeKind, one: Statement, other: Statement) -> float:
    score = BASE[kind]
    for factor in factors(kind, one, other).values():
        score *= factor
    return round(score, 4)


@lru_cache(maxsize=65536)
def _period(text: str) -> dates.Edtf | None:
    return dates.parse(text) if text else None


def _places_meet(affirmed: _Side, denied: _Side) -> bool:
    if not affirmed.places or not denied.places:
        return True
    return not affirmed.within.isdisjoint(denied.places)


def reason(dispute: Dispute, collection: Collection) -> str:
    """Say in words how the two sides of a dispute collide."""
    statements = {s.id: s for s in collection.statements}
    one, other = statements[dispute.affirmed], statements[dispute.contested]
    relation = collection.relations
    if dispute.kind is DisputeKind.DIRECT:
        return "one side affirms what the other denies"
    if dispute.kind is DisputeKind.RELATIONAL:
        pair = _both(relation[one.relation], relation[other.relation])
        return f"both are affirmed and cannot both hold: {pair}"
    if dispute.kind is DisputeKind.TENSE:
        pair = _both(relation[one.relation], relation[other.relation])
        return f"both are affirmed and sit ill together: {pair}"
    parts = _differences(one, other, collection)
    return "; ".join(parts) or "one side affirms what the other denies"


def _both(one: Relation, other: Relation) -> str:
    return f"“{one.label}” and “{other.label}”"


def _differences(
    affirmed: Statement, denied: Statement, collection: Collection
) -> list[str]:
    """Name the parts and wholes, whichever way round a symmetric relation stands."""
    ends = [(affirmed.subject, denied.subject), (affirmed.object, denied.object)]
    straight = all(_related(a, b, collection) for a, b in ends)
    if not straight:
        ends = [(affirmed.subject, denied.object), (affirmed.object, denied.subject)]
    parts = [
        f"the affirmation is of {collection.label(a)}, "
        f"the denial of {collection.label(d)}"
        for a, d in ends
        if a != d
    ]
    if affirmed.relation != denied.relation:
        one = collection.relations[affirmed.relation].label
        other = collection.relations[denied.relation].label
        parts.append(f"“{one}” is affirmed, the wider “{other}” denied")
    return parts


def _related(one: str, other: str, collection: Collection) -> bool:
    return one in collection.lineage(other) or other in collection.lineage(one)
