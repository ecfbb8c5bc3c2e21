"""What one version of a project says that another does not.

Versions are folders or revisions of git. Statements are compared by what they say, not
by lines: a row that moved is the same, a slug that was renamed is the same, and a
dispute is gained or lost although no row says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from whosays import inputs, project, revisions
from whosays.difference.comparing import compare
from whosays.difference.disputed import Disagreement
from whosays.difference.following import History, Step, history
from whosays.difference.pairing import FIELDS, Field, changed_fields
from whosays.difference.records import Difference, Said, Thing
from whosays.difference.wording import markdown, notes, sections, text
from whosays.errors import UnknownName, UsageError

__all__ = [
    "FIELDS",
    "WORKING",
    "Difference",
    "Disagreement",
    "Field",
    "History",
    "Said",
    "Step",
    "Thing",
    "changed_fields",
    "compare",
    "diff",
    "history",
    "markdown",
    "notes",
    "sections",
    "text",
]

WORKING = "working tree"
"""How the files as they are now are called, beside revisions."""


def diff(
    old: str | Path = "HEAD", new: str | Path = "", *, path: str | Path = "."
) -> Difference:
    """Say what a newer version of a project says otherwise than an older one.

    Args:
        old: A folder of a project, a revision of git, or a range ``A..B``; ``A...B``
            begins where the two went apart.
        new: The same; without it, the files as they are now.
        path: The project whose revisions are meant.

    Raises:
        UnknownName: there is no such revision.
        UsageError: git is not installed or refuses, or the range has two ends and a
            further version is named.
        NotAProject: a folder is no project.
    """
    root = Path(path)
    first, second = _ends(root, str(old), str(new))
    with ExitStack() as stack:
        sides = [
            (name, project.read(stack.enter_context(_version(root, name))))
            for name in (first, second)
        ]
        (one, before), (other, after) = sides
        return compare(
            before.collection,
            after.collection,
            names=(one or WORKING, other or WORKING),
            errors=(len(before.errors), len(after.errors)),
        )


def _ends(root: Path, old: str, new: str) -> tuple[str, str]:
    """Part a range; an empty end is HEAD, as git has it."""
    if ".." not in old or _is_project(old):
        return old, new
    if new:
        raise UsageError(f"{old} has two ends already", f"Leave out {new}")
    if "..." in old:
        one, _, other = old.partition("...")
        base = revisions.merge_base(root, one or "HEAD", other or "HEAD")
        return base, other or "HEAD"
    one, _, other = old.partition("..")
    return one or "HEAD", other or "HEAD"


def _is_project(text: str) -> bool:
    return inputs.is_file(Path(text) / inputs.SETTINGS)


@contextmanager
def _version(root: Path, name: str) -> Iterator[Path]:
    """Lend the folder of a version: as it is now, another one, or from git."""
    if not name or _is_project(name):
        yield inputs.root_of(Path(name) if name else root)
    elif name.startswith((".", "/")):
        yield inputs.root_of(Path(name))  # which says what is missing there
    else:
        try:
            commit = revisions.commit_of(root, name)
        except UnknownName:
            if inputs.is_folder(Path(name)):
                inputs.root_of(Path(name))
            raise
        with revisions.at(root, commit) as folder:
            yield folder
