"""Up-to-date caches of a project: tables for reports, quads for SPARQL.

Files are the truth. The caches are named by a fingerprint of every input, built beside
the old ones and renamed into place, so a reader finds a whole generation or none.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from whosays import disputes, index, project, rdf, resources, store
from whosays.errors import DataError, OutsideError
from whosays.files import write_atomic
from whosays.model import Collection, Dispute, Issue
from whosays.problems import Problem

_TABLES = "index.sqlite"
_QUADS = "store"
_MANIFEST = "manifest.json"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What can be asked of a project without reading its files again.

    ``quads`` are a store on disk, or N-Quads where nothing is kept on disk.
    """

    index: index.Index
    quads: Path | bytes
    fingerprint: str
    problems: tuple[Problem, ...] = ()
    fresh: bool = False

    def nquads(self) -> bytes:
        """Give the whole store as N-Quads."""
        if isinstance(self.quads, Path):
            return store.read_folder(self.quads)
        return self.quads


def ready(path: Path, build_dir: Path | None, *, write: bool = False) -> Built:
    """Give the caches of a project, building them when the inputs have changed.

    ``build_dir`` is where generations are kept, or None to stay in memory. With
    ``write`` a failure to keep them is an error; without it, reading goes on in memory,
    because a project on a read-only disk can still be asked.

    Raises:
        DataError: the project's files have errors, so nothing can be built from them.
        OutsideError: the caches cannot be written (only with ``write``).
    """
    fingerprint = _fingerprint(path)
    if build_dir is not None:
        found = _open(build_dir / "cache" / fingerprint, fingerprint)
        if found is not None:
            return found
    read = project.read(path)
    errors = [problem for problem in read.problems if problem.level == "error"]
    if errors:
        raise DataError(errors)
    found_disputes = disputes.find(read.collection)
    found_issues = disputes.issues(read.collection, found_disputes)
    quads = _quads(path, read.collection, found_disputes, found_issues)
    if build_dir is not None:
        try:
            return _keep(
                build_dir / "cache",
                fingerprint,
                (read.collection, found_disputes, found_issues),
                quads,
                read.problems,
            )
        except OutsideError:
            if write:
                raise
    tables = index.build(None, read.collection, found_disputes, found_issues)
    return Built(
        index=tables,
        quads=quads,
        fingerprint=fingerprint,
        problems=read.problems,
        fresh=True,
    )


def _fingerprint(path: Path) -> str:
    return f"{project.fingerprint(path)[:24]}-{index.FORMAT}"


def _quads(
    path: Path, collection: Collection, found: list[Dispute], folded: list[Issue]
) -> bytes:
    vocabulary = [resources.ontology_file("whosays.ttl")]
    vocabulary += sorted((path / "ontology").glob("*.ttl"))
    terms = b"".join(store.to_nquads(file.read_bytes()) for file in vocabulary)
    return rdf.nquads(collection, found, folded) + terms


def _open(folder: Path, fingerprint: str) -> Built | None:
    """Open a kept generation; one that is not as its manifest says is no generation."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text("utf-8"))
        if manifest != _sizes(folder):
            return None
    except (OSError, ValueError):
        return None
    return Built(
        index=index.Index.open(folder / _TABLES),
        quads=folder / _QUADS,
        fingerprint=fingerprint,
    )


def _keep(
    cache: Path,
    fingerprint: str,
    records: tuple[Collection, list[Dispute], list[Issue]],
    quads: bytes,
    problems: tuple[Problem, ...],
) -> Built:
    folder = cache / fingerprint
    aside = cache / f"new-{os.getpid()}"
    try:
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        index.build(aside / _TABLES, *records).close()
        store.write_folder(aside / _QUADS, quads)
        write_atomic(aside / _MANIFEST, json.dumps(_sizes(aside)))
        if folder.exists():  # damaged, or another process was quicker
            shutil.rmtree(folder)
        aside.rename(folder)
    except OSError as error:
        shutil.rmtree(aside, ignore_errors=True)
        if isinstance(error, OutsideError):
            raise
        message = f"{cache} cannot be written: {error.strerror or error}"
        hint = "Free some space there, or copy the project to a folder you can write"
        raise OutsideError(message, hint, "WS902") from error
    _forget(cache, folder)
    return Built(
        index=index.Index.open(folder / _TABLES),
        quads=folder / _QUADS,
        fingerprint=fingerprint,
        problems=problems,
        fresh=True,
    )


def _sizes(folder: Path) -> dict[str, int]:
    """List what a generation consists of; a cut or missing file shows."""
    files = [folder / _TABLES, *(folder / _QUADS).iterdir()]
    kept = (file for file in files if file.name not in _CHANGING)
    return {file.name: file.stat().st_size for file in sorted(kept)}


# Files of the engine that opening a store for reading may touch.
_CHANGING = ("LOCK", "LOG")


def _forget(cache: Path, living: Path) -> None:
    """Remove older generations and what ended processes left; readers keep theirs."""
    for folder in cache.iterdir():
        leftover = folder.name.startswith("new-") and _alive(folder.name[4:])
        if folder != living and not leftover:
            shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
