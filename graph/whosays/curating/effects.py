"""What new rows change in meaning: disputes before and after, compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from whosays import dates, disputes, ids
from whosays.model import (
    Collection,
    Dispute,
    DisputeKind,
    Mood,
    Stance,
    Statement,
)

Kind = Literal["new dispute", "wider", "reversal", "first voice", "first relation"]

_STRONG = (DisputeKind.DIRECT, DisputeKind.ENTAILED, DisputeKind.RELATIONAL)
_OPPOSITE = {Stance.AFFIRMS: Stance.DENIES, Stance.DENIES: Stance.AFFIRMS}
_PAST = {Stance.AFFIRMS: "affirmed", Stance.DENIES: "denied"}
_Key = tuple[str, str, DisputeKind, Mood]
_Voices = tuple[set[str], set[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One thing that new rows change.

    ``text`` is a claim, a sentence or a slug, ``detail`` counts voices; ``terms`` are
    what `that` or `about` can be asked with to see it.
    """

    kind: Kind
    text: str
    detail: str = ""
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """All that new rows change, in the order of their kinds.

    ``weaker`` counts new pairs that undercut or strain a claim without contradicting
    it; none of them is listed.
    """

    listed: tuple[Effect, ...]
    weaker: int = 0

    def of(self, kind: Kind) -> tuple[Effect, ...]:
        """Give those of one kind."""
        return tuple(effect for effect in self.listed if effect.kind == kind)


def effects(before: Collection, after: Collection, new: Sequence[Statement]) -> Effects:
    """Compare a project before and after its new statements."""
    counted = [statement for statement in new if statement.counts]
    if not counted:
        return Effects(listed=())
    old, found = disputes.find(before), disputes.find(after)
    order = {statement.id: place for place, statement in enumerate(new)}
    weak = sum(one.kind not in _STRONG and not one.own for one in found)
    was_weak = sum(one.kind not in _STRONG and not one.own for one in old)
    return Effects(
        listed=(
            *_disputes(_sides(before, old), _sides(after, found), after, order),
            *_reversals(after, counted),
            *_first(before, after, counted),
        ),
        weaker=max(weak - was_weak, 0),
    )


@dataclass(slots=True)
class _Clash:
    """Two claims, or one, that collide: the voices and statements on both sides."""

    voices: _Voices
    statements: set[str]


def _sides(collection: Collection, found: Sequence[Dispute]) -> dict[_Key, _Clash]:
    by_id = {statement.id: statement for statement in collection.statements}
    groups: defaultdict[_Key, _Clash] = defaultdict(
        lambda: _Clash((set(), set()), set())
    )
    for one in found:
        if one.own or one.kind not in _STRONG:
            continue
        first, second = by_id[one.affirmed], by_id[one.contested]
        clash = groups[first.proposition, second.proposition, one.kind, first.mood]
        clash.voices[0].add(first.voice)
        clash.voices[1].add(second.voice)
        clash.statements |= {first.id, second.id}
    return groups


def _disputes(
    before: Mapping[_Key, _Clash],
    after: Mapping[_Key, _Clash],
    collection: Collection,
    order: Mapping[str, int],
) -> Iterator[Effect]:
    def place(key: _Key) -> int:
        return min(
            (order[id] for id in after[key].statements if id in order), default=0
        )

    changed = sorted((key for key in after if key not in before), key=place)
    for key in changed:
        text, terms = _claims(key, collection)
        one, other = map(len, after[key].voices)
        detail = f"{_count(one, 'affirm')}, {_count(other, 'deny')}"
        if key[2] is DisputeKind.RELATIONAL:
            detail = f"{_count(one, 'affirm')}, {_count(other, 'affirm')}"
        yield Effect(kind="new dispute", text=text, detail=detail, terms=terms)
    for key in sorted((key for key in after if key in before), key=place):
        verbs = ("affirm", "affirm" if key[2] is DisputeKind.RELATIONAL else "deny")
        more = [
            f"+{_count(len(new - old), verb)}"
            for old, new, verb in zip(
                before[key].voices, after[key].voices, verbs, strict=True
            )
            if new - old
        ]
        if more:
            text, terms = _claims(key, collection)
            one, other = map(len, after[key].voices)
            detail = f"{', '.join(more)} (now {one} / {other})"
            yield Effect(kind="wider", text=text, detail=detail, terms=terms)


