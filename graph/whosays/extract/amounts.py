"""What counts others, "dozens of", and what is a sum of money, "$2bn"."""

from __future__ import annotations

from collections.abc import Sequence

from whosays.extract.nodes import Phrase
from whosays.extract.words import Word

_CURRENCIES = frozenset({"$", "\u20ac", "\u00a3", "\u00a5", "us$"})
_QUANTITIES = frozenset(
    [
        "dozens",
        "hundreds",
        "thousands",
        "scores",
        "number",
        "couple",
        "majority",
        "handful",
        "part",
        "parts",
        "most",
        "some",
        "many",
        "all",
        "one",
        "none",
        "both",
        "each",
        "several",
        "members",
        "member",
        "elements",
        "remnants",
        "rest",
        "units",
        "few",
        "any",
        "half",
        "dozen",
        "much",
    ]
)


def quantity(phrase: Phrase, words: list[Word]) -> bool:
    """Tell whether what counts stands behind "of": "dozens of", "members of"."""
    head = words[phrase.head]
    return head.low in _QUANTITIES or head.tag == "CD"


def is_money(words: Sequence[Word]) -> bool:
    """Tell whether a phrase is a number behind the sign of a currency."""
    return words[-1].tag == "CD" and any(word.low in _CURRENCIES for word in words)
