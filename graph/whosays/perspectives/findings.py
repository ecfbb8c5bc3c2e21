"""What comparing finds: records, each with the statements of both sides."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from whosays.model import Collection, Dispute, DisputeKind, Statement
from whosays.perspectives.perspective import Held, Perspective
from whosays.rows import Rows

if TYPE_CHECKING:
    import pandas
    import polars


class Finding(StrEnum):
    """How what two perspectives hold about a claim relates."""

    CONTRADICT = "contradict"
    CLASH = "cannot both hold"
    AGREE = "agree"
    BESIDE = "both speak of it"
    ONLY_A = "only A"
    ONLY_B = "only B"
    A_SILENT = "A silent"
    B_SILENT = "B silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A claim of A beside a claim of B, or a claim that only one of them speaks of.

    ``kind`` and ``score`` are of the weightiest of the ``disputes`` (ids, best first);
    without a dispute they are None and 0. ``reason`` says what a reader should know.
    """

    finding: Finding
    a: Held | None = None
    b: Held | None = None
    kind: DisputeKind | None = None
    score: float = 0.0
    disputes: tuple[str, ...] = ()
    reason: str = ""

    @property
    def claim(self) -> Held:
        """The claim it is about: of A if A speaks of it, else of B."""
        held = self.a or self.b
        assert held is not None
        return held


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Two actors of whom one perspective says nothing and the other much."""

    finding: Finding
    actors: tuple[str, str]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two perspectives and every finding about them.

    Each claim of either stands in at least one list. ``beside`` holds what both speak
    of without agreeing or contradicting. ``shared`` counts statements that belong to
    both and are therefore left out of both.
    """

    a: Perspective
    b: Perspective
    contradict: tuple[Match, ...] = ()
    clash: tuple[Match, ...] = ()
    agree: tuple[Match, ...] = ()
    beside: tuple[Match, ...] = ()
    only_a: tuple[Match, ...] = ()
    only_b: tuple[Match, ...] = ()
    a_silent: tuple[Silence, ...] = ()
    b_silent: tuple[Silence, ...] = ()
    shared: int = 0
    disputes: tuple[Dispute, ...] = field(default=(), repr=False)

    @property
    def matches(self) -> tuple[Match, ...]:
        """All findings about claims, in the order of the lists."""
        return (
            *self.contradict,
            *self.clash,
            *self.agree,
            *self.beside,
            *self.only_a,
            *self.only_b,
        )

    @property
    def silences(self) -> tuple[Silence, ...]:
        """All findings about what one of the two leaves out."""
        return (*self.a_silent, *self.b_silent)

    @property
    def title(self) -> str:
        """Name both for people."""
        return f"{self.a.title} / {self.b.title}"

    def to_rows(self) -> Rows:
        """Give it as a table, a row per finding; see ``COMPARISON_COLUMNS``."""
        from whosays.perspectives.table import comparison_rows

        return comparison_rows(self)

    def to_turtle(self) -> bytes:
        """Give the statements of both and the findings as an RDF graph."""
        from whosays.perspectives.graph import comparison_nquads, turtle

        return turtle(comparison_nquads(self), self.a.collection)

    def to_pandas(self) -> pandas.DataFrame:
        """Give it as a pandas data frame."""
        return self.to_rows().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """Give it as a polars data frame."""
        return self.to_rows().to_polars()

    def __str__(self) -> str:
        """Name the two and count the findings."""
        counts = Counter(str(match.finding) for match in self.matches)
        found = ", ".join(f"{name}: {count}" for name, count in counts.items())
        return f"{self.title} — {found or 'nothing'}"

    def _repr_html_(self) -> str:
        return self.to_rows()._repr_html_()


def pair_of(subject: str, object: str, collection: Collection) -> tuple[str, str]:
    """Give the tops of two actors in alphabetical order."""
    first, second = sorted((collection.top(subject), collection.top(object)))
    return first, second
