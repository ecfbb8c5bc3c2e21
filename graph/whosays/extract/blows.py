"""Whose blow strikes: "Aldorian raids killed", "was wounded in an attack by the Front"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from whosays.extract.lexicon import Lexicon, Row
from whosays.extract.nodes import Phrase, Verb
from whosays.extract.words import Filler, Word
from whosays.model import ActorType

_STRUCK = ("in", "during", "from")
_STATES = (ActorType.STATE, ActorType.GOVERNMENT, ActorType.PLACE)


def dealt(
    verb: Verb,
    row: Row,
    ends: tuple[list[Filler], list[Filler]],
    words: Sequence[Word],
    lexicon: Lexicon,
    type_of: Callable[[Filler], ActorType | None],
) -> tuple[list[Filler], list[Filler]]:
    """Put whose blow it is in the place of the blow, where that strikes somebody."""
    doers, patients = ends
    if not verb.passive and row["frame"] != "in:attack":
        return _dealers(verb.subj, words, lexicon, type_of) or doers, patients
    if verb.subj is None:
        return doers, patients
    by = [phrase for preposition, phrase in verb.obl if preposition == "by"]
    blows = by or [phrase for one, phrase in verb.obl if one in _STRUCK]
    for phrase in blows:
        if found := _dealers(phrase, words, lexicon, type_of):
            return found, verb.subj.actors()
    struck = any(
        one in _STRUCK and _is_blow(phrase, lexicon) for one, phrase in verb.obl
    )
    if struck and not verb.passive:  # "died in an attack by the Front"
        return [one for phrase in by for one in phrase.actors()], verb.subj.actors()
    return doers, patients


def _is_blow(phrase: Phrase, lexicon: Lexicon) -> bool:
    rows = lexicon.nouns.get(phrase.noun, ())
    return any(row["relation"] == "attacks" for row in rows)


def _dealers(
    phrase: Phrase | None,
    words: Sequence[Word],
    lexicon: Lexicon,
    type_of: Callable[[Filler], ActorType | None],
) -> list[Filler]:
    """Name whose attack a phrase is; of "the Belmark raid" nobody knows it."""
    if phrase is None or not _is_blow(phrase, lexicon):
        return []
    named = {word.start: word.tag for word in words}
    found = [f for p, inner in phrase.preps if p == "by" for f in inner.actors()]
    found = found or [
        one
        for one in phrase.owners or phrase.mods
        if one in phrase.owners
        or named.get(one.start) == "PA"
        or type_of(one) not in _STATES
    ]
    return [replace(one, via="head") for one in found if one.via != "asset"]
