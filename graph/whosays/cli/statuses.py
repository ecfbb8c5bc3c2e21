"""Verbs that decide about statements: accept, reject, retract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whosays.cli.app import ProjectOption, QuietOption, example, verb
from whosays.cli.locate import own_folder
from whosays.cli.output import deliver, next_steps, note

if TYPE_CHECKING:
    from whosays.curating import Review

IdsArgument = Annotated[
    list[str],
    typer.Argument(metavar="ID...", help="Ids of statements, or six characters each."),
]
NoteOption = Annotated[
    str, typer.Option("--note", metavar="TEXT", help="Why; kept in the row's note.")
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Only say what would change.")
]


@verb(
    epilog=example(
        "whosays accept 6sft7l",
        'whosays accept 6sft7l y3ucwv --note "read again by two"',
    )
)
def accept(
    ids: IdsArgument,
    why: NoteOption = "",
    dry_run: DryRunOption = False,
    project: ProjectOption = None,
    quiet: QuietOption = False,
) -> None:
    """Accept statements: from now on they count, in disputes and everywhere.

    Only the cells status and note of their rows change.
    """
    _decide("accept", ids, project, note=why, write=not dry_run, quiet=quiet)


@verb(
    epilog=example(
        'whosays reject 6sft7l --note "the passage speaks of another harbour"',
    )
)
def reject(
    ids: IdsArgument,
    why: NoteOption = "",
    dry_run: DryRunOption = False,
    project: ProjectOption = None,
    quiet: QuietOption = False,
) -> None:
    """Reject statements that were misread; the reason is demanded.

    The rows stay where they are, count nowhere and can be shown.
    """
    _decide("reject", ids, project, note=why, write=not dry_run, quiet=quiet)


@verb(
    epilog=example(
        'whosays retract 6sft7l --note "the source was withdrawn"',
        "whosays retract 6sft7l --superseded-by y3ucwv",
    )
)
def retract(
    ids: IdsArgument,
    why: NoteOption = "",
    superseded_by: Annotated[
        str,
        typer.Option(
            "--superseded-by", metavar="ID", help="The statement that takes its place."
        ),
    ] = "",
    dry_run: DryRunOption = False,
    project: ProjectOption = None,
    quiet: QuietOption = False,
) -> None:
    """Retract statements that were published; nothing is deleted.

    Whoever cited one still finds it, with the statement that took its place.
    """
    _decide(
        "retract",
        ids,
        project,
        note=why,
        superseded_by=superseded_by,
        write=not dry_run,
        quiet=quiet,
    )


def _decide(
    verb: str,
    ids: Sequence[str],
    project: Path | None,
    *,
    note: str,
    write: bool,
    quiet: bool,
    superseded_by: str = "",
) -> None:
    from whosays import curating
    from whosays.cli.paper import paper

    done = curating.set_status(
        own_folder(project),
        ids,
        curating.VERBS[verb],
        note=note,
        superseded_by=superseded_by,
        write=write,
    )
    deliver("\n".join(paper().folded(_lines(done))))
    _tell(done, reason=bool(note or superseded_by), quiet=quiet)


def _lines(done: Review) -> Iterator[str]:
    from whosays import difference
    from whosays.answers import phrase
    from whosays.cli import words

    count = words.count(len(done.changed), "statement")
    did = (
        done.status.value
        if done.written or not done.changed
        else f"would be {done.status}"
    )
    files = ", ".join(sorted({one.file for one in done.changed}))
    yield f"{did}: {count} in {files}" if files else f"{did}: {count}"
    of = done.after
    for one in done.changed:
        claim = phrase((one.subject, one.relation, one.object), of)
        yield f"  {one.id} {of.label(one.voice)} {one.stance}: {claim}"
    for one in done.unchanged:
        yield f"  {one.id} was {one.status} already"
    found = difference.compare(done.before, done.after)
    if done.changed:
        yield "what this changes"
        lines = dict(difference.sections(found)).get("disputes", ())
        for line in lines:
            yield f"  {line.mark} {line.change}: {line.text}"
        if not lines:
            yield "  no dispute"


def _tell(done: Review, *, reason: bool, quiet: bool) -> None:
    for file, column in done.added:
        note(
            f"{file} has got the column {column}, so each of its rows has got a cell",
            quiet=quiet,
        )
    if done.status == "retracted" and done.changed and not reason:
        note("readers are not told why: --note TEXT", quiet=quiet)
    if done.written and done.changed:
        next_steps("git diff · whosays diff", quiet=quiet)
