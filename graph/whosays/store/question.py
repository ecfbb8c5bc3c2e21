"""A query that the engine refused, as those see it who look for its mistake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from whosays import guard
from whosays.errors import QueryError

PAIRS = {"(": ")", "[": "]", "{": "}"}
"""Brackets, each with the one that closes it."""


@dataclass(frozen=True, slots=True)
class Question:
    """The text, what the engine said of it, and its tokens without comments.

    ``prefixes`` are those that the text need not declare.
    """

    text: str
    complaint: str
    prefixes: Mapping[str, str]
    code: Sequence[guard.Token]

    def error(
        self, token: guard.Token | int, message: str, hint: str = ""
    ) -> QueryError:
        """Make the error for a token, or for a place in the text."""
        index = token if isinstance(token, int) else token.start
        return guard.error(self.text, index, message, hint=hint)

    def at(self, index: int) -> guard.Token | None:
        """Give a token, or None before the first and after the last."""
        return self.code[index] if 0 <= index < len(self.code) else None
