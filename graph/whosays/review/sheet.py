"""Decisions out of a spreadsheet: what a person filled into the table of the queue.

All of them are made or none, and what cannot be read is told with its cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from whosays import dates, lookup
from whosays.curating import RowsRefused
from whosays.errors import UnknownName
from whosays.extract.records import AUTHOR, MODALITIES
from whosays.matching import fold, nearest
from whosays.model import Collection
from whosays.problems import Problem, problem
from whosays.project.decisions import MADE, REASONS, Decision
from whosays.project.line import several
from whosays.review.deciding import Decided, Desk
from whosays.review.drafts import STANCES, Draft, draft
from whosays.review.listing import COLUMNS, cells_of
from whosays.review.queue import Item
from whosays.tables import Row, Table, read_table

_EDITABLE = ("subject", "relation", "object", "stance", "speaker", "also", "modality")
_WORDS = {
    "accept": ("accept", "accepted", "a", "y", "yes"),
    "refuse": ("refuse", "refused", "reject", "rejected", "r", "n", "no"),
    "skip": ("skip", "skipped", "later", "s"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a sheet: decisions made, rows left open, rows said before.

    ``problems`` are of rows that were left out, which only happens with ``partial``;
    ``notes`` are of what does no harm, such as a column that nobody knows.
    """

    decided: Decided
    open: int
    known: int
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


class SheetRefused(RowsRefused):
    """Rows of a sheet of decisions cannot be taken, and nothing was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep what is wrong."""
        super(RowsRefused, self).__init__(problems)


