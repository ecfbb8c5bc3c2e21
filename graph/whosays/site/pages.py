"""Pages as HTML: the templates, and what all of them share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from whosays.resources import version
from whosays.site import addresses
from whosays.site.contents import Page
from whosays.site.facts import Facts
from whosays.site.lines import MARKS, Line
from whosays.text import clean_text, safe_url

if TYPE_CHECKING:
    from jinja2 import Environment


def template_text(name: str) -> str:
    """Read a template or the style sheet."""
    return files("whosays.site").joinpath("templates", name).read_text("utf-8")


class Writer:
    """Writes pages through the templates."""

    def __init__(self, facts: Facts, base: str) -> None:
        """Keep what all pages share: the facts, and where the site will stand."""
        self.facts = facts
        self.collection = facts.collection
        self.base = base

    def html(self, page: Page) -> bytes:
        """Write a page."""
        return self._render(
            page.template,
            page.folder,
            page=page,
            title=page.title,
            url=f"{self.base}{page.folder}",
            **page.values,
        )

    def leads_on(self, folder: str, to: str) -> bytes:
        """Write the small page at a former address."""
        return self._render("moved.html", folder, to=to, url=f"{self.base}{to}")

    def _render(self, template: str, folder: str, **values: object) -> bytes:
        html = self._templates.get_template(template).render(
            root=addresses.up(folder), **values
        )
        return html.encode("utf-8")

    @cached_property
    def _templates(self) -> Environment:
        from jinja2 import Environment, FunctionLoader, StrictUndefined

        made = Environment(
            autoescape=True,
            loader=FunctionLoader(template_text),
            undefined=StrictUndefined,
            finalize=_shown,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        made.filters["link"] = lambda url: safe_url(url) or ""
        settings = self.collection.settings
        made.globals.update(
            site=settings.title or settings.name,
            settings=settings,
            version=version(),
            base=self.base,
            marks={stance.value: mark for stance, mark in MARKS.items()},
            numbers=self._numbers(),
        )
        # The row of a statement stands on many pages, all of them two folders deep.
        module = made.get_template("parts.html").make_module(
            {"root": addresses.up(addresses.statement("x"))}
        )
        for name in ("row", "card"):
            made.globals[f"kept_{name}"] = _once(getattr(module, name))
        return made

    def _numbers(self) -> dict[str, int]:
        voices = {one.voice for one in self.facts.accepted}
        return {
            "statements": len(self.facts.accepted),
            "claims": len(self.facts.claims),
            "actors": len(self.collection.actors),
            "sources": len(self.collection.sources),
            "voices": len(voices),
            "issues": len(self.facts.issues),
        }


def _once(macro: Callable[[Line], object]) -> Callable[[Line], object]:
    """Let a macro write each statement once."""
    written: dict[str, object] = {}

    def kept(line: Line) -> object:
        id = line.record.id
        if id not in written:
            written[id] = macro(line)
        return written[id]

    return kept


def _shown(value: object) -> object:
    """Show control characters and direction overrides as their code points."""
    if type(value) is str:
        return clean_text(value)
    return "" if value is None else value
