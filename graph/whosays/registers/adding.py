"""Add actors, sources and relations to their tables: checked first, then whole.

A new row is read as if it stood in the table already, so it meets every rule that
``check`` knows. What has the name of somebody else is refused, a near name is told.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from whosays import changes, ids, inputs, matching, problems, project
from whosays.errors import DataError, UsageError
from whosays.files import write_atomic
from whosays.model import Collection
from whosays.problems import Problem
from whosays.project import Project, csv_text
from whosays.registers.columns import columns_of, required_of
from whosays.tables import neutralise
from whosays.tables.original import Original

Cells = Mapping[str, str]
"""The cells of a row by column."""

_TAKEN = ("WS107", "WS118")
"""Warnings of what is there, errors of what is new: a name or a source of another."""
_LOOKED_FOR = 50  # new rows whose near names are told; more come from a file
_ID = re.compile(r"[a-z][A-Za-z0-9]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What came into a table: slugs with their rows, warnings, and near names.

    ``near`` maps a new slug to what has nearly its name, each as it should be shown;
    ``taken_over`` are aliases that a relation had and a new one is called by.
    """

    kind: str
    table: str
    rows: Mapping[str, int]
    problems: tuple[Problem, ...]
    near: Mapping[str, tuple[str, ...]]
    taken_over: tuple[tuple[str, str], ...] = ()


def add(
    path: Path, kind: str, rows: Sequence[Cells], *, dry_run: bool = False
) -> Added:
    """Add rows to ``actors.csv``, ``sources.csv`` or ``relations.csv``.

    All rows come in, or none. The table keeps its separator, its order of columns, its
    line ends and every byte of the rows that are there.

    Args:
        path: The folder of the project.
        kind: ``actor``, ``source`` or ``relation``.
        rows: Cells by column; those that are left out are empty.
        dry_run: Check and tell, and write nothing.

    Raises:
        UsageError: there is no such kind or column.
        DataError: a row has errors, or the name of something else.
        OutsideError: the table cannot be written, or changed meanwhile.
    """
    columns = columns_of(kind)
    for cells in rows:
        _refuse_unknown(kind, cells, columns)
    root = inputs.root_of(path)
    with changes.change(root) as change:
        table = f"{kind}s.csv"
        data = inputs.read_bytes(root / table) if (root / table).exists() else b""
        numbers, new = _appended(data, table, columns, rows)
        before = _read(root, {})
        after = _read(root, {table: new})
        found = [
            one
            for one in after.problems
            if one.table == table and (one.row in numbers or one not in before.problems)
        ]
        errors = [
            *(one for one in found if one.level == "error"),
            *(replace(one, level="error") for one in found if one.code in _TAKEN),
        ]
        if errors:
            raise DataError(problems.ordered(errors))
        if not dry_run:
            if data:
                change.expect({table: before.collection.inputs[table]})
            change.write(table, new)
    allowed = before.collection.settings.allow
    return Added(
        kind=kind,
        table=table,
        rows={
            cells["slug"]: number for cells, number in zip(rows, numbers, strict=True)
        },
        problems=tuple(one for one in found if one.code not in allowed),
        near=_near(before.collection, kind, rows),
        taken_over=tuple(_taken_over(before.collection, after.collection)),
    )


def with_slug(kind: str, name: str, cells: Cells) -> dict[str, str]:
    """Read what was typed as a slug or as a name, and make the other one of it.

    >>> with_slug("actor", "The Cedar Front", {"type": "militia"})
    {'type': 'militia', 'slug': 'the-cedar-front', 'label': 'The Cedar Front'}

    Raises:
        UsageError: nothing of the name is left for a slug.
    """
    name = " ".join(name.split())
    found = dict(cells)
    shown = "title" if kind == "source" else "label"
    slug = _slug(kind, name)
    if not slug:
        raise UsageError(f"“{name}” has neither letter nor digit")
    found["slug"] = slug
    if slug != name and not found.get(shown):
        found[shown] = name
    if kind == "relation" and not found.get("label"):
        found["label"] = _words(slug)
    return found


def missing(kind: str, cells: Cells) -> list[str]:
    """List the required columns that a row leaves empty."""
    return [column for column in required_of(kind) if not cells.get(column, "").strip()]


def _slug(kind: str, name: str) -> str:
    if kind != "relation":
        return name if ids.is_slug(name) else ids.make_slug(name)
    if _ID.fullmatch(name):
        return name
    first, *more = matching.normalise(name).split() or [""]
    return first + "".join(word.capitalize() for word in more)


def _words(slug: str) -> str:
    """Write the id of a relation in words: ``keepsWatch`` is keeps watch."""
    return "".join(f" {char.lower()}" if char.isupper() else char for char in slug)


def _refuse_unknown(kind: str, cells: Cells, columns: Sequence[str]) -> None:
    for column in cells:
        if column not in columns:
            near = matching.nearest(column, columns)
            hint = f"Did you mean: {near}. " if near else ""
            raise UsageError(
                f"{kind}s have no column “{column}”",
                f"{hint}Columns: {', '.join(columns)}",
            )


def _appended(
    data: bytes, table: str, columns: Sequence[str], rows: Sequence[Cells]
) -> tuple[list[int], bytes]:
    """Write the rows below those that are there, and say which rows they are."""
    trimmed = [{name: text.strip() for name, text in one.items()} for one in rows]
    if not data.strip():
        safe = (
            {name: neutralise(text, formulas=False) for name, text in cells.items()}
            for cells in trimmed
        )
        return list(range(2, len(rows) + 2)), csv_text(columns, safe).encode()
    original = Original(data, table, columns)
    return [original.append(cells) for cells in trimmed], original.to_bytes()


def _read(root: Path, new: Mapping[str, bytes]) -> Project:
    """Read a project without its statements, with some tables replaced."""
    with tempfile.TemporaryDirectory(prefix="whosays-") as folder:
        aside = Path(folder) / root.resolve().name
        for file in inputs.input_files(root):
            name = inputs.relative(root, file)
            if file.parent.name == inputs.STATEMENTS:
                continue
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, aside / name)
        for name, data in new.items():
            write_atomic(aside / name, data)
        return project.read(aside)


def _taken_over(before: Collection, after: Collection) -> Iterator[tuple[str, str]]:
    """Yield (alias, relation) where a new relation is called what was only an alias."""
    for id, old in before.relations.items():
        new = after.relations.get(id, old)
        for alias in old.aliases:
            if alias not in new.aliases:
                yield alias, id


def _near(
    collection: Collection, kind: str, rows: Sequence[Cells]
) -> dict[str, tuple[str, ...]]:
    """Find what has nearly the name of something new, which may be the same."""
    if len(rows) > _LOOKED_FOR:
        return {}
    names = _names(collection, kind)
    found = {}
    for cells in rows:
        name = cells.get("title") or cells.get("label") or cells["slug"]
        near = matching.suggest(name, names)
        if near:
            shown = (f"{slug} ({next(iter(names[slug]))})" for slug in near)
            found[cells["slug"]] = tuple(shown)
    return found


def _names(collection: Collection, kind: str) -> dict[str, list[str]]:
    match kind:
        case "actor":
            return {
                slug: [actor.label, *(alias.text for alias in actor.aliases)]
                for slug, actor in collection.actors.items()
            }
        case "source":
            return {slug: [one.title] for slug, one in collection.sources.items()}
        case _:
            return {
                id: [one.label, *one.aliases]
                for id, one in collection.relations.items()
            }
