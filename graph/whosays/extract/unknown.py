"""Persons whom the registry does not have: "Mara Tolle said he", and he is no actor."""

from __future__ import annotations

from whosays.extract.lexicon import Lexicon
from whosays.extract.nodes import Phrase, Structure

_NAMES = 2
"""Words that a person's name has at least."""


def unknown(phrase: Phrase, structure: Structure, lexicon: Lexicon) -> bool:
    """Tell whether a phrase is the name of a person who is nobody's actor.

    That is two or three words in capitals of which the first is no word of the tables,
    as it is in "Human Rights Monitor".
    """
    if phrase.fillers or phrase.det or phrase.pronoun or phrase.last == phrase.first:
        return False
    words = structure.words[phrase.first : phrase.last + 1]
    for at in range(len(words) - 1, -1, -1):
        if words[at].low in lexicon.heads or words[at].low in lexicon.generics:
            words = words[at + 1 :]  # "Foreign Minister Mara Tolle"
            break
    return (
        _NAMES <= len(words) <= _NAMES + 1
        and all(
            word.text[:1].isupper()
            and not word.text.isupper()
            and word.mention is None
            and word.text.isalpha()
            for word in words
        )
        and words[0].low not in lexicon.tags
        and words[0].low not in lexicon.singulars
    )
