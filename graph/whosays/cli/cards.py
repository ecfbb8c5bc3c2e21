"""Answers as cards: who affirms, who denies, on whose word, where it can be read.

A card is a list of lines that fit the paper. Voices are counted, never rows; the chain
and the framing are always printed, since a claim passed on is not a claim shared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from whosays.answers import (
    Card,
    Claim,
    Dossier,
    Entry,
    Group,
    Reading,
    Speech,
    phrase,
)
from whosays.cli import words
from whosays.cli.clashes import IssuePrinter
from whosays.cli.paper import size_of
from whosays.model import Name, Stance, Statement

CONFLICTS = 6
"""How many are listed on a card before the rest is counted in one line."""

LISTED = 20
"""How many pairs of actors, or claims of a relation, a dossier lists."""

TELLING = 8
"""How many claims of a relation are listed where there are more than those."""

_CONFLICTS = (
    ("does not go with: ", True, Stance.AFFIRMS),
    ("sits ill with: ", False, Stance.AFFIRMS),
    ("does not go with the denial: ", True, Stance.DENIES),
    ("sits ill with the denial: ", False, Stance.DENIES),
)
_STANCE_WORD = {
    Stance.AFFIRMS: "affirms",
    Stance.DENIES: "denies",
    Stance.QUESTIONS: "questions",
    Stance.REPORTS: "reports",
}


class Printer(IssuePrinter):
    """Prints the answers about one collection on one paper."""

    def card(self, card: Card) -> list[str]:
        """Print the claims asked for, then wider and narrower ones as tallies."""
        lines: list[str] = []
        for note in card.notes:
            lines += self._paper.lines(note)
        if not card.claims:
            lines += self._paper.ends(card.title, "no statements")
        for number, claim in enumerate(card.claims):
            lines += ([""] if number else []) + self.claim(claim)
        for head, claims in (
            ("wider claims, which these imply:", card.wider),
            ("narrower claims, which imply these:", card.narrower),
        ):
            if claims:
                lines += ["", *self._paper.lines(head), *self._tallies(claims)]
        return self._end(lines, card.hidden)

    def claim(self, claim: Claim) -> list[str]:
        """Print one claim with every side of it."""
        subject, relation, object = claim.key
        title = (
            f"{self._of.label(subject)} — {self._of.relations[relation].label} → "
            f"{self._of.label(object)}"
        )
        accepted = [one for one in claim.statements if one.counts]
        lines = self._paper.ends(title, words.extent(accepted))
        if claim.groups:
            lines.append("")
        wide = max([10, *(size_of(self._date(one)) for one in claim.statements)])
        for group in claim.groups:
            lines += self._group(group, wide)
        conflicts = self._conflicts(claim)
        return [*lines, "", *conflicts] if conflicts else lines

    def dossier(self, dossier: Dossier) -> list[str]:
        """Print an actor: what it is, its names, its disputes, its claims."""
        actor = dossier.actor
        accepted = [one for one in dossier.statements if one.counts]
        lines = self._paper.ends(actor.label, words.extent(accepted))
        about = [("id", actor.slug), ("type", _spaced(actor.type))]
        if actor.description:
            about.append(("description", actor.description))
        if actor.part_of:
            about.append(("part of", self._line_of(actor.part_of)))
        if actor.acts_for:
            about.append(("acts for", self._line_of(actor.acts_for)))
        if dossier.parts:
            about.append(("has part", ", ".join(map(self._of.label, dossier.parts))))
        if actor.aliases:
            also = " · ".join(dict.fromkeys(alias.text for alias in actor.aliases))
            about.append(("also", also))
        lines += self._paper.columns(about)
        if dossier.outlines:
            lines += ["", "DISPUTED"]
            for issue in dossier.outlines[:LISTED]:
                lines += self._paper.ends(*self._heading(issue), indent=2)
            if (more := len(dossier.outlines) - LISTED) > 0:
                pairs = words.count(more, "pair of actors", "pairs of actors")
                lines += self._more(pairs, f"whosays disputes {actor.slug} --all")
        if dossier.names:
            lines += ["", "NAMES, and who uses them", *self._names(dossier.names)]
        by_relation: dict[str, list[Claim]] = defaultdict(list)
        for claim in dossier.claims:
            by_relation[claim.key[1]].append(claim)
        for relation, claims in by_relation.items():
            lines += ["", self._of.relations[relation].label.upper()]
            told = claims if len(claims) <= LISTED else _telling(claims)[:TELLING]
            lines += self._tallies(told)
            if more := len(claims) - len(told):
                way = f"whosays about {actor.slug} -f csv"
                lines += self._more(words.count(more, "claim"), way)
        return self._end(lines, dossier.hidden)

    def _more(self, what: str, way: str) -> list[str]:
        """Count what is not listed, and say how to get it."""
        return self._paper.lines(f"… and {what} more: {way}", 2, 2)

    def speech(self, speech: Speech) -> list[str]:
        """Print what a voice says, then what it passes on."""
        label = speech.voice.label
        own = [one for one in speech.own if one.counts]
        lines = self._paper.ends(label, words.extent(own))
        if speech.own:
            lines += ["", "IN ITS OWN VOICE"]
            lines += self._by_source(speech.own, voices=False)
        if speech.passed_on:
            lines += ["", "PASSES ON FROM OTHERS"]
            lines += self._by_source(speech.passed_on, voices=True)
        if speech.delegates:
            total = sum(speech.delegates.values())
            statements = words.count(total, "statement")
            others = words.count(len(speech.delegates), "voice")
            names = ", ".join(map(self._of.label, speech.delegates))
            text = f"not counted here: {statements} by {others} of its side: {names}"
            lines += ["", *self._paper.lines(text, hang=2)]
        return self._end(lines, speech.hidden)

    def reading(self, reading: Reading) -> list[str]:
        """Print what a source holds, passage by passage."""
        source = reading.source
        accepted = [one for one in reading.statements if one.counts]
        right = words.count(len(accepted), "statement")
        lines = self._paper.ends(source.title, right)
        about = [("id", source.slug), ("kind", source.kind)]
        about.append(("date", words.date(source.date)))
        if source.date_note:
            about.append(("", source.date_note))
        for name in ("author", "publisher", "voice"):
            slug = str(getattr(source, name))
            if slug:
                about.append((name, self._of.label(slug)))
        lines += self._paper.columns(about)
        passages: dict[str, list[Statement]] = defaultdict(list)
        for one in reading.statements:
            passages[one.locator].append(one)
        for locator, statements in passages.items():
            lines += ["", words.locator(locator) or "without locator"]
            for one in statements:
                lines += self._said(one, where=False)
        return self._end(self._tidy(lines), reading.hidden)

    def entry(self, entry: Entry) -> list[str]:
        """Print one thing with every field that it has."""
        lines: list[str] = []
        for note in entry.notes:
            lines += self._paper.lines(note)
        if entry.claim is not None:
            return self._tidy([*lines, *self._whole_claim(entry.claim)])
        if entry.contested is not None:
            return self._tidy([*lines, *self.issue(entry.contested, whole=True)])
        lines += self._paper.ends(entry.title, entry.kind)
        fields = [
            (name, str(value))
            for name, value in entry.rows[0].items()
            if value not in (None, "")
        ]
        return self._tidy([*lines, *self._paper.columns(fields)])

    def history(self, changes: Iterable[str]) -> list[str]:
        """Print the latest changes of a row, newest first."""
        lines = [line for one in changes for line in self._paper.lines(one, 2, hang=8)]
        return ["", "changes of the row:", *lines] if lines else []

    def told(self, lines: Iterable[tuple[int, str]]) -> list[str]:
        """Print lines that bring their indent along."""
        return [
            line
            for indent, text in lines
            for line in self._paper.lines(text, indent, 4)
        ]

    def _whole_claim(self, claim: Claim) -> list[str]:
        """Print a claim with the independence of its voices."""
        lines = self.claim(claim)
        rows = [
            (_heading_word(group), words.behind(group.backing, self._of))
            for group in claim.groups
            if group.backing.voices
        ]
        about = [("claim", claim.id), *rows]
        return [*lines, "", *self._paper.columns(about, indent=0)]

    def _group(self, group: Group, wide: int) -> list[str]:
        lines = self._paper.lines(words.heading(group, self._of), hang=2)
        before: Statement | None = None
        for one in group.statements:
            lines += self._voiced(one, wide, before)
            before = one
        return lines

    def _voiced(self, one: Statement, wide: int, before: Statement | None) -> list[str]:
        """Print a statement under its claim: date, voice, where, id; chain; gist."""
        indent = 2 + wide + 2
        place, id = words.locator(one.locator), f"   {self._short(one)}"
        below: list[str] = []
        if before is not None and _occasion(before) == _occasion(one):
            head = self._headed("the same", place + id, indent)
        else:
            title = self._of.label(one.source)
            left = self._paper.text(self._of.label(one.voice))
            right = f"{title} {place}".strip() + id
            if size_of(left) + 2 + size_of(right) > self._paper.width - indent:
                right, below = place + id, self._paper.lines(f"in {title}", indent)
            head = self._headed(left, right, indent)
            date = self._date(one)
            head[0] = "  " + date + head[0][2 + size_of(date) :]
        return [*head, *below, *self._details(one, indent)]

    def _headed(self, left: str, right: str, indent: int) -> list[str]:
        """Set a name that may need more lines than one beside a place."""
        gaps = "   "  # the three blanks before an id stay as they are
        place, _, id = right.rpartition(gaps)
        right = f"{self._paper.text(place)}{gaps}{id}" if place else id
        size = size_of(right)
        lines = self._paper.lines(left, indent)
        if size_of(lines[0]) + 2 + size > self._paper.width:
            lines.append("")
        last = 0 if len(lines) == 1 or lines[-1] else len(lines) - 1
        if size_of(lines[last]) + 2 + size > self._paper.width:
            lines.append("")
            last = len(lines) - 1
        gap = self._paper.width - size_of(lines[last]) - size
        lines[last] += " " * gap + right
        return lines

    def _details(self, one: Statement, indent: int) -> list[str]:
        parts = [words.attribution(one, self._of), *words.circumstances(one, self._of)]
        text = " · ".join(part for part in parts if part)
        lines = self._paper.lines(text, indent) if text else []
        return lines + (self._paper.lines(one.gist, indent) if one.gist else [])

    def _said(self, one: Statement, *, where: bool, voice: bool = True) -> list[str]:
        """Print a statement by itself: who takes which stance on what."""
        claim = phrase((one.subject, one.relation, one.object), self._of)
        stance = _STANCE_WORD[one.stance]
        who = f"{self._of.label(one.voice)} {stance}" if voice else stance
        right = f"{words.locator(one.locator)}   " if where else ""
        right += self._short(one)
        return [
            *self._paper.ends(f"{who}: {claim}", right, indent=2),
            *self._details(one, 6),
        ]

    def _by_source(self, statements: Iterable[Statement], *, voices: bool) -> list[str]:
        groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        for one in statements:
            groups[one.source, one.said].append(one)
        lines: list[str] = []
        for (source, said), members in groups.items():
            lines += self._paper.lines(f"{words.date(said)}  {self._of.label(source)}")
            for one in members:
                lines += self._said(one, where=True, voice=voices)
        return lines

    def _names(self, names: Iterable[Name]) -> list[str]:
        users: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name in sorted(names, key=lambda one: (one.name.casefold(), one.id)):
            kind = f"{name.kind}, {name.lang}" if name.lang else str(name.kind)
            user = " > ".join(map(self._of.label, name.used_by))
            where = f"{self._of.label(name.source)} {words.locator(name.locator)}"
            users[name.name, kind].append(f"{user} in {where}".strip())
        lines: list[str] = []
        for (text, kind), uses in users.items():
            lines += self._paper.lines(f"“{text}” ({kind})", 2, hang=2)
            for use in dict.fromkeys(uses):
                lines += self._paper.lines(use, 6, hang=2)
        return lines

    def _tallies(self, claims: Iterable[Claim]) -> list[str]:
        lines: list[str] = []
        for claim in claims:
            lines += self._paper.ends(claim.title, words.tally(claim.groups), 2)
        return lines

    def _conflicts(self, claim: Claim) -> list[str]:
        """Print what does not go with a claim, apart from what anybody denied."""
        lines: list[str] = []
        for head, strong, side in _CONFLICTS:
            found = [
                one
                for one in claim.conflicts
                if one.strong is strong and one.against is side
            ]
            parts = [
                f"{phrase(one.key, self._of)} ({words.opposed(one)})"
                for one in found[:CONFLICTS]
            ]
            if len(found) > CONFLICTS:
                more = f"and {len(found) - CONFLICTS} more"
                parts.append(f"{more}: whosays disputes {self._ends(claim)}")
            if parts:
                lines += self._paper.lines(head + parts[0], hang=2)
                for part in parts[1:]:
                    lines += self._paper.lines(part, len(head), hang=2)
        return lines

    def _ends(self, claim: Claim) -> str:
        return " ".join(
            dict.fromkeys(self._of.top(end) for end in (claim.key[0], claim.key[2]))
        )

    def _line_of(self, slug: str) -> str:
        return " → ".join(map(self._of.label, self._of.lineage(slug)))

    def _date(self, one: Statement) -> str:
        return self._paper.text(words.date(one.said))


def _telling(claims: Iterable[Claim]) -> list[Claim]:
    """Put claims that most stances are taken on first, then those of most voices."""

    def place(claim: Claim) -> tuple[int, int]:
        voices = {one.voice for one in claim.statements if one.counts}
        return -len({group.stance for group in claim.groups}), -len(voices)

    return sorted(claims, key=place)


def _occasion(one: Statement) -> tuple[str, str, str]:
    return one.voice, one.source, one.said


def _heading_word(group: Group) -> str:
    return f"{group.stance}, {group.mood}"


def _spaced(text: str) -> str:
    """Write a camel-case value as words."""
    return "".join(f" {char.lower()}" if char.isupper() else char for char in text)


Print = Callable[[Printer], list[str]]
