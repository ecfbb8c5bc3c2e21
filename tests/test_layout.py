"""The layout is repeatable, uncluttered and quick."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations
from math import hypot
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays import disputes, project, resources
from whosays.views import layout as module
from whosays.views import refinement
from whosays.views.arrangement import BUDGET, place, radius
from whosays.views.layout import Link, Node, Positions, arrange, surround
from whosays.views.selection import select

PACKAGE = Path(module.__file__).parent


def network(count: int, radius: float = 14.0) -> tuple[list[Node], list[Link]]:
    nodes = [
        Node(slug=f"n{number:03}", radius=radius, width=40 + 11 * (number % 9))
        for number in range(count)
    ]
    pairs = {
        (min(a, b), max(a, b))
        for a in range(count)
        for b in ((a * 7 + 3) % count, (a * a + 1) % count)
        if a != b
    }
    links = [
        Link(first=f"n{a:03}", second=f"n{b:03}", count=1 + (a + b) % 3)
        for a, b in sorted(pairs)
    ]
    return nodes, links


def overlapping(nodes: list[Node], places: Positions) -> int:
    boxes = []
    for node in nodes:
        x, y = places[node.slug]
        half = max(node.radius, node.width / 2)
        boxes.append(
            (x - half, y - node.radius, x + half, y + node.radius + node.height)
        )
    return sum(
        a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        for position, a in enumerate(boxes)
        for b in boxes[:position]
    )


def test_no_shape_or_name_lies_over_another() -> None:
    nodes, links = network(42)

    places = arrange(nodes, links)

    assert overlapping(nodes, places) == 0


def test_refinement_lowers_crossings(monkeypatch: pytest.MonkeyPatch) -> None:
    nodes, links = network(40)
    refined = crossings(links, arrange(nodes, links))
    monkeypatch.setattr(module, "refine", unrefined)

    plain = crossings(links, arrange(nodes, links))

    assert refined < plain


def unrefined(
    _nodes: object, _links: object, places: Positions, *_rest: object
) -> tuple[Positions, float]:
    return places, 0.0


def crossings(links: list[Link], places: Positions) -> int:
    def side(a: tuple[float, ...], b: tuple[float, ...], c: tuple[float, ...]) -> bool:
        return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])

    found = 0
    for position, one in enumerate(links):
        for other in links[:position]:
            ends = {one.first, one.second, other.first, other.second}
            if len(ends) < 4:
                continue
            a, b = places[one.first], places[one.second]
            c, d = places[other.first], places[other.second]
            found += side(a, c, d) != side(b, c, d) and side(a, b, c) != side(a, b, d)
    return found


def test_order_of_the_input_does_not_matter() -> None:
    nodes, links = network(20)

    turned = arrange(nodes[::-1], links[::-1])

    assert turned == arrange(nodes, links)


def test_every_process_gets_the_same_numbers() -> None:
    code = (
        "from whosays.views.layout import Link, Node, arrange;"
        "nodes = [Node(slug=f'n{i}', radius=12, width=60) for i in range(12)];"
        "links = [Link(first=f'n{i}', second=f'n{i * 5 % 12}') for i in range(12)];"
        "print(arrange(nodes, links))"
    )

    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(PACKAGE.parents[1])},
            capture_output=True,
            text=True,
            check=True,
            timeout=250,
        ).stdout
        for seed in ("0", "1")
    }

    assert len(outputs) == 1


def test_coordinates_have_one_decimal() -> None:
    nodes, links = network(15)

    places = arrange(nodes, links)

    assert all(value == round(value, 1) for point in places.values() for value in point)


def test_a_large_network_is_placed() -> None:
    nodes, links = network(80)

    places = arrange(nodes, links)

    assert len(places) == 80


def test_where_all_are_linked_with_all_the_work_is_bounded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nodes = [Node(slug=f"n{number:03}", radius=14, width=60) for number in range(24)]
    links = [Link(first=a.slug, second=b.slug) for a, b in combinations(nodes, 2)]
    compared = 0
    cost = refinement._Board.cost

    def counted(board: refinement._Board, *words: Any) -> float:
        nonlocal compared
        compared += len(board.own[words[0]]) * len(links)
        return cost(board, *words)

    monkeypatch.setattr(refinement._Board, "cost", counted)

    arrange(nodes, links)

    assert 0 < compared < 20_000_000


def test_an_added_actor_moves_the_others_little() -> None:
    nodes, links = network(30)
    before = arrange(nodes, links)
    fresh = Node(slug="zz", radius=12, width=60)

    after = arrange(
        [*nodes, fresh], [*links, Link(first="n003", second="zz")], start=before
    )

    moved = [
        abs(after[s][0] - x) + abs(after[s][1] - y) for s, (x, y) in before.items()
    ]
    assert sum(moved) / len(moved) < 5
    assert overlapping([*nodes, fresh], after) == 0


def test_the_rest_is_placed_around_the_backbone_where_there_is_room() -> None:
    nodes, links = network(60)
    core = arrange(nodes[:20], links)

    places = surround(core, nodes, links)

    assert set(places) == {node.slug for node in nodes}
    assert {slug: places[slug] for slug in core} == core
    assert overlapping(nodes, places) == 0


def test_only_arithmetic_and_roots_are_used() -> None:
    forbidden = ("atan", "cos(", "sin(", "hypot", "exp(", "log(", "import numpy", "** ")

    used = {
        (name, word)
        for name in ("layout.py", "refinement.py", "occupied.py")
        for word in forbidden
        if word in (PACKAGE / name).read_text("utf-8")
    }

    assert used == set()


@given(
    count=st.integers(0, 9),
    pairs=st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=14),
)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_any_small_network_is_placed(count: int, pairs: list[tuple[int, int]]) -> None:
    nodes = [Node(slug=f"n{number}", radius=10, width=30) for number in range(count)]
    links = [Link(first=f"n{a}", second=f"n{b}") for a, b in pairs]

    places = arrange(nodes, links)

    assert len(places) == count
    assert overlapping(nodes, places) == 0


def test_few_lines_of_the_bundled_project_run_through_a_foreign_actor() -> None:
    collection = project.read(resources.bundled_project()).collection
    scene = select(collection, disputes.find(collection))
    sizes = {slug: radius(scene.weights[slug]) for slug in scene.actors[:BUDGET]}
    pairs = {
        tuple(sorted((claim.subject, claim.object)))
        for claim in scene.claims
        if {claim.subject, claim.object} <= set(sizes)
    }

    places = place(scene)

    touched = [
        (slug, first, second)
        for first, second in sorted(pairs)
        for slug, size in sizes.items()
        if slug not in {first, second}
        and distance(places[slug], places[first], places[second]) < size
    ]
    assert len(touched) <= 2, touched


def distance(
    point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]
) -> float:
    x, y = point[0] - start[0], point[1] - start[1]
    dx, dy = end[0] - start[0], end[1] - start[1]
    part = min(1.0, max(0.0, (x * dx + y * dy) / (dx * dx + dy * dy or 1.0)))
    return hypot(x - part * dx, y - part * dy)
