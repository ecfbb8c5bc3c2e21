"""Statements as one flat table for a spreadsheet or a data frame.

Each reference stands twice, as an id and as a label. Every status is there, in a column
of its own: a table can say what a bare triple cannot. All cells of a row are there too,
so that ``check`` and ``add`` read the table back.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from whosays.answers.columns import RUN_COLUMNS, run_cells
from whosays.delimited import pieces
from whosays.export.content import Content, Written
from whosays.model import Collection, Statement
from whosays.project import row_of
from whosays.tables import neutralise

COLUMNS = (
    "subject",
    "subject_label",
    "relation",
    "relation_label",
    "object",
    "object_label",
    "stance",
    "voice",
    "voice_label",
    "chain",
    "source",
    "source_title",
    "locator",
    "modality",
    "mood",
    "valid",
    "place",
    "said",
    "context",
    "framing",
    "confidence",
    "status",
    "gist",
    "note",
    "proposition",
    "id",
    "iri",
    "speaker",
    "said_on",
    "para_sha",
    "run",
    "supersedes",
    *RUN_COLUMNS,
)
"""The columns of the CSV export, an interface that programs may rely on."""


def write_csv(content: Content, file: BinaryIO) -> Written:
    """Write all statements as CSV; a cell that a spreadsheet would calculate is quoted.

    Such a cell gets a leading apostrophe, which reading a table takes off again.
    """
    collection = content.index.frame()
    count = 0

    def rows() -> Iterator[list[str]]:
        nonlocal count
        for count, statement in enumerate(content.index.stream(Statement), 1):
            row = cells_of(statement, collection)
            yield [neutralise(row[column]) for column in COLUMNS]

    file.writelines(text.encode() for text in pieces(chain([COLUMNS], rows())))
    return Written(count=count, unit="statements")


def cells_of(statement: Statement, collection: Collection) -> dict[str, str]:
    """Give the cells of a statement by column, as they are before neutralising."""
    return row_of(statement, collection) | {
        "subject_label": collection.label(statement.subject),
        "relation_label": collection.relations[statement.relation].label,
        "object_label": collection.label(statement.object),
        "voice": statement.voice,
        "voice_label": collection.label(statement.voice),
        "chain": " > ".join(statement.chain),
        "source_title": collection.label(statement.source),
        "modality": str(statement.modality),
        "mood": str(statement.mood),
        "said": statement.said,
        "confidence": f"{statement.confidence:g}",
        "status": str(statement.status),
        **run_cells(statement, collection),
        "proposition": statement.proposition,
        "id": statement.id,
        "iri": f"{collection.settings.base}st/{statement.id}",
    }
