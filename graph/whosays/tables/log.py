"""Collecting the problems of one table, up to a number that memory can bear."""

from __future__ import annotations

from whosays.problems import Ledger, problem

LISTED = 10_000  # of one code


class Log:
    """The problems of one table; what is beyond the limit is counted."""

    def __init__(self, table: str, ledger: Ledger | None = None) -> None:
        """Start with no problem, or write into the ledger of a larger work."""
        self.table = table
        self.problems = Ledger(LISTED) if ledger is None else ledger
        self._own = ledger is None
        self.lost = 0  # rows of which no record could be made

    def add(
        self,
        code: str,
        *,
        cell: str = "",
        row: int | None = None,
        column: str = "",
        value: str = "",
        text: str = "",
        fix: str = "",
        instructions: str = "",
    ) -> None:
        """Add a problem of this table."""
        self.problems.append(
            problem(
                code,
                table=self.table,
                cell=cell,
                row=row,
                column=column,
                value=value,
                text=text,
                fix=fix,
                instructions=instructions,
            )
        )

    def lose(self, code: str, *, row: int, value: str = "", text: str = "") -> None:
        """Add a problem for which a whole row cannot be read."""
        self.lost += 1
        self.add(code, row=row, value=value, text=text)

    def close(self) -> None:
        """Say how many problems were not listed."""
        if self._own and (more := self.problems.more.total()):
            self.problems.append(problem("WS523", table=self.table, value=f"{more:,}"))
