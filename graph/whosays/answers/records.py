"""What reading verbs answer: frozen records that know their rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from whosays.answers.columns import statement_rows
from whosays.independence import Backing
from whosays.model import (
    Actor,
    Collection,
    DisputeKind,
    Issue,
    Mood,
    Name,
    Source,
    Stance,
    Statement,
)
from whosays.rows import Rows
from whosays.values import dataclass

if TYPE_CHECKING:
    import pandas
    import polars

Key = tuple[str, str, str]
"""Subject, relation, object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """What an answer leaves out: how many of what, and the option that decides."""

    count: int
    what: str
    option: str

    def __str__(self) -> str:
        """Count it in a line, for people."""
        return f"{self.count} {self.what} not shown: {self.option}"


class Tabular:
    """An answer that is made of statements; rows are what programs get."""

    __slots__ = ()
    collection: Collection
    statements: tuple[Statement, ...]

    def to_rows(self) -> Rows:
        """Give the statements as typed rows; the columns are `STATEMENT_COLUMNS`."""
        return statement_rows(self.statements, self.collection)

    def to_pandas(self) -> pandas.DataFrame:
        """Make a pandas data frame of the statements."""
        return self.to_rows().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """Make a polars data frame of the statements."""
        return self.to_rows().to_polars()

    def __len__(self) -> int:
        """Count the statements."""
        return len(self.statements)

    def __iter__(self) -> Iterator[Statement]:
        """Yield the statements in the order of the answer."""
        return iter(self.statements)

    def __bool__(self) -> bool:
        """Stand for an answer even when nobody said anything."""
        return True

    def _repr_html_(self) -> str:
        return self.to_rows()._repr_html_()

    def _of(self, stance: Stance) -> tuple[Statement, ...]:
        return tuple(one for one in self.statements if one.stance is stance)

    @property
    def affirmed(self) -> tuple[Statement, ...]:
        """The statements that affirm, those that only quote to refute included."""
        return self._of(Stance.AFFIRMS)

    @property
    def denied(self) -> tuple[Statement, ...]:
        """The statements that deny."""
        return self._of(Stance.DENIES)

    @property
    def questioned(self) -> tuple[Statement, ...]:
        """The statements that ask or doubt."""
        return self._of(Stance.QUESTIONS)

    @property
    def reported(self) -> tuple[Statement, ...]:
        """The statements that pass on a talk of nobody in particular."""
        return self._of(Stance.REPORTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """All statements on one claim of one stance and mood, and who is behind them."""

    stance: Stance
    mood: Mood
    statements: tuple[Statement, ...]
    backing: Backing


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Another claim that does not go with this one, though nobody denied this one.

    ``against`` is the side of this claim that it collides with; ``strong`` is false
    when the two merely sit ill together.
    """

    key: Key
    stance: Stance
    against: Stance
    kind: DisputeKind
    strong: bool
    backing: Backing


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Tabular):
    """One proposition with everything said of it, ends in the order of the question.

    ``id`` is the permanent id of the proposition, the same from either end of a
    symmetric relation.
    """

    id: str
    key: Key
    groups: tuple[Group, ...]
    conflicts: tuple[Conflict, ...] = ()
    statements: tuple[Statement, ...]
    collection: Collection = field(repr=False, compare=False)

    @property
    def title(self) -> str:
        """The claim in words, nobody's opinion."""
        return phrase(self.key, self.collection)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Tabular):
    """The answer to `that`: the claims asked for, and what is hidden.

    ``asked`` holds slugs, empty where a slot was left open, and ``text`` the words that
    were searched for. ``related`` are wider and
    narrower claims, only where they were asked for.
    """

    asked: Key
    text: str = ""
    claims: tuple[Claim, ...]
    wider: tuple[Claim, ...] = ()
    narrower: tuple[Claim, ...] = ()
    notes: tuple[str, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    collection: Collection = field(repr=False, compare=False)

    @property
    def id(self) -> str:
        """The id of the claim when a single one was asked for, else empty."""
        return self.claims[0].id if len(self.claims) == 1 else ""

    @property
    def title(self) -> str:
        """What was asked, in words; the words that were searched for stand last."""
        slots = phrase(self.asked, self.collection) if any(self.asked) else ""
        searched = f"“{self.text}”" if self.text else ""
        return " ".join(part for part in (slots, searched) if part)

    @property
    def statements(self) -> tuple[Statement, ...]:  # type: ignore[override]
        """All statements, also those of wider and narrower claims."""
        claims = (*self.claims, *self.wider, *self.narrower)
        return tuple(one for claim in claims for one in claim.statements)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier(Tabular):
    """The answer to `about`: an actor, its names, and every claim with it.

    ``contested``, its ``outlines`` and ``claims`` are made when they are first read.
    """

    actor: Actor
    parts: tuple[str, ...]
    names: tuple[Name, ...]
    contested: Sequence[Contested]
    outlines: Sequence[Outlined] = field(repr=False, compare=False)
    claims: Sequence[Claim]
    statements: tuple[Statement, ...]
    hidden: tuple[Hidden, ...] = ()
    collection: Collection = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech(Tabular):
    """The answer to `by`: what a voice says, apart from what it passes on.

    ``delegates`` counts the statements of each voice that speaks for this one.
    """

    voice: Actor
    own: tuple[Statement, ...]
    passed_on: tuple[Statement, ...]
    delegates: Mapping[str, int]
    hidden: tuple[Hidden, ...] = ()
    collection: Collection = field(repr=False, compare=False)

    @property
    def statements(self) -> tuple[Statement, ...]:  # type: ignore[override]
        """Its own words, then what it passes on."""
        return (*self.own, *self.passed_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Tabular):
    """The answer to `in`: what a source holds, in the order of its passages."""

    source: Source
    statements: tuple[Statement, ...]
    hidden: tuple[Hidden, ...] = ()
    collection: Collection = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two claims that collide, with the statements on either side.

    ``factors`` explain the score: where it starts, and each reason that lowers it.
    ``pairs`` counts the pairs of statements behind it.
    """

    kind: DisputeKind
    affirmed: Key
    contested: Key
    score: float
    reason: str
    factors: tuple[tuple[str, float], ...]
    for_it: tuple[Statement, ...]
    against_it: tuple[Statement, ...]
    pairs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """One issue with its clashes, the best score first; ``title`` names the actors."""

    issue: Issue
    title: str
    clashes: tuple[Clash, ...]
    statements: tuple[Statement, ...]

    @property
    def pairs(self) -> int:
        """Count the pairs of statements that collide."""
        return self.issue.pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlined:
    """One issue in a list: what there is is counted, the strongest clashes are named.

    ``said`` are the dates of its statements, each once; ``more`` counts the clashes
    that are not named.
    """

    actors: tuple[str, str]
    score: float
    camp: bool
    voices: int
    sources: int
    pairs: int
    said: tuple[str, ...]
    clashes: tuple[Clash, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The answer to `show`: one thing with all its fields.

    ``kind`` is statement, claim, actor, source or issue. ``rows`` is a single row,
    but for a claim it has one for each statement and for an issue for each dispute.
    """

    kind: str
    id: str
    title: str
    rows: Rows
    claim: Claim | None = None
    contested: Contested | None = None
    statement: Statement | None = None
    notes: tuple[str, ...] = ()
    collection: Collection = field(repr=False, compare=False)

    def to_rows(self) -> Rows:
        """Give the fields as typed rows."""
        return self.rows

    def _repr_html_(self) -> str:
        return self.rows._repr_html_()


def phrase(key: Key, collection: Collection) -> str:
    """Put a claim into words; an open slot shows as three dots."""
    return collection.phrase(*key)
