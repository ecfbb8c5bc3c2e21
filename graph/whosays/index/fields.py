"""How a record becomes a row and a row a record: one column per field."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

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

R = TypeVar("R")

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
    read = attrgetter(*names)
    told = {field.name: str(field.type) for field in fields(kind)}
    changed: list[tuple[int, Callable[[Any], object]]] = []
    for place, name in enumerate(names):
        if (kind, name) in _ENUMS:
            changed.append((place, _text))
        elif (kind, name) in _BOOLEANS:
            changed.append((place, int))
        elif told.get(name, "").startswith("tuple"):
            changed.append((place, _listed))

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


def decode(
    kind: type[R],
    names: Sequence[str],
    readers: Iterable[tuple[str, Callable[[Any], object]]],
    row: Sequence[Any],
) -> R:
    """Make a row a record; ``readers`` are those of the fields that need one."""
    record = dict(zip(names, row, strict=False))
    for name, reader in readers:
        record[name] = reader(record[name])
    return kind(**record)


Readers = tuple[tuple[str, Callable[[Any], object]], ...]

_READERS: dict[tuple[type, tuple[str, ...]], Readers] = {}


def readers_of(kind: type, names: tuple[str, ...]) -> Readers:
    """List what makes stored values fields again, for those fields that need it.

    Made once: records are often read one by one.
    """
    if (kind, names) not in _READERS:
        found = ((name, reading_of(kind, name)) for name in names)
        _READERS[kind, names] = tuple(
            (name, reader) for name, reader in found if reader is not None
        )
    return _READERS[kind, names]


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
