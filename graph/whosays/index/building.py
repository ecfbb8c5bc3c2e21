"""Writing an index, whole, from a collection."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from whosays.errors import OutsideError
from whosays.index import naming, searching
from whosays.index.fields import SEARCHED, TABLES, encoder
from whosays.index.reading import QUERIES, Index
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

FORMAT = "7"
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
    "CREATE UNIQUE INDEX by_named_dispute ON named (id, place)",
)


_FOUND = (Dispute, Issue, Outline)

_RANKED = {
    Issue: "json_array_length(sources) DESC, score DESC, id",
    Outline: "sources DESC, score DESC, id",
}
"""How few and long rows are put in order: widest first, then best score."""


class Building:
    """An index while it is written: all records at once, what was found bit by bit.

    A project may have many times as many disputes as statements. They are kept beside
    the tables as they come and put into their order at the end, all of it on disk.
    The tables hold every pair, which answers of any kind are made of. Which of them
    the graph holds is marked: the strongest of each issue, where there are too many.
    """

    def __init__(self, path: Path | None, collection: Collection) -> None:
        """Write the records to a new file, or into memory when no path is given.

        Raises:
            OutsideError: the file cannot be written (also from the other methods).
        """
        self._path = path
        self._pairs, self._own = 0, 0
        self._most = collection.settings.graph_pairs
        self._strongest = collection.settings.graph_strongest
        self._connection = sqlite3.connect(path or ":memory:", check_same_thread=False)
        self._aside = path.with_name(f"{path.name}-aside") if path else None
        with self._telling():
            self._begin(collection)

    def take(
        self,
        disputes: Iterable[Dispute],
        issues: Iterable[Issue] = (),
        outlines: Iterable[Outline] = (),
    ) -> None:
        """Add what was found between two actors, the best score first."""
        with self._telling():
            self._connection.executemany(self._inserts[Dispute], self._ranked(disputes))
            cut = (replace(one, disputes=self._held(one.disputes)) for one in issues)
            for kind, records in ((Issue, cut), (Outline, outlines)):
                encoded = map(self._encoders[kind], records)
                self._connection.executemany(self._inserts[kind], encoded)

    def finish(self) -> Index:
        """Put what was found in order, add what finds rows quickly, and open it all."""
        connection = self._connection
        with self._telling():
            kept = f"held <= {self._strongest}" if self._bounded else "1"
            connection.execute(
                f"INSERT INTO main.dispute SELECT {_DISPUTE}, {kept} "
                "FROM aside.dispute ORDER BY score DESC, id"
            )
            for kind, rank in _RANKED.items():
                table = TABLES[kind]
                query = f"SELECT rowid FROM aside.{table} ORDER BY {rank}"
                connection.executemany(
                    f"INSERT INTO main.{table} "
                    f"SELECT * FROM aside.{table} WHERE rowid = ?",
                    connection.execute(query).fetchall(),
                )
            held = self._pairs
            if self._bounded:
                cut = (QUERIES / "strongest.sql").read_text("utf-8")
                connection.execute(cut, (self._strongest,))
                count = "SELECT count(*) FROM main.dispute WHERE held"
                ((held,),) = connection.execute(count)
            connection.execute((QUERIES / "named.sql").read_text("utf-8"))
            counts = {"pairs": self._pairs, "own": self._own, "held": held}
            connection.executemany("INSERT INTO meta VALUES (?, ?)", counts.items())
            for statement in _INDEXES:
                connection.execute(statement)
            connection.execute("ANALYZE main")
            connection.commit()
            connection.execute("DETACH aside")
        if self._aside:
            self._aside.unlink(missing_ok=True)
        return Index(connection)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the file where the index did not come to its end."""
        if kind is not None:
            self._connection.close()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            self._connection.close()
            message = f"{self._path or 'the index'} cannot be written: {error}"
            raise OutsideError(message, "Is the disk full?", "WS902") from error

    @property
    def _bounded(self) -> bool:
        """Tell whether there are more pairs than the graph is to hold."""
        return self._pairs > self._most

    def _held(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        return ids[: self._strongest] if self._bounded else ids

    def _ranked(self, disputes: Iterable[Dispute]) -> Iterator[Sequence[object]]:
        """Number the pairs of an issue, and apart from them those of a voice alone."""
        ranks = [0, 0]
        for one in disputes:
            own = int(one.own)
            ranks[own] += 1
            yield (
                one.id,
                one.kind.value,
                one.affirmed,
                one.contested,
                one.score,
                own,
                int(one.camp),
                ranks[own],
            )
        self._pairs += sum(ranks)
        self._own += ranks[1]

    def _begin(self, collection: Collection) -> None:
        connection = self._connection
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA cache_size = -131072")  # KiB
        connection.execute("ATTACH ? AS aside", (str(self._aside or ":memory:"),))
        connection.execute("PRAGMA aside.journal_mode = OFF")
        connection.execute("PRAGMA aside.synchronous = OFF")
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
        _fill(connection, Tour, collection.tours)
        _fill(connection, Run, collection.runs.values())
        _fill_searched(connection, collection)
        naming.fill(connection, collection)
        searching.fill(connection, collection)
        self._inserts = {}
        self._encoders = {}
        for kind in _FOUND:
            _fill(connection, kind, ())
            names = [*(field.name for field in fields(kind)), *SEARCHED.get(kind, ())]
            self._encoders[kind] = encoder(kind, names)
            self._inserts[kind] = _table(connection, f"aside.{TABLES[kind]}", names)


_DISPUTE = ", ".join(field.name for field in fields(Dispute))


def build(
    path: Path | None,
    collection: Collection,
    disputes: Iterable[Dispute] = (),
    issues: Iterable[Issue] = (),
    outlines: Iterable[Outline] = (),
) -> Index:
    """Write an index of what is all there already."""
    building = Building(path, collection)
    by_id = {one.id: one for one in disputes}
    for issue in issues:
        found = [by_id.pop(id) for id in issue.disputes if id in by_id]
        building.take(found, [issue])
    building.take(by_id.values(), (), outlines)
    return building.finish()


def _fill(connection: sqlite3.Connection, kind: type, records: Iterable[Any]) -> None:
    names = [field.name for field in fields(kind)]
    columns = [*names, *SEARCHED.get(kind, ())]
    insert = _table(connection, TABLES[kind], columns)
    connection.executemany(insert, map(encoder(kind, columns), records))


def _table(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> str:
    """Make a table and give the text that inserts a row."""
    quoted = ", ".join(f'"{column}"' for column in columns)
    connection.execute(f"CREATE TABLE {table} ({quoted})")
    return f"INSERT INTO {table} VALUES ({', '.join('?' for _ in columns)})"


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
