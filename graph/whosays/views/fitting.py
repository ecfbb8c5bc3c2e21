"""How many actors fit into a page of a certain size, estimated before it is built.

What a page holds grows with statements and pairs that collide, hardly with actors, and
a few actors may have most of them. So all of it is counted by the least discussed actor
that it needs, and weighed by some of the statements, written as the page writes them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import accumulate

from whosays.model import Dispute, Statement
from whosays.views.claims import Claim

FEWEST = 60
"""Actors that a page holds however much is said of them: one picture holds as many."""

_SAMPLE = 400  # statements that are weighed
_CLAIM = 90  # bytes of a claim without its statements
_DISPUTE = 26  # bytes of a pair
_ACTOR = 230  # bytes of an actor with its place
_FRAME = 800_000  # bytes of scripts, styles and sources
_ROW, _ROWS = 250, 2000  # bytes of a row of the table without script, and how many


def fitting(
    ranked: Sequence[str],
    claims: Iterable[Claim],
    disputes: Iterable[Dispute],
    largest: int,
) -> int:
    """Estimate how many of the actors, most discussed first, a page has room for."""
    places = {slug: place for place, slug in enumerate(ranked)}
    sizes = [_ACTOR] * len(ranked)
    needed: dict[str, int] = {}
    statements: list[Statement] = []
    for claim in claims:
        last = max(places[claim.subject], places[claim.object])
        sizes[last] += _CLAIM
        for one in claim.statements:
            needed[one.id] = last
        statements += claim.statements
    weight = _weight(statements)
    for last in needed.values():
        sizes[last] += weight
    for dispute in disputes:
        sizes[max(needed[dispute.affirmed], needed[dispute.contested])] += _DISPUTE
    room = largest - _FRAME - _ROW * min(_ROWS, len(statements))
    fit = sum(size <= room for size in accumulate(sizes))
    return max(fit, min(FEWEST, len(ranked)))


def _weight(statements: Sequence[Statement]) -> int:
    """Weigh some statements from all over the project, in bytes."""
    from whosays.views.data import described

    some = statements[:: max(1, len(statements) // _SAMPLE)]
    write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    texts = (write(described(one)) for one in some)
    total = sum(len(text.encode("utf-8", "replace")) for text in texts)
    return total // max(1, len(some))
