"""Disputes that two versions of a project have otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from whosays import disputes
from whosays.answers import phrase
from whosays.difference.pairing import Field
from whosays.model import Collection, DisputeKind, Stance, Statement

_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Two claims that collide, and how many voices stand on either side.

    ``change`` is ``gained``, ``lost``, ``widened`` (a further voice) or ``narrowed``.
    ``id`` joins the two claims; they are one and the same where one is denied.
    """

    change: str
    kind: DisputeKind
    id: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clash:
    """A pair of claims with the voices on either side."""

    kind: DisputeKind
    title: str
    stance: Stance
    sides: tuple[frozenset[str], frozenset[str]]


def changed_disputes(
    old: Collection, new: Collection, renamed: Callable[[Statement], Statement]
) -> tuple[Disagreement, ...]:
    """Compare the disputes of two versions, by pair of claims and by voice.

    A voice against itself is no dispute. ``renamed`` gives statements of the older
    version the slugs of the newer one.
    """
    before, after = _clashes(old, renamed), _clashes(new, lambda one: one)
    found = []
    for pair in sorted(before.keys() | after.keys()):
        was, now = before.get(pair), after.get(pair)
        change = _change(was, now)
        clash = now or was
        if change and clash:
            one, other = pair
            found.append(
                Disagreement(
                    change=change,
                    kind=clash.kind,
                    id=one if one == other else f"{one} / {other}",
                    title=clash.title,
                    fields=_fields(clash.stance, was, now),
                )
            )
    order = ("gained", "widened", "narrowed", "lost")
    return tuple(sorted(found, key=lambda one: order.index(one.change)))


def _clashes(
    collection: Collection, renamed: Callable[[Statement], Statement]
) -> Mapping[_Pair, _Clash]:
    statements = {one.id: one for one in collection.statements}
    found: dict[_Pair, _Clash] = {}
    for dispute in disputes.find(collection):
        if dispute.own:
            continue
        sides = statements[dispute.affirmed], statements[dispute.contested]
        one, other = map(renamed, sides)
        pair = one.proposition, other.proposition
        known = found.get(pair)
        voices = known.sides if known else (frozenset[str](), frozenset[str]())
        found[pair] = _Clash(
            kind=known.kind if known else dispute.kind,
            title=known.title if known else _title(*sides, collection),
            stance=other.stance,
            sides=(voices[0] | {one.voice}, voices[1] | {other.voice}),
        )
    return found


def _title(one: Statement, other: Statement, collection: Collection) -> str:
    claims = [
        phrase((said.subject, said.relation, said.object), collection)
        for said in (one, other)
    ]
    if one.proposition == other.proposition:
        return claims[0]
    if other.stance is Stance.DENIES:
        return f"{claims[0]}, against: not {claims[1]}"
    return f"{claims[0]}, against: {claims[1]}"


def _change(was: _Clash | None, now: _Clash | None) -> str:
    if was is None or now is None:
        return "lost" if was else "gained"
    pairs = list(zip(was.sides, now.sides, strict=True))
    if any(after - before for before, after in pairs):
        return "widened"
    return "narrowed" if any(before - after for before, after in pairs) else ""


def _fields(
    stance: Stance, was: _Clash | None, now: _Clash | None
) -> tuple[Field, ...]:
    """Count the voices of either side; the second one denies, or affirms the other."""
    names = ("affirm", "deny" if stance is Stance.DENIES else "affirm the other")
    return tuple(
        Field(
            name=name,
            was=str(len(was.sides[place]) if was else 0),
            becomes=str(len(now.sides[place]) if now else 0),
        )
        for place, name in enumerate(names)
    )
