"""What a build wrote, kept while nothing that it follows from has changed.

Beside the files stands what they were made from: the fingerprint of the project, and
the program with its templates. A file that is gone, was changed since or is older than
the project's own files is written again, with all others.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from whosays import inputs
from whosays.errors import OutsideError
from whosays.files import sweep, write_atomic

_NOTE = "outputs.json"


def refresh(
    files: Sequence[Path],
    write: Callable[[Path], object],
    fingerprint: str,
    project: Path,
) -> None:
    """Write files anew that follow from a project, unless all are up to date.

    Raises:
        OutsideError: they cannot be written.
    """
    made_of = stamp(fingerprint)
    if not kept(made_of, files, project):
        prepare(files[0].parent)
        for file in files:
            write(file)
        note(made_of, files)


def prepare(folder: Path) -> None:
    """Make the folder of outputs, and clear what ended processes left there.

    Raises:
        OutsideError: it cannot be made.
    """
    sweep(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder} cannot be made: {error.strerror}"
        raise OutsideError(message, code="WS902") from error


def stamp(fingerprint: str) -> str:
    """Name all that outputs follow from: a project's fingerprint and the program."""
    import zlib  # hashlib takes longer to load than all that is looked at here

    program = "\n".join(sorted(_program(os.path.dirname(__file__))))
    return f"{fingerprint} {len(program)} {zlib.crc32(program.encode())}"


def _program(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _program(entry.path)
            else:
                found = entry.stat()
                yield f"{entry.path!r} {found.st_size} {found.st_mtime_ns}"


def kept(stamp: str, files: Sequence[Path], project: Path) -> bool:
    """Tell whether files are as they were written from just this project."""
    try:
        noted = json.loads(files[0].with_name(_NOTE).read_text("utf-8"))
        newest = inputs.newest(project)
        there = _seen(files)
    except (OSError, ValueError):
        return False
    return noted == {"stamp": stamp, "files": there} and all(
        changed >= newest for _, changed in there.values()
    )


def note(stamp: str, files: Sequence[Path]) -> None:
    """Note from what files have been written; without, they are only written again."""
    with suppress(OSError, OutsideError):
        text = json.dumps({"stamp": stamp, "files": _seen(files)})
        write_atomic(files[0].with_name(_NOTE), text)


def _seen(files: Sequence[Path]) -> dict[str, list[int]]:
    found = ((file.name, file.stat()) for file in files)
    return {name: [stat.st_size, stat.st_mtime_ns] for name, stat in found}
