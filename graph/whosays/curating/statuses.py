"""Accept, reject or retract statements: the row keeps its place, nothing is deleted.

What was replaced stays too: it is retracted, and the row that takes its place names it
in ``supersedes``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from whosays import changes, inputs, lookup
from whosays.curating.edits import Edit, Edits, sound
from whosays.errors import UsageError, WhosaysError
from whosays.model import Collection, Statement, Status
from whosays.text import controls

VERBS = {
    "accept": Status.ACCEPTED,
    "reject": Status.REJECTED,
    "retract": Status.RETRACTED,
}
"""What each verb makes of a statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a decision changes.

    ``changed`` are the statements as they were before, ``unchanged`` those that had
    the status already. ``before`` and ``after`` are all records, to compare.
    """

    status: Status
    changed: tuple[Statement, ...]
    unchanged: tuple[Statement, ...]
    edits: tuple[Edit, ...]
    added: tuple[tuple[str, str], ...]
    before: Collection
    after: Collection
    written: bool = False


def set_status(
    path: str | Path,
    ids: Sequence[str],
    status: Status | str,
    *,
    note: str = "",
    superseded_by: str = "",
    write: bool = True,
) -> Review:
    """Give statements another status, all of them or none.

    Args:
        path: The project.
        ids: Statement ids, or six characters of each and more.
        status: ``accepted``, ``rejected``, ``retracted`` or ``candidate``.
        note: Why; it is put behind what the note of the row says. Rejecting needs one.
        superseded_by: The id of the statement that takes the place of a retracted one.
        write: Do it; otherwise only say what would change.

    Raises:
        UnknownName: there is no such statement; near ids are suggested.
        UsageError: no reason was given, or the pointer makes no sense.
        DataError: the project has errors, or would have some.
        OutsideError: somebody else writes, or the disk refuses.
    """
    root = inputs.root_of(Path(path))
    wanted = Status(status)
    reason = " ".join(note.split())
    if wanted is Status.REJECTED and not reason:
        raise UsageError("why it is rejected is not said", "Add --note TEXT")
    if found := controls(reason):
        raise UsageError(f"the note holds {found[0][0]} ({found[0][1]})")
    if not ids:
        raise UsageError("no statement is named", "Give its id, as whosays in shows it")
    if not write:
        return _planned(root, ids, wanted, reason, superseded_by)[0]
    with changes.change(root) as change:
        review, edits = _planned(root, ids, wanted, reason, superseded_by)
        change.expect(review.before.inputs)
        for name, data in edits.files().items():
            change.write(name, data or b"")
    return replace(review, written=True)


def _planned(
    root: Path, ids: Sequence[str], status: Status, note: str, superseded_by: str
) -> tuple[Review, Edits]:
    read = sound(root)
    before = read.collection
    chosen = list(dict.fromkeys(lookup.statement(before, id) for id in ids))
    edits = Edits(root)
    changed = [one for one in chosen if one.status is not status]
    for one in changed:
        bare = status is before.settings.bare_rows
        edits.put(one.file, one.row, "status", "" if bare else status.value)
        if note:
            reason = f"{status.value}: {note}"
            whole = f"{one.note}; {reason}" if one.note else reason
            edits.put(one.file, one.row, "note", whole)
    if superseded_by:
        _point(edits, before, chosen, status, superseded_by)
    with edits.applied() as after:
        _verify(before, after.collection, {one.id for one in changed})
        review = Review(
            status=status,
            changed=tuple(changed),
            unchanged=tuple(one for one in chosen if one.status is status),
            edits=tuple(edits.done),
            added=tuple(edits.added),
            before=before,
            after=after.collection,
        )
    return review, edits


def _point(
    edits: Edits,
    collection: Collection,
    chosen: Sequence[Statement],
    status: Status,
    superseded_by: str,
) -> None:
    """Let the new statement name those whose place it takes."""
    if status is not Status.RETRACTED:
        raise UsageError("only what is retracted can be superseded")
    new = lookup.statement(collection, superseded_by)
    if new in chosen:
        raise UsageError(f"{new.id} cannot take its own place")
    known = {one.id: one for one in collection.statements}
    waiting, seen = [new.id], set[str]()
    for id in (one.id for one in chosen):
        newer = {s for one in known.values() if id in one.supersedes for s in [one.id]}
        if newer - {new.id}:
            raise UsageError(f"{id} is already superseded by {min(newer)}")
    while waiting:
        id = waiting.pop()
        if id in seen or id not in known:
            continue
        seen.add(id)
        waiting += (
            one.id for one in known.values() if id in one.supersedes
        )  # whatever took the place of the new one
    for one in chosen:
        if one.id in seen:
            raise UsageError(f"{one.id} took the place of {new.id} before")
    ids = dict.fromkeys((*new.supersedes, *(one.id for one in chosen)))
    edits.put(new.file, new.row, "supersedes", ";".join(ids))


def _verify(before: Collection, after: Collection, changed: set[str]) -> None:
    """Make sure that every other row, and every other cell, reads as it did."""
    old = {_apart(one) for one in before.statements}
    new = {_apart(one) for one in after.statements}
    statuses = {one.id: one.status for one in after.statements}
    others = any(
        statuses.get(one.id) is not one.status
        for one in before.statements
        if one.id not in changed
    )
    if old != new or others:
        raise WhosaysError(
            "another statement would change too",
            "Nothing was written; this is a bug of whosays",
        )


def _apart(one: Statement) -> Statement:
    return replace(one, status=Status.CANDIDATE, note="", supersedes=())
