"""All disagreement of a project, one pair of actors after the other.

A crowd of statements has many times as many disputes. Whoever writes them away as they
come needs memory for the largest pair of actors alone, not for all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from whosays import progress
from whosays.disputes.clashing import outline_of
from whosays.disputes.finding import Finder
from whosays.disputes.folding import issue_of, tops_of
from whosays.disputes.scores import ordered
from whosays.model import Collection, Dispute, Issue, Mood, Outline, Statement


class Quarrel(NamedTuple):
    """All disputes between two actors, if any, best first, and what they fold into.

    Where voices only contradict themselves there is no issue, and no outline.
    """

    disputes: list[Dispute]
    issues: tuple[Issue, ...] = ()
    outlines: tuple[Outline, ...] = ()


def quarrels(collection: Collection) -> Iterator[Quarrel]:
    """Yield what `find`, `issues` and `outlines` give, in no order that means anything.

    Each dispute, issue and outline comes once.
    """
    finder = Finder(collection)
    statements = {one.id: one for one in collection.statements}
    claims: dict[tuple[str, str], list[tuple[Mood, tuple[str, str, str]]]]
    claims = defaultdict(list)
    tops: dict[tuple[str, str], tuple[str, str]] = {}
    for mood, key in finder.claims():
        ends = key[0], key[2]
        pair = tops.get(ends)
        if pair is None:
            pair = tops[ends] = tops_of(ends, collection)
        claims[pair].append((mood, key))
    for number, (pair, group) in enumerate(claims.items()):
        progress.tell("comparing claims", number, number / len(claims), "pairs")
        found = (one for claim in group for one in finder.against(*claim))
        yield _quarrel(pair, ordered(found), statements)  # and keep nothing of it


def _quarrel(
    pair: tuple[str, str], found: list[Dispute], statements: Mapping[str, Statement]
) -> Quarrel:
    between = [one for one in found if not one.own]
    if not between:
        return Quarrel(found)
    issue = issue_of(pair, between, statements)
    return Quarrel(found, (issue,), (outline_of(issue, between, statements),))
