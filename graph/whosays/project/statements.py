"""Read ``statements/*.csv``: one row is one voice, one stance, one claim, one place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from whosays import dates, ids
from whosays.matching import fold, nearest
from whosays.model import (
    Context,
    Framing,
    Modality,
    ObjectKind,
    Relation,
    Stance,
    Statement,
    Status,
)
from whosays.project.desk import Desk
from whosays.project.line import Line, Rows, lines, several
from whosays.project.repeats import Kept, keep
from whosays.project.sources import locator_of, reference

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
CONFIDENCES: Mapping[str, float] = {"high": 0.9, "medium": 0.6, "low": 0.3}
DEFAULT_CONFIDENCE = 0.6
GIST_LENGTH = 240
PART_OF = "partOf"

_NUMBER = re.compile(r"(?:0(?:[.,][0-9]{1,6})?|1(?:[.,]0{1,6})?|[.,][0-9]{1,6})")
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
    for line in lines(desk, table):
        statement = _statement(desk, line)
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


def _statement(desk: Desk, line: Line) -> Statement | None:
    cells = line.row.cells
    settled = line.settled
    relation, inverted = settled("relation", cells["relation"], _relation)
    left = settled("actor", cells["subject"], _subject)
    right = settled("actor", cells["object"], _object)
    ends = ("object", "subject") if inverted else ("subject", "object")
    subject, object_ = (right, left) if inverted else (left, right)
    if subject and object_:
        _check_ends(desk, line, relation, (subject, object_), ends)
    source = settled("source", cells["source"], _source)
    stance = settled("stance", cells["stance"], _stance)
    speaker = settled("speaker", cells["speaker"], _speaker)
    manner = cells["modality"], cells["framing"], cells["status"]
    modality, framing, status = settled("manner", manner, _manner)
    locator = settled("locator", cells["locator"], locator_of)
    valid = settled("valid", cells["valid"], _valid)
    said = settled("said_on", cells["said_on"], _said)
    place = settled("place", cells["place"], _places)
    context = settled("context", cells["context"], _contexts)
    confidence = settled("confidence", cells["confidence"], _confidence)
    para_sha = _para_sha(line) if cells["para_sha"] else ""
    run = _run(line) if cells["run"] else ""
    supersedes = _supersedes(line) if cells["supersedes"] else ()
    gist = cells["gist"]
    if len(gist) > GIST_LENGTH:
        _report_length(line)
    if not (line.good and relation and subject and object_ and source and stance):
        return None
    if speaker is None:
        return None
    home = desk.sources[source]
    chain, oldest = speaker
    if not chain:
        chain, oldest = (home.voice,), (desk.actors[home.voice].hash_slug,)
    if status is Status.ACCEPTED:
        if not (locator and gist):
            _check_evidence(line)
    elif status is Status.REJECTED and not cells["note"]:
        line.report("WS336", "note", value=status.value)
    if said is not None:
        _check_said(desk, line, source, said)
    valid_text = valid.text if valid else ""
    return Statement(
        id=ids.statement_id(
            desk.actors[subject].hash_slug,
            relation.hash_slug,
            desk.actors[object_].hash_slug,
            home.hash_slug,
            stance.value,
            oldest,
            modality.value,
            locator,
            valid_text,
        ),
        subject=subject,
        relation=relation.id,
        object=object_,
        source=source,
        stance=stance,
        chain=chain,
        modality=modality,
        locator=locator,
        valid=valid_text,
        place=place,
        said_on=said.text if said else "",
        said=said.text if said else home.date,
        context=context,
        framing=framing,
        confidence=confidence,
        status=status,
        gist=gist,
        note=cells["note"],
        para_sha=para_sha,
        run=run,
        supersedes=supersedes,
        proposition=ids.proposition_id(
            subject, relation.id, object_, relation.symmetric
        ),
        file=line.table.name,
        row=line.row.number,
    )


# What a cell, or several, come to; nothing but their texts may matter.


def _subject(line: Line) -> str | None:
    return reference(line, "subject")


def _object(line: Line) -> str | None:
    return reference(line, "object")


def _source(line: Line) -> str | None:
    return reference(line, "source")


def _stance(line: Line) -> Stance | None:
    stance = line.choice("stance", Stance, code="WS102")
    if not line.text("stance"):
        line.required("stance")
    return stance


def _speaker(line: Line) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Read a chain of voices, and the slugs that ids are made from."""
    chain = line.chain("speaker")
    if chain is None:
        return None
    return chain, tuple(line.desk.actors[link].hash_slug for link in chain)


