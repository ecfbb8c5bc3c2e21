"""`by` and `in`: what a voice says, and what a source holds."""

from __future__ import annotations

from collections import Counter
from typing import Unpack

from whosays import lookup
from whosays.answers import selecting
from whosays.answers.narrowing import Narrowing, Sieve
from whosays.answers.records import Reading, Speech
from whosays.independence import passers
from whosays.model import Collection, Statement


def by(collection: Collection, voice: str, /, **narrowing: Unpack[Narrowing]) -> Speech:
    """Gather what a voice says, its own words apart from what it passes on.

    Raises:
        UnknownName: no actor, or more than one, has that name.
    """
    slug = lookup.actor(collection, voice)
    sieve = Sieve(collection, narrowing)
    concerned: list[Statement] = []
    delegates: Counter[str] = Counter()
    for one in filter(sieve.asked, collection.statements):
        if slug in (one.voice, *passers(one, collection)):
            concerned.append(one)
        elif one.counts and slug in collection.lineage(one.voice):
            delegates[one.voice] += 1
    kept, hidden = sieve.sift(concerned)
    return Speech(
        voice=collection.actors[slug],
        own=selecting.in_order(one for one in kept if one.voice == slug),
        passed_on=selecting.in_order(one for one in kept if one.voice != slug),
        delegates=dict(sorted(delegates.items())),
        hidden=hidden,
        collection=collection,
    )


def within(
    collection: Collection, source: str, /, **narrowing: Unpack[Narrowing]
) -> Reading:
    """Gather what a source holds, in the order of its passages.

    Raises:
        UnknownName: no source, or more than one, has that name.
    """
    slug = lookup.source(collection, source)
    matching = (one for one in collection.statements if one.source == slug)
    kept, hidden = Sieve(collection, narrowing).sift(matching)
    return Reading(
        source=collection.sources[slug],
        statements=tuple(sorted(kept, key=_place)),
        hidden=hidden,
        collection=collection,
    )


def _place(one: Statement) -> tuple[selecting.Passage, int, str]:
    return selecting.passage(one.locator), one.row, one.id
