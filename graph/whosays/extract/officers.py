"""Whom somebody without a place in the registry acts for: "the Front commander Yen"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from whosays.extract.lexicon import Lexicon
from whosays.extract.nodes import Phrase
from whosays.extract.words import Filler, Word

_NO_MORE = frozenset(
    {"former", "ex", "late", "retired", "onetime", "renegade", "exiled"}
)


def entitled(phrase: Phrase, words: Sequence[Word], lexicon: Lexicon) -> list[Filler]:
    """Read a strange name by its title: "Aldorian General Yen", "Yen, a Front leader".

    What one does in an office the actor does, as where the officer has no name; but
    who speaks is the one that is named.
    """
    head = words[phrase.head]
    if head.mention is not None or head.tag != "NN" or not head.text[:1].isupper():
        return []
    if any(word.low in _NO_MORE for word in words[phrase.first : phrase.head]):
        return []
    behind = phrase.mods[-1:] or phrase.owners[-1:]
    if behind and not phrase.pronoun:
        begin = next(
            (
                i
                for i in range(phrase.first, phrase.head)
                if words[i].start >= behind[0].end
            ),
            phrase.head,
        )
        begin += words[begin].tag == "POS"
        for last in range(phrase.head - 1, begin - 1, -1):
            noun = lexicon.noun(tuple(word.low for word in words[begin : last + 1]))
            if _office(noun, lexicon) and noun not in lexicon.classes["freelance"]:
                return [replace(behind[0], via="head")]
        return []
    for one in phrase.appositions:
        plain = words[one.head].mention is None and not one.members
        plain &= all(word.low not in _NO_MORE for word in words[one.first : one.head])
        if plain and one.fillers and _office(one.noun, lexicon):
            return [filler for filler in one.fillers[:1] if filler.via == "head"]
    return []


def _office(noun: str, lexicon: Lexicon) -> bool:
    """Tell whether one person acts for a side in it: commander, minister, spokesman."""
    return any(row["kind"] == "side" for row in lexicon.heads.get(noun, ()))
