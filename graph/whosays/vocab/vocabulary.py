"""The vocabulary in force: relations, controlled values, and how they hang together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from whosays.matching import fold
from whosays.model import Incompatibility, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A controlled value; ``id`` is what is typed in a table."""

    id: str
    iri: str
    label: str
    definition: str


def implied(relations: Mapping[str, Relation], id: str) -> tuple[str, ...]:
    """List a relation and everything it is narrower than, nearest first.

    A relation that is not known and a circle both end the list.
    """
    found: list[str] = []
    while id in relations and id not in found:
        found.append(id)
        id = relations[id].narrower_than
    return tuple(found)


def spellings(relation: Relation) -> Iterator[tuple[str, str, bool]]:
    """Yield (column, text, inverted) for each name by which a relation may be typed."""
    yield "slug", relation.id, False
    yield "label", relation.label, False
    if relation.inverse_label and not relation.symmetric:
        yield "inverse_label", relation.inverse_label, True
    for alias in relation.aliases:
        yield "aliases", alias, False
    for former in relation.former_slugs:
        yield "former_slugs", former, False


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """What may be said: the core plus what a project adds.

    Keys are ids as typed in tables. ``incompatibilities`` are those declared, which
    narrower relations inherit. ``terms`` are all IRIs declared in our namespaces. ``ignored`` tells, as ``file:line: term``, what a project's Turtle
    holds that is no part of a vocabulary.
    """

    relations: Mapping[str, Relation]
    incompatibilities: tuple[Incompatibility, ...]
    stances: Mapping[str, Term]
    modalities: Mapping[str, Term]
    moods: Mapping[str, Term]
    statuses: Mapping[str, Term]
    framings: Mapping[str, Term]
    actor_types: Mapping[str, Term]
    name_kinds: Mapping[str, Term]
    dispute_kinds: Mapping[str, Term]
    contexts: Mapping[str, Term]
    terms: frozenset[str] = field(repr=False)
    ignored: tuple[str, ...] = ()

    @cached_property
    def _by_spelling(self) -> dict[str, tuple[str, bool]]:
        found: dict[str, tuple[str, bool]] = {}
        for relation in self.relations.values():
            for _column, text, inverted in spellings(relation):
                found.setdefault(fold(text), (relation.id, inverted))
        found.pop("", None)
        return found

    def resolve_relation(self, text: str) -> tuple[str, bool] | None:
        """Find the relation that a person typed, and whether the row turns round.

        Id, label, alias or inverse label; case, blanks, hyphens and underscores make
        no difference. A near miss is never taken.
        """
        return self._by_spelling.get(fold(text))
