"""A corpus on its way: read in parts, brought together by groups, checked."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from whosays.errors import DataError, UsageError
from whosays.model import Statement
from whosays.problems import CATALOGUE, Ledger, Problem, ordered, problem
from whosays.project.batch import LISTED, Intake, prepare, report_superseded
from whosays.project.repeats import Kept
from whosays.project.sheets import Sheet, names_kind, sheets_of, with_companions
from whosays.spark.ground import Ground, Groups, number_of
from whosays.spark.parts import Part
from whosays.spark.reading import (
    OWN,
    Key,
    Placed,
    Told,
    line_of,
    packed,
    read,
    read_lines,
    settle,
)
from whosays.spark.session import on_disk
from whosays.tables import Bytes

if TYPE_CHECKING:
    from pyspark import RDD, Broadcast
    from pyspark.sql import SparkSession

COLUMNAR = ".parquet"
"""How tables of columns end, which Spark reads."""

_PART_BYTES = 16 * 1024 * 1024  # of tables, for each part


class Corpus:
    """Tables over a project, in the hands of Spark.

    After `check`, ``settled`` holds the groups one after the other in each part.
    """

    rows = 0
    refused = 0
    settled: RDD

    def __init__(
        self,
        spark: SparkSession,
        path: Path,
        files: Sequence[Path],
        *,
        partitions: int = 0,
        encoding: str = "",
    ) -> None:
        """Read the project, and the tables of actors and sources among the files.

        Raises:
            NotAProject: the folder has no ``whosays.toml``.
            DataError: the project itself has errors.
        """
        self.spark = spark
        self._encoding = encoding
        files = with_companions(files)
        registers = [file for file in files if names_kind(file)]
        self._tables = [file for file in files if not names_kind(file)]
        size = sum(file.stat().st_size for file in self._tables)
        wanted = max(2 * spark.sparkContext.defaultParallelism, size // _PART_BYTES)
        self._partitions = partitions or wanted
        self._ledger = Ledger(LISTED)
        sheets = sheets_of(registers, self._ledger, encoding=encoding)
        nothing = Bytes(b"")  # the workers open them
        unread = [
            Sheet(path=file, kind="statements", source=nothing) for file in self._tables
        ]
        self._found, self._before = prepare(path, [*sheets, *unread], self._ledger)
        if self._before.errors:
            raise DataError(self._before.errors)
        intake = Intake(self._found)
        for sheet in sheets:
            counted = intake.read(sheet).marked(self._ledger)
            self.refused += counted.refused
        collection = replace(self._found.collection(), statements=())
        published = self._found.kept.published
        ground = Ground.of(self._found.desk, published, collection)
        self.ground: Broadcast[Ground] = spark.sparkContext.broadcast(ground)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems that are listed, in the order of the tables."""
        order = {str(file): number for number, file in enumerate(self._tables)}
        found = ordered(dict.fromkeys(self._ledger))
        return tuple(sorted(found, key=lambda one: order.get(one.table, -1)))

    @property
    def more(self) -> dict[str, int]:
        """How many more problems there are, by code."""
        return dict(self._ledger.more)

    @property
    def has_errors(self) -> bool:
        """Tell whether a row, or a table, has errors."""
        codes = {one.code for one in self._ledger} | set(self._ledger.more)
        levels = {one.level for one in self._ledger}
        return "error" in levels | {CATALOGUE[code].level for code in codes}

    def check(self) -> None:
        """Read all tables, bring the rows together by groups, and collect problems.

        Raises:
            UsageError: a table holds no statements.
        """
        context, ground = self.spark.sparkContext, self.ground
        found = on_disk(self._read())
        columns: dict[str, tuple[str, ...]] = {}
        for told in self._told(found):
            if told.kind != "statements":
                table = Path(told.table)
                hint = f"Call it {table.stem}.{told.kind}{table.suffix}"
                raise UsageError(f"{table} is a table of {told.kind}", hint)
            columns[told.table] = told.columns
            self.rows += told.rows
        placed = found.filter(lambda one: not isinstance(one, Told))
        partitions = self._partitions
        settled = (
            placed.union(context.parallelize(self._own(), 1))
            .repartitionAndSortWithinPartitions(partitions, _part_of)
            .mapPartitions(lambda part: settle(ground.value, columns, part))
        )
        settled = on_disk(settled)
        replaces = [told.replaces for told in self._told(settled)]
        found.unpersist()
        self.settled = settled.filter(lambda one: not isinstance(one, Told))
        if any(replaces):  # or all rows would be gone through twice more
            self._check_superseded(columns)
        self._ledger.append(problem("WS524", value=f"{self.rows:,}"))

    def _read(self) -> RDD:
        """Let each table be read by one worker."""
        context, ground, encoding = self.spark.sparkContext, self.ground, self._encoding
        numbered = list(enumerate(map(str, self._tables)))
        plain = [one for one in numbered if not one[1].lower().endswith(COLUMNAR)]
        parts = [
            context.parallelize(plain, max(len(plain), 1)).mapPartitions(
                lambda part: read(ground.value, part, encoding)
            )
        ]
        for number, table in numbered:
            if table.lower().endswith(COLUMNAR):
                rows = self.spark.read.parquet(table).coalesce(1)
                lines = rows.selectExpr("to_json(struct(*))").rdd.map(itemgetter(0))
                work = partial(_read_lines, ground, number, table)
                parts.append(lines.mapPartitions(work))
        return context.union(parts) if len(parts) > 1 else parts[0]

    def bounded(self, part: Part) -> bool:
        """Tell whether there are more pairs than a graph is to hold."""
        most: int = self.ground.value.collection.settings.graph_pairs
        return part.disputes > most

    def _told(self, found: RDD) -> Iterator[Told]:
        """Take what was found against rows: of each part no more than is listed."""
        for told in found.filter(lambda one: isinstance(one, Told)).collect():
            self.refused += told.refused
            self._ledger.extend(told.problems)
            self._ledger.more.update(told.more)
            yield told

    def _own(self) -> list[Placed]:
        """Place the statements that the project has already, in the order read."""
        groups = Groups(self._found.collection())
        return [
            ((groups.of(one), OWN, number), packed(one))
            for number, one in enumerate(self._found.kept.statements.values())
        ]

    def _check_superseded(self, columns: dict[str, tuple[str, ...]]) -> None:
        """Check replacements: the few statements concerned are brought together."""
        kept, desk = self._found.kept, self._found.desk
        settled = self.settled.map(lambda one: pickle.loads(one[1]))
        replacing = _by_id(settled.filter(lambda one: one.supersedes))
        replacing.update(kept.statements)
        wanted = {old for one in replacing.values() for old in one.supersedes}
        old = _by_id(settled.filter(lambda one: one.id in wanted))
        lines = {
            one.id: line_of(desk, one, columns)
            for one in replacing.values()
            if one.supersedes
        }
        self._found.kept = Kept(
            statements={**old, **replacing}, replacing={**lines, **kept.replacing}
        )
        report_superseded(self._found, self._before)


def _read_lines(
    ground: Broadcast[Ground], number: int, table: str, lines: Iterable[str]
) -> Iterator[Placed | Told]:
    return read_lines(ground.value, number, table, lines)


def _by_id(settled: RDD) -> dict[str, Statement]:
    return {statement.id: statement for statement in settled.toLocalIterator()}


def _part_of(key: Key) -> int:
    return number_of(key[0])
