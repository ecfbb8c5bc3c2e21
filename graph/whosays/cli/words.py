"""How cards put things into words: dates, locators, headings, who passes on what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from whosays.answers import Conflict, Group
from whosays.answers.columns import bounds
from whosays.independence import Backing, backing, passers
from whosays.model import (
    Collection,
    Framing,
    Modality,
    Mood,
    Stance,
    Statement,
    Status,
)

_EN_DASH = "\u2013"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[?~%]?")
_LOCATOR = re.compile(r"(p|l|pg)([0-9]+)")
_PLACES = {"p": "¶", "l": "line ", "pg": "page "}

_HEADINGS = {
    Stance.AFFIRMS: "AFFIRMED",
    Stance.DENIES: "DENIED",
    Stance.QUESTIONS: "QUESTIONED",
    Stance.REPORTS: "REPORTED",
}
_FRAMINGS = {
    Framing.ENDORSED: "endorses",
    Framing.NEUTRAL: "takes no side",
    Framing.REJECTED: "rejects it",
}


def date(text: str) -> str:
    """Show a date as written, an interval with a dash, an open end with dots.

    What both ends of an interval share is written once.

    >>> date("2014-06~/..") == "2014-06~…", date("")
    (True, 'undated')
    >>> date("2014-06-11/2014-06-25?").split(_EN_DASH)
    ['2014-06-11', '25?']
    """
    if not text:
        return "undated"
    start, slash, end = text.partition("/")
    if not slash:
        return text
    if start == "..":
        return f"…{end}"
    if end == "..":
        return f"{start}…"
    if _DAY.fullmatch(start) and _DAY.fullmatch(end):
        shared = 8 if start[:8] == end[:8] else 5 if start[:5] == end[:5] else 0
        end = end[shared:]
    return f"{start}{_EN_DASH}{end}"


def locator(text: str) -> str:
    """Show a locator: ``p7`` as ¶7, a line or a page in words.

    >>> locator("p7"), locator("pg3"), locator("12:34")
    ('¶7', 'page 3', '12:34')
    """
    match = _LOCATOR.fullmatch(text)
    return f"{_PLACES[match[1]]}{match[2]}" if match else text


_PLAIN = (4, 7, 10)  # characters


def years(dates: Iterable[str]) -> str:
    """Show the span of years in which something was said, with its marks."""
    plain, others = set(), []
    for text in dates:
        if len(text) in _PLAIN and "/" not in text:
            plain.add(text[:4])  # without marks: a year, a month or a day
        else:
            others.append(text)
    ends = [(int(year), "") for year in plain]
    for text in others:
        first, last = bounds(text)
        unsure = "?" if any(mark in text for mark in "?~%") else ""
        ends += [(day.year, unsure) for day in (first, last) if day is not None]
    if not ends:
        return ""
    first_, last_ = min(ends), max((year, mark == "", mark) for year, mark in ends)
    start, end = f"{first_[0]}{first_[1]}", f"{last_[0]}{last_[2]}"
    return start if first_[0] == last_[0] else f"{start}{_EN_DASH}{end}"


def count(number: int, one: str, many: str = "") -> str:
    """Count things in words.

    >>> count(1, "voice"), count(2, "voice"), count(0, "entry", "entries")
    ('1 voice', '2 voices', '0 entries')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def extent(statements: Sequence[Statement]) -> str:
    """Say how many statements in how many sources of which years."""
    if not statements:
        return "no statements"
    sources = len({one.source for one in statements})
    text = f"{count(len(statements), 'statement')} in {count(sources, 'source')}"
    span = years(one.said for one in statements)
    return f"{text}, {span}" if span else text


def heading(group: Group, collection: Collection) -> str:
    """Head a group with its voices; those only quoted to be rejected stand apart."""
    backing = group.backing
    text = f"{_HEADINGS[group.stance]} by {backing.everyone}"
    if group.mood is not Mood.REALIS:
        text += f" as {_mood(group.statements)}"
    if group.stance is Stance.REPORTS:
        return text + _rejecting(backing)
    return text + _only_rejected(backing) + _camp(backing, collection)


def _mood(statements: Iterable[Statement]) -> str:
    """Say what kind of world statements speak of, by the modalities they have."""
    found = {one.modality for one in statements}
    words = [_MODALITIES[one] for one in Modality if one in found]
    return " or ".join(words)


_MODALITIES = {
    Modality.ACTUAL: "what is the case",
    Modality.SUSPECTED: "suspected",
    Modality.INTENDED: "intended",
    Modality.PREDICTED: "predicted",
    Modality.HYPOTHETICAL: "supposed",
    Modality.ADVOCATED: "what should be",
}


