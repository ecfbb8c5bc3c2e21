"""What a project has curated as gold for its own texts, paragraph by paragraph.

Statements name a paragraph and no sentence, so a paragraph is the passage. Whoever
curated them took what mattered: what is found beside it counts as wrong, and precision
is told rather too low.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from pathlib import Path

from whosays import inputs, project
from whosays.errors import DataError
from whosays.extract.records import AUTHOR
from whosays.measuring.records import Claim, Gold, Passage
from whosays.model import Collection, Modality, Source, Stance, Statement
from whosays.project.passages import spans

_STANCES = (Stance.AFFIRMS, Stance.DENIES, Stance.QUESTIONS)
_UNREAL = (Modality.ADVOCATED, Modality.HYPOTHETICAL)
"""Nothing that extraction proposes; such statements are optional."""

HERE = "its text is not here; see --texts"


def read(folder: Path, texts: Path | None = None) -> Gold:
    """Make gold of the accepted statements of a project.

    Args:
        folder: The project.
        texts: Where texts lie, found by the hash that their source has; the project's
            own folder of texts is looked into as well.

    Raises:
        DataError: the project's tables have errors.
    """
    held = project.read(folder)
    if held.errors:
        raise DataError(held.errors)
    collection = held.collection
    by_hash = _hashed(texts) if texts is not None else {}
    places: dict[str, dict[str, list[Statement]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one in collection.statements:
        if one.counts:
            places[one.source][one.locator].append(one)
    found: dict[str, str] = {}
    passages: list[Passage] = []
    skipped: list[tuple[str, str]] = []
    for slug, said in sorted(places.items()):
        source = collection.sources[slug]
        text = _text(source, held.path, collection, by_hash)
        if text is None:
            skipped += [(one.id, HERE) for group in said.values() for one in group]
            continue
        found[slug] = text
        for number, (start, end) in enumerate(spans(text, source.blocks), 1):
            group = said.pop(f"p{number}", [])
            passages.append(_passage(source, number, (start, end), text, group))
        skipped += [
            (one.id, "it names no paragraph of its text")
            for group in said.values()
            for one in group
        ]
    return Gold(
        name=collection.settings.name or held.path.name,
        passages=tuple(passages),
        collection=collection,
        texts=found,
        skipped=tuple(skipped),
        folder=held.path,
    )


def _hashed(folder: Path) -> dict[str, str]:
    """Read the texts of a folder by the hash of their bytes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if inputs.is_file(path):
            data = inputs.read_bytes(path)
            found[hashlib.sha256(data).hexdigest()] = data.decode(
                "utf-8-sig", "replace"
            )
    return found


def _text(
    source: Source, root: Path, collection: Collection, by_hash: dict[str, str]
) -> str | None:
    if source.sha256 in by_hash:
        return by_hash[source.sha256]
    own = root / (collection.settings.texts or "texts") / (source.file or "-")
    if own.suffix != ".txt" or not inputs.is_file(own):
        return None
    return inputs.read_bytes(own).decode("utf-8-sig", "replace")


def _passage(
    source: Source,
    number: int,
    span: tuple[int, int],
    text: str,
    said: list[Statement],
) -> Passage:
    coded = [one for one in said if one.stance in _STANCES]
    return Passage(
        id=f"{source.slug}-p{number}",
        source=source.slug,
        start=span[0],
        end=span[1],
        text=text[slice(*span)],
        locator=f"p{number}",
        genre=source.kind,
        voice=source.voice,
        gold=tuple(_claim(one, source) for one in coded if one.modality not in _UNREAL),
        optional=tuple(_claim(one, source) for one in coded if one.modality in _UNREAL),
    )


def _claim(one: Statement, source: Source) -> Claim:
    *outer, voice = one.chain
    return Claim(
        subject=one.subject,
        relation=one.relation,
        object=one.object,
        stance=str(one.stance),
        speaker=AUTHOR if voice == source.voice else voice,
        chain=tuple(reversed(outer)),
        modality=str(one.modality),
    )
