"""Perspectives and comparisons as tables; columns are an interface.

Every reference stands twice, as an id and with its label beside it. Several values are
joined by ``; `` in the same order in both.
"""

from __future__ import annotations

from collections.abc import Iterable

from whosays.model import Collection, Statement
from whosays.perspectives.findings import Comparison, Match, Silence, pair_of
from whosays.perspectives.perspective import Held, Perspective
from whosays.rows import Rows, Value

PERSPECTIVE_COLUMNS = (
    "claim",
    "claim_label",
    "subject",
    "subject_label",
    "relation",
    "relation_label",
    "object",
    "object_label",
    "stances",
    "rejected",
    "voices",
    "voices_label",
    "sources",
    "sources_title",
    "statements",
    "ids",
)
"""A row per claim; ``statements`` counts them and ``rejected`` is true where the claim
is only quoted in order to be rejected."""

_SIDE = (
    "claim",
    "claim_label",
    "stances",
    "voices",
    "voices_label",
    "sources",
    "sources_title",
    "ids",
)
COMPARISON_COLUMNS = (
    "finding",
    "actors",
    "actors_label",
    *(f"a_{column}" for column in _SIDE),
    *(f"b_{column}" for column in _SIDE),
    "kind",
    "score",
    "disputes",
    "reason",
)
"""A row per finding; the cells of a side that says nothing are empty."""


def perspective_rows(perspective: Perspective) -> Rows:
    """Write a perspective as rows, most spoken of claims first."""
    collection = perspective.collection
    return Rows.of(
        PERSPECTIVE_COLUMNS,
        (_held(held, collection) for held in perspective.held),
    )


def comparison_rows(comparison: Comparison) -> Rows:
    """Write a comparison as rows, in the order of its lists."""
    collection = comparison.a.collection
    records = [_match(match, collection) for match in comparison.matches]
    records += [_silence(silence, collection) for silence in comparison.silences]
    return Rows.of(COMPARISON_COLUMNS, records)


def claim_label(held: Held, collection: Collection) -> str:
    """Write a claim in words."""
    return collection.phrase(held.subject, held.relation, held.object)


def _held(held: Held, collection: Collection) -> list[Value]:
    return [
        held.claim,
        claim_label(held, collection),
        held.subject,
        collection.label(held.subject),
        held.relation,
        collection.relations[held.relation].label,
        held.object,
        collection.label(held.object),
        _joined(held.stances),
        held.rejected,
        *_people(held.voices, held.sources, collection),
        len(held.statements),
        _ids(held.statements),
    ]


def _match(match: Match, collection: Collection) -> list[Value]:
    held = match.claim
    return [
        str(match.finding),
        *_pair(pair_of(held.subject, held.object, collection), collection),
        *_side(match.a, collection),
        *_side(match.b, collection),
        str(match.kind) if match.kind else "",
        match.score if match.kind else None,
        _joined(match.disputes),
        match.reason,
    ]


def _silence(silence: Silence, collection: Collection) -> list[Value]:
    voices = sorted({statement.voice for statement in silence.statements})
    sources = sorted({statement.source for statement in silence.statements})
    spoken: list[Value] = [
        "",
        "",
        _joined(dict.fromkeys(s.stance for s in silence.statements)),
        *_people(voices, sources, collection),
        _ids(silence.statements),
    ]
    nothing: list[Value] = [""] * len(_SIDE)
    a_speaks = silence.finding.startswith("B")
    sides = (spoken, nothing) if a_speaks else (nothing, spoken)
    return [
        str(silence.finding),
        *_pair(silence.actors, collection),
        *sides[0],
        *sides[1],
        "",
        None,
        "",
        f"{len(silence.statements)} statements of the other",
    ]


def _side(held: Held | None, collection: Collection) -> list[Value]:
    if held is None:
        return [""] * len(_SIDE)
    return [
        held.claim,
        claim_label(held, collection),
        _joined(held.stances),
        *_people(held.voices, held.sources, collection),
        _ids(held.statements),
    ]


def _people(
    voices: Iterable[str], sources: Iterable[str], collection: Collection
) -> list[Value]:
    voices, sources = list(voices), list(sources)
    return [
        _joined(voices),
        _joined(map(collection.label, voices)),
        _joined(sources),
        _joined(map(collection.label, sources)),
    ]


def _pair(pair: tuple[str, str], collection: Collection) -> list[Value]:
    return [_joined(pair), _joined(map(collection.label, pair))]


def _ids(statements: Iterable[Statement]) -> str:
    return _joined(statement.id for statement in statements)


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(map(str, texts))
