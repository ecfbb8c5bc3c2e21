"""What stands between a subject or an auxiliary and its verb: "has for years armed"."""

from __future__ import annotations

from collections.abc import Sequence

from whosays.extract.lexicon import Lexicon
from whosays.extract.words import Word

_OPENED_BY = {
    "HV": "n",
    "BE": "ng",
    "DO": "b",
    "MD": "b",
    "NG": "bsdng",
} | dict.fromkeys(("PN", "PR", "PP", "RB"), "bsdng")
"""Tags that such an expression stands behind, with the forms of the verb after it."""
_ADVERBS = frozenset({"RB", "NG"})
_SHARED = frozenset({"all", "both", "each"})


def left_of_adverbs(index: int, words: Sequence[Word], lexicon: Lexicon) -> int:
    """Find the word before a verb that is none of its adverbs, and tag those so.

    "Yet" and "for years" are adverbs there; elsewhere they may join clauses, or hold a
    noun: "in secret talks".
    """
    at = index - 1
    while at >= 0:
        word = words[at]
        if taken := _adverbial(at, words, words[index].forms, lexicon):
            for one in words[at - taken + 1 : at + 1]:
                one.tag = "RB"
            at -= taken
        elif word.tag in _ADVERBS or word.low in _SHARED:
            at -= 1
        else:
            break
    return at


def _adverbial(at: int, words: Sequence[Word], forms: str, lexicon: Lexicon) -> int:
    """Count the words of the expression that ends here, or none."""
    for lows in lexicon.adverbials.get(words[at].low, ()):
        first = at - len(lows) + 1
        if (
            first > 0
            and set(_OPENED_BY.get(words[first - 1].tag, "")) & set(forms)
            and all(
                word.low == low
                for word, low in zip(words[first : at + 1], lows, strict=True)
            )
        ):
            return len(lows)
    return 0
