"""The verb ``rename`` of ``whosays actor``, ``source`` and ``relation``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from whosays.cli.app import OutputOption, ProjectOption, QuietOption, example, verb
from whosays.cli.formats import ROWS, encoded, format_of
from whosays.cli.locate import own_folder
from whosays.cli.output import deliver, next_steps, note, write_data

if TYPE_CHECKING:
    from whosays.curating import Renaming

_EXAMPLES = {
    "actor": ("belmark belmarkia", '"Cedar Front" cedar-army --dry-run'),
    "source": (
        "night-bulletin late-bulletin",
        "night-bulletin late-bulletin --dry-run",
    ),
    "relation": ("trains instructs", "trains instructs --dry-run -f csv"),
}
_MOST = 60  # places that a trial run lists


def add_rename(group: typer.Typer, kind: str) -> None:
    """Add the verb to a group; the three differ in what they name only."""
    examples = (f"whosays {kind} rename {words}" for words in _EXAMPLES[kind])

    @verb("rename", of=group, epilog=example(*examples))
    def rename(
        old: Annotated[
            str, typer.Argument(metavar="OLD", help="What is renamed, in any spelling.")
        ],
        new: Annotated[str, typer.Argument(metavar="NEW", help="Its new slug.")],
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Only say what would change.")
        ] = False,
        project: ProjectOption = None,
        format: Annotated[
            str,
            typer.Option("--format", "-f", help="text csv tsv json ndjson md html."),
        ] = "",
        output: OutputOption = None,
        quiet: QuietOption = False,
    ) -> None:
        """Give it another slug, in every file at once.

        The old slug is kept and still leads there; no id changes. Only the cells that
        name it are touched, and either all files change or none.
        """
        from whosays import curating
        from whosays.cli.paper import paper

        form = format_of(format, output, ("text", *ROWS))
        done = curating.rename(own_folder(project), kind, old, new, write=not dry_run)
        if form == "text":
            deliver("\n".join(paper().folded(_lines(done))), output)
        else:
            write_data(encoded(done.to_rows(), form), output)
        for text in _notes(done):
            note(text, quiet=quiet)
        if done.written:
            next_steps("git diff · whosays check", quiet=quiet)


def _lines(done: Renaming) -> Iterator[str]:
    did = "renamed" if done.written else "would rename"
    yield f"{did} {done.kind} {done.old} to {done.new} ({done.label})"
    counts = Counter(edit.file for edit in done.edits)
    wide = max(map(len, (*counts, *done.moves)), default=0)
    for file, count in counts.items():
        places = "place" if count == 1 else "places"
        moved = f", now {done.moves[file]}" if file in done.moves else ""
        yield f"  {file:{wide}}  {count} {places}{moved}"
    for file in done.moves.keys() - counts.keys():
        yield f"  {file:{wide}}  now {done.moves[file]}"
    if not done.written:
        yield ""
        for edit in done.edits[:_MOST]:
            yield f"  {edit.file}:{edit.cell}  {edit.was or '(empty)'} → {edit.becomes}"
        if len(done.edits) > _MOST:
            yield f"  … and {len(done.edits) - _MOST} more: -f csv"


def _notes(done: Renaming) -> Iterator[str]:
    yield f"no id has changed, and {done.old} still leads to {done.new}"
    for file, column in done.added:
        yield f"{file} has got the column {column}, so each of its rows has got a cell"
    for file, count in done.mentions.items():
        lines = "1 line" if count == 1 else f"{count} lines"
        yield f"{file} still says “{done.old}” in {lines}, which is left to you"
