"""Changing what was curated: from a sheet to accepted statements, slugs, statuses.

Only what the change means is touched, every other byte of the tables stays, and all
files change in one step or none does.
"""

from whosays.curating.adding import Added, RowsRefused, add
from whosays.curating.edits import Edit
from whosays.curating.effects import Effect, Effects, effects
from whosays.curating.marking import mark
from whosays.curating.mending import Mending, mend, mendings, project_sheets
from whosays.curating.renaming import KINDS, Renaming, rename
from whosays.curating.statuses import VERBS, Review, set_status
from whosays.curating.templates import Template, template

__all__ = [
    "KINDS",
    "VERBS",
    "Added",
    "Edit",
    "Effect",
    "Effects",
    "Mending",
    "Renaming",
    "Review",
    "RowsRefused",
    "Template",
    "add",
    "effects",
    "mark",
    "mend",
    "mendings",
    "project_sheets",
    "rename",
    "set_status",
    "template",
]
