"""Groups of settled statements → disputes, issues and a file of N-Quads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path

from whosays import disputes, rdf
from whosays.files import atomic_writer
from whosays.model import Collection, Dispute, Issue, Statement
from whosays.spark.ground import Ground
from whosays.spark.reading import Settled

_AT_ONCE = 20_000
"""Statements from which on a batch is full; a group is never divided."""

_JOINED = 512  # blocks that are written at once


@dataclass(slots=True, kw_only=True)
class Part:
    """What a file of quads holds, and what all files have in common.

    ``shared`` are blocks that other parts may have too, by subject; ``samples`` have a
    statement for each relation that occurs.
    """

    statements: int = 0
    disputes: int = 0
    issues: int = 0
    counted: rdf.Counted = field(default_factory=rdf.Counted)
    shared: dict[str, rdf.Block] = field(default_factory=dict)
    samples: dict[str, Statement] = field(default_factory=dict)

    def take(self, other: Part) -> None:
        """Add what another part has."""
        self.statements += other.statements
        self.disputes += other.disputes
        self.issues += other.issues
        self.counted.take(other.counted)
        self.shared.update(other.shared)
        self.samples.update(other.samples)


def batches(settled: Iterable[Settled]) -> Iterator[list[Statement]]:
    """Join whole groups, which come one after the other, into batches."""
    batch: list[Statement] = []
    for _, rows in groupby(settled, key=itemgetter(0)):
        batch.extend(statement for _, statement in rows)
        if len(batch) >= _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def find(
    ground: Ground, batch: Iterable[Statement]
) -> tuple[Collection, list[Dispute], list[Issue]]:
    """Find what collides in whole groups, as in a project that holds nothing else."""
    statements = tuple(sorted(batch, key=attrgetter("id")))
    collection = replace(ground.collection, statements=statements)
    found = disputes.find(collection)
    return collection, found, disputes.issues(collection, found)


def write_part(
    ground: Ground, settled: Iterable[Settled], path: Path
) -> Iterator[Part]:
    """Write groups as N-Quads; nothing is written if there are none."""
    full = batches(settled)
    first = next(full, None)
    if first is None:
        return
    part = Part()
    with atomic_writer(path) as file:
        batch: list[Statement] | None = first
        while batch is not None:
            held: list[str] = []
            for block in _blocks(ground, batch, part):
                held.append(block.text())
                if len(held) == _JOINED:
                    file.write("".join(held).encode())
                    held.clear()
            file.write("".join(held).encode())
            batch = next(full, None)
    part.counted.settle()
    yield part


def _blocks(ground: Ground, batch: list[Statement], part: Part) -> Iterator[rdf.Block]:
    collection, found, issues = find(ground, batch)
    part.statements += len(batch)
    part.disputes += len(found)
    part.issues += len(issues)
    part.samples.update((one.relation, one) for one in batch)
    # Statements of several groups may come from one run: it is described once for all.
    runs = rdf.Names(collection.settings.base).other("run", "").rstrip(">")
    for block in rdf.bulk(collection, found, issues):
        if block.subject.startswith(runs):
            part.shared[block.subject] = block
        else:
            part.counted.add(block)
            yield block


def write_frame(ground: Ground, part: Part, path: Path) -> None:
    """Write what the parts have in common: registers, runs, the data set itself."""
    samples = tuple(part.samples[relation] for relation in sorted(part.samples))
    collection = replace(ground.collection, statements=samples)
    with atomic_writer(path) as file:
        for subject in sorted(part.shared):
            part.counted.add(part.shared[subject])
            file.write(part.shared[subject].text().encode())
        for block in rdf.frame(collection, part.counted):
            file.write(block.text().encode())
