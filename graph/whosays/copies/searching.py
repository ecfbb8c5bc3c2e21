"""Find words in a stored text, whatever its quotes, dashes and line breaks.

What is compared is the text without anything that is neither letter, digit nor mark.
A hit begins and ends where a word does, so that *art* is not found in *start*; scripts
that write without blanks have no such borders.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from whosays.project import passage_hash, spans

# Lao, Thai, Myanmar and Khmer part no words; Chinese and Japanese letters are wide.
_UNPARTED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Where words stand: the paragraph, counted from 1, and the place in the text.

    ``start`` and ``end`` count code points from the beginning of the stored text;
    ``last`` is the paragraph in which the words end, mostly the same.
    """

    paragraph: int
    last: int
    start: int
    end: int
    para_sha: str

    @property
    def locator(self) -> str:
        """The locator as tables hold it."""
        return f"p{self.paragraph}"


def hits(text: str, words: str, blocks: str = "") -> list[Hit]:
    r"""List where words stand in a text, in order.

    >>> [hit.locator for hit in hits("Title\n\nThe 'grey-\ncrates'.", "GREY crates")]
    ['p2']
    """
    wanted, _ = _letters(words)
    if not wanted:
        return []
    found, places = _letters(text)
    blocks_of_text = spans(text, blocks)
    starts = [start for start, _ in blocks_of_text]
    result = []
    at = found.find(wanted)
    while at >= 0:
        first, last = places[at], places[at + len(wanted) - 1]
        if _border(text, first - 1, first) and _border(text, last, last + 1):
            block = bisect_right(starts, first) - 1
            start, end = blocks_of_text[block]
            result.append(
                Hit(
                    paragraph=block + 1,
                    last=bisect_right(starts, last),
                    start=first,
                    end=last + 1,
                    para_sha=passage_hash(text[start:end]),
                )
            )
        at = found.find(wanted, at + 1)
    return result


def _letters(text: str) -> tuple[str, list[int]]:
    """Give the letters, digits and marks of a text, folded, and where each stood."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", character).casefold():
            if _counts(part):
                letters.append(part)
                places.append(place)
    return "".join(letters), places


def _counts(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def _border(text: str, left: int, right: int) -> bool:
    """Tell whether a word may end between two neighbours."""
    if left < 0 or right >= len(text):
        return True
    pair = text[left] + text[right]
    if not all(map(_counts, pair)):
        return True
    return any(
        unicodedata.east_asian_width(one) == "W" or _UNPARTED.match(one) for one in pair
    )
