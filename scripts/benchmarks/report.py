"""Write figures as Markdown: seconds, ratios to the baseline, growth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log, nan

from scripts.benchmarks import bounds
from scripts.benchmarks.measures import Figures

START = "<!-- figures -->\n"
END = "<!-- end of figures -->\n"

_TICK = 1e-6  # seconds; where a clock saw nothing pass
_BASES = ("bulk_load", "bulk_disk")
_STEPS = {
    "bulk_load": "`bulk_load` of the quads, to memory",
    "bulk_disk": "the same, to disk",
    "csv": "`csv.reader` over the same tables",
    "read": "`project.read`: read and check",
    "quarrels": "find the disputes",
    "index": "tables in SQLite, those of the disputes too",
    "text": "quads as text",
    "load": "load that text, to disk",
    "build": "the whole build",
    "index_read": "`Index.collection`: read all back",
}


def markdown(figures: Sequence[Figures]) -> str:
    """Write all tables."""
    parts = [_disputes(figures)]
    loaded = [one for one in figures if "csv" in one["seconds"]]
    if loaded:
        parts.append(_loading(loaded))
    return "\n".join(parts)


def replaced(page: str, tables: str, start: str = START, end: str = END) -> str:
    """Put tables between two marks of a page."""
    head, _, rest = page.partition(start)
    _, mark, tail = rest.partition(end)
    if not mark:
        raise ValueError(f"the page lacks {start.strip()} or {end.strip()}")
    return f"{head}{start}\n{tables}\n{end}{tail}"


def exponent(figures: Sequence[Figures], step: str) -> list[str]:
    """Tell between neighbouring sizes how cost grows: 1 is linear, 2 is square.

    It is over what the step has to do with, for example statements plus findings.
    """
    slopes = [""]
    for before, after in pairwise(figures):
        costs = [one["seconds"].get(step, -1.0) for one in (before, after)]
        sizes = [sum(_counts(one, step)) for one in (before, after)]
        known = min(costs) > 0 and 0 < sizes[0] < sizes[1]
        slope = log(costs[1] / costs[0]) / log(sizes[1] / sizes[0]) if known else 0
        slopes.append(f"{slope:.2f}" if known else "")
    return slopes


def _counts(figures: Figures, step: str) -> tuple[int, ...]:
    match step:
        case "csv" | "read":
            return (figures["statements"],)
        case "bulk_load" | "bulk_disk" | "text" | "load" | "build":
            return (figures["quads"],)
        case _:
            return figures["statements"], figures["findings"]


def _disputes(figures: Sequence[Figures]) -> str:
    header = (
        "statements",
        "findings",
        "issues",
        "find, s",
        "issues, s",
        "µs per statement and finding",
        "ratio to the floor",
        "growth of find",
        "memory, MB",
    )
    growth = exponent(figures, "find")
    rows = []
    for one, slope in zip(figures, growth, strict=True):
        found = one["seconds"]
        amount = one["statements"] + one["findings"]
        known = min(found.get(step, -1.0) for step in ("find", "issues", "floor")) >= 0
        both = found["find"] + found["issues"] if known else nan
        rows.append(
            (
                f"{one['statements']:,}",
                f"{one['findings']:,}" if known else bounds.NOTHING,
                f"{one['issues']:,}" if known else bounds.NOTHING,
                _words(one, "find"),
                _words(one, "issues"),
                f"{both / amount * 1e6:.1f}" if known else bounds.NOTHING,
                f"{both / max(found['floor'], _TICK):.2f}" if known else bounds.NOTHING,
                slope,
                f"{one['megabytes']:,.0f}",
            )
        )
    return f"### Disputes\n\n{table(header, rows)}"


def _loading(figures: Sequence[Figures]) -> str:
    header = ["CPU seconds (ratio to `bulk_load` to memory, to disk)"]
    header += [f"{one['statements']:,} statements" for one in figures]
    header.append("growth")
    rows = [["quads", *(f"{one['quads']:,}" for one in figures), ""]]
    for step, name in _STEPS.items():
        cells = [_cell(one, step) for one in figures]
        rows.append([name, *cells, exponent(figures, step)[-1]])
    return f"### Reading and loading\n\n{table(header, rows)}"


def _words(one: Figures, step: str) -> str:
    return (
        bounds.words(one["seconds"][step]) if step in one["seconds"] else bounds.NOTHING
    )


def _cell(one: Figures, step: str) -> str:
    """Write the seconds of a step with its ratios, as far as they are known."""
    text, value = _words(one, step), one["seconds"].get(step, -1.0)
    bases = [one["seconds"].get(base, -1.0) for base in _BASES]
    if min(value, *bases) < 0:
        return text
    ratios = ", ".join(f"{value / max(base, _TICK):.2f}" for base in bases)
    return f"{text} ({ratios})"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table of Markdown, numbers to the right."""
    lines = [header, ["---", *("--:" for _ in header[1:])], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
