"""How a record becomes a row and a row a record: one column per field."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Any

from whosays.model import (
    Actor,
    ActorType,
    Alias,
    Context,
    Dispute,
    DisputeKind,
    Ends,
    Family,
    Framing,
    Incompatibility,
    Issue,
    Modality,
    Name,
    NameKind,
    ObjectKind,
    Outline,
    Relation,
    Run,
    Source,
    Stance,
    Statement,
    Status,
    Step,
    Strength,
    Strongest,
    Tour,
)

TABLES: Mapping[type, str] = {
    Actor: "actor",
    Source: "source",
    Relation: "relation",
    Incompatibility: "incompatibility",
    Name: "name",
    Statement: "statement",
    Dispute: "dispute",
    Issue: "issue",
    Outline: "outline",
    Tour: "tour",
    Run: "run",
}

SEARCHED: Mapping[type, tuple[str, ...]] = {Statement: ("voice",), Dispute: ("held",)}
"""The last columns of a table, by which rows are found; records do not have them."""

_ENUMS: Mapping[tuple[type, str], type[StrEnum]] = {
    (Actor, "type"): ActorType,
    (Relation, "family"): Family,
    (Relation, "object_kind"): ObjectKind,
    (Incompatibility, "ends"): Ends,
    (Incompatibility, "strength"): Strength,
    (Name, "kind"): NameKind,
    (Statement, "stance"): Stance,
    (Statement, "modality"): Modality,
    (Statement, "framing"): Framing,
    (Statement, "status"): Status,
    (Dispute, "kind"): DisputeKind,
}

_BOOLEANS = {
    (Relation, "symmetric"),
    (Relation, "rolls_up_subject"),
    (Relation, "rolls_up_object"),
    (Dispute, "own"),
    (Dispute, "camp"),
    (Issue, "camp"),
    (Outline, "camp"),
}


def encoder(kind: type, names: Sequence[str]) -> Callable[[Any], Sequence[object]]:
    """Make what turns records of a kind into rows of these fields.

    SQLite takes plain strings and numbers at once; for a member of an enumeration or a
    truth value it asks around first, which takes longer than to store it.
    """
    told = {field.name: str(field.type) for field in fields(kind)}
    paths = list(names)
    changed: list[tuple[int, Callable[[Any], object]]] = []
    for place, name in enumerate(names):
        if (kind, name) in _ENUMS and "None" in told[name]:
            changed.append((place, _text))
        elif (kind, name) in _ENUMS:
            paths[place] = f"{name}._value_"  # a plain attribute, unlike its value
        elif (kind, name) in _BOOLEANS:
            changed.append((place, int))
        elif told.get(name, "").startswith("tuple"):
            changed.append((place, _listed))
    read = attrgetter(*paths)

    def encode(record: Any) -> Sequence[object]:  # noqa: ANN401
        row = list(read(record))
        for place, change in changed:
            row[place] = change(row[place])
        return row

    return encode


def _text(member: StrEnum | None) -> str | None:
    return None if member is None else member.value


def _listed(value: tuple[object, ...]) -> str:
    if len(value) > _SHORT:
        return _written(value)
    return _json(value) if value else "[]"


_SHORT = 8  # the same chains and places come again; all disputes of an issue do not


@lru_cache(maxsize=65536)
def _json(value: tuple[object, ...]) -> str:
    return _written(value)


def _written(value: tuple[object, ...]) -> str:
    return json.dumps([_plain(item) for item in value], ensure_ascii=False)


def _plain(value: object) -> object:
    match value:
        case Alias():
            return [value.text, value.lang]
        case Step():
            return [value.title, value.text, value.link]
        case Strongest():
            return [value.dispute, value.for_it, value.against_it, value.pairs]
        case tuple():
            return list(value)
        case _:
            return value


Maker = Callable[[Sequence[Sequence[Any]]], list[Any]]

_MAKERS: dict[tuple[type, tuple[str, ...]], Maker] = {}


def maker(kind: type, names: tuple[str, ...]) -> Maker:
    """Give what makes rows of these columns records; made once, for many rows at once.

    Slots are filled field by field for all records together, without ``__init__``,
    which takes a third of the time: what is read here was a record once.

    Raises:
        ValueError: the columns are not the fields of the kind.
    """
    if (kind, names) not in _MAKERS:
        if set(names) != {field.name for field in fields(kind)}:
            raise ValueError(f"the columns of {TABLES[kind]} are not as written")
        _MAKERS[kind, names] = _made(kind, names)
    return _MAKERS[kind, names]


def _made(kind: type, names: Sequence[str]) -> Maker:
    slots = [(getattr(kind, name).__set__, reading_of(kind, name)) for name in names]

    def make(rows: Sequence[Sequence[Any]]) -> list[Any]:
        records: list[Any] = [object.__new__(kind) for _ in rows]
        for (put, read), column in zip(slots, zip(*rows, strict=True), strict=False):
            values = column if read is None else map(read, column)
            deque(map(put, records, values), maxlen=0)
        return records

    return make


def reading_of(kind: type, name: str) -> Callable[[Any], object] | None:
    """Find what makes a stored value a field again; None where it is one already."""
    if (kind, name) in _BOOLEANS:
        return bool
    enum = _ENUMS.get((kind, name))
    if enum is not None:
        members: dict[Any, object] = {str(member): member for member in enum}
        members[None] = None
        return members.__getitem__
    whole = _TUPLES.get((kind, name))
    return None if whole is None else _reader_of_tuples(whole)


def _reader_of_tuples(whole: Callable[[Any], object]) -> Callable[[str], object]:
    known: dict[str, object] = {"[]": ()}  # the same chains and places come again

    def read(text: str) -> object:
        if text not in known:
            known[text] = whole(json.loads(text))
        return known[text]

    return read


def _strings(items: list[str]) -> tuple[str, ...]:
    return tuple(items)


_TUPLES: Mapping[tuple[type, str], Any] = {
    (Actor, "aliases"): lambda items: tuple(Alias(text=t, lang=g) for t, g in items),
    (Actor, "former_slugs"): _strings,
    (Source, "former_slugs"): _strings,
    (Relation, "aliases"): _strings,
    (Relation, "former_slugs"): _strings,
    (Name, "used_by"): _strings,
    (Statement, "chain"): _strings,
    (Statement, "place"): _strings,
    (Statement, "context"): lambda items: tuple(Context(item) for item in items),
    (Statement, "supersedes"): _strings,
    (Run, "proposers"): _strings,
    (Run, "patterns"): _strings,
    (Issue, "actors"): _strings,
    (Issue, "disputes"): _strings,
    (Issue, "propositions"): lambda items: tuple(tuple(pair) for pair in items),
    (Issue, "voices"): _strings,
    (Issue, "sources"): _strings,
    (Outline, "actors"): _strings,
    (Outline, "said"): _strings,
    (Outline, "strongest"): lambda items: tuple(
        Strongest(
            dispute=dispute,
            for_it=tuple(for_it),
            against_it=tuple(against_it),
            pairs=pairs,
        )
        for dispute, for_it, against_it, pairs in items
    ),
    (Tour, "steps"): lambda items: tuple(
        Step(title=title, text=text, link=link) for title, text, link in items
    ),
}
