"""Split a text into words as spaCy does, asking it only once for each run of letters.

spaCy's tokenizer reads what stands between two spaces by itself, so what it made of
"Belmark's," is remembered. A tokenizer of another kind is asked for the whole text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from whosays.extract.words import Word

if TYPE_CHECKING:
    from spacy.language import Language

_RUN = re.compile(r"\S+")
_MOST = 50_000
"""Runs that are remembered; a text of any length needs no more memory than these."""

Piece = tuple[str, str, int, int]
"""A word, the same in small letters, and where it starts and ends."""


class Splitter:
    """The tokenizer of a pipeline, with a memory."""

    def __init__(self, nlp: Language) -> None:
        """Take the tokenizer of a pipeline."""
        from spacy.tokenizer import Tokenizer

        self._split = nlp.tokenizer
        self._by_runs = type(nlp.tokenizer) is Tokenizer
        self._known: dict[str, tuple[Piece, ...]] = {}

    def words(self, text: str, offset: int = 0) -> list[Word]:
        """Give the words of a text, without its spaces; ``offset`` is where it starts."""
        if not self._by_runs:
            return [
                Word(word, low, offset + start, offset + end)
                for word, low, start, end in self._asked(text)
            ]
        found: list[Word] = []
        known = self._known
        for run in _RUN.finditer(text):
            pieces = known.get(run[0])
            if pieces is None:
                if len(known) >= _MOST:
                    known.clear()
                pieces = known[run[0]] = self._asked(run[0])
            at = offset + run.start()
            for word, low, start, end in pieces:
                found.append(Word(word, low, at + start, at + end))
        return found

    def _asked(self, text: str) -> tuple[Piece, ...]:
        return tuple(
            (token.text, folded(token.text), token.idx, token.idx + len(token.text))
            for token in self._split(text)
            if not token.is_space
        )


def folded(text: str) -> str:
    """Give a word in small letters and with a plain apostrophe, to be looked up."""
    return text.lower().replace("\u2019", "'")
