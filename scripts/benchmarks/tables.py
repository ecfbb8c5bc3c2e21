"""Write figures of use as Markdown: CPU seconds, ratios, memory, disk, growth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isnan, log, nan

from scripts.benchmarks import report, wording
from scripts.benchmarks.bounds import NOTHING, words

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
    "compare": "",
}
_TWINS = {
    "about": "about",
    "by": "by-voice",
    "in": "in-source",
    "disputes of an actor": "disputes",
    "compare": "between-sources",
}
"""Reading verbs, each with the named query that asks the graph the same."""
_FEW = 2
_NOTE = """\
A step was ended where “>” stands, after so many CPU seconds, and left out where a dash stands.
Medians are given; a step is repeated until its runs come to ten CPU seconds.
"""


def markdown(figures: Sequence[Figures]) -> str:
    """Write all tables."""
    parts = [
        _building(figures),
        _reading(figures),
        _starting(figures),
        _asking(figures),
        _wording(figures),
        _twins(figures),
        _writing(figures),
        _all(figures[-1]),
        _NOTE,
    ]
    return "\n".join(parts)


def short(figures: Sequence[Figures]) -> str:
    """Write the few figures that a README shows: the largest size, beside others."""
    one = next(one for one in reversed(figures) if "verbs" in one)
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
    """Write CPU seconds; nothing was measured where there is no number."""
    return NOTHING if isnan(value) else words(value)


def growth(figures: Sequence[Figures], step: str, fact: str = "seconds") -> str:
    """Tell how cost grows between the two largest sizes: 1 is linear."""
    known = [one for one in figures if one.get(step, {}).get(fact, -1.0) > 0]
    if len(known) < _FEW:
        return ""
    before, after = known[-2:]
    cost = after[step][fact] / before[step][fact]
    return f"{log(cost) / log(_count(after) / _count(before)):.2f}"


def _fact(one: Figures, step: str, fact: str = "seconds") -> float:
    return one.get(step, {}).get(fact, nan)


def _count(one: Figures) -> float:
    return one["statements"]["count"]


def _cell(one: Figures, step: str, base: str = "", fact: str = "seconds") -> str:
    value, beside = _fact(one, step, fact), _fact(one, base)
    if not (value > 0 and beside > 0):
        return seconds(value)
    return f"{seconds(value)} ({value / beside:.2g})"


def _all(one: Figures) -> str:
    """Write what else is known of each step at the largest size."""
    rows = [
        [
            f"`{step}`",
            seconds(facts["seconds"]),
            seconds(_fact(one, step, "wall")),
            _amount(one, step, "memory"),
        ]
        for step, facts in one.items()
        if "seconds" in facts
    ]
    count = f"{_count(one):,.0f} statements"
    head = (count, "CPU, s", "wall, s", "peak memory of the process, MB")
    return f"### Each step by both clocks\n\n{report.table(head, rows)}"


def _amount(one: Figures, step: str, fact: str) -> str:
    value = _fact(one, step, fact)
    return NOTHING if isnan(value) else f"{value:,.0f}"


def _header(figures: Iterable[Figures], first: str) -> list[str]:
    return [first, *(f"{_count(one):,.0f}" for one in figures), "growth"]


def _building(figures: Sequence[Figures]) -> str:
    rows = [["quads", *(_amount(one, "quads", "quads") for one in figures), ""]]
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
            cells = [_amount(one, step, fact) for one in figures]
            if set(cells) == {NOTHING}:
                continue
            rows.append([f"{unit}: {who}", *cells, growth(figures, step, fact)])
    head = _header(figures, "CPU seconds (ratio to `bulk_load` to disk)")
    return f"### Building\n\n{report.table(head, rows)}"


def _reading(figures: Sequence[Figures]) -> str:
    rows = []
    for name, beside in _VERBS.items():
        cells = [seconds(_fact(one, "verbs", name)) for one in figures]
        rows.append([f"`{name}`", *cells, growth(figures, "verbs", name)])
        if beside:
            cells = [seconds(_fact(one, "rdflib_rows", beside)) for one in figures]
            grown = growth(figures, "rdflib_rows", beside)
            rows.append([f"{name}: SPARQL in rdflib", *cells, grown])
    head = _header(figures, "CPU seconds, the busiest actor or source")
    return f"### Reading\n\n{report.table(head, rows)}"


def _whole(one: Figures, name: str) -> str:
    value, bare = _fact(one, "cold", name), _fact(one, "cold", "bare")
    return seconds(value) if isnan(value) else f"{seconds(value)} ({value / bare:.1f})"


def _starting(figures: Sequence[Figures]) -> str:
    names = list(figures[0].get("cold", ()))
    rows = [
        [
            "bare Python" if name == "bare" else f"`whosays {name}`",
            *(_whole(one, name) for one in figures),
            growth(figures, "cold", name),
        ]
        for name in names
    ]
    head = _header(figures, "CPU seconds of a whole process (ratio to bare Python)")
    return f"### From nothing to the answer\n\n{report.table(head, rows)}"


def _asking(figures: Sequence[Figures]) -> str:
    rows = []
    for name in figures[0].get("queries", ()):
        cells = [seconds(_fact(one, "queries", name)) for one in figures]
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


def _wording(figures: Sequence[Figures]) -> str:
    rows = [
        [
            f"`{name}`, {len(known) + 1} wordings",
            *(_worded(one, f"worded {name}") for one in figures),
            growth(figures, f"worded {name}", wording.OURS),
        ]
        for name, known in wording.others().items()
    ]
    head = _header(figures, "CPU seconds in memory (ratio to the best wording)")
    return f"### Wordings of a query\n\n{report.table(head, rows)}"


def _worded(one: Figures, name: str) -> str:
    ours = _fact(one, name, wording.OURS)
    if isnan(ours) or ours < 0:
        return seconds(ours)
    return f"{seconds(ours)} ({wording.ratio(one[name]):.1f})"


def _twins(figures: Sequence[Figures]) -> str:
    rows = []
    for verb, query in _TWINS.items():
        cells = [_beside(one, verb, query) for one in figures]
        rows.append([f"`{verb}` and `{query}`", *cells, ""])
    head = _header(figures, "CPU seconds: report, SPARQL on disk (ratio)")
    return f"### Reports beside their queries\n\n{report.table(head, rows)}"


def _beside(one: Figures, verb: str, query: str) -> str:
    ours, theirs = _fact(one, "verbs", verb), _fact(one, "queries", query)
    both = f"{seconds(ours)}, {seconds(theirs)}"
    known = min(ours, theirs) > 0
    return f"{both} ({theirs / ours:.1f})" if known else both


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
    for name, step, fact in (
        ("`view`: all actors placed, page written", "view", "seconds"),
        ("`view` again, the places known", "view", "again"),
        ("pyvis: page written, nobody placed", "pyvis", "seconds"),
    ):
        cells = [seconds(_fact(one, step, fact)) for one in figures]
        rows.append([name, *cells, growth(figures, step, fact)])
    head = _header(figures, "CPU seconds (ratio to the dump)")
    return f"### Exports and pages\n\n{report.table(head, rows)}"
