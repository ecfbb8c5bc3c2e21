"""Collecting the problems of one table, up to a number that memory can bear."""

from __future__ import annotations

from whosays.problems import Problem, problem

LISTED = 10_000


class Log:
    """The problems of one table; what is beyond the limit is counted."""

    def __init__(self, table: str) -> None:
        """Start with no problem."""
        self.table = table
        self.problems: list[Problem] = []
        self._more = 0

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
        if len(self.problems) >= LISTED:
            self._more += 1
            return
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

    def close(self) -> None:
        """Say how many problems were not listed."""
        if self._more:
            more, self._more = self._more, 0
            self.problems.append(problem("WS523", table=self.table, value=f"{more:,}"))
