"""Problems on a page: a line each, at most two of remedy, repeats joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from whosays.problems import CATALOGUE, Group, Problem, grouped, wrap
from whosays.text import clean_text

_LINES = 210  # of problems; with totals a report stays under 300
_RANKS = {"error": 0, "warning": 1, "notice": 2}
_SHORT = {"warning": "warn", "notice": "note"}


def report(
    problems: Iterable[Problem],
    *,
    limit: int = 50,
    width: int = 80,
    headings: Mapping[str, str] | None = None,
    more: Mapping[str, int] | None = None,
) -> Iterator[str]:
    """Write problems for people: errors first, each kind in the order of the sheet.

    Args:
        problems: In the order of their tables, which are told apart by a heading.
        limit: How many are printed; the others are counted by code.
        width: Of the page; two columns at the right stay free.
        headings: What to print above a table in place of its name.
        more: Problems by code that are counted and not listed.
    """
    groups = _by_table(grouped(problems))
    titles = dict(headings or {})
    lines = 0
    table = None
    for number, group in enumerate(groups):
        if number >= limit or lines >= _LINES:
            yield from _left_out(groups[number:], more or {})
            return
        block = list(_block(group, width - 2))
        if group.problem.table != table:
            table = group.problem.table
            if table in titles:
                block = [*([""] if lines else []), titles[table], "", *block]
            elif table:
                block.insert(0, clean_text(table))
        lines += len(block)
        yield from block
    if more:
        yield from _left_out([], more)


def _by_table(groups: list[Group]) -> list[Group]:
    """Put the errors of each table before its warnings; else the order stays."""
    tables = list(dict.fromkeys(group.problem.table for group in groups))
    places = {table: place for place, table in enumerate(tables)}
    return sorted(
        groups, key=lambda g: (places[g.problem.table], _RANKS[g.problem.level])
    )


def _block(group: Group, width: int) -> Iterator[str]:
    """Write one group: a line of problem, at most two of remedy."""
    item = group.problem
    level = _SHORT.get(item.level, item.level)
    place = f"{item.cell:<5} {item.column}"
    head = f"{level:6} {place:<15} "
    room = width - len(head) - len(item.code) - 2
    text = wrap(clean_text(item.text).replace("\n", " "), room)
    yield f"{head}{text[0]:<{room}}  {item.code}"
    indent = " " * 13
    for line in text[1:3]:
        yield f"{indent}{line}"
    if len(group.cells) > 1:
        yield f"{indent}{_cells(group.cells, width - len(indent))}"
    remedy = clean_text(item.remedy).replace("\n", " ")
    for line in wrap(remedy, width - len(indent))[:2]:
        if line:
            yield f"{indent}{line}"


def _cells(cells: tuple[str, ...], room: int) -> str:
    shown = f"\u00d7{len(cells):,}:"
    comma = "," if any(" " in cell for cell in cells) else ""
    for position, cell in enumerate(cells):
        if len(shown) + len(cell) + 4 > room:
            return f"{shown} …"
        shown += f"{comma if position else ''} {cell}"
    return shown


def _left_out(groups: list[Group], more: Mapping[str, int]) -> Iterator[str]:
    counts = Counter(more)
    for group in groups:
        counts[group.problem.code] += len(group.cells)
    yield f"… and {counts.total():,} more"
    for code, count in sorted(counts.items()):
        yield f"  {code}  {count:>7,}  {CATALOGUE[code].title}"
