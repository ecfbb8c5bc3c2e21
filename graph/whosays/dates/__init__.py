"""Dates as curators know them: a small subset of EDTF, with bounds.

``2014``, ``2014-06``, ``2014-06-25``, each with a mark ``?`` (unsure), ``~`` (about)
or ``%`` (both), and intervals ``2014/2015-06`` with ``..`` for an open end. Everything
else is refused with the right form; day and month are never guessed.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from whosays.errors import WhosaysError
from whosays.text import one_line
from whosays.values import dataclass

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[?~%]?")
_OPEN = ".."
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Years of the Persian and the Islamic calendar that lie in our own time.
_OTHER_CALENDAR = range(1300, 1500)


class DateError(WhosaysError, ValueError):
    """A text that is no date of the subset; ``fix`` is paste-ready or empty."""

    def __init__(self, text: str, message: str, hint: str, code: str, fix: str) -> None:
        """Keep the refused text beside the reason."""
        self.text = text
        self.fix = fix
        super().__init__(message, hint, code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edtf:
    """A date or interval as written, with its first and last possible day.

    The marks do not move the bounds; an open end has none.
    """

    text: str
    earliest: date | None
    latest: date | None

    def __str__(self) -> str:
        """Give back what was written."""
        return self.text

    @property
    def uncertain(self) -> bool:
        """Tell whether a mark makes it unsure or approximate."""
        return any(mark in self.text for mark in "?~%")


def parse(text: str) -> Edtf:
    """Read a date or an interval.

    Raises:
        DateError: with a code (WS201, WS203, WS204, WS206) and the right form.

    >>> edtf = parse("2014-06~/..")
    >>> edtf.earliest, edtf.latest
    (datetime.date(2014, 6, 1), None)
    """
    return _parse(text.strip())


def can_meet(a: Edtf | None, b: Edtf | None) -> bool:
    """Tell whether two times may overlap; an unknown time may be any time.

    >>> can_meet(parse("2013"), parse("2014/..")), can_meet(parse("2013"), None)
    (False, True)
    """
    return not (_before(a, b) or _before(b, a))


def _before(a: Edtf | None, b: Edtf | None) -> bool:
    if a is None or b is None or a.latest is None or b.earliest is None:
        return False
    return a.latest < b.earliest


@lru_cache(maxsize=8192)
def _parse(text: str) -> Edtf:
    if "/" not in text:
        first, last = _bounds(text, text)
        return Edtf(text=text, earliest=first, latest=last)
    start, _, end = text.partition("/")
    earliest = None if start == _OPEN else _bounds(start, text)[0]
    latest = None if end == _OPEN else _bounds(end, text)[1]
    if earliest is not None and latest is not None and earliest > latest:
        fix = f"{end}/{start}"
        message = f"{_quoted(text)} ends before it begins"
        raise DateError(text, message, f"write {fix}", "WS203", fix)
    return Edtf(text=text, earliest=earliest, latest=latest)


def _bounds(part: str, whole: str) -> tuple[date, date]:
    match = _DATE.fullmatch(part)
    if match is None:
        raise _refusal(whole)
    year, month, day = (int(group) if group else 0 for group in match.groups())
    if year in _OTHER_CALENDAR or not year:
        raise _refusal(whole)
    if (match[2] and not 1 <= month <= 12) or (
        match[3] and not 1 <= day <= _days(year, month)
    ):
        raise _refusal(whole)
    first = date(year, month or 1, day or 1)
    last_month = month or 12
    last_day = day or _days(year, last_month)
    return first, date(year, last_month, last_day)


def _days(year: int, month: int) -> int:
    """Count the days of a month."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if leap else _DAYS[month - 1]


def _refusal(text: str) -> DateError:
    """Say why, and the right form as far as it follows without guessing."""
    from whosays.dates.wording import FORMS, reading  # only refused texts need it

    found = reading(text)
    fix = found.fix if _readable(found.fix) else ""
    hint = found.hint or ("" if fix else FORMS)
    if fix:
        hint = f"write {fix} {hint}".rstrip()
    return DateError(text, f"{_quoted(text)} {found.reason}", hint, found.code, fix)


def _readable(text: str) -> bool:
    try:
        return bool(text and _parse(text))
    except DateError:
        return False


def _quoted(text: str) -> str:
    return f"“{one_line(text)}”"
