"""Ground of a land: "villages in Belmark" are Belmark's, "its capital, Esker" is Esker."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from whosays.extract.lexicon import Lexicon
from whosays.extract.nodes import Phrase
from whosays.extract.words import Filler, Word
from whosays.model import ActorType

_WHERE = frozenset({"in", "near", "inside", "of"})


def sited(
    phrase: Phrase,
    preposition: str,
    inner: Phrase,
    lexicon: Lexicon,
    type_of: Callable[[Filler], ActorType | None],
) -> bool:
    """Tell whether a phrase is ground of the land behind its preposition."""
    ground = lexicon.classes["ground"]
    return (
        preposition in _WHERE
        and phrase.noun in ground
        and not phrase.owners
        and not phrase.mods
        and bool(inner.fillers)
        and all(
            one.via == "asset"
            or (one.via == "name" and type_of(one) is ActorType.STATE)
            or inner.noun in ground
            for one in inner.fillers
        )
    )


def apposed(
    phrase: Phrase, words: Sequence[Word], type_of: Callable[[Filler], ActorType | None]
) -> list[Filler]:
    """Give the place whose name stands behind what it is of a land."""
    found = []
    for other in phrase.appositions:
        if (mention := words[other.head].mention) is not None:
            found.append(Filler(mention.actor, mention.start, mention.end))
    return [one for one in found if type_of(one) is ActorType.PLACE]


def spot(
    phrase: Phrase,
    behind: Sequence[Filler],
    lexicon: Lexicon,
    type_of: Callable[[Filler], ActorType | None],
) -> list[Filler]:
    """Give the place that "the Saltmere region" is; "the Saltmere airport" is none."""
    if phrase.noun not in lexicon.classes["whole-place"] or any(
        name == "of" for name, _ in phrase.preps
    ):
        return []
    return [one for one in behind if type_of(one) is ActorType.PLACE][-1:]
