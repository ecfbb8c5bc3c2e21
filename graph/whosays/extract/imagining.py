"""What is told and yet not claimed: what is imagined, made up by an artist, or played."""

from __future__ import annotations

from collections.abc import Mapping

from whosays.extract.lexicon import Lexicon
from whosays.extract.nodes import Structure

_OPENERS = frozenset(
    {"and", "but", "so", "now", "just", "let", "us", "me", "'s", "\u2019s"}
)
_QUOTES = frozenset({'"', "\u201c", "'", "\u2018"})
_GAMES = frozenset({"attacks", "fights", "yields-to", "defends", "controls", "opposes"})
_DASHES = frozenset({"-", "\u2013"})
_FEW = 4


def imagined(structure: Structure, lexicon: Lexicon) -> bool:
    """Tell whether a sentence invites to imagine, or tells what is in a novel."""
    imagining = lexicon.classes["imagining"]
    for word in structure.words[:_FEW]:
        if word.low in imagining and not word.mention:
            return True
        if word.low not in _OPENERS and word.low not in _QUOTES:
            break
    fiction = lexicon.classes["fiction"]
    for phrase in structure.phrases:
        if phrase.noun not in fiction:
            continue
        if phrase.first and structure.words[phrase.first - 1].low in ("in", "of"):
            return True
        if any(
            verb.subj is phrase and set(verb.lemmas) & lexicon.classes["depicting"]
            for verb in structure.verbs
        ):
            return True
    return False


def played(structure: Structure, lexicon: Lexicon, row: Mapping[str, str]) -> bool:
    """Tell whether "beat" and "lost to" are about a game, or a vote.

    Nobody is shelled in one.
    """
    if row.get("relation") not in _GAMES:
        return False
    if row.get("lemma", "") in lexicon.classes["deadly"]:
        return False
    lows = [word.low for word in structure.words]
    if row.get("lemma", "") in lexicon.classes["winning"] and not (
        lexicon.classes["ballot"].isdisjoint(lows)
    ):
        return True  # "defeated Vale in the runoff"
    return (
        not lexicon.classes["sport"].isdisjoint(lows)
        or any(map(_score, lows))
        or any(
            dash in _DASHES
            and first.isdigit()
            and last.isdigit()
            and len(first + last) < _FEW
            for first, dash, last in zip(lows, lows[1:], lows[2:], strict=False)
        )
    )


def _score(low: str) -> bool:
    """Recognise a score that is one word, as it is with the longer dash."""
    first, dash, last = low.partition("\u2013")
    return bool(dash) and first.isdigit() and last.isdigit() and len(low) <= _FEW
