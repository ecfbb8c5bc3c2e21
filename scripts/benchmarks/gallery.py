"""Write what was measured of pages as Markdown, with ratios to plain pyvis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from scripts.benchmarks import report

Figures = dict[str, float]

START = "<!-- pictures -->\n"
END = "<!-- end of pictures -->\n"

_ROWS: tuple[tuple[str, str, str], ...] = (
    ("layout, CPU s", "layout", "{:.2f}"),
    ("writing the page, CPU s", "build", "{:.2f}"),
    ("file, MB", "megabytes", "{:.2f}"),
    ("first picture, s", "first", "{:.2f}"),
    ("CPU of the page until then, s", "ready", "{:.2f}"),
    ("redraw, ms", "redraw", "{:.1f}"),
    ("redraw with all actors shown, ms", "redraw_all", "{:.1f}"),
    ("select an actor, ms", "select", "{:.1f}"),
    ("filter, ms", "filter", "{:.1f}"),
    ("select, all shown, ms", "select_all", "{:.1f}"),
    ("filter, all shown, ms", "filter_all", "{:.1f}"),
)
_BESIDE = {
    "megabytes": "pyvis_megabytes",
    "first": "pyvis_first",
    "ready": "pyvis_ready",
    "redraw": "pyvis_redraw",
    "redraw_all": "pyvis_redraw",
}


def markdown(found: Sequence[Figures]) -> str:
    """Write the table of all sizes and the ratios between them."""
    lines = [
        _line("", found, lambda one: f"{one['actors']:,.0f} actors"),
        "| --- |" + " --: |" * len(found),
        _line(
            "claims, statements",
            found,
            lambda one: f"{one['claims']:,.0f}, {one['statements']:,.0f}",
        ),
    ]
    for name, key, form in _ROWS:
        lines.append(_line(name, found, partial(_cell, key=key, form=form)))
    lines += [
        _line(
            "pyvis as it comes: finished picture, s",
            found,
            lambda one: f"{one['pyvis_physics']:.0f}" if "pyvis_physics" in one else "",
        )
    ]
    return "\n".join(lines) + "\n\n" + _between(found)


def replaced(page: str, tables: str) -> str:
    """Put the tables between their marks of a page."""
    return report.replaced(page, tables, START, END)


def _line(name: str, found: Sequence[Figures], cell: Callable[[Figures], str]) -> str:
    return f"| {name} | {' | '.join(map(cell, found))} |"


def _cell(one: Figures, *, key: str, form: str) -> str:
    text = form.format(one[key])
    beside = one.get(_BESIDE.get(key, ""), 0.0)
    return f"{text} ({one[key] / beside:.2f})" if beside else text


def _between(found: Sequence[Figures]) -> str:
    small, large = found[0], found[-1]
    few = large["redraw"] / large["redraw_all"]
    cost = large["ready"] / small["ready"]
    return (
        f"With its budget the page of {large['actors']:,.0f} actors redraws in "
        f"{few:.2f} of the time of all shown, and is ready for {cost:.1f} times the CPU "
        f"of {small['actors']:,.0f} actors.\n"
    )
