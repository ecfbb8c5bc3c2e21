"""Write statements back as rows: the same rows, once a file is in canonical form.

Canonical is: all columns in order, defaults left empty, comma, LF, no BOM, quotes only
where they are needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain

from whosays.delimited import delimited
from whosays.inputs import STATEMENTS
from whosays.model import Actor, Collection, Modality, Name, Run, Source, Statement
from whosays.project.cells import CONFIDENCES, DEFAULT_CONFIDENCE
from whosays.project.runs import COLUMNS as RUN_COLUMNS
from whosays.project.sources import COLUMNS as SOURCE_COLUMNS
from whosays.project.sources import KINDS
from whosays.project.statements import COLUMNS


def row_of(statement: Statement, collection: Collection) -> dict[str, str]:
    """Give the cells of a statement by column, defaults left empty.

    A speaker who is the source's own voice is such a default, and so is the status
    that the project gives to bare rows.
    """
    source = collection.sources[statement.source]
    own = statement.chain == (source.voice,)
    actual = statement.modality is Modality.ACTUAL
    bare = statement.status is collection.settings.bare_rows
    return {
        "subject": statement.subject,
        "relation": statement.relation,
        "object": statement.object,
        "source": statement.source,
        "stance": statement.stance.value,
        "speaker": "" if own else " > ".join(statement.chain),
        "modality": "" if actual else statement.modality.value,
        "locator": statement.locator,
        "valid": statement.valid,
        "place": ";".join(statement.place),
        "said_on": statement.said_on,
        "context": ";".join(statement.context),
        "framing": statement.framing.value if statement.framing else "",
        "confidence": _confidence(statement.confidence),
        "status": "" if bare else statement.status.value,
        "gist": statement.gist,
        "note": statement.note,
        "para_sha": statement.para_sha,
        "run": statement.run,
        "supersedes": ";".join(statement.supersedes),
    }


def actor_row(actor: Actor) -> dict[str, str]:
    """Give the cells of an actor by column."""
    return {
        "slug": actor.slug,
        "label": actor.label,
        "type": actor.type.value,
        "part_of": actor.part_of,
        "acts_for": actor.acts_for,
        "aliases": ";".join(
            f"{one.text}@{one.lang}" if one.lang else one.text for one in actor.aliases
        ),
        "former_slugs": ";".join(actor.former_slugs),
        "wikidata": actor.wikidata,
        "owned_by": actor.owned_by,
        "description": actor.description,
        "note": actor.note,
    }


def source_row(source: Source) -> dict[str, str]:
    """Give the cells of a source by column, defaults left empty."""
    columns = (column for column in SOURCE_COLUMNS if column != "former_slugs")
    row = {column: str(getattr(source, column)) for column in columns}
    row["former_slugs"] = ";".join(source.former_slugs)
    if row["kind"] == KINDS[0]:
        row["kind"] = ""
    return row


def run_row(run: Run) -> dict[str, str]:
    """Give the cells of a run by column."""
    row = {column: getattr(run, column) for column in RUN_COLUMNS}
    return {
        name: ";".join(value) if isinstance(value, tuple) else value
        for name, value in row.items()
    }


def name_row(name: Name, collection: Collection) -> dict[str, str]:
    """Give the cells of a naming by column; the source's own voice is a default."""
    own = name.used_by == (collection.sources[name.source].voice,)
    return {
        "actor": name.actor,
        "name": name.name,
        "lang": name.lang,
        "kind": name.kind.value,
        "used_by": "" if own else " > ".join(name.used_by),
        "source": name.source,
        "locator": name.locator,
        "note": name.note,
    }


def _confidence(value: float) -> str:
    if value == DEFAULT_CONFIDENCE:
        return ""
    for word, number in CONFIDENCES.items():
        if value == number:
            return word
    return f"{value:.6f}".rstrip("0").rstrip(".")


def csv_text(
    columns: Iterable[str], rows: Iterable[Mapping[str, str]], separator: str = ","
) -> str:
    """Write rows as canonical CSV with a header."""
    columns = tuple(columns)
    cells = ([row.get(column, "") for column in columns] for row in rows)
    return delimited(chain([columns], cells), separator)


def table_text(statements: Iterable[Statement], collection: Collection) -> str:
    """Write statements as one canonical table, in the order given."""
    return csv_text(COLUMNS, (row_of(s, collection) for s in statements))


def tables_of(collection: Collection) -> dict[str, str]:
    """Write every statement file of a project in canonical form, rows in order."""
    files: dict[str, list[Statement]] = defaultdict(list)
    for statement in collection.statements:
        files[statement.file or f"{STATEMENTS}/{statement.source}.csv"].append(
            statement
        )
    return {
        file: table_text(sorted(files[file], key=lambda s: (s.row, s.id)), collection)
        for file in sorted(files)
    }
