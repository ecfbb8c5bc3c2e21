"""Improve a drawing by moving one actor at a time.

The cost of a place is what disturbs a reader: crossing lines, lines that run through
an actor that is not theirs, boxes that overlap, lines too short for what is written
on them or needlessly long. A move is kept when it lowers the cost. The number of
tries depends on the size of the network alone, so that the result is the same
everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whosays.views.layout import Link, Node, Point, Positions

_WORK = 3_600_000  # elementary comparisons that fit into the time of one layout
_CLEAR = 24.0  # a line keeps this distance from a foreign actor
_SHORT = 140.0
_LANE = 17.0  # between parallel lines of a pair, as the page draws them
_BREADTH = 85.0  # half of the widest fan
_PIERCED = 20.0
_TRIES = 3
_SLACK = 3.0  # what a move may cost at first
_SWEEPS = 7
_NUDGES = 40


def refine(
    nodes: Sequence[Node],
    links: Sequence[Link],
    places: Positions,
    window: tuple[float, float],
    seed: int,
    share: float = 1.0,
) -> tuple[Positions, float]:
    """Move actors until the tries are used up; give the places and what they cost.

    ``window`` is width and height, ``share`` the part of all work that is spent.
    """
    board = _Board(nodes, links, places, window)
    chance = Random(seed)
    tries = _WORK * share / board.comparisons
    rounds = max(1, min(int(150 * share), int(tries / (_TRIES * len(nodes)))))
    reach = min(window) * 0.35
    order = list(range(len(nodes)))
    for turn in range(rounds):
        cooling = 1 - turn / rounds
        step = reach * cooling + 8.0
        # At first a place may also be a little worse, or no way leads out of a corner.
        slack = _SLACK * cooling * cooling
        chance.shuffle(order)
        for i in order:
            x, y = board.xs[i], board.ys[i]
            now = board.cost(i, x, y, float("inf"))
            for number in range(_TRIES):
                if number == 0 and turn % 2 == 0 and cooling > 0.25:
                    nx = (chance.random() * 2 - 1) * board.right
                    ny = (chance.random() * 2 - 1) * board.bottom
                else:
                    nx = x + (chance.random() * 2 - 1) * step
                    ny = y + (chance.random() * 2 - 1) * step
                price = board.cost(i, nx, ny, now + slack)
                if price < now + slack:
                    now, x, y = price, nx, ny
            board.xs[i], board.ys[i] = x, y
    found = {node.slug: (board.xs[i], board.ys[i]) for i, node in enumerate(nodes)}
    return found, board.total()


def mend(
    nodes: Sequence[Node],
    links: Sequence[Link],
    places: Positions,
    window: tuple[float, float],
    seed: int,
) -> Positions:
    """Nudge the actors that a foreign line still runs through.

    Where nearly everybody is linked with everybody, no place is clear: there the
    work ends it.
    """
    board = _Board(nodes, links, places, window)
    chance = Random(seed)
    tries = int(_WORK / board.comparisons)
    for turn in range(_SWEEPS):
        pierced = [i for i in range(len(nodes)) if board.pierced(i)]
        for i in pierced:
            if tries < 0:
                break
            tries -= _NUDGES
            x, y = board.xs[i], board.ys[i]
            best = board.cost(i, x, y, float("inf"))
            for _ in range(_NUDGES):
                nx = x + (chance.random() * 2 - 1) * (60 + 40 * turn)
                ny = y + (chance.random() * 2 - 1) * (60 + 40 * turn)
                price = board.cost(i, nx, ny, best)
                if price < best:
                    best = price
                    board.xs[i], board.ys[i] = nx, ny
    return {node.slug: (board.xs[i], board.ys[i]) for i, node in enumerate(nodes)}


class _Board:
    """The drawing as flat lists, which plain Python walks fastest."""

    def __init__(
        self,
        nodes: Sequence[Node],
        links: Sequence[Link],
        places: Mapping[str, Point],
        window: tuple[float, float],
    ) -> None:
        index = {node.slug: i for i, node in enumerate(nodes)}
        self.xs = [places[node.slug][0] for node in nodes]
        self.ys = [places[node.slug][1] for node in nodes]
        self.radius = [node.radius for node in nodes]
        self.half = [max(node.radius, node.width / 2) + 5.0 for node in nodes]
        self.below = [node.radius + node.height + 5.0 for node in nodes]
        self.right, self.bottom = window[0] / 2, window[1] / 2
        talk = [0] * len(nodes)
        for link in links:
            talk[index[link.first]] += link.count
            talk[index[link.second]] += link.count
        # Those of whom much is said need much room for their lines.
        self.realm = [
            34.0 + node.radius + 9.0 * sqrt(min(n, 100))
            for node, n in zip(nodes, talk, strict=True)
        ]
        self.wires = [
            (
                index[link.first],
                index[link.second],
                min(_BREADTH, _LANE * (link.count - 1) / 2),
                sqrt(min(link.count, 9)),
            )
            for link in links
        ]
        self.own: list[list[tuple[int, float, float, float, float]]] = [
            [] for _ in nodes
        ]
        for (a, b, breadth, mass), link in zip(self.wires, links, strict=True):
            length = _SHORT + 34.0 * min(link.count - 1, 10)
            length += self.radius[a] + self.radius[b]
            # Where many lines run, shortness hides more.
            weight = 0.02 + 0.02 * min(link.count, 12)
            self.own[a].append((b, length, weight, breadth, mass))
            self.own[b].append((a, length, weight, breadth, mass))
        # What one try costs: all actors and lines, and the same for each own line.
        things = len(nodes) + len(links)
        self.comparisons = max(1, things * 2) + 2 * len(links) / max(1, len(nodes)) * (
            things
        )

    def total(self) -> float:
        """Price the whole drawing."""
        places = zip(self.xs, self.ys, strict=True)
        return sum(self.cost(i, x, y, float("inf")) for i, (x, y) in enumerate(places))

    def pierced(self, i: int) -> bool:
        """Tell whether a foreign line touches this actor."""
        x, y, room = self.xs[i], self.ys[i], self.radius[i] + 3
        for a, b, breadth, _ in self.wires:
            if a != i and b != i:
                ends = self.xs[a], self.ys[a], self.xs[b], self.ys[b]
                if _distance(x, y, *ends, breadth) < room:
                    return True
        return False

    def cost(self, i: int, x: float, y: float, limit: float) -> float:
        """Price the place; stop as soon as it is no better than ``limit``."""
        total = self._crowding(i, x, y)
        if total >= limit:
            return total
        total += self._strangers(i, x, y)
        for wire in self.own[i]:
            if total >= limit:
                return total
            total += self._line(i, x, y, wire)
        return total

    def _crowding(self, i: int, x: float, y: float) -> float:
        xs, ys, half, below = self.xs, self.ys, self.half, self.below
        radius, realm = self.radius, self.realm
        total = 0.0
        wide, deep, own, mine = half[i], below[i], radius[i], realm[i]
        for j in range(len(xs)):
            if j == i:
                continue
            dx, dy = x - xs[j], y - ys[j]
            over_x = wide + half[j] - (dx if dx > 0 else -dx)
            if over_x > 0:
                # The name lies below, so the box reaches further down than up.
                over_y = (
                    deep + radius[j] + 5 + dy if dy < 0 else below[j] + own + 5 - dy
                )
                if over_y > 0:
                    total += 3 + 0.15 * min(over_x, over_y)
            far = dx * dx + dy * dy
            room = mine + realm[j]
            if far < room * room:
                total += (room - sqrt(far)) * 0.025
        out_x = (x if x > 0 else -x) - self.right
        out_y = (y if y > 0 else -y) - self.bottom
        if out_x > 0:
            total += out_x * 0.12
        if out_y > 0:
            total += out_y * 0.12
        return total

    def _strangers(self, i: int, x: float, y: float) -> float:
        """Price the foreign lines that run past this actor."""
        xs, ys = self.xs, self.ys
        clear = _CLEAR + self.radius[i]
        total = 0.0
        for a, b, breadth, _ in self.wires:
            if a == i or b == i:
                continue
            ax, ay, bx, by = xs[a], ys[a], xs[b], ys[b]
            room = clear + breadth
            if (ax < x - room and bx < x - room) or (ax > x + room and bx > x + room):
                continue
            if (ay < y - room and by < y - room) or (ay > y + room and by > y + room):
                continue
            away = _distance(x, y + 4, ax, ay, bx, by, breadth)
            if away < clear:
                total += (clear - away) * 0.14
                if away < self.radius[i] + 3:
                    total += _PIERCED
        return total

    def _line(
        self,
        i: int,
        x: float,
        y: float,
        wire: tuple[int, float, float, float, float],
    ) -> float:
        """Price one own line: its length, whom it touches, what it crosses."""
        xs, ys, radius = self.xs, self.ys, self.radius
        j, length, weight, breadth, mass = wire
        tx, ty = xs[j], ys[j]
        dx, dy = x - tx, y - ty
        drawn = sqrt(dx * dx + dy * dy)
        short = length - drawn
        total = short * weight if short > 0 else short * -0.006
        left, right = (x, tx) if x < tx else (tx, x)
        top, bottom = (y, ty) if y < ty else (ty, y)
        for k in range(len(xs)):
            if k == i or k == j:
                continue
            clear = _CLEAR + radius[k]
            room = clear + breadth
            kx, ky = xs[k], ys[k]
            if kx < left - room or kx > right + room:
                continue
            if ky < top - room or ky > bottom + room:
                continue
            away = _distance(kx, ky + 4, x, y, tx, ty, breadth)
            if away < clear:
                total += (clear - away) * 0.14
                if away < radius[k] + 3:
                    total += _PIERCED
        for a, b, _, other in self.wires:
            if a == i or b == i or a == j or b == j:
                continue
            ax, ay, bx, by = xs[a], ys[a], xs[b], ys[b]
            if (ax < left and bx < left) or (ax > right and bx > right):
                continue
            if (ay < top and by < top) or (ay > bottom and by > bottom):
                continue
            sa = dx * (ay - ty) - dy * (ax - tx)
            sb = dx * (by - ty) - dy * (bx - tx)
            if sa * sb >= 0:
                continue
            ex, ey = bx - ax, by - ay
            si = ex * (y - ay) - ey * (x - ax)
            sj = ex * (ty - ay) - ey * (tx - ax)
            if si * sj < 0:
                total += 0.5 + 0.5 * mass * other
        return total


def _distance(
    x: float, y: float, ax: float, ay: float, bx: float, by: float, breadth: float
) -> float:
    """Measure from a point to a fan of lines, which is broadest in its middle."""
    dx, dy = bx - ax, by - ay
    square = dx * dx + dy * dy
    along = ((x - ax) * dx + (y - ay) * dy) / square if square else 0.0
    along = 0.0 if along < 0 else 1.0 if along > 1 else along
    px, py = x - ax - along * dx, y - ay - along * dy
    away = sqrt(px * px + py * py) - 4 * breadth * along * (1 - along)
    return away if away > 0 else 0.0
