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
    ``pronoun``.
    """

    actor: str
    start: int
    end: int
    link: str = "registry"
    via: str = "name"
    others: tuple[str, ...] = ()
