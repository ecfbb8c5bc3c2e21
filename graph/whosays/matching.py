"""Comparing names: exact but for spelling (``fold``), and near misses (``suggest``).

``written`` < ``fold`` < ``normalise``: each makes more spellings equal. For the words
of a closed list there is ``nearest``, for names of people and places ``suggest``.

Names of one actor differ by script, transliteration, articles and typing. A near miss
is suggested, never taken. Names in other scripts are compared through anyascii, which
is loaded only when a letter outside ASCII is left.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from whosays.text import plain

_DROPPED = str.maketrans("", "", ".'`\u2018\u2019\u00b4\u02bb\u02bc\u02be\u02bf")
_ARTICLES = frozenset({"al", "an", "ar", "as", "ash", "el", "the"})
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_FOLDED = re.compile(r"[\s_\-\u2010-\u2015]+")

_ENOUGH = 0.74
_SUBSET = 0.9
_SINGLE_WORD = 0.75
_SINGLE_WORD_COST = 0.1
_LONG = 4  # letters that make a shared word telling
_LONGEST = 120  # characters; nobody misspells a name of this length


def written(s: str) -> str:
    """Reduce a name to how it is written: case and runs of blanks do not count.

    Invisible characters do not count either. For slugs, labels and aliases.

    >>> written(" Cedar  FRONT ")
    'cedar front'
    """
    return " ".join(unicodedata.normalize("NFKC", plain(s)).casefold().split())


def fold(s: str) -> str:
    """Reduce a name to what must agree: case, blanks, hyphens, ``_`` do not count.

    Invisible characters do not count either. For relations, columns and values.

    >>> fold("cooperatesWith") == fold("cooperates-with") == fold("Cooperates with")
    True
    """
    if s.isascii():
        return _FOLDED.sub("", s.lower())
    folded = unicodedata.normalize("NFKC", plain(s)).casefold()
    folded = unicodedata.normalize("NFKC", folded)
    folded = _FOLDED.sub("", folded.replace("\u200c", "").replace("\u200d", ""))
    return unicodedata.normalize("NFC", folded)


@lru_cache(maxsize=65536)
def normalise(s: str) -> str:
    """Reduce a name to lower-case ASCII words without marks and articles.

    >>> normalise("The al-Qa'ida (AQ)")
    'qaida aq'
    """
    return " ".join(words_of(s))


def words_of(s: str) -> list[str]:
    """List the words of a text of any length as `normalise` writes them.

    >>> words_of("An Émigré's letter")
    ['emigres', 'letter']
    """
    words = _NOT_WORD.sub(" ", bare(s)).split()
    return [word for word in words if word not in _ARTICLES]


def bare(s: str) -> str:
    """Write a text in lower-case ASCII, without the marks that stand within words.

    What else is no letter and no digit stays between its words.

    >>> bare("The Émigré's letter")
    'the emigres letter'
    """
    if s.isascii():
        return s.lower().translate(_DROPPED)
    text = unicodedata.normalize("NFKC", s).casefold().translate(_DROPPED)
    if text.isascii():
        return text
    from anyascii import anyascii

    return anyascii(text).lower().translate(_DROPPED)


def mentions(text: str, words: Iterable[str]) -> bool:
    """Tell whether each of some words, as `words_of` lists them, begins one of a text.

    >>> mentions("Convoys crossed the border", ["bord", "convoy"])
    True
    """
    there = words_of(text)
    return all(any(one.startswith(word) for one in there) for word in words)


def sounding(s: str) -> str:
    """Reduce a name to how it sounds; what has no letters stays as it is written.

    Accents, articles and scripts do not count.
    """
    return normalise(s) or written(s)


def nearest(text: str, values: Iterable[str], cutoff: float = 0.6) -> str:
    """Name the nearest word of a closed list, or nothing.

    ``cutoff`` is difflib's ratio that has to be reached: more for longer lists.

    >>> nearest("figths", ["fights", "arms"]), nearest("sings", ["fights", "arms"])
    ('fights', '')
    """
    return _nearest(text, tuple(values), cutoff)


@lru_cache(maxsize=1024)  # a wrong word mostly stands in many rows
def _nearest(text: str, values: tuple[str, ...], cutoff: float) -> str:
    if len(text) > _LONGEST:  # difflib is slow on long texts
        return ""
    from difflib import get_close_matches  # only after a wrong word

    found = get_close_matches(text, values, 1, cutoff)
    return found[0] if found else ""


def suggest(
    query: str, names: Mapping[str, Iterable[str]], limit: int = 3
) -> list[str]:
    """List the ids whose names come near, best first; empty for a stranger.

    ``names`` maps an id to its label and aliases; the id itself counts as a name.

    >>> suggest("Belmrak", {"belmark": ["Belmark"], "aldoria": ["Aldoria"]})
    ['belmark']
    """
    return Matcher(names).suggest(query, limit)


class Matcher:
    """Names made ready once, for many suggestions."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        """Normalise all names of all ids."""
        self._ids: dict[str, tuple[str, ...]] = {}
        for id_, given in names.items():
            ready = (normalise(name) for name in (id_, *given))
            self._ids[id_] = tuple(dict.fromkeys(name for name in ready if name))
        self._known: dict[str, list[str]] = {}

    def suggest(self, query: str, limit: int = 3) -> list[str]:
        """List the nearest ids, best first; equal ones in the order of the names."""
        if len(query) > _LONGEST:
            return []
        if query not in self._known:
            self._known[query] = self._ranked(normalise(query))
        return self._known[query][:limit]

    def _ranked(self, query: str) -> list[str]:
        if not query:
            return []
        scorer = _Scorer(query)
        scored = [
            (max((scorer.score(name) for name in names), default=0.0), id_)
            for id_, names in self._ids.items()
        ]
        near = [(score, id_) for score, id_ in scored if score >= _ENOUGH]
        near.sort(key=lambda pair: -pair[0])
        return [id_ for _, id_ in near[:10]]


class _Scorer:
    """One normalised query against many normalised names."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._words = frozenset(query.split())
        from difflib import SequenceMatcher  # only after a wrong name

        self._matcher = SequenceMatcher(None, "", query, autojunk=False)

    def score(self, name: str) -> float:
        if name == self._query:
            return 1.0
        best = self._ratio(name, _ENOUGH)
        words = frozenset(name.split())
        if (self._words <= words or words <= self._words) and all(
            len(word) >= _LONG for word in self._words & words
        ):
            best = max(best, _SUBSET)
        if len(self._words) == 1:
            for word in words:
                if len(word) >= _LONG:
                    ratio = self._ratio(word, _SINGLE_WORD)
                    if ratio >= _SINGLE_WORD:
                        best = max(best, ratio - _SINGLE_WORD_COST)
        return best

    def _ratio(self, name: str, floor: float) -> float:
        """Compute difflib's ratio, or 0 when it cannot reach the floor."""
        matcher = self._matcher
        matcher.set_seq1(name)
        if matcher.real_quick_ratio() < floor or matcher.quick_ratio() < floor:
            return 0.0
        return matcher.ratio()


