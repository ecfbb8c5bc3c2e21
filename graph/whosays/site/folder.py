"""Putting a finished site in its place: whole or not at all, and nobody's files lost.

A site is written beside its folder and then changes places with it. A list of its own
files (``whosays-site.json``) tells a later run which ones it may replace; whatever else
lies in the folder is carried over.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from whosays.errors import OutsideError, UsageError
from whosays.files import sync_folder, write_atomic

LIST = "whosays-site.json"
_WRITERS = 8  # each file waits for the disk once; together they wait less
Progress = Callable[[int, int], None]


def check(folder: Path, *, force: bool, keep_out: Path | None = None) -> None:
    """Refuse a folder that a site may not be written to.

    Args:
        folder: Where the site shall stand.
        force: Accept a folder with other files; they are kept.
        keep_out: The project, which must not lie in the folder.

    Raises:
        UsageError: it is a file, holds other things, or is where we work.
    """
    target = Path(os.path.realpath(folder))
    inside = [Path.cwd().resolve()]
    if keep_out is not None:
        inside.append(keep_out.resolve())
    for place in inside:
        if target == place or target in place.parents:
            raise UsageError(
                f"{folder} holds {place.name or place}, which a site would replace",
                "Name a folder of its own",
            )
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        raise UsageError(f"{folder} is a file", "Name a folder")
    with _failures(folder):
        empty = not any(target.iterdir())
    if not (empty or force or former(target)):
        raise UsageError(
            f"{folder} is not empty and no site of whosays",
            "Name another folder, or add --force: its files are kept, "
            "but for those with the name of a page",
        )


def former(folder: Path) -> frozenset[str]:
    """List the files of the site that stands in a folder; none if there is none."""
    try:
        read = json.loads((folder / LIST).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return frozenset()
    if not isinstance(read, dict) or read.get("generator") != "whosays":
        return frozenset()
    names = read.get("files")
    return frozenset(map(str, names)) if isinstance(names, list) else frozenset()


def put(
    folder: Path, content: Mapping[str, bytes], progress: Progress | None = None
) -> tuple[int, tuple[str, ...]]:
    """Write the files aside and change places; count others' files, name what is gone.

    Returns:
        How many files of others were carried over, and which files of the former
        site have no successor.

    Raises:
        OutsideError: the disk is full, or the folder cannot be replaced.
    """
    target = Path(os.path.realpath(folder))
    listed = {
        "generator": "whosays",
        "files": sorted([*content, LIST]),
    }
    data = json.dumps(listed, indent=1, ensure_ascii=False) + "\n"
    every = {**content, LIST: data.encode("utf-8", "surrogatepass")}
    old = former(target)
    aside = target.with_name(f".{target.name}.{os.getpid()}.new")
    with _failures(folder):
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove(aside)
        try:
            aside.mkdir()
            _write(aside, every, progress)
            kept = _carry_over(target, aside, old)
            _swap(aside, target)
        except BaseException:
            _remove(aside)
            raise
    return kept, tuple(sorted(old - every.keys()))


def _write(
    folder: Path, content: Mapping[str, bytes], progress: Progress | None
) -> None:
    for name in sorted({str(Path(name).parent) for name in content}):
        (folder / name).mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(_WRITERS) as pool:
        jobs = [
            pool.submit(write_atomic, folder / name, data)
            for name, data in content.items()
        ]
        try:
            for number, job in enumerate(jobs, 1):
                job.result()
                if progress is not None:
                    progress(number, len(jobs))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _carry_over(target: Path, aside: Path, old: frozenset[str]) -> int:
    """Link what is not ours into the new folder; the old one stays as it is."""
    count = 0
    for path in _files(target):
        name = path.relative_to(target)
        copy = aside / name
        if name.as_posix() in old or os.path.lexists(copy):
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():
            copy.symlink_to(path.readlink())
        else:
            try:
                os.link(path, copy)
            except OSError:  # no hard links here
                shutil.copy2(path, copy)
        count += 1
    return count


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in sorted([*names, *links]):
            yield Path(place) / name


def _swap(aside: Path, target: Path) -> None:
    """Let the new folder take the place of the old one; go back if that fails."""
    out = target.with_name(f".{target.name}.{os.getpid()}.old")
    was_there = target.is_dir()
    if was_there:
        aside.chmod(stat.S_IMODE(target.stat().st_mode))
        _remove(out)
        target.rename(out)
    try:
        aside.rename(target)
    except BaseException:
        if was_there:
            out.rename(target)
        raise
    sync_folder(target.parent)
    _remove(out)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _failures(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OutsideError, UsageError):
        raise
    except OSError as error:
        raise OutsideError(
            f"{folder} cannot be written: {error.strerror or type(error).__name__}",
            "A former site was kept",
            "WS902",
        ) from error
