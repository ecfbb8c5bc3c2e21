"""Read ``actors.csv``: who acts, speaks or is a place."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from whosays import ids
from whosays.matching import written
from whosays.model import Actor, ActorType, Alias
from whosays.project.desk import Desk
from whosays.project.line import Line, Rows, lines, several
from whosays.project.register import Register

REQUIRED = ("slug", "label", "type")
COLUMNS = (
    "slug",
    "label",
    "type",
    "part_of",
    "acts_for",
    "aliases",
    "former_slugs",
    "wikidata",
    "owned_by",
    "description",
    "note",
)
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")

_WIKIDATA = re.compile(r"Q[1-9][0-9]*")


@dataclass(slots=True)
class _Draft:
    """An actor whose references are not resolved yet."""

    line: Line
    actor: Actor


def slug_of(line: Line, register: Register, column: str = "slug") -> str:
    """Read the slug of a new record; empty if it is bad or taken."""
    slug = line.required(column)
    if not slug:
        return ""
    if not ids.is_slug(slug):
        line.report(
            "WS109",
            column,
            text="is not a slug",
            fix=ids.make_slug(slug),
            instructions="small letters, digits and single hyphens, at most 80",
        )
        return ""
    if not take(line, register, column, slug, owner=slug):
        return ""
    return slug


def take(line: Line, register: Register, column: str, slug: str, owner: str) -> bool:
    """Claim a slug, current or former, for one record."""
    place = (line.table.name, line.row.number)
    taken = register.taken.get(slug, place)
    if taken != place:
        where = f"row {taken[1]}"
        if taken[0] != place[0]:
            where = f"{taken[0]} {where}"
        line.report(
            "WS109",
            column,
            value=slug,
            text=f"is already a slug of {where}",
            instructions="no slug, current or former, belongs to two",
        )
        return False
    register.taken[slug] = place
    if slug != owner:
        register.former[slug] = owner
    return True


def former_slugs(line: Line, register: Register, owner: str) -> tuple[str, ...]:
    """Read the slugs that a record had before, oldest first."""
    kept = []
    for slug in several(line.text("former_slugs")):
        if not ids.is_slug(slug):
            line.report("WS109", "former_slugs", value=slug, text="is not a slug")
        elif take(line, register, "former_slugs", slug, owner):
            kept.append(slug)
    return tuple(kept)


def read_actors(desk: Desk, table: Rows) -> None:
    """Read all actors, then what they refer to, then what only the whole shows."""
    register = desk.actor_register
    drafts = [
        draft
        for line in lines(desk, table)
        if (draft := _draft(desk, line)) is not None
    ]
    # Former slugs come after all current ones, so that a current slug wins.
    for draft in drafts:
        slug = draft.actor.slug
        draft.actor = replace(
            draft.actor, former_slugs=former_slugs(draft.line, register, slug)
        )
    for draft in drafts:
        desk.actors[draft.actor.slug] = _refer(desk, draft)
    _report_circles(desk, drafts)
    _report_shared_names(drafts)


def _draft(desk: Desk, line: Line) -> _Draft | None:
    slug = slug_of(line, desk.actor_register)
    label = line.required("label")
    if line.text("type"):
        kind = line.choice("type", ActorType)
    else:
        line.required("type")
        kind = None
    if not slug:
        return None
    if kind is None:
        desk.unsure.add(slug)
    aliases = _aliases(line)
    wikidata = line.text("wikidata")
    if wikidata and not _WIKIDATA.fullmatch(wikidata):
        line.report(
            "WS115", "wikidata", text="is not a Wikidata id", instructions="like Q794"
        )
        wikidata = ""
    actor = Actor(
        slug=slug,
        label=label or slug,
        type=kind or ActorType.UNNAMED,
        aliases=aliases,
        wikidata=wikidata,
        description=line.text("description"),
        note=line.text("note"),
    )
    desk.actor_register.names[slug] = [actor.label, *(a.text for a in aliases)]
    return _Draft(line, actor)


def _aliases(line: Line) -> tuple[Alias, ...]:
    found = []
    for part in several(line.text("aliases")):
        name, at, lang = part.rpartition("@")
        if at and name.strip() and LANGUAGE.fullmatch(lang.strip()):
            found.append(Alias(text=name.strip(), lang=lang.strip()))
        elif at:
            line.report(
                "WS115",
                "aliases",
                value=part,
                text="has no language after the @",
                instructions="write name@fa, or the name alone",
            )
        else:
            found.append(Alias(text=part))
    return tuple(dict.fromkeys(found))


def _refer(desk: Desk, draft: _Draft) -> Actor:
    line = draft.line
    found = {}
    for column in ("part_of", "acts_for", "owned_by"):
        text = line.text(column)
        found[column] = (text and line.refer(desk.actor_register, column, text)) or ""
    if found["part_of"] and found["acts_for"]:
        line.report("WS408", "acts_for")
        found["acts_for"] = ""
    return replace(
        draft.actor,
        part_of=found["part_of"],
        acts_for=found["acts_for"],
        owned_by=found["owned_by"],
    )


def _report_circles(desk: Desk, drafts: list[_Draft]) -> None:
    """Report each circle of part_of and acts_for once, and open it there."""
    done: set[str] = set()
    for draft in drafts:
        path: list[str] = []
        slug = draft.actor.slug
        while slug and slug not in done and slug not in path:
            path.append(slug)
            slug = desk.actors[slug].parent if slug in desk.actors else ""
        if slug in path:
            _open_circle(desk, drafts, path[path.index(slug) :])
        done.update(path)


def _open_circle(desk: Desk, drafts: list[_Draft], circle: list[str]) -> None:
    draft = next(d for d in drafts if d.actor.slug in circle)
    slug = draft.actor.slug
    start = circle.index(slug)
    shown = [*circle[start:], *circle[:start], slug]
    actor = desk.actors[slug]
    draft.line.report(
        "WS405",
        "part_of" if actor.part_of else "acts_for",
        text="circle: " + " > ".join(shown),
    )
    desk.actors[slug] = replace(actor, part_of="", acts_for="")


def _report_shared_names(drafts: list[_Draft]) -> None:
    """Warn of a name that leads to two actors: a reader could not tell them apart."""
    owners: dict[str, str] = {}
    reported: dict[str, list[str]] = defaultdict(list)
    for draft in drafts:
        actor = draft.actor
        for column, name in (
            ("label", actor.label),
            *(("aliases", alias.text) for alias in actor.aliases),
        ):
            owner = owners.setdefault(written(name), actor.slug)
            if owner != actor.slug and actor.slug not in reported[written(name)]:
                reported[written(name)].append(actor.slug)
                draft.line.report(
                    "WS107",
                    column,
                    value=name,
                    text=f"is a name of {owner} too",
                )
