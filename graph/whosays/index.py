"""The table cache of a project: SQLite for everything that is asked without SPARQL.

A statement is a row, and SQLite opens in nothing and finds rows by index, so reading
commands and pictures start here. The cache is built whole from a collection, never
edited, and may be deleted at any time.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from whosays.errors import OutsideError
from whosays.model import (
    Actor,
    ActorType,
    Alias,
    Collection,
    Context,
    Dispute,
    DisputeKind,
    Ends,
    Family,
    Framing,
    Incompatibility,
    Issue,
    Modality,
    Name,
    NameKind,
    ObjectKind,
    Relation,
    Settings,
    Source,
    Stance,
    Statement,
    Status,
    Step,
    Strength,
    Tour,
)

R = TypeVar("R")

FORMAT = "2"
"""Changes whenever the tables do; a cache of another format is built anew."""

_RECORDS: Mapping[type, str] = {
    Actor: "actor",
    Source: "source",
    Relation: "relation",
    Incompatibility: "incompatibility",
    Name: "name",
    Statement: "statement",
    Dispute: "dispute",
    Issue: "issue",
    Tour: "tour",
}

_ENUMS: Mapping[tuple[type, str], type[StrEnum]] = {
    (Actor, "type"): ActorType,
    (Relation, "family"): Family,
    (Relation, "object_kind"): ObjectKind,
    (Incompatibility, "ends"): Ends,
    (Incompatibility, "strength"): Strength,
    (Name, "kind"): NameKind,
    (Statement, "stance"): Stance,
    (Statement, "modality"): Modality,
    (Statement, "framing"): Framing,
    (Statement, "status"): Status,
    (Dispute, "kind"): DisputeKind,
}

_BOOLEANS = {
    (Relation, "symmetric"),
    (Relation, "rolls_up_subject"),
    (Relation, "rolls_up_object"),
    (Dispute, "own"),
    (Dispute, "camp"),
    (Issue, "camp"),
}

_INDEXES = (
    "CREATE INDEX by_subject ON statement (subject, object, relation, stance)",
    "CREATE INDEX by_object ON statement (object, subject, relation, stance)",
    "CREATE INDEX by_source ON statement (source, stance)",
    "CREATE INDEX by_voice ON statement (voice, stance)",
    "CREATE INDEX by_proposition ON statement (proposition, stance)",
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
            raise _damaged(error) from error
        opened = cls(connection)
        try:
            opened._meta("format")
        except OutsideError:
            connection.close()
            raise
        return opened

    def collection(self) -> Collection:
        """Read everything back."""
        return Collection(
            settings=self._settings(),
            actors={actor.slug: actor for actor in self.all(Actor)},
            sources={source.slug: source for source in self.all(Source)},
            relations={relation.id: relation for relation in self.all(Relation)},
            incompatibilities=tuple(self.all(Incompatibility)),
            names=tuple(self.all(Name)),
            statements=tuple(self.all(Statement)),
            tours=tuple(self.all(Tour)),
            inputs=self._inputs(),
        )

    def all(self, kind: type[R]) -> list[R]:
        """Read all records of a kind, in the order in which they were built.

        Raises:
            OutsideError: the file is damaged.
        """
        try:
            rows = self._connection.execute(f"SELECT * FROM {_RECORDS[kind]}")
            names = [column[0] for column in rows.description]
            if kind is Statement:
                names.remove("voice")  # the last column, for searching only
            readers = [
                (name, reader)
                for name in names
                if (reader := _reader(kind, name)) is not None
            ]
            return [_decode(kind, names, readers, row) for row in rows]
        except _DAMAGE as error:
            raise _damaged(error) from error

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _meta(self, key: str) -> str:
        query = "SELECT value FROM meta WHERE key = ?"
        try:
            return str(self._connection.execute(query, (key,)).fetchone()[0])
        except _DAMAGE as error:
            raise _damaged(error) from error

    def _inputs(self) -> dict[str, str]:
        try:
            return dict(json.loads(self._meta("inputs")))
        except _DAMAGE as error:
            raise _damaged(error) from error

    def _settings(self) -> Settings:
        try:
            values = json.loads(self._meta("settings"))
            values["bare_rows"] = Status(values["bare_rows"])
            for key in ("relations", "allow"):
                values[key] = tuple(values[key])
            values["type_labels"] = tuple(tuple(pair) for pair in values["type_labels"])
            return Settings(**values)
        except _DAMAGE as error:
            raise _damaged(error) from error


# What sqlite says of a damaged file, and what comes of values that are not as written.
_DAMAGE = (sqlite3.Error, ValueError, TypeError, KeyError, OverflowError)


def _damaged(error: Exception) -> OutsideError:
    message = f"the index of the project cannot be read: {error}"
    return OutsideError(message, "Delete the folder build/cache: it is built again")


def build(
    path: Path | None,
    collection: Collection,
    disputes: Sequence[Dispute] = (),
    issues: Sequence[Issue] = (),
) -> Index:
    """Write an index to a new file, or into memory when no path is given."""
    connection = sqlite3.connect(path or ":memory:", check_same_thread=False)
    try:
        _write(connection, collection, disputes, issues)
    except sqlite3.Error as error:
        connection.close()
        message = f"{path or 'the index'} cannot be written: {error}"
        raise OutsideError(message, "Is the disk full?", "WS902") from error
    return Index(connection)


def _write(
    connection: sqlite3.Connection,
    collection: Collection,
    disputes: Sequence[Dispute],
    issues: Sequence[Issue],
) -> None:
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)")
    settings = {
        field.name: getattr(collection.settings, field.name)
        for field in fields(Settings)
    }
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?)",
        [
            ("format", FORMAT),
            ("settings", json.dumps(settings, ensure_ascii=False)),
            ("inputs", json.dumps(dict(collection.inputs), ensure_ascii=False)),
        ],
    )
    _fill(connection, Actor, collection.actors.values())
    _fill(connection, Source, collection.sources.values())
    _fill(connection, Relation, collection.relations.values())
    _fill(connection, Incompatibility, collection.incompatibilities)
    _fill(connection, Name, collection.names)
    _fill(connection, Statement, collection.statements)
    _fill(connection, Dispute, disputes)
    _fill(connection, Issue, issues)
    _fill(connection, Tour, collection.tours)
    for statement in _INDEXES:
        connection.execute(statement)
    connection.execute("ANALYZE")
    connection.commit()


def _fill(connection: sqlite3.Connection, kind: type, records: Iterable[Any]) -> None:
    names = [field.name for field in fields(kind)]
    columns = [*names, "voice"] if kind is Statement else names
    quoted = ", ".join(f'"{column}"' for column in columns)
    connection.execute(f"CREATE TABLE {_RECORDS[kind]} ({quoted})")
    marks = ", ".join("?" for _ in columns)
    connection.executemany(
        f"INSERT INTO {_RECORDS[kind]} VALUES ({marks})",
        (
            [_encode(getattr(record, column)) for column in columns]
            for record in records
        ),
    )


def _encode(value: object) -> object:
    if isinstance(value, tuple):
        return json.dumps([_plain(item) for item in value], ensure_ascii=False)
    return value


def _plain(value: object) -> object:
    match value:
        case Alias():
            return [value.text, value.lang]
        case Step():
            return [value.title, value.text, value.link]
        case tuple():
            return list(value)
        case _:
            return value


def _decode(
    kind: type[R],
    names: Sequence[str],
    readers: Iterable[tuple[str, Callable[[Any], object]]],
    row: Sequence[Any],
) -> R:
    record = dict(zip(names, row, strict=False))
    for name, reader in readers:
        record[name] = reader(record[name])
    return kind(**record)


def _reader(kind: type, name: str) -> Callable[[Any], object] | None:
    """Find what makes a stored value a field again; None where it is one already."""
    if (kind, name) in _BOOLEANS:
        return bool
    enum = _ENUMS.get((kind, name))
    if enum is not None:
        members: dict[Any, object] = {str(member): member for member in enum}
        members[None] = None
        return members.__getitem__
    whole = _TUPLES.get((kind, name))
    return None if whole is None else _reader_of_tuples(whole)


def _reader_of_tuples(whole: Callable[[Any], object]) -> Callable[[str], object]:
    known: dict[str, object] = {"[]": ()}  # the same chains and places come again

    def read(text: str) -> object:
        if text not in known:
            known[text] = whole(json.loads(text))
        return known[text]

    return read


def _strings(items: list[str]) -> tuple[str, ...]:
    return tuple(items)


_TUPLES: Mapping[tuple[type, str], Any] = {
    (Actor, "aliases"): lambda items: tuple(Alias(text=t, lang=g) for t, g in items),
    (Actor, "former_slugs"): _strings,
    (Source, "former_slugs"): _strings,
    (Relation, "aliases"): _strings,
    (Relation, "former_slugs"): _strings,
    (Name, "used_by"): _strings,
    (Statement, "chain"): _strings,
    (Statement, "place"): _strings,
    (Statement, "context"): lambda items: tuple(Context(item) for item in items),
    (Statement, "supersedes"): _strings,
    (Issue, "actors"): _strings,
    (Issue, "disputes"): _strings,
    (Issue, "propositions"): lambda items: tuple(tuple(pair) for pair in items),
    (Issue, "voices"): _strings,
    (Issue, "sources"): _strings,
    (Tour, "steps"): lambda items: tuple(
        Step(title=title, text=text, link=link) for title, text, link in items
    ),
}
