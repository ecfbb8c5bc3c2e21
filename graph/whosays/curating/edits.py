"""The tables of a project under the pen: which cells change, and into what."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from whosays import inputs, project, vocab
from whosays.errors import DataError
from whosays.files import write_atomic
from whosays.project import Project
from whosays.project.actors import COLUMNS as ACTOR_COLUMNS
from whosays.project.runs import COLUMNS as RUN_COLUMNS
from whosays.project.sources import COLUMNS as SOURCE_COLUMNS
from whosays.project.sources import NAMES_COLUMNS
from whosays.project.statements import COLUMNS as STATEMENT_COLUMNS
from whosays.tables import Original, address

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    inputs.ACTORS: ACTOR_COLUMNS,
    inputs.SOURCES: SOURCE_COLUMNS,
    inputs.NAMES: NAMES_COLUMNS,
    inputs.RELATIONS: vocab.COLUMNS,
    inputs.RUNS: RUN_COLUMNS,
    inputs.STATEMENTS: STATEMENT_COLUMNS,
    "tours": ("title", "text", "link"),
    "cues": ("id", "lemma", "word", "relation"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One place of a file and what stands there before and after.

    ``cell`` is ``B7`` of a table, else ``line 7``.
    """

    file: str
    cell: str
    was: str
    becomes: str


class Edits:
    """The changes to the files of one project, until they are written."""

    def __init__(self, root: Path) -> None:
        """Start with nothing changed."""
        self.root = root
        self.done: list[Edit] = []
        self.added: list[tuple[str, str]] = []
        self._tables: dict[str, Original] = {}
        self._texts: dict[str, bytes] = {}
        self._moves: dict[str, str] = {}

    def table(self, name: str) -> Original | None:
        """Open a table; None if the project has no such file."""
        path = self.root / name
        if name not in self._tables:
            if not inputs.is_file(path):
                return None
            kind = name.rpartition("/")[0] or name
            columns = _COLUMNS[kind]
            data = inputs.read_bytes(path)
            self._tables[name] = Original(data, name, columns)
        return self._tables[name]

    def put(self, name: str, row: int, column: str, text: str) -> None:
        """Replace what a cell holds, unless it holds just that."""
        table = self.table(name)
        if table is None or table.raw(row, column) == text:
            return
        if not table.has(column):
            self.added.append((name, column))
        was = table.raw(row, column)
        table.put(row, column, text)
        cell = address(table.columns, row, column)
        self.done.append(Edit(file=name, cell=cell, was=was, becomes=text))

    def drop(self, name: str, row: int) -> None:
        """Take a row out of a table."""
        table = self.table(name)
        if table is not None:
            table.drop(row)
            self.done.append(Edit(file=name, cell=f"row {row}", was="", becomes=""))

    def replace(self, name: str, columns: Mapping[str, Callable[[str], str]]) -> None:
        """Let each column of a table go through a function, row by row."""
        table = self.table(name)
        if table is None:
            return
        for row in table.rows:
            for column, function in columns.items():
                if table.has(column):
                    raw = table.raw(row, column)
                    self.put(name, row, column, function(raw))

    def rewrite(self, name: str, function: Callable[[str], str]) -> None:
        """Let the text of another file go through a function that keeps its lines."""
        data = inputs.read_bytes(self.root / name)
        try:
            text = data.decode()
        except UnicodeDecodeError:
            return  # what cannot be read is left as it is, and its mentions are told
        new = function(text)
        if new == text:
            return
        self._texts[name] = new.encode()
        pairs = zip(text.splitlines(), new.splitlines(), strict=True)
        for number, (was, becomes) in enumerate(pairs, 1):
            if was != becomes:
                edit = Edit(
                    file=name, cell=f"line {number}", was=was.strip(), becomes=becomes
                )
                self.done.append(edit)

    def move(self, name: str, to: str) -> None:
        """Give a file another name."""
        self._moves[name] = to

    def files(self) -> dict[str, bytes | None]:
        """Give each file that changes its new content, or None where it goes."""
        edited = {edit.file for edit in self.done}
        found: dict[str, bytes | None] = {
            name: table.to_bytes()
            for name, table in self._tables.items()
            if name in edited
        }
        found |= self._texts
        for name, to in self._moves.items():
            found[to] = found.get(name) or inputs.read_bytes(self.root / name)
            found[name] = None
        return found

    @contextmanager
    def applied(self) -> Iterator[Project]:
        """Read the project as it would be, from a copy of its files.

        Raises:
            DataError: it would have errors.
        """
        with tempfile.TemporaryDirectory(prefix="whosays-") as aside:
            copy = Path(aside) / self.root.resolve().name
            for file in inputs.input_files(self.root):
                target = copy / inputs.relative(self.root, file)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
            for name, data in self.files().items():
                target = copy / name
                if data is None:
                    target.unlink(missing_ok=True)
                else:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    write_atomic(target, data)
            read = project.read(copy)
            if read.errors:
                raise DataError(read.errors)
            yield read


def sound(root: Path) -> Project:
    """Read a project that has no errors, since only such a one can be changed safely.

    Raises:
        DataError: it has errors; `check` lists them all.
    """
    read = project.read(root)
    if read.errors:
        raise DataError(read.errors)
    return read
