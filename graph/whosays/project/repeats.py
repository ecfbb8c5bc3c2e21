"""Statements across all tables: repetitions, mirrors and replacements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from whosays.model import Relation, Statement, Status
from whosays.project.line import Line


@dataclass(slots=True)
class Kept:
    """The rows of all files so far, to find repetitions across them."""

    statements: dict[str, Statement] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    mirrors: dict[tuple[str, ...], str] = field(default_factory=dict)


def keep(
    line: Line, statement: Statement, kept: Kept, relations: Mapping[str, Relation]
) -> None:
    """Store a statement unless it is there already; say so where it is."""
    first = kept.statements.get(statement.id)
    if first is not None:
        _report_repeated(line, statement, first)
        return
    kept.statements[statement.id] = statement
    kept.lines[statement.id] = line
    if not relations[statement.relation].symmetric:
        return
    key = (
        *sorted((statement.subject, statement.object)),
        *_identity(statement)[1:],
    )
    other = kept.mirrors.setdefault(key, statement.id)
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


def _report_repeated(line: Line, statement: Statement, first: Statement) -> None:
    """Tell a mere repetition from a second version, which would be lost."""
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
    for statement in kept.statements.values():
        for old in statement.supersedes:
            line = kept.lines[statement.id]
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