def _manner(line: Line) -> tuple[Modality, Framing | None, Status]:
    return (
        line.choice("modality", Modality) or Modality.ACTUAL,
        line.choice("framing", Framing),
        line.choice("status", Status) or line.desk.settings.bare_rows,
    )


def _valid(line: Line) -> dates.Edtf | None:
    return line.date("valid")


def _said(line: Line) -> dates.Edtf | None:
    return line.date("said_on")


def _relation(line: Line) -> tuple[Relation | None, bool]:
    desk = line.desk
    text = line.required("relation")
    if not text:
        return None, False
    found = desk.relation(text)
    if found is None:
        fix, near = desk.near_relations(text)
        several_near = f"did you mean: {' or '.join(near)}" if near else ""
        line.report(
            "WS104", "relation", fix=fix, instructions="" if fix else several_near
        )
        return None, False
    relation, inverted = found
    used = desk.settings.relations
    if used and relation.id not in used:
        line.report(
            "WS104",
            "relation",
            text="is not among the relations of this project",
            instructions="they are listed in whosays.toml: [relations] use",
        )
        return None, inverted
    if inverted:
        line.report("WS113", "relation")
    elif fold(text) in map(fold, relation.former_slugs) and not _by_name(
        text, relation
    ):
        line.report("WS112", "relation", fix=relation.id)
    return relation, inverted


def _by_name(text: str, relation: Relation) -> bool:
    """Tell whether a relation has this name now, whatever it was called before."""
    return fold(text) in map(fold, (relation.id, relation.label, *relation.aliases))


def _check_ends(
    desk: Desk,
    line: Line,
    relation: Relation | None,
    ends: tuple[str, str],
    columns: tuple[str, str],
) -> None:
    subject, object_ = ends
    if subject == object_:
        line.report(
            "WS401",
            columns[1],
        )
        return
    if relation is None:
        return
    if not desk.is_actor(subject) and relation.id != PART_OF:
        line.report(
            "WS407",
            columns[0],
            text="is a mere place, and a place has only the relation partOf",
        )
    if relation.object_kind is ObjectKind.PLACE and not desk.is_place(object_):
        line.report(
            "WS402",
            columns[1],
            text=f"is not a place, and {relation.id} wants a place or a state",
        )
    elif relation.object_kind is ObjectKind.ACTOR and not desk.is_actor(object_):
        line.report(
            "WS407",
            columns[1],
            text=f"is a mere place, and {relation.id} wants an actor",
        )


def _places(line: Line) -> tuple[str, ...]:
    desk = line.desk
    found = []
    for part in several(line.text("place")):
        slug = line.refer(desk.actor_register, "place", part)
        if slug is None:
            continue
        if not desk.is_place(slug):
            line.report("WS409", "place", value=part)
        found.append(slug)
    return tuple(dict.fromkeys(found))


def _contexts(line: Line) -> tuple[Context, ...]:
    found = [
        line.choice("context", Context, part) for part in several(line.text("context"))
    ]
    return tuple(dict.fromkeys(context for context in found if context is not None))


def _confidence(line: Line) -> float:
    text = line.text("confidence")
    if not text:
        return DEFAULT_CONFIDENCE
    if (word := CONFIDENCES.get(text.casefold())) is not None:
        return word
    if _NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    line.report(
        "WS340",
        "confidence",
        fix=nearest(text, CONFIDENCES),
        instructions="high, medium, low or a number from 0 to 1",
    )
    return DEFAULT_CONFIDENCE


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


def _check_said(desk: Desk, line: Line, source: str, said: dates.Edtf | None) -> None:
    published = desk.source_dates[source]
    if said is None or published is None:
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
