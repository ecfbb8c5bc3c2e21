"""The whole of a measurement: parts with their figures, and the cases behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from whosays.measuring.figures import Figure, Score, rounded
from whosays.measuring.figuring import Confusion, Part
from whosays.measuring.gates import Gate
from whosays.measuring.judging import Outcome
from whosays.measuring.records import FROZEN, Said
from whosays.rows import Rows

if TYPE_CHECKING:
    from whosays.extract.llm.route import Flips

FIGURES = (
    "part",
    "kind",
    "group",
    "measure",
    "p",
    "p_low",
    "p_high",
    "r",
    "r_low",
    "r_high",
    "f1",
    "f1_low",
    "f1_high",
    "hits",
    "wrong",
    "missed",
    "floor_p",
    "floor_r",
    "floor_f1",
)
"""Columns of the figures. A share stands in ``p``, its complement in ``wrong``."""

CASES = (
    "part",
    "gold",
    "sentence",
    "locator",
    "genre",
    "case",
    "subject",
    "relation",
    "object",
    "stance",
    "speaker",
    "modality",
    "tier",
    "patterns",
    "text",
)
"""Columns of the cases: what was missed, what is wrong, whose speaker is another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What was measured.

    ``what`` says whose predictions these are. ``skipped`` are rows of the gold that
    could not be measured, with the reason; ``elsewhere`` counts predictions outside
    every sentence of the gold; ``unknown`` are names that the gold does not know.
    ``flips``: how steady a language model is, if it was asked in two orders.
    """

    what: str
    golds: tuple[str, ...]
    parts: tuple[Part, ...]
    outcomes: tuple[Outcome, ...] = field(repr=False)
    skipped: tuple[tuple[str, str], ...] = ()
    elsewhere: int = 0
    unknown: Mapping[str, int] = field(default_factory=dict)
    flips: Flips | None = None

    def failing(self, gates: Sequence[Gate]) -> list[str]:
        """Say which gates which parts do not pass."""
        said = (gate.fails(part) for gate in gates for part in self.parts)
        return [one for one in said if one]

    def to_rows(self) -> Rows:
        """Give a row per figure."""
        return Rows.of(FIGURES, (row for part in self.parts for row in _figures(part)))

    def cases(self) -> Rows:
        """List what was missed and what is wrong, never of a frozen part."""
        return Rows.of(CASES, self._cases())

    def to_dict(self) -> dict[str, Any]:
        """Give all figures as JSON takes them."""
        return {
            "of": self.what,
            "gold": list(self.golds),
            "parts": [_part(one) for one in self.parts],
            "skipped": [list(one) for one in self.skipped],
            "elsewhere": self.elsewhere,
            "unknown": dict(sorted(self.unknown.items())),
            **({"flips": asdict(self.flips)} if self.flips else {}),
        }

    def _cases(self) -> Iterator[tuple[str, ...]]:
        for one in self.outcomes:
            passage = one.passage
            if passage.part == FROZEN:
                continue
            place = (
                *(passage.part, one.gold, passage.id, passage.locator),
                passage.genre,
            )
            strict = one.matched["strict"]
            for claim in strict.missed:
                yield *place, "missed", *_said(claim), "", "", passage.text
            for wrong in strict.wrong:
                more = _said(wrong), wrong.tier, " ".join(wrong.patterns)
                yield *place, "wrong", *more[0], *more[1:], passage.text
            for hit, (_, read) in zip(strict.hits, one.speakers, strict=True):
                if read != "right":
                    made = hit.prediction
                    known = _said(hit.claims[0])
                    yield (
                        *(*place, f"speaker read as {made.speaker}", *known),
                        *(made.tier, " ".join(made.patterns), passage.text),
                    )


def _said(one: Said) -> tuple[str, ...]:
    return (
        *(one.subject, one.relation, one.object),
        *(one.stance, one.speaker, one.modality),
    )


def _figures(part: Part) -> Iterator[tuple[str | int | float | None, ...]]:
    for metric, score in part.scores.items():
        yield part.name, "all", "", metric, *_cells(score), *_floor(part.floor)
    for name, share in part.shares.items():
        cells = (*_ends(share.figure), *(None,) * 6)
        counts = (share.count, share.of - share.count, None)
        floor = (rounded(part.floors[name]), None, None)
        yield part.name, "all", "", name, *cells, *counts, *floor
    for group in part.groups:
        cells = (*_cells(group.score), *_floor(group.floor))
        yield part.name, group.kind, group.name, "strict", *cells


def _ends(figure: Figure) -> tuple[float | None, ...]:
    return rounded(figure.value), rounded(figure.low), rounded(figure.high)


def _cells(score: Score) -> tuple[float | int | None, ...]:
    return (
        *(*_ends(score.p), *_ends(score.r), *_ends(score.f1)),
        *(score.hits, score.wrong, score.missed),
    )


def _floor(score: Score) -> tuple[float | None, ...]:
    return tuple(rounded(one.value) for one in (score.p, score.r, score.f1))


def _part(part: Part) -> dict[str, Any]:
    return {
        "part": part.name,
        "texts": part.texts,
        "sentences": part.sentences,
        "statements": part.statements,
        "optional": part.optional,
        "candidates": part.candidates,
        "scores": {name: score.to_dict() for name, score in part.scores.items()},
        "shares": {
            name: {**share.to_dict(), "floor": rounded(part.floors[name])}
            for name, share in part.shares.items()
        },
        "cooccurrence": part.floor.to_dict(),
        "confusion": {
            "stance": _confusion(part.stances),
            "speaker": _confusion(part.speakers),
            "modality": _confusion(part.modalities),
        },
        "groups": [
            {
                "kind": one.kind,
                "name": one.name,
                "strict": one.score.to_dict(),
                "cooccurrence": one.floor.to_dict(),
            }
            for one in part.groups
        ],
    }


def _confusion(pairs: Confusion) -> list[dict[str, str | int]]:
    return [
        {"gold": gold, "read": read, "count": count}
        for (gold, read), count in sorted(pairs.items())
    ]
