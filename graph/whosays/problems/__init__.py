"""What is wrong with the data, in words that name the cell and the remedy.

Bad data never raise: they become ``Problem`` records. Level, wording and remedy come
from the catalogue, which ``whosays explain`` shows and the manual prints.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from whosays.errors import UnknownName
from whosays.problems.catalogue import CATALOGUE, Code, Level
from whosays.text import clean_text, one_line, visible

__all__ = [
    "CATALOGUE",
    "COLUMNS",
    "Code",
    "Group",
    "Level",
    "Problem",
    "explain",
    "grouped",
    "ordered",
    "problem",
    "report",
    "totals",
]

COLUMNS = (
    "problem",
    "table",
    "cell",
    "level",
    "rule",
    "value",
    "fix",
    "instructions",
)
"""The columns of the problem table, frozen."""

_CELL = re.compile(r"([A-Z]+)([0-9]+)")
_VALUE_WIDTH = 60
_LINES = 210  # of problems in a report; with totals it stays under 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem of the data.

    ``table`` is a file name, with ``[sheet]`` for a workbook; ``cell`` is ``B7`` or
    ``row 18`` or empty; ``row`` counts like a spreadsheet (header = 1). ``value`` is
    what was found, unchanged; ``fix`` is paste-ready or empty.
    """

    code: str
    level: Level
    table: str = ""
    cell: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    text: str
    fix: str = ""
    instructions: str = ""

    def __str__(self) -> str:
        """Write it on one line: place, what, how to go on, code."""
        place = ":".join(part for part in (self.table, self.cell) if part)
        remedy = f"{_offer(self.code)} {self.fix}" if self.fix else self.instructions
        line = "; ".join(part for part in (self.text, remedy) if part)
        return clean_text(
            f"{place}: {line}  {self.code}" if place else f"{line}  {self.code}"
        )

    @property
    def remedy(self) -> str:
        """Say how to go on: the suggestion first."""
        if not self.fix or self.fix in self.instructions:
            return self.instructions
        offer = f"{_offer(self.code)} {self.fix}"
        return "; ".join(part for part in (offer, self.instructions) if part)

    @property
    def record(self) -> tuple[str, ...]:
        """Give the fields in the order of ``COLUMNS``."""
        return (
            self.text,
            self.table,
            self.cell,
            self.level,
            self.code,
            self.value,
            self.fix,
            self.instructions,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A problem and all the cells it was found in."""

    problem: Problem
    cells: tuple[str, ...]


def problem(
    code: str,
    *,
    table: str = "",
    cell: str = "",
    row: int | None = None,
    column: str = "",
    value: str = "",
    text: str = "",
    fix: str = "",
    instructions: str = "",
) -> Problem:
    """Make a problem; level, text and instructions default to those of the code.

    A given text that does not quote the value is put behind it, so ``text`` may be
    either a sentence or just "is not a known relation".

    >>> print(problem("WS104", table="a.csv", cell="B7", value="figths", fix="fights"))
    a.csv:B7: “figths” is not a known relation; did you mean: fights  WS104
    """
    entry = CATALOGUE[code]
    shown = visible(one_line(value, _VALUE_WIDTH))
    if not text:
        text = entry.text.replace("{value}", shown)
    elif text.startswith(("is ", "are ", "has ", "cannot ")) and value:
        text = f"“{shown}” {text}"
    if not cell and row is not None:
        cell = f"row {row}"
    if row is None and (match := _CELL.fullmatch(cell)):
        row = int(match[2])
    return Problem(
        code=code,
        level=entry.level,
        table=table,
        cell=cell,
        row=row,
        column=column,
        value=value,
        text=text,
        fix=fix,
        instructions=instructions or entry.remedy,
    )


def explain(code: str) -> str:
    """Explain a code in a few lines, with a wrong and a right example.

    Raises:
        UnknownName: no such code.

    >>> print(explain("ws102").splitlines()[0])
    WS102  unknown stance (error)
    """
    from difflib import get_close_matches  # only for a slip

    wanted = code.strip().upper()
    if wanted.isdecimal():
        wanted = f"WS{wanted}"
    entry = CATALOGUE.get(wanted)
    if entry is None:
        typed = wanted.translate(str.maketrans("OIL", "011"))
        near = get_close_matches(typed, CATALOGUE, n=3, cutoff=0.75)
        shown = [f"{name} ({CATALOGUE[name].title})" for name in near]
        raise UnknownName("problem code", one_line(code), shown)
    return "\n".join(
        (
            f"{entry.code}  {entry.title} ({entry.level})",
            "",
            *_wrap(entry.explanation, 80),
            "",
            *_wrap(f"To mend it: {entry.remedy}.", 80),
            "",
            f"  wrong  {entry.wrong}",
            f"  right  {entry.right}",
        )
    )


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Sort by table, row and column, so that people can work from the top."""
    return sorted(problems, key=_place)


def grouped(problems: Iterable[Problem]) -> list[Group]:
    """Join equal problems of one table, in the order of their first cells."""
    groups: dict[tuple[str, ...], list[Problem]] = {}
    for item in problems:
        key = (item.table, item.code, item.text, item.fix, item.instructions)
        groups.setdefault(key, []).append(item)
    return [
        Group(problem=items[0], cells=tuple(item.cell for item in items))
        for items in groups.values()
    ]


def totals(problems: Iterable[Problem]) -> list[tuple[str, int]]:
    """Count per code, in the order of the codes."""
    return sorted(Counter(item.code for item in problems).items())


def report(
    problems: Iterable[Problem], *, limit: int = 100, width: int = 80
) -> Iterator[str]:
    """Write problems for people: repeats joined, then totals of what is left out.

    Never more than 300 lines, however many problems there are.
    """
    groups = grouped(ordered(problems))
    lines = 0
    table = None
    for number, group in enumerate(groups):
        if number >= limit or lines >= _LINES:
            yield from _left_out(groups[number:])
            return
        block = list(_block(group, width))
        if group.problem.table != table:
            table = group.problem.table
            if table:
                block.insert(0, clean_text(table))
        lines += len(block)
        yield from block


def _block(group: Group, width: int) -> Iterator[str]:
    """Write one group: a line of problem, at most two of remedy."""
    item = group.problem
    level = {"warning": "warn", "notice": "note"}.get(item.level, item.level)
    head = f"{level:6} {item.cell:<5} "
    if item.column:
        head += f"{item.column:<9} "
    room = width - len(head) - len(item.code) - 2
    text = _wrap(clean_text(item.text).replace("\n", " "), room)
    yield f"{head}{text[0]:<{room}}  {item.code}"
    indent = " " * 13
    for line in text[1:3]:
        yield f"{indent}{line}"
    if len(group.cells) > 1:
        yield f"{indent}{_cells(group.cells, width - len(indent))}"
    remedy = clean_text(item.remedy).replace("\n", " ")
    for line in _wrap(remedy, width - len(indent))[:2]:
        if line:
            yield f"{indent}{line}"


def _cells(cells: tuple[str, ...], room: int) -> str:
    shown = f"\u00d7{len(cells):,}:"
    for position, cell in enumerate(cells):
        if len(shown) + len(cell) + 3 > room and position < len(cells):
            return f"{shown} …"
        shown += f" {cell}"
    return shown


def _left_out(groups: list[Group]) -> Iterator[str]:
    counts: Counter[str] = Counter()
    for group in groups:
        counts[group.problem.code] += len(group.cells)
    yield f"… and {sum(counts.values()):,} more:"
    for code, count in sorted(counts.items()):
        yield f"  {code}  {count:>7,}  {CATALOGUE[code].title}"


def _offer(code: str) -> str:
    return "write" if code.startswith("WS2") else "did you mean:"


def _place(item: Problem) -> tuple[str, int, int, str]:
    match = _CELL.fullmatch(item.cell)
    column = 0
    for letter in match[1] if match else "":
        column = column * 26 + ord(letter) - 64
    return (item.table, item.row or 0, column, item.code)


def _wrap(text: str, width: int) -> list[str]:
    """Break at blanks; a word longer than the line is cut, not lost."""
    lines = [""]
    for word in text.split(" "):
        while len(word) > width:
            lines.append(word[:width])
            word = word[width:]
        if len(lines[-1]) + len(word) + 1 <= width:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
        else:
            lines.append(word)
    return [line for line in lines if line] or [""]
