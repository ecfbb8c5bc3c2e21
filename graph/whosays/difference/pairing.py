"""Which records of two versions are the same thing, and in which fields they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from whosays import ids
from whosays.model import Collection, Statement

FIELDS = (
    "status",
    "stance",
    "subject",
    "relation",
    "object",
    "source",
    "speaker",
    "modality",
    "locator",
    "valid",
    "place",
    "said_on",
    "context",
    "framing",
    "confidence",
    "gist",
    "note",
    "para_sha",
    "run",
    "supersedes",
)
"""The fields of a statement that a version may have otherwise, as columns are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field and what it held before and after, as text."""

    name: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slugs:
    """Slugs that became others: old to new, for each kind of thing."""

    actors: Mapping[str, str]
    sources: Mapping[str, str]
    relations: Mapping[str, str]

    def statement(self, one: Statement, collection: Collection) -> Statement:
        """Give a statement as if the new slugs had always been in use."""
        subject = self.actors.get(one.subject, one.subject)
        object = self.actors.get(one.object, one.object)
        relation = self.relations.get(one.relation, one.relation)
        symmetric = collection.relations[one.relation].symmetric
        return replace(
            one,
            subject=subject,
            relation=relation,
            object=object,
            source=self.sources.get(one.source, one.source),
            chain=self.several(one.chain),
            place=self.several(one.place),
            proposition=ids.proposition_id(subject, relation, object, symmetric),
        )

    def several(self, actors: Iterable[str]) -> tuple[str, ...]:
        """Give actors by their new slugs."""
        return tuple(self.actors.get(slug, slug) for slug in actors)


def slugs(old: Collection, new: Collection) -> Slugs:
    """Find what was renamed, or merged into another, between two versions."""

    def moved(before: Iterable[str], after: Mapping[str, object]) -> dict[str, str]:
        return {
            former: slug
            for slug, one in after.items()
            for former in getattr(one, "former_slugs", ())
            if former in before and former not in after
        }

    return Slugs(
        actors=moved(old.actors, new.actors),
        sources=moved(old.sources, new.sources),
        relations=moved(old.relations, new.relations),
    )


def restated(
    gone: Iterable[Statement], come: Iterable[Statement]
) -> list[tuple[Statement, Statement]]:
    """Pair statements that went with those that came in their place.

    A new one takes the place of what it says that it supersedes; else of what the same
    voice said of the same claim in the same source, nearest in the file first.
    """
    left = {one.id: one for one in gone}
    pairs: list[tuple[Statement, Statement]] = []
    waiting: list[Statement] = []
    for one in come:
        older = next((id for id in one.supersedes if id in left), "")
        if older:
            pairs.append((left.pop(older), one))
        else:
            waiting.append(one)
    alike: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for one in left.values():
        alike[_gist_of(one)].append(one)
    for one in waiting:
        candidates = alike.get(_gist_of(one), [])
        if candidates:
            nearest = min(candidates, key=lambda other: _distance(other, one))
            candidates.remove(nearest)
            pairs.append((nearest, one))
    return pairs


def _gist_of(one: Statement) -> tuple[str, ...]:
    return one.proposition, one.source, *one.chain


def _distance(old: Statement, new: Statement) -> tuple[int, int, str]:
    differing = len(changed_fields(old, new))
    return differing, abs(old.row - new.row), old.id


def changed_fields(old: Statement, new: Statement) -> tuple[Field, ...]:
    """List the fields in which two statements differ."""
    return tuple(
        Field(name=name, was=was, becomes=becomes)
        for name in FIELDS
        if (was := _shown(old, name)) != (becomes := _shown(new, name))
    )


def _shown(one: Statement, name: str) -> str:
    """Write a field as a cell of its column would hold it, defaults filled in."""
    value = one.chain if name == "speaker" else getattr(one, name)
    if isinstance(value, tuple):
        return (" > " if name == "speaker" else ";").join(map(str, value))
    return (
        ""
        if value is None
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )
