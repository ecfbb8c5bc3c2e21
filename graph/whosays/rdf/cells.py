"""What is said of a row, property by property: to write rows without making records.

A row is one of the tables of a project: texts, numbers, and lists as JSON. The same is
said of a statement as in `whosays.rdf.claims`, which describes records; the tests hold
the two together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from whosays import dates
from whosays.model import Collection, Modality
from whosays.rdf.terms import (
    PROV,
    RDF_TYPE,
    SKOS,
    Names,
    day,
    decimal,
    iri,
    literal,
    number,
    ws,
)

Terms = Callable[[Any], Sequence[str]]
"""What makes the objects of a property, in order, from a value that is not empty."""


class Cell(NamedTuple):
    """A property, the column that it comes from, and what makes its objects.

    ``single`` tells that every value that is not empty gives one object, ``shared``
    that the same few values come again and again.
    """

    predicate: str
    column: str
    terms: Terms
    single: bool = True
    shared: bool = True
    counted_apart: bool = False


def of_statements(collection: Collection) -> list[Cell]:
    """Say what is said of a statement.

    Beside its columns a row has ``attribution``: its id and how many stand in a chain
    of several, as ``id number``.
    """
    names = Names(collection.settings.base)
    language = collection.settings.language
    actor, statement = names.actor, names.statement
    return [
        Cell(RDF_TYPE, "status", lambda _: (ws("Statement"),)),
        Cell(ws("subject"), "subject", _one(actor)),
        Cell(ws("relation"), "relation", _relation(collection)),
        Cell(ws("object"), "object", _one(actor)),
        Cell(ws("proposition"), "proposition", _one(names.proposition), shared=False),
        Cell(ws("stance"), "stance", _one(ws)),
        Cell(ws("modality"), "modality", _one(ws)),
        Cell(ws("mood"), "modality", lambda text: (ws(Modality(text).mood),)),
        Cell(ws("status"), "status", _one(ws)),
        Cell(ws("source"), "source", _one(names.source)),
        Cell(ws("voice"), "voice", _one(actor)),
        Cell(ws("confidence"), "confidence", _one(decimal)),
        Cell(ws("speaker"), "chain", _each(actor), single=False),
        Cell(ws("via"), "chain", _each(actor, stop=-1), single=False),
        Cell(
            ws("attribution"),
            "attribution",
            lambda text: sorted(attributions(names, text)),
            single=False,
            shared=False,
            counted_apart=True,
        ),
        Cell(ws("valid"), "valid", _one(literal)),
        Cell(ws("validFrom"), "valid", _first_day, single=False),
        Cell(ws("validTo"), "valid", _last_day, single=False),
        Cell(ws("saidOn"), "said_on", _one(literal)),
        Cell(ws("saidFrom"), "said", _first_day, single=False),
        Cell(ws("saidTo"), "said", _last_day, single=False),
        Cell(ws("framing"), "framing", _one(lambda text: ws(f"framing-{text}"))),
        Cell(ws("place"), "place", _each(actor), single=False),
        Cell(ws("context"), "context", _each(literal), single=False),
        Cell(ws("locator"), "locator", _one(literal)),
        Cell(ws("paragraphHash"), "para_sha", _one(literal), shared=False),
        Cell(ws("gist"), "gist", _one(lambda t: literal(t, language)), shared=False),
        Cell(ws("note"), "note", _one(lambda t: literal(t, language)), shared=False),
        Cell(
            f"<{PROV}wasGeneratedBy>",
            "run",
            _one(lambda slug: names.other("run", slug)),
        ),
        Cell(ws("supersedes"), "supersedes", _each(statement), single=False),
    ]


def attributions(names: Names, text: str) -> list[str]:
    """Name the links of a chain from the outside inwards; see `of_statements`."""
    id, _, number = text.partition(" ")
    node = names.statement(id)[:-1]
    return [f"{node}-a{level}>" for level in range(1, int(number) + 1)]


def of_attributions(collection: Collection) -> list[Cell]:
    """Say what is said of a link of a chain: columns ``actor`` and ``level``."""
    actor = Names(collection.settings.base).actor
    return [
        Cell(RDF_TYPE, "level", lambda _: (ws("Attribution"),)),
        Cell(ws("attributedTo"), "actor", _one(actor)),
        Cell(ws("level"), "level", _one(number)),
    ]


def of_claims(collection: Collection) -> list[Cell]:
    """Say what is said of a proposition: its three parts and ``label``."""
    actor = Names(collection.settings.base).actor
    language = collection.settings.language
    return [
        Cell(RDF_TYPE, "relation", lambda _: (ws("Proposition"),)),
        Cell(ws("subject"), "subject", _one(actor)),
        Cell(ws("relation"), "relation", _relation(collection)),
        Cell(ws("object"), "object", _one(actor)),
        Cell(
            f"<{SKOS}prefLabel>",
            "label",
            _one(lambda text: literal(text, language)),
            shared=False,
        ),
    ]


def of_disputes(collection: Collection) -> list[Cell]:
    """Say what is said of a dispute."""
    statement = Names(collection.settings.base).statement
    return [
        Cell(RDF_TYPE, "kind", lambda _: (ws("Dispute"),)),
        Cell(ws("disputeKind"), "kind", _one(lambda kind: ws(f"dispute-{kind}"))),
        Cell(ws("affirmed"), "affirmed", _one(statement)),
        Cell(ws("contested"), "contested", _one(statement)),
        Cell(ws("score"), "score", _one(decimal)),
    ]


def of_issues(collection: Collection) -> list[Cell]:
    """Say what is said of an issue."""
    names = Names(collection.settings.base)
    dispute = _each(lambda id: names.other("dispute", id))
    return [
        Cell(RDF_TYPE, "actors", lambda _: (ws("Issue"),)),
        Cell(ws("concerns"), "actors", _each(names.actor), single=False),
        Cell(ws("hasDispute"), "disputes", dispute, single=False, shared=False),
        Cell(ws("disputeCount"), "pairs", _one(number)),
        Cell(ws("disputesHeld"), "held", _one(number)),
        Cell(ws("score"), "score", _one(decimal)),
    ]


def _one(term: Callable[[Any], str]) -> Terms:
    return lambda value: (term(value),)


def _each(term: Callable[[str], str], *, stop: int | None = None) -> Terms:
    return lambda text: sorted({term(item) for item in json.loads(text)[:stop]})


def _relation(collection: Collection) -> Terms:
    return lambda id: (iri(collection.relations[id].iri),)


def _first_day(text: str) -> Sequence[str]:
    first = dates.parse(text).earliest
    return (day(first),) if first else ()


def _last_day(text: str) -> Sequence[str]:
    last = dates.parse(text).latest
    return (day(last),) if last else ()
