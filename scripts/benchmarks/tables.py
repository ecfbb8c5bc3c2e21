"""Write figures of use as Markdown: CPU seconds, ratios, memory, disk, growth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf, log

from scripts.benchmarks import report

START = "<!-- use -->\n"
END = "<!-- end of use -->\n"

Figures = dict[str, dict[str, float]]
"""Per step its facts: ``seconds`` of CPU, ``memory`` and ``disk`` in MB, and others."""

_BUILT = {
    "bulk_disk": "pyoxigraph alone: `bulk_load` of ready quads to disk",
    "bulk_memory": "the same, to memory",
    "rdflib_rows": "rdflib, five triples a row, nothing checked",
    "rdflib_quads": "rdflib, the same quads",
}
_VERBS = {
    "that": "",
    "about": "about",
    "by": "",
    "in": "",
    "disputes": "disputes",
    "disputes of an actor": "",
}
_FEW = 2
LIMIT = 10
"""CPU seconds after which a slow engine is not waited for."""


def markdown(figures: Sequence[Figures]) -> str:
    """Write all tables."""
    parts = [
        _building(figures),
        _reading(figures),
        _starting(figures),
        _asking(figures),
        _writing(figures),
    ]
    return "\n".join(parts)


def short(figures: Sequence[Figures]) -> str:
    """Write the few figures that a README shows: the largest size, beside others."""
    one = figures[-1]
    ours, rows = one["verbs"], one["rdflib_rows"]
    limit = one["bulk_disk"]["seconds"]
    lines = [
        (
            "check, find disputes, build",
            seconds(one["build"]["seconds"]),
            seconds(rows["seconds"]),
            "rdflib reads five columns, unchecked",
        ),
        ("", "", seconds(limit), "pyoxigraph loads the same quads, the limit"),
        *(
            (what, seconds(ours[name]), seconds(rows[name]), "SPARQL in rdflib")
            for what, name in (("all of an actor", "about"), ("disputes", "disputes"))
        ),
        (
            "a page with the network",
            seconds(ours["view"]),
            seconds(one["pyvis"]["seconds"]),
            "pyvis",
        ),
    ]
    count = f"{one['statements']['count']:,.0f} statements"
    head = (f"{count}, CPU seconds", "whosays", "others", "what the others do")
    return report.table(head, lines)


def replaced(page: str, text: str) -> str:
    """Put tables between the marks of a page."""
    return report.replaced(page, text, START, END)


def seconds(value: float) -> str:
    """Write CPU seconds with three digits.

    >>> seconds(0.01234), seconds(12.34), seconds(float("inf"))
    ('0.0123', '12.3', '> 10')
    """
    if value == inf:
        return f"> {LIMIT}"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def growth(figures: Sequence[Figures], step: str, fact: str = "seconds") -> str:
    """Tell how cost grows between the two largest sizes: 1 is linear."""
    known = [one for one in figures if one.get(step, {}).get(fact, inf) < inf]
    if len(known) < _FEW:
        return ""
    before, after = known[-2:]
    cost = after[step][fact] / before[step][fact]
    return f"{log(cost) / log(_count(after) / _count(before)):.2f}"


def _count(one: Figures) -> float:
    return one["statements"]["count"]


def _cell(one: Figures, step: str, base: str = "") -> str:
    if step not in one:
        return ""
    value = one[step]["seconds"]
    if not base:
        return seconds(value)
    return f"{seconds(value)} ({value / one[base]['seconds']:.2g})"


def _header(figures: Iterable[Figures], first: str) -> list[str]:
    return [first, *(f"{_count(one):,.0f}" for one in figures), "growth"]


def _building(figures: Sequence[Figures]) -> str:
    rows = [["quads", *(f"{one['quads']['quads']:,.0f}" for one in figures), ""]]
    rows.append(
        [
            "`whosays build`: check, disputes, both caches",
            *(_cell(one, "build", "bulk_disk") for one in figures),
            growth(figures, "build"),
        ]
    )
    for step, name in _BUILT.items():
        cells = [_cell(one, step, "bulk_disk") for one in figures]
        rows.append([name, *cells, growth(figures, step)])
    for fact, unit in (("memory", "memory, MB"), ("disk", "disk, MB")):
        for step, who in (
            ("build", "our build"),
            ("bulk_disk", "pyoxigraph alone"),
            ("rdflib_rows", "rdflib, five triples a row"),
        ):
            if fact not in figures[0][step]:
                continue
            cells = [f"{one[step][fact]:,.0f}" for one in figures]
            rows.append([f"{unit}: {who}", *cells, growth(figures, step, fact)])
    head = _header(figures, "CPU seconds (ratio to `bulk_load` to disk)")
    return f"### Building\n\n{report.table(head, rows)}"


def _reading(figures: Sequence[Figures]) -> str:
    rows = []
    for name, beside in _VERBS.items():
        cells = [seconds(one["verbs"][name]) for one in figures]
        rows.append([f"`{name}`", *cells, growth(figures, "verbs", name)])
        if beside:
            cells = [seconds(one["rdflib_rows"][beside]) for one in figures]
            grown = growth(figures, "rdflib_rows", beside)
            rows.append([f"{name}: SPARQL in rdflib", *cells, grown])
    head = _header(figures, "CPU seconds, the busiest actor or source")
    return f"### Reading\n\n{report.table(head, rows)}"


def _starting(figures: Sequence[Figures]) -> str:
    names = list(figures[0]["cold"])
    rows = [
        [
            "bare Python" if name == "bare" else f"`whosays {name}`",
            *(
                f"{seconds(one['cold'][name])} "
                f"({one['cold'][name] / one['cold']['bare']:.1f})"
                for one in figures
            ),
            growth(figures, "cold", name),
        ]
        for name in names
    ]
    head = _header(figures, "CPU seconds of a whole process (ratio to bare Python)")
    return f"### From nothing to the answer\n\n{report.table(head, rows)}"


def _asking(figures: Sequence[Figures]) -> str:
    rows = []
    for name in figures[0]["queries"]:
        cells = [seconds(one["queries"][name]) for one in figures]
        slow = [
            seconds(one["rdflib_queries"][name])
            for one in figures
            if "rdflib_queries" in one
        ]
        rows.append([f"`{name}`", *cells, growth(figures, "queries", name), *slow[:1]])
    head = _header(figures, "CPU seconds of the engine, bound to the busiest")
    asked = [one for one in figures if "rdflib_queries" in one]
    head += [f"rdflib at {_count(one):,.0f}" for one in asked[:1]]
    return f"### Named queries\n\n{report.table(head, rows)}"


def _writing(figures: Sequence[Figures]) -> str:
    rows = [
        [
            "the engine's own dump of all quads",
            *(_cell(one, "dump") for one in figures),
            growth(figures, "dump"),
        ]
    ]
    for suffix in ("nq", "trig", "ttl", "csv", "graphml"):
        cells = [_cell(one, suffix, "dump") for one in figures]
        rows.append([f"export `.{suffix}`", *cells, growth(figures, suffix)])
    views = [seconds(one["verbs"]["view"]) for one in figures]
    rows.append(["view", *views, growth(figures, "verbs", "view")])
    rows.append(
        ["pyvis", *(_cell(one, "pyvis") for one in figures), growth(figures, "pyvis")]
    )
    head = _header(figures, "CPU seconds (ratio to the dump)")
    return f"### Exports and pages\n\n{report.table(head, rows)}"
