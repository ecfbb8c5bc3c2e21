"""A project at an earlier moment, read from git where it is kept there.

Git is asked in a process of its own, for no longer than a limit, and only for what it
has stored: no hook, filter, pager, signature check or network that a repository might
configure is run.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from whosays import inputs
from whosays.errors import LimitReached, OutsideError, UnknownName, UsageError
from whosays.files import write_atomic

SECONDS = 60.0
"""How long one call of git may take."""

_CAREFUL = (
    ("core.fsmonitor", "false"),
    ("core.hooksPath", os.devnull),
    ("log.showSignature", "false"),
    ("protocol.allow", "never"),
    ("core.quotePath", "false"),
)
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_PAGER": "cat",
    "LC_ALL": "C.UTF-8",
}
_FILE = re.compile(rb"100(?:644|755) blob ([0-9a-f]+) +([0-9]+)\t(.+)", re.DOTALL)
_LARGEST = 1024 * 1024 * 1024  # bytes of all files of one revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """One change that git knows of: ``id`` in full, when (ISO 8601), who and what.

    ``file`` is what the file that was asked for was called then, from the project.
    """

    id: str
    when: str
    who: str
    what: str
    file: str = ""

    @property
    def short(self) -> str:
        """The id as people write it."""
        return self.id[:7]


def kept(project: Path) -> bool:
    """Tell whether a folder lies in a git repository, without asking git."""
    folder = project.resolve()
    return any((one / ".git").exists() for one in (folder, *folder.parents))


def git(project: Path, *words: str, stdin: bytes = b"") -> bytes:
    """Ask git about a project; what it says on stdout.

    Raises:
        UsageError: git is not installed, or refuses.
        LimitReached: it took too long.
    """
    settings = [part for key, value in _CAREFUL for part in ("-c", f"{key}={value}")]
    try:
        done = subprocess.run(
            ["git", *settings, "--no-pager", *words],
            cwd=project,
            input=stdin,
            capture_output=True,
            timeout=SECONDS,
            env={**os.environ, **_ENVIRONMENT},
            check=False,
        )
    except FileNotFoundError:
        raise UsageError(
            "git is not installed, and earlier versions are read through it",
            "Install git, or name folders",
        ) from None
    except subprocess.TimeoutExpired:
        raise LimitReached(f"git did not answer within {SECONDS:.0f} s") from None
    except OSError as error:
        raise OutsideError(f"git cannot be run: {error.strerror}") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = said[0].removeprefix("fatal: ") if said else "it gave no reason"
        raise UsageError(f"git refuses: {reason}")
    return done.stdout


def commit_of(project: Path, revision: str) -> str:
    """Find the commit that a revision names.

    Raises:
        UsageError: the project is not kept under git, or git is not installed.
        UnknownName: there is no such revision; near branches and tags are suggested.
    """
    if not kept(project):
        raise UsageError(
            f"{project} is not kept under git, so it has no revision “{revision}”",
            "Name two folders instead",
        )
    if revision and not revision.startswith("-") and revision.isprintable():
        try:
            asked = (
                "--verify",
                "--quiet",
                "--end-of-options",
                f"{revision}^{{commit}}",
            )
            return git(project, "rev-parse", *asked).decode().strip().splitlines()[-1]
        except UsageError as error:
            if "gave no reason" not in error.message:
                raise
    raise UnknownName("revision", revision, _near(project, revision))


def _near(project: Path, revision: str) -> list[str]:
    from difflib import get_close_matches

    names = git(project, "for-each-ref", "--format=%(refname:short)").decode()
    return get_close_matches(revision, names.split(), 3, 0.6)


def merge_base(project: Path, one: str, other: str) -> str:
    """Find the commit from which two revisions went apart."""
    commits = [commit_of(project, revision) for revision in (one, other)]
    found = git(project, "merge-base", *commits).decode().split()
    return found[0]


def files(
    project: Path, commit: str, statements: Sequence[str] | None = None
) -> dict[str, bytes]:
    """Read the files of which a project consisted at a commit, by name.

    ``statements`` narrows the tables of statements to these.
    """
    listed = git(project, "ls-tree", "-r", "-z", "-l", commit, "--", ".")
    wanted: list[tuple[str, str]] = []
    total = 0
    for entry in listed.split(b"\0"):
        match = _FILE.fullmatch(entry)
        name = match[3].decode("utf-8", "replace") if match else ""
        if match and _is_input(name, statements):
            total += int(match[2])
            wanted.append((name, match[1].decode()))
    if total > _LARGEST:
        raise LimitReached(f"the project at {commit[:7]} is too large")
    blobs = _blobs(project, [blob for _, blob in wanted])
    return {name: blobs[blob] for name, blob in wanted}


def _is_input(name: str, statements: Sequence[str] | None) -> bool:
    """Tell whether a file is one that records are read from."""
    path = PurePosixPath(name)
    if len(path.parts) == 1:
        return name == inputs.SETTINGS or name in inputs.TABLES
    if len(path.parts) != 2:
        return False
    match path.parts[0], path.suffix:
        case inputs.STATEMENTS, ".csv":
            return statements is None or name in statements
        case inputs.ONTOLOGY, ".ttl":
            return True
    return False


def _blobs(project: Path, ids: Sequence[str]) -> dict[str, bytes]:
    if not ids:
        return {}
    asked = "".join(f"{id}\n" for id in dict.fromkeys(ids)).encode()
    answer = git(project, "cat-file", "--batch", stdin=asked)
    found: dict[str, bytes] = {}
    place = 0
    while place < len(answer):
        end = answer.index(b"\n", place)
        id, _, kind = answer[place:end].decode().partition(" ")
        if not kind.startswith("blob "):
            hint = "It may lie on a server: git fetch it first"
            raise OutsideError(f"git does not hold the object {id}", hint)
        size = int(kind.removeprefix("blob "))
        found[id] = answer[end + 1 : end + 1 + size]
        place = end + 2 + size
    return found


@contextmanager
def laid_out(project: Path, found: dict[str, bytes]) -> Iterator[Path]:
    """Lend a folder that holds these files of a project, and is called like it."""
    with tempfile.TemporaryDirectory(prefix="whosays-") as aside:
        folder = Path(aside) / (project.resolve().name or "project")
        folder.mkdir()
        for name, data in found.items():
            (folder / name).parent.mkdir(exist_ok=True)
            write_atomic(folder / name, data)
        yield folder


@contextmanager
def at(project: Path, commit: str) -> Iterator[Path]:
    """Lend a folder that holds a project as it was at a commit.

    Raises:
        UsageError: there was no project in that folder then.
    """
    found = files(project, commit)
    if inputs.SETTINGS not in found:
        raise UsageError(
            f"there was no {inputs.SETTINGS} in {project} at {commit[:7]}",
            "Name a later revision",
        )
    with laid_out(project, found) as folder:
        yield folder


def log(project: Path, name: str, most: int) -> list[Commit]:
    """List the latest changes of a file, newest first, also under earlier names."""
    words = ("log", "--follow", f"-n{most}", "--name-only", "--relative", "-z")
    form = "--format=%x01%H%x1f%aI%x1f%an%x1f%s%x02"
    safe = ("--no-ext-diff", "--no-textconv", "--no-show-signature")
    answer = git(project, *words, *safe, form, "--", name).decode("utf-8", "replace")
    commits = []
    for part in answer.split("\x01")[1:]:
        head, _, tail = part.partition("\x02")
        id, when, who, what = head.split("\x1f", 3)
        file = tail.strip("\0\n").split("\0")[0] or name
        commits.append(Commit(id=id, when=when, who=who, what=what, file=file))
    return commits
