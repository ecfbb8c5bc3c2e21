"""Extract from files into ``build/candidates``: the work of ``whosays extract``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from whosays import inputs, lookup
from whosays.cache import build_dir
from whosays.errors import MissingFile, OutsideError, UsageError, WhosaysError
from whosays.extract.document import Document, Registry, document
from whosays.extract.llm.refusals import counted
from whosays.extract.pipeline import Extraction, Extractor
from whosays.extract.records import Tier, write_candidates
from whosays.extract.strangers import Stranger, with_strangers
from whosays.extract.texts import SUFFIXES, Text, read_text
from whosays.files import write_atomic
from whosays.model import Collection, Source
from whosays.project import Project
from whosays.resources import version

CANDIDATES = "candidates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file: an extraction, or the error that kept it from one.

    ``strangers`` are names that nobody has, where they were asked for.
    """

    name: str
    source: str = ""
    extraction: Extraction | None = None
    path: Path | None = None
    error: WhosaysError | None = None
    strangers: tuple[Stranger, ...] = ()

    @property
    def summary(self) -> str:
        """The line that a person reads."""
        if self.extraction is None:
            return f"{self.name}: {self.error.message if self.error else 'not read'}"
        tiers = Counter(one.tier for one in self.extraction.candidates)
        shown = ", ".join(f"{tier} {tiers[tier]}" for tier in get_args(Tier))
        refused = len(self.extraction.refusals)
        return (
            f"{self.source}: {self.extraction.sentences} sentences, "
            f"{self.extraction.with_actors} with actors, "
            f"{len(self.extraction.candidates)} candidates ({shown})"
            + (f", {refused} refused" if refused else "")
        )

    @property
    def refused(self) -> str:
        """Count why something offered was not taken; empty where all was."""
        return counted(self.extraction.refusals) if self.extraction else ""


def registry_of(collection: Collection) -> Registry:
    """Take from a project what extraction needs."""
    used = collection.settings.relations or collection.relations
    return Registry(
        actors=collection.actors,
        names=collection.names,
        relations={
            name: collection.relations[name]
            for name in used
            if name in collection.relations
        },
    )


def files_in(paths: Sequence[Path]) -> list[Path]:
    """List files, and what of folders can be read, sorted by name.

    Raises:
        MissingFile: there is nothing at a path.
        UsageError: a folder holds no text.
    """
    found: list[Path] = []
    for path in paths:
        if inputs.is_folder(path):
            inside = [
                one
                for one in sorted(path.rglob("*"))
                if one.suffix.lower() in SUFFIXES and inputs.is_file(one)
            ]
            if not inside:
                kinds = " ".join(SUFFIXES)
                raise UsageError(f"{path} holds no text", f"Texts end in {kinds}")
            found += inside
        elif str(path) == "-" or inputs.is_file(path):
            found.append(path)
        else:
            raise MissingFile(f"{path} is not there")
    return found


def source_of(collection: Collection, path: Path) -> Source:
    """Find the source that a file holds: by its ``file``, or by a slug of its name.

    Raises:
        UsageError: no source is known for it.
    """
    for source in collection.sources.values():
        if source.file and Path(source.file).name == path.name:
            return source
    if path.stem in collection.sources:
        return collection.sources[path.stem]
    raise UsageError(
        f"{path}: no source of sources.csv has this file",
        "Name it with --source, or fill the column file",
    )


def run(
    project: Project,
    paths: Sequence[Path],
    extractor: Extractor,
    *,
    source: str = "",
    given: Text | None = None,
    output: Path | None = None,
    settings: dict[str, str] | None = None,
    new_actors: bool = False,
) -> Iterator[Outcome]:
    """Extract from file after file; one that is unreadable stops nothing.

    ``given`` is a text that was read already (stdin). ``new_actors`` reads names that
    nobody has as if they were actors, see ``strangers``.

    Raises:
        UsageError: one source is named for several files.
        UnknownName: there is no such source.
        OutsideError: an endpoint that is asked, or the disk, fails.
    """
    collection = project.collection
    if source and len(paths) > 1:
        raise UsageError("one source, but several files", "Extract them one by one")
    if output is not None and len(paths) > 1:
        raise UsageError("one output, but several files", "Leave -o out")
    named = collection.sources[lookup.source(collection, source)] if source else None
    for path in paths:
        try:
            found = named or source_of(collection, path)
            text = given or read_text(path)
            doc = _document(text, found)
            extraction = extractor.extract(doc)
            names: tuple[Stranger, ...] = ()
            if new_actors:
                extraction, names = with_strangers(doc, extraction, extractor)
            kept = {**(settings or {}), **_told(names)}
            target = _write(project.path, doc, text, extraction, output, kept)
        except OutsideError:  # disk or endpoint: the next text would fail alike
            raise
        except WhosaysError as error:
            if len(paths) == 1:
                raise
            yield Outcome(name=str(path), error=error)
            continue
        yield Outcome(
            name=str(path),
            source=found.slug,
            extraction=extraction,
            path=target,
            strangers=names,
        )


def readable(
    collection: Collection,
    paths: Sequence[Path],
    *,
    source: str = "",
    given: Text | None = None,
) -> Iterator[Document]:
    """Read the texts that can be read, as ``run`` reads them; it reports the others."""
    named = collection.sources[lookup.source(collection, source)] if source else None
    for path in paths:
        try:
            found = named or source_of(collection, path)
            yield _document(given or read_text(path), found)
        except WhosaysError:
            continue


def _told(names: Sequence[Stranger]) -> dict[str, object]:
    """Tell in the record of a run which names are nobody's, with their counts."""
    return {"strangers": {one.label: one.count for one in names}} if names else {}


def _document(text: Text, source: Source) -> Document:
    doc = document(text.text, source)
    if text.blocks:
        doc = replace(doc, blocks=text.blocks)
    return replace(doc, places=text.places)


def _write(
    root: Path,
    doc: Document,
    text: Text,
    extraction: Extraction,
    output: Path | None,
    settings: Mapping[str, object],
) -> Path:
    folder = build_dir(root) / CANDIDATES
    target = output or folder / f"{doc.source}.jsonl"
    if output is None:
        folder.mkdir(parents=True, exist_ok=True)
    write_candidates(target, extraction.candidates)
    _write_refusals(folder / f"{doc.source}.refused.jsonl", extraction)
    if output is not None:
        return target
    if text.derived:
        write_atomic(folder / f"{doc.source}.txt", doc.text)
    record = {
        "source": doc.source,
        "doc_sha256": doc.sha256,
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "whosays": version(),
        "sentences": extraction.sentences,
        "with_actors": extraction.with_actors,
        "candidates": len(extraction.candidates),
        "refused": list(extraction.refused),
        **extraction.accounts,
        **settings,
    }
    shown = json.dumps(record, ensure_ascii=False, indent=2)
    write_atomic(folder / f"{doc.source}.run.json", f"{shown}\n")
    return target


def _write_refusals(path: Path, extraction: Extraction) -> None:
    """Keep what was offered and not taken; an old list does not outlive its run."""
    if not extraction.refusals and not inputs.is_file(path):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{one.line()}\n" for one in extraction.refusals)
    write_atomic(path, lines.encode("utf-8", "surrogatepass"))


def documents(
    texts: Iterable[tuple[str, str]],
) -> list[Document]:
    """Make documents of (source, text) pairs, for those who have no project."""
    return [document(text, source) for source, text in texts]
