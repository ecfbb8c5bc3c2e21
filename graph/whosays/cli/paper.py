"""Paper of a given width: text is cleaned, folded and aligned, never cut.

Our own marks have an ASCII form for streams that cannot write them. Words of strangers
are data: nothing in them is markup, and a name that runs from right to left does not
turn the rest of its line round.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence

from whosays.cli.manner import manner
from whosays.cli.output import columns_of, fold, width
from whosays.text import clean_text
from whosays.values import dataclass

WIDEST = 100
"""A card is read like a column of text: wider is harder to read, not easier."""

_ASCII = str.maketrans(
    {
        "\u2014": "--",
        "\u2013": "-",
        "\u2026": "...",
        "\u2192": "->",
        "\u00b7": "|",
        "\u201c": '"',
        "\u201d": '"',
        "\u2018": "'",
        "\u2019": "'",
        "\u00b6": "p",
        "\u2212": "-",
        "\u00d7": "x",
        "\u27e8": "<",
        "\u27e9": ">",
    }
)
_MARKS = "\u2014\u2013\u2026\u2192\u00b7\u201c\u201d\u00b6\u2212"
_NARROW = re.compile(f"[ -~\u00a1-\u00ac\u00ae-\u02af\u2018\u2019{_MARKS}]*")
_LEFT_TO_RIGHT = "\u200e"
_RIGHT_TO_LEFT = re.compile(
    "\u200e?([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
    "(?:[^A-Za-z0-9\u00c0-\u058f]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])*)\u200e?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What cards are printed on; ``width`` is in terminal columns."""

    width: int = 80
    ascii: bool = False

    def text(self, text: str) -> str:
        """Make a text of the data one line that can be printed anywhere."""
        line = " ".join(clean_text(text).split())
        if self.ascii:
            return line.translate(_ASCII)
        return line if line.isascii() else _RIGHT_TO_LEFT.sub(_fenced, line)

    def lines(self, text: str, indent: int = 0, hang: int = 0) -> list[str]:
        """Fold a text under an indent; all lines but the first hang further in."""
        first = self.width - indent
        size = max(first - hang, 10)
        words = _breakable(self.text(text), size)
        fits = size_of(words) <= (first if hang else size)
        folded = [words] if fits else fold(words, size)
        return [
            " " * (indent + (hang if number else 0)) + line
            for number, line in enumerate(folded)
        ]

    def folded(self, lines: Iterable[str]) -> list[str]:
        """Fold lines that begin with their indent; a table fits and stays as it is."""
        found: list[str] = []
        for line in lines:
            if size_of(line) <= self.width:
                clean = clean_text(line)
                found.append(clean.translate(_ASCII) if self.ascii else clean)
                continue
            plain = line.lstrip()
            found += self.lines(plain, len(line) - len(plain), hang=4)
        return found

    def ends(self, left: str, right: str, indent: int = 0) -> list[str]:
        """Set two texts at the two ends of a line, or one below the other."""
        left, right = self.text(left), self.text(right)
        gap = self.width - indent - size_of(left) - size_of(right)
        if not right:
            return self.lines(left, indent)
        if gap >= 2:
            return [" " * indent + left + " " * gap + right]
        return [*self.lines(left, indent), *self.lines(right, indent + 2)]

    def columns(self, rows: Iterable[Sequence[str]], indent: int = 2) -> list[str]:
        """Set a first column of equal width, and fold what stands beside it."""
        ready = [(self.text(name), value) for name, value in rows]
        if not ready:
            return []
        wide = min(max(size_of(name) for name, _ in ready), self.width // 3)
        found: list[str] = []
        for name, value in ready:
            names = fold(_breakable(name, wide), wide)
            values = self.lines(value, indent + wide + 2)
            values[0] = values[0].lstrip(" ")
            pad = " " * (wide - size_of(names[-1]) + 2)
            found += [" " * indent + line for line in names[:-1]]
            found.append((" " * indent + names[-1] + pad + values[0]).rstrip())
            found += values[1:]
        return found


def size_of(text: str) -> int:
    """Count terminal columns; Latin letters and our marks are one each."""
    return len(text) if _NARROW.fullmatch(text) else columns_of(text)


def paper() -> Paper:
    """Take the paper that fits stdout: its width, and the marks it can write."""
    size = manner.width or min(width(), WIDEST)
    return Paper(width=size, ascii=manner.ascii or not _writable())


def _fenced(match: re.Match[str]) -> str:
    """Keep words from right to left from turning what stands beside them."""
    return f"{_LEFT_TO_RIGHT}{match[1]}{_LEFT_TO_RIGHT}"


def _writable() -> bool:
    try:
        _MARKS.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _breakable(text: str, size: int) -> str:
    """Put blanks into words that are wider than a line, counted in columns."""
    words = text.split()
    if _NARROW.fullmatch(text) and max(map(len, words), default=0) <= size:
        return " ".join(words)
    return " ".join(_pieces(word, size) for word in words)


def _pieces(word: str, size: int) -> str:
    if size_of(word) <= size:
        return word
    pieces = [""]
    for char in word:
        if size_of(pieces[-1] + char) > size:
            pieces.append("")
        pieces[-1] += char
    return " ".join(pieces)
