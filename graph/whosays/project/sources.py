"""Read ``sources.csv`` and ``names.csv``: the documents, and who is called what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from whosays import ids, inputs
from whosays.matching import nearest
from whosays.model import Actor, ActorType, Name, NameKind, Source
from whosays.project.actors import LANGUAGE, former_slugs, slug_of
from whosays.project.desk import Desk
from whosays.project.line import Line, Rows, lines, several
from whosays.project.passages import canonical_locator
from whosays.text import safe_url

REQUIRED = ("slug", "title")
COLUMNS = (
    "slug",
    "title",
    "kind",
    "publisher",
    "author",
    "default_voice",
    "date",
    "date_note",
    "lang",
    "url",
    "file",
    "sha256",
    "blocks",
    "we",
    "former_slugs",
    "note",
)
KINDS = (
    "document",
    "interview",
    "article",
    "report",
    "op-ed",
    "communique",
    "speech",
    "broadcast",
    "post",
)

NAMES_REQUIRED = ("actor", "name", "kind", "source")
NAMES_COLUMNS = (
    "actor",
    "name",
    "lang",
    "kind",
    "used_by",
    "source",
    "locator",
    "note",
)

_NO_NAME = re.compile(r"[\\/\x00-\x1f]")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


def read_sources(desk: Desk, table: Rows) -> None:
    """Read all sources and settle whose voice speaks where no speaker is named."""
    register = desk.source_register
    drafts = []
    for line in lines(desk, table):
        slug = slug_of(line, register)
        title = line.required("title")
        if slug:
            register.names[slug] = [title or slug]
            drafts.append((line, slug, title or slug))
    for line, slug, title in drafts:
        former = former_slugs(line, register, slug)
        source = _source(desk, line, slug, title)
        source = replace(source, former_slugs=former)
        if not source.voice:
            source = _implicit_voice(desk, line, source)
        desk.sources[slug] = source
        sameness = source.url, title, source.date
        if twin := desk.twins.find(*sameness):
            line.report("WS118", twin[1], value=twin[0])
        desk.twins.add(slug, *sameness)


def _source(desk: Desk, line: Line, slug: str, title: str) -> Source:
    kind = _kind(line)
    voices = {}
    for column in ("publisher", "author", "default_voice"):
        text = line.text(column)
        voices[column] = (text and line.voice(column, text, "WS103")) or ""
    default = voices["default_voice"]
    if kind == "interview" and not line.text("default_voice"):
        line.report(
            "WS334",
            "default_voice",
            text="empty in an interview: rows without a speaker are given to "
            + (voices["author"] or voices["publisher"] or "an unnamed author"),
            instructions="name the one who is interviewed",
        )
    when = line.date("date")
    desk.source_dates[slug] = when
    if not line.text("date"):
        line.report(
            "WS333",
            "date",
        )
    return Source(
        slug=slug,
        title=title,
        kind=kind,
        publisher=voices["publisher"],
        author=voices["author"],
        default_voice=default,
        voice=default or voices["author"] or voices["publisher"],
        date=line.text("date") if when is not None else "",
        date_note=line.text("date_note"),
        lang=language(line),
        url=_url(line),
        file=_file(line),
        sha256=_sha256(line),
        blocks=_blocks(line),
        we=_we(desk, line),
        note=line.text("note"),
    )


def _kind(line: Line) -> str:
    kind = line.text("kind") or KINDS[0]
    if kind in KINDS:
        return kind
    line.report(
        "WS108",
        "kind",
        fix=nearest(kind, KINDS),
        instructions="one of: " + ", ".join(KINDS),
    )
    return KINDS[0]


def author_of(source: str) -> str:
    """Name the actor who speaks in a source that names nobody."""
    return f"author-of-{source}"[: ids.MAX_SLUG].strip("-")


def _implicit_voice(desk: Desk, line: Line, source: Source) -> Source:
    """Let an unnamed author speak where nobody is named, so that no row is mute."""
    slug = author_of(source.slug)
    if slug not in desk.actors:
        former = tuple(dict.fromkeys(map(author_of, source.former_slugs)))
        label = f"Author of “{source.title}”"
        desk.actors[slug] = Actor(
            slug=slug, label=label, type=ActorType.UNNAMED, former_slugs=former
        )
        desk.actor_register.names[slug] = [label]
        for old in former:
            desk.actor_register.former.setdefault(old, slug)
        line.report(
            "WS334",
            "default_voice",
            text=f"no default voice, author or publisher: {slug} speaks",
        )
    return replace(source, voice=slug)


def language(line: Line) -> str:
    """Read a language tag such as fa or pt-BR."""
    lang = line.text("lang")
    if lang and not LANGUAGE.fullmatch(lang):
        line.report(
            "WS115",
            "lang",
            text="is not a language tag",
            instructions="like fa, en or pt-BR",
        )
        return ""
    return lang


def _url(line: Line) -> str:
    url = line.text("url")
    if url and safe_url(url) is None:
        line.report(
            "WS115",
            "url",
            text="is not a web address",
            instructions="it starts with http:// or https://",
        )
        return ""
    return url


def _file(line: Line) -> str:
    """Read the name of the local text: a name, never a path that leads elsewhere."""
    name = line.text("file")
    if name and (_NO_NAME.search(name) or name in (".", "..") or len(name) > 200):
        line.report(
            "WS115",
            "file",
            text="is not the plain name of a file",
            instructions="the folder stands in whosays.toml: [texts] dir",
        )
        return ""
    return name


def _sha256(line: Line) -> str:
    digest = line.text("sha256")
    if digest and not _SHA256.fullmatch(digest):
        line.report("WS115", "sha256", text="is not a SHA-256 of 64 hex digits")
        return ""
    return digest.lower()


def _blocks(line: Line) -> str:
    blocks = line.text("blocks")
    if blocks in ("", "line", "paragraph"):
        return "" if blocks == "line" else blocks
    line.report(
        "WS115",
        "blocks",
        text="is not a way to count paragraphs",
        fix="paragraph",
        instructions="paragraph, or empty where each line is one",
    )
    return ""


def _we(desk: Desk, line: Line) -> str:
    """Check whom a speaker's “we” stands for; the text is kept as it is."""
    for part in several(line.text("we")):
        speaker, equals, actor = (piece.strip() for piece in part.partition("="))
        if not (speaker and equals and actor):
            line.report(
                "WS115",
                "we",
                value=part,
                text="is not of the form speaker=actor",
            )
        else:
            line.refer(desk.actor_register, "we", actor)
    return line.text("we") if line.good else ""


