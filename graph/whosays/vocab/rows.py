"""The rows of a project's ``relations.csv`` → the vocabulary with them added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from whosays.matching import fold
from whosays.model import Relation
from whosays.namespaces import DEFAULT_BASE
from whosays.vocab.drafts import (
    COLUMNS,
    Draft,
    Fault,
    collisions,
    define,
)
from whosays.vocab.naming import in_order, settle_names
from whosays.vocab.vocabulary import Vocabulary, spellings

_MANY = {"aliases", "incompatible_with", "tension_with", "former_slugs"}
_CORE_MAY = {"slug", "aliases"}
_NAMING = ("incompatible_with", "tension_with")


def with_project_relations(
    vocabulary: Vocabulary,
    rows: Iterable[Mapping[str, str]],
    base: str = DEFAULT_BASE,
) -> tuple[Vocabulary, tuple[Fault, ...]]:
    """Add the relations of a project's table; never raises on bad rows.

    A row with the id of a known relation may add aliases only. What is wrong is
    returned, each with the position of its row; the row is left out.

    Args:
        vocabulary: The core, with the project's Turtle if there is any.
        rows: Cells by column name; several values are parted by ``;``.
        base: The IRI that the project mints its data under.
    """
    drafts = [_draft(index, row, base) for index, row in enumerate(rows)]
    faults: list[Fault] = []
    relations = dict(vocabulary.relations)
    fresh: list[Draft] = []
    ids = {draft.id for draft in drafts}
    for draft in drafts:
        if draft.id in vocabulary.relations:
            faults += _more_aliases(draft, relations)
        else:
            fresh.append(_settled(draft, vocabulary, ids))
    added, found = define(fresh, relations)
    faults += found
    rows_of = {draft.id: draft.index for draft in fresh}
    joined, found = settle_names(added, relations, rows_of)
    faults += found
    usable = [draft for draft in fresh if draft.id in joined]
    pairs, found = collisions(usable, joined)
    faults += found
    whole = replace(
        vocabulary,
        relations=in_order(joined, (*relations, *rows_of)),
        incompatibilities=(*vocabulary.incompatibilities, *pairs),
        terms=vocabulary.terms | {joined[id].iri for id in joined},
    )
    return whole, tuple(sorted(faults, key=_place))


def _place(fault: Fault) -> tuple[int, int]:
    return fault.index, COLUMNS.index(fault.column)


def _draft(index: int, row: Mapping[str, str], base: str) -> Draft:
    cells: dict[str, Sequence[str]] = {}
    for column in COLUMNS:
        text = row.get(column, "").strip()
        parts = text.split(";") if column in _MANY else [text]
        cells[column] = [part.strip() for part in parts if part.strip()]
    id = cells["slug"][0] if cells["slug"] else ""
    return Draft(id=id, iri=f"{base}rel/{id}", index=index, cells=cells)


def _settled(draft: Draft, vocabulary: Vocabulary, ids: set[str]) -> Draft:
    """Read the names of other relations as forgivingly as everywhere else."""

    def settle(text: str) -> str:
        name, bracket, rest = text.partition("(")
        resolved = vocabulary.resolve_relation(name)
        if name.strip() in ids or resolved is None or resolved[1]:
            return text
        return f"{resolved[0]} {bracket}{rest}".strip()

    cells = dict(draft.cells)
    for column in ("narrower_than", *_NAMING):
        cells[column] = [settle(text) for text in cells[column]]
    return replace(draft, cells=cells)


def _more_aliases(draft: Draft, relations: dict[str, Relation]) -> list[Fault]:
    """Add the aliases of a row about a known relation, unless they mean another."""
    known = relations[draft.id]
    faults = [
        draft.fault(
            column,
            "; ".join(values),
            f"{draft.id} is already a relation: a row can only add aliases to it",
            code="WS606",
        ).fault
        for column, values in draft.cells.items()
        if values and column not in _CORE_MAY and values != [_core(known, column)]
    ]
    taken = {
        fold(text): other.id
        for other in relations.values()
        for _column, text, _inverted in spellings(other)
    }
    aliases = list(known.aliases)
    for alias in draft.cells["aliases"]:
        if not fold(alias):
            text = f"“{alias}” is no name: it holds neither letter nor digit"
            faults.append(draft.fault("aliases", alias, text).fault)
            continue
        owner = taken.setdefault(fold(alias), "")
        if not owner:
            taken[fold(alias)] = draft.id
            aliases.append(alias)
        elif owner != draft.id:
            text = f"“{alias}” already means {owner}"
            faults.append(draft.fault("aliases", alias, text, code="WS602").fault)
    relations[draft.id] = replace(known, aliases=tuple(aliases))
    return faults


def _core(relation: Relation, column: str) -> str:
    """What a row may repeat of a known relation without changing it."""
    return {"label": relation.label, "inverse_label": relation.inverse_label}.get(
        column, ""
    )
