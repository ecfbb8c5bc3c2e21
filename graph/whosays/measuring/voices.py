"""Whether the right speaker was read, and what kind of speaker was read instead."""

from __future__ import annotations

import re

from whosays.extract.records import AUTHOR
from whosays.measuring.units import Hit

NARRATOR, ACTOR, WORDS = "narrator", "actor", "other words"
KINDS = (NARRATOR, ACTOR, WORDS)
READ = ("right", NARRATOR, ACTOR, WORDS)
"""What was read: the right speaker, or a wrong one of which kind."""

_SMALL = frozenset(
    {
        *("a", "an", "and", "at", "by", "for", "from", "her", "his", "in", "its", "my"),
        *("of", "on", "or", "our", "some", "the", "their", "to", "with"),
    }
)
_WORD = re.compile(r"\w+")


def kind(speaker: str) -> str:
    """Say what kind of speaker that is."""
    if speaker == AUTHOR:
        return NARRATOR
    return WORDS if speaker.startswith("text:") else ACTOR


def judged(hit: Hit, voice: str) -> tuple[str, str]:
    """Give the kind of the speaker in the gold, and what was read.

    ``voice`` is whom ``@author`` means. With several speakers of the gold any is right.
    """
    said = _plain(hit.prediction.speaker, voice)
    known = [
        _plain(one, voice)
        for claim in hit.claims
        for one in (claim.speaker, *claim.also)
    ]
    for one in known:
        if same(one, said):
            return kind(one), "right"
    return kind(known[0]), kind(said)


def same(gold: str, said: str) -> bool:
    """Tell whether two speakers are the same; of words, half must be shared.

    >>> same("text:two villagers", "text:villagers"), same("@author", "text:villagers")
    (True, False)
    """
    if gold == said:
        return True
    if kind(gold) != WORDS or kind(said) != WORDS:
        return False
    wanted, found = _words(gold), _words(said)
    return bool(wanted) and 2 * len(wanted & found) >= len(wanted)


def _plain(speaker: str, voice: str) -> str:
    return AUTHOR if voice and speaker == voice else speaker


def _words(speaker: str) -> set[str]:
    found = set(_WORD.findall(speaker.removeprefix("text:").casefold()))
    return found - _SMALL or found
