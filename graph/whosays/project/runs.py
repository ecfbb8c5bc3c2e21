"""Read ``runs.csv``: how rows came about that nobody typed, a row per run.

The column ``run`` of a statement names one. A run that has no row is allowed: then
nothing more is known of it than its name.
"""

from __future__ import annotations

from whosays import ids
from whosays.model import Run
from whosays.project.desk import Desk
from whosays.project.line import Rows, lines, several

REQUIRED = ("slug",)
COLUMNS = (
    *REQUIRED,
    "tool",
    "proposers",
    "patterns",
    "tier",
    "decision",
    "decided_by",
    "decided_on",
    "note",
)
TIERS = ("A", "B", "C")
DECISIONS = ("accepted", "corrected", "added")
"""What a person did with a candidate whose row is in the tables."""


def read_runs(desk: Desk, table: Rows) -> dict[str, Run]:
    """Read the runs of a table by slug."""
    found: dict[str, Run] = {}
    for line in lines(desk, table):
        slug = line.required("slug")
        if slug and not ids.is_slug(slug):
            line.report("WS109", "slug", text="is not a slug", fix=ids.make_slug(slug))
        elif slug in found:
            line.report("WS109", "slug", text="stands twice in this table")
        for column, values in (("tier", TIERS), ("decision", DECISIONS)):
            if line.text(column) not in ("", *values):
                instructions = f"one of: {', '.join(values)}"
                line.report("WS108", column, instructions=instructions)
        decided_on = line.date("decided_on")
        if line.good:
            found[slug] = Run(
                slug=slug,
                tool=line.text("tool"),
                proposers=tuple(several(line.text("proposers"))),
                patterns=tuple(several(line.text("patterns"))),
                tier=line.text("tier"),
                decision=line.text("decision"),
                decided_by=line.text("decided_by"),
                decided_on=decided_on.text if decided_on else "",
                note=line.text("note"),
            )
    return found
