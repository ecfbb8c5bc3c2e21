"""Compare the records of two versions of a project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from whosays.answers import phrase
from whosays.difference.disputed import changed_disputes
from whosays.difference.pairing import Field, Slugs, changed_fields, restated, slugs
from whosays.difference.records import Difference, Said, Thing
from whosays.model import Actor, ActorType, Collection, Name, Statement
from whosays.project.sources import author_of

_ORDER = (
    "added",
    "restated",
    "accepted",
    "candidate",
    "rejected",
    "retracted",
    "superseded",
    "removed",
)
_IDENTITY = frozenset({"slug", "id", "iri", "former_slugs", "voice"})
_REFERENCES = frozenset(
    [
        "part_of",
        "acts_for",
        "owned_by",
        "publisher",
        "author",
        "default_voice",
        "narrower_than",
    ]
)


def compare(
    old: Collection,
    new: Collection,
    *,
    names: tuple[str, str] = ("old", "new"),
    errors: tuple[int, int] = (0, 0),
) -> Difference:
    """Compare two versions; ``names`` is what they are called."""
    renamed = slugs(old, new)
    return Difference(
        old=names[0],
        new=names[1],
        statements=tuple(_statements(old, new, renamed)),
        disputes=changed_disputes(old, new, lambda one: renamed.statement(one, old)),
        things=tuple(_things(old, new, renamed)),
        errors=errors,
    )


def _statements(old: Collection, new: Collection, renamed: Slugs) -> list[Said]:
    before = {one.id: renamed.statement(one, old) for one in old.statements}
    after = {one.id: one for one in new.statements}
    newer = {id: one for one in after.values() for id in one.supersedes}
    gone = [one for id, one in before.items() if id not in after]
    come = [one for id, one in after.items() if id not in before]
    pairs = restated(gone, come)
    paired = {one.id for pair in pairs for one in pair}
    found = [_said("restated", said, was, new) for was, said in pairs]
    found += [_said("added", one, None, new) for one in come if one.id not in paired]
    found += [_said("removed", one, one, old) for one in gone if one.id not in paired]
    for id in before.keys() & after.keys():
        was, now = before[id], after[id]
        if was.status is not now.status:
            status = "superseded" if id in newer else now.status.value
            found.append(_said(status, now, was, new))
        elif changed_fields(was, now):
            found.append(_said("restated", now, was, new))
    return sorted(found, key=_place)


def _place(one: Said) -> tuple[int, str, int, str]:
    said = one.statement
    return _ORDER.index(one.change), said.source, said.row, said.id


def _said(
    change: str, one: Statement, was: Statement | None, collection: Collection
) -> Said:
    claim = phrase((one.subject, one.relation, one.object), collection)
    compared = changed_fields(was, one) if was is not None and was is not one else ()
    return Said(
        change=change,
        statement=one,
        was=was,
        title=f"{collection.label(one.voice)} {one.stance}: {claim}",
        source=collection.label(one.source),
        fields=compared,
    )


def _things(old: Collection, new: Collection, renamed: Slugs) -> Iterator[Thing]:
    for kind, before, after, moved in (
        ("actor", _own(old), _own(new), renamed.actors),
        ("source", old.sources, new.sources, renamed.sources),
        ("relation", old.relations, new.relations, renamed.relations),
    ):
        yield from _registered(kind, before, after, moved, renamed)
    yield from _names(old, new, renamed)
    pairs = [
        {
            (
                renamed.relations.get(row.first, row.first),
                renamed.relations.get(row.second, row.second),
                row.ends.value,
                row.strength.value,
            )
            for row in collection.incompatibilities
        }
        for collection in (old, new)
    ]
    for first, second, ends, strength in sorted(pairs[0] ^ pairs[1]):
        change = "added" if (first, second, ends, strength) in pairs[1] else "removed"
        label = f"{first} and {second} ({strength}, {ends})"
        yield Thing(
            kind="incompatibility", change=change, id=f"{first}_{second}", label=label
        )
    changed = _differing(old.settings, new.settings, {})
    if changed:
        label = new.settings.title
        yield Thing(
            kind="settings",
            change="changed",
            id="whosays.toml",
            label=label,
            fields=changed,
        )


def _own(collection: Collection) -> Mapping[str, Actor]:
    """Leave out the unnamed authors that follow from sources."""
    implied = {author_of(slug) for slug in collection.sources}
    return {
        slug: one
        for slug, one in collection.actors.items()
        if slug not in implied or one.type is not ActorType.UNNAMED
    }


def _registered(
    kind: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
    moved: Mapping[str, str],
    renamed: Slugs,
) -> Iterator[Thing]:
    for slug, one in after.items():
        former = [old for old, new in moved.items() if new == slug]
        if slug not in before and not former:
            yield Thing(kind=kind, change="added", id=slug, label=_label(one))
    for slug, one in before.items():
        target = moved.get(slug)
        if target is not None:
            change = "merged" if target in before else "renamed"
            field = Field(name="slug", was=slug, becomes=target)
            others = (
                ()
                if change == "merged"
                else _differing(one, after[target], _all(renamed))
            )
            yield Thing(
                kind=kind,
                change=change,
                id=target,
                label=_label(after[target]),
                fields=(field, *others),
            )
        elif slug not in after:
            yield Thing(kind=kind, change="removed", id=slug, label=_label(one))
        elif differing := _differing(one, after[slug], _all(renamed)):
            yield Thing(
                kind=kind,
                change="changed",
                id=slug,
                label=_label(after[slug]),
                fields=differing,
            )


def _all(renamed: Slugs) -> Mapping[str, str]:
    return {**renamed.relations, **renamed.sources, **renamed.actors}


def _label(one: object) -> str:
    return str(getattr(one, "label", "") or getattr(one, "title", ""))


def _differing(old: object, new: object, moved: Mapping[str, str]) -> tuple[Field, ...]:
    """List the fields of two records that differ in more than a slug."""
    found = []
    for field in fields(old):  # type: ignore[arg-type]
        if field.name in _IDENTITY:
            continue
        was, becomes = getattr(old, field.name), getattr(new, field.name)
        if field.name in _REFERENCES:
            was = moved.get(was, was)
        elif field.name == "we":
            was = _we(was, moved)
        if was != becomes:
            found.append(Field(name=field.name, was=_text(was), becomes=_text(becomes)))
    return tuple(found)


def _we(text: str, moved: Mapping[str, str]) -> str:
    """Give the cell that says whom a speaker's “we” stands for, slugs of today."""
    parts = [part.partition("=") for part in text.split(";")]
    return ";".join(
        f"{head}{sign}{moved.get(slug, slug)}" for head, sign, slug in parts
    )


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ";".join(str(getattr(one, "text", one)) for one in value)
    return str(value)


def _names(old: Collection, new: Collection, renamed: Slugs) -> Iterator[Thing]:
    """Compare who calls whom what, by the words and not by the id."""
    nothing = Slugs(actors={}, sources={}, relations={})
    before = {_naming(one, renamed): one for one in old.names}
    after = {_naming(one, nothing): one for one in new.names}
    for change, here, there, collection in (
        ("added", after, before, new),
        ("removed", before, after, old),
    ):
        for key, one in here.items():
            if key not in there:
                users = " > ".join(map(collection.label, one.used_by))
                label = f"{users} calls {collection.label(one.actor)} “{one.name}”"
                yield Thing(kind="name", change=change, id=one.id, label=label)


def _naming(one: Name, renamed: Slugs) -> tuple[object, ...]:
    return (
        renamed.several((one.actor, *one.used_by)),
        renamed.sources.get(one.source, one.source),
        one.name,
        one.kind,
        one.lang,
        one.locator,
    )
