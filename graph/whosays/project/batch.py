"""New rows over a project: read as if they were part of it, while nothing is changed.

The tables of the project come first, then the new actors, sources and names, then the
new statements, all at one desk. So each row is checked against everything it may refer
to, and everything it may repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from whosays import changes, inputs, matching, problems, vocab
from whosays.model import Actor, Name, Source, Statement
from whosays.problems import REFUSED, WARNED, Ledger
from whosays.project import Project
from whosays.project.actors import read_actors
from whosays.project.desk import Desk
from whosays.project.gathering import Gathered, gather
from whosays.project.repeats import check_supersedes
from whosays.project.sheets import EXPORTED, PROBLEMS, REQUIRED, Sheet
from whosays.project.sources import read_names, read_sources
from whosays.project.statements import read_statements
from whosays.project.writing import actor_row, source_row
from whosays.tables import Row, TableReader

Progress = Callable[[str, int, float], None]
"""Is told the table, the rows read so far and the share of it (0 to 1), now and then."""

LISTED = 1_000  # problems of one code; the others are counted
_THIN = 24 * 1024 * 1024  # bytes of tables whose statements are not kept in memory
_EVERY = 1_000
MISNAMED = "WS114"  # what a file is called matters only inside a project


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How the rows of one sheet came out.

    ``rows`` = ``ready`` + ``warned`` + ``refused``; ``known`` actors or sources of
    them are part of the project already. ``first`` is the row of the header.
    """

    sheet: Sheet
    first: int
    rows: int
    known: int
    warned: int = 0
    refused: int = 0

    @property
    def ready(self) -> int:
        """The number of rows without error or warning."""
        return self.rows - self.warned - self.refused

    def marked(self, ledger: Ledger) -> Counted:
        """Count the marks of a ledger; what is wrong with the header is no row's."""
        marks = ledger.marks.get(self.sheet.name, bytearray())
        return replace(
            self,
            warned=marks.count(WARNED, self.first + 1),
            refused=marks.count(REFUSED, self.first + 1),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A project, new rows, and what both are together.

    ``before`` is the project alone, ``after`` both; the new records stand in the order
    of their sheets. ``refused`` are the rows with errors by table. Where the tables
    are too large (``thin``), ``statements`` and ``after`` lack the new ones.
    """

    before: Project
    after: Project
    sheets: tuple[Counted, ...]
    ledger: Ledger
    actors: tuple[Actor, ...]
    sources: tuple[Source, ...]
    names: tuple[Name, ...]
    statements: tuple[Statement, ...]
    thin: bool

    def refused(self) -> dict[str, frozenset[int]]:
        """Give the rows with errors by table."""
        return {
            table: frozenset(n for n, mark in enumerate(marks) if mark == REFUSED)
            for table, marks in self.ledger.marks.items()
        }


def read_batch(
    path: Path,
    sheets: Sequence[Sheet],
    ledger: Ledger,
    *,
    skip: Mapping[str, Collection[int]] | None = None,
    keep: bool = False,
    progress: Progress | None = None,
) -> Batch:
    """Read new rows over a project; their problems go into the ledger.

    ``skip`` leaves rows out; ``keep`` holds all statements in memory, however many.

    Raises:
        NotAProject: the folder has no ``whosays.toml``.
    """
    found, before = prepare(path, sheets, ledger)
    desk = found.desk
    found.kept.thin = not keep and sum(s.source.size for s in sheets) > _THIN
    intake = Intake(found, skip or {}, progress)
    counted = tuple(intake.read(sheet) for sheet in sheets)
    report_superseded(found, before)
    new = [s for s in found.kept.statements.values() if desk.is_new(s.file)]
    return Batch(
        before=before,
        after=_project(found, tuple(ledger)),
        sheets=counted,
        ledger=ledger,
        actors=tuple(
            desk.actors[slug]
            for slug, (table, _) in desk.actor_register.taken.items()
            if table in desk.new_tables and slug in desk.actors
        ),
        sources=tuple(
            desk.sources[slug]
            for slug, (table, _) in desk.source_register.taken.items()
            if table in desk.new_tables and slug in desk.sources
        ),
        names=tuple(intake.names),
        statements=tuple(sorted(new, key=intake.place)),
        thin=found.kept.thin,
    )


def prepare(
    path: Path, sheets: Sequence[Sheet], ledger: Ledger
) -> tuple[Gathered, Project]:
    """Gather a project so that new sheets can be read over it; give it alone too.

    Raises:
        NotAProject: the folder has no ``whosays.toml``.
    """
    root = inputs.root_of(path)
    changes.settle(root)
    found = gather(root, vocab.load())
    desk = found.desk
    before = _project(found, tuple(problems.ordered(desk.problems)))
    ledger.allow((*desk.settings.allow, MISNAMED))
    desk.problems = ledger
    desk.actor_register.forget()
    desk.source_register.forget()
    desk.settled.clear()
    desk.new_tables.update(sheet.name for sheet in sheets)
    desk.for_new.update(_where_new(sheets))
    found.kept.published = tuple(sorted(found.kept.statements))
    return found, before


@dataclass(slots=True)
class Intake:
    """Reads one sheet after the other into what was gathered."""

    found: Gathered
    skip: Mapping[str, Collection[int]] = field(default_factory=dict)
    progress: Progress | None = None
    names: list[Name] = field(default_factory=list)
    order: list[str] = field(default_factory=list)

    def read(self, sheet: Sheet) -> Counted:
        """Read one sheet; its problems are at the desk."""
        desk = self.found.desk
        rows = SheetRows(sheet, desk, self.skip.get(sheet.name, ()), self.progress)
        self.order.append(sheet.name)
        match sheet.kind:
            case "actors":
                read_actors(desk, rows)
            case "sources":
                read_sources(desk, rows)
            case "names":
                new = read_names(desk, rows, self.found.names)
                self.names.extend(new.values())
                self.found.names.update(new)
            case _:
                read_statements(desk, rows, self.found.kept)
        return rows.counted()

    def place(self, statement: Statement) -> tuple[int, int]:
        """Say where a statement stands among the sheets."""
        return self.order.index(statement.file), statement.row


class SheetRows:
    """The rows of a sheet on their way to the desk: those that say something new."""

    def __init__(
        self,
        sheet: Sheet,
        desk: Desk,
        skip: Collection[int] = (),
        progress: Progress | None = None,
    ) -> None:
        """Read the header; what is wrong with it goes to the desk."""
        self._sheet = sheet
        self._desk = desk
        self._skip = skip
        self._progress = progress
        self._unfilled = 0
        self._known = 0
        self._reader = TableReader(
            sheet.source,
            sheet.file,
            sheet.columns,
            required=REQUIRED[sheet.kind],
            encoding=sheet.encoding,
            sheet=sheet.part,
            reads_as=sheet.reads_as,
            ledger=desk.problems,
        )
        self.name = sheet.name
        self.names = self._reader.names
        self.misnamed = self._reader.misnamed
        if PROBLEMS in self._reader.header.names and self._reader.header.row:
            desk.report("WS529", table=self.name, value=PROBLEMS)
        if sheet.exported:
            desk.report("WS530", table=self.name, value=", ".join(EXPORTED))

    def cell(self, row: int | Row, column: str) -> str:
        """Name a cell as a spreadsheet does."""
        return self._reader.cell(row, column)

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows that are filled in and not known, once."""
        for row in self._reader:
            if self._progress and self._reader.count % _EVERY == 0:
                share = self._sheet.source.share
                self._progress(self.name, self._reader.count, share)
            if row.number in self._skip:
                continue
            if self._is_unfilled(row):
                self._unfilled += 1
            elif self._is_known(row):
                self._known += 1
            else:
                yield row
        if self._unfilled:
            rows = "row" if self._unfilled == 1 else "rows"
            self._desk.report(
                "WS528", table=self.name, value=f"{self._unfilled:,} {rows}"
            )

    def _is_unfilled(self, row: Row) -> bool:
        if self._sheet.kind != "statements" or not row.cells["source"]:
            return False
        return not any(
            cell for name, cell in row.cells.items() if name not in _NO_CLAIM
        )

    def _is_known(self, row: Row) -> bool:
        """Tell whether an actor or a source is there already, with all it says."""
        slug = row.cells.get("slug", "")
        desk = self._desk
        if self._sheet.kind == "actors" and slug in desk.actors:
            there = actor_row(desk.actors[slug])
            taken = desk.actor_register.taken
        elif self._sheet.kind == "sources" and slug in desk.sources:
            there = source_row(desk.sources[slug])
            taken = desk.source_register.taken
        else:
            return False
        table, number = taken.get(slug, ("", 0))
        if desk.is_new(table):
            return False  # twice among the new ones, which is reported
        for column, cell in row.cells.items():
            if cell and column in there and not _alike(cell, there[column]):
                desk.report(
                    "WS109",
                    table=self.name,
                    cell=self.cell(row, column),
                    row=row.number,
                    column=column,
                    value=cell,
                    text=f"is not what {table} row {number} says of {slug}: "
                    f"{there[column] or 'nothing'}",
                    instructions="change it there, or take another slug here",
                )
        return True

    def counted(self) -> Counted:
        """Count the rows, once they are read."""
        return Counted(
            sheet=self._sheet,
            first=self._reader.header.row,
            rows=self._reader.count - self._unfilled,
            known=self._known,
        )


_NO_CLAIM = frozenset({"source", PROBLEMS, *EXPORTED})


def _alike(cell: str, there: str) -> bool:
    return matching.fold(cell.replace("; ", ";")) == matching.fold(there)


def _project(found: Gathered, told: tuple[problems.Problem, ...]) -> Project:
    desk = found.desk
    return Project(
        path=found.root,
        collection=found.collection(),
        vocabulary=desk.vocabulary,
        problems=told,
        headers=dict(desk.headers),
        rows={**desk.actor_register.rows(), **desk.source_register.rows()},
    )


def report_superseded(found: Gathered, before: Project) -> None:
    """Report what the new rows do to rows that replace others; tell nothing twice."""
    desk = found.desk
    desk.problems, ledger = Ledger(), desk.problems
    check_supersedes(found.kept)
    told = frozenset(before.problems)
    ledger.extend(problem for problem in desk.problems if problem not in told)
    desk.problems = ledger


def _where_new(sheets: Sequence[Sheet]) -> dict[str, str]:
    """Say where a new actor or source goes: into the sheet beside the statements."""
    found = {}
    for sheet in sheets:
        if sheet.kind == "statements":
            for kind, table in (("actors", inputs.ACTORS), ("sources", inputs.SOURCES)):
                if sheet.part:
                    found[table] = f"sheet “{kind}”"
                elif sheet.path.suffix.lower() in (".csv", ".tsv"):
                    beside = sheet.path.with_suffix(f".{kind}{sheet.path.suffix}").name
                    found[table] = f"a row of {beside}"
    return found
