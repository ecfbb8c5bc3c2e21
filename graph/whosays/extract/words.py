"""The words of a sentence, each actor's name as one word."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor's name in the text; ``start`` and ``end`` as in the stored text.

    ``kind`` is ``name``, ``adjective`` or ``people``; ``others`` are actors that are
    called the same.
    """

    actor: str
    start: int
    end: int
    kind: str = "name"
    others: tuple[str, ...] = ()


@dataclass(slots=True)
class Word:
    """A word with its place in the stored text and what it may be.

    ``tag`` is a coarse part of speech; verbs have ``lemmas`` (first words of cues)
    and ``forms``, the letters of ``lexicon.FORMS`` that it may be.
    """

    text: str
    low: str
    start: int
    end: int
    mention: Mention | None = None
    tag: str = ""
    lemmas: tuple[str, ...] = ()
    forms: str = ""


@dataclass(frozen=True, slots=True)
class Filler:
    """An actor that can stand at an end of a statement, and where it is named.

    ``link`` is ``registry`` or ``coref``; ``via`` tells how the words name it:
    ``name``, ``head`` (its army), ``asset`` (its town), ``deed`` (its policy),
    ``pronoun``, ``mutual`` (each other). ``place`` is the place that a pronoun may mean instead.
    """

    actor: str
    start: int
    end: int
    link: str = "registry"
    via: str = "name"
    others: tuple[str, ...] = ()
    place: str = ""


SCARED = 3
"""Words that quotation marks may hold without anybody being quoted."""
_OPENS = {'"': '"', "\u201c": "\u201d", "\u2018": "\u2019", "'": "'"}
_STOPS = frozenset({",", ".", "?", "!", ";", ":"})


def unquoted(words: list[Word]) -> tuple[list[Word], tuple[tuple[int, int], ...]]:
    """Leave out marks around a word or two: has "financed" the Front.

    They say that the word is somebody else's, and would tear its clause apart. Gives
    the words that stay, and the spans that were marked.
    """
    if _OPENS.keys().isdisjoint([word.text for word in words]):
        return words, ()
    kept: list[Word] = []
    spans = []
    at = 0
    while at < len(words):
        close = _OPENS.get(words[at].text)
        end = _closing(words, at, close) if close is not None else 0
        if end:
            kept += words[at + 1 : end]
            spans.append((words[at].start, words[end].end))
            at = end + 1
        else:
            kept.append(words[at])
            at += 1
    return kept, tuple(spans)


def _closing(words: list[Word], at: int, close: str) -> int:
    for end in range(at + 2, min(at + SCARED + 2, len(words))):
        if words[end].text == close:
            inner = words[at + 1 : end]
            if any(word.text in _STOPS for word in inner) or at == 0:
                return 0
            return end
    return 0
