"""From a scene to positions: sizes, the backbone of a large network, the cache.

Only who is drawn, who is linked and how the actors are called enters the layout, so
that correcting a gist or a date moves nothing.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from math import sqrt
from pathlib import Path

from whosays import files
from whosays.views.layout import (
    VERSION,
    Link,
    Node,
    Point,
    Positions,
    arrange,
    surround,
)
from whosays.views.selection import Scene

# People lose the thread long before a drawing fails: beyond so many actors only the
# most prominent are shown at first, and the others are placed around them.
CROWD = 60
BUDGET = 36
WIDER = (60, 90, 150)  # where the most discussed are hardly linked with each other
_KNOWN = 0.8  # of the actors, from where an earlier picture is worth holding on to
_LETTER = 7.4  # mean width of a letter at 13 px


def radius(weight: int) -> float:
    """Give the size of an actor from its accepted statements, in pixels."""
    return round(10 + 2.6 * sqrt(min(weight, 110)), 1)


def budget(scene: Scene) -> int:
    """Choose how many actors the first picture shows."""
    if len(scene.actors) <= CROWD:
        return len(scene.actors)
    rank = {slug: number for number, slug in enumerate(scene.actors)}
    # The smallest budget with which each actor is linked to another one.
    needed: dict[str, int] = {}
    for claim in scene.claims:
        if claim.subject != claim.object and claim.count:
            last = 1 + max(rank[claim.subject], rank[claim.object])
            for slug in (claim.subject, claim.object):
                needed[slug] = min(last, needed.get(slug, last))
    sizes = sorted(needed.values())
    enough = BUDGET // 2
    for most in (BUDGET, *WIDER):
        if sum(size <= most for size in sizes) >= enough:
            return most
    # Nobody much discussed speaks of another one: show at least a few lines.
    few = sizes[min(enough, len(sizes)) - 1] if sizes else WIDER[0]
    return min(few, len(scene.actors))


def place(scene: Scene, cache: Path | None = None) -> Positions:
    """Place all actors of a scene, reading and writing the cache if one is named."""
    nodes = [
        Node(
            slug=slug,
            radius=radius(scene.weights.get(slug, 0)),
            width=_width(scene.collection.label(slug)),
        )
        for slug in scene.actors
    ]
    links = _links(scene)
    key = _key(nodes, links)
    earlier = _read(cache)
    if earlier.get("key") == key:
        return _points(earlier)
    core = _backbone(nodes[: budget(scene)], links) if len(nodes) > CROWD else nodes
    before = _points(earlier)
    if sum(node.slug in before for node in core) < _KNOWN * len(core):
        before = {}  # of another picture: a good start for this one only by chance
    positions = arrange(core, links, start=before)
    if len(core) < len(nodes):
        known = {node.slug: before[node.slug] for node in nodes if node.slug in before}
        positions = surround({**known, **positions}, nodes, links)
    if cache is not None:
        _write(cache, key, positions)
    return positions


def _backbone(nodes: list[Node], links: list[Link]) -> list[Node]:
    """Take the most prominent actors, without those linked to none of them.

    Never more than one picture can arrange well; the others find a place around them.
    """
    most = {node.slug for node in nodes}
    inner = [link for link in links if {link.first, link.second} <= most]
    linked = {slug for link in inner for slug in (link.first, link.second)}
    return [node for node in nodes if node.slug in linked][:CROWD] or nodes[:CROWD]


def _width(label: str) -> float:
    """Estimate the width of a name; marks take no room, wide letters take two."""
    units = 0.0
    for letter in label[:60]:
        if unicodedata.combining(letter):
            continue
        wide = unicodedata.east_asian_width(letter) in "WF"
        units += 1.8 if wide else 1.0
    return round(units * _LETTER + 8, 1)


def _links(scene: Scene) -> list[Link]:
    counts: dict[tuple[str, str], int] = {}
    for claim in scene.claims:
        if claim.subject != claim.object:
            pair = (
                min(claim.subject, claim.object),
                max(claim.subject, claim.object),
            )
            counts[pair] = counts.get(pair, 0) + 1
    return [Link(first=a, second=b, count=n) for (a, b), n in sorted(counts.items())]


def _key(nodes: Iterable[Node], links: Iterable[Link]) -> str:
    # A new statement on a known claim widens a line but must not move an actor, so
    # sizes stay out of the key.
    facts = [
        VERSION,
        sorted((node.slug, node.width) for node in nodes),
        [(link.first, link.second, link.count) for link in links],
    ]
    text = json.dumps(facts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _read(cache: Path | None) -> dict[str, object]:
    """Read the cache; whatever is wrong with it, the layout is simply made anew."""
    if cache is None:
        return {}
    try:
        found = json.loads(cache.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict) or found.get("version") != VERSION:
        return {}
    return found


def _points(cached: dict[str, object]) -> Positions:
    positions: dict[str, Point] = {}
    stored = cached.get("positions")
    if not isinstance(stored, dict):
        return positions
    for slug, point in stored.items():
        match point:
            case [int() | float() as x, int() | float() as y] if (
                abs(x) < 1e6 and abs(y) < 1e6
            ):
                positions[slug] = (float(x), float(y))
            case _:
                return {}
    return positions


def _write(cache: Path, key: str, positions: Positions) -> None:
    content = {"version": VERSION, "key": key, "positions": dict(positions)}
    cache.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    files.write_atomic(cache, text + "\n")