def read_sheet(
    desk: Desk,
    source: Path | bytes,
    *,
    name: str = "",
    partial: bool = False,
    dry_run: bool = False,
) -> Imported:
    """Make the decisions of a sheet, all of them or none.

    A cell that was changed corrects the candidate; an empty decision leaves it open.

    Args:
        desk: Where the decisions are made.
        source: The sheet, or its bytes.
        name: What problems call it.
        partial: Make those that can be made, and tell the others.
        dry_run: Write nothing.

    Raises:
        SheetRefused: a row cannot be taken; nothing was written.
    """
    name = name or str(source)
    table = read_table(source, name, COLUMNS, required=("id", "decision"))
    sheet = _Sheet(desk, table)
    found = [one for row in table.rows if (one := sheet.read(row)) is not None]
    sheet.problems[:0] = [one for one in table.problems if one.level == "error"]
    readable = {"id", "decision"} <= set(table.header)
    if sheet.problems and not (partial and readable):
        raise SheetRefused(sheet.problems)
    while True:
        drafts = [one for one in found if isinstance(one.made, Draft)]
        others = [one.made for one in found if isinstance(one.made, Decision)]
        accepted = [one.made for one in drafts if isinstance(one.made, Draft)]
        try:
            decided = desk.decide(accepted, others, dry_run=dry_run)
            break
        except RowsRefused as error:
            bad: set[int] = set()
            for fault in error.problems:
                if fault.row is None:
                    raise
                owner = drafts[desk.owners[fault.row - 2]]
                bad.add(owner.row.number)
                sheet.problems.append(_moved(fault, owner.row, table))
            if not partial:
                raise SheetRefused(sheet.problems) from None
            found = [one for one in found if one.row.number not in bad]
    return Imported(
        decided=decided,
        open=sheet.open,
        known=sheet.known,
        problems=tuple(sheet.problems),
        notes=tuple(one for one in table.problems if one.level != "error"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What a row asks for."""

    row: Row
    made: Draft | Decision


class _Sheet:
    """Reads rows of a sheet into decisions; what cannot be read is a problem."""

    def __init__(self, desk: Desk, table: Table) -> None:
        self._desk = desk
        self._table = table
        self._items = {one.candidate.id: one for one in desk.queue.items}
        self._seen: set[str] = set()
        self.problems: list[Problem] = []
        self.open = 0
        self.known = 0

    def read(self, row: Row) -> _Wanted | None:
        cells = row.cells
        id = cells.get("id", "")
        item = self._items.get(id)
        word = cells.get("decision", "")
        if not word:
            self.open += 1
            return None
        decision = next(
            (name for name, words in _WORDS.items() if fold(word) in words), ""
        )
        if item is None:
            near = nearest(id, self._items)
            self._report(row, "id", id, f"“{id}” is no candidate of this source", near)
        elif id in self._seen:
            self._report(row, "id", id, f"{id} stands twice in this sheet")
        elif not decision:
            near = nearest(word, _WORDS)
            told = f"“{word}” is no decision: accept, refuse or skip"
            self._report(row, "decision", word, told, near)
        elif item.state == "gone":
            self._report(row, "id", id, f"the words of {id} are not in the text")
        else:
            self._seen.add(id)
            return self._wanted(row, item, decision)
        return None

    def _wanted(self, row: Row, item: Item, decision: str) -> _Wanted | None:
        reason, note = row.cells.get("reason", ""), row.cells.get("note", "")
        before = len(self.problems)
        draft = self._draft(row, item) if decision == "accept" else None
        if reason and decision == "refuse" and fold(reason) not in REASONS:
            near = nearest(fold(reason), REASONS)
            told = f"“{reason}” is no reason: {', '.join(REASONS)}"
            self._report(row, "reason", reason, told, near)
        if len(self.problems) > before:
            return None
        if item.decision is not None and (not item.waits or decision == "skip"):
            if _same(item.decision, decision, draft):
                self.known += 1
            else:
                told = f"is {item.decision.decision} already; take that back first"
                self._report(row, "decision", decision, f"{row.cells['id']} {told}")
            return None
        one = item.candidate
        if draft is not None:
            return _Wanted(row=row, made=replace(draft, note=note))
        if decision == "skip":
            (made,) = self._desk.put_off([one])
        else:
            (made,) = self._desk.refusals([(one, fold(reason), note)])
        return _Wanted(row=row, made=made)

    def _draft(self, row: Row, item: Item) -> Draft:
        """Take over the cells that differ from what was written out."""
        begun = draft(item.candidate).settled(self._desk.collection)
        was, cells = cells_of(item), row.cells
        changed = {
            name: cells[name]
            for name in (*_EDITABLE, "valid")
            if self._has(name) and cells.get(name, "") != was[name]
        }
        values = {name: self._value(row, name, text) for name, text in changed.items()}
        for name, value in values.items():
            if value is None:
                continue
            if name == "relation":
                relation, turned = str(value[0]), value[1] == "turned"
                begun = begun.saying(relation=relation)
                begun = begun.turned() if turned else begun
            elif name == "speaker":
                chain = tuple(reversed(value[:-1]))
                begun = begun.saying(speaker=value[-1], chain=chain)
            elif name == "also":
                begun = begun.saying(also=value)
            else:
                begun = begun.saying(**{"time" if name == "valid" else name: value[0]})
        if lacking := begun.lacking():
            self._report(row, "id", row.cells["id"], f"{row.cells['id']}: {lacking}")
        gist = cells.get("gist", "")
        return replace(begun, gist=gist if self._has("gist") else "")

    def _has(self, name: str) -> bool:
        return name in self._table.header

    def _value(self, row: Row, name: str, text: str) -> tuple[str, ...] | None:
        """Read a cell that was changed; None if it cannot be read."""
        held = self._desk.collection
        try:
            match name:
                case "subject" | "object":
                    return (lookup.actor(held, text),)
                case "relation":
                    id, turned = lookup.relation(held, text)
                    return id, "turned" if turned else ""
                case "speaker":
                    links = several(text, ">") or [AUTHOR]
                    return tuple(_voice(held, link) for link in links)
                case "also":
                    return tuple(_voice(held, link) for link in several(text))
                case "stance":
                    return (_chosen(text, STANCES),)
                case "modality":
                    names = {value.value: key for key, value in MODALITIES.items()}
                    return (names.get(text) or _chosen(text, [*MODALITIES]),)
                case _:
                    return (dates.parse(text).text if text else "",)
        except UnknownName as error:
            near = error.nearest[0] if len(error.nearest) == 1 else ""
            self._report(row, name, text, error.message, near)
        except dates.DateError as error:
            told = f"“{text}” {error.message}"
            self._report(row, name, text, told, error.fix, error.hint)
        return None

    def _report(
        self,
        row: Row,
        column: str,
        value: str,
        text: str,
        fix: str = "",
        instructions: str = "",
    ) -> None:
        self.problems.append(
            problem(
                "WS805",
                table=self._table.name,
                cell=self._table.cell(row, column)
                if self._has(column)
                else f"row {row.number}",
                row=row.number,
                column=column,
                value=value,
                text=text,
                fix=fix,
                instructions=instructions,
            )
        )


def _voice(collection: Collection, text: str) -> str:
    return AUTHOR if text == AUTHOR else lookup.actor(collection, text)


def _chosen(text: str, values: Sequence[str]) -> str:
    if fold(text) in values:
        return fold(text)
    raise UnknownName("value", text, [one for one in [nearest(text, values)] if one])


def _same(made: Decision, wanted: str, draft: Draft | None) -> bool:
    """Tell whether a sheet says what was decided already."""
    if wanted == "accept":
        return (
            made.decision in MADE
            and draft is not None
            and (made.after is None or made.after.key() == draft.reading.key())
        )
    return made.decision == {"refuse": "rejected", "skip": "skipped"}[wanted]


def _moved(one: Problem, row: Row, table: Table) -> Problem:
    """Let a problem of a row that would be written point into the sheet."""
    column = one.column if one.column in table.header else ""
    cell = table.cell(row, column) if column else f"row {row.number}"
    return replace(one, table=table.name, cell=cell, row=row.number)
