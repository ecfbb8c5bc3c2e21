"""Give an actor, a source or a relation another slug, everywhere at once.

The old slug goes into ``former_slugs``, which statement ids are made from, so no id
changes and whatever was cited still leads there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from whosays import changes, ids, inputs, lookup
from whosays.curating import references, texts
from whosays.curating.edits import Edit, Edits, sound
from whosays.errors import UsageError, WhosaysError
from whosays.matching import fold
from whosays.model import Actor, Collection, Source
from whosays.project import Project
from whosays.project.sources import author_of
from whosays.rows import Rows
from whosays.vocab import relation_id

KINDS = ("actor", "source", "relation")

_TABLES = {
    "actor": inputs.ACTORS,
    "source": inputs.SOURCES,
    "relation": inputs.RELATIONS,
}
COLUMNS = ("file", "cell", "was", "becomes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """What a renaming changes: every cell and line, and files that are called anew.

    ``mentions`` counts the lines of other files that still use the old slug, which
    are left to their authors. ``added`` names columns that a table did not have.
    """

    kind: str
    old: str
    new: str
    label: str
    edits: tuple[Edit, ...]
    moves: Mapping[str, str] = field(default_factory=dict)
    added: tuple[tuple[str, str], ...] = ()
    mentions: Mapping[str, int] = field(default_factory=dict)
    written: bool = False

    def to_rows(self) -> Rows:
        """Give each place that changes as a row."""
        return Rows.of(
            COLUMNS, ((one.file, one.cell, one.was, one.becomes) for one in self.edits)
        )


def rename(
    path: str | Path, kind: str, old: str, new: str, *, write: bool = True
) -> Renaming:
    """Rename in all files of a project, wholly or not at all.

    Args:
        path: The project.
        kind: ``actor``, ``source`` or ``relation``.
        old: Its name in any spelling.
        new: The slug that it gets.
        write: Do it; otherwise only say what would change.

    Raises:
        UnknownName: nothing is called ``old``; near names are suggested.
        UsageError: ``new`` is no slug or belongs to another, or the thing is not of
            this project.
        DataError: the project has errors, or would have some.
        OutsideError: somebody else writes, or the disk refuses.
    """
    root = inputs.root_of(Path(path))
    if not write:
        return _planned(root, kind, old, new)[0]
    with changes.change(root) as change:
        renaming, edits, read = _planned(root, kind, old, new)
        change.expect(read.collection.inputs)
        for name, data in edits.files().items():
            if data is None:
                change.remove(name)
            else:
                change.write(name, data)
    return replace(renaming, written=True)


def _planned(
    root: Path, kind: str, old: str, new: str
) -> tuple[Renaming, Edits, Project]:
    read = sound(root)
    collection = read.collection
    slug = _found(collection, kind, old)
    _check_new(collection, kind, slug, new)
    row = _row(root, kind, slug)
    edits = Edits(root)
    renamed = texts.Renamed(
        kind=kind,
        old=slug,
        new=new,
        base=collection.settings.base,
        symmetric={id: one.symmetric for id, one in collection.relations.items()},
    )
    if kind == "source":
        _keep_voice(edits, collection, slug, row)
    _rename_row(edits, kind, row, new)
    _rename_references(edits, root, kind, slug, new)
    implied = kind == "source" and author_of(slug) not in _own_actors(root)
    if implied:
        _rename_references(edits, root, "actor", author_of(slug), author_of(new))
    _rename_texts(edits, root, renamed)
    moves = _moves(root, slug, new) if kind == "source" else {}
    for name, to in moves.items():
        edits.move(name, to)
    with edits.applied() as after:
        _verify(read, after, renamed, implied=implied)
        mentions = dict(texts.mentions(after.path, slug))
    outside = dict(texts.mentions(root, slug))
    changed = {edit.file for edit in edits.done} | set(moves)
    mentions |= {name: count for name, count in outside.items() if name not in changed}
    renaming = Renaming(
        kind=kind,
        old=slug,
        new=new,
        label=_label(collection, kind, slug),
        edits=tuple(edits.done),
        moves=moves,
        added=tuple(edits.added),
        mentions=dict(sorted(mentions.items())),
    )
    return renaming, edits, read


def _found(collection: Collection, kind: str, name: str) -> str:
    match kind:
        case "actor":
            return lookup.actor(collection, name)
        case "source":
            return lookup.source(collection, name)
        case "relation":
            return lookup.relation(collection, name)[0]
    raise UsageError(f"“{kind}” cannot be renamed", f"Name one of {', '.join(KINDS)}")


def _label(collection: Collection, kind: str, slug: str) -> str:
    if kind == "relation":
        return collection.relations[slug].label
    return collection.label(slug)


def _check_new(collection: Collection, kind: str, old: str, new: str) -> None:
    """Refuse what is no slug, is the old one, or belongs to somebody else."""
    made = relation_id(new) if kind == "relation" else ids.make_slug(new)
    if not new or made != new:
        form = (
            "Letters and digits, the first word small: trainsWith"
            if kind == "relation"
            else "Small letters, digits and single hyphens, at most 80"
        )
        raise UsageError(
            f"“{new}” is not a slug", f"Did you mean: {made}. {form}" if made else form
        )
    if new == old:
        raise UsageError(f"{old} is already its slug", "Nothing was changed")
    owner = _owner(collection, kind, new)
    if owner == old:
        return  # back to a slug that it had
    if owner:
        label = _label(collection, kind, owner)
        whose = f"belongs to {label}" if owner == new else f"leads to {label} ({owner})"
        raise UsageError(
            f"“{new}” {whose}", f"A slug leads to one {kind} for good: choose another"
        )


def _owner(collection: Collection, kind: str, slug: str) -> str:
    """Find to whom a slug, current or former, belongs."""
    if kind == "relation":
        wanted = fold(slug)
        for id, one in collection.relations.items():
            named = (id, one.label, one.inverse_label, *one.aliases, *one.former_slugs)
            if wanted in map(fold, named):
                return id
        return ""
    known: Mapping[str, Actor | Source] = (
        collection.actors if kind == "actor" else collection.sources
    )
    for own, record in known.items():
        if slug == own or slug in record.former_slugs:
            return own
    return ""


def _own_actors(root: Path) -> set[str]:
    table = Edits(root).table(inputs.ACTORS)
    return {table.cell(row, "slug") for row in table.rows} if table else set()


def _row(root: Path, kind: str, slug: str) -> int:
    """Find the row that defines a thing.

    Raises:
        UsageError: none does; it comes with the package or follows from a source.
    """
    name = _TABLES[kind]
    table = Edits(root).table(name)
    for row in table.rows if table else ():
        if table and table.cell(row, "slug") == slug:
            return row
    if kind == "relation":
        raise UsageError(
            f"{slug} is not a relation of {inputs.RELATIONS}",
            "Relations of the core vocabulary keep their ids; a row of "
            f"{inputs.RELATIONS} can give one more aliases",
        )
    raise UsageError(
        f"{slug} has no row in {name}",
        f"It speaks for a source that names nobody: add a row to {name} first",
    )


def _rename_row(edits: Edits, kind: str, row: int, new: str) -> None:
    """Write the new slug and keep the old one, oldest first."""
    name = _TABLES[kind]
    table = edits.table(name)
    if table is None:
        return
    old = table.cell(row, "slug")
    kept = table.raw(row, "former_slugs")
    former = [part.strip() for part in kept.split(";")]
    if old not in former:
        edits.put(name, row, "former_slugs", f"{kept};{old}" if kept.strip() else old)
    edits.put(name, row, "slug", table.raw(row, "slug").replace(old, new))


def _keep_voice(edits: Edits, collection: Collection, slug: str, row: int) -> None:
    """Name the voice of a source that so far followed from its slug.

    ``author-of-<slug>`` may have a row of its own in actors.csv, and that does not
    follow the source.
    """
    voice = collection.sources[slug].voice
    if voice == author_of(slug) and voice in _own_actors(edits.root):
        edits.put(inputs.SOURCES, row, "default_voice", voice)


def _rename_references(edits: Edits, root: Path, kind: str, old: str, new: str) -> None:
    for pattern, columns in references.columns_of(kind, old, new).items():
        for path in sorted(root.glob(pattern)):
            edits.replace(inputs.relative(root, path), columns)


def _rename_texts(edits: Edits, root: Path, renamed: texts.Renamed) -> None:
    for pattern, function in (
        (inputs.SETTINGS, texts.in_settings),
        ("queries/*.rq", texts.in_query),
        ("decisions/*.jsonl", texts.in_json),
    ):
        for path in sorted(root.glob(pattern)):
            name = inputs.relative(root, path)
            edits.rewrite(name, partial(function, renamed=renamed))


def _moves(root: Path, old: str, new: str) -> dict[str, str]:
    """Say which files are called after a source."""
    moves = {}
    for folder, suffix in ((inputs.STATEMENTS, ".csv"), ("decisions", ".jsonl")):
        name, to = f"{folder}/{old}{suffix}", f"{folder}/{new}{suffix}"
        if (root / name).exists():
            if (root / to).exists():
                raise UsageError(f"{to} is there already", "Move its rows elsewhere")
            moves[name] = to
    return moves


def _verify(
    before: Project, after: Project, renamed: texts.Renamed, *, implied: bool
) -> None:
    """Make sure that nothing but the slug is another: all ids, all other fields.

    ``implied`` tells that the unnamed author of a source follows its slug.
    """
    kind, slug, new = renamed.kind, renamed.old, renamed.new
    actors, sources, relations = ({slug: new} if kind == one else {} for one in KINDS)
    if implied:
        actors = {author_of(slug): author_of(new)}
    was = set(_with_slugs(before.collection, actors, sources, relations))
    now = set(_with_slugs(after.collection, {}, {}, {}))
    if differing := was ^ now:
        raise WhosaysError(
            f"renaming {slug} would change {min(map(str, differing))}",
            "Nothing was written; this is a bug of whosays",
        )


def _with_slugs(
    collection: Collection,
    actors: Mapping[str, str],
    sources: Mapping[str, str],
    relations: Mapping[str, str],
) -> Iterator[object]:
    """Give all records as if the new slugs had been there from the beginning."""

    def named(names: Mapping[str, str], slugs: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names.get(slug, slug) for slug in slugs)

    for one in collection.actors.values():
        slugs = named(actors, (one.slug, one.part_of, one.acts_for, one.owned_by))
        yield slugs, one.hash_slug, one.label, one.type, one.aliases
    for document in collection.sources.values():
        voices = (document.voice, document.author, document.publisher)
        yield named(sources, (document.slug,)), named(actors, voices), document.title
    for relation in collection.relations.values():
        slugs = named(relations, (relation.id, relation.narrower_than))
        yield slugs, relation.hash_slug, relation.label, relation.aliases
    for clash in collection.incompatibilities:
        yield named(relations, (clash.first, clash.second)), clash.ends, clash.strength
    for name in collection.names:
        yield name.id, named(actors, (name.actor, *name.used_by)), name.name
    for said in collection.statements:
        yield (
            replace(
                said,
                subject=actors.get(said.subject, said.subject),
                relation=relations.get(said.relation, said.relation),
                object=actors.get(said.object, said.object),
                source=sources.get(said.source, said.source),
                chain=named(actors, said.chain),
                place=named(actors, said.place),
                proposition="",
                file="",
            )
        )
