"""Groups of settled statements → disputes, issues and files of N-Quads."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import IO

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
    """What files of quads hold, and what all of them have in common.

    ``disputes`` are all pairs that collide; ``left`` of them are not written yet, as
    the graph may hold only the strongest of each issue. ``wide`` are the issues with
    more than those, cut to them. ``shared`` are blocks that other parts may have too,
    by subject; ``samples`` have a statement for each relation that occurs.
    """

    statements: int = 0
    disputes: int = 0
    left: int = 0
    issues: int = 0
    wide: list[Issue] = field(default_factory=list)
    counted: rdf.Counted = field(default_factory=rdf.Counted)
    shared: dict[str, rdf.Block] = field(default_factory=dict)
    samples: dict[str, Statement] = field(default_factory=dict)

    def tell(self, found: Found, most: int) -> None:
        """Count what was found, and keep what an issue cut to its strongest holds."""
        self.disputes += len(found.strongest) + len(found.rest)
        self.left += len(found.rest)
        self.issues += len(found.issues) + len(found.wide)
        self.wide += [replace(one, disputes=one.disputes[:most]) for one in found.wide]

    def take(self, other: Part) -> None:
        """Add what another part has."""
        self.statements += other.statements
        self.disputes += other.disputes
        self.left += other.left
        self.issues += other.issues
        self.wide += other.wide
        self.counted.take(other.counted)
        self.shared.update(other.shared)
        self.samples.update(other.samples)


def batches(ground: Ground, settled: Iterable[Settled]) -> Iterator[Collection]:
    """Join whole groups, which come one after the other, into small projects."""
    batch: list[Statement] = []
    for _, rows in groupby(settled, key=itemgetter(0)):
        batch.extend(pickle.loads(packed) for _, packed in rows)
        if len(batch) >= _AT_ONCE:
            yield _collection(ground, batch)
            batch = []
    if batch:
        yield _collection(ground, batch)


def _collection(ground: Ground, batch: Iterable[Statement]) -> Collection:
    statements = tuple(sorted(batch, key=attrgetter("id")))
    return replace(ground.collection, statements=statements)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What collides between two actors: the strongest pairs, the others, the issue.

    ``wide`` takes the place of ``issues`` where these have more than their strongest.
    """

    strongest: list[Dispute]
    rest: list[Dispute]
    issues: tuple[Issue, ...]
    wide: tuple[Issue, ...]


def find(collection: Collection) -> Iterator[Found]:
    """Find what collides in whole groups, as in a project that holds nothing else.

    One pair of actors after the other: the pairs of a crowd are many times as many as
    the statements. What a voice says against itself is numbered apart, as in a project.
    """
    most = collection.settings.graph_strongest
    for found, issues, _ in disputes.quarrels(collection):
        own = [one for one in found if one.own]
        between = [one for one in found if not one.own]
        is_wide = len(between) > most
        yield Found(
            strongest=[*between[:most], *own[:most]],
            rest=[*between[most:], *own[most:]],
            issues=() if is_wide else issues,
            wide=issues if is_wide else (),
        )


def write_part(
    ground: Ground, settled: Iterable[Settled], path: Path
) -> Iterator[Part]:
    """Write groups as N-Quads, of pairs that collide the strongest of each issue.

    Nothing is written if there are none. Issues that have more pairs are left to whoever
    knows how many there are in all parts.
    """
    full = batches(ground, settled)
    first = next(full, None)
    if first is None:
        return
    part = Part()
    with atomic_writer(path) as file:
        for collection in chain([first], full):
            _write(file, _blocks(collection, part))
    part.counted.settle()
    yield part


def write_left(
    ground: Ground, settled: Iterable[Settled], path: Path
) -> Iterator[Part]:
    """Write what `write_part` has left: weaker pairs, and the issues that have such."""
    part = Part()
    with atomic_writer(path) as file:
        for collection in batches(ground, settled):
            wide: list[Issue] = []  # full when all disputes are written
            _write(file, _counted(part, collection, left_of(collection, wide), wide))
    part.counted.settle()
    yield part


def left_of(collection: Collection, wide: list[Issue]) -> Iterator[Dispute]:
    """Yield the pairs that are not the strongest, and note the issues that have such."""
    for one in find(collection):
        wide.extend(one.wide)
        yield from one.rest


def _write(file: IO[bytes], blocks: Iterable[rdf.Block]) -> None:
    held: list[str] = []
    for block in blocks:
        held.append(block.text())
        if len(held) == _JOINED:
            file.write("".join(held).encode())
            held.clear()
    file.write("".join(held).encode())


def _blocks(collection: Collection, part: Part) -> Iterator[rdf.Block]:
    part.statements += len(collection.statements)
    part.samples.update((one.relation, one) for one in collection.statements)
    issues: list[Issue] = []  # full when all disputes are written, which come first
    strongest = _strongest(collection, part, issues)
    # Statements of several groups may come from one run: it is described once for all.
    runs = rdf.Names(collection.settings.base).other("run", "").rstrip(">")
    for block in rdf.bulk(collection, strongest, issues):
        if block.subject.startswith(runs):
            part.shared[block.subject] = block
        else:
            part.counted.add(block)
            yield block


def _strongest(
    collection: Collection, part: Part, issues: list[Issue]
) -> Iterator[Dispute]:
    for one in find(collection):
        part.tell(one, collection.settings.graph_strongest)
        issues.extend(one.issues)
        yield from one.strongest


def _counted(
    part: Part,
    collection: Collection,
    found: Iterable[Dispute],
    issues: Iterable[Issue],
) -> Iterator[rdf.Block]:
    for block in rdf.bulk(replace(collection, statements=()), found, issues):
        part.counted.add(block)
        yield block


def write_frame(ground: Ground, part: Part, path: Path) -> None:
    """Write what the parts have in common: registers, runs, the data set itself.

    With them stand the issues that hold only their strongest pairs.
    """
    samples = tuple(part.samples[relation] for relation in sorted(part.samples))
    collection = replace(ground.collection, statements=samples)
    with atomic_writer(path) as file:
        _write(file, _counted(part, collection, (), part.wide))
        for subject in sorted(part.shared):
            part.counted.add(part.shared[subject])
            file.write(part.shared[subject].text().encode())
        for block in rdf.frame(collection, part.counted):
            file.write(block.text().encode())
