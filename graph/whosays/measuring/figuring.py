"""Outcomes of passages → the figures of a part of the gold and of its groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from whosays.measuring.figures import DRAWS, Counts, Score, Share
from whosays.measuring.judging import Outcome
from whosays.measuring.records import FROZEN, Claim, Prediction
from whosays.measuring.units import METRICS, Matching

Confusion = Mapping[tuple[str, str], int]
"""How often (what stands there, what was read)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Some of a part: one genre, one relation, the candidates of some tiers.

    ``floor`` is what co-occurrence reaches by *pair* on the same sentences.
    """

    kind: str
    name: str
    score: Score
    floor: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The figures of one part of the gold.

    ``floor`` and ``floors`` are what needs no reading: co-occurrence for pairs and for
    distractors, the commonest value for stance, speaker and modality. Distractors are
    sentences that name an actor and claim nothing; ``crowded`` ones name two or more.
    """

    name: str
    texts: int
    sentences: int
    statements: int
    optional: int
    candidates: int
    scores: Mapping[str, Score]
    floor: Score
    shares: Mapping[str, Share]
    floors: Mapping[str, float | None]
    stances: Confusion
    speakers: Confusion
    modalities: Confusion
    groups: tuple[Group, ...]


SHARES = ("stance", "speaker", "modality", "distractors", "crowded distractors")


def part(name: str, outcomes: Sequence[Outcome], *, draws: int = DRAWS) -> Part:
    """Compute all figures of a part."""
    counts = Counts([_row(one) for one in outcomes], draws=draws)
    first = 3 * len(METRICS)
    shares = {
        share: counts.share(first + 3 + 2 * at, first + 4 + 2 * at)
        for at, share in enumerate(SHARES)
    }
    stances = Counter(pair for one in outcomes for pair in one.stances)
    speakers = Counter(pair for one in outcomes for pair in one.speakers)
    modalities = Counter(pair for one in outcomes for pair in one.modalities)
    distractors = [one for one in outcomes if one.empty and one.named]
    crowded = sum(one.named > 1 for one in distractors)
    return Part(
        name=name,
        texts=len({(one.gold, one.passage.source) for one in outcomes}),
        sentences=len(outcomes),
        statements=sum(len(one.passage.gold) for one in outcomes),
        optional=sum(len(one.passage.optional) for one in outcomes),
        candidates=sum(len(one.found) for one in outcomes),
        scores={
            metric: counts.score(3 * at, 3 * at + 1, 3 * at + 2)
            for at, metric in enumerate(METRICS)
        },
        floor=counts.score(first, first + 1, first + 2),
        shares=shares,
        floors={
            "stance": _commonest(stances),
            "speaker": _commonest(speakers),
            "modality": _commonest(modalities),
            "distractors": crowded / len(distractors) if distractors else None,
            "crowded distractors": 1.0 if crowded else None,
        },
        stances=stances,
        speakers=speakers,
        modalities=modalities,
        groups=tuple(_groups(outcomes, draws, totals=name == FROZEN)),
    )


def _row(one: Outcome) -> list[int]:
    """Count a passage: by metric, the floor, then the shares."""
    row: list[int] = []
    for metric in METRICS:
        row += _counted(one.matched[metric])
    row += _counted(one.floor)
    for pairs in (one.stances, one.modalities):
        row += [sum(a == b for a, b in pairs), len(pairs)]
    row[-2:-2] = [sum(said == "right" for _, said in one.speakers), len(one.speakers)]
    for least in (1, 2):
        here = one.empty and one.named >= least
        row += [int(here and bool(one.found)), int(here)]
    return row


def _counted(matching: Matching) -> list[int]:
    return [len(matching.hits), len(matching.wrong), len(matching.missed)]


def _commonest(pairs: Confusion) -> float | None:
    """Give the share of the commonest value that stands there."""
    there: Counter[str] = Counter()
    for (value, _), count in pairs.items():
        there[value] += count
    return max(there.values()) / sum(there.values()) if there else None


def _groups(
    outcomes: Sequence[Outcome], draws: int, *, totals: bool
) -> Iterator[Group]:
    """Give the groups of every kind; with ``totals`` no single relations."""
    found = [one for outcome in outcomes for one in outcome.found]
    tiers = sorted({one.tier for one in found if one.tier})
    for at in range(len(tiers)):
        upto = frozenset(tiers[: at + 1])
        yield _chosen("tier", "+".join(sorted(upto)), outcomes, _tier_in(upto), draws)
    for name in sorted({name for one in found for name in one.proposers}):
        yield _chosen("proposer", name, outcomes, _proposed_by(name), draws)
    for kind, of in (("genre", _genre), ("gold", _gold)):
        names = sorted({of(one) for one in outcomes})
        for name in names if len(names) > 1 else ():
            some = [one for one in outcomes if of(one) == name]
            yield _chosen(kind, name, some, _all, draws)
    yield from _kinds("ends", outcomes, _ends, draws)
    if not totals:
        yield from _kinds("relation", outcomes, _relation, draws)


def _chosen(
    kind: str,
    name: str,
    outcomes: Sequence[Outcome],
    keep: Callable[[Prediction], bool],
    draws: int,
) -> Group:
    """Score some of the predictions against all statements of the passages."""
    rows = []
    for one in outcomes:
        strict = one.matched["strict"]
        hits = sum(keep(hit.prediction) for hit in strict.hits)
        every = len(strict.hits) + len(strict.missed)
        rows.append(
            [
                hits,
                sum(map(keep, strict.wrong)),
                every - hits,
                *_counted(one.floor),
            ]
        )
    counts = Counts(rows, draws=draws)
    return Group(
        kind=kind, name=name, score=counts.score(0, 1, 2), floor=counts.score(3, 4, 5)
    )


def _kinds(
    kind: str,
    outcomes: Sequence[Outcome],
    of: Callable[[Claim | Prediction], str],
    draws: int,
) -> Iterator[Group]:
    """Score by a property of statements; the floor knows none: all wrong ones count."""
    names = {of(claim) for one in outcomes for claim in one.passage.gold}
    names |= {of(found) for one in outcomes for found in one.matched["strict"].wrong}
    for name in sorted(names):
        rows = []
        for one in outcomes:
            strict, floor = one.matched["strict"], one.floor
            row = [
                sum(of(hit.claims[0]) == name for hit in strict.hits),
                sum(of(wrong) == name for wrong in strict.wrong),
                sum(of(claim) == name for claim in strict.missed),
                sum(name in map(of, hit.claims) for hit in floor.hits),
                len(floor.wrong),
                sum(of(claim) == name for claim in floor.missed),
            ]
            if any(row):
                rows.append(row)
        counts = Counts(rows, draws=draws)
        yield Group(
            kind=kind,
            name=name,
            score=counts.score(0, 1, 2),
            floor=counts.score(3, 4, 5),
        )


def _relation(said: Claim | Prediction) -> str:
    return said.relation


def _ends(said: Claim | Prediction) -> str:
    return "one is no name" if said.coref else "both are names"


def _tier_in(tiers: frozenset[str]) -> Callable[[Prediction], bool]:
    return lambda one: one.tier in tiers


def _proposed_by(name: str) -> Callable[[Prediction], bool]:
    return lambda one: name in one.proposers


def _all(one: Prediction) -> bool:
    return True


def _genre(one: Outcome) -> str:
    return one.passage.genre


def _gold(one: Outcome) -> str:
    return one.gold
