"""The floor: everybody who is named in one sentence is taken to be related.

It reads names with a plain comparison of words, so it needs nothing installed. It gives
no relation, no stance and no speaker: its place is beside *pair*.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations

from whosays.extract.document import Registry
from whosays.extract.lexicon import lexicon
from whosays.extract.names import NameEntry, entries
from whosays.measuring.records import Prediction

_WORD = re.compile(r"\w+")


class CoOccurrence:
    """Finds who is named in a sentence, the longest name first."""

    def __init__(self, registry: Registry, language: str = "en") -> None:
        """Index the names of a registry by their first word."""
        self._names: dict[str, list[NameEntry]] = defaultdict(list)
        for entry in entries(registry, lexicon(language), _split):
            self._names[entry.words[0].casefold()].append(entry)
        for found in self._names.values():
            found.sort(key=lambda entry: (-len(entry.words), entry.rank))

    def named(self, text: str) -> list[str]:
        """List the actors that are named in a text, in its order."""
        words = _split(text)
        found: dict[str, None] = {}
        at = 0
        while at < len(words):
            entry = self._at(words, at)
            if entry is None:
                at += 1
                continue
            found[entry.actor] = None
            at += len(entry.words)
        return list(found)

    def predictions(self, text: str) -> list[Prediction]:
        """Relate everybody to everybody who is named."""
        return [
            Prediction(subject=one, relation="", object=other)
            for one, other in combinations(self.named(text), 2)
        ]

    def _at(self, words: tuple[str, ...], at: int) -> NameEntry | None:
        behind_the = at > 0 and words[at - 1].casefold() == "the"
        for entry in self._names.get(words[at].casefold(), ()):
            here = words[at : at + len(entry.words)]
            if entry.behind_the and not behind_the:
                continue
            if here == entry.words or (entry.folded and _same(here, entry.words)):
                return entry
        return None


def _split(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text))


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return [word.casefold() for word in one] == [word.casefold() for word in other]
