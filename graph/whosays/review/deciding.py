"""Decide about candidates: each decision is on disk before the next one can be made.

What is accepted goes through the writer of ``whosays add``, with its checks; the rows,
the run they came out of and the line of the log appear together or not at all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from whosays import changes, curating, inputs, lookup, project, resources
from whosays.curating import Added
from whosays.curating.edits import Edits
from whosays.curating.tables import appended
from whosays.errors import DataError, UsageError
from whosays.extract.records import Candidate
from whosays.model import Collection, Run, Statement
from whosays.project import decisions
from whosays.project.actors import COLUMNS as ACTOR_COLUMNS
from whosays.project.decisions import MADE, Decision, Row
from whosays.project.runs import COLUMNS as RUN_COLUMNS
from whosays.project.statements import COLUMNS
from whosays.project.writing import csv_text, row_of, run_row
from whosays.review.anchors import anchor, reading
from whosays.review.drafts import Draft, statement_id
from whosays.review.queue import Queue, load
from whosays.text import controls

ROWS = Path("accepted")
"""What problems of rows that are not written yet name as their table."""
ACTORS = Path("accepted") / "actors"


class NotReady(UsageError):
    """A candidate lacks something that its row needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Decisions that were made together; ``added`` says what they change, if rows."""

    decisions: tuple[Decision, ...]
    added: Added | None = None
    removed: tuple[str, ...] = ()


class Desk:
    """Where one person decides about the candidates of one source."""

    def __init__(
        self,
        path: Path,
        source: str,
        *,
        by: str = "",
        dated: bool = True,
        changed: Callable[[], None] | None = None,
    ) -> None:
        """Lay out the candidates of a source.

        Args:
            path: The project.
            source: The source, in any spelling.
            by: A name to put beside the decisions; none is needed.
            dated: Note when each decision was made.
            changed: Is called whenever the tables have got or lost a row.

        Raises:
            DataError: the tables have errors.
            UnknownName: there is no such source.
            MissingFile: no candidates were extracted.
        """
        self.root = inputs.root_of(path)
        if resources.is_installed(self.root):
            raise UsageError(
                "the bundled project belongs to the program and is not written to",
                "Start your own: whosays init my-topic",
            )
        if found := controls(by):
            raise UsageError(f"the name holds {found[0][0]} ({found[0][1]})")
        self.by = " ".join(by.split())
        self.dated = dated
        self._changed = changed
        self._state: object = None
        self.collection = self._records()
        self.source = lookup.source(self.collection, source)
        self.name = decisions.name_of(self.source)
        self.owners: list[int] = []
        """Of the rows written last, or refused, the number of the draft of each."""
        self.queue: Queue
        self.refresh()

    def refresh(self) -> None:
        """Load candidates and decisions again."""
        self.queue = load(self.root, self.source, self.collection)

    def accept(self, *drafts: Draft, dry_run: bool = False) -> Decided:
        """Put candidates into the tables, all of them or none.

        A row that is there already is not written a second time; the decision names it.

        Raises:
            NotReady: an actor or a speaker is still unknown.
            RowsRefused: the check refuses a row; nothing was written.
            OutsideError: somebody else writes, or the disk refuses.
        """
        return self.decide(drafts, dry_run=dry_run)

    def refuse(
        self, *candidates: Candidate, reason: str = "", note: str = ""
    ) -> Decided:
        """Refuse candidates; what is wrong with them is one of ``REASONS`` or empty."""
        return self.decide(
            (),
            [self._refusal(one, reason, note) for one in candidates],
        )

    def skip(self, *candidates: Candidate) -> Decided:
        """Put candidates off: they come again, behind the others."""
        return self.decide((), [self._entry(one, "skipped") for one in candidates])

    def refusals(self, refused: Sequence[tuple[Candidate, str, str]]) -> list[Decision]:
        """Prepare refusals of (candidate, reason, note), to be made with others."""
        return [self._refusal(*one) for one in refused]

    def put_off(self, candidates: Sequence[Candidate]) -> list[Decision]:
        """Prepare to put candidates off together with other decisions."""
        return [self._entry(one, "skipped") for one in candidates]

    def decide(
        self,
        drafts: Sequence[Draft],
        others: Sequence[Decision] = (),
        *,
        dry_run: bool = False,
    ) -> Decided:
        """Make decisions together, all of them or none; see `accept`."""
        if not drafts:
            return self._log(others, dry_run=dry_run)
        for one in drafts:
            if lacking := one.lacking():
                raise NotReady(lacking, "Choose one, or refuse the candidate")
        held = self.collection = self._records()
        known = {one.id for one in held.statements}
        cells: list[dict[str, str]] = []
        ids: list[list[tuple[str, bool]]] = []
        self.owners = []
        for number, one in enumerate(drafts):
            own: list[tuple[str, bool]] = []
            for row in one.rows(held):
                id = _id(row, held)
                new = not id or id not in known
                own.append((id, new))
                if new:
                    known.add(id)
                    cells.append(row)
                    self.owners.append(number)
            ids.append(own)
        made = [
            self._accepted(one, own, {}, held)
            for one, own in zip(drafts, ids, strict=True)
        ]

        def along(after: Collection, new: Sequence[Statement]) -> Mapping[str, bytes]:
            hashes = {one.id: row_hash(one, after) for one in new}
            made[:] = [
                self._accepted(one, own, hashes, held)
                for one, own in zip(drafts, ids, strict=True)
            ]
            made.extend(others)
            runs = [
                run_of(entry)
                for entry in made
                if any(row.hash for row in entry.statements)
                and entry.candidate not in after.runs
            ]
            files = {self.name: decisions.extended(self._bytes(), made)}
            if runs:
                rows = [run_row(run) for run in runs]
                files[inputs.RUNS] = appended(
                    self.root / inputs.RUNS, RUN_COLUMNS, rows
                )
            return files

        if not cells:
            return self._log([*made, *others], dry_run=dry_run)
        tables = {ROWS: csv_text(COLUMNS, cells).encode()}
        actors = {new.slug: asdict(new) for one in drafts for new in one.actors}
        for slug in held.actors:
            actors.pop(slug, None)
        if actors:
            tables[ACTORS] = csv_text(ACTOR_COLUMNS, actors.values()).encode()
        added = curating.add(
            self.root,
            [*tables],
            imported=tables,
            dry_run=dry_run,
            along=along,
        )
        if dry_run:
            made.extend(others)
        else:
            self.collection = added.checked.batch.after.collection
            self._state = inputs.state(self.root)
            self._tell()
        return Decided(decisions=tuple(made), added=added)

    def undo(self, candidate: str = "") -> Decided:
        """Take back the latest decision that stands, of this person if one is named.

        Rows that it wrote are taken out again, unless somebody has changed them since.

        Args:
            candidate: The id of a candidate, to take back what was decided about it.

        Raises:
            UsageError: there is nothing to take back, or a row was changed.
            DataError: the project would have errors without the row.
        """
        with changes.change(self.root) as change:
            log = decisions.read(self.root, self.name)
            last = next(
                (
                    one
                    for one in reversed([*log.standing().values()])
                    if (one.candidate == candidate if candidate else self._mine(one))
                ),
                None,
            )
            if last is None:
                about = f" about {candidate}" if candidate else ""
                raise UsageError(f"there is no decision{about} to take back")
            rows = self._take_out(change, last) if last.decision in MADE else []
            entry = replace(
                last,
                at=self._now(),
                by=self.by,
                decision="undone",
                after=None,
                reason="",
                note="",
                statements=(),
            )
            change.write(self.name, decisions.extended(self._bytes(), [entry]))
        if rows:
            self.collection = self._records()
            self._tell()
        return Decided(decisions=(last,), removed=tuple(row.id for row in rows))

    def _mine(self, entry: Decision) -> bool:
        return not self.by or entry.by == self.by

    def _take_out(self, change: changes.Change, last: Decision) -> list[Row]:
        """Take what a decision wrote out of the tables; give the rows."""
        held = project.read(self.root).collection
        there = {one.id: one for one in held.statements if one.run == last.candidate}
        rows = [row for row in last.statements if row.hash and row.id in there]
        hashes = {row.id: row.hash for row in rows}
        edits = Edits(self.root)
        for id, one in there.items():
            if row_hash(one, held) != hashes.get(id):
                raise UsageError(
                    f"the row of {id} was changed since it was accepted",
                    f"Take the statement back: whosays retract {id}",
                )
            edits.drop(one.file, one.row)
        runs = edits.table(inputs.RUNS)
        for number in [*runs.rows] if runs is not None else ():
            if runs is not None and runs.cell(number, "slug") == last.candidate:
                edits.drop(inputs.RUNS, number)
        if edits.done:
            change.expect(held.inputs)
            with edits.applied():  # the project is sound without them
                for name, data in edits.files().items():
                    change.write(name, data or b"")
        return rows

    def _log(self, entries: Sequence[Decision], *, dry_run: bool) -> Decided:
        if entries and not dry_run:
            with changes.change(self.root) as change:
                change.write(self.name, decisions.extended(self._bytes(), entries))
        return Decided(decisions=tuple(entries))

    def _accepted(
        self,
        one: Draft,
        ids: Sequence[tuple[str, bool]],
        hashes: Mapping[str, str],
        collection: Collection,
    ) -> Decision:
        entry = self._entry(one.candidate, one.decision)
        return replace(
            entry,
            candidate=one.id(collection),
            before=None if one.added else entry.before,
            after=one.reading,
            note=one.note,
            tier="" if one.added else entry.tier,
            proposers=() if one.added else entry.proposers,
            patterns=() if one.added else entry.patterns,
            statements=tuple(
                Row(id=id, hash=hashes.get(id, "") if new else "") for id, new in ids
            ),
        )

    def _refusal(self, candidate: Candidate, reason: str, note: str) -> Decision:
        if reason and reason not in decisions.REASONS:
            raise UsageError(
                f"“{reason}” is no reason", f"One of: {', '.join(decisions.REASONS)}"
            )
        return replace(
            self._entry(candidate, "rejected"),
            reason=reason,
            note=" ".join(note.split()),
        )

    def _entry(self, candidate: Candidate, decision: str) -> Decision:
        known = anchor(candidate)
        return Decision(
            at=self._now(),
            by=self.by,
            decision=decision,
            candidate=candidate.id,
            source=candidate.source,
            doc_sha256=candidate.doc_sha256,
            start=candidate.selector.start,
            end=candidate.selector.end,
            locator=candidate.locator,
            span=known.span,
            around=known.around,
            core=known.core,
            sketch=known.sketch,
            before=reading(candidate),
            tier=candidate.tier,
            proposers=candidate.proposers,
            patterns=candidate.patterns,
            extractor=candidate.extractor,
        )

    def _tell(self) -> None:
        if self._changed is not None:
            self._changed()

    def _now(self) -> str:
        return datetime.now(UTC).isoformat(timespec="seconds") if self.dated else ""

    def _bytes(self) -> bytes:
        path = self.root / self.name
        return inputs.read_bytes(path) if inputs.is_file(path) else b""

    def _records(self) -> Collection:
        """Read the project, unless its files are those that were read last."""
        now = inputs.state(self.root)
        if self._state == now:
            return self.collection
        read = project.read(self.root)
        if read.errors:
            raise DataError(read.errors)
        self._state = inputs.state(self.root)
        return read.collection


def run_of(entry: Decision) -> Run:
    """Make of a decision the run that its rows come out of."""
    return Run(
        slug=entry.candidate,
        tool=entry.extractor,
        proposers=entry.proposers,
        patterns=entry.patterns,
        tier=entry.tier,
        decision=entry.decision,
        decided_by=entry.by,
        decided_on=entry.at[:10],
    )


def row_hash(statement: Statement, collection: Collection) -> str:
    """Hash a row, so that a later change of it shows."""
    text = json.dumps(row_of(statement, collection), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _id(cells: Mapping[str, str], collection: Collection) -> str:
    """Compute the id of a row; one that names something unknown has none yet."""
    try:
        return statement_id(cells, collection)
    except KeyError:
        return ""
