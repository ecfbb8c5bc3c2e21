"""What is curated and what is missing, for each source and each pair of actors.

Most false alarms among disputes come from rows without a date, and most claims that
look settled have one voice behind them: both are counted here, so that a curator knows
where to look next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import starmap
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from whosays.model import (
    Actor,
    Collection,
    Dispute,
    Framing,
    Source,
    Stance,
    Status,
)
from whosays.rows import Rows, Value

if TYPE_CHECKING:
    import pandas
    import polars

    from whosays.index import Index

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
    """Count what is curated and what is missing in records that are at hand.

    Sources without a statement are listed too; a voice against itself is no dispute.
    """
    rows = starmap(_Row, map(attrgetter(*_Row._fields), collection.statements))
    clashes = ((one.affirmed, one.contested) for one in disputes if not one.own)
    return _counted(collection, rows, clashes)


def indexed(index: Index) -> Coverage:
    """Count the same from the tables of a built project, and make no records.

    There may be very many statements, and many times as many pairs of them.
    """
    known = Collection(
        settings=index.settings(),
        actors={one.slug: one for one in index.all(Actor)},
        sources={one.slug: one for one in index.all(Source)},
        relations={},
    )
    rows = index.tuples(f"SELECT {', '.join(_Row._fields)} FROM statement")
    clashes = index.tuples("SELECT affirmed, contested FROM dispute WHERE NOT own")
    return _counted(known, starmap(_Row, rows), clashes)


class _Row(NamedTuple):
    """What of a statement is counted, in the columns of the index."""

    id: str
    source: str
    subject: str
    object: str
    proposition: str
    stance: str
    voice: str
    valid: str
    locator: str
    framing: str | None
    status: str


def _counted(
    collection: Collection, rows: Iterable[_Row], clashes: Iterable[tuple[str, str]]
) -> Coverage:
    by_source = {slug: _Tally() for slug in collection.sources}
    by_pair: dict[tuple[str, str], _Tally] = {}
    total = _Tally()
    tops = {slug: collection.top(slug) for slug in collection.actors}
    sides: dict[str, tuple[_Tally, _Tally, bool]] = {}
    for row in rows:
        one = tops.get(row.subject, row.subject)
        other = tops.get(row.object, row.object)
        ends = (one, other) if one <= other else (other, one)
        source = by_source.get(row.source)
        if source is None:
            source = by_source[row.source] = _Tally()
        pair = by_pair.get(ends)
        if pair is None:
            pair = by_pair[ends] = _Tally()
        for tally in (source, pair, total):
            tally.add(row)
        sides[row.id] = source, pair, bool(row.valid)
    # A dispute counts once for each source, and for each pair of actors, of its sides.
    for affirmed, contested in clashes:
        source, pair, dated = sides[affirmed]
        other_source, other_pair, other_dated = sides[contested]
        undated = not (dated and other_dated)
        for tally in {source, other_source, pair, other_pair, total}:
            tally.disputes += 1
            tally.undated_disputes += undated
    label = collection.label
    return Coverage(
        sources=_ranked(
            tally.part("source", slug, label(slug)) for slug, tally in by_source.items()
        ),
        pairs=_ranked(
            tally.part(
                "pair",
                f"{one}_{other}",
                label(one) if one == other else f"{label(one)} and {label(other)}",
            )
            for (one, other), tally in by_pair.items()
        ),
        total=total.part("total", "", ""),
    )


class _Tally:
    """Counts while rows go by, each of which is seen once."""

    __slots__ = (
        "disputes",
        "sources",
        "stances",
        "undated",
        "undated_disputes",
        "unlocated",
        "voices",
        "waiting",
        "who",
    )

    def __init__(self) -> None:
        self.stances: dict[str, int] = {}
        self.undated = self.unlocated = self.waiting = 0
        self.disputes = self.undated_disputes = 0
        self.voices: set[str] = set()
        self.sources: set[str] = set()
        self.who: dict[str, str | None] = {}
        """By proposition whose it is: ``_SEVERAL``, or None where it is only rejected."""

    def add(self, row: _Row) -> None:
        """Count a statement; one that is not accepted may only wait."""
        if row.status != Status.ACCEPTED:
            self.waiting += row.status == Status.CANDIDATE
            return
        self.stances[row.stance] = self.stances.get(row.stance, 0) + 1
        self.undated += not row.valid
        self.unlocated += not row.locator
        self.voices.add(row.voice)
        self.sources.add(row.source)
        known = self.who.get(row.proposition)
        if row.framing == Framing.REJECTED:
            self.who[row.proposition] = known
        elif known != row.voice:
            self.who[row.proposition] = row.voice if known is None else _SEVERAL

    def part(self, part: str, id: str, label: str) -> Part:
        """Give the counts of a source, a pair or everything."""
        return Part(
            part=part,
            id=id,
            label=label,
            statements=sum(self.stances.values()),
            stances=tuple((stance, self.stances.get(stance, 0)) for stance in Stance),
            undated=self.undated,
            unlocated=self.unlocated,
            claims=len(self.who),
            single_voiced=sum(bool(voice) for voice in self.who.values()),
            voices=len(self.voices),
            sources=len(self.sources),
            disputes=self.disputes,
            undated_disputes=self.undated_disputes,
            waiting=self.waiting,
        )


_SEVERAL = ""


def _ranked(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: (-part.statements, part.id)))
