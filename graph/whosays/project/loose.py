"""Statement tables that lie outside a project, read as if they were part of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from whosays import inputs
from whosays.errors import MissingFile


@contextmanager
def with_tables(
    path: Path, tables: Sequence[Path]
) -> Iterator[tuple[Path, Mapping[str, Path]]]:
    """Lend a project that has these statement tables, and tell which is called what.

    Actors, sources, relations and settings are those of the project at ``path``.

    Raises:
        MissingFile: one of the tables is not there.
    """
    for table in tables:
        if not table.is_file():
            raise MissingFile(f"no file {table}")
    root = inputs.root_of(path)
    with tempfile.TemporaryDirectory(prefix="whosays-") as folder:
        aside = Path(folder)
        statements = aside / inputs.STATEMENTS
        statements.mkdir()
        for file in inputs.input_files(root):
            if file.parent.name == inputs.STATEMENTS:
                continue
            if file.parent.name == inputs.TOURS:
                continue  # they lead through statements that may not be there
            target = aside / inputs.relative(root, file)
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(file, target)
        names: dict[str, Path] = {}
        for number, table in enumerate(tables, 1):
            target = statements / f"{number}-{table.stem}.csv"
            shutil.copyfile(table, target)
            names[inputs.relative(aside, target)] = table
        yield aside, names
