"""A stand-in for Spark in one process: lists for parts, and everything pickled."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace
from typing import Any


class Parts:
    """What an RDD of Spark does, as far as it is needed here."""

    def __init__(self, parts: list[list[Any]]) -> None:
        self.parts = [pickle.loads(pickle.dumps(part)) for part in parts]

    def mapPartitions(self, work: Callable[[Iterator[Any]], Iterable[Any]]) -> Parts:
        return Parts([list(work(iter(part))) for part in self.parts])

    def mapPartitionsWithIndex(
        self, work: Callable[[int, Iterator[Any]], Iterable[Any]]
    ) -> Parts:
        return Parts([list(work(i, iter(p))) for i, p in enumerate(self.parts)])

    def map(self, work: Callable[[Any], Any]) -> Parts:
        return Parts([list(map(work, part)) for part in self.parts])

    def filter(self, wanted: Callable[[Any], bool]) -> Parts:
        return Parts([list(filter(wanted, part)) for part in self.parts])

    def union(self, other: Parts) -> Parts:
        return Parts(self.parts + other.parts)

    def repartitionAndSortWithinPartitions(
        self, count: int, number: Callable[[Any], int]
    ) -> Parts:
        parts: list[list[Any]] = [[] for _ in range(count)]
        for key, value in self.toLocalIterator():
            parts[number(key) % count].append((key, value))
        return Parts([sorted(part, key=lambda one: one[0]) for part in parts])

    def toLocalIterator(self) -> Iterator[Any]:
        for part in self.parts:
            yield from part

    def collect(self) -> list[Any]:
        return list(self.toLocalIterator())

    def count(self) -> int:
        return sum(map(len, self.parts))

    def unpersist(self) -> None:
        """Let it go."""


class Context:
    defaultParallelism = 2

    def parallelize(self, rows: list[Any], count: int) -> Parts:
        return Parts([rows[i::count] for i in range(count)])

    def broadcast(self, value: Any) -> Any:
        return SimpleNamespace(value=pickle.loads(pickle.dumps(value)))


class Spark:
    sparkContext = Context()
