"""Up-to-date caches of a project: tables for reports, quads for SPARQL.

Files are the truth. The caches are named by a fingerprint of every input, built beside
the old ones and renamed into place, so a reader finds a whole generation or none.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from whosays import garbage, inputs, resources
from whosays.built import Built, Summary
from whosays.errors import DataError, OutsideError

if TYPE_CHECKING:
    from whosays.model import Collection
    from whosays.project import Project

# A question to a fresh cache is answered without the modules that build one: they are
# imported where something has to be built.

_TABLES = "index.sqlite"
_QUADS = "store"
_MANIFEST = "manifest.json"
_SEEN = "inputs.seen"
NAMES = "index.json"
"""Names for the completion in shells, which reads nothing else."""


def build_dir(path: Path) -> Path:
    """Choose where generated files go: beside the data, or here if that is read-only.

    What is installed inside the package counts as read-only: a build must not change
    an installation.
    """
    if resources.is_installed(path) or not os.access(path, os.W_OK):
        return Path.cwd() / "build"
    return path / "build"


def ready(path: Path, build_dir: Path | None, *, write: bool = False) -> Built:
    """Give the caches of a project, building them when the inputs have changed.

    ``build_dir`` is where generations are kept, or None to stay in memory. With
    ``write`` a failure to keep them is an error; without it, reading goes on in memory,
    because a project on a read-only disk can still be asked.

    Raises:
        DataError: the project's files have errors, so nothing can be built from them.
        OutsideError: the caches cannot be written (only with ``write``).
    """
    root = inputs.root_of(path)
    if os.path.lexists(root / inputs.JOURNAL):
        from whosays import changes

        changes.settle(root)
    seen = inputs.seen(path, _ontology())
    found = None
    if build_dir is not None:
        found = _unchanged(build_dir / "cache", seen)
        if found is not None:
            return found
    fingerprint = _fingerprint(path)
    if build_dir is not None:
        found = _open(build_dir / "cache" / fingerprint, fingerprint)
    if found is None:
        with garbage.left_alone():  # records hold no cycles
            found = _build(path, fingerprint, build_dir, write=write)
    if isinstance(found.tables, Path):
        _remember(found.tables.parent, path, seen)
    return found


def _fingerprint(path: Path) -> str:
    return inputs.fingerprint(path, _ontology())[:24]


def _ontology() -> Path:
    return Path(str(resources.ontology_file("whosays.ttl"))).parent


_SETTLED = 2_000_000_000
"""Nanoseconds after which a change of a file shows in its times on any file system."""


_MOMENTS = 10_000_000_000
"""Nanoseconds for which a generation stays, however many follow it."""


def _unchanged(cache: Path, seen: inputs.Seen | None) -> Built | None:
    """Open the generation whose inputs were seen exactly so, if there is one.

    Like git with its index: a file that was written only just before it was seen may
    have been written again since with the same times, so such a look proves nothing.
    """
    if seen is None:
        return None
    for folder in inputs.listing(cache):
        try:
            with (folder / _SEEN).open(encoding="utf-8") as file:
                when = os.fstat(file.fileno()).st_mtime_ns
                mark = file.read(len(seen.mark) + 1)
        except (OSError, ValueError):
            continue
        if mark == seen.mark and seen.newest + _SETTLED < when:
            return _open(folder, folder.name)
    return None


def _remember(folder: Path, path: Path, seen: inputs.Seen | None) -> None:
    """Note how the inputs of a generation lie there, unless they are changing now."""
    from whosays.files import write_atomic

    if seen is None or seen.newest + _SETTLED >= time.time_ns():
        return
    if inputs.seen(path, _ontology()) == seen:
        with suppress(OutsideError):  # reading goes on without
            write_atomic(folder / _SEEN, seen.mark)


def _open(folder: Path, fingerprint: str) -> Built | None:
    """Open a kept generation; one that is not as its manifest says is no generation."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text("utf-8"))
        if manifest["files"] != _sizes(folder):
            return None
        base = str(manifest["base"])
        summary = Summary(*manifest["summary"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Built(
        tables=folder / _TABLES,
        quads=folder / _QUADS,
        base=base,
        fingerprint=fingerprint,
        summary=summary,
    )


def _build(
    path: Path, fingerprint: str, build_dir: Path | None, *, write: bool
) -> Built:
    from whosays import building, project

    while True:
        read = project.read(path)
        now = _fingerprint(path)
        if now == fingerprint:
            break
        fingerprint = now  # somebody wrote between the two
    if read.errors:
        raise DataError(read.errors)
    base = read.collection.settings.base
    if build_dir is not None:
        try:
            folder = build_dir / "cache" / fingerprint
            summary = _keep(folder, read)
        except OutsideError:
            if write:
                raise
        else:
            return Built(
                tables=folder / _TABLES,
                quads=folder / _QUADS,
                base=base,
                fingerprint=fingerprint,
                summary=summary,
                fresh=True,
            )
    tables, quads, summary = building.in_memory(read)
    return Built(
        tables=tables,
        quads=quads,
        base=base,
        fingerprint=fingerprint,
        summary=summary,
        fresh=True,
    )


def _keep(folder: Path, read: Project) -> Summary:
    """Write a generation beside the others and rename it into place."""
    import shutil
    from uuid import uuid4

    from whosays import building
    from whosays.files import write_atomic

    cache = folder.parent
    # Threads of one process may build at once: each in a folder of its own.
    aside = cache / f"new-{os.getpid()}-{uuid4().hex[:8]}"
    collection = read.collection
    try:
        aside.mkdir(parents=True)
        summary = building.on_disk(read, aside / _TABLES, aside / _QUADS)
        write_atomic(aside / NAMES, json.dumps(_names(collection)))
        manifest = {
            "base": collection.settings.base,
            "files": _sizes(aside),
            "summary": summary,
        }
        write_atomic(aside / _MANIFEST, json.dumps(manifest))
        if _open(folder, folder.name) is not None:  # another process was quicker
            shutil.rmtree(aside)
        else:
            shutil.rmtree(folder, ignore_errors=True)  # damaged
            _rename(aside, folder)
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        shutil.rmtree(aside, ignore_errors=True)
        if isinstance(error, OutsideError):
            raise
        message = f"{cache} cannot be written: {error.strerror or error}"
        hint = "Free some space there, or copy the project to a folder you can write"
        raise OutsideError(message, hint, "WS902") from error
    except KeyboardInterrupt:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    _forget(cache, folder)
    return summary


def _rename(aside: Path, folder: Path) -> None:
    """Give a generation its name, unless another process just did."""
    try:
        aside.rename(folder)
    except OSError:
        if _open(folder, folder.name) is None:
            raise


def _written(folder: Path) -> int:
    """Tell when a generation was written; it may have been renamed or removed since."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _names(collection: Collection) -> dict[str, dict[str, str]]:
    """List the names that a shell may complete, with what they stand for."""
    return {
        "actors": {slug: one.label for slug, one in collection.actors.items()},
        "sources": {slug: one.title for slug, one in collection.sources.items()},
        "relations": {id: one.label for id, one in collection.relations.items()},
    }


def _sizes(folder: Path) -> dict[str, int]:
    """List what a generation consists of; a cut or missing file shows."""
    files = [folder / _TABLES, *(folder / _QUADS).iterdir()]
    kept = (file for file in files if file.name not in _CHANGING)
    return {file.name: file.stat().st_size for file in sorted(kept)}


# Files of the engine that opening a store for reading may touch.
_CHANGING = ("LOCK", "LOG")


def _forget(cache: Path, living: Path) -> None:
    """Remove what ended processes left, and all generations but this and the last.

    The last one stays, because somebody may have found it and not yet opened it; so do
    those of the last moments, when files change several times in a row.
    """
    import shutil

    from whosays.files import alive

    others = sorted((one for one in cache.iterdir() if one != living), key=_written)
    unfinished = [folder for folder in others if folder.name.startswith("new-")]
    finished = [folder for folder in others if folder not in unfinished]
    recent = time.time_ns() - _MOMENTS
    old = [folder for folder in finished[:-1] if _written(folder) < recent]
    ended = [
        folder
        for folder, builder in ((one, one.name.split("-")[1]) for one in unfinished)
        if not (builder.isdigit() and alive(int(builder)))
    ]
    for folder in (*old, *ended):
        shutil.rmtree(folder, ignore_errors=True)
