"""What is said of rows of a kind, written from pieces that come again and again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import getitem, itemgetter
from typing import Any

from whosays.export.forms import KEPT, Form, Said
from whosays.rdf.cells import Cell

EMPTY = ("", "[]", None)
"""Values of a row that say nothing."""


class Template:
    """Writes rows of a kind, whose columns are given once."""

    def __init__(
        self, said: Iterable[Cell], columns: Sequence[str], form: Form, graph: str = ""
    ) -> None:
        """Take what is said, the columns of a row, and where and how it is written."""
        self._cells = sorted(
            [(columns.index(one.column), one) for one in said],
            key=lambda pair: form.order(pair[1].predicate),
        )
        self._graph = graph
        self._pick = itemgetter(*[place for place, _ in self._cells])
        self._makers = [
            (_Kept if cell.shared else _Made)(cell, form, graph)
            for _, cell in self._cells
        ]

    def pieces(self, values: Sequence[Any]) -> Iterator[str]:
        """Write what is said of a row."""
        return chain.from_iterable(map(getitem, self._makers, self._pick(values)))

    def said(self, values: Sequence[Any]) -> Iterator[Said]:
        """Give what is said of a row, to be joined with something else."""
        for place, cell in self._cells:
            if values[place] not in EMPTY:
                for term in cell.terms(values[place]):
                    yield cell.predicate, term, self._graph


class Drawn:
    """Writes rows that are what is said of a subject, ready made."""

    def __init__(self, form: Form) -> None:
        """Take how it is written."""
        self._form = form

    def pieces(self, values: Sequence[Said]) -> Sequence[str]:
        """Write what is said."""
        return self._form.sorted(values)

    def said(self, values: Sequence[Said]) -> Iterator[Said]:
        """Give what is said."""
        yield from values


Row = tuple[str, Template | Drawn, Sequence[Any]]
"""A subject, what writes it, and the values for that."""


class _Made(dict[Any, Sequence[str]]):
    """Pieces by what they are made of: each is made when it is asked for."""

    def __init__(self, cell: Cell, form: Form, graph: str) -> None:
        super().__init__(dict.fromkeys(EMPTY, ()))
        self._cell, self._form, self._graph = cell, form, graph

    def __missing__(self, key: object) -> Sequence[str]:
        cell = self._cell
        return self._form.pieces(cell.predicate, cell.terms(key), self._graph)


class _Kept(_Made):
    """The same, each made once while there is room."""

    def __missing__(self, key: object) -> Sequence[str]:
        if len(self) >= KEPT:
            self.clear()
            self.update(dict.fromkeys(EMPTY, ()))
        made = self[key] = super().__missing__(key)
        return made
