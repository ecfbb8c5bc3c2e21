"""What ``whosays source import`` says of each work and each field."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from whosays.cli.locate import own_folder
from whosays.cli.output import next_steps, note, print_failure, say
from whosays.errors import DataError
from whosays.text import count_of

_SHOWN = 10  # works that are named one by one


def import_bibliography(
    file: Path, project: Path | None, *, dry_run: bool, quiet: bool
) -> int:
    """Import a file and tell what came of it; 1 if an entry cannot be read."""
    from whosays import bibliography, inputs

    stdin = str(file) == "-"
    data = sys.stdin.buffer.read() if stdin else inputs.read_bytes(file)
    try:
        done = bibliography.import_sources(
            own_folder(project),
            data,
            "stdin" if stdin else str(file),
            dry_run=dry_run,
        )
    except DataError as error:
        for problem in error.problems:
            print_failure(str(problem))
        note("nothing was written", quiet=quiet)
        return error.exit_code
    what = "would add" if dry_run else "added"
    count = len(done.added)
    say(f"{what} {count_of(count, 'source')}   sources.csv")
    for slug in [*done.added][:_SHOWN]:
        say(f"  {slug}" + ("   undated" if slug in done.undated else ""))
    if count > _SHOWN:
        say(f"  … and {count - _SHOWN} more")
    for place, slug in done.known.items():
        note(f"there already: {place}: {slug}", quiet=quiet)
    if done.undated:
        note(f"{len(done.undated)} without a date, which is legal", quiet=quiet)
    if done.noted:
        note(f"kept in the note: {_counts(done.noted)}", quiet=quiet)
    if done.ignored:
        note(f"ignored: {_counts(done.ignored)}", quiet=quiet)
    for fault in done.faults:
        print_failure(f"{file}: {fault}")
    if count and not dry_run:
        next_steps("whosays check · git diff", quiet=quiet)
    return 1 if done.faults else 0


def _counts(fields: Mapping[str, int]) -> str:
    return ", ".join(f"{name} \u00d7{count}" for name, count in fields.items())
