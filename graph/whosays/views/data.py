"""What the script of a page gets: plain data, no objects, in a fixed order.

Empty fields are left out and times are whole months (``year * 12 + month - 1``), so
that the page stays small and the script needs no calendar. Nothing here is markup:
strings go through unchanged and the page shows them as text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from whosays import dates, text
from whosays.blindspots import single_sourced
from whosays.model import (
    Dispute,
    DisputeKind,
    Modality,
    Name,
    Relation,
    Statement,
    Tour,
)
from whosays.views.appearance import groups
from whosays.views.arrangement import budget
from whosays.views.claims import Claim
from whosays.views.selection import Scene

Json = dict[str, Any]
Months = tuple[int | None, int | None]
KINDS = tuple(kind.value for kind in DisputeKind)
_KIND = {kind: number for number, kind in enumerate(DisputeKind)}


def payload(scene: Scene, *, title: str, version: str, texts: Json) -> Json:
    """Describe a scene for the script."""
    collection = scene.collection
    alone = single_sourced(collection)
    numbers = {
        statement.id: number
        for number, statement in enumerate(
            statement for claim in scene.claims for statement in claim.statements
        )
    }
    return {
        "title": title,
        "version": version,
        "texts": texts,
        "total": scene.total,
        "budget": budget(scene),
        "notices": list(scene.notices),
        "data": _origin(scene),
        "groups": groups(),
        "typeLabels": dict(collection.settings.type_labels),
        "moods": {modality.value: modality.mood.value for modality in Modality},
        "actors": _actors(scene),
        "names": _labels(scene),
        "sources": _sources(scene),
        "relations": {
            slug: _relation(collection.relations.get(slug), slug)
            for slug in sorted({claim.relation for claim in scene.claims})
        },
        "claims": [_claim(claim, claim.id in alone) for claim in scene.claims],
        "months": _months(scene),
        "kinds": list(KINDS),
        "disputes": [_dispute(one, numbers) for one in scene.disputes],
        "runs": _runs(scene),
        "tours": [_tour(one) for one in collection.tours],
    }


@lru_cache(maxsize=8192)
def months(edtf: str) -> Months | None:
    """Turn an EDTF text into its first and last month; None if it has no date.

    >>> months("2014-06"), months("")
    ((24173, 24173), None)
    """
    if not edtf:
        return None
    try:
        parsed = dates.parse(edtf)
    except dates.DateError:
        return None  # reported by the checks; the text itself is shown
    if parsed.earliest is None and parsed.latest is None:
        return None
    return month(parsed.earliest), month(parsed.latest)


def month(day: date | None) -> int | None:
    """Count the month of a day since the year 0; an open end has none."""
    return None if day is None else day.year * 12 + day.month - 1


def _brief(**fields: object) -> Json:
    """Drop what is empty, so that the page stays small; enumerations are texts."""
    return {key: value for key, value in fields.items() if value not in ("", None, [])}


def _actors(scene: Scene) -> list[Json]:
    names: dict[str, list[Name]] = defaultdict(list)
    for name in scene.collection.names:
        names[name.actor].append(name)
    return [_actor(scene, slug, names[slug]) for slug in scene.actors]


def _actor(scene: Scene, slug: str, called: Iterable[Name]) -> Json:
    actor = scene.collection.actors.get(slug)
    if actor is None:
        return {"id": slug, "label": slug, "type": "unnamed"}
    names = [
        _brief(
            name=name.name,
            kind=name.kind.value,
            by=list(name.used_by),
            source=name.source,
            locator=name.locator,
        )
        for name in called
    ]
    return _brief(
        id=slug,
        label=actor.label or slug,
        type=actor.type.value,
        also=[alias.text for alias in actor.aliases],
        partOf=actor.part_of,
        actsFor=actor.acts_for,
        about=actor.description,
        wikidata=actor.wikidata,
        names=names,
    )


def _cited(scene: Scene) -> list[str]:
    used = {s.source for claim in scene.claims for s in claim.statements}
    return sorted(used)


def _sources(scene: Scene) -> list[Json]:
    """Describe the sources that are cited."""
    cited = _cited(scene)
    names = {slug: _maker(scene, slug) for slug in cited}
    often = Counter(names.values())
    return [_source(scene, slug, names[slug], often[names[slug]]) for slug in cited]


def _source(scene: Scene, slug: str, maker: str, often: int) -> Json:
    """Describe a source; its maker names it where that tells it from the others."""
    source = scene.collection.sources.get(slug)
    if source is None:
        return {"id": slug, "title": slug, "short": slug, "kind": ""}
    return _brief(
        id=slug,
        title=source.title or slug,
        short=maker if maker and often == 1 else source.title or slug,
        kind=source.kind,
        publisher=source.publisher,
        author=source.author,
        date=source.date,
        dateNote=source.date_note,
        url=text.safe_url(source.url) if source.url else None,
        lang=source.lang,
    )


def _maker(scene: Scene, slug: str) -> str:
    """Name who published or wrote a source."""
    source = scene.collection.sources.get(slug)
    who = (source.publisher or source.author) if source else ""
    return scene.collection.label(who) if who else ""


def _labels(scene: Scene) -> dict[str, str]:
    """Name everyone who is mentioned without being drawn: voices, places, bodies."""
    drawn = set(scene.actors)
    mentioned: set[str] = set()
    for claim in scene.claims:
        for statement in claim.statements:
            mentioned.update(statement.chain, statement.place)
    for slug in _cited(scene):
        source = scene.collection.sources.get(slug)
        if source is not None:
            mentioned.update((source.publisher, source.author))
    for slug in scene.actors:
        mentioned.update(scene.collection.lineage(slug))
    for name in scene.collection.names:
        if name.actor in drawn:
            mentioned.update(name.used_by)
    return {
        slug: scene.collection.actors[slug].label
        for slug in sorted(mentioned - drawn)
        if slug in scene.collection.actors
    }


def _relation(relation: Relation | None, slug: str) -> Json:
    if relation is None:
        return {"label": slug, "family": "structure"}
    return _brief(
        label=relation.label or slug,
        family=relation.family.value,
        symmetric=relation.symmetric or None,
        about=relation.definition,
    )


def _claim(claim: Claim, only: bool) -> Json:
    """Describe a claim; ``only`` tells that one source alone speaks of it."""
    usual = f"{claim.subject}_{claim.relation}_{claim.object}"
    return _brief(
        id="" if claim.id == usual else claim.id,
        s=claim.subject,
        r=claim.relation,
        o=claim.object,
        only=only or None,
        all=[described(statement) for statement in claim.statements],
    )


def _months(scene: Scene) -> dict[str, Months]:
    """Give the first and last month of every date that occurs, each once."""
    written = {
        date
        for claim in scene.claims
        for one in claim.statements
        for date in (one.valid, one.said)
    }
    return {date: span for date in sorted(written) if (span := months(date))}


def described(one: Statement) -> Json:
    """Describe a statement for the script; what is empty or usual is left out."""
    return _brief(
        id=one.id,
        stance=one.stance,
        source=one.source,
        chain=list(one.chain),
        modality="" if one.modality is Modality.ACTUAL else one.modality,
        locator=one.locator,
        valid=one.valid,
        said=one.said,
        place=list(one.place),
        context=list(one.context),
        framing=one.framing or "",
        confidence=one.confidence,
        status="" if one.counts else one.status,
        gist=one.gist,
        note=one.note,
        run=one.run,
    )


def _runs(scene: Scene) -> dict[str, str]:
    """Say of each run that a statement came out of what is known of it."""
    used = {one.run for claim in scene.claims for one in claim.statements if one.run}
    known = scene.collection.runs
    return {slug: known[slug].told for slug in sorted(used & known.keys())}


def _dispute(dispute: Dispute, numbers: dict[str, int]) -> list[float | int]:
    """Write a dispute as kind, two statement numbers, score and flags.

    Flags: 1 for one voice on both sides, 2 for two voices of one camp.
    """
    return [
        _KIND[dispute.kind],
        numbers[dispute.affirmed],
        numbers[dispute.contested],
        round(dispute.score, 3),
        int(dispute.own) + 2 * int(dispute.camp),
    ]


def _tour(tour: Tour) -> Json:
    steps = [
        {"title": step.title, "text": step.text, "link": step.link}
        for step in tour.steps
    ]
    return {"id": tour.slug, "steps": steps}


def _origin(scene: Scene) -> Json:
    """Say which data the page was made from, without a clock."""
    import hashlib

    settings = scene.collection.settings
    inputs = sorted(scene.collection.inputs.items())
    mark = hashlib.sha256(repr(inputs).encode("utf-8", "replace")).hexdigest()[:12]
    latest = _latest(s.said for claim in scene.claims for s in claim.statements)
    return _brief(
        name=settings.name,
        version=settings.version,
        licence=settings.licence,
        creator=settings.creator,
        mark=mark if inputs else "",
        latest=latest,
    )


def _latest(said: Iterable[str]) -> str:
    found = [(span[1], one) for one in said if (span := months(one)) and span[1]]
    return max(found)[1] if found else ""
