"""A perspective: the accepted statements of some voices, sources or sides, by claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from whosays import dates
from whosays.errors import UsageError
from whosays.model import Collection, Framing, Stance, Statement
from whosays.rows import Rows

if TYPE_CHECKING:
    import pandas
    import polars

_ORDER = {stance: number for number, stance in enumerate(Stance)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one perspective holds about one claim: all its statements on it.

    ``claim`` is a proposition id; the ends of a symmetric one stand in its order.
    """

    claim: str
    statements: tuple[Statement, ...]

    @property
    def subject(self) -> str:
        """The slug of the claim's first actor."""
        return self.claim.split("_")[0]

    @property
    def relation(self) -> str:
        """The id of the claim's relation."""
        return self.claim.split("_")[1]

    @property
    def object(self) -> str:
        """The slug of the claim's second actor."""
        return self.claim.split("_")[2]

    @property
    def stances(self) -> tuple[Stance, ...]:
        """The stances taken, each once: affirms, denies, questions, reports."""
        found = {statement.stance for statement in self.statements}
        return tuple(sorted(found, key=_ORDER.__getitem__))

    @property
    def voices(self) -> tuple[str, ...]:
        """Whose stances they are, each once, in alphabetical order."""
        return tuple(sorted({statement.voice for statement in self.statements}))

    @property
    def sources(self) -> tuple[str, ...]:
        """Where they stand, each once, in alphabetical order."""
        return tuple(sorted({statement.source for statement in self.statements}))

    @property
    def rejected(self) -> bool:
        """Tell whether the claim only stands here in order to be rejected."""
        return all(s.framing is Framing.REJECTED for s in self.statements)


