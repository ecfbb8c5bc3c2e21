"""All that ``whosays check`` knows; nothing on disk is changed."""

from whosays.checks.loose import Checked, check_tables
from whosays.checks.rules import graph_problems
from whosays.checks.texts import text_problems
from whosays.checks.whole import check, check_project

__all__ = [
    "Checked",
    "check",
    "check_project",
    "check_tables",
    "graph_problems",
    "text_problems",
]
