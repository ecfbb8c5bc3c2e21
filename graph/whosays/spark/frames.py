"""A checked corpus → Parquet, for whatever reads columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from whosays.export.table import COLUMNS, cells_of
from whosays.model import Dispute, Issue
from whosays.spark.corpus import Corpus
from whosays.spark.ground import Ground
from whosays.spark.parts import Part, batches, find
from whosays.spark.reading import Settled
from whosays.spark.session import on_disk

_STATEMENTS = ", ".join(f"`{column}` string" for column in COLUMNS)
_DISPUTES = (
    "id string, kind string, affirmed string, contested string, score double, "
    "own boolean, camp boolean"
)
_ISSUES = (
    "id string, actors array<string>, score double, disputes array<string>, "
    "voices array<string>, sources array<string>, camp boolean"
)


def write_frames(corpus: Corpus, folder: Path) -> Part:
    """Write statements, disputes and issues, each as a folder of Parquet files."""
    ground = corpus.ground
    found = corpus.settled.mapPartitions(lambda part: _found(ground.value, part))
    found = on_disk(found)
    statements = corpus.settled.mapPartitions(lambda part: _cells(ground.value, part))
    disputes = found.filter(lambda one: isinstance(one, Dispute)).map(_dispute)
    issues = found.filter(lambda one: isinstance(one, Issue)).map(_issue)
    counts = []
    for name, rows, columns in (
        ("statements", statements, _STATEMENTS),
        ("disputes", disputes, _DISPUTES),
        ("issues", issues, _ISSUES),
    ):
        frame = corpus.spark.createDataFrame(rows, columns, verifySchema=False)
        frame.write.parquet(str(folder / name))
        counts.append(rows.count())
    found.unpersist()
    return Part(statements=counts[0], disputes=counts[1], issues=counts[2])


def _found(ground: Ground, settled: Iterable[Settled]) -> Iterator[Dispute | Issue]:
    for batch in batches(settled):
        _, disputes, issues = find(ground, batch)
        yield from disputes
        yield from issues


def _cells(ground: Ground, settled: Iterable[Settled]) -> Iterator[tuple[str, ...]]:
    for _, statement in settled:
        cells = cells_of(statement, ground.collection)
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
        list(one.disputes),
        list(one.voices),
        list(one.sources),
        one.camp,
    )
