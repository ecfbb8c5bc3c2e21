"""What is curated and what is missing, for each source and each pair of actors.

Most false alarms among disputes come from rows without a date, and most claims that
look settled have one voice behind them: both are counted here, so that a curator knows
where to look next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whosays.model import Collection, Dispute, Framing, Stance, Statement
from whosays.rows import Rows, Value

if TYPE_CHECKING:
    import pandas
    import polars

COLUMNS = (
    "part",
    "id",
    "label",
    "statements",
    "affirms",
    "denies",
    "questions",
    "reports",
    "undated",
    "unlocated",
    "claims",
    "single_voiced",
    "voices",
    "sources",
    "disputes",
    "undated_disputes",
    "waiting",
)
"""A row per source, then a row per pair of actors; ``part`` says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Counts over the accepted statements of a source or about a pair of actors.

    ``id`` is a source slug or ``<a>_<b>`` of the tops of two actors. ``undated`` have
    no ``valid``; ``single_voiced`` are claims behind which one voice stands, rejected
    quotations left out; ``undated_disputes`` have a side without a date, so that a
    date may end them; ``waiting`` are candidates, in no other count.
    """

    part: str
    id: str
    label: str
    statements: int
    stances: tuple[tuple[Stance, int], ...]
    undated: int
    unlocated: int
    claims: int
    single_voiced: int
    voices: int
    sources: int
    disputes: int
    undated_disputes: int
    waiting: int

    def count(self, stance: Stance) -> int:
        """Count the statements of one stance."""
        return dict(self.stances)[stance]

    @property
    def only_undated(self) -> bool:
        """Tell whether it may be disputed only because dates are missing."""
        return 0 < self.disputes == self.undated_disputes

    @property
    def record(self) -> tuple[Value, ...]:
        """Give the fields in the order of ``COLUMNS``."""
        return (
            self.part,
            self.id,
            self.label,
            self.statements,
            *(self.count(stance) for stance in Stance),
            self.undated,
            self.unlocated,
            self.claims,
            self.single_voiced,
            self.voices,
            self.sources,
            self.disputes,
            self.undated_disputes,
            self.waiting,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The counts for each source and each pair of actors, most statements first.

    ``total`` counts everything once.
    """

    sources: tuple[Part, ...]
    pairs: tuple[Part, ...]
    total: Part

    def to_rows(self) -> Rows:
        """Give it as a table; see ``COLUMNS``."""
        return Rows.of(COLUMNS, (part.record for part in (*self.sources, *self.pairs)))

    def to_pandas(self) -> pandas.DataFrame:
        """Give it as a pandas data frame."""
        return self.to_rows().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """Give it as a polars data frame."""
        return self.to_rows().to_polars()

    def __str__(self) -> str:
        """Count what there is."""
        return (
            f"{self.total.statements} statements of {len(self.sources)} sources "
            f"about {len(self.pairs)} pairs of actors"
        )

    def _repr_html_(self) -> str:
        return self.to_rows()._repr_html_()


def coverage(collection: Collection, disputes: Iterable[Dispute]) -> Coverage:
    """Count what is curated and what is missing.

    Sources without a statement are listed too; a voice against itself is no dispute.
    """
    by_source: dict[str, list[Statement]] = {slug: [] for slug in collection.sources}
    by_pair: dict[str, list[Statement]] = defaultdict(list)
    for statement in collection.statements:
        by_source.setdefault(statement.source, []).append(statement)
        by_pair["_".join(_pair(statement, collection))].append(statement)
    clashes = _Clashes(collection, disputes)
    pairs = (
        _part("pair", id, _pair_label(id, collection), statements, clashes.pairs[id])
        for id, statements in by_pair.items()
    )
    sources = (
        _part("source", slug, collection.label(slug), statements, clashes.sources[slug])
        for slug, statements in by_source.items()
    )
    return Coverage(
        sources=_ranked(sources),
        pairs=_ranked(pairs),
        total=_part("total", "", "", collection.statements, clashes.total),
    )


class _Tally:
    """How many disputes, and how many of them have a side without a date."""

    __slots__ = ("disputes", "undated")

    def __init__(self) -> None:
        self.disputes = 0
        self.undated = 0


class _Clashes:
    """Disputes counted as they come: there may be many times as many as statements.

    A dispute counts once for each source, and for each pair of actors, of its sides.
    """

    def __init__(self, collection: Collection, disputes: Iterable[Dispute]) -> None:
        self.sources: dict[str, _Tally] = defaultdict(_Tally)
        self.pairs: dict[str, _Tally] = defaultdict(_Tally)
        self.total = _Tally()
        sides = {
            one.id: (
                self.sources[one.source],
                self.pairs["_".join(_pair(one, collection))],
                bool(one.valid),
            )
            for one in collection.statements
        }
        for dispute in disputes:
            if dispute.own:
                continue
            source, pair, dated = sides[dispute.affirmed]
            other_source, other_pair, other_dated = sides[dispute.contested]
            undated = not (dated and other_dated)
            for tally in {source, other_source, pair, other_pair, self.total}:
                tally.disputes += 1
                tally.undated += undated


def _pair(statement: Statement, collection: Collection) -> list[str]:
    return sorted((collection.top(statement.subject), collection.top(statement.object)))


def _pair_label(id: str, collection: Collection) -> str:
    first, second = map(collection.label, id.split("_"))
    return first if first == second else f"{first} and {second}"


def _ranked(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: (-part.statements, part.id)))


def _part(
    part: str,
    id: str,
    label: str,
    statements: Sequence[Statement],
    clashes: _Tally,
) -> Part:
    counted = [statement for statement in statements if statement.counts]
    stances = Counter(statement.stance for statement in counted)
    voices: dict[str, set[str]] = defaultdict(set)
    for statement in counted:
        if statement.framing is not Framing.REJECTED:
            voices[statement.proposition].add(statement.voice)
    return Part(
        part=part,
        id=id,
        label=label,
        statements=len(counted),
        stances=tuple((stance, stances[stance]) for stance in Stance),
        undated=sum(not statement.valid for statement in counted),
        unlocated=sum(not statement.locator for statement in counted),
        claims=len({statement.proposition for statement in counted}),
        single_voiced=sum(len(each) == 1 for each in voices.values()),
        voices=len({statement.voice for statement in counted}),
        sources=len({statement.source for statement in counted}),
        disputes=clashes.disputes,
        undated_disputes=clashes.undated,
        waiting=sum(statement.status == "candidate" for statement in statements),
    )
