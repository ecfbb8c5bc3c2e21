"""Leave out what only names somebody once more: "the Cedar Front (CF)", "alias Vale".

News names a body in full, then by its letters, then by what else it is called. Each of
these tears the clause apart, and tells nothing of who does what.
"""

from __future__ import annotations

from dataclasses import replace

from whosays.extract.words import Word

_OPEN = {"(": ")", "[": "]"}
_DASHES = frozenset({"\u2014", "\u2013", "--"})
_CALLED = frozenset({"known", "called", "dubbed", "named", "titled", "nicknamed"})
_ALIAS = frozenset({"alias", "aka"})
_BESIDE = frozenset({"also", "better", "otherwise", "widely", "commonly", "often"})
_PARTICLES = frozenset({"al", "el", "ould", "ag"})
_LINKS = frozenset({"of", "for", "the", "and", "in", ","})
_TELLING = frozenset({"the", "a", "an", "who", "which", "whose", "its", "their", "led"})
_ONCE_MORE = (
    _ALIAS | _BESIDE | _CALLED | _PARTICLES | _DASHES | {*_OPEN, ",", "referred"}
)
"""What a second name may begin with; a sentence without any has none."""
_LONGEST = 8
"""Words that a bracket or an aside between dashes may hold to be left out."""


def named_once(words: list[Word]) -> list[Word]:
    """Give the words without second names; what is kept keeps its place."""
    if _ONCE_MORE.isdisjoint({word.low for word in words}):
        return words
    words = _dashed(words)
    kept: list[Word] = []
    at = 0
    while at < len(words):
        word = words[at]
        low = word.low
        if (
            low in _ONCE_MORE
            and kept
            and (low in _OPEN or kept[-1].mention is not None)
        ):
            skip = _skipped(words, at, kept)
            if skip:
                at += skip
                continue
        kept.append(word)
        at += 1
    return kept


def _skipped(words: list[Word], at: int, kept: list[Word]) -> int:
    """Count the words from a place on that name once more who was just named."""
    word, before = words[at], kept[-1]
    if word.text in _OPEN:
        return _bracket(words, at, kept)
    if word.text == ",":
        return _between(words, at, before)
    if word.low in _PARTICLES and _low(words, at + 1) == "-":
        return 3 if words[at + 2 : at + 3] else 0  # "Oren Vale al-Saltmere"
    return _called(words, at, before)


def _bracket(words: list[Word], at: int, kept: list[Word]) -> int:
    close = _OPEN[words[at].text]
    end = next(
        (
            i
            for i in range(at + 1, min(at + _LONGEST + 2, len(words)))
            if words[i].text == close
        ),
        0,
    )
    inside = words[at + 1 : end]
    if not inside:
        return 0
    before = kept[-1]
    named = [word for word in inside if word.mention is not None]
    taken = end + 1 - at
    if not named:
        short = len(inside) <= 3 and all(
            word.text[:1].isupper() or word.text == "-" for word in inside
        )
        return taken if short and before.text[:1].isupper() else 0
    if any(word.mention.actor != named[0].mention.actor for word in named):  # type: ignore[union-attr]
        return 0
    if before.mention is not None and before.mention.actor == named[0].mention.actor:  # type: ignore[union-attr]
        return taken
    if len(inside) == 1 and before.mention is None and _spelt(kept, named[0]):
        kept.append(named[0])
        return taken
    return 0


def _spelt(kept: list[Word], short: Word) -> bool:
    """Take back a long name that no actor has, before its letters: "River Pact (RP)"."""
    letters = [one for one in short.text if one.isalpha()]
    if len(letters) < 2 or not all(one.isupper() for one in letters):
        return False
    start = end = len(kept)
    while start and (
        (kept[start - 1].text[:1].isupper() and kept[start - 1].mention is None)
        or (start < end and kept[start - 1].low in _LINKS)
    ):
        start -= 1
    while start < end and not kept[start].text[:1].isupper():
        start += 1
    initials = [word.text[0] for word in kept[start:end] if word.text[:1].isupper()]
    shared = [one for one in initials if one in letters]
    if len(initials) < 2 or 2 * len(shared) <= len(initials):
        return False
    del kept[start:end]
    return True


def _between(words: list[Word], at: int, before: Word) -> int:
    """Count ", CF," and ", also known as the Front,"."""
    taken = _name(words, at + 1, before)
    if taken and _low(words, at + 1 + taken) in (",", "and"):
        end = at + 1 + taken
        later = {word.low for word in words[end + 1 : end + 4]}
        if _low(words, end) == "and" or later & {"and", "or"}:
            return 0
        return 1 + taken + (not _tells_on(words, end + 1))
    called = _called(words, at + 1, before)
    if not called:
        return 0
    end = at + 1 + called
    return 1 + called + (_low(words, end) == "," and not _tells_on(words, end + 1))


def _tells_on(words: list[Word], at: int) -> bool:
    """Tell whether one more thing is told of the name: ", the leader of", ", who"."""
    return _low(words, at) in _TELLING


def _called(words: list[Word], at: int, before: Word) -> int:
    """Count "also known as the Front", "alias Vale" of the same actor."""
    start = at
    if _low(words, at) in _ALIAS:
        taken = _name(words, at + 1, before)
        return 1 + taken if taken else 0
    while _low(words, at) in _BESIDE:
        at += 1
    if _low(words, at) in _CALLED:
        at += 1
    elif (_low(words, at), _low(words, at + 1)) == ("referred", "to"):
        at += 2
    else:
        return 0
    at += _low(words, at) == "as"
    while _low(words, at) in ("\u201c", '"', "the"):
        at += 1
    taken = _name(words, at, before)
    if not taken:
        return 0
    at += taken
    while _low(words, at) in ("\u201d", '"') or (
        _low(words, at) == "," and _low(words, at + 1) in ("\u201d", '"')
    ):
        at += 1  # "known as “Vale,”"
    return at - start


def _name(words: list[Word], at: int, before: Word) -> int:
    """Count a name, with its article, of the actor that was named before."""
    start = at
    at += _low(words, at) == "the"
    if at >= len(words) or before.mention is None:
        return 0
    mention = words[at].mention
    same = mention is not None and mention.kind == before.mention.kind == "name"
    if not same or mention is None or mention.actor != before.mention.actor:
        return 0
    return at + 1 - start


def _dashed(words: list[Word]) -> list[Word]:
    """Read two dashes around a few words as two commas."""
    places = [i for i, word in enumerate(words) if word.text in _DASHES]
    if len(places) != 2 or not 1 < places[1] - places[0] <= _LONGEST + 1:
        return words
    found = list(words)
    for place in places:
        found[place] = replace(words[place], text=",", low=",")
    return found


def _low(words: list[Word], at: int) -> str:
    return words[at].low if 0 <= at < len(words) else ""
