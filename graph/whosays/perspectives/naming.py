"""Perspectives as people name them: ``iranwire``, ``side:iran``, ``a+b``."""

from __future__ import annotations

from whosays import lookup
from whosays.errors import UnknownName, UsageError
from whosays.model import Collection
from whosays.perspectives.perspective import Perspective, select


def named(
    collection: Collection, text: str, *, since: str = "", until: str = ""
) -> Perspective:
    """Find the perspective that a person means.

    A name is that of a source or of a voice; ``source:``, ``voice:`` and ``side:``
    (everyone who rolls up to an actor) say which. Names joined by ``+`` make a set.
    Everything, if the text is empty.

    Raises:
        UnknownName: there is no such source or actor.
        UsageError: the name is that of a source and of an actor.
    """
    voices: list[str] = []
    sources: list[str] = []
    sides: list[str] = []
    for part in _parts(text):
        kind, colon, name = part.partition(":")
        match kind.strip().lower() if colon else "":
            case "voice":
                voices.append(lookup.actor(collection, name.strip()))
            case "source":
                sources.append(lookup.source(collection, name.strip()))
            case "side":
                sides.append(lookup.actor(collection, name.strip()))
            case _:
                source, voice = _either(collection, part)
                sources += source
                voices += voice
    return select(
        collection,
        voices=voices,
        sources=sources,
        sides=sides,
        since=since,
        until=until,
    )


def _parts(text: str) -> list[str]:
    lookup.demand("perspective", text)
    return [part.strip() for part in text.split("+") if part.strip()]


def _either(collection: Collection, text: str) -> tuple[list[str], list[str]]:
    """Find a source or an actor of this name; only one of the lists is filled."""
    if (text in collection.sources) != (text in collection.actors):
        return ([text], []) if text in collection.sources else ([], [text])
    source = voice = ""
    near: list[str] = []
    try:
        source = lookup.source(collection, text)
    except UnknownName as unknown:
        near += unknown.nearest
    try:
        voice = lookup.actor(collection, text)
    except UnknownName as unknown:
        if unknown.kind != "actor" and not source:  # shared by two actors
            raise
        near = [*unknown.nearest, *near]
    if source and voice:
        message = f"“{text}” is a source and an actor"
        raise UsageError(message, f"Write source:{source} or voice:{voice}")
    if not source and not voice:
        raise UnknownName("source or voice", text, near[:3])
    return ([source], []) if source else ([], [voice])
