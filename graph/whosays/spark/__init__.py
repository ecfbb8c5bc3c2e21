"""Corpora of statements beyond memory: checked and written in parts, by Spark.

Spark only carries rows about. What is said of a row, what disputes and how it is
written comes from the modules that do so for a project: they are given the statements
of one group after the other, and a group needs to know of no other.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from whosays.errors import MissingFile, OutsideError, UsageError
from whosays.problems import Problem
from whosays.spark.corpus import COLUMNAR, Corpus
from whosays.spark.frames import write_frames
from whosays.spark.parts import Part, write_frame, write_left, write_part
from whosays.spark.session import session

FORMATS = ("nquads", "parquet")
SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", COLUMNAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What came of a corpus; with errors nothing is written and ``files`` is empty.

    ``statements`` include those of the project. ``more`` counts by code the problems
    that are not listed because there are too many. Of ``disputes`` the graph holds
    ``held``: the strongest of each issue, where there are more than it is to hold.
    """

    rows: int
    refused: int
    problems: tuple[Problem, ...]
    more: dict[str, int] = field(default_factory=dict)
    statements: int = 0
    disputes: int = 0
    held: int = 0
    issues: int = 0
    files: tuple[str, ...] = ()


def spread(
    path: Path,
    tables: Sequence[Path],
    folder: Path,
    *,
    format: str = "nquads",
    master: str = "local[*]",
    partitions: int = 0,
    encoding: str = "",
) -> Spread:
    """Check tables over a project, find disputes, and write all of it in parts.

    Args:
        path: The project that names the actors and sources.
        tables: Files of rows, or folders of them, which all workers can read.
        folder: Where to, also seen by all workers; not there yet, or empty.
        format: ``nquads`` or ``parquet``.
        master: Where Spark works; a session that runs already is used as it is.
        partitions: Into how many parts; by default as many as suit the size.
        encoding: Of tables that do not say theirs; default UTF-8.

    Raises:
        NotAProject: the folder has no ``whosays.toml``.
        DataError: the project itself has errors.
        UsageError: ``folder`` holds something, or a table cannot be a part of a corpus.
        MissingExtra: pyspark is not installed.
        OutsideError: there is no Java, or Spark fails; then nothing is written.
    """
    if format not in FORMATS:
        raise UsageError(f"no format “{format}”", f"Known ones: {', '.join(FORMATS)}")
    _check_free(folder)
    files = list(_files(tables))
    with session(master) as spark:
        corpus = Corpus(spark, path, files, partitions=partitions, encoding=encoding)
        corpus.check()
        if corpus.has_errors:
            return _spread(corpus, Part(), ())
        aside = folder.resolve().with_name(f".{folder.resolve().name}.{os.getpid()}")
        try:
            aside.mkdir(parents=True)
            if format == "parquet":
                part = write_frames(corpus, aside)
            else:
                part = _write_quads(corpus, aside)
            if folder.exists():
                folder.rmdir()
            aside.rename(folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    written = sorted(file.name for file in folder.iterdir())
    return _spread(corpus, part, tuple(written))


def _write_quads(corpus: Corpus, folder: Path) -> Part:
    ground, target = corpus.ground, str(folder)
    parts = corpus.settled.mapPartitionsWithIndex(
        lambda number, rows: write_part(
            ground.value, rows, Path(target, f"part-{number:05}.nq")
        )
    )
    whole = Part()
    for part in parts.collect():
        whole.take(part)
    if whole.left and not corpus.bounded(whole):
        left = corpus.settled.mapPartitionsWithIndex(
            lambda number, rows: write_left(
                ground.value, rows, Path(target, f"left-{number:05}.nq")
            )
        )
        whole.left, whole.wide = 0, []
        for part in left.collect():
            whole.take(part)
    write_frame(ground.value, whole, folder / "registers.nq")
    return whole


def _spread(corpus: Corpus, part: Part, files: tuple[str, ...]) -> Spread:
    return Spread(
        rows=corpus.rows,
        refused=corpus.refused,
        problems=corpus.problems,
        more=corpus.more,
        statements=part.statements,
        disputes=part.disputes,
        held=part.disputes - part.left,
        issues=part.issues,
        files=files,
    )


def _check_free(folder: Path) -> None:
    if folder.is_dir():
        try:
            if next(folder.iterdir(), None) is None:
                return
        except OSError as error:
            raise OutsideError(f"{folder} cannot be read: {error.strerror}") from error
    elif not os.path.lexists(folder):
        return
    raise UsageError(f"{folder} is there already", "Name a new folder")


def _files(tables: Iterable[Path]) -> Iterable[Path]:
    for table in tables:
        if table.is_dir():
            yield from (
                file
                for file in sorted(table.iterdir())
                if file.suffix.lower() in SUFFIXES
            )
        elif not os.path.lexists(table):
            raise MissingFile(f"no file {table}")
        elif table.suffix.lower() not in SUFFIXES:
            hint = f"Give tables of one kind: {' '.join(SUFFIXES)}"
            raise UsageError(f"{table} cannot be read in parts", hint)
        else:
            yield table
