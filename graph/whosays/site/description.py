"""What machines read of a site: schema.org in the head, VoID and DCAT beside it.

The words are as careful as the pages: a statement is a work by somebody about a claim,
never a fact, and nothing rates it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from whosays.export import Content
from whosays.export.turtle import text_of
from whosays.model import Actor, ActorType, Collection, Source
from whosays.rdf import Quad
from whosays.rdf.terms import DCAT, DCT, RDF_TYPE, SCHEMA, VOID, Names, literal, typed
from whosays.site.lines import Line
from whosays.text import safe_url

Json = dict[str, Any]

MEDIA = {
    "graph.trig": ("application/trig", "TriG: everything, with named graphs"),
    "graph.ttl": ("text/turtle", "Turtle: the default graph"),
    "statements.csv": ("text/csv", "CSV: a row per statement"),
    "graph.gexf": ("application/gexf+xml", "GEXF: the network, for Gephi"),
}
"""The downloads: media type and what each holds."""

_LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
_TYPES = {
    ActorType.PERSON: "Person",
    ActorType.PLACE: "Place",
    ActorType.MEDIA_OUTLET: "Organization",
    ActorType.PARTY: "Organization",
    ActorType.INTERNATIONAL_ORGANISATION: "Organization",
}  # of anything else the type may itself be contested
_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")


def void(content: Content, downloads: Mapping[str, bytes], base: str) -> bytes:
    """Describe the data set and its downloads as Turtle.

    Without ``base`` the addresses are relative: they mean the files beside this one.
    """
    names = Names(content.collection.settings.base)
    node = names.dataset
    ours = (node, node[:-1] + "/", names.other("file", "")[:-1])
    found = [quad for quad in content.triples if quad.subject.startswith(ours)]
    found.append(Quad(node, f"<{DCAT}landingPage>", f"<{base or 'index.html'}>"))
    for name, data in downloads.items():
        part = names.other("distribution", name)
        file = f"<{base}{name}>"
        media, title = MEDIA[name]
        found += [
            Quad(node, f"<{DCAT}distribution>", part),
            Quad(part, RDF_TYPE, f"<{DCAT}Distribution>"),
            Quad(part, f"<{DCT}title>", literal(title, "en")),
            Quad(part, f"<{DCAT}downloadURL>", file),
            Quad(part, f"<{DCAT}mediaType>", literal(media)),
            Quad(part, f"<{DCAT}byteSize>", typed(str(len(data)), "integer")),
            Quad(part, f"<{SCHEMA}sha256>", literal(hashlib.sha256(data).hexdigest())),
        ]
        if name.endswith((".trig", ".ttl")):
            found.append(Quad(node, f"<{VOID}dataDump>", file))
    return text_of(found, content.collection.settings)


def dataset(collection: Collection, base: str) -> Json:
    """Describe the data set for search engines."""
    settings = collection.settings
    return _brief(
        {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "@id": f"{settings.base}dataset",
            "name": settings.title or settings.name,
            "description": (
                "Statements with their sources: who affirms, denies or questions "
                "which relation of two actors, where and when."
            ),
            "url": base,
            "inLanguage": settings.language,
            "license": _LICENCES.get(settings.licence, settings.licence),
            "version": settings.version,
            "creator": _named("Organization", settings.creator),
            "isAccessibleForFree": True,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": title,
                    "encodingFormat": media,
                    "contentUrl": f"{base}{name}",
                }
                for name, (media, title) in MEDIA.items()
            ],
        }
    )


def actor(collection: Collection, one: Actor, url: str) -> Json:
    """Describe the page of an actor."""
    about = {
        "@type": _TYPES.get(one.type, "Thing"),
        "@id": f"{collection.settings.base}actor/{one.slug}",
        "name": one.label,
        "alternateName": [alias.text for alias in one.aliases],
        "description": one.description,
        "sameAs": wikidata(one),
    }
    return _page(collection, "WebPage", one.label, url, about=_brief(about))


def wikidata(one: Actor) -> str:
    """Give the address of an actor in Wikidata, or an empty string."""
    known = re.fullmatch(r"Q[0-9]+", one.wikidata)
    return f"https://www.wikidata.org/wiki/{known[0]}" if known else ""


def source(collection: Collection, one: Source, url: str) -> Json:
    """Describe the page of a source."""
    return _page(
        collection, "WebPage", one.title or one.slug, url, about=_work(collection, one)
    )


def issue(collection: Collection, title: str, url: str) -> Json:
    """Describe the page of an issue."""
    return _page(collection, "CollectionPage", title, url)


def statement(collection: Collection, line: Line, title: str, url: str) -> Json:
    """Describe a statement: a work by its voice, about a claim, based on a source."""
    one = line.record
    document = collection.sources.get(one.source)
    return _page(
        collection,
        "CreativeWork",
        title,
        url,
        identifier=one.id,
        creator=_named("Thing", line.voice.label),
        abstract=one.gist,
        datePublished=one.said if _DAY.fullmatch(one.said) else "",
        isBasedOn=_work(collection, document) if document else None,
        about={
            "@type": "Claim",
            "@id": f"{collection.settings.base}prop/{one.proposition}",
            "name": line.claim.words,
        },
    )


def _work(collection: Collection, one: Source) -> Json:
    author = collection.label(one.author) if one.author else ""
    publisher = collection.label(one.publisher) if one.publisher else ""
    return _brief(
        {
            "@type": "CreativeWork",
            "@id": f"{collection.settings.base}source/{one.slug}",
            "name": one.title or one.slug,
            "author": _named("Thing", author),
            "publisher": _named("Organization", publisher),
            "datePublished": one.date if _DAY.fullmatch(one.date) else "",
            "inLanguage": one.lang,
            "url": safe_url(one.url) or "",
        }
    )


def _page(
    collection: Collection, kind: str, name: str, url: str, **more: object
) -> Json:
    return _brief(
        {
            "@context": "https://schema.org",
            "@type": kind,
            "name": name,
            "url": url,
            "isPartOf": {
                "@type": "Dataset",
                "@id": f"{collection.settings.base}dataset",
                "name": collection.settings.title or collection.settings.name,
            },
            **more,
        }
    )


def _named(kind: str, name: str) -> Json | None:
    return {"@type": kind, "name": name} if name else None


def _brief(fields: Json) -> Json:
    """Drop what is empty."""
    return {key: value for key, value in fields.items() if value not in ("", None, [])}
