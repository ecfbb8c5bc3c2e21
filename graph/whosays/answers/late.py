"""Parts of an answer that are made when somebody looks at them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Generic, TypeVar, overload

T = TypeVar("T")


class Late(Sequence[T], Generic[T]):
    """A list that is made once, when it is first read.

    An answer about somebody whom thousands speak of has parts that take longer than
    all the rest, and that many who ask do not look at.
    """

    def __init__(self, make: Callable[[], Iterable[T]]) -> None:
        """Keep how it is made."""
        self._make = make

    @cached_property
    def _items(self) -> tuple[T, ...]:
        return tuple(self._make())

    def __len__(self) -> int:
        """Count the items."""
        return len(self._items)

    def __iter__(self) -> Iterator[T]:
        """Yield the items in their order."""
        return iter(self._items)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        """Give the item at a place, or some."""
        return self._items[place]

    def __eq__(self, other: object) -> bool:
        """Tell whether both hold the same items."""
        return isinstance(other, Late | tuple) and self._items == tuple(other)

    def __hash__(self) -> int:
        """Hash the items."""
        return hash(self._items)

    def __repr__(self) -> str:
        """Show the items."""
        return repr(self._items)
