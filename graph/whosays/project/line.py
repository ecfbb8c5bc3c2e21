"""One row while it is read: gives its cells and takes what is said against them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from whosays import dates, matching
from whosays.project.desk import Desk
from whosays.project.register import Register, winner
from whosays.tables import Row, Table

Choice = TypeVar("Choice", bound=StrEnum)


def several(text: str, separator: str = ";") -> list[str]:
    """Split a cell that holds several values; empty ones are left out."""
    return [part for part in (p.strip() for p in text.split(separator)) if part]


class Rows(Protocol):
    """What rows come from: a table that was read, or one that is being read."""

    @property
    def name(self) -> str:
        """The table as problems name it."""

    @property
    def names(self) -> tuple[str, ...]:
        """The columns by position, empty where one is not known."""

    @property
    def misnamed(self) -> bool:
        """Tell whether a column has a name that is not known."""

    def cell(self, row: int | Row, column: str) -> str:
        """Name a cell as a spreadsheet does."""

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows."""


@dataclass(slots=True)
class Line:
    """One row at the desk: gives its cells and takes what is said against them."""

    desk: Desk
    table: Rows
    row: Row
    good: bool = True
    told: int = 0  # problems of this row

    def text(self, column: str) -> str:
        """Give a cell; a column that is not there is empty."""
        return self.row.cells.get(column, "")

    def report(
        self,
        code: str,
        column: str = "",
        *,
        text: str = "",
        value: str | None = None,
        fix: str = "",
        instructions: str = "",
    ) -> None:
        """Report a problem of a cell, or of the row; an error spoils the row."""
        self.told += 1
        problem = self.desk.report(
            code,
            table=self.table.name,
            cell=self.table.cell(self.row, column)
            if column
            else f"row {self.row.number}",
            row=self.row.number,
            column=column,
            value=self.text(column) if value is None else value,
            text=text,
            fix=fix,
            instructions=instructions,
        )
        if problem.level == "error":
            self.good = False

    def required(self, column: str) -> str:
        """Give a cell that must not be empty."""
        text = self.text(column)
        if not text:
            self.report("WS101", column)
        return text

    def choice(
        self,
        column: str,
        kind: type[Choice],
        value: str | None = None,
        *,
        code: str = "WS108",
    ) -> Choice | None:
        """Read one of a closed list; None if it is empty or not in the list."""
        text = self.text(column) if value is None else value
        if not text:
            return None
        try:
            return kind(text)
        except ValueError:
            folded = {matching.fold(member.value): member for member in kind}
            if found := folded.get(matching.fold(text)):
                return found
        near = matching.nearest(text, [member.value for member in kind])
        self.report(
            code,
            column,
            value=text,
            fix=near,
            instructions="one of: " + ", ".join(member.value for member in kind),
        )
        return None

    def refer(
        self, register: Register, column: str, text: str, code: str = ""
    ) -> str | None:
        """Resolve a reference to an actor or a source; None if nobody has the slug."""
        how, slugs = register.find(text)
        code = code or register.code
        match how:
            case "slug":
                return slugs[0]
            case "former":
                self.report("WS112", column, value=text, fix=slugs[0])
                return slugs[0]
            case "named":
                self.report(
                    code if len(slugs) == 1 else "WS111",
                    column,
                    value=text,
                    text=f"is a name; the slug of the {register.noun} goes here",
                    fix=slugs[0] if len(slugs) == 1 else "",
                    instructions="" if len(slugs) == 1 else " or ".join(slugs),
                )
                return None
        fix = winner(text, slugs, register.names)
        near = [fix] if fix else slugs
        shown = " or ".join(f"{slug} ({register.names[slug][0]})" for slug in near)
        new = self.desk.for_new.get(register.table, f"add it to {register.table}")
        new = f"new {register.noun}: {new}"
        self.report(
            code,
            column,
            value=text,
            fix=fix,
            instructions=f"did you mean: {shown}; {new}" if shown else new,
        )
        return None

    def chain(self, column: str, code: str = "WS106") -> tuple[str, ...] | None:
        """Read a chain of voices, outer first; None if it is bad, () if empty."""
        text = self.text(column)
        if not text:
            return ()
        links = [part.strip() for part in text.split(">")]
        if not all(links):
            self.report("WS403", column)
            return None
        found = [self.voice(column, link, code) for link in links]
        if None in found:
            return None
        chain = tuple(slug for slug in found if slug is not None)
        for slug in dict.fromkeys(chain):
            if chain.count(slug) > 1:
                self.report("WS415", column, value=slug)
        return chain

    def voice(self, column: str, text: str, code: str = "WS106") -> str | None:
        """Resolve an actor who can speak; a mere place cannot."""
        slug = self.refer(self.desk.actor_register, column, text, code)
        if slug is not None and not self.desk.speaks(slug):
            self.report("WS406", column, value=text)
            return None
        return slug

    def date(self, column: str) -> dates.Edtf | None:
        """Read a date of the EDTF subset; None if empty or bad."""
        text = self.text(column)
        if not text:
            return None
        found = self.desk.date(text)
        if isinstance(found, dates.DateError):
            fix, hint = found.fix, found.hint
            if hint == f"write {fix}" and found.code == "WS201":
                hint += f"   (about: {fix}~   unsure: {fix}?)"
            self.report(
                found.code, column, text=found.message, fix=fix, instructions=hint
            )
            return None
        return found


def lines(desk: Desk, table: Rows) -> Iterator[Line]:
    """Go through the rows of a table; its own problems are taken over first.

    Those of a stream are in the ledger of the desk as soon as they are found.
    """
    if isinstance(table, Table):
        desk.problems.extend(table.problems)
    desk.headers[table.name] = table.names
    for row in table:
        yield Line(desk, table, row)
