"""The queue as a table for a spreadsheet: places and readings, an empty decision.

The words of the text are other people's; they are put in only when they are asked for,
and such a file should stay out of version control.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from whosays.errors import MissingExtra, UsageError
from whosays.extract.records import AUTHOR
from whosays.files import write_atomic
from whosays.project.decisions import Reading
from whosays.project.writing import csv_text
from whosays.review.anchors import reading
from whosays.review.deciding import Desk
from whosays.review.queue import Item
from whosays.tables import neutralise

COLUMNS = (
    "id",
    "decision",
    "reason",
    "subject",
    "relation",
    "object",
    "stance",
    "speaker",
    "also",
    "modality",
    "valid",
    "gist",
    "note",
    "locator",
    "tier",
    "flags",
    "alternatives",
    "text",
)


def write_sheet(
    desk: Desk, target: Path, *, text: bool = False, everything: bool = False
) -> int:
    """Write the candidates that wait as ``.csv``, ``.tsv``, ``.xlsx`` or ``.jsonl``.

    ``text`` puts the words of the passages in; ``everything`` lists decided ones too.

    Raises:
        UsageError: another suffix.
        MissingExtra: a workbook, and openpyxl is not installed.
    """
    suffix = target.suffix.lower()
    columns = COLUMNS if text else COLUMNS[:-1]
    items = [one for one in desk.queue.items if everything or one.waits]
    rows = [cells_of(one) for one in items]
    match suffix:
        case ".csv" | ".tsv":
            safe = [{k: neutralise(v) for k, v in row.items()} for row in rows]
            kept = [{name: row[name] for name in columns} for row in safe]
            separator = "\t" if suffix == ".tsv" else ","
            write_atomic(target, csv_text(columns, kept, separator))
        case ".jsonl" | ".ndjson":
            lines = (
                json.dumps({n: row[n] for n in columns}, ensure_ascii=False)
                for row in rows
            )
            write_atomic(target, "".join(f"{line}\n" for line in lines))
        case ".xlsx":
            write_atomic(target, _workbook(columns, rows))
        case _:
            raise UsageError(
                f"no sheet of the kind “{suffix}”", "Use .csv, .tsv, .xlsx or .jsonl"
            )
    return len(rows)


def cells_of(item: Item) -> dict[str, str]:
    """Write a candidate as a row; what was decided stands in it too."""
    one = item.candidate
    said = reading(one)
    made = item.decision
    return {
        "id": one.id,
        "decision": made.decision if made and not item.waits else "",
        "reason": made.reason if made else "",
        "subject": said.subject,
        "relation": said.relation,
        "object": said.object,
        "stance": said.stance,
        "speaker": _speaker(said),
        "also": ";".join(said.also),
        "modality": said.modality,
        "valid": said.time,
        "gist": "",
        "note": "",
        "locator": one.locator,
        "tier": one.tier,
        "flags": ";".join(one.flags),
        "alternatives": "; ".join(
            f"{a.subject} {a.relation} {a.object} {a.stance}" for a in one.alternatives
        ),
        "text": " ".join(one.selector.exact.split()),
    }


def _speaker(said: Reading) -> str:
    own = () if said.speaker == AUTHOR and not said.chain else (said.speaker,)
    return " > ".join((*reversed(said.chain), *own))


def _workbook(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingExtra("xlsx", "writing a workbook", "openpyxl") from error
    book = Workbook()
    sheet = book.active
    sheet.title = "decisions"
    sheet.append(list(columns))
    for row in rows:
        sheet.append([neutralise(row[name]) for name in columns])
    sheet.freeze_panes = "C2"
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()
