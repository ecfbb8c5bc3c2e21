"""The verb review: a person decides about the candidates of a text."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from whosays.cli.app import ProjectOption, QuietOption, example, verb
from whosays.cli.formats import ROWS, encoded, format_of
from whosays.cli.output import deliver, next_steps, note, say, table, write_data
from whosays.errors import UsageError

if TYPE_CHECKING:
    from whosays.review import Desk, Imported
    from whosays.rows import Rows


@verb(
    epilog=example(
        "whosays review",
        "whosays review vale-interview",
        "whosays review vale-interview --export work.xlsx --with-text",
        "whosays review vale-interview --import work.xlsx",
        "whosays review --stats -f csv",
        "whosays review vale-interview --compare ben/decisions/vale-interview.jsonl",
    )
)
def review(
    source: Annotated[
        str,
        typer.Argument(metavar="[SOURCE]", help="Whose candidates; default: a list."),
    ] = "",
    project: ProjectOption = None,
    export: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--export",
            metavar="FILE",
            help="Write what waits as a sheet: .csv .tsv .xlsx .jsonl.",
        ),
    ] = None,
    with_text: Annotated[
        bool,
        typer.Option("--with-text", help="Put the words of the text into the sheet."),
    ] = False,
    import_: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--import", metavar="FILE", help="Make the decisions of such a sheet."
        ),
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="Make those that can be made.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen, write nothing.")
    ] = False,
    stats: Annotated[
        bool,
        typer.Option(
            "--stats", help="Count decisions per pattern, tier, proposer, relation."
        ),
    ] = False,
    undo: Annotated[
        str,
        typer.Option(
            "--undo",
            metavar="last|ID",
            help="Take back the latest decision, or that on a candidate.",
        ),
    ] = "",
    compare: Annotated[
        str,
        typer.Option(
            metavar="LOG|NAME",
            help="Say how far another log, or another name in it, agrees with --as.",
        ),
    ] = "",
    again: Annotated[
        bool, typer.Option("--again", help="Export what was decided, too.")
    ] = False,
    by: Annotated[
        str,
        typer.Option("--as", metavar="NAME", help="A name to note; none is needed."),
    ] = "",
    no_date: Annotated[
        bool, typer.Option("--no-date", help="Do not note when it was decided.")
    ] = False,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help="Of lists and counts: text csv tsv json ndjson md html.",
        ),
    ] = "",
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--output", "-o", metavar="FILE", help="Where lists go to."),
    ] = None,
    quiet: QuietOption = False,
) -> int:
    """Decide about the candidates that extract found, one key each.

    At a terminal it shows sentence after sentence; ? lists the keys. What is accepted
    becomes a row of the tables through the checks of add, what is refused is not asked
    again, and every decision is on disk before the next. Elsewhere it counts what
    waits; sheets take decisions in bulk.
    """
    from whosays.cli.locate import own_folder
    from whosays.review import Desk

    doing = [
        name
        for name, given in (
            ("--export", export),
            ("--import", import_),
            ("--stats", stats),
            ("--undo", undo),
            ("--compare", compare),
        )
        if given
    ]
    if len(doing) > 1:
        raise UsageError(f"{' and '.join(doing)} at once", "Do one after the other")
    path = own_folder(project)
    if not source or stats:
        if doing and not stats:
            raise UsageError(f"{doing[0]} needs a source", "whosays review lists them")
        return _lists(path, source, format, output, stats=stats, quiet=quiet)
    if compare:
        from whosays.cli.reviewcompare import show

        return show(path, source, by, compare, format, output)
    desk = Desk(path, source, by=by, dated=not no_date)
    if export is not None:
        return _export(desk, export, text=with_text, everything=again, quiet=quiet)
    if import_ is not None:
        return _import(desk, import_, partial=partial, dry_run=dry_run, quiet=quiet)
    if undo:
        return _undo(desk, "" if undo == "last" else undo)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        code = _lists(path, desk.source, format, output, stats=False, quiet=quiet)
        sheet = f"whosays review {desk.source} --export work.csv"
        note(f"no terminal here; as a sheet: {sheet}", quiet=quiet)
        return code
    return _sit(desk, quiet=quiet)


def _sit(desk: Desk, *, quiet: bool) -> int:
    """Let a person decide at the terminal, then say what came of it."""
    from whosays.cli.reviewing import Session
    from whosays.cli.terminal import Terminal

    with Terminal() as terminal:
        session = Session(desk, terminal, [*_told(desk)])
        session.run()
    made = ", ".join(f"{count} {name}" for name, count in session.made.items())
    say(f"{desk.source}: {made or 'nothing decided'} · {session.waiting:,} wait")
    if any(name != "undone" for name in session.made):
        next_steps(f"whosays in {desk.source} · git diff", quiet=quiet)
    return 0


def _told(desk: Desk) -> Iterator[str]:
    """Say what a person should know before the first decision."""
    from whosays import project
    from whosays.checks.decided import decision_problems

    queue, counts = desk.queue, desk.queue.counts
    if counts["again"]:
        yield f"{counts['again']:,} not asked again: decided for the same reading"
    if counts["gone"]:
        words = "its words are" if counts["gone"] == 1 else "their words are"
        yield f"{counts['gone']:,} left out: {words} no longer in the text  WS801"
    if queue.changed:
        yield "the text was changed since it was read: whosays extract it again"
    if queue.orphans:
        yield f"{len(queue.orphans):,} earlier decisions found no passage in this text"
    for one in decision_problems(project.read(desk.root)):
        if one.table in (desk.name, f"statements/{desk.source}.csv"):
            yield f"{one.level}: {one}"


def _lists(
    path: Path,
    source: str,
    format: str,
    output: Path | None,
    *,
    stats: bool,
    quiet: bool,
) -> int:
    """Print counts: of every source, or of what proposed the candidates."""
    from whosays import lookup, project
    from whosays.errors import DataError
    from whosays.review import overview, sources, statistics

    form = format_of(format, output, ("text", *ROWS))
    read = project.read(path)
    if read.errors:
        raise DataError(read.errors)
    held = read.collection
    chosen = [lookup.source(held, source)] if source else sources(path)
    known = [one for one in chosen if one in held.sources]
    for one in chosen:
        if one not in held.sources:
            note(f"left out: {one} is no source of sources.csv", quiet=quiet)
    found = (statistics if stats else overview)(path, held, known)
    if form != "text":
        write_data(encoded(found, form), output)
    elif known:
        deliver((_shares if stats else _table)(found), output)
    else:
        say("no candidates: whosays extract TEXT --source SOURCE")
    waiting = [str(row["source"]) for row in found if not stats and row["open"]]
    if waiting and not source:
        next_steps(f"whosays review {waiting[0]}", quiet=quiet)
    return 0


def _shares(rows: Rows) -> str:
    """Lay counts out by kind, a line for each name."""
    from whosays.cli.paper import paper

    sheet = paper()
    lines: list[str] = []
    for kind in dict.fromkeys(str(row["kind"]) for row in rows):
        found = [row for row in rows if row["kind"] == kind]
        lines += [kind] if kind == "all" else ["", kind]
        lines += sheet.columns([(str(row["name"]), _share(row)) for row in found])
    return "\n".join(lines)


def _share(row: Mapping[str, object]) -> str:
    """Put one row of the counts into words."""
    counted = ("accepted", "corrected", "rejected", "skipped", "open", "added")
    parts = [f"{row[name]} {name}" for name in counted if row[name]]
    wrong = [
        f"{name.removeprefix('wrong_')} {count}"
        for name, count in row.items()
        if name.startswith("wrong_") and count
    ]
    text = ", ".join(parts)
    return f"{text} · wrong: {', '.join(wrong)}" if wrong else text


def _table(rows: Rows) -> str:
    """Lay out the columns in which anything but nothing stands."""
    kept = [
        name
        for number, name in enumerate(rows.columns)
        if number < 2 or any(record[number] for record in rows.records)
    ]
    return table(kept, [[row[name] for name in kept] for row in rows])


def _export(
    desk: Desk, target: Path, *, text: bool, everything: bool, quiet: bool
) -> int:
    from whosays.cli.locate import shown
    from whosays.review import write_sheet

    count = write_sheet(desk, target, text=text, everything=everything)
    say(f"wrote {shown(target)}   {count:,} candidate{'' if count == 1 else 's'}")
    for line in _told(desk):
        note(line, quiet=quiet)
    if text:
        note("it holds words of the text: keep it out of version control", quiet=quiet)
    else:
        note("it holds places and no words of the text: --with-text", quiet=quiet)
    note("fill the column decision: accept, refuse or skip", quiet=quiet)
    return 0


def _import(
    desk: Desk, file: Path, *, partial: bool, dry_run: bool, quiet: bool
) -> int:
    from whosays import inputs
    from whosays.cli.additions import added_lines
    from whosays.errors import MissingFile
    from whosays.review import SheetRefused, read_sheet

    piped = str(file) == "-"
    if not piped and not inputs.is_file(file):
        raise MissingFile(f"no file {file}")
    given: Path | bytes = sys.stdin.buffer.read() if piped else file
    name = "stdin" if piped else str(file)
    try:
        done = read_sheet(desk, given, name=name, partial=partial, dry_run=dry_run)
    except SheetRefused as refused:
        for one in refused.problems:
            note(f"{one.level}: {one}")
        note("nothing was written; the good rows alone: --partial", quiet=quiet)
        return refused.exit_code
    for one in (*done.problems, *done.notes):
        note(f"{one.level}: {one}")
    say(_summary(done, dry_run=dry_run))
    if done.decided.added is not None:
        for line in added_lines(done.decided.added):
            say(line)
    return 0


def _summary(done: Imported, *, dry_run: bool) -> str:
    """Count what became of the rows of a sheet."""
    from collections import Counter

    made = Counter(one.decision for one in done.decided.decisions)
    parts = [f"{count:,} {name}" for name, count in made.items()]
    if dry_run and not parts:
        parts = ["nothing written"]
    for count, text in (
        (done.known, "decided so before"),
        (done.open, "left open"),
        (len({one.row for one in done.problems}), "left out"),
    ):
        if count:
            parts.append(f"{count:,} {text}")
    head = "would decide: " if dry_run else ""
    return head + (", ".join(parts) or "the sheet holds no rows")


def _undo(desk: Desk, candidate: str) -> int:
    done = desk.undo(candidate)
    (entry,) = done.decisions
    say(f"taken back: {entry.candidate} was {entry.decision}")
    for id in done.removed:
        say(f"  {id} is no longer in the tables")
    return 0
