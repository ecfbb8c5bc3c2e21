"""Why something that a model said is no proposal; the words that a person reads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

NO_JSON = "the answer is no JSON"
CUT = "the answer was cut off"
NO_TEXT = "the answer holds no text"
WRONG_SHAPE = "the answer has not the shape that was asked for"
HOLDS_KEY = "the answer holds the key"
TOO_MANY = "beyond 200 statements of one part"
REPEATED = "said before"
NO_OBJECT = "no statement"
STRANGE_FIELD = "a field that was not asked for"
MISSING_FIELD = "a field is missing"
WRONG_TYPE = "a field is of the wrong type"
UNKNOWN_RELATION = "a relation outside the list"
UNKNOWN_STANCE = "a stance outside the list"
UNKNOWN_MODALITY = "a modality outside the list"
UNKNOWN_ACTOR = "an actor outside the list"
SAME_ENDS = "one actor at both ends"
ENDS = "ends that the relation does not have"
QUOTE_LONG = "the quote is too long"
QUOTE_SHORT = "the quote holds no words"
QUOTE = "the quote is not in the text"
SUBJECT = "the subject is not in the quote"
OBJECT = "the object is not in the quote"
CUE = "the cue is not in the quote"
APART = "subject, cue and object stand in different sentences"
OVERLAP = "subject and object are the same words"
SPEAKER = "the speaker is not near the quote"
CONTRADICTS = "the words name somebody else"
UNRESOLVED = "the words do not tell who is meant"
KNOWN = "the words name an actor of the list"
NO_NAME = "a new actor without a name"
NOBODY = "no actor of the project is named in the sentence"
NOT_CLAIMED = "the sentence does not say so"
NO_LINE = "a line of the file cannot be read"
NOTHING_OF_IT = "the file says nothing of this text"

REASONS = frozenset(value for name, value in list(globals().items()) if name.isupper())
"""All of them."""

LONGEST = 2_000
"""Characters of an item that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Something that a proposer offered and that was not taken.

    ``reason`` is for counting, ``detail`` for reading; ``said`` is the item as JSON,
    cut at ``LONGEST``; ``start`` and ``end`` are the part of the text it is about.
    """

    proposer: str
    reason: str
    detail: str = ""
    said: str = ""
    start: int = 0
    end: int = 0
    answer: str = ""

    def line(self) -> str:
        """Write it as one line of JSON, without the line break."""
        record = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(record, ensure_ascii=False)


def written(item: object) -> str:
    """Write an item as JSON, cut where it is too long to keep."""
    text = json.dumps(item, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def counted(refusals: Iterable[Refusal]) -> str:
    """Count reasons in words, the most frequent first.

    >>> counted([Refusal(proposer="llm", reason=QUOTE)] * 2)
    'the quote is not in the text 2'
    """
    reasons = Counter(one.reason for one in refusals)
    ordered = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{reason} {count}" for reason, count in ordered)
