"""Names laid down so that a search reads only those records that may be meant.

A record may be meant by a text if one of its names is written or sounds the same, if
each word of the text begins one of its words, or if a name comes near. What is found
here is never too little; which names match, and how well, others decide.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from whosays.matching import Reach, fold, letters, normalise, sounding, written

if TYPE_CHECKING:
    from whosays.index.reading import Index
    from whosays.model import Collection

_TABLES = (
    "CREATE TABLE called (kind, key, slug)",
    "CREATE TABLE called_word (kind, word, letters, slug)",
    "CREATE TABLE called_sound (kind, sound, letters, slug)",
)
_INDEXES = (
    "CREATE INDEX by_called ON called (kind, key, slug)",
    "CREATE INDEX by_called_word ON called_word (kind, word, slug, letters)",
    "CREATE INDEX by_called_sound ON called_sound (kind, length(sound), letters, slug)",
)
_KEY = (
    "SELECT slug FROM called WHERE kind = ? AND key IN (SELECT value FROM json_each(?))"
)
_WORDS = (
    "SELECT slug FROM called_word "
    "WHERE kind = ? AND word IN (SELECT value FROM json_each(?))"
)
_BEGINNING = "SELECT slug FROM called_word WHERE kind = ? AND word >= ? AND word < ?"
_LETTERS = (
    "SELECT DISTINCT slug, letters, length(sound) FROM called_sound "
    "WHERE kind = ? AND length(sound) BETWEEN ? AND ?"
)
_LETTERS_OF_WORDS = (
    "SELECT DISTINCT slug, letters, length(word) FROM called_word "
    "WHERE kind = ? AND length(word) BETWEEN ? AND ?"
)
_AFTER = "{"  # next after z, the last letter of a normalised word


def fill(connection: sqlite3.Connection, collection: Collection) -> None:
    """Lay down the names of actors and sources."""
    for statement in _TABLES:
        connection.execute(statement)
    keys, words, sounds = set(), set(), set()
    for kind, slug, name in _names(collection):
        keys |= {(kind, key, slug) for key in _keys(name)}
        sound = normalise(name)
        if sound:
            sounds.add((kind, sound, letters(sound), slug))
            words |= {(kind, word, letters(word), slug) for word in sound.split()}
    connection.executemany("INSERT INTO called VALUES (?, ?, ?)", sorted(keys))
    for table, rows in (("called_word", words), ("called_sound", sounds)):
        connection.executemany(
            f"INSERT INTO {table} VALUES (?, ?, ?, ?)",
            sorted(rows),
        )
    for statement in _INDEXES:
        connection.execute(statement)


def _names(collection: Collection) -> Iterator[tuple[str, str, str]]:
    for slug, actor in collection.actors.items():
        for name in actor.spellings:
            yield "actor", slug, name
    for called in collection.names:
        yield "actor", called.actor, called.name
    for slug, source in collection.sources.items():
        for name in (*source.spellings, source.url):
            yield "source", slug, name


def _keys(name: str) -> set[str]:
    return {written(name), fold(name), sounding(name)} - {""}


def alike(index: Index, kind: str, text: str) -> set[str]:
    """Name all actors, or sources, that a text may mean, and perhaps some more.

    Raises:
        OutsideError: the file is damaged.
    """
    found = set(index.column(_KEY, kind, json.dumps(sorted(_keys(text)))))
    sound = normalise(text)
    words = sound.split()
    if words:
        found |= set.intersection(
            *(
                set(index.column(_BEGINNING, kind, word, word + _AFTER))
                for word in words
            )
        )
        found |= set(index.column(_WORDS, kind, json.dumps(words)))
        found |= set(_near(index, kind, sound, _LETTERS))
        if len(words) == 1:
            found |= set(_near(index, kind, sound, _LETTERS_OF_WORDS))
    return found


def _near(index: Index, kind: str, sound: str, query: str) -> Iterable[str]:
    reach = Reach(sound)
    for slug, has, length in index.tuples(query, kind, reach.shortest, reach.longest):
        if reach.covers(has, length):
            yield slug
