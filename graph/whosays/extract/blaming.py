"""Whose deed it is that somebody is punished or blamed for: "sanctions on A over its"."""

from __future__ import annotations

from whosays.extract.lexicon import Lexicon
from whosays.extract.nodes import Structure
from whosays.extract.words import Filler, Word

_FOR = frozenset({"for", "over"})
_BECAUSE = frozenset(
    {("because", "of"), ("response", "to"), ("reaction", "to"), ("due", "to")}
)
_AT = frozenset({"against", "on", "upon", "toward", "towards", "of"})
_HOSTILE = frozenset({"sanctions", "opposes", "threatens", "attacks", "represses"})
_PRAISING = frozenset(
    [
        "praise",
        "thank",
        "laud",
        "hail",
        "commend",
        "applaud",
        "congratulate",
        "reward",
        "salute",
        "compliment",
        "honour",
        "honor",
        "credit",
    ]
)
_BLAMING = frozenset({"sanctions", "opposes", "threatens"})
_BESIDE = frozenset({"DT", "JJ", "CM"})
_LEAST = 4
"""Words before "its": a verb or a noun, a name, and what joins them."""


def blamed(structure: Structure, at: int, lexicon: Lexicon) -> list[Filler]:
    """Find who "its" is behind "sanctions against Belmark over its".

    ``at`` is the word of the pronoun. Who is only relied on, or fought, is not meant.
    """
    words = structure.words
    if at < _LEAST:
        return []
    if words[at - 1].low in _FOR:
        left = at - 2
    elif (words[at - 2].low, words[at - 1].low) in _BECAUSE:
        left = at - 3 - (words[at - 3].low in ("in", "as"))
    else:
        return []
    left -= words[left].tag == "CM"
    named = words[left].mention
    if left < 1 or named is None or named.kind == "adjective":
        return []
    left -= 1
    while left and words[left].tag in _BESIDE:
        left -= 1
    if not _hostile(words, left, lexicon):
        return []
    return [Filler(named.actor, words[at].start, words[at].end, "coref", "pronoun")]


def _hostile(words: list[Word], at: int, lexicon: Lexicon) -> bool:
    """Tell whether a word, or the noun before its preposition, turns on somebody."""
    if words[at].low in _AT and at:
        noun = lexicon.noun((words[at - 1].low,))
        rows = lexicon.nouns.get(noun, ())
        return any(row["relation"] in _HOSTILE for row in rows)
    return words[at].tag == "VB" and any(
        lemma in _PRAISING or row["relation"] in _BLAMING
        for lemma in words[at].lemmas
        for row in lexicon.verbs.get(lemma, ())
    )
