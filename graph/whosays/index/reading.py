"""Reading what an index holds: everything, or the rows that fulfil a condition."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from whosays.errors import OutsideError
from whosays.index import searching
from whosays.index.fields import SEARCHED, TABLES, maker
from whosays.model import (
    Actor,
    Collection,
    Dispute,
    Incompatibility,
    Name,
    Relation,
    Run,
    Settings,
    Source,
    Statement,
    Status,
    Tour,
)
from whosays.values import dataclass

R = TypeVar("R")

_AT_ONCE = 100  # rows that are made records together
QUERIES = Path(__file__).parent / "sql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How many pairs of statements collide, and how many of them the graph holds.

    ``own`` are those of a voice with itself, which belong to none of the ``issues``.
    """

    pairs: int
    own: int
    held: int
    issues: int

    def __str__(self) -> str:
        """Say what the graph leaves out; nothing if it holds all pairs."""
        if self.held == self.pairs:
            return ""
        return (
            f"of {self.pairs:,} pairs that collide the graph holds {self.held:,}, "
            "the strongest of each issue"
        )


class Index:
    """A project's records in SQLite, read-only once built."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a connection to a built index; see `build` and `open`."""
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Index:
        """Open a built index for reading.

        Raises:
            OutsideError: the file is not there or is damaged.
        """
        try:
            uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise damaged(error) from error
        opened = cls(connection)
        try:
            opened._meta("format")
        except OutsideError:
            connection.close()
            raise
        return opened

    def collection(self) -> Collection:
        """Read everything back."""
        return self._collected(self.all(Statement))

    def _collected(self, statements: list[Statement]) -> Collection:
        return Collection(
            settings=self.settings(),
            actors={actor.slug: actor for actor in self.all(Actor)},
            sources={source.slug: source for source in self.all(Source)},
            relations={relation.id: relation for relation in self.all(Relation)},
            incompatibilities=tuple(self.all(Incompatibility)),
            names=tuple(self.all(Name)),
            statements=tuple(statements),
            tours=tuple(self.all(Tour)),
            runs={run.slug: run for run in self.all(Run)},
            inputs=self.inputs(),
        )

    def frame(self) -> Collection:
        """Read everything but the statements, of which one stays for each relation."""
        sample = "rowid IN (SELECT min(rowid) FROM statement GROUP BY relation)"
        return self._collected(self.where(Statement, sample))

    def all(self, kind: type[R]) -> list[R]:
        """Read all records of a kind, in the order in which they were built.

        Raises:
            OutsideError: the file is damaged.
        """
        return self.where(kind)

    def where(self, kind: type[R], condition: str = "", *values: object) -> list[R]:
        """Read the records of a kind that fulfil a condition of SQL, in that order.

        The condition is text of ours with a ``?`` for each value; a list of values is
        given as JSON, to be read by ``json_each``.

        Raises:
            OutsideError: the file is damaged.
        """
        query = f"SELECT * FROM {TABLES[kind]}"
        if condition:
            query += f" WHERE {condition} ORDER BY rowid"
        return list(self._decoded(kind, query, values))

    def stream(self, kind: type[R], condition: str = "1") -> Iterator[R]:
        """Read all records of a kind, or some, one by one, in the order of `all`.

        Raises:
            OutsideError: the file is damaged.
        """
        query = f"SELECT * FROM {TABLES[kind]} WHERE {condition}"
        return self._decoded(kind, query, ())

    def pairs(self) -> Iterator[Dispute]:
        """Read the pairs that collide one by one: they may be many times as many."""
        return self.stream(Dispute)

    def _decoded(
        self, kind: type[R], query: str, values: tuple[object, ...]
    ) -> Iterator[R]:
        try:
            rows = self._connection.execute(query, values)
            names = [column[0] for column in rows.description]
            for name in SEARCHED.get(kind, ()):
                names.remove(name)
            make = maker(kind, tuple(names))
            while some := rows.fetchmany(_AT_ONCE):
                yield from make(some)
        except DAMAGE as error:
            raise damaged(error) from error

    def column(self, query: str, *values: object) -> list[str]:
        """Read one column of texts by SQL of ours; NULLs are left out.

        Raises:
            OutsideError: the file is damaged.
        """
        try:
            found = self._connection.execute(query, values)
            return [str(value) for (value,) in found if value is not None]
        except DAMAGE as error:
            raise damaged(error) from error

    def rows(
        self, query: str, values: Mapping[str, str]
    ) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """Read rows by SQL of ours one after the other; give their columns first.

        Raises:
            OutsideError: the file is damaged, also while rows are read.
        """
        try:
            found = self._connection.execute(query, values)
        except DAMAGE as error:
            raise damaged(error) from error
        return [column[0] for column in found.description], _each(found)

    def tuples(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Read several columns by SQL of ours.

        Raises:
            OutsideError: the file is damaged.
        """
        try:
            return self._connection.execute(query, values).fetchall()
        except DAMAGE as error:
            raise damaged(error) from error

    def having(self, words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """Give a condition for statements whose gists may have words, and its values.

        Raises:
            OutsideError: the file is damaged.
        """
        try:
            return searching.condition(self._connection, words)
        except DAMAGE as error:
            raise damaged(error) from error

    def listed(self, query: str, *values: object) -> list[str]:
        """Read one column by a query of the folder ``sql``; see `column`."""
        text = (QUERIES / f"{query}.sql").read_text("utf-8")
        return self.column(text, *values)

    def pairs_of(self, query: str, *values: object) -> list[tuple[str, str]]:
        """Read two columns by a query of the folder ``sql``; see `tuples`."""
        text = (QUERIES / f"{query}.sql").read_text("utf-8")
        return [(one, other) for one, other in self.tuples(text, *values)]

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _meta(self, key: str) -> str:
        query = "SELECT value FROM meta WHERE key = ?"
        try:
            return str(self._connection.execute(query, (key,)).fetchone()[0])
        except DAMAGE as error:
            raise damaged(error) from error

    def inputs(self) -> dict[str, str]:
        """Read which files the records come from, each with the hash of its bytes."""
        try:
            return dict(json.loads(self._meta("inputs")))
        except DAMAGE as error:
            raise damaged(error) from error

    def found(self) -> Found:
        """Count what was found, all of it and what the graph holds.

        Raises:
            OutsideError: the file is damaged.
        """
        try:
            pairs, own, held = (int(self._meta(k)) for k in ("pairs", "own", "held"))
        except DAMAGE as error:
            raise damaged(error) from error
        ((issues,),) = self.tuples("SELECT count(*) FROM issue")
        return Found(pairs=pairs, own=own, held=held, issues=issues)

    def settings(self) -> Settings:
        """Read what ``whosays.toml`` says."""
        try:
            values = json.loads(self._meta("settings"))
            values["bare_rows"] = Status(values["bare_rows"])
            for key in ("relations", "allow"):
                values[key] = tuple(values[key])
            values["type_labels"] = tuple(tuple(pair) for pair in values["type_labels"])
            return Settings(**values)
        except DAMAGE as error:
            raise damaged(error) from error


def _each(found: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
    try:
        yield from found
    except DAMAGE as error:
        raise damaged(error) from error


# What sqlite says of a damaged file, and what comes of values that are not as written.
DAMAGE = (sqlite3.Error, ValueError, TypeError, KeyError, OverflowError)


def damaged(error: Exception) -> OutsideError:
    """Say that the file is no index, or no longer one."""
    message = f"the index of the project cannot be read: {error}"
    return OutsideError(message, "Delete the folder build/cache: it is built again")
