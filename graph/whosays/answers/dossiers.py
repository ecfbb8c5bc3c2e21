"""`about`: everything said of an actor, with its names and who uses them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack

from whosays import lookup
from whosays.answers import selecting
from whosays.answers.contested import contested
from whosays.answers.narrowing import Narrowing, Sieve
from whosays.answers.records import Claim, Dossier
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
    slug = lookup.actor(collection, actor)
    family = {slug}
    if related:
        family |= {one for one in collection.actors if slug in collection.lineage(one)}
    matching = [
        one for one in collection.statements if family & {one.subject, one.object}
    ]
    kept, hidden = Sieve(collection, narrowing).sift(matching)
    claims = selecting.claims(kept, collection)
    ids = {one.id for one in kept}
    issues = contested(collection, disputes, [slug], **narrowing)
    return Dossier(
        actor=collection.actors[slug],
        parts=collection.parts(slug),
        names=tuple(name for name in collection.names if name.actor == slug),
        contested=tuple(
            issue for issue in issues if ids & {one.id for one in issue.statements}
        ),
        claims=tuple(_turned(claim, slug, collection) for claim in claims),
        statements=tuple(one for claim in claims for one in claim.statements),
        hidden=hidden,
        collection=collection,
    )


def _turned(claim: Claim, slug: str, collection: Collection) -> Claim:
    """Let a symmetric claim begin with the actor that is asked about."""
    if not collection.relations[claim.key[1]].symmetric or claim.key[2] != slug:
        return claim
    subject, relation, object = claim.key
    return selecting.claim((object, relation, subject), claim.statements, collection)
