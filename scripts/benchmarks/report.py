"""Write figures as Markdown: seconds, ratios to the baseline, growth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log

from scripts.benchmarks.measures import Figures

START = "<!-- figures -->\n"
END = "<!-- end of figures -->\n"

_STEPS = {
    "csv": "`csv.reader` over the same tables",
    "read": "`project.read`: read and check",
    "nquads": "`rdf.nquads`: quads as sorted text",
    "load_ours": "load that text as the product does",
    "index": "`index.build`: tables in SQLite",
    "index_read": "`Index.collection`: read all back",
}


def markdown(figures: Sequence[Figures]) -> str:
    """Write all tables."""
    parts = [_disputes(figures)]
    loaded = [one for one in figures if one["quads"]]
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
    sizes = [sum(_counts(one, step)) for one in figures]
    costs = [one["seconds"][step] for one in figures]
    slopes = [
        log(costs[at] / costs[at - 1]) / log(sizes[at] / sizes[at - 1])
        for at in range(1, len(figures))
    ]
    return ["", *(f"{slope:.2f}" for slope in slopes)]


def _counts(figures: Figures, step: str) -> tuple[int, ...]:
    match step:
        case "csv" | "read":
            return (figures["statements"],)
        case "nquads" | "bulk_load" | "load_ours":
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
        seconds = one["seconds"]
        amount = one["statements"] + one["findings"]
        both = seconds["find"] + seconds["issues"]
        rows.append(
            (
                f"{one['statements']:,}",
                f"{one['findings']:,}",
                f"{one['issues']:,}",
                f"{seconds['find']:.3f}",
                f"{seconds['issues']:.3f}",
                f"{both / amount * 1e6:.1f}",
                f"{both / seconds['floor']:.2f}",
                slope,
                f"{one['megabytes']:,.0f}",
            )
        )
    return f"### Disputes\n\n{table(header, rows)}"


def _loading(figures: Sequence[Figures]) -> str:
    header = ["CPU seconds (ratio to `bulk_load`)"]
    header += [f"{one['statements']:,} statements" for one in figures]
    header.append("growth")
    loads = [one["seconds"]["bulk_load"] for one in figures]
    rows = [
        ["quads", *(f"{one['quads']:,}" for one in figures), ""],
        ["`bulk_load` of the quads", *(f"{load:.3f} (1.00)" for load in loads)],
    ]
    rows[1].append(exponent(figures, "bulk_load")[-1])
    for step, name in _STEPS.items():
        cells = [
            f"{one['seconds'][step]:.3f} ({one['seconds'][step] / load:.2f})"
            for one, load in zip(figures, loads, strict=True)
        ]
        rows.append([name, *cells, exponent(figures, step)[-1]])
    whole = [
        sum(one["seconds"][step] for step in ("read", "nquads", "load_ours"))
        for one in figures
    ]
    cells = [
        f"{total:.3f} ({total / load:.2f})"
        for total, load in zip(whole, loads, strict=True)
    ]
    rows.append(["tables to a store: read, quads, load", *cells, ""])
    return f"### Reading and loading\n\n{table(header, rows)}"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table of Markdown, numbers to the right."""
    lines = [header, ["---", *("--:" for _ in header[1:])], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
