"""Check the tables of a curator against a project, while nothing is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from os.path import realpath
from pathlib import Path

from whosays import inputs, problems, project
from whosays.checks.rules import graph_problems
from whosays.checks.texts import text_problems
from whosays.checks.whole import check_project
from whosays.problems import Ledger, Problem
from whosays.project.batch import LISTED, Batch, Counted, Progress, read_batch
from whosays.project.sheets import sheets_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check of tables found.

    ``problems`` stand in the order of the sheets; ``more`` counts by code those that
    were not listed because there are too many.
    """

    problems: tuple[Problem, ...]
    more: Mapping[str, int]
    sheets: tuple[Counted, ...]
    batch: Batch

    @property
    def refused(self) -> int:
        """The number of rows with errors."""
        return sum(sheet.refused for sheet in self.sheets)

    def has(self, levels: Collection[str]) -> bool:
        """Tell whether there are problems of these levels."""
        return any(problem.level in levels for problem in self.problems) or any(
            problems.CATALOGUE[code].level in levels for code in self.more
        )


def check_tables(
    path: Path,
    tables: Sequence[Path],
    *,
    stdin: bytes = b"",
    imported: Mapping[Path, bytes] | None = None,
    encoding: str = "",
    skip: Mapping[str, Collection[int]] | None = None,
    keep: bool = False,
    progress: Progress | None = None,
) -> Checked:
    """Check tables as if their rows were part of a project.

    Args:
        path: The project.
        tables: Files of any kind that can be read; ``-`` stands for ``stdin``.
        stdin: The bytes of ``-``.
        imported: Tables that a plug-in has made of some of the files.
        encoding: Of files that do not say theirs; default UTF-8.
        skip: Rows to leave out, by table.
        keep: Hold all statements in memory, however many there are.
        progress: Is told the table, the rows read so far and the share of it.

    Raises:
        NotAProject: the folder has no ``whosays.toml``.
        MissingExtra: a workbook, and openpyxl is not installed.
        UsageError: unknown encoding.
    """
    ledger = Ledger(LISTED)
    own = _own_problems(path, tables)
    loose = [table for table in tables if table not in own]
    sheets = sheets_of(loose, ledger, stdin=stdin, imported=imported, encoding=encoding)
    batch = read_batch(path, sheets, ledger, skip=skip, keep=keep, progress=progress)
    names = {sheet.name for sheet in sheets}
    if batch.thin:
        for counted in batch.sheets:
            if counted.sheet.kind == "statements":
                ledger.append(
                    problems.problem(
                        "WS524", table=counted.sheet.name, value=f"{counted.rows:,}"
                    )
                )
    elif batch.statements:
        after = batch.after
        found = (*text_problems(after), *graph_problems(after))
        ledger.extend(problem for problem in found if problem.table in names)
    ledger.extend(problem for found in own.values() for problem in found)
    order = {sheet.name: place for place, sheet in enumerate(sheets)}
    listed = dict.fromkeys(ledger)
    return Checked(
        problems=tuple(
            sorted(
                problems.ordered(listed), key=lambda p: order.get(p.table, len(order))
            )
        ),
        more=Counter(ledger.more),
        sheets=tuple(counted.marked(ledger) for counted in batch.sheets),
        batch=batch,
    )


def _own_problems(
    path: Path, tables: Sequence[Path]
) -> dict[Path, list[problems.Problem]]:
    """Check the tables that are part of the project already where they stand."""
    root = inputs.root_of(path)
    names = {
        Path(realpath(file)): inputs.relative(root, file)
        for file in inputs.input_files(root)
    }
    own = {
        table: names[Path(realpath(table))]
        for table in tables
        if Path(realpath(table)) in names
    }
    if not own:
        return {}
    found = check_project(project.read(path))
    return {
        table: [replace(one, table=str(table)) for one in found if one.table == name]
        for table, name in own.items()
    }
