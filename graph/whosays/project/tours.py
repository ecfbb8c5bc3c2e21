"""Read ``tours/*.csv``: walks through the view, a row per step.

A step holds the state of the view that its reader shall see, as the view itself writes
it into its address, so that a tour is made by clicking and copying.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from whosays import ids
from whosays.model import Step, Tour
from whosays.project.desk import Desk
from whosays.project.line import lines
from whosays.project.links import Links
from whosays.tables import Table

__all__ = ["COLUMNS", "REQUIRED", "Links", "read_tour"]

REQUIRED = ("title",)
COLUMNS = ("title", "text", "link")


def read_tour(desk: Desk, table: Table, links: Links) -> Iterator[Tour]:
    """Read a tour; without any step it is none."""
    slug = PurePosixPath(table.name).stem
    if not ids.is_slug(slug):
        desk.report(
            "WS109",
            table=table.name,
            value=slug,
            text="is not a slug; a tour is called by its file name",
            fix=ids.make_slug(slug),
        )
    steps = []
    for line in lines(desk, table):
        title = line.required("title")
        link = links.read(line)
        if line.good:
            steps.append(Step(title=title, text=line.text("text"), link=link))
    if steps:
        yield Tour(slug=slug, steps=tuple(steps))
    elif not table.rows and not table.problems:
        desk.report(
            "WS520",
            table=table.name,
            value=table.name,
            text="has no step and is no tour",
            instructions="add a row for each step, or delete the file",
        )
