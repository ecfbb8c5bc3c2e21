"""The vocabulary in force: relations, controlled values, and how they hang together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from whosays.errors import UnknownName
from whosays.matching import fold
from whosays.model import Ends, Incompatibility, Relation, Strength


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


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """What may be said: the core plus what a project adds.

    Keys are ids as typed in tables. ``incompatibilities`` are those declared;
    ``incompatible`` also knows the inherited ones. ``terms`` are all IRIs declared in
    our namespaces. ``ignored`` tells, as ``file:line: term``, what a project's Turtle
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

    def implied(self, relation: str) -> tuple[str, ...]:
        """List a relation and everything it is narrower than, nearest first."""
        return implied(self.relations, relation)

    def incompatible(self, one: str, other: str) -> tuple[Incompatibility, ...]:
        """List how two relations collide, inherited collisions included.

        The answer names the two relations asked for, in the order of the declared
        row, whatever the order of the question. Strong ones come first, so the first
        whose ends fit decides.
        """
        return self._collisions.get(frozenset((one, other)), ())

    @cached_property
    def _collisions(self) -> dict[frozenset[str], tuple[Incompatibility, ...]]:
        narrower: dict[str, list[str]] = {}
        for id in self.relations:
            for wider in self.implied(id):
                narrower.setdefault(wider, []).append(id)
        found: dict[frozenset[str], list[Incompatibility]] = {}
        for row in self.incompatibilities:
            for first in narrower.get(row.first, ()):
                for second in narrower.get(row.second, ()):
                    if first != second:
                        pair = replace(row, first=first, second=second)
                        found.setdefault(frozenset((first, second)), []).append(pair)
        return {pair: _strongest(rows) for pair, rows in found.items()}

    def edge_iri(self, relation: str, *, affirmed: bool) -> str:
        """Name the derived edge of a relation: ``said:`` or ``denied:``.

        A relation that a project adds has its edges under the project's own base.
        """
        prefix, _, local = self.relations[relation].iri.rpartition("rel/")
        return f"{prefix}{'said' if affirmed else 'denied'}/{local}"

    def only(self, ids: Collection[str]) -> Vocabulary:
        """Keep the named relations and the wider ones that they imply.

        Raises:
            UnknownName: One of the ids is not in the vocabulary.
        """
        kept: set[str] = set()
        for id in ids:
            if id not in self.relations:
                raise UnknownName("relation", id)
            kept.update(self.implied(id))
        return replace(
            self,
            relations={id: rel for id, rel in self.relations.items() if id in kept},
            incompatibilities=tuple(
                row for row in self.incompatibilities if {row.first, row.second} <= kept
            ),
        )


def _strongest(rows: list[Incompatibility]) -> tuple[Incompatibility, ...]:
    """Sort strong before weak and drop what another row already covers."""
    kept: list[Incompatibility] = []
    for row in sorted(rows, key=lambda row: row.strength is Strength.WEAK):
        if not any(wider.ends in (row.ends, Ends.EITHER) for wider in kept):
            kept.append(row)
    return tuple(kept)
