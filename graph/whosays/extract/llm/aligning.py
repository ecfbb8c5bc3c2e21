"""Finding words of an answer again in the text: exactly, or but for quotes and blanks.

Nothing fuzzier is tried. Offsets are those of the stored text in either case, as the
folded copy carries an index of where each of its characters came from.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from whosays.extract.records import Alignment, Span

MOST = 20
"""Places of one quote that are looked at."""

_FOLDED = {
    ord(char): target
    for chars, target in (
        ("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
        ("\u2018\u2019\u201a\u201b\u2032\u0060\u00b4", "'"),
        ("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    )
    for char in chars
}


class Found(NamedTuple):
    """A place in the stored text, and how it was found."""

    span: Span
    alignment: Alignment


@dataclass(slots=True)
class Passage:
    """A stretch of the stored text in which words are looked for."""

    text: str
    start: int
    end: int
    _folded: str = field(init=False, default="")
    _origin: list[int] = field(init=False, default_factory=list)

    def find(self, words: str) -> list[Found]:
        r"""List where words stand, whole words only; at most ``MOST`` places.

        >>> Passage("Aldoria\u2019s envoy", 0, 15).find("aldoria's  envoy")
        [Found(span=(0, 15), alignment='normalised')]
        >>> Passage("a forensic word", 0, 15).find("Oren")
        []
        """
        words = words.strip()
        if not words:
            return []
        exact = [
            Found((at, at + len(words)), "exact")
            for at in _occurrences(self.text, words, self.start, self.end)
            if whole(self.text, at, at + len(words))
        ]
        if exact:
            return exact[:MOST]
        if not self._folded:
            self._fold()
        wanted, _ = folded(words, 0, len(words))
        found = []
        for at in _occurrences(self._folded, wanted, 0, len(self._folded)):
            start = self._origin[at]
            end = self._origin[at + len(wanted) - 1] + 1
            if whole(self.text, start, end):
                found.append(Found((start, end), "normalised"))
        return found[:MOST]

    def _fold(self) -> None:
        self._folded, self._origin = folded(self.text, self.start, self.end)


def folded(text: str, start: int, end: int) -> tuple[str, list[int]]:
    r"""Fold quotes, dashes, blanks and case; tell where each character came from.

    >>> folded("A\u2014\n B", 0, 5)
    ('a- b', [0, 1, 2, 4])
    """
    made: list[str] = []
    origin: list[int] = []
    for at in range(start, end):
        char = text[at]
        if char.isspace():
            if made and made[-1] == " ":
                continue
            char = " "
        else:
            char = _FOLDED.get(ord(char), char)
            lower = char.lower()
            if len(lower) == 1:
                char = lower
        made.append(char)
        origin.append(at)
    return "".join(made), origin


def whole(text: str, start: int, end: int) -> bool:
    r"""Tell whether a span cuts through no word and no character with its marks.

    >>> whole("re-arm", 3, 6), whole("forensic", 2, 5), whole("e\u0301", 0, 1)
    (True, False, False)
    """
    return not (
        (start > 0 and _word(text[start - 1]) and _word(text[start]))
        or (end < len(text) and _word(text[end]) and _word(text[end - 1]))
        or (start < len(text) and unicodedata.category(text[start])[0] == "M")
        or (end < len(text) and unicodedata.category(text[end])[0] == "M")
    )


def _word(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char)[0] == "M"


def _occurrences(text: str, words: str, start: int, end: int) -> Iterator[int]:
    at = text.find(words, start, end)
    while at >= 0:
        yield at
        at = text.find(words, at + 1, end)
