"""`show`: one statement, claim, actor, source or issue, with all its fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from whosays import lookup
from whosays.answers import selecting
from whosays.answers.columns import (
    actor_row,
    full_statement_row,
    source_row,
    statement_rows,
)
from whosays.answers.contested import contested, dispute_rows
from whosays.answers.records import Entry, phrase
from whosays.errors import UnknownName
from whosays.ids import SHORTEST
from whosays.matching import fold
from whosays.model import Collection, Dispute, Statement


def show(collection: Collection, disputes: Iterable[Dispute], id: str) -> Entry:
    """Find one thing by its id, or by any beginning of it that is unambiguous.

    Exact ids win over beginnings, ids over names. The id of a statement that was
    replaced is answered with the statement that replaces it, a former slug, alone or
    in the id of a claim or an issue, with what it became; a note says so.

    Raises:
        UnknownName: nothing, or more than one thing, has that id.
    """
    wanted = id.strip()
    for find in (_exact, _claim, _issue, _beginning, _named):
        entry = find(collection, tuple(disputes), wanted)
        if entry is not None:
            return entry
    raise UnknownName("statement, claim, actor, source or issue", id)


def _exact(
    collection: Collection, disputes: Sequence[Dispute], id: str
) -> Entry | None:
    lowered = id.lower()
    for statement in collection.statements:
        if statement.id == lowered:
            return _statement(statement, collection)
    if id in collection.actors:
        return _actor(id, collection)
    if id in collection.sources:
        return _source(id, collection)
    for statement in collection.statements:
        if lowered in statement.supersedes:
            note = f"{lowered} was replaced by {statement.id}"
            return _statement(statement, collection, (note,))
    return None


def _claim(
    collection: Collection, disputes: Sequence[Dispute], id: str
) -> Entry | None:
    """Find subject_relation_object, from either end if the relation is symmetric."""
    parts = id.split("_")
    if len(parts) != 3:
        return None
    relations = {
        fold(id): one.id
        for one in collection.relations.values()
        for id in (*one.former_slugs, one.id)
    }
    relation = relations.get(fold(parts[1]), "")
    subject, object = (_present(part, collection) for part in (parts[0], parts[2]))
    if not relation or not {subject, object} <= set(collection.actors):
        return None
    key = (subject, relation, object)
    same = (parts[0], fold(parts[1]), parts[2]) == (subject, fold(relation), object)
    proposition = selecting.proposition(key, collection)
    found = [one for one in collection.statements if one.proposition == proposition]
    opponents = selecting.Opponents(collection, disputes, collection.statements)
    counted = [one for one in found if one.counts]
    claim = selecting.claim(key, found, collection, opponents.of(counted))
    return Entry(
        kind="claim",
        id=proposition,
        title=claim.title,
        rows=statement_rows(claim.statements, collection),
        claim=claim,
        notes=() if same else (_now(id, proposition),),
        collection=collection,
    )


def _issue(
    collection: Collection, disputes: Sequence[Dispute], id: str
) -> Entry | None:
    pair = id.split("_")
    if len(pair) != 2:
        return None
    wanted = "_".join(sorted(_present(slug, collection) for slug in pair))
    for one in contested(collection, disputes):
        if one.issue.id == wanted:
            return Entry(
                kind="issue",
                id=one.issue.id,
                title=" — ".join(map(collection.label, one.issue.actors)),
                rows=dispute_rows([one], disputes, collection),
                contested=one,
                notes=() if set(pair) == set(one.issue.actors) else (_now(id, wanted),),
                collection=collection,
            )
    return None


def _beginning(
    collection: Collection, disputes: Sequence[Dispute], id: str
) -> Entry | None:
    lowered = id.lower()
    if len(lowered) < SHORTEST:
        return None
    found = [one for one in collection.statements if one.id.startswith(lowered)]
    if len(found) > 1:
        raise UnknownName("single id", id, [one.id for one in found[:5]])
    return _statement(found[0], collection) if found else None


def _named(
    collection: Collection, disputes: Sequence[Dispute], id: str
) -> Entry | None:
    """Fall back on names; only here a near miss is worth suggesting."""
    nearest: list[str] = []
    try:
        slug = lookup.actor(collection, id)
        former = id in collection.actors[slug].former_slugs
        return _actor(slug, collection, (_now(id, slug),) if former else ())
    except UnknownName as error:
        if error.kind != "actor":
            raise
        nearest += error.nearest
    try:
        slug = lookup.source(collection, id)
        former = id in collection.sources[slug].former_slugs
        return _source(slug, collection, (_now(id, slug),) if former else ())
    except UnknownName as error:
        if error.kind != "source":
            raise
        nearest += error.nearest
    if nearest:
        what = "statement, claim, actor, source or issue"
        raise UnknownName(what, id, nearest[:3])
    return None


def _statement(
    statement: Statement, collection: Collection, notes: tuple[str, ...] = ()
) -> Entry:
    newer = [o.id for o in collection.statements if statement.id in o.supersedes]
    if newer:
        notes = (*notes, f"superseded by {', '.join(newer)}")
    return Entry(
        kind="statement",
        id=statement.id,
        title=phrase(selecting.key_of(statement), collection),
        rows=full_statement_row(statement, collection),
        statement=statement,
        notes=notes,
        collection=collection,
    )


def _present(slug: str, collection: Collection) -> str:
    """Give the slug that an actor has now; an unknown one stays as it is."""
    if slug in collection.actors:
        return slug
    for one in collection.actors.values():
        if slug in one.former_slugs:
            return one.slug
    return slug


def _now(old: str, new: str) -> str:
    return f"{old} was renamed and is {new} now"


def _actor(slug: str, collection: Collection, notes: tuple[str, ...] = ()) -> Entry:
    return Entry(
        kind="actor",
        id=slug,
        title=collection.label(slug),
        rows=actor_row(collection.actors[slug], collection),
        notes=notes,
        collection=collection,
    )


def _source(slug: str, collection: Collection, notes: tuple[str, ...] = ()) -> Entry:
    return Entry(
        kind="source",
        id=slug,
        title=collection.sources[slug].title,
        rows=source_row(collection.sources[slug], collection),
        notes=notes,
        collection=collection,
    )
