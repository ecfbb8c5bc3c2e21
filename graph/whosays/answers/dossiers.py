"""`about`: everything said of an actor, with its names and who uses them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Unpack

from whosays import lookup
from whosays.answers import selecting
from whosays.answers.contested import contested, outlined
from whosays.answers.late import Late
from whosays.answers.narrowing import Narrowing, Sieve
from whosays.answers.records import Claim, Contested, Dossier, Key, Outlined
from whosays.model import Collection, Dispute


def about(
    collection: Collection,
    disputes: Iterable[Dispute],
    actor: str,
    *,
    related: bool = False,
    **narrowing: Unpack[Narrowing],
) -> Dossier:
    """Gather the claims that an actor stands in, at either end.

    With ``related`` also those of its parts and of those who act for it.

    Raises:
        UnknownName: no actor, or more than one, has that name.
    """

    def issues(slug: str) -> Iterable[Contested]:
        return contested(collection, disputes, [slug], **narrowing)

    return dossier(collection, issues, actor, related=related, **narrowing)


def dossier(
    collection: Collection,
    issues: Callable[[str], Iterable[Contested]],
    actor: str,
    *,
    outlines: Callable[[], Iterable[Outlined]] | None = None,
    related: bool = False,
    **narrowing: Unpack[Narrowing],
) -> Dossier:
    """Gather what `about` does; ``issues`` gives those of a slug when they are asked for.

    Claims and issues are made when somebody looks at them: statements are what most
    who ask for a table want, and of a busy actor they take a fraction of the time.
    ``outlines`` of the same issues may be had for less.
    """
    slug = lookup.actor(collection, actor)
    family = {slug}
    if related:
        family |= {one for one in collection.actors if slug in collection.lineage(one)}
    matching = [
        one for one in collection.statements if family & {one.subject, one.object}
    ]
    kept, hidden = Sieve(collection, narrowing).sift(matching)
    statements = selecting.by_claim(kept, collection)

    def concerned() -> Iterable[Contested]:
        ids = {one.id for one in statements}
        return (
            issue
            for issue in issues(slug)
            if not ids.isdisjoint(one.id for one in issue.statements)
        )

    def claims() -> Iterable[Claim]:
        keys = {one.proposition: selecting.key_of(one) for one in reversed(kept)}
        for id, group in groupby(statements, lambda one: one.proposition):
            yield selecting.claim(
                _turned(keys[id], slug, collection), group, collection
            )

    found = Late(concerned)
    return Dossier(
        actor=collection.actors[slug],
        parts=collection.parts(slug),
        names=tuple(name for name in collection.names if name.actor == slug),
        contested=found,
        outlines=Late(outlines or (lambda: map(outlined, found))),
        claims=Late(claims),
        statements=statements,
        hidden=hidden,
        collection=collection,
    )


def _turned(key: Key, slug: str, collection: Collection) -> Key:
    """Let a symmetric claim begin with the actor that is asked about."""
    subject, relation, object = key
    if collection.relations[relation].symmetric and object == slug:
        return object, relation, subject
    return key
