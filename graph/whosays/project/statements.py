"""Read ``statements/*.csv``: one row is one voice, one stance, one claim, one place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from whosays import dates, ids
from whosays.model import ObjectKind, Statement, Status
from whosays.project.cells import Cells, End, Home, Known
from whosays.project.desk import Desk
from whosays.project.line import Line, Rows, lines, several
from whosays.project.repeats import Kept, keep

REQUIRED = ("subject", "relation", "object", "source", "stance")
COLUMNS = (
    *REQUIRED,
    "speaker",
    "modality",
    "locator",
    "valid",
    "place",
    "said_on",
    "context",
    "framing",
    "confidence",
    "status",
    "gist",
    "note",
    "para_sha",
    "run",
    "supersedes",
)
GIST_LENGTH = 240
PART_OF = "partOf"

_PARA_SHA = re.compile(r"[0-9a-f]{12}")
_ID = re.compile(rf"[a-z2-7]{{{ids.ID_LENGTH}}}")


def read_statements(desk: Desk, table: Rows, kept: Kept) -> None:
    """Read one file and keep what no other row says."""
    for line, statement in each_statement(desk, table):
        keep(line, statement, kept, desk.vocabulary.relations)


def each_statement(desk: Desk, table: Rows) -> Iterator[tuple[Line, Statement]]:
    """Yield the rows without error, each looked at by itself.

    A file name other than the source is worth a notice.
    """
    stem = table.name.rpartition("/")[2].removesuffix(".csv")
    home = desk.source_register.former.get(stem, stem)
    elsewhere = {home}
    cells = Cells.of(desk)
    for line in lines(desk, table):
        statement = _statement(cells, line)
        if statement is None:
            continue
        if statement.source not in elsewhere:
            elsewhere.add(statement.source)
            line.report(
                "WS114",
                "source",
                instructions=f"rows of this source belong in {statement.source}.csv",
            )
        yield line, statement


def _statement(cells: Cells, line: Line) -> Statement | None:
    texts = line.row.cells
    cells.line = line
    relation, inverted = cells.relation[texts["relation"]]
    left = cells.subject[texts["subject"]]
    right = cells.object[texts["object"]]
    subject, object_ = (right, left) if inverted else (left, right)
    if subject and object_ and not _ends_fit(relation, subject, object_):
        columns = ("object", "subject") if inverted else ("subject", "object")
        _report_ends(line, relation, (subject, object_), columns)
    source = cells.source[texts["source"]]
    stance = cells.stance[texts["stance"]]
    speaker = cells.speaker[texts["speaker"]]
    modality = cells.modality[texts["modality"]]
    framing = cells.framing[texts["framing"]]
    status = cells.status[texts["status"]]
    locator = cells.locator[texts["locator"]]
    valid = cells.valid[texts["valid"]]
    said = cells.said[texts["said_on"]]
    place = cells.place[texts["place"]]
    context = cells.context[texts["context"]]
    confidence = cells.confidence[texts["confidence"]]
    para_sha = _para_sha(line) if texts["para_sha"] else ""
    run = _run(line) if texts["run"] else ""
    supersedes = _supersedes(line) if texts["supersedes"] else ()
    gist = texts["gist"]
    if len(gist) > GIST_LENGTH:
        _report_length(line)
    if not (line.good and relation and subject and object_ and source and stance):
        return None
    if speaker is None:
        return None
    if status is Status.ACCEPTED:
        if not (locator and gist):
            _check_evidence(line)
    elif status is Status.REJECTED and not texts["note"]:
        line.report("WS336", "note", value=status.value)
    if said is not None:
        _check_said(line, source, said)
    chain, oldest = speaker if speaker[0] else (source.chain, source.oldest)
    return Statement(
        id=ids.statement_id(
            subject.hash_slug,
            relation.hash_slug,
            object_.hash_slug,
            source.hash_slug,
            stance,
            oldest,
            modality,
            locator,
            valid,
        ),
        subject=subject.slug,
        relation=relation.id,
        object=object_.slug,
        source=source.slug,
        stance=stance,
        chain=chain,
        modality=modality,
        locator=locator,
        valid=valid,
        place=place,
        said_on=said.text if said else "",
        said=said.text if said else source.date,
        context=context,
        framing=framing,
        confidence=confidence,
        status=status,
        gist=gist,
        note=texts["note"],
        para_sha=para_sha,
        run=run,
        supersedes=supersedes,
        proposition=ids.proposition_id(
            subject.slug, relation.id, object_.slug, relation.symmetric
        ),
        file=line.table.name,
        row=line.row.number,
    )


def _ends_fit(relation: Known | None, subject: End, object_: End) -> bool:
    """Tell whether a relation takes these ends; without one, only that they differ."""
    if subject.slug == object_.slug:
        return False
    if relation is None:
        return True
    if not (subject.is_actor or relation.id == PART_OF):
        return False
    if relation.object_kind is ObjectKind.PLACE:
        return object_.is_place
    return object_.is_actor or relation.object_kind is not ObjectKind.ACTOR


def _report_ends(
    line: Line,
    relation: Known | None,
    ends: tuple[End, End],
    columns: tuple[str, str],
) -> None:
    subject, object_ = ends
    if subject.slug == object_.slug:
        line.report("WS401", columns[1])
        return
    if relation is None:
        return
    if not subject.is_actor and relation.id != PART_OF:
        line.report(
            "WS407",
            columns[0],
            text="is a mere place, and a place has only the relation partOf",
        )
    if relation.object_kind is ObjectKind.PLACE and not object_.is_place:
        line.report(
            "WS402",
            columns[1],
            text=f"is not a place, and {relation.id} wants a place or a state",
        )
    elif relation.object_kind is ObjectKind.ACTOR and not object_.is_actor:
        line.report(
            "WS407",
            columns[1],
            text=f"is a mere place, and {relation.id} wants an actor",
        )


def _para_sha(line: Line) -> str:
    text = line.text("para_sha").lower()
    if text and not _PARA_SHA.fullmatch(text):
        line.report(
            "WS115",
            "para_sha",
            text="is not a hash of 12 hex digits",
            instructions="leave it empty, or write the first 12 hex digits",
        )
    return text


def _run(line: Line) -> str:
    text = line.text("run")
    if text and not ids.is_slug(text):
        line.report("WS109", "run", text="is not a slug", fix=ids.make_slug(text))
    return text


def _supersedes(line: Line) -> tuple[str, ...]:
    found = several(line.text("supersedes"))
    for part in found:
        if not _ID.fullmatch(part):
            line.report(
                "WS115",
                "supersedes",
                value=part,
                text="is not the id of a statement",
                instructions="an id has 12 letters and digits, as whosays show prints",
            )
    return tuple(dict.fromkeys(found))


def _report_length(line: Line) -> None:
    line.report(
        "WS332",
        "gist",
        text=f"has {len(line.text('gist'))} characters of at most {GIST_LENGTH}",
        instructions="say it in one sentence of your own; the rest fits in note",
    )


def _check_evidence(line: Line) -> None:
    """Warn of what a reader will miss, unless a misspelt column holds it."""
    if line.table.misnamed:
        return
    if not line.text("locator"):
        line.report("WS310", "locator")
    if not line.text("gist"):
        line.report("WS330", "gist")


def _check_said(line: Line, source: Home, said: dates.Edtf) -> None:
    published = source.published
    if published is None:
        return
    if (
        said.earliest is not None
        and published.latest is not None
        and said.earliest > published.latest
    ):
        line.report(
            "WS205",
            "said_on",
            text=f"is later than its source, which is of {published.text}",
        )
