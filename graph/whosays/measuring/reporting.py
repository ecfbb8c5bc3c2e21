"""A part of an evaluation as tables that people read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from whosays.measuring.figures import Figure, Score
from whosays.measuring.figuring import Confusion, Group, Part
from whosays.measuring.voices import KINDS, READ
from whosays.rows import Rows

_SCORES = ("measure", "P", "R", "F1", "hits", "wrong", "missed")
_SHARES = ("share", "value", "of", "floor")
_GROUPS = ("", "P", "R", "hits", "wrong", "missed", "floor")
_DASH = "\u2013"
_STANCES = ("affirms", "denies", "questions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A table with its heading; empty where there is nothing to show."""

    title: str
    rows: Rows


def heading(part: Part) -> str:
    """Say what a part holds."""
    return (
        f"{part.name}: {part.texts} texts, {part.sentences} sentences, "
        f"{part.statements} statements ({part.optional} more are optional), "
        f"{part.candidates} found"
    )


def sections(part: Part) -> Iterator[Section]:
    """Give the tables of a part, the totals first."""
    yield Section(title="", rows=Rows.of(_SCORES, _scores(part)))
    yield Section(title="", rows=Rows.of(_SHARES, _shares(part)))
    for title, confusion, gold, read in (
        ("stance: what stands there, what was read", part.stances, _STANCES, _STANCES),
        ("speaker: who it is, who was read", part.speakers, KINDS, READ),
    ):
        yield Section(title=title, rows=_crossed(confusion, gold, read))
    for kind in dict.fromkeys(one.kind for one in part.groups):
        some = [one for one in part.groups if one.kind == kind]
        yield Section(
            title=f"strict, by {kind}", rows=Rows.of(_GROUPS, map(_group, some))
        )


def _scores(part: Part) -> Iterator[tuple[str | int, ...]]:
    for metric, score in part.scores.items():
        yield metric, *_sides(score), score.hits, score.wrong, score.missed
    floor = part.floor
    counts = floor.hits, floor.wrong, floor.missed
    yield "co-occurrence", *_sides(floor), *counts


def _shares(part: Part) -> Iterator[tuple[str, ...]]:
    for name, share in part.shares.items():
        floor = shown(Figure(value=part.floors[name]))
        yield _NAMED[name], shown(share.figure), f"{share.count} of {share.of}", floor


_NAMED = {
    "stance": "right stance",
    "speaker": "right speaker",
    "modality": "right modality",
    "distractors": "found in distractors",
    "crowded distractors": "… with two actors or more",
}


def _group(one: Group) -> tuple[str | int | None, ...]:
    """Lay a group out; one relation has too few cases for a telling interval."""
    score, floor = one.score, [_value(side) for side in (one.floor.p, one.floor.r)]
    sides = score.p, score.r
    if one.kind in ("ends", "relation"):
        floor[0] = _DASH  # co-occurrence cannot be wrong by kind
    if one.kind == "relation":
        shares = [_value(side) for side in sides]
    else:
        shares = [shown(side) for side in sides]
    counts = score.hits, score.wrong, score.missed
    return one.name or "(none)", *shares, *counts, "/".join(floor)


def _value(figure: Figure) -> str:
    return shown(Figure(value=figure.value))


def _crossed(confusion: Confusion, gold: Sequence[str], read: Sequence[str]) -> Rows:
    """Lay a confusion out: a row for what stands there, a column for what was read."""
    others = {two for pair in confusion for two in pair} - {*gold, *read}
    columns = [*read, *sorted(others - set(read))]
    rows: list[tuple[str | int, ...]] = [
        (name, *(confusion.get((name, column), 0) for column in columns))
        for name in [*gold, *sorted(others - set(gold))]
        if any(pair[0] == name for pair in confusion)
    ]
    return Rows.of(("", *columns), rows)


def _sides(score: Score) -> tuple[str, ...]:
    return tuple(shown(one) for one in (score.p, score.r, score.f1))


def shown(figure: Figure) -> str:
    """Write a share with two digits and its interval.

    >>> shown(Figure(value=0.625))
    '.62'
    """
    if figure.value is None:
        return _DASH
    if figure.low is None or figure.high is None:
        return _two(figure.value)
    return f"{_two(figure.value)} ({_two(figure.low)}{_DASH}{_two(figure.high)})"


def _two(value: float) -> str:
    """Write two digits, and 1 as such: it is exact more often than not."""
    return "1" if value == 1 else f"{value:.2f}".removeprefix("0")
