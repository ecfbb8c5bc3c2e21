"""Writing an index, whole, from a collection."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from whosays.errors import OutsideError
from whosays.index.fields import TABLES, encoder
from whosays.index.reading import Index
from whosays.matching import sounding, written
from whosays.model import (
    Actor,
    Collection,
    Dispute,
    Incompatibility,
    Issue,
    Name,
    Outline,
    Relation,
    Run,
    Settings,
    Source,
    Statement,
    Tour,
)

FORMAT = "4"
"""Changes whenever the tables do; a cache of another format is built anew."""

_INDEXES = (
    "CREATE INDEX by_subject ON statement (subject, object, relation, stance)",
    "CREATE INDEX by_object ON statement (object, subject, relation, stance)",
    "CREATE INDEX by_source ON statement (source, stance)",
    "CREATE INDEX by_voice ON statement (voice, stance)",
    "CREATE INDEX by_proposition ON statement (proposition, stance)",
    "CREATE INDEX by_relation ON statement (relation)",
    "CREATE UNIQUE INDEX by_id ON statement (id)",
    "CREATE INDEX by_passer ON passing (actor)",
    "CREATE INDEX by_former_id ON replaced (former)",
    "CREATE INDEX by_affirmed ON dispute (affirmed)",
    "CREATE INDEX by_contested ON dispute (contested)",
    "CREATE INDEX by_key ON spelling (kind, sound, key)",
    "CREATE UNIQUE INDEX by_actor_slug ON actor (slug)",
    "CREATE INDEX by_whole ON actor (part_of)",
    "CREATE INDEX by_principal ON actor (acts_for)",
    "CREATE UNIQUE INDEX by_source_slug ON source (slug)",
    "CREATE INDEX by_source_voice ON source (voice)",
    "CREATE INDEX by_named ON name (actor)",
    "CREATE UNIQUE INDEX by_run_slug ON run (slug)",
)


def build(
    path: Path | None,
    collection: Collection,
    disputes: Sequence[Dispute] = (),
    issues: Sequence[Issue] = (),
    outlines: Sequence[Outline] = (),
) -> Index:
    """Write an index to a new file, or into memory when no path is given."""
    connection = sqlite3.connect(path or ":memory:", check_same_thread=False)
    try:
        _write(connection, collection, disputes, issues, outlines)
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
    outlines: Sequence[Outline],
) -> None:
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA cache_size = -131072")  # KiB
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
            ("own", str(sum(one.own for one in disputes))),
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
    _fill(connection, Outline, outlines)
    _fill(connection, Tour, collection.tours)
    _fill(connection, Run, collection.runs.values())
    _fill_searched(connection, collection)
    for statement in _INDEXES:
        connection.execute(statement)
    connection.execute("ANALYZE")
    connection.commit()


def _fill(connection: sqlite3.Connection, kind: type, records: Iterable[Any]) -> None:
    names = [field.name for field in fields(kind)]
    columns = [*names, "voice"] if kind is Statement else names
    quoted = ", ".join(f'"{column}"' for column in columns)
    connection.execute(f"CREATE TABLE {TABLES[kind]} ({quoted})")
    marks = ", ".join("?" for _ in columns)
    connection.executemany(
        f"INSERT INTO {TABLES[kind]} VALUES ({marks})",
        map(encoder(kind, columns), records),
    )


def _fill_searched(connection: sqlite3.Connection, collection: Collection) -> None:
    """Fill the tables that hold nothing new, and from which rows are found quickly."""
    connection.execute("CREATE TABLE passing (actor, statement)")
    connection.executemany(
        "INSERT INTO passing VALUES (?, ?)",
        (
            (actor, number)
            for number, one in enumerate(collection.statements, 1)
            for actor in one.via
        ),
    )
    connection.execute("CREATE TABLE replaced (former, statement)")
    connection.executemany(
        "INSERT INTO replaced VALUES (?, ?)",
        (
            (former, number)
            for number, one in enumerate(collection.statements, 1)
            for former in one.supersedes
        ),
    )
    connection.execute("CREATE TABLE spelling (kind, sound, key, slug)")
    for kind, records in (("actor", collection.actors), ("source", collection.sources)):
        connection.executemany(
            "INSERT INTO spelling VALUES (?, ?, ?, ?)",
            (
                (kind, sound, key, slug)
                for slug, one in records.items()
                for sound, reduce in ((0, written), (1, sounding))
                for key in dict.fromkeys(map(reduce, one.spellings))
            ),
        )
