"""The named queries: those of the package and those of a project.

A query is a ``.rq`` file that begins with a header of ``#+`` lines::

    #+ summary: What this speaker denies
    #+ params: speaker=actor
    #+ columns: claim - the proposition in words

Parameters are spelt ``?_speaker`` in the text, so the file runs unchanged in any
SPARQL tool, where they are variables like others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from whosays.errors import QueryError, UnknownName
from whosays.guard import MAX_BYTES
from whosays.matching import suggest

TYPES = ("actor", "relation", "source", "statement", "stance", "date", "text", "int")

_SUFFIX = ".rq"
_BUNDLED = Path(__file__).parent  # not importlib.resources: see whosays.resources
_HEADER = re.compile(r"#\+\s*(?P<key>[a-z]+)\s*:\s*(?P<value>.*?)\s*\Z")
_PARAM = re.compile(r"(?P<name>[a-z][a-z0-9_]*)=(?P<type>[a-z]+)")
_COLUMN = re.compile(r"(?P<name>\w+)\s+-\s+(?P<meaning>.+)")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """A parameter, ``?_name`` in the text; every parameter may be left out."""

    name: str
    type: str

    def __str__(self) -> str:
        """Write it as it is typed."""
        return f"{self.name}={self.type}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the answer, in the words of its query's header."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuery:
    """A query with a name; ``origin`` is the file it came from.

    ``fault`` says why a file cannot be used; it is listed all the same.
    """

    name: str
    summary: str
    text: str
    title: str = ""
    params: tuple[Param, ...] = ()
    columns: tuple[Column, ...] = ()
    origin: str = ""
    fault: str = ""

    def param(self, name: str) -> Param | None:
        """Find a parameter by name."""
        return next((param for param in self.params if param.name == name), None)


def catalogue(project: Path | None = None) -> dict[str, NamedQuery]:
    """List all named queries by name, sorted.

    A project's query takes the place of a bundled one with the same name.
    """
    found = {query.name: query for query in _read_all(_BUNDLED)}
    if project is not None:
        found |= {query.name: query for query in own(project)}
    return dict(sorted(found.items()))


def own(project: Path) -> list[NamedQuery]:
    """List the queries that a project brings along, usable or not."""
    folder = project / "queries"
    return list(_read_all(folder)) if folder.is_dir() else []


def find(name: str, project: Path | None = None) -> NamedQuery:
    """Find a named query.

    Raises:
        UnknownName: There is none; the nearest are named.
        QueryError: Its file cannot be used.
    """
    query = _read_one(name, project)
    if query is None:
        known = catalogue(project)
        query = known.get(name)  # a file whose name is its fault
    if query is None:
        raise UnknownName("query", name, suggest(name, {key: (key,) for key in known}))
    if query.fault:
        raise QueryError(f"{query.origin}: {query.fault}")
    return query


def _read_one(name: str, project: Path | None) -> NamedQuery | None:
    """Read the one file that a name stands for; nobody needs to see the others."""
    if not _NAME.fullmatch(name):
        return None
    folders = [_BUNDLED]
    if project is not None:
        folders.insert(0, project / "queries")
    for folder in folders:
        file = folder / f"{name}{_SUFFIX}"
        if file.is_file():
            return read_query(file.read_bytes(), file.name)
    return None


def _read_all(folder: Path) -> Iterator[NamedQuery]:
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(_SUFFIX) and file.is_file():
            yield read_query(file.read_bytes(), file.name)


def read_query(data: bytes, file: str) -> NamedQuery:
    """Read a file; what is wrong with it becomes its ``fault``."""
    name = file.removesuffix(_SUFFIX)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _faulty(name, file, "not UTF-8")
    if len(data) > MAX_BYTES:
        return _faulty(name, file, f"more than {MAX_BYTES:,} bytes")
    if not _NAME.fullmatch(name):
        return _faulty(name, file, "a name has small letters, digits and hyphens")
    header: dict[str, list[str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if match := _HEADER.match(line):
            key = match["key"]
            if key not in ("summary", "title", "params", "columns"):
                return _faulty(name, file, f"line {number}: unknown header “{key}”")
            header.setdefault(key, []).append(match["value"])
    try:
        params = tuple(_params(" ".join(header.get("params", ()))))
        columns = tuple(_columns(header.get("columns", ())))
    except ValueError as problem:
        return _faulty(name, file, str(problem))
    return NamedQuery(
        name=name,
        summary=" ".join(header.get("summary", ())),
        title=" ".join(header.get("title", ())),
        text=text,
        params=params,
        columns=columns,
        origin=file,
    )


def _faulty(name: str, file: str, fault: str) -> NamedQuery:
    return NamedQuery(
        name=name, summary=f"cannot be used: {fault}", text="", origin=file, fault=fault
    )


def _params(text: str) -> Iterator[Param]:
    for item in text.split():
        match = _PARAM.fullmatch(item)
        if not match or match["type"] not in TYPES:
            raise ValueError(f"“{item}” is no parameter; types: {' '.join(TYPES)}")
        yield Param(name=match["name"], type=match["type"])


def _columns(lines: list[str] | tuple[()]) -> Iterator[Column]:
    for line in lines:
        match = _COLUMN.fullmatch(line)
        if not match:
            raise ValueError(f"“{line}” is no column; write: name - description")
        yield Column(name=match["name"], meaning=match["meaning"])
