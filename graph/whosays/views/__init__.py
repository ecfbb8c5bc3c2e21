"""Statements as one HTML page: a network to look at, argue over and pass on.

The page needs no server and makes no request. It says who says what and never
decides who is right.
"""

from __future__ import annotations

from collections.abc import Collection as Container
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from whosays import files
from whosays.model import Collection, Dispute
from whosays.views.arrangement import place
from whosays.views.fitting import FEWEST
from whosays.views.page import build
from whosays.views.selection import select, wanted_of
from whosays.views.sparql import Panel, panel, served, without_engine

__all__ = ["Panel", "View", "panel", "render", "served", "wanted_of"]

_LARGEST = 10_000_000  # bytes; beyond that a page is slow to open and to send
_TRIES = 3  # what fits is estimated, and seldom wrongly


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A finished page; ``notices`` say what it leaves out, ``held`` whom it can show."""

    html: str
    title: str
    actors: int
    statements: int
    opening: str = ""
    notices: tuple[str, ...] = ()
    held: frozenset[str] = frozenset()

    def save(self, path: Path | str) -> Path:
        """Write the page as UTF-8, whole or not at all."""
        target = Path(path)
        files.write_atomic(target, self.html)
        return target

    def frame(self, address: str) -> str:
        """Write the line that embeds the page, once it stands at an address.

        The frame shows the drawing, its legend and a link to the whole page.
        """
        state = "&".join(filter(None, ("embed=1", self.opening)))
        return _frame(self.title, f'src="{escape(f"{address}#{state}")}"', 480)

    def _repr_mimebundle_(
        self,
        include: Container[str] | None = None,
        exclude: Container[str] | None = None,
    ) -> dict[str, Any]:
        """Show the page in a notebook, in a frame that keeps styles and scripts apart."""
        content = f'srcdoc="{escape(without_engine(self.html))}"'
        frame = _frame(self.title, content, 640)
        return {"text/html": frame, "text/plain": repr(self)}

    def __repr__(self) -> str:
        """Say what the page holds; its text is too long to print."""
        return (
            f"<View “{self.title}”: {self.actors:,} actors, "
            f"{self.statements:,} statements>"
        )


# Scripts draw, links of sources open outside, exports are saved; nothing else may be.
_MAY = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"


def _frame(title: str, content: str, height: int) -> str:
    return (
        f'<iframe sandbox="{_MAY}" title="{escape(title)}" loading="lazy" '
        f'style="width:100%;height:{height}px;border:1px solid #ccc" {content}></iframe>'
    )


def render(
    collection: Collection,
    disputes: Sequence[Dispute],
    *,
    title: str = "",
    about: Sequence[str] = (),
    sources: Sequence[str] = (),
    voices: Sequence[str] = (),
    limit: int | None = None,
    opening: str = "",
    layout_cache: Path | None = None,
    panel: Panel | None = None,
    notice: str = "",
) -> View:
    """Draw a collection as a page.

    ``about`` keeps claims that touch one of these actors or a part of them,
    ``sources`` and ``voices`` keep statements of these; ``limit`` is the largest
    number of actors. Only accepted statements count; others can be switched on.
    ``opening`` is what the page shows at first, as its address would say it.
    ``panel`` lets readers ask in SPARQL; its size is none of the picture's.
    ``notice`` says what the disputes leave out.
    """
    heading = title or collection.settings.title or collection.settings.name
    # What holds a part only leaves the positions of the whole alone.
    kept = None if about or sources or voices or limit else layout_cache
    largest = _LARGEST
    for _ in range(_TRIES):
        scene = select(
            collection,
            disputes,
            about=about,
            sources=sources,
            voices=voices,
            limit=limit,
            largest=largest,
            notice=notice,
        )
        places = place(scene, kept)
        html = build(scene, places, title=heading, opening=opening, panel=panel)
        size = len(html) - (panel.size if panel else 0)
        if size <= _LARGEST or len(scene.actors) <= FEWEST:
            break
        largest = int(largest * 0.9 * _LARGEST / size)  # the estimate fell short
    return View(
        html=html,
        title=heading,
        actors=sum(1 for slug in scene.actors if scene.weights[slug]),
        statements=sum(claim.count for claim in scene.claims),
        opening=opening,
        notices=(*scene.notices, *filter(None, [panel.notice if panel else ""])),
        held=frozenset(scene.actors),
    )
