"""The right form for a refused date, as far as it follows without guessing.

``reading`` only suggests. Where day and month could be exchanged it names both forms
and suggests neither.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

LONGEST = 80  # characters; longer texts are no dates
FORMS = "write year-month-day as far as known: 2031, 2031-04 or 2031-04-02"
UNDATED = "leave the cell empty: undated is legal"

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_UNKNOWN = frozenset(
    {"unknown", "undated", "n.d.", "n.d", "nd", "n/a", "na", "none", "no date"}
    | {"not known", "?", "??", "-", "--", "...", "tba", "tbd", "x", "xxxx", "null"}
)
_TODAY = frozenset(
    {"present", "now", "today", "to date", "ongoing", "open", "..", "...", "*", ""}
)

_MONTH = rf"(?P<month>{'|'.join(f'{m[:3]}(?:{m[3:]})?' for m in _MONTHS)}|sept)\.?"
_YEAR = r"(?P<year>[0-9]{4})"
_DAY = r"(?P<day>[0-9]{1,2})"
_NUMBER = r"(?P<month>[0-9]{1,2})"


class Reading(NamedTuple):
    """What a text may mean: ``fix`` is paste-ready, ``hint`` is for people."""

    fix: str = ""
    hint: str = ""
    code: str = "WS201"
    reason: str = "is not a date I can store"


_UNSUPPORTED = Reading(code="WS204", reason="uses a form of EDTF that is not supported")


def reading(text: str) -> Reading:
    """Find what a refused text means, and why it was refused."""
    if len(text) > LONGEST:
        return Reading(hint=FORMS)
    plain = _plain(text)
    if not plain or plain in _UNKNOWN:
        return Reading(hint=UNDATED)
    found = _calendar(plain) or _edtf(plain) or _interval(plain) or _single(plain)
    if found is None:
        return Reading(hint=FORMS)
    return found


def _plain(text: str) -> str:
    """Write digits, dashes and blanks of all scripts in the ASCII way."""
    characters = []
    for character in unicodedata.normalize("NFKC", text).casefold():
        digit = unicodedata.decimal(character, None)
        kind = unicodedata.category(character)
        if digit is not None:
            characters.append(str(digit))
        elif kind == "Pd" or character == "\u2212":
            characters.append("-")
        elif kind == "Zs":
            characters.append(" ")
        elif kind not in ("Cf", "Cc"):
            characters.append(character)
    plain = re.sub(r"(?<=[0-9])(?:st|nd|rd|th)\b", "", "".join(characters))
    plain = re.sub(r"\b(?:of|the|in|on)\b|,", " ", plain)
    return " ".join(plain.split()).strip(";:")


def _calendar(text: str) -> Reading | None:
    """Recognise years of the Persian and the Islamic calendar."""
    match = re.search(r"(?<![0-9])1[34][0-9]{2}(?![0-9])", text)
    if match is None:
        return None
    year = int(match[0])
    if year <= 1410:
        fix = f"{year + 621}-03/{year + 622}-03"
        hint = "if a year of the Persian solar calendar is meant"
    else:
        start = int(year * 0.970229 + 621.5774)
        fix = f"{start}/{start + 1}"
        hint = "if a year of the Islamic lunar calendar is meant"
    return Reading(fix, hint, "WS206", "looks like a year of another calendar")


def _edtf(text: str) -> Reading | None:
    """Recognise what EDTF has and the subset leaves out."""
    if match := re.fullmatch(r"([0-9]{1,3})([xu*?_]{1,3})(-[xu]{2}){0,2}", text):
        known, unknown = match[1], match[2]
        if len(known) + len(unknown) == 4:
            low, high = (known + digit * len(unknown) for digit in "09")
            return _UNSUPPORTED._replace(fix=f"{low}/{high}")
    if match := re.fullmatch(r"([0-9]{4}(?:-[0-9]{2})?)(?:-[xu]{2}){1,2}", text):
        return _UNSUPPORTED._replace(fix=match[1])
    if match := re.fullmatch(r"([0-9]{4})-([2-4][0-9])", text):
        return _special_month(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"[\[{](.*)[\]}]", text):
        parts = re.findall(r"[0-9]{4}(?:-[0-9]{2}){0,2}", match[1])
        fix = f"{min(parts)}/{max(parts)}" if parts else ""
        return _UNSUPPORTED._replace(fix=fix, hint="" if fix else FORMS)
    if re.fullmatch(r"y?-?[0-9]{5,}|y-?[0-9]+|-[0-9]{4}.*|0000.*", text):
        if serial := _serial(text):
            return serial
        if len(text) not in (6, 8):
            return _UNSUPPORTED._replace(hint="years run from 0001 to 9999")
    core = re.sub(r"[?~%]", "", text)
    if core != text and (found := _single(core.strip())) and "/" not in found.fix:
        marks = {mark for mark in "?~%" if mark in text}
        mark = marks.pop() if len(marks) == 1 else "%"
        return _UNSUPPORTED._replace(fix=f"{found.fix}{mark}" if found.fix else "")
    return None


def _special_month(year: int, month: int) -> Reading | None:
    """Read the numbers that EDTF gives to seasons (21-24) and quarters (33-36)."""
    if 21 <= month <= 24:
        return _season(year, (month - 20) * 3)
    if 33 <= month <= 36:
        return _quarter(year, month - 32)
    return None


def _season(year: int, month: int) -> Reading:
    last = f"{year + 1}-02" if month == 12 else f"{year}-{month + 2:02}"
    return _UNSUPPORTED._replace(
        fix=f"{year}-{month:02}/{last}",
        hint="for a season of the northern half of the world",
        reason="names a season, whose days differ from place to place",
    )


def _quarter(year: int, number: int) -> Reading:
    first = number * 3 - 2
    return _UNSUPPORTED._replace(fix=f"{year}-{first:02}/{year}-{first + 2:02}")


def _serial(text: str) -> Reading | None:
    """Read the day number of a spreadsheet, for days of 1954 to 2064."""
    if re.fullmatch(r"[2-5][0-9]{4}", text):
        day = date(1899, 12, 30) + timedelta(days=int(text))
        return Reading(str(day), "if it is the day number of a spreadsheet")
    return None


def _interval(text: str) -> Reading | None:
    """Read two dates with something between them."""
    if match := re.fullmatch(r"([0-9]{4})[-/]([0-9]{2})", text):
        if int(match[2]) == (int(match[1]) + 1) % 100 and int(match[2]) > 12:
            return Reading(f"{match[1]}/{int(match[1]) + 1}")
        return None
    if re.fullmatch(r"[0-9]{4}/[0-9]{1,2}(?:/[0-9]{1,2})?", text) or re.fullmatch(
        r"[0-9]{1,2}/(?:[0-9]{1,2}/)?[0-9]{2,4}", text
    ):
        return None
    if match := re.fullmatch(rf"(\d\d?)(?: ?- ?)(\d\d?) {_MONTH} {_YEAR}", text):
        month = f"{match['year']}-{_month_number(match['month']):02}"
        return Reading(f"{month}-{int(match[1]):02}/{month}-{int(match[2]):02}")
    if match := re.fullmatch(rf"([a-z]+) ?[-/] ?{_MONTH} {_YEAR}", text):
        text = f"{match[1]} {match['year']}/{match['month']} {match['year']}"
    text = re.sub(r"^(?:from|between) ", "", text)
    sides = re.split(
        r" ?/ ?|\.\.+| (?:to|until|till|through|and|bis) | ?- (?=.)|(?<=[0-9]{4})-"
        r"(?=[0-9]{4}$)",
        text,
    )
    if len(sides) != 2:
        return None
    start, end = (_side(side.strip()) for side in sides)
    if start is None or end is None or (start, end) == ("", ""):
        return None
    first = start.partition("/")[0] or ".."
    last = end.rpartition("/")[2] or ".."
    swapped = _no_later(last, first)
    if swapped:
        first, last = last, first
    code = "WS204" if "" in (start, end) else "WS201"
    return Reading(f"{first}/{last}", code=code)


def _side(text: str) -> str | None:
    """Read one side; empty for an open one, None for no date."""
    if text in _TODAY or text in _UNKNOWN:
        return ""
    if re.fullmatch(r"[0-9]{4}(?:-[0-9]{2}){0,2}[?~%]?", text):
        return text if (found := _iso(text.strip("?~%"))) is None else found.fix
    found = _single(text)
    return found.fix if found and found.fix else None


def _no_later(a: str, b: str) -> bool:
    return ".." not in (a, b) and a[: len(b)] < b[: len(a)]


def _single(text: str) -> Reading | None:
    """Read one date in one of the usual ways to write it."""
    for pattern, read in _WAYS:
        if match := pattern.fullmatch(text):
            found = read(match)
            if found is not None:
                return found
    return None


def _iso(text: str) -> Reading | None:
    """Read year, month, day in this order; None if it is right as it stands."""
    year, month, day = (int(part) for part in (*text.split("-"), "0", "0")[:3])
    parts = text.count("-")
    if not parts:
        return None
    if not 1 <= month <= 12:
        return Reading(
            f"{year:04}", "or the right month", reason="has a month that is not there"
        )
    if parts == 2 and not 1 <= day <= calendar.monthrange(max(year, 1), month)[1]:
        name = _MONTHS[month - 1].title()
        reason = f"is no day of the calendar: {name} {year} has "
        reason += f"{calendar.monthrange(max(year, 1), month)[1]} days"
        return Reading(f"{year:04}-{month:02}", "or the right day", reason=reason)
    return None


def _month_number(name: str) -> int:
    return 1 + [month[:3] for month in _MONTHS].index(name[:3])


def _year_first(match: re.Match[str]) -> Reading | None:
    """Read numbers with the year in front, whatever parts them."""
    found = match.groupdict()
    year, month = int(found["year"]), int(found["month"])
    day = int(found.get("day") or 0)
    iso = f"{year:04}-{month:02}" + (f"-{day:02}" if found.get("day") else "")
    return _iso(iso) or Reading(iso)


def _named(match: re.Match[str]) -> Reading | None:
    """Read a month given by name."""
    found = match.groupdict()
    iso = f"{found['year']}-{_month_number(found['month']):02}"
    if found.get("day"):
        iso += f"-{int(found['day']):02}"
    return _iso(iso) or Reading(iso)


def _year_last(match: re.Match[str]) -> Reading | None:
    """Read two numbers and a year, where day and month may be exchanged."""
    first, second, year = int(match[1]), int(match[2]), match["year"]
    forms = dict.fromkeys(
        f"{year}-{month:02}-{day:02}"
        for day, month in ((first, second), (second, first))
        if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(int(year), month)[1]
    )
    if len(forms) == 1:
        return Reading(next(iter(forms)))
    if forms:
        both = " or ".join(forms)
        return Reading(hint=f"write {both}: day and month are not guessed")
    return Reading(year, "or the right day", reason="is no day of the calendar")


def _month_last_year(match: re.Match[str]) -> Reading | None:
    month = int(match["month"])
    return Reading(f"{match['year']}-{month:02}") if 1 <= month <= 12 else None


def _short_year(match: re.Match[str]) -> Reading:
    """Read what a spreadsheet makes of 2014-06: Jun-14."""
    fix = f"20{match['short']}-{_month_number(match['month']):02}"
    return Reading(fix, "if a spreadsheet changed the month that was typed")


def _marked(mark: str) -> Callable[[re.Match[str]], Reading | None]:
    def read(match: re.Match[str]) -> Reading | None:
        found = _side(match["rest"])
        if not found or "/" in found:
            return Reading(found) if found else None
        return Reading(found.strip("?~%") + mark)

    return read


def _open(form: str) -> Callable[[re.Match[str]], Reading | None]:
    def read(match: re.Match[str]) -> Reading | None:
        found = _side(match["rest"])
        return Reading(form.format(found)) if found and "/" not in found else None

    return read


def _decade(match: re.Match[str]) -> Reading:
    return Reading(f"{match[1]}0/{match[1]}9")


def _century(match: re.Match[str]) -> Reading:
    last = int(match[1]) * 100
    return Reading(f"{last - 99:04}/{last:04}")


def _named_season(match: re.Match[str]) -> Reading:
    return _season(int(match["year"]), _SEASONS[match["season"]])


def _named_quarter(match: re.Match[str]) -> Reading:
    return _quarter(int(match["year"]), int(match["quarter"]))


def _year_alone(match: re.Match[str]) -> Reading:
    return Reading(match["year"])


def _four_digits(_: re.Match[str]) -> Reading:
    return Reading(hint="write the year first and with four digits: 2031-04-02")


_ABOUT = (
    r"(?:ca?\.?|circa|about|around|approx(?:imately)?\.?|roughly|~|early|late|mid"
    r"|beginning|end|middle)"
)
_SEASON = rf"(?P<season>{'|'.join(_SEASONS)})"
_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Reading | None]], ...]
_WAYS = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"{_YEAR}(?:\.0+)?", _year_alone),
        (rf"{_YEAR}[-./ ]{_NUMBER}(?:[-./ ]{_DAY})?", _year_first),
        (rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})?", _year_first),
        (rf"{_YEAR}-{_NUMBER}-{_DAY}[t ][0-9]{{1,2}}[:.].*", _year_first),
        (rf"{_NUMBER}[-./ ]{_YEAR}", _month_last_year),
        (rf"([0-9]{{1,2}})[-./ ]([0-9]{{1,2}})[-./ ]{_YEAR}", _year_last),
        (r"[0-9]{1,2}[-./ ][0-9]{1,2}[-./ ][0-9]{2}", _four_digits),
        (rf"{_DAY}[-. ]{{0,2}}{_MONTH}[-. ]?{_YEAR}", _named),
        (rf"{_MONTH}[- ]?(?:{_DAY} )?{_YEAR}", _named),
        (rf"{_YEAR}[- ]{_MONTH}(?:[- ]{_DAY})?", _named),
        (rf"{_MONTH}[- '](?P<short>[0-9]{{2}})", _short_year),
        (rf"(?:(?:mid|early|late)-? )?{_SEASON}[- ]{_YEAR}", _named_season),
        (rf"{_YEAR}[- ]{_SEASON}", _named_season),
        (rf"q(?P<quarter>[1-4])[-/ ]?{_YEAR}", _named_quarter),
        (rf"{_YEAR}[-/ ]?q(?P<quarter>[1-4])", _named_quarter),
        (r"([0-9]{3})0'?s", _decade),
        (r"([0-9]{1,2}) century", _century),
        (rf"{_ABOUT}[- ]?(?P<rest>.+)", _marked("~")),
        (r"(?:maybe|perhaps|probably|possibly|likely) (?P<rest>.+)", _marked("?")),
        (
            r"(?:before|until|till|up to|by|not later than|<|pre)[- ]?(?P<rest>.+)",
            _open("../{}"),
        ),
        (r"(?:after|since|from|starting|>|post)[- ]?(?P<rest>.+)", _open("{}/..")),
        (r"(?P<rest>.+?) ?(?:-|\+|onwards?|and later)", _open("{}/..")),
        (r"(?P<rest>.+?) (?:ad|ce|\(.*\))", _open("{}")),
    )
)
