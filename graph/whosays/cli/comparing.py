"""Perspectives and comparisons as text, folded to the width of the paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from whosays.answers import short_id
from whosays.cli.paper import Paper
from whosays.model import Collection, DisputeKind, Stance
from whosays.perspectives import Comparison, Held, Match, Perspective, Silence
from whosays.perspectives.table import claim_label
from whosays.text import count_of

KINDS = {
    DisputeKind.DIRECT: "",
    DisputeKind.ENTAILED: "what is affirmed is a special case of what is denied",
    DisputeKind.PARTIAL: "what is denied is a part of what is affirmed",
    DisputeKind.RELATIONAL: "both are affirmed and exclude each other",
    DisputeKind.TENSE: "both are affirmed and sit ill together",
}
T = TypeVar("T")


def lines(
    found: Perspective | Comparison, paper: Paper, limit: int = 0
) -> Iterator[str]:
    """Write a perspective or a comparison; ``limit`` 0 writes every entry."""
    if isinstance(found, Comparison):
        yield from _Text(found.a.collection, paper, limit).comparison(found)
    else:
        yield from _Text(found.collection, paper, limit).perspective(found)


class _Text:
    """What writing needs at every line: names, ids, paper, and how much of a list."""

    def __init__(self, collection: Collection, paper: Paper, limit: int) -> None:
        self.collection = collection
        self.paper = paper
        self.limit = limit
        self.ids = collection.statement_ids()

    def perspective(self, found: Perspective) -> Iterator[str]:
        held = found.held
        yield from self.paper.lines(found.title)
        counts = Counter(statement.stance for statement in found.statements)
        parts = [f"{counts[stance]} {stance}" for stance in Stance if counts[stance]]
        total = count_of(len(found.statements), "statement")
        on = count_of(len(held), "claim")
        yield from self.paper.lines(f"{total} on {on}: {', '.join(parts) or 'none'}")
        yield ""
        for one in self._some(held):
            yield from self._claim(one)
            yield from self._side("", one)
        yield from self._more(len(held))

    def comparison(self, found: Comparison) -> Iterator[str]:
        for mark, party in (("A", found.a), ("B", found.b)):
            count = count_of(len(party.statements), "statement")
            yield from self.paper.lines(f"{mark} {party.title}: {count}", 0, 2)
        for heading, matches in (
            ("CONTRADICT", found.contradict),
            ("CANNOT BOTH HOLD", found.clash),
            ("AGREE", found.agree),
            ("BOTH SPEAK OF IT", found.beside),
            ("ONLY A", found.only_a),
            ("ONLY B", found.only_b),
        ):
            yield from self._section(heading, matches)
        yield from self._silences("A IS SILENT ON", "B", found.a_silent)
        yield from self._silences("B IS SILENT ON", "A", found.b_silent)
        if not (found.a.statements or found.b.statements):
            yield ""
            yield "Neither says anything there."

    def _section(self, heading: str, matches: Sequence[Match]) -> Iterator[str]:
        if not matches:
            return
        yield ""
        yield f"{heading} ({len(matches)})"
        for match in self._some(matches):
            yield from self._match(match)
        yield from self._more(len(matches))

    def _match(self, match: Match) -> Iterator[str]:
        yield from self._claim(match.claim)
        if match.a is not None:
            yield from self._side("A ", match.a)
        if match.b is not None:
            if match.claim.claim != match.b.claim:
                yield from self._claim(match.b)
            yield from self._side("B ", match.b)
        why = [KINDS[match.kind] if match.kind else "", match.reason]
        reason = "; ".join(text for text in why if text)
        if reason:
            yield from self.paper.lines(f"({reason})", 4, 1)

    def _silences(
        self, heading: str, speaker: str, silences: Sequence[Silence]
    ) -> Iterator[str]:
        if not silences:
            return
        yield ""
        yield f"{heading} ({len(silences)})"
        for silence in self._some(silences):
            first, second = map(self.collection.label, silence.actors)
            pair = first if first == second else f"{first} and {second}"
            count = count_of(len(silence.statements), "statement")
            yield from self.paper.lines(f"{pair}: {count} of {speaker}", 2, 2)
        yield from self._more(len(silences))

    def _claim(self, held: Held) -> Iterator[str]:
        yield from self.paper.lines(claim_label(held, self.collection), 2, 2)

    def _side(self, mark: str, held: Held) -> Iterator[str]:
        """Write who takes which stance where, with the shortest ids."""
        stances = ", ".join(held.stances)
        voices = ", ".join(map(self.collection.label, held.voices))
        sources = ", ".join(held.sources)
        more = f" +{len(held.statements) - 1}" if len(held.statements) > 1 else ""
        id = short_id(held.statements[0].id, self.ids)
        rejected = ", quoted in order to be rejected" if held.rejected else ""
        text = f"{mark}{stances}: {voices} ({sources}){rejected} {id}{more}"
        yield from self.paper.lines(text, 4, 4)

    def _some(self, items: Sequence[T]) -> Sequence[T]:
        return items[: self.limit] if self.limit else items

    def _more(self, count: int) -> Iterator[str]:
        if self.limit and count > self.limit:
            more = f"… {count - self.limit} more: --limit 0, or -f csv"
            yield from self.paper.lines(more, 2)
