"""What the verb `build` does; parsing its options is another module's job.

With unchanged files it reads none of the records: what it tells was counted when the
caches were built.
"""

from __future__ import annotations

from pathlib import Path

from whosays.cli.locate import opened, shown
from whosays.cli.output import next_steps, say
from whosays.inputs import listing
from whosays.text import count_of


def build(project: Path | None = None, *, quiet: bool = False) -> None:
    """Bring caches, graph and view up to date, and say what was done."""
    kg = opened(project, quiet=quiet, write=True)
    held = kg.summary()
    say(
        f"{held.title}     {count_of(held.sources, 'source')} · "
        f"{count_of(held.actors, 'actor')} · "
        f"{count_of(held.accepted, 'statement')}"
    )
    say(
        f"  checked   {count_of(held.rows, 'row')}, 0 errors, "
        f"{count_of(held.warnings, 'warning')}"
    )
    before = _numbers(kg.build_dir)
    files = kg.build()
    kept = all(before.get(name) == number for name, number in _numbers(*files).items())
    say(
        f"  {'kept ' if kept else 'wrote'}     "
        f"{'  '.join(shown(file) for file in files)}"
    )
    say(
        f"  disputes  {count_of(held.pairs, 'pair')} of statements "
        f"{'collides' if held.pairs == 1 else 'collide'}, "
        f"in {count_of(held.issues, 'pair')} of actors"
    )
    if held.bounded:
        say(f"            {held.bounded}: [graph] in whosays.toml")
    next_steps("whosays disputes · whosays view --open", quiet=quiet)


def _numbers(*paths: Path) -> dict[str, int]:
    """Number files as the disk does, or those of a folder: one written anew has a new one."""
    found = [
        one for path in paths for one in (listing(path) if path.is_dir() else [path])
    ]
    return {file.name: file.stat().st_ino for file in found}
