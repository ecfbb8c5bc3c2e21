"""The history of a statement: who changed its row, when, and what it said before.

Versions are compared by what they say, so a row that moved, or a table that was sorted
anew, is no change; a statement that was restated under another id is followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from whosays import inputs, lookup, project, revisions
from whosays.difference.pairing import Field, changed_fields, restated
from whosays.errors import UsageError
from whosays.model import Collection, Statement
from whosays.revisions import Commit
from whosays.rows import Rows

MOST = 100
"""How many commits of a table are looked through."""

COLUMNS = ("commit", "when", "who", "what", "change", "id", "field", "was", "becomes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change of a statement.

    ``commit`` is None for what is not committed yet. ``change`` is ``added`` or
    ``changed``; ``id`` is the statement's id from then on.
    """

    commit: Commit | None
    change: str
    id: str
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The changes of a statement, newest first.

    ``whole`` is false when older commits were not looked through.
    """

    id: str
    steps: tuple[Step, ...]
    whole: bool = True

    def to_rows(self) -> Rows:
        """Give a row for each field that a change touched."""
        return Rows.of(COLUMNS, self._rows())

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for step in self.steps:
            made = step.commit
            head = (made.id, made.when, made.who, made.what) if made else ("",) * 4
            for field in step.fields or (Field(name="", was="", becomes=""),):
                told = (field.name, field.was, field.becomes)
                yield (*head, step.change, step.id, *told)


def history(path: str | Path, id: str) -> History:
    """Follow a statement back through the commits of its table.

    Args:
        path: The project.
        id: The id of a statement, or six characters of it.

    Raises:
        UnknownName: there is no such statement.
        UsageError: the project is not kept under git, or git is not installed.
    """
    root = inputs.root_of(Path(path))
    now = project.read(root).collection
    one = lookup.statement(now, id)
    if not revisions.kept(root):
        raise UsageError(
            f"{root} is not kept under git, so no earlier state of {one.id} is known",
            "git init begins a history",
        )
    commits = _commits(root, one, now)
    steps, whole = _steps(root, one, commits)
    return History(id=one.id, steps=tuple(steps), whole=whole)


def _commits(root: Path, one: Statement, now: Collection) -> list[Commit]:
    """List the commits of the table, newest first, also those under earlier names.

    Git follows a file that was renamed only while most of its lines stay, and renaming
    a source changes every line.
    """
    former = reversed(now.sources[one.source].former_slugs)
    names = [one.file, *(f"{inputs.STATEMENTS}/{slug}.csv" for slug in former)]
    found: dict[str, Commit] = {}
    for name in dict.fromkeys(names):
        for commit in revisions.log(root, name, MOST + 1):
            found.setdefault(commit.id, commit)
    return list(found.values())


def _steps(
    root: Path, one: Statement, commits: Sequence[Commit]
) -> tuple[list[Step], bool]:
    steps: list[Step] = []
    newer: list[Statement] = [one]
    by: Commit | None = None
    for commit in commits[:MOST]:
        older = _version(root, commit)
        step, one_before = _step(by, one, newer, older)
        if step is not None:
            steps.append(step)
        if one_before is None:
            return steps, True
        one, newer, by = one_before, older, commit
    if len(commits) <= MOST:
        steps.append(Step(commit=by, change="added", id=one.id))
    return steps, len(commits) <= MOST


def _step(
    by: Commit | None,
    one: Statement,
    newer: Sequence[Statement],
    older: Sequence[Statement],
) -> tuple[Step | None, Statement | None]:
    """Tell what a commit made of a statement, and what it was before."""
    was = next((said for said in older if said.id == one.id), None)
    if was is None:
        here, there = ({said.id for said in side} for side in (newer, older))
        gone = [said for said in older if said.id not in here]
        come = [said for said in newer if said.id not in there]
        pairs = {new.id: old for old, new in restated(gone, come)}
        was = pairs.get(one.id)
    if was is None:
        return Step(commit=by, change="added", id=one.id), None
    fields = changed_fields(was, one)
    if not fields:
        return None, was
    return Step(commit=by, change="changed", id=one.id, fields=fields), was


def _version(root: Path, commit: Commit) -> list[Statement]:
    """Read what the table held after a commit, with the actors and sources of then."""
    found = revisions.files(root, commit.id, [commit.file])
    if inputs.SETTINGS not in found or commit.file not in found:
        return []
    with revisions.laid_out(root, found) as folder:
        return list(project.read(folder).collection.statements)
