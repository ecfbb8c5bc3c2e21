"""Blocks: what is said of one subject in one graph, ready to be written.

A statement has some forty quads, and most of their predicates and objects come again
and again. So a pair of them carries its piece of N-Quads with it and is made once:
writing a block is then joining pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TypeVar

from whosays.rdf.terms import RDF_TYPE, Quad

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

Pair = tuple[str, str, str]
"""A predicate, an object, and the line of N-Quads behind the subject."""


class Block(NamedTuple):
    """Pairs of one subject; ``graph`` is empty for the default graph.

    No pair is there twice, and classes stand first. ``again`` tells that the default
    graph says the same.
    """

    subject: str
    pairs: Sequence[Pair]
    graph: str = ""
    again: bool = False

    def text(self) -> str:
        """Write the block as lines of N-Quads."""
        subject, pairs = self.subject, self.pairs
        if len(pairs) == 1:  # an edge, of which there are many
            return subject + pairs[0][2]
        return subject + subject.join([line for _, _, line in pairs])

    def quads(self) -> Iterator[Quad]:
        """Yield the block quad by quad."""
        for predicate, object, _ in self.pairs:
            yield Quad(self.subject, predicate, object, self.graph)


def pair(predicate: str, object: str, graph: str = "") -> Pair:
    """Make a pair; both are terms of N-Quads."""
    return predicate, object, f" {predicate} {object} {graph + ' ' if graph else ''}.\n"


class Known(dict[str, V]):
    """What is made of a text, each made once."""

    def __init__(self, make: Callable[[str], V]) -> None:
        """Say what makes it."""
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> V:
        """Make it."""
        made = self[key] = self._make(key)
        return made


class Shared(dict[K, Pair]):
    """Pairs of one predicate by what their object is made of, each made once."""

    def __init__(
        self, predicate: str, term: Callable[[K], str], graph: str = ""
    ) -> None:
        """Say how a key becomes the object."""
        super().__init__()
        self._predicate = predicate
        self._term = term
        self._graph = graph

    def __missing__(self, key: K) -> Pair:
        """Make the pair of a key."""
        made = self[key] = pair(self._predicate, self._term(key), self._graph)
        return made


def grouped(quads: Iterable[Quad]) -> Iterator[Block]:
    """Make blocks of quads in any number and order; none comes twice."""
    unique = dict.fromkeys(quads)
    for (subject, graph), rows in groupby(unique, lambda q: (q.subject, q.graph)):
        pairs = [pair(row.predicate, row.object, graph) for row in rows]
        yield Block(subject, sorted(pairs, key=lambda p: p[0] != RDF_TYPE), graph)