def _only_rejected(backing: Backing) -> str:
    number = len(backing.rejected)
    if not number:
        return ""
    by = "only as reported by a voice that rejects it"
    if number == backing.everyone:
        return f", {by}" if number == 1 else f", all of them {by}"
    return f", {'one' if number == 1 else number} of them {by}"


def _rejecting(backing: Backing) -> str:
    number = len(backing.rejected)
    if not number:
        return ""
    if number == backing.everyone:
        return ", who rejects it" if number == 1 else ", all of whom reject it"
    return f", {'one' if number == 1 else number} of whom rejects it"


def _camp(backing: Backing, collection: Collection) -> str:
    """Say so when several voices speak for one and the same side."""
    if len(backing.voices) < 2 or len(backing.camps) != 1:
        return ""
    return f", all speaking for {collection.label(backing.camps[0])}"


def behind(backing: Backing, collection: Collection) -> str:
    """Tell how independent the voices are, in one line; empty when it adds nothing."""
    parts = []
    if backing.second_hand:
        parts.append(f"{len(backing.second_hand)} only at second hand")
    if backing.unnamed:
        parts.append(f"{len(backing.unnamed)} unnamed")
    if len(backing.camps) < len(backing.voices):
        parts.append(f"of {count(len(backing.camps), 'camp')}")
    voices = count(len(backing.voices), "voice")
    return f"{voices}: {', '.join(parts)}" if parts else voices


def attribution(statement: Statement, collection: Collection) -> str:
    """Say through whom a statement came, from its voice outwards, and how framed."""
    names = [
        collection.label(slug) for slug in reversed(passers(statement, collection))
    ]
    framing = statement.framing
    if not names:
        return {
            None: "",
            Framing.ENDORSED: "passed on and endorsed",
            Framing.NEUTRAL: "passed on without taking a side",
            Framing.REJECTED: "passed on and rejected",
        }[framing]
    chain = ", passed on by ".join(names)
    return f"as reported by {chain}{_framed(framing)}"


def _framed(framing: Framing | None) -> str:
    match framing:
        case None:
            return ""
        case Framing.ENDORSED:
            return ", who endorses it"
        case Framing.NEUTRAL | Framing.REJECTED:
            return f", who {_FRAMINGS[framing]}"


def circumstances(statement: Statement, collection: Collection) -> list[str]:
    """List what else limits a statement: status, modality, time and place."""
    parts = []
    if statement.status is not Status.ACCEPTED:
        parts.append(statement.status.upper())
    if statement.modality is not Modality.ACTUAL:
        parts.append(str(statement.modality))
    if statement.valid:
        parts.append(holding(statement.valid))
    if statement.place:
        parts.append(f"in {', '.join(map(collection.label, statement.place))}")
    return parts


def holding(text: str) -> str:
    """Say when something is said to hold.

    >>> holding("../2017-06-17?"), holding("2015-06/.."), holding("2014?")
    ('until 2017-06-17?', 'from 2015-06', 'of 2014?')
    """
    start, slash, end = text.partition("/")
    if slash and start == "..":
        return f"until {end}" if end != ".." else "of any time"
    return f"from {start}" if end == ".." else f"of {date(text)}"


def side(statements: Sequence[Statement], collection: Collection) -> str:
    """Count the voices of one side of a clash."""
    word = _HEADINGS[statements[0].stance].lower()
    text = f"{word} by {backing(statements, collection).everyone}"
    if statements[0].mood is not Mood.REALIS:
        text += f" as {_mood(statements)}"
    return text


def tally(groups: Iterable[Group]) -> str:
    """Count the voices of each stance, those rejected by who reports them apart."""
    parts = []
    for group in groups:
        backing = group.backing
        word = _HEADINGS[group.stance].lower()
        if group.stance is Stance.REPORTS:
            text = f"{word} by {backing.everyone}"
        elif backing.rejected:
            more = f"+{len(backing.rejected)} rejected"
            text = f"{word} by {len(backing.voices)} ({more})"
        else:
            text = f"{word} by {len(backing.voices)}"
        if group.mood is not Mood.REALIS:
            text += f" as {_mood(group.statements)}"
        parts.append(text)
    return " · ".join(parts)


def opposed(conflict: Conflict) -> str:
    """Say how many take the other claim's side."""
    word = _HEADINGS[conflict.stance].lower()
    backing = conflict.backing
    if backing.voices:
        return f"{word} by {len(backing.voices)}"
    return f"{word} only as reported by a voice that rejects it"
