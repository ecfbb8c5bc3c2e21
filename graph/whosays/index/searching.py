"""Words of gists laid down so that a search reads only the statements that it finds.

SQLite keeps for each word the rows it occurs in (FTS5), and neither places nor texts:
the statements themselves are in their table. What is found here is never too little;
which gists have the words is decided where the answer is made.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from whosays.matching import bare

if TYPE_CHECKING:
    from whosays.model import Collection

_TABLE = (
    "CREATE VIRTUAL TABLE said USING fts5"
    "(gist, content = '', columnsize = 0, detail = none, tokenize = 'ascii')"
)
_THERE = "SELECT 1 FROM sqlite_master WHERE name = 'said'"
_MOST = 16  # words; what has these is read and looked at


def fill(connection: sqlite3.Connection, collection: Collection) -> None:
    """Lay down the words of all gists; without FTS5 in SQLite, none."""
    if not _known():
        return  # searching then reads what it looks through
    connection.execute(_TABLE)
    connection.executemany(
        "INSERT INTO said (rowid, gist) VALUES (?, ?)",
        (
            (number, bare(one.gist))
            for number, one in enumerate(collection.statements, 1)
            if one.gist
        ),
    )


def _known() -> bool:
    """Try it aside: what fails half-way in an index that is being built, stays there."""
    with closing(sqlite3.connect(":memory:")) as aside:
        try:
            aside.execute(_TABLE)
        except sqlite3.OperationalError:
            return False
    return True


def condition(
    connection: sqlite3.Connection, words: Sequence[str]
) -> tuple[str, tuple[str, ...]]:
    """Give what of SQL holds for the statements that have words, and its values.

    Raises:
        sqlite3.Error: the file is damaged.
    """
    if not words or connection.execute(_THERE).fetchone() is None:
        return "1", ()
    telling = sorted(set(words), key=lambda word: (-len(word), word))[:_MOST]
    match = " ".join(f'"{word}"*' for word in telling)  # letters and digits only
    return "rowid IN (SELECT rowid FROM said WHERE said MATCH ?)", (match,)
