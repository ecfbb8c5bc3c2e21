"""What another tool found, as lines of JSON; our own candidates are read as well.

A line says where (`sentence`, the id of a row of the gold, or `source` and `start`) and
what (`subject`, `relation`, `object`, and if there are `stance`, `speaker`, `also`,
`chain`, `modality`, `tier`). Relations and actors may be spelt in any way we know; a
map translates the relations of the other tool.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from whosays import inputs, lookup
from whosays.errors import DataError, MissingFile, UnknownName, WhosaysError
from whosays.extract.records import AUTHOR, MODALITIES
from whosays.matching import fold
from whosays.measuring.lines import Row, number_of, objects, text_of, texts_of
from whosays.measuring.records import BadLine, Gold, Passage, Prediction
from whosays.model import Collection, Modality, Stance
from whosays.tables import read_table

Placed = Mapping[tuple[int, str], Sequence[Prediction]]
"""Predictions by the number of the gold and the id of the passage."""

_MAP = ("theirs", "ours")
_STANCES = frozenset(map(str, Stance))
_MODALITIES = {
    **{str(one): str(one) for one in Modality},
    **{name: str(one) for name, one in MODALITIES.items()},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictions:
    """Predictions by passage, and what of the file counts nowhere.

    ``elsewhere`` counts those that stand in no sentence of the gold; ``unknown`` are
    relations and actors that the gold does not know, with how often they stood there.
    """

    placed: Placed
    elsewhere: int = 0
    unknown: Mapping[str, int] = field(default_factory=dict)


def relation_map(path: Path) -> dict[str, str]:
    """Read a table with the columns ``theirs`` and ``ours``.

    Raises:
        DataError: a column is missing, or a row cannot be read.
        MissingFile: there is no such file.
    """
    if not inputs.is_file(path):
        raise MissingFile(f"{path} is not there")
    table = read_table(path, columns=_MAP, required=_MAP)
    if errors := [one for one in table.problems if one.level == "error"]:
        raise DataError(errors)
    return {fold(row.cells["theirs"]): row.cells["ours"] for row in table.rows}


def read(
    path: Path, golds: Sequence[Gold], relations: Mapping[str, str] | None = None
) -> Predictions:
    """Read predictions and find their passages.

    Raises:
        BadLine: a line cannot be used.
        MissingFile: there is no such file.
    """
    reading = _Reading(path=path, places=_Places(golds), map=relations or {})
    placed: dict[tuple[int, str], list[Prediction]] = defaultdict(list)
    elsewhere = 0
    for line, row in objects(path):
        found = reading.place(row, line)
        if found is None:
            elsewhere += 1
            continue
        number, passage = found
        made = reading.prediction(row, line, golds[number].collection)
        placed[number, passage.id].append(made)
    return Predictions(placed=placed, elsewhere=elsewhere, unknown=reading.unknown)


class _Places:
    """Passages by id, and by source and offset."""

    def __init__(self, golds: Sequence[Gold]) -> None:
        self.by_id: dict[str, list[tuple[int, Passage]]] = defaultdict(list)
        self.by_source: dict[str, list[tuple[int, int, Passage]]] = defaultdict(list)
        for number, gold in enumerate(golds):
            for one in gold.passages:
                self.by_id[one.id].append((number, one))
                self.by_source[one.source].append((one.start, number, one))
        for placed in self.by_source.values():
            placed.sort(key=lambda one: one[0])

    def at(self, source: str, offset: int) -> tuple[int, Passage] | None:
        placed = self.by_source.get(source, [])
        index = bisect_right(placed, offset, key=lambda one: one[0]) - 1
        if index < 0 or offset >= placed[index][2].end:
            return None
        return placed[index][1:]


@dataclass(slots=True)
class _Reading:
    path: Path
    places: _Places
    map: Mapping[str, str]
    unknown: Counter[str] = field(default_factory=Counter)

    def place(self, row: Row, line: int) -> tuple[int, Passage] | None:
        sentence = text_of(row, "sentence", self.path, line)
        if sentence:
            found = self.places.by_id.get(sentence, [])
            if len(found) > 1:
                said = f"“{sentence}” is a row of several gold files"
                raise BadLine(f"{said}; give source and start", str(self.path), line)
            return found[0] if found else None
        source = text_of(row, "source", self.path, line)
        if not source:
            raise BadLine("neither sentence nor source", str(self.path), line)
        cue = row.get("cue")
        if "start" not in row and isinstance(cue, list) and cue:
            row = {**row, "start": cue[0]}
        return self.places.at(source, number_of(row, "start", self.path, line))

    def prediction(self, row: Row, line: int, collection: Collection) -> Prediction:
        relation, turned = self._relation(
            self._needed(row, "relation", line), collection
        )
        ends = [
            self._actor(self._needed(row, key, line), collection)
            for key in ("subject", "object")
        ]
        if turned:
            ends.reverse()
        stance = text_of(row, "stance", self.path, line) or "affirms"
        if stance not in _STANCES:
            choices = ", ".join(sorted(_STANCES))
            raise BadLine(f"“{stance}” is none of {choices}", str(self.path), line)
        modality = text_of(row, "modality", self.path, line) or "actual"
        if modality not in _MODALITIES:
            choices = ", ".join(sorted(_MODALITIES))
            raise BadLine(f"“{modality}” is none of {choices}", str(self.path), line)
        speaker = text_of(row, "speaker", self.path, line) or AUTHOR
        return Prediction(
            subject=ends[0],
            relation=relation,
            object=ends[1],
            stance=stance,
            speaker=self._speaker(speaker, collection),
            also=texts_of(row, "also", self.path, line),
            chain=texts_of(row, "chain", self.path, line),
            modality=_MODALITIES[modality],
            tier=text_of(row, "tier", self.path, line),
            proposers=texts_of(row, "proposers", self.path, line),
            patterns=texts_of(row, "patterns", self.path, line),
            coref="coref" in texts_of(row, "flags", self.path, line),
            id=text_of(row, "id", self.path, line) or f"{line:09}",
        )

    def _needed(self, row: Row, key: str, line: int) -> str:
        value = text_of(row, key, self.path, line)
        if not value:
            raise BadLine(f"no “{key}”", str(self.path), line)
        return value

    def _relation(self, given: str, collection: Collection) -> tuple[str, bool]:
        wanted = self.map.get(fold(given), given)
        try:
            return lookup.relation(collection, wanted)
        except UnknownName:
            self.unknown[f"relation “{given}”"] += 1
            return given, False

    def _actor(self, given: str, collection: Collection) -> str:
        if given in collection.actors:
            return given
        try:
            return lookup.actor(collection, given)
        except WhosaysError:
            self.unknown[f"actor “{given}”"] += 1
            return given

    def _speaker(self, given: str, collection: Collection) -> str:
        """Take a slug or a name; words that name nobody are a speaker's words."""
        if given == AUTHOR or given.startswith("text:") or given in collection.actors:
            return given
        try:
            return lookup.actor(collection, given)
        except WhosaysError:
            return f"text:{given}"
