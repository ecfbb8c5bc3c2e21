"""`that`: one claim, or every claim that fills the slots left open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Unpack

from whosays import lookup
from whosays.answers import selecting
from whosays.answers.narrowing import Narrowing, Sieve
from whosays.answers.records import Card, Claim, Key, phrase
from whosays.errors import UnknownName, UsageError
from whosays.model import Collection, Dispute, Statement

OPEN = ("", "-")
"""What leaves a slot open."""


def that(
    collection: Collection,
    disputes: Iterable[Dispute],
    subject: str,
    relation: str = "",
    object: str = "",
    *,
    related: bool = False,
    **narrowing: Unpack[Narrowing],
) -> Card:
    """Answer who affirms, denies or questions a claim.

    An empty text or ``-`` leaves a slot open. The inverse label of a relation turns
    the claim round, and the card says so. ``related`` adds wider and narrower claims.

    Raises:
        UnknownName: an actor or a relation is not known; near ones are suggested.
        UsageError: nothing was asked, or an actor stands where a relation belongs.
    """
    searching = bool(narrowing.get("text"))
    asked, notes = resolved(collection, subject, relation, object, searching)
    sieve = Sieve(collection, narrowing)
    matching = [
        one
        for one in collection.statements
        if selecting.matches(selecting.key_of(one), asked, collection)
    ]
    kept, hidden = sieve.sift(matching)
    everything = sieve.sift(collection.statements)[0]
    opponents = selecting.Opponents(collection, disputes, everything)
    claims = tuple(
        _answered(one, asked, opponents, collection)
        for one in selecting.claims(kept, collection)
    )
    if not claims and all(asked):
        claims = (selecting.claim(asked, (), collection),)
    wider, narrower = (
        _related(asked, kept, everything, collection) if related else ((), ())
    )
    return Card(
        asked=asked,
        text=narrowing.get("text", ""),
        claims=claims,
        wider=wider,
        narrower=narrower,
        notes=tuple(notes),
        hidden=hidden,
        collection=collection,
    )


def _answered(
    claim: Claim,
    asked: Key,
    opponents: selecting.Opponents,
    collection: Collection,
) -> Claim:
    key = selecting.facing(claim.key, asked)
    counted = [one for one in claim.statements if one.counts]
    return selecting.claim(key, claim.statements, collection, opponents.of(counted))


def resolved(
    collection: Collection,
    subject: str,
    relation: str,
    object: str,
    searching: bool = False,
) -> tuple[Key, list[str]]:
    """Understand the slots; an inverse label turns the claim round, and a note says so.

    All may be open only if words are searched for.

    Raises:
        UnknownName: an actor or a relation is not known; near ones are suggested.
        UsageError: nothing was asked, or an actor stands where a relation belongs.
    """
    if not searching and all(slot in OPEN for slot in (subject, relation, object)):
        hint = "Name an actor or a relation, or search: that - --text 'border convoy'"
        raise UsageError("all three slots are open", hint)
    known, inverted = _relation(collection, subject, relation, object)
    ends = [
        "" if slot in OPEN else _end(collection, slot) for slot in (subject, object)
    ]
    notes: list[str] = []
    if inverted:
        ends.reverse()
        key = (ends[0], known, ends[1])
        notes.append(f"“{relation}” turned round: {phrase(key, collection)}")
    return (ends[0], known, ends[1]), notes


def _relation(
    collection: Collection, subject: str, text: str, object: str
) -> tuple[str, bool]:
    if text in OPEN:
        return "", False
    try:
        return lookup.relation(collection, text)
    except UnknownName:
        if not _is_actor(collection, text):
            raise
        right = object if object not in OPEN else text
        message = f"“{text}” is an actor, not a relation"
        hint = f"Any relation: that {_typed(subject)} - {_typed(right)}"
        raise UsageError(message, hint) from None


def _end(collection: Collection, text: str) -> str:
    try:
        return lookup.actor(collection, text)
    except UnknownName as error:
        if error.nearest:
            raise
        try:
            lookup.relation(collection, text)
        except UnknownName:
            raise error from None
        message = f"“{text}” is a relation, not an actor"
        raise UsageError(message, f"Any actors: that - {_typed(text)} -") from None


def _is_actor(collection: Collection, text: str) -> bool:
    try:
        lookup.actor(collection, text)
    except UnknownName as error:
        return error.kind != "actor"  # more than one has the name
    return True


def _typed(text: str) -> str:
    return f"'{text}'" if " " in text else text


def _related(
    asked: Key,
    kept: Sequence[Statement],
    everything: Sequence[Statement],
    collection: Collection,
) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """Find the claims that follow from those asked for, and those they follow from."""
    own = {one.proposition for one in kept}
    follows = {
        selecting.proposition(key, collection)
        for one in kept
        for key in selecting.implied(selecting.key_of(one), collection)
    }
    if all(asked):
        own.add(selecting.proposition(asked, collection))
        follows |= {
            selecting.proposition(key, collection)
            for key in selecting.implied(asked, collection)
        }
    others = [one for one in everything if one.proposition not in own]
    wider = [one for one in others if one.proposition in follows]
    narrower = [
        one
        for one in others
        if one.proposition not in follows
        and any(
            selecting.matches(key, asked, collection)
            for key in selecting.implied(selecting.key_of(one), collection)
        )
    ]
    return (
        tuple(selecting.claims(wider, collection)),
        tuple(selecting.claims(narrower, collection)),
    )
