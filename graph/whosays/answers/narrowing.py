"""Narrowing an answer: when, where, in which source, by whom, and of what status.

What is left out is counted and named, so that an empty answer is never mistaken for
silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import TypedDict

from whosays import dates, lookup
from whosays.answers.records import Hidden
from whosays.errors import UsageError
from whosays.independence import depth
from whosays.matching import mentions, nearest, words_of
from whosays.model import Collection, Family, Statement, Status

STATUSES = ("accepted", "all")


class Narrowing(TypedDict, total=False):
    """What every reading verb may be narrowed by; each is free text as typed.

    ``at`` keeps what may hold then (undated statements may hold at any time);
    ``place`` what is said to hold in it or in a part of it; ``source`` and ``by`` one
    source and one voice; ``status`` is ``accepted`` or ``all``; ``own_voice`` leaves
    out what is only passed on. ``text`` asks only for statements in whose gist each of
    its words begins a word: the others are no part of the question and not counted.
    """

    at: str
    place: str
    source: str
    by: str
    status: str
    own_voice: bool
    text: str


class Sieve:
    """Filters with their names resolved; `sift` applies and counts them."""

    def __init__(self, collection: Collection, narrowing: Narrowing) -> None:
        """Resolve every name and date once.

        Raises:
            UnknownName: a place, source or voice is not known.
            UsageError: the date or the status cannot be understood, or a text has
                no word.
        """
        self._collection = collection
        self._lineage = lru_cache(maxsize=None)(collection.lineage)
        self._given = narrowing
        self._at = _date(narrowing.get("at", ""))
        self._place = self._actor("place")
        self._voice = self._actor("by")
        source = narrowing.get("source", "")
        self._source = lookup.source(collection, source) if source else ""
        self._all = _all(narrowing.get("status", ""))
        self._own = narrowing.get("own_voice", False)
        self._words = searched(narrowing.get("text", ""))

    def sift(
        self, statements: Iterable[Statement]
    ) -> tuple[tuple[Statement, ...], tuple[Hidden, ...]]:
        """Keep what passes every filter, and count the rest by its first reason."""
        kept: list[Statement] = []
        left: Counter[tuple[str, str, str]] = Counter()
        for statement in filter(self.asked, statements):
            reason = self._reason(statement)
            if reason is None:
                kept.append(statement)
            else:
                left[reason] += 1
        hidden = tuple(
            Hidden(count=count, what=one if count == 1 else many, option=option)
            for (one, many, option), count in sorted(left.items())
        )
        return tuple(kept), hidden

    def asked(self, statement: Statement) -> bool:
        """Tell whether a statement has the words that are searched for."""
        return not self._words or mentions(statement.gist, self._words)

    def _reason(self, statement: Statement) -> tuple[str, str, str] | None:
        """Say why a statement is left out: in the singular, the plural, the option."""
        if self._source and statement.source != self._source:
            return self._because("in another source", "in other sources", "source")
        if self._voice and statement.voice != self._voice:
            return self._because("by another voice", "by other voices", "by")
        if self._at is not None and not dates.can_meet(
            self._at, _date(statement.valid)
        ):
            return self._because("of another time", "of another time", "at")
        if self._place and not self._there(statement):
            return self._because(_ELSEWHERE, _ELSEWHERE, "place")
        if not self._all and not statement.counts:
            return _STATUS_WORDS[statement.status]
        if self._own and depth(statement, self._collection):
            return ("passed on", "passed on", "leave out --own-voice")
        return None

    def _because(self, one: str, many: str, option: str) -> tuple[str, str, str]:
        given = str(self._given.get(option, ""))
        return one, many, f"--{option} {given}"

    def _there(self, statement: Statement) -> bool:
        places = list(statement.place)
        relation = self._collection.relations[statement.relation]
        if relation.family is Family.SPACE:
            places.append(statement.object)
        return any(self._place in self._lineage(place) for place in places)

    def _actor(self, option: str) -> str:
        given = str(self._given.get(option, ""))
        return lookup.actor(self._collection, given) if given else ""


_ELSEWHERE = "placed elsewhere or nowhere"

_STATUS_WORDS = {
    Status.CANDIDATE: ("candidate", "candidates", "--status all"),
    Status.REJECTED: ("rejected in review", "rejected in review", "--status all"),
    Status.RETRACTED: ("retracted", "retracted", "--status all"),
}


def searched(text: str) -> tuple[str, ...]:
    """List the words that a text asks for; nothing asks for nothing.

    Raises:
        UsageError: it has no word.
    """
    if not text:
        return ()
    words = tuple(dict.fromkeys(words_of(text)))
    if not words:
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        hint = "Give words, or how they begin: --text 'border convoy'"
        raise UsageError(f"no word to search for in “{shown}”", hint)
    return words


_SHOWN = 40  # characters of a text that has no word


def _all(status: str) -> bool:
    wanted = status.strip().lower() or "accepted"
    if wanted not in STATUSES:
        near = nearest(wanted, STATUSES, 0.5)
        hint = f"Did you mean: {near}" if near else "Use accepted or all"
        raise UsageError(f"no status “{status}”", hint)
    return wanted == "all"


@lru_cache(maxsize=65536)
def _date(text: str) -> dates.Edtf | None:
    if not text:
        return None
    try:
        return dates.parse(text)
    except dates.DateError as error:
        raise UsageError(error.message, error.hint, error.code) from error
