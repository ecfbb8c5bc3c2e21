"""Places in a source: how a locator is written, counted and recognised again.

A passage is counted by the tool, never by hand: paragraph n is the n-th non-empty
line of the stored text, or the n-th run of lines where the source says
``blocks=paragraph``. A hash of the passage tells later that the text was changed,
without the text being published.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

HASH_LENGTH = 12

_COUNTED = {
    "p": "p",
    "par": "p",
    "para": "p",
    "paragraph": "p",
    "¶": "p",
    "l": "l",
    "line": "l",
    "pg": "pg",
    "page": "pg",
}
_COUNT = re.compile(r"(¶|[a-z]+)\.?\s*0*([1-9][0-9]{0,6})", re.ASCII)
_TIME = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-5][0-9])", re.ASCII)
_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)(?:[^\S\r\n]*(?:\r\n|\r|\n))+")

_ENDS = ".!?:;\"')\u2019\u201d"
_WRAPPED_WIDTH = range(50, 100)  # characters of a line that a program broke


@lru_cache(maxsize=4096)
def canonical_locator(text: str) -> str | None:
    """Write a locator in the form that files and ids use; None if unreadable.

    >>> [canonical_locator(t) for t in ("¶7", "par 7", "p07", "page 3", "line 40")]
    ['p7', 'p7', 'p7', 'pg3', 'l40']
    >>> canonical_locator("00:14:30"), canonical_locator("75:05")
    ('14:30', '1:15:05')
    >>> canonical_locator("somewhere near the end") is None
    True
    """
    folded = " ".join(text.casefold().split())
    if folded in {"", "title"}:
        return folded
    if counted := _COUNT.fullmatch(folded):
        kind = _COUNTED.get(counted[1])
        return f"{kind}{counted[2]}" if kind else None
    if time := _TIME.fullmatch(folded):
        if time[1] is not None and int(time[2]) > 59:
            return None
        minutes = int(time[1] or 0) * 60 + int(time[2])
        hours, minutes = divmod(minutes, 60)
        if hours:
            return f"{hours}:{minutes:02}:{time[3]}"
        return f"{minutes}:{time[3]}"
    return None


def spans(text: str, blocks: str = "") -> list[tuple[int, int]]:
    r"""Give the place of each paragraph, in code points from the start of the text.

    >>> spans("Title\n\nFirst line.\n")
    [(0, 5), (7, 18)]
    """
    parting = _BLANK_LINE if blocks == "paragraph" else _LINE_END
    ends = [(match.start(), match.end()) for match in parting.finditer(text)]
    starts = [1 if text.startswith("\ufeff") else 0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(text)]
    found = []
    for start, stop in zip(starts, stops, strict=True):
        part = text[start:stop]
        if inner := part.strip():
            begin = start + len(part) - len(part.lstrip())
            found.append((begin, begin + len(inner)))
    return found


def passages(text: str, blocks: str = "") -> list[str]:
    r"""Split a stored text into its paragraphs, the first of which is p1.

    A heading or byline counts; an empty line does not.

    >>> passages("Title\n\nFirst line.\nSecond line.\n")
    ['Title', 'First line.', 'Second line.']
    >>> passages("Title\n\nFirst line.\nSecond line.\n", "paragraph")
    ['Title', 'First line.\nSecond line.']
    """
    return [*_parts(text, blocks)]


@lru_cache(maxsize=2)  # every statement of a source asks for the same text
def _parts(text: str, blocks: str) -> tuple[str, ...]:
    parts = (text[start:end] for start, end in spans(text, blocks))
    return tuple(part.replace("\r\n", "\n").replace("\r", "\n") for part in parts)


def passage_hash(passage: str) -> str:
    r"""Hash a passage so that reflowed blanks do not matter.

    >>> passage_hash("The  harbour was\n closed at noon. ")
    '835d4c7c5638'
    """
    plain = " ".join(passage.split())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[
        :HASH_LENGTH
    ]


def place_of(locator: str, text: str, blocks: str = "") -> tuple[int, int] | None:
    r"""Give the number of a locator and how many the text has of its kind.

    Pages and times cannot be counted in a plain text: None.

    >>> place_of("p3", "Title\n\nFirst line.\n")
    (3, 2)
    """
    match = re.fullmatch(r"([pl])([0-9]+)", locator)
    if match is None:
        return None
    if match[1] == "l":
        return int(match[2]), len(text.splitlines())
    return int(match[2]), len(_parts(text, blocks))


def passage_at(locator: str, text: str, blocks: str = "") -> str | None:
    """Give the paragraph or line that a locator points to, if it can be counted."""
    found = place_of(locator, text, blocks)
    if locator == "title":
        found = (1, len(_parts(text, blocks)))
    if found is None or not 1 <= found[0] <= found[1]:
        return None
    if locator.startswith("l"):
        return text.splitlines()[found[0] - 1].strip()
    return _parts(text, blocks)[found[0] - 1]


def looks_wrapped(text: str) -> bool:
    """Tell whether lines were broken to a width, so that they are no paragraphs.

    Broken lines are of nearly one length and end within a sentence.
    """
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    if len(lines) < 12:
        return False
    longest = max(map(len, lines))
    if longest not in _WRAPPED_WIDTH:
        return False
    broken = [
        line for line in lines if len(line) > longest * 0.7 and line[-1] not in _ENDS
    ]
    return len(broken) > len(lines) / 2
