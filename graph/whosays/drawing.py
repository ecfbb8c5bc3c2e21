"""A project as one page: names understood, statements chosen, the picture drawn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from whosays import lookup, views

if TYPE_CHECKING:
    from whosays.export import Content
    from whosays.views import View

__all__ = ["Options", "draw"]


class Options(TypedDict, total=False):
    """What a caller of `draw` may choose; names may be given in any spelling."""

    about: Sequence[str]
    sources: Sequence[str]
    voices: Sequence[str]
    limit: int | None
    title: str
    tour: str


def draw(
    content: Content, *, layout_cache: Path | None = None, **options: Unpack[Options]
) -> View:
    """Draw the network of a project as one HTML page.

    Args:
        content: The collection with its disputes.
        layout_cache: Where the positions of the drawing are kept.
        options: ``about`` keeps claims that touch one of these actors, ``sources``
            and ``voices`` keep statements of these, ``limit`` is the largest number
            of actors, ``title`` the heading, ``tour`` a guided tour to open with.

    Raises:
        UnknownName: a name is not known; near ones are suggested.
    """
    collection = content.collection
    tour = options.get("tour", "")
    return views.render(
        collection,
        content.disputes,
        title=options.get("title", ""),
        about=[lookup.actor(collection, name) for name in options.get("about", ())],
        sources=[
            lookup.source(collection, name) for name in options.get("sources", ())
        ],
        voices=[lookup.actor(collection, name) for name in options.get("voices", ())],
        limit=options.get("limit"),
        opening=f"tour={lookup.tour(collection, tour)}" if tour else "",
        layout_cache=layout_cache,
    )