def letters(name: str) -> int:
    """Tell which letters a normalised name has, as a bit for each.

    >>> letters("aab") == letters("ba"), letters("ab") == letters("abc")
    (True, False)
    """
    found = 0
    for letter in set(name):
        found |= 1 << (ord(letter) & _BITS)
    return found


class Reach:
    """How much a name must share with a query to come near: a look before comparing.

    Whatever `suggest` finds by the likeness of a whole name, or of a word of it to the
    only word of a query, is covered; most of what it does not find is not.
    """

    def __init__(self, query: str) -> None:
        """Count the letters of a normalised query."""
        self._length = len(query)
        self._counts = Counter(1 << (ord(letter) & _BITS) for letter in query)
        self._shared: dict[int, int] = {}
        self.shortest = int(self._length * _ENOUGH / (2 - _ENOUGH))
        self.longest = int(self._length * (2 - _ENOUGH) / _ENOUGH) + 1

    def covers(self, has: int, length: int) -> bool:
        """Tell whether a name of these letters and this length may come near."""
        shared = self._shared.get(has)
        if shared is None:
            shared = sum(count for bit, count in self._counts.items() if has & bit)
            self._shared[has] = shared
        total = self._length + length
        return 2.0 * min(shared, length) / total >= _ENOUGH if total else False


_BITS = 63  # two digits and letters may share a bit: then more is covered, never less
