"""Find what collides, by looking up what each statement could collide with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import attrgetter

from whosays import ids
from whosays.disputes.collisions import collisions
from whosays.disputes.scores import ordered, score
from whosays.disputes.sides import MOODS, Side, days_of, meeting, shape_of
from whosays.model import (
    Collection,
    Dispute,
    DisputeKind,
    Family,
    Mood,
    Stance,
    Statement,
)

_Key = tuple[str, str, str]
_Table = dict[_Key, list[Side]]

_BETWEEN_AFFIRMED = (DisputeKind.RELATIONAL, DisputeKind.TENSE)


def find(collection: Collection) -> list[Dispute]:
    """Find all disputes, best score first; a voice against itself is marked ``own``.

    An affirmation travels up (part to whole, narrow to wide), a denial travels down.
    Only a symmetric affirmed relation may be turned round: to be attacked is not yet
    to fight.
    """
    finder = Finder(collection)
    return ordered(one for claim in finder.claims() for one in finder.against(*claim))


class Finder:
    """The index: affirmed and denied statements by mood and proposition."""

    def __init__(self, collection: Collection) -> None:
        """Put all statements that count into the index."""
        from whosays import vocab  # only to look for disputes, not to show them

        self.collection = collection
        self.relations = collection.relations
        # The same few actors come again and again.
        self.lineage = lru_cache(maxsize=None)(collection.lineage)
        self.camp = lru_cache(maxsize=None)(collection.top)
        self.within = lru_cache(maxsize=None)(self._within)
        self.implied = {id: vocab.implied(self.relations, id) for id in self.relations}
        self.scores: dict[DisputeKind, dict[tuple[int, int], float]] = {
            kind: {} for kind in DisputeKind
        }
        self.affirmed: dict[Mood, _Table] = {mood: {} for mood in Mood}
        self.denied: dict[Mood, _Table] = {mood: {} for mood in Mood}
        self._fill()
        self.partly = {mood: self._partly(mood) for mood in Mood}
        self.colliding = collisions(collection)

    def _fill(self) -> None:
        tables = {Stance.AFFIRMS: self.affirmed, Stance.DENIES: self.denied}
        # A file listed twice, or one id in two files, must not count twice.
        unique = {statement.id: statement for statement in self.collection.statements}
        for statement in unique.values():
            if statement.counts and (table := tables.get(statement.stance)):
                key = (statement.subject, statement.relation, statement.object)
                side = self._side(statement)
                table[MOODS[statement.modality]].setdefault(key, []).append(side)
        by_day = attrgetter("first")
        for by_mood in tables.values():
            for sides in (s for table in by_mood.values() for s in table.values()):
                if len(sides) > 1:
                    sides.sort(key=by_day)

    def _side(self, statement: Statement) -> Side:
        first, last = days_of(statement.valid)
        places, within = self.within(statement.place)
        voice = statement.voice
        return Side(
            first,
            last,
            statement.id,
            shape_of(statement),
            voice,
            self.camp(voice),
            places,
            within,
            statement,
        )

    def _within(self, place: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
        return frozenset(place), frozenset(
            p for one in place for p in self.lineage(one)
        )

    def claims(self) -> Iterator[tuple[Mood, _Key]]:
        """List what is affirmed in which mood; every dispute has one such side."""
        for mood, affirmed in self.affirmed.items():
            for key in affirmed:
                yield mood, key

    def against(self, mood: Mood, key: _Key) -> Iterator[Dispute]:
        """Yield all disputes whose affirmation is of this claim in this mood."""
        sides = self.affirmed[mood][key]
        if denied := self.denied[mood]:
            for wider in self._wider(key):
                if against := denied.get(wider):
                    direct = wider in self._same(key)
                    kind = DisputeKind.DIRECT if direct else DisputeKind.ENTAILED
                    yield from self._pairs(kind, sides, against)
            for part in self.partly[mood].get(key, ()):
                yield from self._pairs(DisputeKind.PARTIAL, sides, denied[part])
        if mood is Mood.REALIS:
            yield from self._collisions(key, sides)

    def _collisions(self, key: _Key, sides: list[Side]) -> Iterator[Dispute]:
        """Yield affirmed relations of one pair that cannot, or hardly, both hold."""
        subject, first, object = key
        affirmed = self.affirmed[Mood.REALIS]
        alone = subject == object  # said of an actor and itself
        for second, kind, alike, crossed in self.colliding.get(first, ()):
            if alike and (straight := affirmed.get((subject, second, object))):
                yield from self._pairs(kind, sides, straight)
            crossed = crossed and not (alike and alone)
            if crossed and (turned := affirmed.get((object, second, subject))):
                yield from self._pairs(kind, sides, turned)

    def _partly(self, mood: Mood) -> dict[_Key, list[_Key]]:
        """List by affirmed claim the denied ones that are about a part of it."""
        affirmed = self.affirmed[mood]
        found: dict[_Key, list[_Key]] = defaultdict(list)
        for key in self.denied[mood]:
            for whole in self._whole(key):
                if whole in affirmed:
                    found[whole].append(key)
        return found

    def _same(self, key: _Key) -> tuple[_Key, ...]:
        subject, relation, object = key
        if self.relations[relation].symmetric:
            return key, (object, relation, subject)
        return (key,)

    def _wider(self, key: _Key) -> set[_Key]:
        """List the proposition itself and all that it is a special case of."""
        relation = self.relations[key[1]]
        return {
            (s, wider, o)
            for subject, _, object in self._same(key)
            for s in self._up(subject, relation.rolls_up_subject)
            for o in self._up(object, relation.rolls_up_object)
            for wider in self.implied[relation.id]
        }

    def _whole(self, key: _Key) -> set[_Key]:
        """List the propositions about the wholes whose part a denial is about.

        Not through the object of a space relation: absence from a town says nothing
        against presence in the country.
        """
        relation = self.relations[key[1]]
        through_object = relation.rolls_up_object and relation.family != Family.SPACE
        same = self._same(key)
        found = {
            (s, relation.id, o)
            for subject, _, object in same
            for s in self._up(subject, relation.rolls_up_subject)
            for o in self._up(object, through_object)
        }
        return found.difference(same)

    def _up(self, slug: str, allowed: bool) -> tuple[str, ...]:
        return self.lineage(slug) if allowed else (slug,)

    def _pairs(
        self, kind: DisputeKind, first: Sequence[Side], second: Sequence[Side]
    ) -> Iterator[Dispute]:
        anywhere = kind in _BETWEEN_AFFIRMED
        start = f"1\x1f{kind}\x1f"
        scores = self.scores[kind]
        for one, other in meeting(first, second):
            if not (anywhere or _places_meet(one, other)):
                continue
            shapes = one.shape, other.shape
            points = scores.get(shapes)
            if points is None:
                points = scores[shapes] = score(kind, one.statement, other.statement)
            own = one.voice == other.voice
            yield Dispute(
                id=ids.digest(f"{start}{one.id}\x1f{other.id}"),
                kind=kind,
                affirmed=one.id,
                contested=other.id,
                score=points,
                own=own,
                camp=not own and one.camp == other.camp,
            )


def _places_meet(affirmed: Side, denied: Side) -> bool:
    if not affirmed.places or not denied.places:
        return True
    return not affirmed.within.isdisjoint(denied.places)