@dataclass(frozen=True, slots=True, kw_only=True)
class Perspective:
    """The accepted statements of a choice of voices, sources and sides.

    ``voices`` and ``sides`` (everyone rolling up to an actor) widen each other,
    ``sources`` narrow them. ``since`` and ``until`` are EDTF text or empty and speak of
    when something was said. ``unplaced`` counts statements whose date of speaking may
    or may not lie between the two: they are in no period.
    """

    voices: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    statements: tuple[Statement, ...] = ()
    unplaced: int = 0
    collection: Collection = field(repr=False, compare=False)

    @property
    def speaks_for_itself(self) -> bool:
        """Tell whether it is chosen by who speaks, and not only by where.

        What a source quotes in order to reject it is not the source's own position;
        it still is the position of the one who is quoted.
        """
        return bool(self.voices or self.sides)

    @property
    def who(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """The choice without its period."""
        return (self.voices, self.sources, self.sides)

    @property
    def name(self) -> str:
        """A short name: slugs and dates."""
        sides = (f"side:{slug}" for slug in self.sides)
        parts = [*self.voices, *sides, *self.sources]
        period = f"@{self.since}..{self.until}" if self.since or self.until else ""
        return "+".join(parts or ["everyone"]) + period

    @property
    def title(self) -> str:
        """The name for people."""
        label = self.collection.label
        voices = [label(slug) for slug in self.voices]
        voices += [f"the side of {label(slug)}" for slug in self.sides]
        sources = [f"“{label(slug)}”" for slug in self.sources]
        parts = [" + ".join(group) for group in (voices, sources) if group]
        return (" in ".join(parts) or "everyone") + self._spoken_of()

    @property
    def held(self) -> tuple[Held, ...]:
        """What it holds, by claim; most spoken of first."""
        found = grouped(self.statements)
        return tuple(sorted(found, key=lambda h: (-len(h.statements), h.claim)))

    def without(self, ids: frozenset[str]) -> Perspective:
        """Leave some statements out."""
        kept = tuple(s for s in self.statements if s.id not in ids)
        return replace(self, statements=kept)

    def split(self, day: str) -> tuple[Perspective, ...]:
        """Part it into what was said before a date and what was said since.

        Raises:
            UsageError: it is no date, has no first day, or there is a period already.
        """
        first = _day(day).earliest
        if first is None or self.since or self.until:
            raise UsageError(f"{self.title} cannot be split at {day}")
        before = (first - timedelta(days=1)).isoformat()
        voices, sources, sides = self.who
        return tuple(
            select(
                self.collection,
                voices=voices,
                sources=sources,
                sides=sides,
                since=since,
                until=until,
            )
            for since, until in (("", before), (first.isoformat(), ""))
        )

    def to_rows(self) -> Rows:
        """Give it as a table, a row per claim; see ``PERSPECTIVE_COLUMNS``."""
        from whosays.perspectives.table import perspective_rows

        return perspective_rows(self)

    def to_turtle(self) -> bytes:
        """Give its statements as an RDF graph, without names of graphs."""
        from whosays.perspectives.graph import perspective_nquads, turtle

        return turtle(perspective_nquads(self), self.collection)

    def to_pandas(self) -> pandas.DataFrame:
        """Give it as a pandas data frame."""
        return self.to_rows().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """Give it as a polars data frame."""
        return self.to_rows().to_polars()

    def __str__(self) -> str:
        """Name it and count what it holds."""
        return f"{self.title}: {len(self.statements)} statements"

    def _repr_html_(self) -> str:
        return self.to_rows()._repr_html_()

    def _spoken_of(self) -> str:
        since = f", from {self.since}" if self.since else ""
        return since + (f", until {self.until}" if self.until else "")


def select(
    collection: Collection,
    *,
    voices: Iterable[str] = (),
    sources: Iterable[str] = (),
    sides: Iterable[str] = (),
    since: str = "",
    until: str = "",
) -> Perspective:
    """Choose the accepted statements of voices and sides, in sources, in a period.

    A statement belongs to a period if all days on which it may have been said do.

    Raises:
        UsageError: an end is no date, or the period ends before it begins.
    """
    voices, sources, sides = (
        tuple(dict.fromkeys(group)) for group in (voices, sources, sides)
    )
    period = _Period(since, until)
    chosen: list[Statement] = []
    unplaced = 0
    for statement in collection.statements:
        if not statement.counts or not _chosen(
            statement, collection, voices, sources, sides
        ):
            continue
        inside = period.holds(statement.said)
        if inside is None:
            unplaced += 1
        elif inside:
            chosen.append(statement)
    return Perspective(
        voices=voices,
        sources=sources,
        sides=sides,
        since=since,
        until=until,
        statements=tuple(chosen),
        unplaced=unplaced,
        collection=collection,
    )


def grouped(statements: Iterable[Statement]) -> list[Held]:
    """Group statements by claim, in the order in which the claims first occur."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        found[statement.proposition].append(statement)
    return [Held(claim=claim, statements=tuple(each)) for claim, each in found.items()]


def _chosen(
    statement: Statement,
    collection: Collection,
    voices: tuple[str, ...],
    sources: tuple[str, ...],
    sides: tuple[str, ...],
) -> bool:
    if sources and statement.source not in sources:
        return False
    if not voices and not sides:
        return True
    if statement.voice in voices:
        return True
    return not set(sides).isdisjoint(collection.lineage(statement.voice))


class _Period:
    """Days between two dates; an empty date leaves that end open."""

    def __init__(self, since: str, until: str) -> None:
        self.first = _day(since).earliest if since else None
        self.last = _day(until).latest if until else None
        if self.first and self.last and self.last < self.first:
            message = f"the period ends ({until}) before it begins ({since})"
            raise UsageError(message, "Turn the two dates round")

    def holds(self, said: str) -> bool | None:
        """Tell whether it was said in the period; None if nobody can tell."""
        if self.first is None and self.last is None:
            return True
        if not said:
            return None
        when = dates.parse(said)
        after = self.first is None or _reaches(self.first, when.earliest)
        before = self.last is None or _reaches(when.latest, self.last)
        if after and before:
            return True
        apart = (
            self.first is not None
            and when.latest is not None
            and when.latest < self.first
        ) or (
            self.last is not None
            and when.earliest is not None
            and when.earliest > self.last
        )
        return False if apart else None


def _day(text: str) -> dates.Edtf:
    """Read a date that a person asks with: a wrong one is a wrong question."""
    try:
        return dates.parse(text)
    except dates.DateError as error:
        raise UsageError(error.message, error.hint, error.code) from error


def _reaches(earlier: date | None, later: date | None) -> bool:
    """Compare two days of which an open one (None) cannot be known to be inside."""
    return earlier is not None and later is not None and earlier <= later
