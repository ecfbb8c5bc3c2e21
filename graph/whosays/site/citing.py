"""How to cite a page of the site, in prose and for reference managers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whosays.citations import bibtex, prose, wording
from whosays.citations.finding import Cited, Kind, ordered
from whosays.model import Collection, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The texts that a reader copies; ``bibtex`` is empty where there is none."""

    text: str
    bibtex: str = ""


def of_statement(collection: Collection, one: Statement, title: str) -> Citation:
    """Cite a statement with its passage."""
    cited = Cited(
        kind=Kind.STATEMENT,
        id=one.id,
        title=title,
        sources=(one.source,),
        statements=(one,),
    )
    return _written(cited, collection)


def of_issue(
    collection: Collection, id: str, title: str, statements: Sequence[Statement]
) -> Citation:
    """Cite everything on either side of an issue."""
    notes = ordered(statements)
    sources = tuple(dict.fromkeys(one.source for one in notes))
    cited = Cited(
        kind=Kind.ISSUE, id=id, title=title, sources=sources, statements=notes
    )
    return _written(cited, collection)


def of_source(collection: Collection, slug: str) -> Citation:
    """Cite a source as a document."""
    title = collection.sources[slug].title
    cited = Cited(kind=Kind.SOURCE, id=slug, title=title, sources=(slug,))
    return _written(cited, collection)


def of_data(collection: Collection, what: str = "") -> Citation:
    """Cite the data, or what they hold of an actor."""
    settings = collection.settings
    title = f"“{settings.title or settings.name}”"
    named = f"{settings.creator}, {title}" if settings.creator else title
    licence = f" Licence: {settings.licence}." if settings.licence else ""
    return Citation(
        text=f"{', '.join([named, *wording.data(settings, what, None)])}.{licence}"
    )


def _written(cited: Cited, collection: Collection) -> Citation:
    return Citation(
        text=prose.plain(cited, collection, None).strip(),
        bibtex=bibtex.write(cited, collection, None).strip(),
    )
