"""Two perspectives compared: agreement, contradiction, silence.

Contradictions come from the disputes that were found over all statements and are only
sorted here, so a comparison never sees more or fewer than the list of disputes does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from whosays import dates
from whosays.model import (
    Collection,
    Dispute,
    DisputeKind,
    Framing,
    Statement,
)
from whosays.perspectives.findings import (
    Comparison,
    Finding,
    Match,
    Silence,
    pair_of,
)
from whosays.perspectives.perspective import Held, Perspective, grouped

STRESSED = 2
"""How many statements about a pair of actors make it something that is stressed."""

_TOGETHER = (DisputeKind.RELATIONAL, DisputeKind.TENSE)


def compare(
    a: Perspective,
    b: Perspective,
    disputes: Iterable[Dispute],
    *,
    stressed: int = STRESSED,
) -> Comparison:
    """Compare two perspectives of one collection.

    Args:
        a: The first perspective.
        b: The second one.
        disputes: All disputes of the collection; those between the two are taken.
        stressed: From how many statements on a pair of actors silence is told.
    """
    common = {s.id for s in a.statements} & {s.id for s in b.statements}
    a, b = a.without(frozenset(common)), b.without(frozenset(common))
    comparing = _Comparing(a, b, disputes)
    return Comparison(
        a=a,
        b=b,
        contradict=comparing.contradict,
        clash=comparing.clash,
        agree=comparing.agree,
        beside=comparing.beside,
        only_a=comparing.only(a, b, Finding.ONLY_A),
        only_b=comparing.only(b, a, Finding.ONLY_B),
        a_silent=_silent(b, a, Finding.A_SILENT, stressed),
        b_silent=_silent(a, b, Finding.B_SILENT, stressed),
        shared=len(common),
        disputes=tuple(comparing.between),
    )


_Sides = tuple[Statement, Statement]


class _Comparing:
    """The lists of one comparison, each made from the ones before."""

    def __init__(
        self, a: Perspective, b: Perspective, disputes: Iterable[Dispute]
    ) -> None:
        self.collection = a.collection
        self.of_a = {statement.id: statement for statement in a.statements}
        self.of_b = {statement.id: statement for statement in b.statements}
        self.held_a = {held.claim: held for held in a.held}
        self.held_b = {held.claim: held for held in b.held}
        itself = a.who == b.who
        self.between: dict[Dispute, _Sides] = {}
        self.aside: dict[str, str] = {}
        for dispute in disputes:
            sides = self._sides(dispute)
            if sides is None:
                continue
            if reason := _not_theirs(sides, (a, b), dispute.own and not itself):
                for side in sides:
                    self.aside[side.proposition] = reason
            else:
                self.between[dispute] = sides
        self.contradict = self._matches(Finding.CONTRADICT)
        self.clash = self._matches(Finding.CLASH)
        self.agree = tuple(self._agreements())
        self.beside = tuple(self._beside())

    def _sides(self, dispute: Dispute) -> _Sides | None:
        """Give the statement of A and the one of B, if the dispute is between them."""
        one, other = dispute.affirmed, dispute.contested
        if one in self.of_a and other in self.of_b:
            return self.of_a[one], self.of_b[other]
        if other in self.of_a and one in self.of_b:
            return self.of_a[other], self.of_b[one]
        return None

    def _matches(self, finding: Finding) -> tuple[Match, ...]:
        pairs: dict[tuple[str, str], list[Dispute]] = defaultdict(list)
        for dispute, (one, other) in self.between.items():
            if (dispute.kind in _TOGETHER) == (finding is Finding.CLASH):
                pairs[one.proposition, other.proposition].append(dispute)
        found = [self._match(finding, group) for group in pairs.values()]
        return tuple(sorted(found, key=lambda m: (-m.score, m.claim.claim)))

    def _match(self, finding: Finding, group: list[Dispute]) -> Match:
        group = sorted(group, key=lambda dispute: (-dispute.score, dispute.id))
        (a,) = grouped(dict.fromkeys(self.between[one][0] for one in group))
        (b,) = grouped(dict.fromkeys(self.between[one][1] for one in group))
        return Match(
            finding=finding,
            a=a,
            b=b,
            kind=group[0].kind,
            score=group[0].score,
            disputes=tuple(dispute.id for dispute in group),
            reason="one camp" if all(dispute.camp for dispute in group) else "",
        )

    def _agreements(self) -> Iterable[Match]:
        for claim, a in self.held_a.items():
            b = self.held_b.get(claim)
            if b is None:
                continue
            shared_a, shared_b = _shared(a, b), _shared(b, a)
            if shared_a and shared_b:
                yield Match(
                    finding=Finding.AGREE,
                    a=Held(claim=claim, statements=shared_a),
                    b=Held(claim=claim, statements=shared_b),
                )

    def _beside(self) -> Iterable[Match]:
        told = {m.claim.claim for m in (*self.contradict, *self.clash, *self.agree)}
        told |= {m.b.claim for m in (*self.contradict, *self.clash) if m.b}
        for claim, a in self.held_a.items():
            b = self.held_b.get(claim)
            if b is not None and claim not in told:
                reason = self.aside.get(claim) or _why_beside(a, b)
                yield Match(finding=Finding.BESIDE, a=a, b=b, reason=reason)

    def only(
        self, one: Perspective, other: Perspective, finding: Finding
    ) -> tuple[Match, ...]:
        """List the claims that the other perspective does not speak of."""
        theirs = {statement.proposition for statement in other.statements}
        touched = {
            side.proposition for sides in self.between.values() for side in sides
        }
        found = []
        for held in one.held:
            if held.claim in theirs:
                continue
            reason = self.aside.get(held.claim, "")
            if held.rejected:
                reason = "quoted in order to be rejected"
            elif held.claim in touched:
                reason = "the other speaks of a wider, narrower or excluded claim"
            a, b = (held, None) if finding is Finding.ONLY_A else (None, held)
            found.append(Match(finding=finding, a=a, b=b, reason=reason))
        return tuple(found)


def _not_theirs(
    sides: _Sides, perspectives: tuple[Perspective, Perspective], own: bool
) -> str:
    """Say why a dispute is not one between these two perspectives, or nothing."""
    if own:
        return "one voice, on both sides"
    for side, perspective in zip(sides, perspectives, strict=True):
        if not perspective.speaks_for_itself and side.framing is Framing.REJECTED:
            return "quoted in order to be rejected"
    return ""


def _shared(held: Held, other: Held) -> tuple[Statement, ...]:
    """List the statements that the other side shares, at a time that can meet.

    A rejected quotation corroborates nothing.
    """
    return tuple(
        one
        for one in held.statements
        if any(_agree(one, theirs) for theirs in other.statements)
    )


def _agree(one: Statement, other: Statement) -> bool:
    return (
        one.stance is other.stance
        and one.mood is other.mood
        and Framing.REJECTED not in (one.framing, other.framing)
        and dates.can_meet(_period(one.valid), _period(other.valid))
    )


def _period(text: str) -> dates.Edtf | None:
    return dates.parse(text) if text else None


def _why_beside(a: Held, b: Held) -> str:
    if a.rejected or b.rejected:
        return "quoted in order to be rejected"
    moods_a = {statement.mood for statement in a.statements}
    moods_b = {statement.mood for statement in b.statements}
    if moods_a.isdisjoint(moods_b):
        return "one of what is, the other of what may or should be"
    alike = set(a.stances) & set(b.stances)
    if alike or any(one.disputes(other) for one in a.stances for other in b.stances):
        return "of times, places or moods that do not meet"
    return "one takes a side, the other asks or reports"


def _silent(
    speaking: Perspective, silent: Perspective, finding: Finding, least: int
) -> tuple[Silence, ...]:
    """List the pairs of actors that one stresses and the other never mentions."""
    mentioned = set(_by_pair(silent.statements, silent.collection))
    found = [
        Silence(finding=finding, actors=pair, statements=tuple(statements))
        for pair, statements in _by_pair(
            speaking.statements, speaking.collection
        ).items()
        if pair not in mentioned and len(statements) >= least
    ]
    return tuple(sorted(found, key=lambda s: (-len(s.statements), s.actors)))


def _by_pair(
    statements: Sequence[Statement], collection: Collection
) -> Mapping[tuple[str, str], list[Statement]]:
    found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.framing is not Framing.REJECTED:
            found[pair_of(statement.subject, statement.object, collection)].append(
                statement
            )
    return found
