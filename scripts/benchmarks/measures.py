"""Time each step on one made-up project, beside the least that it could cost."""

from __future__ import annotations

import csv
import gc
import resource
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypedDict, TypeVar

from scripts.benchmarks import bounds, generator
from whosays import disputes, ids, index, project, rdf
from whosays.model import Collection, Dispute, DisputeKind

STEEPNESS = generator.STEEPNESS
_SAMPLE = 250_000  # of a larger floor only so much is laid, and the time scaled

T = TypeVar("T")


class Figures(TypedDict):
    """What was measured: counts, and per step CPU seconds of the quickest run."""

    statements: int
    actors: int
    sources: int
    findings: int
    issues: int
    quads: int
    runs: int
    megabytes: float
    seconds: dict[str, float]


class _Clock:
    """CPU seconds of this process by step; the quickest run of each counts."""

    def __init__(self, limit: float) -> None:
        self.seconds: dict[str, float] = {}
        self._limit = limit

    def time(self, step: str, work: Callable[[], T]) -> T:
        gc.collect()
        done: list[T] = []
        try:
            taken = bounds.timed(lambda: done.append(work()), self._limit)["seconds"]
        except bounds.TooLong:
            self.seconds[step] = -self._limit
            raise
        self.seconds[step] = min(taken, self.seconds.get(step, taken))
        return done[0]


def measure(
    size: int, *, repeat: int, steepness: float, graph: bool, limit: float
) -> Figures:
    """Make a project and time every step; baselines run between the steps."""
    collection = generator.make(size, steepness=steepness)
    clock = _Clock(limit)
    counts = {"findings": 0, "issues": 0, "quads": 0}
    peak, runs = 0.0, 0
    with (
        tempfile.TemporaryDirectory() as folder,
        suppress(bounds.TooLong),
        bounds.raising(),
    ):
        while runs < repeat and max(clock.seconds.values(), default=0) < bounds.LONG:
            counts |= _disputes(clock, collection)
            peak = peak or _megabytes()
            if graph:
                if not runs:
                    generator.write(collection, Path(folder))
                counts["quads"] = _project(clock, Path(folder))
            runs += 1
    amount = len(collection.statements) + counts["findings"]
    if "floor" in clock.seconds:
        clock.seconds["floor"] *= max(amount / _SAMPLE, 1)
    return Figures(
        statements=len(collection.statements),
        actors=len(collection.actors),
        sources=len(collection.sources),
        findings=counts["findings"],
        issues=counts["issues"],
        quads=counts["quads"],
        runs=runs,
        megabytes=peak or _megabytes(),
        seconds=clock.seconds,
    )


def _disputes(clock: _Clock, collection: Collection) -> dict[str, int]:
    found = clock.time("find", lambda: disputes.find(collection))
    folded = clock.time("issues", lambda: disputes.issues(collection, found))
    counts = {"findings": len(found), "issues": len(folded)}
    amount = min(len(collection.statements) + len(found), _SAMPLE)
    clock.time("floor", lambda: _floor(amount))
    return counts


def _floor(amount: int) -> list[Dispute]:
    """Make as many ids and records as there are statements and findings, no more."""
    return [
        Dispute(
            id=ids.digest(f"1\x1fdirect\x1f{number:012}\x1f{number:012}"),
            kind=DisputeKind.DIRECT,
            affirmed="",
            contested="",
            score=1.0,
        )
        for number in range(amount)
    ]


def _project(clock: _Clock, folder: Path) -> int:
    """Time the way from tables to caches; give the number of quads."""
    clock.time("csv", lambda: _plain_csv(folder))
    collection = clock.time("read", lambda: project.read(folder)).collection
    found = disputes.find(collection)
    folded = disputes.issues(collection, found)
    lines = clock.time("nquads", lambda: rdf.nquads(collection, found, folded))
    quads = clock.time("bulk_load", lambda: _bulk_load(lines))
    clock.time("load_ours", lambda: _bulk_load(lines, lenient=True))
    table = folder / "index.sqlite"
    clock.time("index", lambda: index.build(table, collection, found, folded).close())
    opened = index.Index.open(table)
    clock.time("index_read", opened.collection)
    opened.close()
    table.unlink()
    return quads


def _plain_csv(folder: Path) -> int:
    """Read the rows as Python's csv gives them, without looking at any."""
    rows = 0
    for path in sorted(folder.glob("statements/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += len(list(csv.reader(file)))
    return rows


def _bulk_load(lines: bytes, *, lenient: bool = False) -> int:
    from pyoxigraph import RdfFormat, Store

    store = Store()
    store.bulk_load(lines, RdfFormat.N_QUADS, lenient=lenient)
    return lines.count(b"\n")


def _megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_048_576 if sys.platform == "darwin" else 1_024)
