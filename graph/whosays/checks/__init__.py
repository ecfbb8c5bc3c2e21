"""All that ``whosays check`` knows, in one list; nothing on disk is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from whosays import problems, project
from whosays.checks.asked import query_problems
from whosays.checks.rules import graph_problems
from whosays.checks.texts import text_problems
from whosays.problems import Problem
from whosays.project import Project
from whosays.project.loose import with_tables

__all__ = ["check", "check_project", "check_tables", "graph_problems", "text_problems"]


def check(path: Path) -> list[Problem]:
    """List all problems of a project, ordered by table, row and column.

    Raises:
        NotAProject: the folder has no ``whosays.toml``.
        MissingFile: the folder is not there, or its settings cannot be read.
    """
    return check_project(project.read(path))


def check_tables(path: Path, tables: Sequence[Path]) -> list[Problem]:
    """List the problems that statement tables have or would bring into a project.

    The tables may lie anywhere; they are read beside the statements that are there.
    """
    with with_tables(path, tables, beside=True) as (folder, names):
        found = check(folder)
    return [
        replace(one, table=str(names[one.table]), text=_named(one.text, names))
        for one in found
        if one.table in names and one.code != _MISNAMED
    ]


_MISNAMED = "WS114"  # what a file is called matters only inside a project


def _named(text: str, names: Mapping[str, Path]) -> str:
    for name, table in names.items():
        text = text.replace(name, str(table))
    return text


def check_project(read: Project) -> list[Problem]:
    """List all problems of a project that was read already.

    Warnings and notices that the project allows are left out; errors never are.
    """
    found = [
        *read.problems,
        *text_problems(read),
        *graph_problems(read),
        *query_problems(read.path),
    ]
    allowed = frozenset(read.collection.settings.allow)
    kept = (p for p in found if p.level == "error" or p.code not in allowed)
    return problems.ordered(dict.fromkeys(kept))
