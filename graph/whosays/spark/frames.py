"""A checked corpus → Parquet, for whatever reads columns."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path

from whosays.export.table import COLUMNS, cells_of
from whosays.model import Dispute, Issue
from whosays.spark.corpus import Corpus
from whosays.spark.ground import Ground
from whosays.spark.parts import Part, batches, find, left_of
from whosays.spark.reading import Settled
from whosays.spark.session import on_disk

_STATEMENTS = ", ".join(f"`{column}` string" for column in COLUMNS)
_DISPUTES = (
    "id string, kind string, affirmed string, contested string, score double, "
    "own boolean, camp boolean"
)
_ISSUES = (
    "id string, actors array<string>, score double, pairs long, "
    "disputes array<string>, voices array<string>, sources array<string>, camp boolean"
)


def write_frames(corpus: Corpus, folder: Path) -> Part:
    """Write statements, disputes and issues, each as a folder of Parquet files."""
    ground = corpus.ground
    found = on_disk(
        corpus.settled.mapPartitions(lambda part: _found(ground.value, part))
    )
    told = Part()
    for one in found.filter(lambda one: isinstance(one, Part)).collect():
        told.take(one)
    held = found.filter(lambda one: not isinstance(one, Part))
    if told.left and not corpus.bounded(told):
        left = corpus.settled.mapPartitions(lambda part: _left(ground.value, part))
        held = held.union(on_disk(left))
        told.left = 0
    elif told.wide:
        held = held.union(corpus.spark.sparkContext.parallelize(told.wide, 1))
    statements = corpus.settled.mapPartitions(lambda part: _cells(ground.value, part))
    disputes = held.filter(lambda one: isinstance(one, Dispute)).map(_dispute)
    issues = held.filter(lambda one: isinstance(one, Issue)).map(_issue)
    for name, rows, columns in (
        ("statements", statements, _STATEMENTS),
        ("disputes", disputes, _DISPUTES),
        ("issues", issues, _ISSUES),
    ):
        frame = corpus.spark.createDataFrame(rows, columns, verifySchema=False)
        frame.write.parquet(str(folder / name))
    return told


def _found(ground: Ground, settled: Iterable[Settled]) -> Iterator[object]:
    """Yield the strongest pairs and the issues that have no others; last the counts."""
    part = Part()
    for collection in batches(ground, settled):
        part.statements += len(collection.statements)
        for one in find(collection):
            part.tell(one, collection.settings.graph_strongest)
            yield from one.strongest
            yield from one.issues
    yield part


def _left(ground: Ground, settled: Iterable[Settled]) -> Iterator[object]:
    for collection in batches(ground, settled):
        wide: list[Issue] = []
        yield from left_of(collection, wide)
        yield from wide


def _cells(ground: Ground, settled: Iterable[Settled]) -> Iterator[tuple[str, ...]]:
    for _, packed in settled:
        cells = cells_of(pickle.loads(packed), ground.collection)
        yield tuple(cells[column] for column in COLUMNS)


def _dispute(one: Dispute) -> tuple[object, ...]:
    return (
        one.id,
        str(one.kind),
        one.affirmed,
        one.contested,
        one.score,
        one.own,
        one.camp,
    )


def _issue(one: Issue) -> tuple[object, ...]:
    return (
        one.id,
        list(one.actors),
        one.score,
        one.pairs,
        list(one.disputes),
        list(one.voices),
        list(one.sources),
        one.camp,
    )
