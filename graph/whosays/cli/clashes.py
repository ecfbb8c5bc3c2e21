"""Issues on paper: both sides of each clash, and why they clash."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from whosays.answers import (
    Clash,
    Contested,
    Hidden,
    Outlined,
    outlined,
    phrase,
    short_id,
)
from whosays.cli import words
from whosays.cli.paper import Paper
from whosays.independence import rejected
from whosays.model import Collection, Stance, Statement

_MINUS = "\u2212"
_TIMES = "\u00d7"

CLASHES = 3
"""How many are listed of an issue before the rest is counted in one line."""


VOICES = 12
"""How many are listed on a side of a clash before the rest is counted in one line."""


class IssuePrinter:
    """Prints what is disputed in one collection, on one paper."""

    def __init__(self, collection: Collection, paper: Paper) -> None:
        """Sort the ids once, so that each can be shortened quickly."""
        self._of = collection
        self._paper = paper
        self._ids = collection.statement_ids()

    def issues(
        self,
        issues: Sequence[Contested | Outlined],
        hidden: Iterable[Hidden] = (),
        *,
        whole: bool = False,
    ) -> list[str]:
        """Print issues, widest first, with their strongest clashes or with all."""
        lines: list[str] = []
        for number, issue in enumerate(issues):
            lines += ([""] if number else []) + self.issue(issue, whole=whole)
        return self._end(lines or ["no disputes"], hidden)

    def issue(self, issue: Contested | Outlined, *, whole: bool = False) -> list[str]:
        """Print one issue: both sides of each clash, and why they clash."""
        if isinstance(issue, Contested):
            issue = outlined(issue, 0 if whole else CLASHES)
        lines = self._paper.ends(*self._heading(issue))
        for clash in issue.clashes:
            lines += self._clash(clash, whole=whole)
        if issue.more:
            pair = " ".join(issue.actors)
            text = f"… and {words.count(issue.more, 'clash', 'clashes')} more: "
            lines += self._paper.lines(f"{text}whosays disputes {pair}", 2)
        return lines

    def _clash(self, clash: Clash, *, whole: bool = False) -> list[str]:
        both = [
            ("+", clash.affirmed, clash.for_it),
            (_MINUS, clash.contested, clash.against_it),
        ]
        if clash.against_it[0].stance is Stance.AFFIRMS:
            both[1] = ("+", clash.contested, clash.against_it)
        factors = f" {_TIMES} ".join(
            f"{name} {value:g}" for name, value in clash.factors
        )
        lines = self._paper.lines(f"{clash.score:.2f} {clash.kind}", 2)
        for mark, key, statements in both:
            side = words.side(statements, self._of)
            lines += self._paper.lines(f"{mark} {phrase(key, self._of)}: {side}", 8, 2)
            voices = _by_voice(statements)
            most = len(voices) if whole else VOICES
            for slug, group in list(voices.items())[:most]:
                where = self._where(group)
                lines += self._paper.lines(f"{self._of.label(slug)}: {where}", 12, 2)
            if (more := len(voices) - most) > 0:
                text = f"… and {words.count(more, 'voice')} more: "
                claim = " ".join(key)
                lines += self._paper.lines(f"{text}whosays that {claim}", 12, 2)
        lines += self._paper.lines(clash.reason, 8)
        if len(clash.factors) > 1:
            lines += self._paper.lines(f"score: {factors}", 8)
        return lines

    def _where(self, statements: Iterable[Statement]) -> str:
        """List the ids of one voice by date; what is only quoted to reject says so."""
        said: dict[str, list[str]] = defaultdict(list)
        for one in statements:
            note = " (rejected by who reports it)" if rejected(one) else ""
            said[words.date(one.said)].append(self._short(one) + note)
        return "; ".join(f"{date} {', '.join(ids)}" for date, ids in said.items())

    def _heading(self, issue: Outlined) -> tuple[str, str]:
        """Name the two actors, and say how much there is."""
        pair = " — ".join(map(self._of.label, issue.actors))
        parts = [
            words.count(issue.voices, "voice"),
            words.count(issue.sources, "source"),
            words.count(issue.pairs, "pair"),
        ]
        text = f"score {issue.score:.2f} · {', '.join(parts)}"
        span = words.years(issue.said)
        text += f", {span}" if span else ""
        return pair, text + (" · one camp" if issue.camp else "")

    def _short(self, one: Statement) -> str:
        return short_id(one.id, self._ids)

    def _end(self, lines: list[str], hidden: Iterable[Hidden]) -> list[str]:
        notes = [line for one in hidden for line in self._paper.lines(str(one))]
        return self._tidy([*lines, *(["", *notes] if notes else [])])

    def _tidy(self, lines: list[str]) -> list[str]:
        """Leave no blanks at the ends of lines."""
        return [line.rstrip() for line in lines]


def _by_voice(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        found[one.voice].append(one)
    return found
