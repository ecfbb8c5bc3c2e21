"""What is wrong with the data, in words that name the cell and the remedy.

Bad data never raise: they become ``Problem`` records. Level, wording and remedy come
from the catalogue, which ``whosays explain`` shows and the manual prints.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from whosays.errors import UnknownName
from whosays.problems.catalogue import CATALOGUE, Code, Level
from whosays.problems.ledger import REFUSED, WARNED, Ledger
from whosays.text import clean_text, one_line, visible

__all__ = [
    "CATALOGUE",
    "COLUMNS",
    "REFUSED",
    "WARNED",
    "Code",
    "Group",
    "Ledger",
    "Level",
    "Problem",
    "explain",
    "grouped",
    "ordered",
    "problem",
    "totals",
    "wrap",
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
        """Say how to go on: the suggestion first.

        What the code says of all its problems is left to ``explain`` where there is a
        suggestion, and where nothing has to be mended.
        """
        own = self.instructions
        if own == CATALOGUE[self.code].remedy and (self.fix or self.level != "error"):
            own = ""
        if not self.fix or self.fix in own:
            return own
        offer = f"{_offer(self.code)} {self.fix}"
        return "; ".join(part for part in (offer, own) if part)

    @property
    def place(self) -> str:
        """Name the cell; where columns have no letters, the row and the column."""
        lettered = not self.column or not self.cell.startswith("row ")
        return self.cell if lettered else f"{self.cell} {self.column}"

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
            *wrap(entry.explanation, 80),
            "",
            *wrap(f"To mend it: {entry.remedy}.", 80),
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
        Group(
            problem=items[0],
            cells=tuple(
                item.cell if item.column == items[0].column else item.place
                for item in items
            ),
        )
        for items in groups.values()
    ]


def totals(problems: Iterable[Problem]) -> list[tuple[str, int]]:
    """Count per code, in the order of the codes."""
    return sorted(Counter(item.code for item in problems).items())


def _offer(code: str) -> str:
    return "write" if code.startswith("WS2") else "did you mean:"


def _place(item: Problem) -> tuple[str, int, int, str]:
    match = _CELL.fullmatch(item.cell)
    column = 0
    for letter in match[1] if match else "":
        column = column * 26 + ord(letter) - 64
    return (item.table, item.row or 0, column, item.code)


def wrap(text: str, width: int) -> list[str]:
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
