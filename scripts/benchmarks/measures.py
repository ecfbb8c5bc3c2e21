"""Time each step on one made-up project, beside the least that it could cost."""

from __future__ import annotations

import csv
import gc
import resource
import shutil
import sys
import tempfile
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import TypedDict, TypeVar

from scripts.benchmarks import bounds, generator
from whosays import building, cache, disputes, garbage, ids, project, store
from whosays.model import Collection, Dispute, DisputeKind

STEEPNESS = generator.STEEPNESS
_SAMPLE = 250_000  # of a larger floor only so much is laid, and the time scaled

T = TypeVar("T")


class Figures(TypedDict):
    """What was measured: counts, and per step the median of its CPU seconds."""

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
    """CPU seconds of this process by step, and of whom it has waited for."""

    def __init__(self, limit: float) -> None:
        self.runs: dict[str, list[float]] = {}
        self._limit = limit

    def enough(self) -> bool:
        """Tell whether the step that takes longest need not be repeated."""
        return any(map(bounds.enough, self.runs.values()))

    def medians(self) -> dict[str, float]:
        """Give one number for each step; what was ended has its limit below zero."""
        ended = {step: min(runs) for step, runs in self.runs.items() if min(runs) < 0}
        return {step: median(runs) for step, runs in self.runs.items()} | ended

    def time(self, step: str, work: Callable[[], T], times: float = 1) -> T:
        gc.collect()
        done: list[T] = []
        most = self._limit * times
        try:
            taken = bounds.timed(lambda: done.append(work()), most)["seconds"]
        except bounds.TooLong:
            self.runs.setdefault(step, []).append(-most)
            raise
        self.runs.setdefault(step, []).append(taken)
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
        while runs < repeat and not clock.enough():
            counts |= _disputes(clock, collection)
            peak = peak or _megabytes()
            if graph:
                if not runs:
                    generator.write(collection, Path(folder))
                with garbage.left_alone():  # as a build does
                    counts["quads"] = _project(clock, Path(folder))
            runs += 1
    amount = len(collection.statements) + counts["findings"]
    seconds = clock.medians()
    if min(seconds.get(step, -1.0) for step in ("tables", "quarrels")) >= 0:
        seconds["index"] = max(seconds["tables"] - seconds["quarrels"], 0)
    if "floor" in seconds:
        seconds["floor"] *= max(amount / _SAMPLE, 1)
    return Figures(
        statements=len(collection.statements),
        actors=len(collection.actors),
        sources=len(collection.sources),
        findings=counts["findings"],
        issues=counts["issues"],
        quads=counts["quads"],
        runs=runs,
        megabytes=peak or _megabytes(),
        seconds=seconds,
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
    """Time the way from tables to caches as a build goes it; give the number of quads."""
    clock.time("csv", lambda: _plain_csv(folder))
    read = clock.time("read", lambda: project.read(folder))
    clock.time("quarrels", lambda: deque(disputes.quarrels(read.collection), maxlen=0))
    table, raw, ours = (folder / name for name in ("index.sqlite", "raw", "ours"))
    tables = clock.time("tables", lambda: building.tables(table, read.collection))
    clock.time("index_read", tables.collection)
    pieces = clock.time("text", lambda: list(building.quads(read, tables)))
    tables.close()
    clock.time("load", lambda: store.write_folder(ours, pieces), bounds.MAKING)
    lines = b"".join(pieces)
    pieces.clear()
    clock.time("bulk_load", lambda: _bulk_load(lines))
    clock.time("bulk_disk", lambda: _bulk_load(lines, raw), bounds.MAKING)
    quads = lines.count(b"\n")
    build = folder / "build"
    clock.time("build", lambda: cache.ready(folder, build, write=True), bounds.MAKING)
    for one in (raw, ours, build):
        shutil.rmtree(one)
    table.unlink()
    return quads


def _plain_csv(folder: Path) -> int:
    """Read the rows as Python's csv gives them, without looking at any."""
    rows = 0
    for path in sorted(folder.glob("statements/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += len(list(csv.reader(file)))
    return rows


def _bulk_load(lines: bytes, target: Path | None = None) -> None:
    """Load N-Quads as the engine takes those of anybody, into memory or a folder."""
    from pyoxigraph import RdfFormat, Store

    held = Store(str(target)) if target else Store()
    held.bulk_load(lines, RdfFormat.N_QUADS)
    if target:
        held.flush()


def _megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_048_576 if sys.platform == "darwin" else 1_024)
