"""Whom a pronoun means in a parsed sentence: the same as in the sentence read by words.

Who was spoken of before is a matter of the document and not of one sentence's parse, so
both readers share one answer; else each error of a parser would reach the sentences
that follow it, and two readings would differ where the rules do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from whosays.extract.memory import Memory
from whosays.extract.nodes import Phrase, Structure
from whosays.extract.standing import Standing
from whosays.extract.words import Filler
from whosays.model import ActorType


class Recalling(Standing):
    """Resolves the phrases of a parse by those that were resolved before."""

    def recall(self, structure: Structure, read: Structure) -> None:
        """Fill all phrases of a parsed sentence; ``read`` is its settled reading."""
        self._found: dict[int, dict[str, Filler]] = defaultdict(dict)
        subjects = [v.subj for v in read.verbs if v.subj is not None]
        for phrase in (*read.phrases, *subjects):
            for one in (*phrase.fillers, *phrase.owners):
                if one.link == "coref" and one.via == "pronoun":
                    self._found[one.start].setdefault(one.actor, one)
        self.settle(structure, Memory())

    def _pronoun(self, low: str, start: int, end: int, phrase: Phrase) -> list[Filler]:
        return self._recalled(start)

    def _generic(self, phrase: Phrase, start: int, end: int) -> list[Filler]:
        return self._recalled(start)

    def _two(self, start: int, end: int, types: Iterable[ActorType]) -> list[Filler]:
        return self._recalled(start)

    def _recalled(self, start: int) -> list[Filler]:
        return [*self._found.get(start, {}).values()]
