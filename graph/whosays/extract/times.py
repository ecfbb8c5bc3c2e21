"""Times that a sentence names, as EDTF: explicit ones, or relative to a dated source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from whosays.extract.records import Span, When

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"([0-3]?[0-9])(?:st|nd|rd|th)?"
_YEAR = r"(1[0-9]{3}|20[0-9]{2})"
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"\b{_DAY}(?: of)? ({_MONTH}),? {_YEAR}\b"), "dmy"),
    (re.compile(rf"\b({_MONTH}) {_DAY},? {_YEAR}\b"), "mdy"),
    (re.compile(rf"\b({_MONTH}),? (?:of )?{_YEAR}\b"), "my"),
    (re.compile(rf"\b(?:between|from) {_YEAR} (?:and|to|until) {_YEAR}\b"), "yy"),
    (re.compile(rf"\bsince {_YEAR}\b"), "since"),
    (re.compile(rf"\b(?:until|before) {_YEAR}\b"), "until"),
    (re.compile(rf"\b[Ii]n (?:early |late |mid-)?{_YEAR}\b"), "y"),
    (re.compile(r"\b(?:last|this) year\b"), "year"),
    (re.compile(r"\blast month\b"), "month"),
    (re.compile(r"\b(?:yesterday|today)\b"), "day"),
)


def when(text: str, span: Span, cue: Span, date: str = "") -> When | None:
    """Find the time named nearest to a cue within a sentence; offsets of the text.

    >>> when("In June 2014 Aldoria armed the Front.", (0, 37), (21, 26)).edtf
    '2014-06'
    """
    found = list(_all(text, span, date))
    if not found:
        return None
    middle = (cue[0] + cue[1]) // 2
    return min(
        found, key=lambda one: (abs((one.start + one.end) // 2 - middle), one.start)
    )


def _all(text: str, span: Span, date: str) -> Iterator[When]:
    taken: list[Span] = []
    for pattern, kind in _PATTERNS:
        for match in pattern.finditer(text, *span):
            start, end = match.span()
            if any(start < stop and begin < end for begin, stop in taken):
                continue
            edtf = _edtf(kind, match, date)
            if edtf:
                taken.append((start, end))
                yield When(start=start, end=end, edtf=edtf)


def _edtf(kind: str, match: re.Match[str], date: str) -> str:
    if kind == "dmy":
        return _day(match[3], match[2], match[1])
    if kind == "mdy":
        return _day(match[3], match[1], match[2])
    if kind == "my":
        return f"{match[2]}-{_number(match[1]):02}"
    if kind == "yy":
        return f"{match[1]}/{match[2]}" if match[1] < match[2] else ""
    if kind == "since":
        return f"{match[1]}/.."
    if kind == "until":
        return f"../{match[1]}"
    if kind == "y":
        return match[1]
    return _relative(kind, match[0], date)


def _relative(kind: str, words: str, date: str) -> str:
    from datetime import date as Date
    from datetime import timedelta

    given = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", date)
    if given is None:
        return ""
    year, month, day = given.groups()
    if kind == "year":
        return str(int(year) - ("last" in words))
    if kind == "month" and month:
        whole = int(year) * 12 + int(month) - 2
        return f"{whole // 12}-{whole % 12 + 1:02}"
    if kind == "day" and day:
        found = Date(int(year), int(month), int(day))
        return (found - timedelta(days="yesterday" in words)).isoformat()
    return ""


def _number(month: str) -> int:
    return _MONTHS[month.lower().rstrip(".")]


def _day(year: str, month: str, day: str) -> str:
    return f"{year}-{_number(month):02}-{int(day):02}" if 0 < int(day) < 32 else ""
