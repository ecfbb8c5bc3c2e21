"""Check a whole project."""

from __future__ import annotations

from pathlib import Path

from whosays import problems, project
from whosays.checks.asked import query_problems
from whosays.checks.decided import decision_problems
from whosays.checks.rules import graph_problems
from whosays.checks.texts import text_problems
from whosays.problems import Problem
from whosays.project import Project


def check(path: Path) -> list[Problem]:
    """List all problems of a project, ordered by table, row and column.

    Raises:
        NotAProject: the folder has no ``whosays.toml``.
        MissingFile: the folder is not there, or its settings cannot be read.
    """
    return check_project(project.read(path))


def check_project(read: Project) -> list[Problem]:
    """List all problems of a project that was read already.

    Warnings and notices that the project allows are left out; errors never are.
    """
    found = [
        *read.problems,
        *text_problems(read),
        *graph_problems(read),
        *query_problems(read.path),
        *decision_problems(read),
    ]
    allowed = frozenset(read.collection.settings.allow)
    kept = (p for p in found if p.level == "error" or p.code not in allowed)
    return problems.ordered(dict.fromkeys(kept))
