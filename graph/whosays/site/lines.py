"""The rows of the pages: a statement in the words in which it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from whosays.model import DisputeKind, Framing, Stance, Statement

MARKS = {
    Stance.AFFIRMS: "✓",
    Stance.DENIES: "✗",
    Stance.QUESTIONS: "?",
    Stance.REPORTS: "…",
}
KINDS = {
    DisputeKind.DIRECT: "affirmed and denied",
    DisputeKind.ENTAILED: "affirmed, the wider claim denied",
    DisputeKind.PARTIAL: "affirmed, the narrower claim denied",
    DisputeKind.RELATIONAL: "cannot both hold",
    DisputeKind.TENSE: "sit ill together",
}
AGAINST = {
    DisputeKind.DIRECT: "in dispute with",
    DisputeKind.ENTAILED: "in dispute with a wider or narrower claim:",
    DisputeKind.PARTIAL: "in dispute with a wider or narrower claim:",
    DisputeKind.RELATIONAL: "cannot both hold with",
    DisputeKind.TENSE: "sits ill with",
}
FRAMINGS = {
    Framing.ENDORSED: "the source endorses it",
    Framing.NEUTRAL: "",
    Framing.REJECTED: "the source quotes it to reject it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A name and the page it leads to, from the root of the site; empty: no page."""

    label: str
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A claim in words; ``anchor`` is its id, the same on every page."""

    subject: Link
    relation: str
    object: Link
    anchor: str

    @property
    def words(self) -> str:
        """The claim as plain text."""
        return f"{self.subject.label} {self.relation} {self.object.label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A statement as a row; ``record`` holds the fields that need no wording."""

    record: Statement
    to: str
    mark: str
    claim: Phrase
    voice: Link
    via: tuple[Link, ...]
    source: Link
    place: str
    said: str
    valid: str
    modality: str
    framing: str
    contested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A claim with its rows, a tally by stance, and what it cannot go with."""

    claim: Phrase
    lines: tuple[Line, ...]
    tally: tuple[tuple[str, str, int], ...]
    contested: bool
    conflicts: tuple[tuple[str, tuple[Phrase, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the things that a statement collides with, and how."""

    kind: str
    line: Line
