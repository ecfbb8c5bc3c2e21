"""From a curator's sheet to accepted statements: add, mend, mark, and templates."""

from whosays.curating.adding import Added, RowsRefused, add
from whosays.curating.effects import Effect, Effects, effects
from whosays.curating.marking import mark
from whosays.curating.mending import Mending, mend, mendings, project_sheets
from whosays.curating.templates import Template, template

__all__ = [
    "Added",
    "Effect",
    "Effects",
    "Mending",
    "RowsRefused",
    "Template",
    "add",
    "effects",
    "mark",
    "mend",
    "mendings",
    "project_sheets",
    "template",
]
