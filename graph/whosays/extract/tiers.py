"""How far to trust a reading: tiers by what was measured of its kind, in a table.

A row of ``cues/tiers.csv`` names a kind of reading, an empty cell any; the first row that
fits grants the tier. ``readers`` are ``both`` (words and parse agree), ``split`` (they
differ on the stance), ``words`` (a parse was there and does not say it) or ``alone`` (no
parse was there). An end is a ``name``, a ``side`` (its army), a ``thing`` of it, a
``deed``, a ``pronoun``, or a ``stranger`` whom the project does not have. ``clause`` is ``plain`` where at most one operator stands
around the cue and nothing is hedged.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from whosays.extract.cuetables import FOLDER
from whosays.extract.dictionary import PREFIX
from whosays.extract.records import Tier
from whosays.extract.words import Filler
from whosays.tables import read_table

Readers = Literal["both", "split", "words", "alone", "other"]
COLUMNS = (
    *("readers", "subject", "object", "cues", "relation", "clause"),
    *("tier", "note"),
)
TABLES = {
    "v": "verbs",
    "n": "nouns",
    "p": "predicates",
    "t": "participles",
    "c": "themes",
    "k": "echoes",
}
"""Kinds of cues by the letter that ids of our tables begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What the table looks at; ``cues`` are the kinds of all cues, if they are one."""

    readers: Readers
    subject: str
    object: str
    cues: str
    relation: str
    clause: str


def kind(
    readers: Readers,
    ends: tuple[Filler, Filler],
    patterns: Collection[str],
    relation: str,
    *,
    plain: bool,
) -> Kind:
    """Say of which kind a reading is."""
    tables = {_table(pattern) for pattern in patterns}
    return Kind(
        readers=readers,
        subject=_end(ends[0]),
        object=_end(ends[1]),
        cues=tables.pop() if len(tables) == 1 else "",
        relation=relation,
        clause="plain" if plain else "",
    )


def granted(kind: Kind) -> Tier:
    """Grant a tier by the first row that fits.

    >>> first = Kind(readers="both", subject="name", object="name", cues="verbs",
    ...              relation="arms", clause="plain")
    >>> granted(first)
    'A'
    """
    asked = (
        *(kind.readers, kind.subject, kind.object),
        *(kind.cues, kind.relation, kind.clause),
    )
    return _granted(asked)


@cache
def _granted(asked: tuple[str, ...]) -> Tier:
    for cells, tier in _rows():
        if all(not cell or cell == one for cell, one in zip(cells, asked, strict=True)):
            return tier
    return "C"


@cache
def _rows() -> tuple[tuple[tuple[str, ...], Tier], ...]:
    table = read_table(FOLDER / "tiers.csv", "cues/tiers.csv", COLUMNS)
    return tuple(
        (
            tuple(row.cells[name] for name in COLUMNS[:6]),
            cast("Tier", row.cells["tier"]),
        )
        for row in table.rows
    )


def _table(pattern: str) -> str:
    if pattern.startswith(PREFIX):
        return "dictionary"
    letter, dash, _ = pattern.partition("-")
    return TABLES.get(letter, "") if dash else ""


def _end(filler: Filler) -> str:
    if filler.link != "registry":
        return "pronoun" if filler.link == "coref" else "stranger"
    known = {"name": "name", "head": "side", "deed": "deed"}
    return known.get(filler.via, "thing")
