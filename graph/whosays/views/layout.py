"""Where the actors lie: repeatable to the last digit, without numpy.

Four steps: a force-directed start, a turn that lays the long axis level, pushing
boxes of shape and name apart, and a bounded refinement that moves one actor at a
time. Only ``+ - * /`` and ``sqrt`` are used, since other functions may differ in the
last bit between systems; the refinement is bounded by a number of moves, never by
the clock. Lengths are pixels at zoom 1, y grows downwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random

from whosays.views.occupied import Occupied
from whosays.views.refinement import mend, refine

Point = tuple[float, float]
Positions = dict[str, Point]

VERSION = 5  # raise it whenever the same input gives another picture
_AREA = 20_000.0  # square pixels for one actor
_HEEDED = 5  # links per actor that a place is chosen by
_STARTS = 3  # beginnings that are tried; the one that costs least goes on
_ASPECT = 1.25  # width to height of the part of a window that draws
_GAP = 6.0
_UNEQUAL = 2.4  # names lie level, so width is what a picture needs most


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An actor as the layout sees it: a shape of ``radius`` with its name below."""

    slug: str
    radius: float
    width: float
    height: float = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two actors with ``count`` claims between them."""

    first: str
    second: str
    count: int = 1


def arrange(
    nodes: Sequence[Node],
    links: Sequence[Link],
    *,
    start: Mapping[str, Point] | None = None,
    seed: int = 18,
) -> Positions:
    """Place all nodes; earlier positions, if given, are changed as little as needed.

    >>> arrange([Node(slug="aldoria", radius=12, width=60)], [])
    {'aldoria': (0.0, 0.0)}
    """
    ordered = sorted(nodes, key=lambda node: node.slug)
    known = {node.slug for node in ordered}
    wires = sorted(
        (
            link
            for link in links
            if link.first != link.second and {link.first, link.second} <= known
        ),
        key=lambda link: (link.first, link.second),
    )
    wires = _telling(wires, len(ordered))
    if len(ordered) < 2:
        return {node.slug: (0.0, 0.0) for node in ordered}
    width, height = window(len(ordered))
    if start and any(slug in start for slug in known):
        known_places = {n.slug: start[n.slug] for n in ordered if n.slug in start}
        places = surround(known_places, ordered, wires)
    else:
        places = _best_start(ordered, wires, (width, height), seed)
        places, _ = refine(ordered, wires, places, (width, height), seed, 0.6)
        places = _declutter(ordered, _stretch(places, width, height))
        places = mend(ordered, wires, places, (width, height), seed)
    places = _declutter(ordered, places)
    return {slug: (round(x, 1), round(y, 1)) for slug, (x, y) in places.items()}


def _telling(links: list[Link], actors: int) -> list[Link]:
    """Leave the links with most claims where there are far more than a place can heed.

    Where nearly everybody is linked with everybody no place is better than another by
    all of them; each actor keeps its strongest link.
    """
    most = _HEEDED * actors
    if len(links) <= most:
        return links
    ranked = sorted(links, key=lambda link: (-link.count, link.first, link.second))
    kept = ranked[:most]
    reached = {end for link in kept for end in (link.first, link.second)}
    for link in ranked[most:]:
        if not {link.first, link.second} <= reached:
            kept.append(link)
            reached.update((link.first, link.second))
    return sorted(kept, key=lambda link: (link.first, link.second))


def _best_start(
    nodes: Sequence[Node],
    links: Sequence[Link],
    window: tuple[float, float],
    seed: int,
) -> Positions:
    """Try several beginnings for a while, since none is good for every network."""
    starts = _STARTS if len(nodes) <= 45 else 2 if len(nodes) <= 60 else 1
    tried: list[tuple[float, int, Positions]] = []
    for number in range(starts):
        places = _fit(_forces(nodes, links, seed + number), *window)
        places = _declutter(nodes, places)
        share = 0.4 / starts
        places, cost = refine(nodes, links, places, window, seed + number, share)
        tried.append((cost, number, places))
    return min(tried, key=lambda one: one[:2])[2]


def window(count: int) -> tuple[float, float]:
    """Give the width and height that so many actors need."""
    height = sqrt(max(count, 4) * _AREA / _ASPECT)
    return height * _ASPECT, height


def surround(
    placed: Mapping[str, Point], nodes: Sequence[Node], links: Sequence[Link]
) -> Positions:
    """Put further nodes beside their placed neighbours, where there is room.

    The best connected come first; each looks for a free place on widening rings
    around the mean of its neighbours, starting on the side away from the middle.
    """
    result = dict(placed)
    near: dict[str, list[str]] = {}
    for link in links:
        near.setdefault(link.first, []).append(link.second)
        near.setdefault(link.second, []).append(link.first)
    sizes = {node.slug: node for node in nodes}
    taken = Occupied()
    for slug in sorted(result):
        if slug in sizes:
            taken.add(sizes[slug], result[slug])
    waiting = sorted(
        (slug for slug in sizes if slug not in placed),
        key=lambda slug: (-len(near.get(slug, ())), slug),
    )
    while waiting:
        ready = [s for s in waiting if any(n in result for n in near.get(s, ()))]
        for slug in ready or waiting:
            found = [result[n] for n in near.get(slug, ()) if n in result]
            x = sum(p[0] for p in found) / len(found) if found else 0.0
            y = sum(p[1] for p in found) / len(found) if found else 0.0
            point = taken.free(sizes[slug], (x, y))
            result[slug] = (round(point[0], 1), round(point[1], 1))
            taken.add(sizes[slug], result[slug])
        left = set(ready)
        waiting = [slug for slug in waiting if slug not in left] if ready else []
    return result


def _forces(nodes: Sequence[Node], links: Sequence[Link], seed: int) -> Positions:
    """Let all nodes repel and linked ones attract each other, cooling slowly."""
    count = len(nodes)
    index = {node.slug: i for i, node in enumerate(nodes)}
    chance = Random(seed)
    xs = [chance.random() - 0.5 for _ in nodes]
    ys = [chance.random() - 0.5 for _ in nodes]
    ideal = 0.9 / sqrt(count)
    square = ideal * ideal
    # Pairs with many claims need room for them, so they attract each other less.
    wires = [
        (index[link.first], index[link.second], ideal * sqrt(link.count))
        for link in links
    ]
    # Who is linked with many pushes hard, so that hubs stand apart.
    ties = [0] * count
    for i, j, _ in wires:
        ties[i] += 1
        ties[j] += 1
    masses = [0.7 + 0.3 * sqrt(one) for one in ties]
    rounds = 260 if count <= 45 else 180 if count <= 60 else 90
    heat = 0.12
    cooling = heat / (rounds + 1)
    for _ in range(rounds):
        # A pull to the middle keeps separate parts of a network in one picture.
        dxs = [-0.6 * x * ideal for x in xs]
        dys = [-0.6 * y * ideal for y in ys]
        for i in range(count):
            xi, yi, strength = xs[i], ys[i], square * masses[i]
            pushx = pushy = 0.0
            for j in range(i):
                dx, dy = xi - xs[j], yi - ys[j]
                push = strength * masses[j] / (dx * dx + dy * dy + 1e-9)
                fx, fy = dx * push, dy * push
                pushx += fx
                pushy += fy
                dxs[j] -= fx
                dys[j] -= fy
            dxs[i] += pushx
            dys[i] += pushy
        for i, j, length in wires:
            dx, dy = xs[i] - xs[j], ys[i] - ys[j]
            pull = sqrt(dx * dx + dy * dy) / length
            dxs[i] -= dx * pull
            dys[i] -= dy * pull
            dxs[j] += dx * pull
            dys[j] += dy * pull
        for i in range(count):
            length = sqrt(dxs[i] * dxs[i] + dys[i] * dys[i])
            if length > 0.0:
                step = min(length, heat) / length
                xs[i] += dxs[i] * step
                ys[i] += dys[i] * step
        heat -= cooling
    return {node.slug: (xs[i], ys[i]) for i, node in enumerate(nodes)}


def _fit(places: Positions, width: float, height: float) -> Positions:
    """Turn the longest axis level and stretch the picture over the window."""
    count = len(places)
    mx = sum(x for x, _ in places.values()) / count
    my = sum(y for _, y in places.values()) / count
    sxx = sum((x - mx) * (x - mx) for x, _ in places.values())
    syy = sum((y - my) * (y - my) for _, y in places.values())
    sxy = sum((x - mx) * (y - my) for x, y in places.values())
    half = (sxx - syy) / 2
    largest = (sxx + syy) / 2 + sqrt(half * half + sxy * sxy)
    ax, ay = sxy, largest - sxx
    if ax * ax + ay * ay < 1e-12:
        ax, ay = (1.0, 0.0) if sxx >= syy else (0.0, 1.0)
    norm = sqrt(ax * ax + ay * ay)
    cos, sin = ax / norm, ay / norm
    turned = {
        slug: ((x - mx) * cos + (y - my) * sin, (y - my) * cos - (x - mx) * sin)
        for slug, (x, y) in places.items()
    }
    left = min(x for x, _ in turned.values())
    right = max(x for x, _ in turned.values())
    top = min(y for _, y in turned.values())
    bottom = max(y for _, y in turned.values())
    return _spread(turned, (left, top, right, bottom), width, height)


def _stretch(places: Positions, width: float, height: float) -> Positions:
    """Fill the window again after refinement has drawn the picture together."""
    xs = [x for x, _ in places.values()]
    ys = [y for _, y in places.values()]
    box = (min(xs), min(ys), max(xs), max(ys))
    return _spread(places, box, width, height)


def _spread(
    places: Positions,
    box: tuple[float, float, float, float],
    width: float,
    height: float,
) -> Positions:
    """Scale both axes to the window; unequal scaling spoils clusters, so bound it."""
    left, top, right, bottom = box
    scale_x = width / (right - left) if right > left else 1.0
    scale_y = height / (bottom - top) if bottom > top else 1.0
    scale_x = min(scale_x, scale_y * _UNEQUAL)
    scale_y = min(scale_y, scale_x * _UNEQUAL)
    midx, midy = (left + right) / 2, (top + bottom) / 2
    return {
        slug: ((x - midx) * scale_x, (y - midy) * scale_y)
        for slug, (x, y) in places.items()
    }


def _declutter(nodes: Sequence[Node], places: Positions) -> Positions:
    """Push overlapping boxes apart along the cheaper axis."""
    xs = [places[node.slug][0] for node in nodes]
    ys = [places[node.slug][1] for node in nodes]
    halves = [max(node.radius, node.width / 2) + _GAP for node in nodes]
    tops = [node.radius + _GAP for node in nodes]
    bottoms = [node.radius + node.height + _GAP for node in nodes]
    for _ in range(300):
        moved = False
        order = sorted(range(len(nodes)), key=lambda i: (xs[i] - halves[i], i))
        for position, i in enumerate(order):
            for j in order[position + 1 :]:
                over_x = xs[i] + halves[i] - (xs[j] - halves[j])
                if over_x <= 0:
                    break
                low = min(ys[i] + bottoms[i], ys[j] + bottoms[j])
                over_y = low - max(ys[i] - tops[i], ys[j] - tops[j])
                if over_y <= 0:
                    continue
                moved = True
                if over_x < over_y * 1.6:
                    step = over_x * 0.3 + 0.3
                    sign = 1.0 if xs[i] <= xs[j] else -1.0
                    xs[i] -= step * sign
                    xs[j] += step * sign
                else:
                    step = over_y * 0.3 + 0.3
                    sign = 1.0 if ys[i] <= ys[j] else -1.0
                    ys[i] -= step * sign
                    ys[j] += step * sign
        if not moved:
            break
    return {node.slug: (xs[i], ys[i]) for i, node in enumerate(nodes)}
