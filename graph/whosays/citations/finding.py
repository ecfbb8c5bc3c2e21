"""What a person wants to cite: ids of every kind → the statements behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from whosays import ids, lookup
from whosays.errors import NothingFound, UnknownName
from whosays.model import Collection, Dispute, Issue, Statement

SHORTEST = 6
"""How much of a statement id must be given."""

_ID = re.compile(r"[a-z2-7]{6,12}")


class Kind(StrEnum):
    """What is cited."""

    STATEMENT = "statement"
    CLAIM = "claim"
    ISSUE = "issue"
    SOURCE = "source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """Something citeable: its id, and its statements in the order of their notes.

    For a source ``statements`` is empty: it is cited as a document.
    """

    kind: Kind
    id: str
    title: str
    sources: tuple[str, ...]
    statements: tuple[Statement, ...] = ()


def find(
    collection: Collection,
    text: str,
    disputes: Iterable[Dispute] = (),
    issues: Iterable[Issue] = (),
) -> Cited:
    """Find what an id names; dots may stand for the underscores of a claim.

    Raises:
        UnknownName: there is no such thing, or more than one.
        NothingFound: the claim is well formed and nobody speaks of it.
    """
    lookup.demand("thing to cite", text)
    wanted = text.strip()
    if wanted in collection.sources:
        return _source(collection, wanted)
    statement = _statement(collection, wanted.lower())
    if statement is not None:
        return statement
    issues = list(issues)
    parts = re.split(r"[_.]", wanted)
    if len(parts) == 3 and all(parts):
        return _claim(collection, parts[0], parts[1], parts[2])
    issue = next((one for one in issues if one.id == wanted.replace(".", "_")), None)
    if issue is not None:
        return _issue(collection, issue, disputes)
    try:
        return _source(collection, lookup.source(collection, wanted))
    except UnknownName as unknown:
        known = [issue.id for issue in issues]
        near = [*unknown.nearest, *get_close_matches(wanted, known, 2, 0.7)]
        raise UnknownName("statement, claim, issue or source", text, near) from None


def ordered(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Order by date of speaking, undated last, then by place in the source."""
    return tuple(
        sorted(
            statements,
            key=lambda s: (not s.said, s.said, s.source, _natural(s.locator), s.id),
        )
    )


def _natural(locator: str) -> list[tuple[int, str]]:
    return [
        (int(part), "") if part.isdigit() else (0, part)
        for part in re.findall(r"\d+|\D+", locator)
    ]


def _source(collection: Collection, slug: str) -> Cited:
    title = collection.sources[slug].title
    return Cited(kind=Kind.SOURCE, id=slug, title=title, sources=(slug,))


def _statement(collection: Collection, text: str) -> Cited | None:
    if not _ID.fullmatch(text):
        return None
    found = [s for s in collection.statements if s.id.startswith(text)]
    if not found:
        # A corrected statement answers for the one that it replaces.
        found = [
            s
            for s in collection.statements
            if any(old.startswith(text) for old in s.supersedes)
        ]
    if len(found) > 1:
        raise UnknownName("single statement", text, [s.id for s in found[:5]])
    if not found:
        return None
    (one,) = found
    return Cited(
        kind=Kind.STATEMENT,
        id=one.id,
        title=claim_title(one.proposition, collection),
        sources=(one.source,),
        statements=(one,),
    )


def _claim(collection: Collection, first: str, middle: str, last: str) -> Cited:
    subject, object = (lookup.actor(collection, text) for text in (first, last))
    relation, turned = lookup.relation(collection, middle)
    if turned:
        subject, object = object, subject
    symmetric = collection.relations[relation].symmetric
    id = ids.proposition_id(subject, relation, object, symmetric)
    found = [s for s in collection.statements if s.counts and s.proposition == id]
    title = claim_title(id, collection)
    if not found:
        raise NothingFound(
            f"nobody speaks of “{title}”", f"See whosays about {subject}"
        )
    statements = ordered(found)
    return Cited(
        kind=Kind.CLAIM,
        id=id,
        title=title,
        sources=_sources(statements),
        statements=statements,
    )


def _issue(collection: Collection, issue: Issue, disputes: Iterable[Dispute]) -> Cited:
    """Cite all statements of an issue, also of pairs that the graph does not hold."""
    about = {
        one.id
        for one in collection.statements
        if sorted(map(collection.top, (one.subject, one.object))) == [*issue.actors]
    }
    sides = {
        side
        for dispute in disputes
        if dispute.affirmed in about and not dispute.own
        for side in (dispute.affirmed, dispute.contested)
    }
    statements = ordered(s for s in collection.statements if s.id in sides)
    first, second = map(collection.label, issue.actors)
    return Cited(
        kind=Kind.ISSUE,
        id=issue.id,
        title=first if first == second else f"{first} and {second}",
        sources=_sources(statements),
        statements=statements,
    )


def _sources(statements: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(statement.source for statement in statements))


def claim_title(proposition: str, collection: Collection) -> str:
    """Write a claim in words."""
    return collection.phrase(*proposition.split("_"))
