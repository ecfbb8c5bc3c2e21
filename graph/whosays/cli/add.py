"""The verb add: rows of a sheet become part of the project, all or none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whosays.cli.app import ProjectOption, QuietOption, example, verb
from whosays.cli.check import EncodingOption
from whosays.cli.output import columns_of, fold, next_steps, note, say, width
from whosays.cli.plugged import ImporterOption, imported

if TYPE_CHECKING:
    from whosays.curating import Added, RowsRefused

_INDENT = 16
_DETAIL = 53  # the column in which voices are counted, where the claim leaves room


@verb(
    epilog=example(
        "whosays add new-article.xlsx",
        "whosays add --dry-run new-article.xlsx",
        "whosays add --partial new-article.csv",
    )
)
def add(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Tables of new rows: .csv, .tsv, .xlsx, .jsonl; - is stdin.",
        ),
    ],
    project: ProjectOption = None,
    partial: Annotated[
        bool,
        typer.Option(
            "--partial", help="Take the good rows, leave the others in a file."
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen, write nothing.")
    ] = False,
    encoding: EncodingOption = "",
    importer: ImporterOption = "",
    quiet: QuietOption = False,
) -> int:
    """Check tables, append their rows to the project, and say what that changes.

    All rows or none. New actors, sources and names come from the sheets of those
    names, or from new.actors.csv beside new.csv. The same rows again add nothing.
    """
    from whosays import curating
    from whosays.cli.locate import own_folder
    from whosays.cli.progress import Bar

    path = own_folder(project)
    tables = imported(files, importer, quiet=quiet)
    stdin = sys.stdin.buffer.read() if Path("-") in files else b""
    try:
        with Bar(quiet=quiet) as bar:
            added = curating.add(
                path,
                files,
                stdin=stdin,
                imported=tables,
                encoding=encoding,
                partial=partial,
                dry_run=dry_run,
                progress=bar,
            )
    except curating.RowsRefused as refused:
        _say_refused(refused, files, partial=partial)
        return refused.exit_code
    for line in _lines(added):
        say(line)
    for file in added.rejected:
        rows = f"{added.refused:,} row{'' if added.refused == 1 else 's'}"
        note(f"{rows} with errors left out: {file}", quiet=quiet)
    disputed = [e for e in added.effects.listed if e.kind in ("new dispute", "wider")]
    steps = [f"whosays that {' '.join(e.terms)}" for e in disputed[:1]]
    if any((above / ".git").exists() for above in (path, *path.resolve().parents)):
        steps.append("git diff")
    if steps and added.files and not dry_run:
        next_steps(" · ".join(steps), quiet=quiet)
    return 0


def _say_refused(refused: RowsRefused, files: list[Path], *, partial: bool) -> None:
    """Say in two lines how many rows are good, and where to look at the others."""
    names = " ".join(map(str, files))
    bad, good = refused.checked.refused, 0
    for counted in refused.checked.sheets:
        if counted.sheet.kind == "statements":
            good += counted.rows - counted.refused
    if not bad or partial:
        first = refused.problems[0]
        note(f"{first}")
        bad_rows = "the tables have errors"
    else:
        bad_rows = f"{bad:,} row{' has' if bad == 1 else 's have'} errors"
    left = f"{bad_rows}: nothing was written."
    print(f"{left:<44} whosays check {names}", file=sys.stderr)
    if bad and good and not partial:
        alone = f"The {good:,} good row{'' if good == 1 else 's'} alone"
        print(f"{alone}: whosays add --partial {names}", file=sys.stderr)


def _lines(added: Added) -> Iterator[str]:
    """Lay out what was added and what that changes."""
    verb = "would add" if added.dry_run else "added"
    count = len(added.statements)
    there = f"{added.known:,} {'is' if added.known == 1 else 'are'} there already"
    if not added.files:
        yield f"nothing to add: {there if added.known else 'the tables hold no rows'}"
        return
    files = [file for file in added.files if "/" in file] or [*added.files]
    yield f"{verb} {_counted(count, 'statement')}   {' '.join(files)}"
    more = [
        (added.sources, "source"),
        (added.actors, "actor"),
        (added.names, "name"),
    ]
    parts = [_counted(len(found), word) for found, word in more if found]
    if added.actors:
        slugs = ", ".join(actor.slug for actor in added.actors)
        parts[parts.index(_counted(len(added.actors), "actor"))] += f" ({slugs})"
    if parts:
        for line in fold(", ".join(parts), width() - 6):
            yield f"      {line}"
    if added.known:
        yield f"      {there}"
    yield "what this changes"
    listed = added.effects.listed
    if not listed:
        yield "  no change in meaning"
    for kind in dict.fromkeys(effect.kind for effect in listed):
        found = added.effects.of(kind)
        if kind.startswith("first"):
            yield from _block(kind, ", ".join(effect.text for effect in found), "")
        else:
            for effect in found:
                yield from _block(kind, effect.text, effect.detail)
    if weaker := added.effects.weaker:
        pairs = _counted(weaker, "weaker pair")
        yield f"  {pairs} of statements not listed: whosays disputes"


def _block(kind: str, text: str, detail: str) -> Iterator[str]:
    head = f"  {kind:<13} "
    room = width() - _INDENT
    if detail and columns_of(text) < _DETAIL - _INDENT:
        one = text + " " * (_DETAIL - _INDENT - columns_of(text)) + detail
        lines = [one] if columns_of(one) <= room else [text, detail]
    else:
        lines = [*fold(text, room), *([detail] if detail else [])]
    yield head + lines[0]
    for line in lines[1:]:
        yield " " * _INDENT + line


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
