"""Folding statements into claims: groups by stance and mood, in the order of reading.

Also which claims are special cases of which: an affirmation travels from part to whole
and from narrow to wide, as far as the flags of its relation allow.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import product

from whosays.answers.columns import bounds
from whosays.answers.records import Claim, Conflict, Group, Key
from whosays.ids import proposition_id
from whosays.independence import backing
from whosays.model import (
    Collection,
    Dispute,
    DisputeKind,
    Mood,
    Stance,
    Statement,
)

_Mark = tuple[str, Stance, Stance, DisputeKind]
Passage = tuple[bool, tuple[int, ...], str]

_NUMBERS = re.compile(r"[0-9]+")
_WEAK = (DisputeKind.TENSE, DisputeKind.PARTIAL)


def in_order(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Sort by the date at which they were said; undated ones stand last."""
    return tuple(sorted(statements, key=_place))


_Place = tuple[date, str, str, Passage, str]


def _place(one: Statement) -> _Place:
    return _day(one.said), one.source, one.voice, passage(one.locator), one.id


@lru_cache(maxsize=4096)  # ten thousand statements have few days
def _day(said: str) -> date:
    first, last = bounds(said)
    return first or last or date.max


def by_claim(
    statements: Iterable[Statement], collection: Collection
) -> tuple[Statement, ...]:
    """Put statements in the order in which `claims` lists them, without the claims."""
    relations = {id: number for number, id in enumerate(collection.relations)}
    groups = {
        (stance, mood): number
        for number, (stance, mood) in enumerate(product(Stance, Mood))
    }

    def place(one: Statement) -> tuple[int, str, int, _Place]:
        group = groups[one.stance, one.mood]
        return relations[one.relation], one.proposition, group, _place(one)

    return tuple(sorted(statements, key=place))


@lru_cache(maxsize=4096)
def passage(locator: str) -> Passage:
    """Sort locators as a reader turns pages: p9 before p10, none last.

    >>> sorted(["p10", "", "p9"], key=passage)
    ['p9', 'p10', '']
    """
    numbers = tuple(map(int, _NUMBERS.findall(locator)))
    return not locator, numbers, _NUMBERS.sub("", locator)


def key_of(statement: Statement) -> Key:
    """Name the claim of a statement as it was typed."""
    return statement.subject, statement.relation, statement.object


def proposition(key: Key, collection: Collection) -> str:
    """Name a claim by its permanent id."""
    relation = collection.relations[key[1]]
    return proposition_id(*key, relation.symmetric)


def claim(
    key: Key,
    statements: Iterable[Statement],
    collection: Collection,
    conflicts: Sequence[Conflict] = (),
) -> Claim:
    """Group everything said of one claim: affirmed, denied, questioned, reported."""
    members: dict[tuple[Stance, Mood], list[Statement]] = defaultdict(list)
    for statement in in_order(statements):
        members[statement.stance, statement.mood].append(statement)
    groups = tuple(
        Group(
            stance=stance,
            mood=mood,
            statements=tuple(members[stance, mood]),
            backing=backing(members[stance, mood], collection),
        )
        for stance in Stance
        for mood in Mood
        if (stance, mood) in members
    )
    return Claim(
        id=proposition(key, collection),
        key=key,
        groups=groups,
        conflicts=tuple(conflicts),
        statements=tuple(one for group in groups for one in group.statements),
        collection=collection,
    )


def claims(statements: Iterable[Statement], collection: Collection) -> list[Claim]:
    """Fold statements into claims, in the order of the relations, then by name."""
    members: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        members[statement.proposition].append(statement)
    order = {relation: number for number, relation in enumerate(collection.relations)}
    found = [claim(key_of(group[0]), group, collection) for group in members.values()]
    return sorted(found, key=lambda one: (order[one.key[1]], one.id))


def facing(key: Key, asked: Key) -> Key:
    """Turn a symmetric claim so that its ends stand as they were asked for."""
    subject, relation, object = key
    if (asked[0] and asked[0] == object) or (asked[2] and asked[2] == subject):
        straight = asked[0] == subject or asked[2] == object
        return key if straight else (object, relation, subject)
    return key


def matches(key: Key, pattern: Key, collection: Collection) -> bool:
    """Tell whether a claim fills a pattern; symmetric ones from either end."""
    subject, relation, object = key
    s, r, o = pattern
    if r and relation != r:
        return False
    if s in ("", subject) and o in ("", object):
        return True
    symmetric = collection.relations[relation].symmetric
    return symmetric and s in ("", object) and o in ("", subject)


def implied(key: Key, collection: Collection) -> set[Key]:
    """List the claims that must hold if this one does, itself included."""
    from whosays import vocab  # only where wider claims are asked for

    subject, name, object = key
    relation = collection.relations[name]
    turned = [(subject, object)]
    if relation.symmetric:
        turned.append((object, subject))
    return {
        (s, wider, o)
        for one, other in turned
        for wider in vocab.implied(collection.relations, name)
        for s in _up(one, relation.rolls_up_subject, collection)
        for o in _up(other, relation.rolls_up_object, collection)
        if s != o
    }


def _up(slug: str, allowed: bool, collection: Collection) -> tuple[str, ...]:
    return collection.lineage(slug) if allowed else (slug,)


class Opponents:
    """Which statements collide with which, to be asked by claim."""

    def __init__(
        self,
        collection: Collection,
        disputes: Iterable[Dispute],
        kept: Iterable[Statement],
    ) -> None:
        """Index the disputes between statements that are kept; lints are left out."""
        self._collection = collection
        self._statements: Mapping[str, Statement] = {one.id: one for one in kept}
        self._facing: dict[str, list[tuple[DisputeKind, str]]] = defaultdict(list)
        for dispute in disputes:
            if not dispute.own:
                self._facing[dispute.affirmed].append((dispute.kind, dispute.contested))
                self._facing[dispute.contested].append((dispute.kind, dispute.affirmed))

    def of(self, statements: Sequence[Statement]) -> list[Conflict]:
        """List the other claims that collide with these, most voices first."""
        own = {one.proposition for one in statements}
        found: dict[_Mark, dict[str, Statement]] = {}
        for statement in statements:
            for kind, id in self._facing.get(statement.id, ()):
                other = self._statements.get(id)
                if other is not None and other.proposition not in own:
                    mark = (other.proposition, other.stance, statement.stance, kind)
                    found.setdefault(mark, {})[id] = other
        conflicts = [
            Conflict(
                key=key_of(next(iter(group.values()))),
                stance=stance,
                against=against,
                kind=kind,
                strong=kind not in _WEAK,
                backing=backing(group.values(), self._collection),
            )
            for (_, stance, against, kind), group in found.items()
        ]
        return sorted(
            conflicts, key=lambda c: (not c.strong, -c.backing.everyone, c.key)
        )
