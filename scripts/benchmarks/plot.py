"""Draw cost against size, both logarithmic, as one SVG without scripts or fonts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor, log10
from xml.etree import ElementTree

from scripts.benchmarks.tables import Figures

WIDTH, HEIGHT = 760, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 250, 24, 44
_LINES = (
    ("build", "seconds", "whosays: check and build", "#0b6e4f", ""),
    ("bulk_disk", "seconds", "pyoxigraph: bulk load alone", "#555555", "4 3"),
    ("rdflib_rows", "seconds", "rdflib: read the rows", "#b3541e", ""),
    ("rdflib_quads", "seconds", "rdflib: read the same quads", "#b3541e", "4 3"),
    ("verbs", "about", "whosays: about an actor", "#22577a", ""),
    ("rdflib_rows", "about", "rdflib: about an actor", "#8a5a83", ""),
    ("verbs", "disputes", "whosays: disputes", "#22577a", "4 3"),
    ("rdflib_rows", "disputes", "rdflib: disputes", "#8a5a83", "4 3"),
)


def svg(figures: Sequence[Figures]) -> str:
    """Draw the lines of all steps that were measured at two sizes or more."""
    points = {
        line: [
            (one["statements"]["count"], one[line[0]][line[1]])
            for one in figures
            if one.get(line[0], {}).get(line[1], -1.0) > 0
        ]
        for line in _LINES
    }
    drawn = {line: found for line, found in points.items() if len(found) > 1}
    every = [point for found in drawn.values() for point in found]
    low, high = _decades(y for _, y in every)
    left, right = _decades(x for x, _ in every)

    def across(x: float) -> float:
        part = (log10(x) - left) / (right - left)
        return _LEFT + part * (WIDTH - _LEFT - _RIGHT)

    def up(y: float) -> float:
        part = (log10(y) - low) / (high - low)
        return HEIGHT - _BOTTOM - part * (HEIGHT - _TOP - _BOTTOM)

    root = ElementTree.Element(
        "svg",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
    )
    root.attrib |= {"font-family": "sans-serif", "font-size": "12"}
    ElementTree.SubElement(root, "title").text = "CPU seconds by number of statements"
    _add(root, "rect", width=WIDTH, height=HEIGHT, fill="#ffffff")
    for power in range(low, high + 1):
        y = up(10**power)
        _add(root, "line", x1=_LEFT, x2=WIDTH - _RIGHT, y1=y, y2=y, stroke="#dddddd")
        _text(root, _LEFT - 8, y + 4, f"{10.0**power:g}", "end")
    for power in range(left, right + 1):
        x = across(10**power)
        _add(root, "line", x1=x, x2=x, y1=_TOP, y2=HEIGHT - _BOTTOM, stroke="#dddddd")
        _text(root, x, HEIGHT - _BOTTOM + 18, f"{10**power:,}", "middle")
    _text(root, _LEFT, 14, "CPU seconds", "start")
    _text(root, WIDTH - _RIGHT, HEIGHT - 6, "statements", "end")
    labels = _apart(sorted((up(found[-1][1]), line) for line, found in drawn.items()))
    for at, line in labels:
        _, _, name, colour, dash = line
        path = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in drawn[line])
        stroke: dict[str, float | str] = {"stroke": colour, "stroke-width": 2}
        if dash:
            stroke["stroke-dasharray"] = dash
        _add(root, "polyline", points=path, fill="none", **stroke)
        for x, y in drawn[line]:
            _add(root, "circle", cx=across(x), cy=up(y), r=2.5, fill=colour)
        _text(root, WIDTH - _RIGHT + 14, at + 4, name, "start", colour)
    ElementTree.indent(root)
    return f"{ElementTree.tostring(root, encoding='unicode')}\n"


def _decades(values: Iterator[float]) -> tuple[int, int]:
    """Powers of ten around values, at least one apart."""
    logs = [log10(value) for value in values]
    low, high = floor(min(logs)), ceil(max(logs))
    return low, max(high, low + 1)


def _apart(
    places: list[tuple[float, tuple[str, str, str, str, str]]],
) -> Iterator[tuple[float, tuple[str, str, str, str, str]]]:
    """Move labels down until none covers another."""
    least = 0.0
    for at, line in places:
        at = max(at, least)
        yield at, line
        least = at + 15


def _add(root: ElementTree.Element, tag: str, **more: float | str) -> None:
    values = {
        name: f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value
        for name, value in more.items()
    }
    ElementTree.SubElement(root, tag, {n: str(v) for n, v in values.items()})


def _text(
    root: ElementTree.Element,
    x: float,
    y: float,
    words: str,
    anchor: str,
    fill: str = "#222222",
) -> None:
    made = ElementTree.SubElement(
        root, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "fill": fill}
    )
    made.set("text-anchor", anchor)
    made.text = words
