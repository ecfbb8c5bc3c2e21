"""Join the vocabulary of a project: its own Turtle and ``relations.csv``."""

from __future__ import annotations

import re
from pathlib import Path

from whosays import vocab
from whosays.errors import OntologyError
from whosays.project.desk import Desk
from whosays.project.line import Line, Rows, lines

REQUIRED = ("slug",)

_IGNORED = re.compile(r"(?P<file>[^:]+)(?::(?P<line>[0-9]+))?: (?P<term>.*)", re.DOTALL)


def read_ontology(desk: Desk, folder: Path) -> None:
    """Add the Turtle of a project; if it is broken, the core alone is in force."""
    try:
        desk.vocabulary = vocab.load(folder)
    except OntologyError as first:
        for error in (first, *first.others):
            desk.report(
                error.code,
                table=error.path,
                cell=f"line {error.line}" if error.line else "",
                row=error.line,
                text=error.message.removeprefix(
                    f"{error.path}:{error.line}: "
                ).removeprefix(f"{error.path}: "),
                instructions=error.hint,
            )
        return
    for text in desk.vocabulary.ignored:
        match = _IGNORED.fullmatch(text)
        row = int(match["line"]) if match and match["line"] else None
        desk.report(
            "WS520",
            table=match["file"] if match else "ontology",
            cell=f"line {row}" if row else "",
            row=row,
            value=match["term"] if match else text,
            text="is not part of a vocabulary, and not read",
        )


def read_relations(desk: Desk, table: Rows) -> None:
    """Add the relations of a project's table."""
    found = list(lines(desk, table))
    desk.vocabulary, faults = vocab.with_project_relations(
        desk.vocabulary, [line.row.cells for line in found], desk.settings.base
    )
    for fault in faults:
        line: Line = found[fault.index]
        line.report(
            fault.code, fault.column, value=fault.value, text=fault.text, fix=fault.fix
        )
