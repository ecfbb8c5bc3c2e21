"""Which tables the files of a curator hold: sheets of a workbook, or files of a kind.

What a workbook keeps in the sheets statements, actors, sources and names, a plain table
``new.csv`` keeps in ``new.actors.csv``, ``new.sources.csv`` and ``new.names.csv`` beside
it, which are read along with it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from whosays import inputs
from whosays.errors import MissingFile
from whosays.matching import fold
from whosays.problems import Ledger
from whosays.project import actors, runs, sources, statements
from whosays.tables import Bytes, Log, Record, Refused, is_workbook, records_of

KINDS = ("actors", "sources", "names", "statements")
"""The kinds of sheets, in the order in which they refer to each other."""

COLUMNS = {
    "actors": actors.COLUMNS,
    "sources": sources.COLUMNS,
    "names": sources.NAMES_COLUMNS,
    "statements": statements.COLUMNS,
}
REQUIRED = {
    "actors": actors.REQUIRED,
    "sources": sources.REQUIRED,
    "names": sources.NAMES_REQUIRED,
    "statements": statements.REQUIRED,
}
PROBLEMS = "problems"
"""The column that marked copies and rejected rows carry."""

EXPORTED = (
    "subject_label",
    "relation_label",
    "object_label",
    "voice",
    "voice_label",
    "chain",
    "source_title",
    "mood",
    "said",
    "proposition",
    "id",
    "iri",
    *runs.COLUMNS[1:-1],
)
"""What an export to CSV says on top of the columns of the table, for its readers.

Where all of them stand in a header, they are known and left aside; a single one is a
name that nobody knows, such as a ``voice`` that was meant for ``speaker``.
"""

STDIN = Path("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table to be read: a file of a kind, or a sheet of a workbook.

    ``path`` is the file as it was named, ``-`` for stdin; ``part`` the sheet. With
    ``imported`` the source is what a plug-in made of that file, a plain table; with
    ``exported`` it has all the columns of an export.
    """

    path: Path
    kind: str
    source: Bytes
    part: str = ""
    encoding: str = ""
    imported: bool = False
    exported: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are known in it."""
        aside = EXPORTED if self.exported else ()
        return (*COLUMNS[self.kind], PROBLEMS, *aside)

    @property
    def file(self) -> str:
        """The file as problems name it."""
        return "stdin" if self.path == STDIN else str(self.path)

    @property
    def name(self) -> str:
        """The table as problems name it."""
        return f"{self.file}[{self.part}]" if self.part else self.file

    @property
    def reads_as(self) -> str:
        """The name that tells the reader what kind of file it is.

        What was made of a file shows that by its first bytes: lines of JSON, or CSV.
        """
        return "imported" if self.imported else self.file

    def beside(self, word: str) -> Path:
        """Name a file beside it: ``new.fixed.csv`` beside ``new.csv``.

        What a plug-in read is a plain table there.
        """
        suffix = ".csv" if self.imported else self.path.suffix
        return self.path.with_name(f"{self.path.stem}.{word}{suffix}")

    def records(self, log: Log | None = None) -> Iterator[Record]:
        """Read all records as they stand, header first; bad bytes end it quietly."""
        try:
            yield from records_of(
                self.source,
                self.reads_as,
                COLUMNS[self.kind],
                self.encoding,
                self.part,
                log or Log(self.name, Ledger(0)),
            )
        except Refused:
            return


def sheets_of(
    files: Sequence[Path],
    ledger: Ledger,
    *,
    stdin: bytes = b"",
    imported: Mapping[Path, bytes] | None = None,
    encoding: str = "",
) -> list[Sheet]:
    """List the tables of the files in the order in which they have to be read.

    ``imported`` are tables that a plug-in has made of some files.

    Raises:
        MissingFile: one of the files is not there.
        MissingExtra: a workbook, and openpyxl is not installed.
    """
    found: list[Sheet] = []
    for path in with_companions(files):
        given = path == STDIN or path in (imported or {})
        if not given and not os.path.lexists(path):
            raise MissingFile(f"no file {path}")
        name = "stdin" if path == STDIN else str(path)
        log = Log(name, ledger)
        try:
            table = (imported or {}).get(path)
            source = Bytes(table or (stdin if path == STDIN else path))
            if table:
                found.append(_of_table(path, source, "", imported=True))
            elif is_workbook(source, "" if path == STDIN else name):
                found += _of_workbook(path, source, log)
            else:
                found.append(_of_table(path, source, encoding))
        except Refused as refused:
            log.add(refused.code, value=refused.value, **refused.more)
    return sorted(found, key=lambda sheet: KINDS.index(sheet.kind))


def with_companions(files: Iterable[Path]) -> list[Path]:
    """Add the tables of actors, sources and names that lie beside a plain table."""
    found = list(dict.fromkeys(files))
    for path in tuple(found):
        if path.suffix.lower() in (".csv", ".tsv") and not names_kind(path):
            for kind in KINDS[:-1]:
                beside = path.with_name(f"{path.stem}.{kind}{path.suffix}")
                if inputs.is_file(beside) and beside not in found:
                    found.append(beside)
    return found


def _of_workbook(path: Path, source: Bytes, log: Log) -> Iterator[Sheet]:
    from whosays.tables.workbook import titles

    there = titles(source)
    kinds = {title: title.strip().casefold() for title in there}
    known = [title for title in there if kinds[title] in KINDS]
    if not known and len(there) == 1:
        yield _seen(path, "statements", source, there[0])
        return
    if not known:
        raise Refused("WS517", "statements")
    for title in there:
        if kinds[title] in KINDS:
            yield _seen(path, kinds[title], source, title)
        else:
            log.add("WS521", value=title)


def _seen(path: Path, kind: str, source: Bytes, part: str) -> Sheet:
    sheet = Sheet(path=path, kind=kind, source=source, part=part)
    return replace(sheet, exported=_is_export(kind, next(sheet.records(), None)))


def _of_table(
    path: Path, source: Bytes, encoding: str, *, imported: bool = False
) -> Sheet:
    plain = Sheet(
        path=path,
        kind="statements",
        source=source,
        encoding=encoding,
        imported=imported,
    )
    header = next(plain.records(), None)
    kind = names_kind(path) or _guessed(header)
    return replace(plain, kind=kind, exported=_is_export(kind, header))


def _is_export(kind: str, header: Record | None) -> bool:
    """Tell whether a table of statements has all the columns of an export."""
    if kind != "statements" or header is None:
        return False
    return {fold(name) for name in EXPORTED} <= {fold(cell) for cell in header.cells}


def names_kind(path: Path) -> str:
    """Tell the kind that a file's name says: ``actors.csv``, ``new.actors.csv``."""
    word = path.stem.removesuffix(".rejected").rpartition(".")[2]
    return word if word in KINDS[:-1] else ""


def _guessed(header: Record | None) -> str:
    """Tell the kind of a table by its columns."""
    there = {fold(cell) for cell in header.cells} if header else set()
    if header and header.number == 0:
        return "statements"  # lines of JSON name the columns that were asked for
    return max(
        reversed(KINDS),
        key=lambda kind: (
            len(there & {fold(name) for name in REQUIRED[kind]}) / len(REQUIRED[kind]),
            len(there & {fold(name) for name in COLUMNS[kind]}),
        ),
    )
