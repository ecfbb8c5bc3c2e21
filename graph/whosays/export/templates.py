"""What is said of rows of a kind, written from pieces that come again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from whosays.export.forms import KEPT, Form, Said
from whosays.rdf.cells import Cell

EMPTY = frozenset(["", "[]", None])
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
        self._makers = [
            (place, _maker(form, cell, graph)) for place, cell in self._cells
        ]

    def pieces(self, values: Sequence[Any]) -> Sequence[str]:
        """Write what is said of a row."""
        found: list[str] = []
        for place, make in self._makers:
            value = values[place]
            if value not in EMPTY:
                found += make(value)
        return found

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


def _maker(form: Form, cell: Cell, graph: str) -> Callable[[Any], Sequence[str]]:
    predicate, terms = cell.predicate, cell.terms

    def make(value: object) -> Sequence[str]:
        return form.pieces(predicate, terms(value), graph)

    return _Kept(make).__getitem__ if cell.shared else make


class _Kept(dict[Any, Sequence[str]]):
    """Pieces by what they are made of, each made once while there is room."""

    def __init__(self, make: Callable[[Any], Sequence[str]]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: object) -> Sequence[str]:
        if len(self) >= KEPT:
            self.clear()
        made = self[key] = self._make(key)
        return made
