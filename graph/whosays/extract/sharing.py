"""What nouns of a list share: "its support for and ties with", "A's raids and threats"."""

from __future__ import annotations

from whosays.extract.lexicon import Lexicon
from whosays.extract.nodes import Phrase, Structure


def share(structure: Structure, lexicon: Lexicon) -> None:
    """Give each noun of action in a list whose it is, what it is about, and a "no".

    A possessive or an adjective stands before the first of them, a preposition behind
    the last.
    """
    seen: set[int] = set()
    for phrase in structure.phrases:
        if not phrase.members or id(phrase.members) in seen:
            continue
        seen.add(id(phrase.members))
        nouns = [one for one in phrase.members if one.noun in lexicon.nouns]
        if nouns:
            _share_whose(phrase.members[0], nouns)
            _share_whom(phrase.members, nouns)
            if phrase.members[0] is nouns[0]:
                _share_negation(nouns)


def _share_whose(first: Phrase, nouns: list[Phrase]) -> None:
    for one in nouns:
        if one is not first and not (one.det or one.owners or one.mods):
            one.owners, one.mods = first.owners, first.mods


def _share_negation(nouns: list[Phrase]) -> None:
    """Let "no" hold for all of "no talks or conflicts with Belmark"."""
    for one in nouns[1:] if nouns[0].negated else ():
        one.negated |= not one.det


def _share_whom(members: list[Phrase], nouns: list[Phrase]) -> None:
    first, last = members[0], members[-1]
    behind = [pair for pair in first.preps if pair[1].first > last.head]
    behind += last.preps if last is not first else []
    for one in nouns:
        if behind and (one is last or not one.preps):
            held = {id(inner) for _, inner in one.preps}
            one.preps += [pair for pair in behind if id(pair[1]) not in held]
