"""Statements across all tables: repetitions, mirrors and replacements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from whosays import ids
from whosays.model import Relation, Statement, Status
from whosays.project.line import Line


@dataclass(slots=True)
class Kept:
    """The rows of all files so far, to find repetitions across them.

    With ``thin`` only the ids of further rows are kept, in ``seen``, with their row
    and a hash of the rest: a million rows then take some hundred megabytes.
    ``published`` are the ids, sorted, that a project had before its new rows.
    """

    statements: dict[str, Statement] = field(default_factory=dict)
    replacing: dict[str, Line] = field(default_factory=dict)
    mirrors: dict[int, str] = field(default_factory=dict)
    thin: bool = False
    seen: dict[str, tuple[int, int]] = field(default_factory=dict)
    published: tuple[str, ...] = ()


def keep(
    line: Line, statement: Statement, kept: Kept, relations: Mapping[str, Relation]
) -> None:
    """Store a statement unless it is there already; say so where it is."""
    first = kept.statements.get(statement.id)
    if first is not None:
        _report_repeated(line, statement, first, kept)
        return
    if kept.thin:
        _keep_thin(line, statement, kept)
        return
    kept.statements[statement.id] = statement
    if statement.supersedes:
        kept.replacing[statement.id] = line
    if not relations[statement.relation].symmetric:
        return
    key = (
        *sorted((statement.subject, statement.object)),
        *_identity(statement)[1:],
    )
    other = kept.mirrors.setdefault(hash(key), statement.id)
    if other != statement.id:
        line.report(
            "WS321",
            "subject",
            value=_where(kept.statements[other], line),
        )


def _identity(statement: Statement) -> tuple[str, ...]:
    """List what makes a statement what it is, apart from its ends."""
    return (
        f"{statement.subject}>{statement.object}",
        statement.relation,
        statement.source,
        statement.stance,
        ">".join(statement.chain),
        statement.modality,
        statement.locator,
        statement.valid,
    )


def _keep_thin(line: Line, statement: Statement, kept: Kept) -> None:
    rest = hash(replace(statement, row=0))
    row, other = kept.seen.setdefault(statement.id, (line.row.number, rest))
    if row == line.row.number:
        return
    if rest == other:
        line.report("WS320", value=f"row {row}")
    else:
        line.report("WS322", value=f"row {row}")


def _report_repeated(
    line: Line, statement: Statement, first: Statement, kept: Kept
) -> None:
    """Tell a mere repetition from a second version, which would be lost."""
    if line.desk.is_new(line.table.name) and not line.desk.is_new(first.file):
        other = ids.short_id(first.id, kept.published)
    else:
        other = f"{first.id}, {_where(first, line)}"
    differing = [
        name
        for name in Statement.__dataclass_fields__
        if name not in ("file", "row")
        and getattr(first, name) != getattr(statement, name)
    ]
    if not differing:
        line.report("WS320", value=other)
        return
    line.report(
        "WS322",
        differing[0],
        value=other,
        text=f"same statement as {other}, with another {', '.join(differing)}",
    )


def _where(statement: Statement, line: Line) -> str:
    if statement.file == line.table.name:
        return f"row {statement.row}"
    return f"{statement.file} row {statement.row}"


def check_supersedes(kept: Kept) -> None:
    """Check that a replaced statement that is still there was retracted."""
    for id, line in kept.replacing.items():
        statement = kept.statements[id]
        for old in statement.supersedes:
            replaced = kept.statements.get(old)
            if old == statement.id:
                line.report(
                    "WS412", "supersedes", value=old, text="is this statement itself"
                )
            elif replaced is not None and replaced.status is not Status.RETRACTED:
                line.report(
                    "WS412",
                    "supersedes",
                    value=old,
                    text=f"is still {replaced.status} in {_where(replaced, line)}",
                    instructions="set its status to retracted",
                )