def read_names(
    desk: Desk, table: Rows, known: Mapping[str, Name] | None = None
) -> dict[str, Name]:
    """Read who uses which name for whom, by id; ``known`` are there already."""
    found: dict[str, Name] = {}
    rows: dict[str, int] = {}
    for line in lines(desk, table):
        name = _name(desk, line)
        if name is None:
            continue
        if known and name.id in known:
            line.report("WS320", value=inputs.NAMES, text="is in names.csv already")
        elif name.id in found:
            line.report("WS320", value=f"row {rows[name.id]}")
        else:
            found[name.id] = name
            rows[name.id] = line.row.number
    return found


def _name(desk: Desk, line: Line) -> Name | None:
    actor = reference(line, "actor")
    text = line.required("name")
    source = reference(line, "source")
    kind = line.choice("kind", NameKind)
    if not line.text("kind"):
        line.required("kind")
    chain = line.chain("used_by")
    locator = locator_of(line)
    lang = language(line)
    if not (line.good and actor and source and kind and chain is not None):
        return None
    chain = chain or (desk.sources[source].voice,)
    identity = (
        desk.actors[actor].hash_slug,
        text,
        lang,
        kind.value,
        ">".join(desk.actors[link].hash_slug for link in chain),
        desk.sources[source].hash_slug,
        locator,
    )
    return Name(
        id=ids.digest("\x1f".join(identity)),
        actor=actor,
        name=text,
        lang=lang,
        kind=kind,
        used_by=chain,
        source=source,
        locator=locator,
        note=line.text("note"),
    )


def reference(line: Line, column: str) -> str | None:
    """Resolve a cell that must name an actor, or a source in that column."""
    text = line.required(column)
    if not text:
        return None
    desk = line.desk
    register = desk.source_register if column == "source" else desk.actor_register
    return line.refer(register, column, text)


def locator_of(line: Line) -> str:
    """Read a locator into its canonical form; empty if there is none."""
    locator = canonical_locator(line.text("locator"))
    if locator is None:
        line.report(
            "WS311",
            "locator",
            instructions="write p7, l12, pg3 or 12:34",
        )
        return ""
    return locator