def _count(number: int, verb: str) -> str:
    if number != 1:
        return f"{number} {verb}"
    return f"1 {'denies' if verb == 'deny' else 'affirms'}"


def _claims(key: _Key, collection: Collection) -> tuple[str, tuple[str, ...]]:
    """Write the claim, or the two that collide; and the terms of the first."""
    texts = [claim(proposition, collection) for proposition in dict.fromkeys(key[:2])]
    text = texts[0] if len(texts) == 1 else " against ".join(f"“{t}”" for t in texts)
    if key[3] is not Mood.REALIS:
        text += f" ({key[3].value})"
    return text, tuple(key[0].split("_"))


def claim(proposition: str, collection: Collection) -> str:
    """Write a proposition in words."""
    return collection.phrase(*proposition.split("_"))


def _reversals(collection: Collection, new: Sequence[Statement]) -> Iterator[Effect]:
    """Find voices that said the opposite at another, known time."""
    said: defaultdict[tuple[str, str, Mood, Stance], list[Statement]] = defaultdict(
        list
    )
    known = sorted(statement.id for statement in collection.statements)
    for statement in collection.statements:
        if statement.counts and statement.stance in _OPPOSITE:
            mark = (statement.voice, statement.proposition, statement.mood)
            said[(*mark, statement.stance)].append(statement)
    for statement in new:
        if statement.stance not in _OPPOSITE:
            continue
        mark = (statement.voice, statement.proposition, statement.mood)
        others = said[(*mark, _OPPOSITE[statement.stance])]
        earlier = [other for other in others if _earlier(other, statement)]
        later = [other for other in others if _earlier(statement, other)]
        if not earlier and not later:
            continue
        voice = collection.label(statement.voice)
        quoted = f"“{claim(statement.proposition, collection)}”"
        here = f"({statement.said}, {ids.short_id(statement.id, known)})"
        if earlier:
            other = max(earlier, key=lambda one: one.said)
            there = f"({other.said}, {ids.short_id(other.id, known)})"
            text = (
                f"{voice} {_PAST[other.stance]} {quoted} {there} "
                f"and here {statement.stance.value} it {here}"
            )
        else:
            other = min(later, key=lambda one: one.said)
            there = f"({other.said}, {ids.short_id(other.id, known)})"
            text = (
                f"{voice} here {statement.stance.value} {quoted} {here} "
                f"and later {_PAST[other.stance]} it {there}"
            )
        yield Effect(
            kind="reversal", text=text, terms=tuple(statement.proposition.split("_"))
        )


def _earlier(one: Statement, other: Statement) -> bool:
    """Tell whether one was certainly said before the other."""
    if not one.said or not other.said:
        return False
    first, second = dates.parse(one.said), dates.parse(other.said)
    if first.latest is None or second.earliest is None:
        return False
    return first.latest < second.earliest


def _first(
    before: Collection, after: Collection, new: Sequence[Statement]
) -> Iterator[Effect]:
    """Find voices and relations that were not heard before."""
    old = [statement for statement in before.statements if statement.counts]
    voices = {statement.voice for statement in old}
    relations = {statement.relation for statement in old}
    for voice in dict.fromkeys(statement.voice for statement in new):
        if voice not in voices:
            yield Effect(kind="first voice", text=voice, terms=(voice,))
    for relation in dict.fromkeys(statement.relation for statement in new):
        if relation not in relations:
            label = after.relations[relation].label
            yield Effect(kind="first relation", text=label, terms=(relation,))
