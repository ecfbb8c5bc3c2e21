"""Room on the drawing: which cells are taken, and the nearest free place.

A coarse grid answers at once where a list of boxes would be walked again and again,
so that thousands of actors find their place in a moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whosays.views.layout import Node, Point

_CELL = 24.0
_FIRST = 70.0  # radius of the first ring
_RING = 44.0
_RINGS = 60
# Twelve directions written out, since sine and cosine may differ between systems.
_DIRECTIONS = (
    (1.0, 0.0),
    (0.866, 0.5),
    (0.866, -0.5),
    (0.5, 0.866),
    (0.5, -0.866),
    (0.0, 1.0),
    (0.0, -1.0),
    (-0.5, 0.866),
    (-0.5, -0.866),
    (-0.866, 0.5),
    (-0.866, -0.5),
    (-1.0, 0.0),
)


class Occupied:
    """The cells that shapes and names cover."""

    def __init__(self) -> None:
        """Start with an empty drawing."""
        self._cells: set[tuple[int, int]] = set()

    def add(self, node: Node, at: Point) -> None:
        """Cover the box of a node."""
        self._cells.update(_cells(node, at))

    def free(self, node: Node, around: Point) -> Point:
        """Find a free place near a point, outwards from the middle if possible."""
        x, y = around
        length = sqrt(x * x + y * y)
        ux, uy = (x / length, y / length) if length > 1 else (1.0, 0.0)
        for ring in range(_RINGS):
            radius = _FIRST + _RING * ring
            for dx, dy in _DIRECTIONS:
                # The table starts at (1, 0): turn it so that this points outwards.
                place = (
                    x + (dx * ux - dy * uy) * radius,
                    y + (dx * uy + dy * ux) * radius,
                )
                if self._cells.isdisjoint(_cells(node, place)):
                    return place
        return (x + ux * radius, y + uy * radius)


def _cells(node: Node, at: Point) -> Iterator[tuple[int, int]]:
    half = max(node.radius, node.width / 2)
    left, right = int((at[0] - half) // _CELL), int((at[0] + half) // _CELL)
    top = int((at[1] - node.radius) // _CELL)
    bottom = int((at[1] + node.radius + node.height) // _CELL)
    for column in range(left, right + 1):
        for row in range(top, bottom + 1):
            yield column, row
