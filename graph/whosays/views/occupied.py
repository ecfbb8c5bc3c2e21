"""Room on the drawing: which cells are taken, and the nearest free place.

A coarse grid answers at once where a list of boxes would be walked again and again,
so that thousands of actors find their place in a moment.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whosays.views.layout import Node, Point

_CELL = 24.0
_FIRST = 70.0  # radius of the first ring
_NEAR = 280.0  # points within this look on the same rings
_RING = 44.0
_RINGS = 60
_ROW = 1 << 20  # cells in a column, far more than any drawing has
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
        self._cells: set[int] = set()
        self._full: dict[tuple[int, int], int] = {}

    def add(self, node: Node, at: Point) -> None:
        """Cover the box of a node."""
        left, right, top, bottom = _box(node, at)
        for column in range(left, right + 1):
            self._cells.update(range(column * _ROW + top, column * _ROW + bottom + 1))

    def free(self, node: Node, around: Point) -> Point:
        """Find a free place near a point, outwards from the middle if possible.

        Places are only ever taken, so rings that were full for somebody around the same
        point are not walked again.
        """
        x, y = around
        length = sqrt(x * x + y * y)
        ux, uy = (x / length, y / length) if length > 1 else (1.0, 0.0)
        spot = (int(x // _NEAR), int(y // _NEAR))
        for ring in range(self._full.get(spot, 0), _RINGS):
            radius = _FIRST + _RING * ring
            for dx, dy in _DIRECTIONS:
                # The table starts at (1, 0): turn it so that this points outwards.
                place = (
                    x + (dx * ux - dy * uy) * radius,
                    y + (dx * uy + dy * ux) * radius,
                )
                if self._is_free(node, place):
                    return place
            self._full[spot] = ring + 1
        radius = _FIRST + _RING * _RINGS
        return (x + ux * radius, y + uy * radius)

    def _is_free(self, node: Node, at: Point) -> bool:
        left, right, top, bottom = _box(node, at)
        cells = self._cells
        for column in range(left, right + 1):
            for cell in range(column * _ROW + top, column * _ROW + bottom + 1):
                if cell in cells:
                    return False
        return True


def _box(node: Node, at: Point) -> tuple[int, int, int, int]:
    """Give the first and last column and row of cells that a node covers."""
    half = max(node.radius, node.width / 2)
    return (
        int((at[0] - half) // _CELL),
        int((at[0] + half) // _CELL),
        int((at[1] - node.radius) // _CELL),
        int((at[1] + node.radius + node.height) // _CELL),
    )
