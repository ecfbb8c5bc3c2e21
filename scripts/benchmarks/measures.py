"""Time each step on one made-up project, beside the least that it could cost."""

from __future__ import annotations

import csv
import gc
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import TypedDict, TypeVar

from scripts.benchmarks import generator
from whosays import disputes, ids, index, project, rdf
from whosays.model import Collection, Dispute, DisputeKind

STEEPNESS = generator.STEEPNESS
_LARGE = 50_000  # from here on at most three runs, from a million on one
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

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, step: str, work: Callable[[], T]) -> T:
        gc.collect()
        start = process_time()
        done = work()
        taken = process_time() - start
        self.seconds[step] = min(taken, self.seconds.get(step, taken))
        return done


def measure(size: int, *, repeat: int, steepness: float, graph: bool) -> Figures:
    """Make a project and time every step; baselines run between the steps."""
    runs = 1 if size >= 1_000_000 else min(repeat, 3) if size >= _LARGE else repeat
    collection = generator.make(size, steepness=steepness)
    clock = _Clock()
    counts = {"findings": 0, "issues": 0, "quads": 0}
    for _ in range(runs):
        counts |= _disputes(clock, collection)
    amount = len(collection.statements) + counts["findings"]
    clock.seconds["floor"] *= max(amount / _SAMPLE, 1)
    peak = _megabytes()
    if graph:
        with tempfile.TemporaryDirectory() as folder:
            generator.write(collection, Path(folder))
            for _ in range(runs):
                counts["quads"] = _project(clock, Path(folder))
    return Figures(
        statements=len(collection.statements),
        actors=len(collection.actors),
        sources=len(collection.sources),
        findings=counts["findings"],
        issues=counts["issues"],
        quads=counts["quads"],
        runs=runs,
        megabytes=peak,
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
