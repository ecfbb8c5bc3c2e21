"""Gold: sentences with the statements that careful readers found in them.

A row names its source and the offsets of the sentence in the text of that source, or
carries its text alone, or the hash of a text that may not be copied.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from whosays import inputs, lookup, project
from whosays.errors import MissingFile, NotAProject, UnknownName, UsageError
from whosays.extract.records import AUTHOR
from whosays.extract.texts import read_text
from whosays.measuring import plover
from whosays.measuring.lines import Row, number_of, objects, text_of, texts_of
from whosays.measuring.records import BadLine, Claim, Gold, Passage
from whosays.model import Collection, Modality, Stance
from whosays.resources import data_root

_STANCES = frozenset(
    str(one) for one in (Stance.AFFIRMS, Stance.DENIES, Stance.QUESTIONS)
)
_MODALITIES = frozenset(str(one) for one in Modality)
_KEYS = frozenset(
    {
        *("id", "source", "locator", "start", "end", "text", "text_sha256"),
        *("split", "genre", "gold", "optional"),
    }
)
_CLAIM = frozenset(
    {"s", "r", "o", "stance", "speaker", "modality", "also", "chain", "coref", "time"}
)


def bundled() -> list[Path]:
    """List the gold that comes with the program, in the order of its names."""
    return sorted((data_root() / "seeds" / "gold").glob("*/gold/*.jsonl"))


def read(path: Path, *, folder: Path | None = None, texts: Path | None = None) -> Gold:
    """Read a gold file.

    Args:
        path: Lines of JSON, or the records of PLOVER as they are published.
        folder: The project whose registry it uses; default: the nearest one above it.
        texts: Where texts lie that are named by their hash.

    Raises:
        BadLine: a row cannot be used; its line is named.
        MissingFile: the file, or the text of a source, is not there.
        UsageError: no project is above the file, and none was named.
    """
    if not inputs.is_file(path):
        raise MissingFile(f"{path} is not there")
    if plover.is_plover(path):
        return plover.read(path)
    root = folder or _above(path)
    collection = project.read(root).collection
    reading = _Reading(path=path, root=root, collection=collection)
    if texts is not None:
        reading.gather(texts)
    passages = tuple(reading.passages())
    return Gold(
        name=collection.settings.name or path.stem,
        passages=passages,
        collection=collection,
        texts=reading.texts,
        skipped=tuple(reading.skipped),
        folder=root,
    )


def _above(path: Path) -> Path:
    try:
        return inputs.find(path.resolve().parent)
    except NotAProject:
        raise UsageError(
            f"no whosays.toml above {path}, so nobody in it can be found",
            "Name the project that has its actors with -p",
        ) from None


@dataclass(slots=True)
class _Reading:
    path: Path
    root: Path
    collection: Collection
    texts: dict[str, str] = field(default_factory=dict)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    hashed: Mapping[str, str] = field(default_factory=dict)

    def gather(self, folder: Path) -> None:
        """Find texts by their hash."""
        found = {}
        for path in sorted(folder.rglob("*")):
            if inputs.is_file(path):
                text = inputs.read_bytes(path).decode("utf-8-sig", "replace")
                found[_sha(text)] = text
        self.hashed = found

    def passages(self) -> Iterator[Passage]:
        seen: Counter[str] = Counter()
        for line, row in objects(self.path):
            if strange := sorted(set(row) - _KEYS):
                raise BadLine(f"unknown key “{strange[0]}”", str(self.path), line)
            id = text_of(row, "id", self.path, line) or f"line-{line}"
            seen[id] += 1
            if seen[id] > 1:
                raise BadLine(f"“{id}” stands twice", str(self.path), line)
            placed = self._placed(row, id, line)
            if placed is None:
                continue
            source, start, end, text = placed
            known = self.collection.sources.get(source)
            yield Passage(
                id=id,
                source=source,
                start=start,
                end=end,
                text=text,
                locator=text_of(row, "locator", self.path, line),
                part=text_of(row, "split", self.path, line),
                genre=text_of(row, "genre", self.path, line),
                voice=known.voice if known else "",
                gold=self._claims(row, "gold", line),
                optional=self._claims(row, "optional", line),
            )

    def _placed(self, row: Row, id: str, line: int) -> tuple[str, int, int, str] | None:
        """Find where a row stands: source, offsets, words; None where it is skipped."""
        text = text_of(row, "text", self.path, line)
        digest = text_of(row, "text_sha256", self.path, line)
        source = text_of(row, "source", self.path, line)
        if digest:
            if digest not in self.hashed:
                self.skipped.append((id, "its text is not here; see --texts"))
                return None
            source = source or digest[:12]
            self.texts[source] = self.hashed[digest]
        elif not source:
            if not text:
                raise BadLine("neither text nor source", str(self.path), line)
            self.texts[id] = text
            return id, 0, len(text), text
        whole = self._text(source, line)
        start = number_of(row, "start", self.path, line)
        end = number_of(row, "end", self.path, line)
        words = whole[start:end]
        if not words or (text and words != text):
            raise BadLine(
                f"the words of “{id}” do not stand at {start} to {end} of {source}",
                str(self.path),
                line,
            )
        return source, start, end, words

    def _text(self, source: str, line: int) -> str:
        if source not in self.texts:
            known = self.collection.sources.get(source)
            if known is None:
                raise BadLine(f"no source “{source}”", str(self.path), line)
            folder = self.root / (self.collection.settings.texts or "texts")
            read = read_text(folder / (known.file or f"{source}.txt"))
            self.texts[source] = read.text.removeprefix("\ufeff")
        return self.texts[source]

    def _claims(self, row: Row, key: str, line: int) -> tuple[Claim, ...]:
        given = row.get(key, [])
        if not isinstance(given, list) or not all(isinstance(g, dict) for g in given):
            raise BadLine(f"“{key}” is no list of statements", str(self.path), line)
        return tuple(self._claim(one, line) for one in given)

    def _claim(self, given: dict[str, Any], line: int) -> Claim:
        if strange := sorted(set(given) - _CLAIM):
            raise BadLine(
                f"unknown key “{strange[0]}” of a statement", str(self.path), line
            )
        ends = [text_of(given, key, self.path, line) for key in ("s", "o")]
        for end in ends:
            self._actor(end, line)
        relation = text_of(given, "r", self.path, line)
        if relation not in self.collection.relations:
            self._unknown("relation", relation, line)
        stance = text_of(given, "stance", self.path, line, "affirms")
        modality = text_of(given, "modality", self.path, line, "actual")
        for value, known in ((stance, _STANCES), (modality, _MODALITIES)):
            if value not in known:
                choices = ", ".join(sorted(known))
                raise BadLine(f"“{value}” is none of {choices}", str(self.path), line)
        speaker = text_of(given, "speaker", self.path, line, AUTHOR)
        also = texts_of(given, "also", self.path, line)
        chain = texts_of(given, "chain", self.path, line)
        for one in (speaker, *also, *chain):
            if one != AUTHOR and not one.startswith("text:"):
                self._actor(one, line)
        return Claim(
            subject=ends[0],
            relation=relation,
            object=ends[1],
            stance=stance,
            speaker=speaker,
            also=also,
            chain=chain,
            modality=modality,
            coref=bool(given.get("coref")),
            time=text_of(given, "time", self.path, line),
        )

    def _actor(self, slug: str, line: int) -> None:
        if slug not in self.collection.actors:
            self._unknown("actor", slug, line)

    def _unknown(self, kind: str, given: str, line: int) -> None:
        find = lookup.actor if kind == "actor" else lookup.relation
        try:
            found = find(self.collection, given)
        except UnknownName as error:
            meant = ", ".join(error.nearest)
        else:
            meant = found if isinstance(found, str) else found[0]
        more = f"; did you mean: {meant}" if meant else ""
        raise BadLine(f"no {kind} “{given}”{more}", str(self.path), line)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
