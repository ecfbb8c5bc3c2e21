"""Take the rows of a sheet into a project: all or nothing, below the rows there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from whosays import changes, inputs, project, resources
from whosays.checks import Checked, check_tables
from whosays.curating.effects import Effects, effects
from whosays.curating.rejecting import write_rejected
from whosays.curating.tables import new_tables
from whosays.errors import DataError, MissingFile, UsageError
from whosays.model import Actor, Name, Source, Statement
from whosays.model import Collection as Records
from whosays.problems import Problem
from whosays.project.batch import Batch, Progress

Along = Callable[[Records, Sequence[Statement]], Mapping[str, bytes]]
"""Is given the project with its new rows, and these rows; gives files by name."""


class RowsRefused(DataError):
    """Rows have errors, so that nothing was written; ``checked`` says all."""

    def __init__(self, problems: Sequence[Problem], checked: Checked) -> None:
        """Keep what the check found."""
        super().__init__(problems)
        self.checked = checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What an addition took, and what that changes.

    ``files`` are the tables that were written, by name inside the project; ``known``
    counts rows whose statement was there already, ``rejected`` are the files that
    refused rows were left in. With ``dry_run`` nothing was written.
    """

    statements: tuple[Statement, ...]
    actors: tuple[Actor, ...]
    sources: tuple[Source, ...]
    names: tuple[Name, ...]
    known: int
    files: tuple[str, ...]
    effects: Effects
    checked: Checked
    rejected: tuple[Path, ...] = ()
    refused: int = 0
    dry_run: bool = False


def add(
    path: Path,
    tables: Sequence[Path],
    *,
    stdin: bytes = b"",
    imported: Mapping[Path, bytes] | None = None,
    encoding: str = "",
    partial: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
    along: Along | None = None,
) -> Added:
    """Check tables and append their rows to a project, all of them or none.

    Args:
        path: The project.
        tables: Files of any kind that `check_tables` reads; ``-`` stands for ``stdin``.
        stdin: The bytes of ``-``.
        imported: Tables that are given as bytes, by the name that problems use.
        encoding: Of files that do not say theirs; default UTF-8.
        partial: Take the good rows; the others are left beside their table.
        dry_run: Tell what would happen and write nothing.
        progress: Is told the table, the rows read so far and the share of it.
        along: Gives further files that change with the tables or not at all.

    Raises:
        RowsRefused: rows have errors, and nothing was written.
        DataError: the project itself has errors.
        UsageError: the project came with the program and is not for writing.
        OutsideError: another process writes, or the disk refuses.
    """
    root = inputs.root_of(path)
    if resources.is_installed(root):
        raise UsageError(
            "the bundled project belongs to the program and is not written to",
            "Start your own: whosays init my-topic",
        )
    with nullcontext() if dry_run else changes.change(root) as change:
        first = checked = check_tables(
            root,
            tables,
            stdin=stdin,
            imported=imported,
            encoding=encoding,
            keep=True,
            progress=progress,
        )
        if checked.batch.before.errors:
            raise DataError(checked.batch.before.errors)
        skip: dict[str, frozenset[int]] = {}
        while errors := _errors(checked, skip):
            if not partial or not _only_rows(errors, checked):
                raise RowsRefused(errors, first)
            refused = checked.batch.refused()
            skip |= {t: rows | skip.get(t, frozenset()) for t, rows in refused.items()}
            checked = check_tables(
                root,
                tables,
                stdin=stdin,
                imported=imported,
                encoding=encoding,
                skip=skip,
                keep=True,
                progress=progress,
            )
        batch = checked.batch
        new = [_with_hash(statement, batch) for statement in batch.statements]
        files = new_tables(
            root,
            batch.after.collection,
            actors=batch.actors,
            sources=batch.sources,
            names=batch.names,
            statements=new,
        )
        found = effects(
            batch.before.collection, batch.after.collection, batch.statements
        )
        rejected: tuple[Path, ...] = ()
        if change is not None:
            rejected = write_rejected(first, skip)
            change.expect(batch.before.collection.inputs)
            more = along(batch.after.collection, new) if along is not None else {}
            for name, data in (files | dict(more)).items():
                change.write(name, data)
    taken = sum(c.rows for c in batch.sheets if c.sheet.kind == "statements")
    dropped = sum(map(len, skip.values()))
    dropped_statements = sum(
        len(skip.get(c.sheet.name, ()))
        for c in batch.sheets
        if c.sheet.kind == "statements"
    )
    return Added(
        statements=tuple(new),
        actors=batch.actors,
        sources=batch.sources,
        names=batch.names,
        known=taken - dropped_statements - len(new),
        files=tuple(files),
        effects=found,
        checked=first,
        rejected=rejected,
        refused=dropped,
        dry_run=dry_run,
    )


def _errors(checked: Checked, skip: Mapping[str, Collection[int]]) -> list[Problem]:
    """List the errors of the rows that were not left out."""
    return [
        problem
        for problem in checked.problems
        if problem.level == "error" and problem.row not in skip.get(problem.table, ())
    ]


def _only_rows(errors: Sequence[Problem], checked: Checked) -> bool:
    """Tell whether leaving rows of the new tables out would mend every error."""
    firsts = {counted.sheet.name: counted.first for counted in checked.batch.sheets}
    return all(
        error.row is not None
        and error.table in firsts
        and error.row > firsts[error.table]
        for error in errors
    )


def _with_hash(statement: Statement, batch: Batch) -> Statement:
    """Note the hash of the passage, if the text is here and the row has none."""
    collection = batch.after.collection
    source = collection.sources[statement.source]
    texts = collection.settings.texts
    if statement.para_sha or not (texts and source.file and statement.locator):
        return statement
    try:
        data = inputs.read_bytes(batch.after.path / texts / source.file)
        text = data.decode("utf-8-sig")
    except (MissingFile, UnicodeDecodeError):
        return statement  # the check says so
    passage = project.passage_at(statement.locator, text, source.blocks)
    if not passage:
        return statement
    return replace(statement, para_sha=project.passage_hash(passage))
