"""The columns of every reading verb: an interface that programs rely on.

Each reference stands twice, as an id and as words; the permanent id and the address
come last. Dates stay as written, beside their first and last possible day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date

from whosays import dates
from whosays.independence import passers
from whosays.model import (
    Actor,
    Collection,
    Dispute,
    Run,
    Source,
    Statement,
)
from whosays.rows import Rows, Value

STATEMENT_COLUMNS = (
    "subject",
    "subject_label",
    "relation",
    "relation_label",
    "object",
    "object_label",
    "stance",
    "modality",
    "mood",
    "voice",
    "voice_label",
    "chain",
    "reported_by",
    "reported_by_label",
    "depth",
    "framing",
    "source",
    "source_title",
    "locator",
    "said_on",
    "said_from",
    "said_to",
    "valid",
    "valid_from",
    "valid_to",
    "place",
    "place_label",
    "context",
    "confidence",
    "status",
    "gist",
    "note",
    "claim",
    "id",
    "iri",
)
"""Of `that`, `about`, `by`, `in` and of `show` with a claim. Lists use ``; ``, chains
`` > `` from the source inwards; ``reported_by`` holds everyone who passes it on."""

RUN_COLUMNS = tuple(field.name for field in fields(Run))[1:-1]
"""How a statement came about that nobody typed; empty for those typed by hand."""

FULL_STATEMENT_COLUMNS = (
    *STATEMENT_COLUMNS[:-2],
    "para_sha",
    "run",
    *RUN_COLUMNS,
    "supersedes",
    "file",
    "row",
    *STATEMENT_COLUMNS[-2:],
)
"""Of `show` with a statement."""

DISPUTE_COLUMNS = (
    "issue",
    "issue_label",
    "kind",
    "score",
    "reason",
    "factors",
    "camp",
    *(
        f"{side}_{column}"
        for side in ("affirmed", "contested")
        for column in (
            "claim",
            "claim_label",
            "stance",
            "modality",
            "voice",
            "voice_label",
            "source",
            "source_title",
            "locator",
            "said_on",
            "valid",
            "id",
        )
    ),
    "id",
    "iri",
)
"""Of `disputes` and of `show` with an issue: one row per pair of statements."""

ACTOR_COLUMNS = (
    "label",
    "type",
    "part_of",
    "part_of_label",
    "acts_for",
    "acts_for_label",
    "aliases",
    "former_slugs",
    "wikidata",
    "owned_by",
    "description",
    "note",
    "id",
    "iri",
)
SOURCE_COLUMNS = (
    "title",
    "kind",
    "publisher",
    "publisher_label",
    "author",
    "author_label",
    "voice",
    "voice_label",
    "date",
    "date_from",
    "date_to",
    "date_note",
    "lang",
    "url",
    "file",
    "sha256",
    "former_slugs",
    "note",
    "id",
    "iri",
)


def statement_rows(statements: Iterable[Statement], collection: Collection) -> Rows:
    """Write statements as typed rows."""
    rows = (_statement(one, collection) for one in statements)
    return _rows(STATEMENT_COLUMNS, rows)


def full_statement_row(statement: Statement, collection: Collection) -> Rows:
    """Write one statement with every field that its row in the table has."""
    row = {
        **_statement(statement, collection),
        "para_sha": statement.para_sha,
        "run": statement.run,
        **run_cells(statement, collection),
        "supersedes": "; ".join(statement.supersedes),
        "file": statement.file,
        "row": statement.row,
    }
    return _rows(FULL_STATEMENT_COLUMNS, [row])


def run_cells(statement: Statement, collection: Collection) -> dict[str, str]:
    """Tell how a statement came about: the columns are `RUN_COLUMNS`."""
    run = collection.runs.get(statement.run) or Run(slug=statement.run)
    values = {name: getattr(run, name) for name in RUN_COLUMNS}
    return {
        name: "; ".join(value) if isinstance(value, tuple) else value
        for name, value in values.items()
    }


def actor_row(actor: Actor, collection: Collection) -> Rows:
    """Write an actor as a row."""
    aliases = (
        f"{alias.text}@{alias.lang}" if alias.lang else alias.text
        for alias in actor.aliases
    )
    row: dict[str, Value] = {
        "label": actor.label,
        "type": str(actor.type),
        "part_of": actor.part_of,
        "part_of_label": _label(actor.part_of, collection),
        "acts_for": actor.acts_for,
        "acts_for_label": _label(actor.acts_for, collection),
        "aliases": "; ".join(aliases),
        "former_slugs": "; ".join(actor.former_slugs),
        "wikidata": actor.wikidata,
        "owned_by": actor.owned_by,
        "description": actor.description,
        "note": actor.note,
        "id": actor.slug,
        "iri": f"{collection.settings.base}actor/{actor.slug}",
    }
    return _rows(ACTOR_COLUMNS, [row])


def source_row(source: Source, collection: Collection) -> Rows:
    """Write a source as a row."""
    first, last = bounds(source.date)
    row: dict[str, Value] = {
        "title": source.title,
        "kind": source.kind,
        "publisher": source.publisher,
        "publisher_label": _label(source.publisher, collection),
        "author": source.author,
        "author_label": _label(source.author, collection),
        "voice": source.voice,
        "voice_label": _label(source.voice, collection),
        "date": source.date,
        "date_from": first,
        "date_to": last,
        "date_note": source.date_note,
        "lang": source.lang,
        "url": source.url,
        "file": source.file,
        "sha256": source.sha256,
        "former_slugs": "; ".join(source.former_slugs),
        "note": source.note,
        "id": source.slug,
        "iri": f"{collection.settings.base}source/{source.slug}",
    }
    return _rows(SOURCE_COLUMNS, [row])


def dispute_row(
    dispute: Dispute,
    sides: tuple[Statement, Statement],
    issue: tuple[str, str],
    explanation: tuple[str, str],
    collection: Collection,
) -> tuple[Value, ...]:
    """Write a pair of statements that collide, in `DISPUTE_COLUMNS`.

    ``issue`` is its id and its words, ``explanation`` the reason and the factors.
    """
    one, other = sides
    return (
        *issue,
        str(dispute.kind),
        dispute.score,
        *explanation,
        dispute.camp,
        *side_cells(one, collection),
        *side_cells(other, collection),
        dispute.id,
        f"{collection.settings.base}dispute/{dispute.id}",
    )


def side_cells(one: Statement, collection: Collection) -> tuple[Value, ...]:
    """Write one side of a pair; what its cells are, `DISPUTE_COLUMNS` says."""
    return (
        one.proposition,
        collection.phrase(one.subject, one.relation, one.object),
        str(one.stance),
        str(one.modality),
        one.voice,
        collection.label(one.voice),
        one.source,
        collection.label(one.source),
        one.locator,
        one.said,
        one.valid,
        one.id,
    )


def bounds(text: str) -> tuple[date | None, date | None]:
    """Give the first and the last possible day of a date as written."""
    if not text:
        return None, None
    edtf = dates.parse(text)
    return edtf.earliest, edtf.latest


def _statement(one: Statement, collection: Collection) -> dict[str, Value]:
    said_from, said_to = bounds(one.said)
    valid_from, valid_to = bounds(one.valid)
    reporters = passers(one, collection)
    return {
        "subject": one.subject,
        "subject_label": collection.label(one.subject),
        "relation": one.relation,
        "relation_label": collection.relations[one.relation].label,
        "object": one.object,
        "object_label": collection.label(one.object),
        "stance": str(one.stance),
        "modality": str(one.modality),
        "mood": str(one.mood),
        "voice": one.voice,
        "voice_label": collection.label(one.voice),
        "chain": " > ".join(one.chain),
        "reported_by": " > ".join(reporters),
        "reported_by_label": " > ".join(map(collection.label, reporters)),
        "depth": len(reporters),
        "framing": str(one.framing or ""),
        "source": one.source,
        "source_title": collection.label(one.source),
        "locator": one.locator,
        "said_on": one.said,
        "said_from": said_from,
        "said_to": said_to,
        "valid": one.valid,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "place": "; ".join(one.place),
        "place_label": "; ".join(map(collection.label, one.place)),
        "context": "; ".join(map(str, one.context)),
        "confidence": one.confidence,
        "status": str(one.status),
        "gist": one.gist,
        "note": one.note,
        "claim": one.proposition,
        "id": one.id,
        "iri": f"{collection.settings.base}st/{one.id}",
    }


def _label(slug: str, collection: Collection) -> str:
    return collection.label(slug) if slug else ""


def _rows(columns: tuple[str, ...], rows: Iterable[dict[str, Value]]) -> Rows:
    return Rows.of(columns, ([row[column] for column in columns] for row in rows))
