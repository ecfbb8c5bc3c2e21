"""What the cells of statements come to: each text is read once, however often it stands.

A table of many rows repeats few texts, so a row is mostly put together from what is
known already. Only what nothing was said against is remembered: each row with a
problem gets its own report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, Self, TypeVar

from whosays import dates
from whosays.matching import fold, nearest
from whosays.model import (
    Context,
    Framing,
    Modality,
    ObjectKind,
    Relation,
    Stance,
    Status,
)
from whosays.project.desk import Desk
from whosays.project.line import Line, several
from whosays.project.sources import locator_of, reference

CONFIDENCES: Mapping[str, float] = {"high": 0.9, "medium": 0.6, "low": 0.3}
DEFAULT_CONFIDENCE = 0.6

_NUMBER = re.compile(r"(?:0(?:[.,][0-9]{1,6})?|1(?:[.,]0{1,6})?|[.,][0-9]{1,6})")
_REMEMBERED = 100_000  # readings of each column

Read = TypeVar("Read")


class Known(NamedTuple):
    """A relation, as far as a statement needs it."""

    id: str
    hash_slug: str
    symmetric: bool
    object_kind: ObjectKind


class End(NamedTuple):
    """The subject or the object of a claim."""

    slug: str
    hash_slug: str
    is_actor: bool
    is_place: bool


class Home(NamedTuple):
    """A source; ``chain`` is who speaks in it where a row names nobody.

    ``oldest`` are the slugs of the chain that ids are made from, ``date`` and
    ``published`` are the same day.
    """

    slug: str
    hash_slug: str
    chain: tuple[str, ...]
    oldest: tuple[str, ...]
    date: str
    published: dates.Edtf | None


class Cells:
    """The cells of the row in ``line``, by column and text."""

    line: Line

    def __init__(self) -> None:
        """Start with nothing read."""
        self.relation = _Column(self, _relation)
        self.subject = _Column(self, lambda line: _end(line, "subject"))
        self.object = _Column(self, lambda line: _end(line, "object"))
        self.source = _Column(self, _source)
        self.stance = _Column(self, _stance)
        self.speaker = _Column(self, _speaker)
        self.modality = _Column(self, _modality)
        self.framing = _Column(self, lambda line: line.choice("framing", Framing))
        self.status = _Column(self, _status)
        self.locator = _Column(self, locator_of)
        self.valid = _Column(self, _valid)
        self.said = _Column(self, lambda line: line.date("said_on"))
        self.place = _Column(self, _places)
        self.context = _Column(self, _contexts)
        self.confidence = _Column(self, _confidence)

    @classmethod
    def of(cls, desk: Desk) -> Self:
        """Give the cells of a desk, which forgets them when its names change."""
        found: Self = desk.settled.setdefault(cls.__name__, cls())
        return found


class _Column(dict[str, Read]):
    """What the texts of one column come to; nothing but the text may matter."""

    def __init__(self, cells: Cells, read: Callable[[Line], Read]) -> None:
        super().__init__()
        self._cells = cells
        self._read = read

    def __missing__(self, text: str) -> Read:
        """Read the cell of the present row."""
        line = self._cells.line
        told = line.told
        value = self._read(line)
        if line.told == told:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[text] = value
        return value


def _end(line: Line, column: str) -> End | None:
    slug = reference(line, column)
    if slug is None:
        return None
    desk = line.desk
    return End(
        slug, desk.actors[slug].hash_slug, desk.is_actor(slug), desk.is_place(slug)
    )


def _source(line: Line) -> Home | None:
    slug = reference(line, "source")
    if slug is None:
        return None
    desk = line.desk
    home = desk.sources[slug]
    return Home(
        slug,
        home.hash_slug,
        (home.voice,),
        (desk.actors[home.voice].hash_slug,),
        home.date,
        desk.source_dates[slug],
    )


def _stance(line: Line) -> Stance | None:
    stance = line.choice("stance", Stance, code="WS102")
    if not line.text("stance"):
        line.required("stance")
    return stance


def _speaker(line: Line) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Read a chain of voices, and the slugs that ids are made from."""
    chain = line.chain("speaker")
    if chain is None:
        return None
    return chain, tuple(line.desk.actors[link].hash_slug for link in chain)


def _modality(line: Line) -> Modality:
    return line.choice("modality", Modality) or Modality.ACTUAL


def _status(line: Line) -> Status:
    return line.choice("status", Status) or line.desk.settings.bare_rows


def _valid(line: Line) -> str:
    found = line.date("valid")
    return found.text if found else ""


def _relation(line: Line) -> tuple[Known | None, bool]:
    desk = line.desk
    text = line.required("relation")
    if not text:
        return None, False
    found = desk.relation(text)
    if found is None:
        fix, near = desk.near_relations(text)
        several_near = f"did you mean: {' or '.join(near)}" if near else ""
        line.report(
            "WS104", "relation", fix=fix, instructions="" if fix else several_near
        )
        return None, False
    relation, inverted = found
    used = desk.settings.relations
    if used and relation.id not in used:
        line.report(
            "WS104",
            "relation",
            text="is not among the relations of this project",
            instructions="they are listed in whosays.toml: [relations] use",
        )
        return None, inverted
    if inverted:
        line.report("WS113", "relation")
    elif fold(text) in map(fold, relation.former_slugs) and not _by_name(
        text, relation
    ):
        line.report("WS112", "relation", fix=relation.id)
    known = Known(
        relation.id, relation.hash_slug, relation.symmetric, relation.object_kind
    )
    return known, inverted


def _by_name(text: str, relation: Relation) -> bool:
    """Tell whether a relation has this name now, whatever it was called before."""
    return fold(text) in map(fold, (relation.id, relation.label, *relation.aliases))


def _places(line: Line) -> tuple[str, ...]:
    desk = line.desk
    found = []
    for part in several(line.text("place")):
        slug = line.refer(desk.actor_register, "place", part)
        if slug is None:
            continue
        if not desk.is_place(slug):
            line.report("WS409", "place", value=part)
        found.append(slug)
    return tuple(dict.fromkeys(found))


def _contexts(line: Line) -> tuple[Context, ...]:
    found = [
        line.choice("context", Context, part) for part in several(line.text("context"))
    ]
    return tuple(dict.fromkeys(context for context in found if context is not None))


def _confidence(line: Line) -> float:
    text = line.text("confidence")
    if not text:
        return DEFAULT_CONFIDENCE
    if (word := CONFIDENCES.get(text.casefold())) is not None:
        return word
    if _NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    line.report(
        "WS340",
        "confidence",
        fix=nearest(text, CONFIDENCES),
        instructions="high, medium, low or a number from 0 to 1",
    )
    return DEFAULT_CONFIDENCE
