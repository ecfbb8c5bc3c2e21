"""`disputes`: the issues that voices disagree about, each clash with its explanation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Unpack

from whosays import lookup
from whosays.answers import selecting
from whosays.answers.columns import DISPUTE_COLUMNS, dispute_row
from whosays.answers.narrowing import Narrowing, Sieve
from whosays.answers.records import Clash, Contested, Hidden, Outlined
from whosays.model import Collection, Dispute, DisputeKind, Outline, Statement
from whosays.rows import Rows
from whosays.values import dataclass

if TYPE_CHECKING:
    import pandas
    import polars


def contested(
    collection: Collection,
    disputes: Iterable[Dispute],
    actors: Sequence[str] = (),
    **narrowing: Unpack[Narrowing],
) -> tuple[Contested, ...]:
    """List the issues, widest first; of one actor, or of two, with all their parts.

    Narrowed by time, place or source, both sides have to pass; by a voice, one of them.

    Raises:
        UnknownName: an actor is not known; near ones are suggested.
    """
    from whosays import disputes as engine  # only where issues are asked for

    wanted = [lookup.actor(collection, name) for name in actors]
    statements = {one.id: one for one in collection.statements}
    by = narrowing.pop("by", "")
    voice = lookup.actor(collection, by) if by else ""
    passing = {
        one.id for one in Sieve(collection, narrowing).sift(statements.values())[0]
    }
    asked = _asked(wanted, collection)
    kept = [
        dispute
        for dispute in disputes
        if not dispute.own
        and {dispute.affirmed, dispute.contested} <= passing
        and asked(*_ends(statements[dispute.affirmed]))
        and (not voice or voice in _voices(dispute, statements))
    ]
    by_id = {dispute.id: dispute for dispute in kept}
    found: list[Contested] = []
    for issue in engine.issues(collection, kept):
        members = [by_id[id] for id in issue.disputes]
        both = {
            id: statements[id]
            for dispute in members
            for id in (dispute.affirmed, dispute.contested)
        }
        found.append(
            Contested(
                issue=issue,
                title=" — ".join(map(collection.label, issue.actors)),
                clashes=_clashes(members, both, collection),
                statements=selecting.in_order(both.values()),
            )
        )
    return tuple(found)


def left_out(
    collection: Collection,
    disputes: Iterable[Dispute],
    issues: Iterable[Contested],
    actors: Sequence[str] = (),
    **narrowing: Unpack[Narrowing],
) -> tuple[Hidden, ...]:
    """Count the pairs that `contested` left out of these issues, and say why."""
    wanted = [lookup.actor(collection, name) for name in actors]
    statements = {one.id: one for one in collection.statements}
    asked = _asked(wanted, collection)
    concerned = [
        dispute for dispute in disputes if asked(*_ends(statements[dispute.affirmed]))
    ]
    own = sum(dispute.own for dispute in concerned)
    shown = sum(one.pairs for one in issues)
    options = " ".join(f"--{key} {value}" for key, value in narrowing.items() if value)
    return hidden(
        (len(concerned) - own - shown, "pair of statements", options),
        (own, "pair of one voice with itself", "whosays check"),
    )


def hidden(*counts: tuple[int, str, str]) -> tuple[Hidden, ...]:
    """Name what is left out: how many, what one of them is called, which option.

    The first word is put into the plural.
    """
    found = []
    for count, one, option in counts:
        first, blank, rest = one.partition(" ")
        what = one if count == 1 else f"{first}s{blank}{rest}"
        if count:
            found.append(Hidden(count=count, what=what, option=option))
    return tuple(found)


def widest(
    collection: Collection, outlines: Iterable[Outline], pairs: Iterable[Dispute]
) -> tuple[Outlined, ...]:
    """Put outlines of issues into words; everything that they name must be there."""
    statements = {one.id: one for one in collection.statements}
    by_id = {one.id: one for one in pairs}
    return tuple(
        replace(
            counted(one),
            clashes=tuple(
                _clash(
                    by_id[clash.dispute],
                    (clash.for_it, clash.against_it, clash.pairs),
                    statements,
                    collection,
                )
                for clash in one.strongest
            ),
            more=one.clashes - len(one.strongest),
        )
        for one in outlines
    )


def counted(one: Outline) -> Outlined:
    """Outline an issue by its counts, naming none of its clashes."""
    return Outlined(
        actors=one.actors,
        score=one.score,
        camp=one.camp,
        voices=one.voices,
        sources=one.sources,
        pairs=one.pairs,
        said=one.said,
        clashes=(),
        more=one.clashes,
    )


def outlined(one: Contested, most: int = 0) -> Outlined:
    """Outline an issue with all of its clashes, or with so many."""
    shown = one.clashes[:most] if most else one.clashes
    return Outlined(
        actors=one.issue.actors,
        score=one.issue.score,
        camp=one.issue.camp,
        voices=len(one.issue.voices),
        sources=len(one.issue.sources),
        pairs=one.pairs,
        said=tuple(sorted({one.said for one in one.statements} - {""})),
        clashes=shown,
        more=len(one.clashes) - len(shown),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Widest:
    """The issues that most sources speak of, in outline, and what is left out."""

    collection: Collection
    issues: tuple[Outlined, ...]
    hidden: tuple[Hidden, ...]

    def __len__(self) -> int:
        """Count the issues."""
        return len(self.issues)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """The answer to `disputes`: issues, widest first, and what they leave out."""

    collection: Collection
    issues: tuple[Contested, ...]
    pairs: tuple[Dispute, ...]
    hidden: tuple[Hidden, ...]

    def to_rows(self) -> Rows:
        """Give the pairs of statements as typed rows, in `DISPUTE_COLUMNS`."""
        return dispute_rows(self.issues, self.pairs, self.collection)

    def to_pandas(self) -> pandas.DataFrame:
        """Make a pandas data frame of the pairs."""
        return self.to_rows().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """Make a polars data frame of the pairs."""
        return self.to_rows().to_polars()

    def __len__(self) -> int:
        """Count the issues."""
        return len(self.issues)

    def __iter__(self) -> Iterator[Contested]:
        """Yield the issues, widest first."""
        return iter(self.issues)

    def __getitem__(self, place: int) -> Contested:
        """Give the issue at a place."""
        return self.issues[place]

    def __repr__(self) -> str:
        """Say how much is disputed; the pairs are too many to print."""
        return f"<{len(self)} issues, {sum(one.pairs for one in self)} disputes>"

    def _repr_html_(self) -> str:
        return self.to_rows()._repr_html_()


def disputed(
    collection: Collection,
    disputes: Sequence[Dispute],
    actors: Sequence[str] = (),
    **narrowing: Unpack[Narrowing],
) -> Disputed:
    """Answer what is disputed at all, of one actor, or between two."""
    issues = contested(collection, disputes, actors, **narrowing)
    return Disputed(
        collection=collection,
        issues=issues,
        pairs=tuple(disputes),
        hidden=left_out(collection, disputes, issues, actors, **narrowing),
    )


def dispute_rows(
    issues: Iterable[Contested], disputes: Iterable[Dispute], collection: Collection
) -> Rows:
    """Write the disputes of issues as typed rows, one per pair of statements."""
    by_id = {dispute.id: dispute for dispute in disputes}
    statements = {one.id: one for one in collection.statements}
    rows = []
    for one in issues:
        for id in one.issue.disputes:
            dispute = by_id[id]
            sides = (statements[dispute.affirmed], statements[dispute.contested])
            explanation = (
                reason(dispute.kind, sides, collection),
                in_words(dispute.kind, sides),
            )
            issue = (one.issue.id, one.title)
            rows.append(dispute_row(dispute, sides, issue, explanation, collection))
    return Rows.of(DISPUTE_COLUMNS, rows)


def concerns(
    ends: tuple[str, str], wanted: Sequence[str], collection: Collection
) -> bool:
    """Tell whether two actors are those wanted, or parts of them."""
    if not wanted:
        return True
    lines = [collection.lineage(end) for end in ends]
    if len(wanted) == 2:
        one, other = wanted
        return (one in lines[0] and other in lines[1]) or (
            one in lines[1] and other in lines[0]
        )
    return all(any(slug in line for line in lines) for slug in wanted)


def _asked(wanted: Sequence[str], collection: Collection) -> Callable[[str, str], bool]:
    """Give what tells of two actors whether they are wanted; the same come again."""
    return lru_cache(maxsize=None)(
        lambda one, other: concerns((one, other), wanted, collection)
    )


def _ends(statement: Statement) -> tuple[str, str]:
    return statement.subject, statement.object


def _voices(dispute: Dispute, statements: dict[str, Statement]) -> set[str]:
    return {statements[id].voice for id in (dispute.affirmed, dispute.contested)}


def _clashes(
    members: Iterable[Dispute], statements: dict[str, Statement], collection: Collection
) -> tuple[Clash, ...]:
    from whosays import disputes as engine  # only where issues are asked for

    return tuple(
        _clash(
            found.best,
            (found.for_it, found.against_it, len(found.pairs)),
            statements,
            collection,
        )
        for found in engine.clashing(members, statements)
    )


def _clash(
    best: Dispute,
    behind: tuple[Iterable[str], Iterable[str], int],
    statements: Mapping[str, Statement],
    collection: Collection,
) -> Clash:
    for_it, against_it, pairs = behind
    sides = (statements[best.affirmed], statements[best.contested])
    return Clash(
        kind=best.kind,
        affirmed=selecting.key_of(sides[0]),
        contested=selecting.key_of(sides[1]),
        score=best.score,
        reason=reason(best.kind, sides, collection),
        factors=_factors(best.kind, sides),
        for_it=selecting.in_order(statements[id] for id in for_it),
        against_it=selecting.in_order(statements[id] for id in against_it),
        pairs=pairs,
    )


def reason(
    kind: DisputeKind, sides: tuple[Statement, Statement], collection: Collection
) -> str:
    """Say in words how two statements collide."""
    from whosays import disputes as engine  # only where issues are asked for

    return engine.reason(kind, sides, collection)


def in_words(kind: DisputeKind, sides: tuple[Statement, Statement]) -> str:
    """Say in words where the score of a pair comes from."""
    return "; ".join(f"{name} {value}" for name, value in _factors(kind, sides))


def _factors(
    kind: DisputeKind, sides: tuple[Statement, Statement]
) -> tuple[tuple[str, float], ...]:
    from whosays import disputes as engine  # only where issues are asked for

    lowered = engine.factors(kind, *sides)
    return ((str(kind), engine.BASE[kind]), *lowered.items())
