"""The cue tables, indexed by the word that stands in a text.

Verbs are found by any of their forms, nouns by singular and plural, expressions of
several words by their first (verbs) or last (nouns) word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from whosays.extract.cuetables import Tables, load
from whosays.inputs import is_folder

Row = Mapping[str, str]
_FRAME_NOUN = re.compile(r"(?:obj=|at=[^:]+:|obj/[^:]+:)([^+|]+)")
FORMS = "bsdng"
"""Base, third person, past, past participle, -ing."""
Guess = tuple[str, tuple[str, ...], str]
"""Tag, lemmas and forms of a word."""


def plural(noun: str) -> str:
    """Form the regular plural.

    >>> plural("ally"), plural("clash"), plural("tie")
    ('allies', 'clashes', 'ties')
    """
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("man"):
        return f"{noun[:-2]}en"
    return f"{noun}s"


class Lexicon:
    """What each word may be, and the rows of the tables behind it.

    ``guesses`` are the first guesses of ``tagging``, by word: of words as they are,
    and of those with a capital within their sentence.
    """

    def __init__(self, tables: Tables) -> None:
        """Index all tables of a language."""
        rows = tables.rows
        self.tables = tables
        self.tags = {row["word"]: row["tag"] for row in rows["words"]}
        self.guesses: tuple[dict[str, Guess], dict[str, Guess]] = ({}, {})
        self.verb_forms: dict[str, dict[str, set[str]]] = {}
        self.longer: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self.singulars: dict[str, str] = {}
        self.ends: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self.verbs = self._verbs(rows["verbs"], "lemma")
        self.light = self._verbs(rows["light"], "verb")
        self.speech = self._verbs(rows["speech"], "lemma")
        self._verbs(rows["common"], "lemma")
        self.scope = self._scope(rows["scope"])
        self.nouns = self._nouns(rows["nouns"], "lemma")
        self.predicates = self._nouns(rows["predicates"], "word")
        self.themes = self._nouns(rows["themes"], "word")
        self.contents = self._nouns(rows["contents"], "noun")
        self.heads = self._nouns(rows["heads"], "noun")
        self.generics = self._nouns(rows["generics"], "noun")
        self.scope_nouns = self._nouns(
            [row for row in rows["scope"] if row["ends_at"] == "noun"], "word"
        )
        classes: dict[str, set[str]] = defaultdict(set)
        for row in rows["classes"]:
            classes[row["class"]].add(row["word"])
        self.classes: Mapping[str, frozenset[str]] = defaultdict(
            frozenset, {name: frozenset(words) for name, words in classes.items()}
        )
        self.adverbials: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for said in sorted(self.classes["adverbial"], key=lambda one: -one.count(" ")):
            *_, last = lows = tuple(said.split())
            self.adverbials[last].append(lows)
        against = {
            lemma for lemma, found in self.speech.items() if found[0]["sign"] == "-1"
        }
        self.responding = frozenset(
            form
            for form, lemmas in self.verb_forms.items()
            if lemmas.keys() & (against | self.classes["confirming"])
        )
        for row in rows["verbs"]:  # "obj=gun+prep:on", "at=to:rescue"
            for named in _FRAME_NOUN.findall(row["frame"]):
                self.singulars.setdefault(named, named)
                self.singulars.setdefault(plural(named), named)
        for word in self.classes["noun"]:  # verbs that are nouns as well
            self.singulars.setdefault(word, word)
            self.singulars.setdefault(plural(word), word)
        self.described = frozenset(
            form for form, noun in self.singulars.items() if noun in self.generics
        )
        self.participles: dict[str, list[Row]] = defaultdict(list)
        for row in rows["participles"]:
            self.participles[row["word"]].append(row)
        for found in (*self.longer.values(),):
            found.sort(key=lambda one: -len(one[0]))
        for ends in self.ends.values():
            ends.sort(key=lambda one: -len(one))
        self.by_id: dict[str, Row] = {
            row["id"]: row for table in rows.values() for row in table
        }
        self.kind_of_id = {
            row["id"]: name for name, table in rows.items() for row in table
        }

    def _verbs(self, rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            lemma = row[column]
            found[lemma].append(row)
            self._add_verb(lemma, row["forms"])
        return found

    def _add_verb(self, lemma: str, forms: str) -> None:
        first, *rest = lemma.split()
        if rest and (tuple(rest), lemma) not in self.longer[first]:
            self.longer[first].append((tuple(rest), lemma))
        spelled = (first, *(forms.split(";") if forms else ()))
        for code, spelling in zip(FORMS, spelled, strict=False):
            for one in _both_spellings(spelling):
                self.verb_forms.setdefault(one, {}).setdefault(first, set()).add(code)

    def _scope(self, rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
        """Index operators by (where they end, words)."""
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows:
            found[row["ends_at"], row["word"]].append(row)
            if row["ends_at"] == "verb" and not row["word"].startswith(
                ("be ", "would")
            ):
                self._add_verb(row["word"], row["forms"])
        return found

    def _nouns(self, rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            words = row[column].split()
            found[row[column]].append(row)
            self.singulars.setdefault(words[-1], words[-1])
            self.singulars.setdefault(plural(words[-1]), words[-1])
            if len(words) > 1 and tuple(words[:-1]) not in self.ends[words[-1]]:
                self.ends[words[-1]].append(tuple(words[:-1]))
        return found

    def speaks(self, lemmas: Iterable[str]) -> bool:
        """Tell whether a verb takes a clause: says, denies, doubts that."""
        return any(
            "that" in row["frames"]
            for lemma in lemmas
            for row in self.speech.get(lemma, ())
        )

    def noun(self, words: tuple[str, ...]) -> str:
        """Name the noun, of one or several words, that ends a run of words.

        >>> from whosays.extract.cuetables import load
        >>> Lexicon(load()).noun(("two", "foreign", "ministers"))
        'foreign minister'
        """
        last = self.singulars.get(words[-1], words[-1])
        for before in self.ends.get(last, ()):
            if words[-1 - len(before) : -1] == before:
                return " ".join((*before, last))
        return last


def _both_spellings(word: str) -> tuple[str, ...]:
    """Give the American spelling of a doubled final l too."""
    for ending in ("lled", "lling"):
        if word.endswith(ending) and len(word) > 7:
            return word, word.replace("ll", "l", 1) if word.count("ll") == 1 else word
    return (word,)


@lru_cache(maxsize=4)
def _shipped(language: str) -> Lexicon:
    return Lexicon(load(language))


def lexicon(
    language: str = "en",
    own: Path | None = None,
    relations: Iterable[str] = (),
    dictionary: Path | None = None,
) -> Lexicon:
    """Index the tables of a language: the shipped ones once, those of a project anew.

    ``own`` is a project's folder of cues; its rows win by id. ``dictionary`` is a file
    of further verbs, see ``whosays.extract.dictionary``.
    """
    if dictionary is not None:
        from whosays.extract.dictionary import widened

        return Lexicon(widened(load(language, own, relations), dictionary))
    if own is None or not is_folder(own):
        return _shipped(language)
    return Lexicon(load(language, own, relations))
