"""A project as a static site: a page for each actor, source, issue and statement.

It needs no server beyond one that hands out files, runs no script of its own, and
makes no request to anyone else. A page says who said something, never that it is so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from whosays import views
from whosays.export import FORMATS, Content
from whosays.site import addresses, description, folder
from whosays.site.contents import Contents, Page
from whosays.site.facts import Facts
from whosays.site.pages import Writer, template_text

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Options", "Site", "make", "write"]

Progress = Callable[[int, int], None]

_STYLES = "style.css"


class Options(TypedDict, total=False):
    """What a caller of `write` may choose."""

    base_url: str
    force: bool
    progress: Progress | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What was written: where, how many pages and bytes, and what to know of it."""

    path: Path
    pages: int
    size: int
    notes: tuple[str, ...] = ()


def write(
    content: Content,
    path: Path,
    *,
    base_url: str = "",
    force: bool = False,
    project: Path | None = None,
    layout_cache: Path | None = None,
    progress: Progress | None = None,
) -> Site:
    """Write the site of a collection to a folder, whole or not at all.

    Args:
        content: The collection with its disputes and issues.
        path: The folder; empty, missing, or a former site.
        base_url: Where it will stand; needed for a site map and canonical addresses.
        force: Accept a folder that holds other files; they are kept.
        project: The folder of the project, which the site must not replace.
        layout_cache: Where the positions of the drawing are kept.
        progress: Called with the files written and their number.

    Raises:
        UsageError: the folder or the address will not do.
        OutsideError: the folder cannot be written.
    """
    folder.check(path, force=force, keep_out=project)
    files, notes = make(content, base_url=base_url, layout_cache=layout_cache)
    kept, gone = folder.put(path, files, progress)
    if kept:
        notes = (*notes, f"kept in {path.name}: {kept} {_files(kept)} not ours")
    lost = [name for name in gone if name.endswith("/index.html")]
    if lost:
        some = ", ".join(name.removesuffix("index.html") for name in lost[:3])
        notes = (*notes, f"{len(lost)} former addresses lead nowhere now: {some}")
    return Site(
        path=path,
        pages=sum(name.endswith("index.html") for name in files),
        size=sum(map(len, files.values())),
        notes=notes,
    )


def make(
    content: Content, *, base_url: str = "", layout_cache: Path | None = None
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Make all files of a site: name from its root → content; and notes."""
    base = addresses.base_url(base_url)
    picture = views.render(
        content.collection, content.disputes, layout_cache=layout_cache
    )
    downloads = {
        name: FORMATS[name.rpartition(".")[2]].data(content)
        for name in description.MEDIA
    }
    facts = Facts(content)
    sizes = {name: len(data) for name, data in downloads.items()}
    writer = Writer(facts, base)
    files: dict[str, bytes] = {}
    listed: list[Page] = []
    for page in Contents(facts, sizes, base, picture.held).all():
        files[f"{page.folder}index.html"] = writer.html(page)
        if page.listed:
            listed.append(page)
    issues = [one.issue for one in facts.issues]
    for old, new in addresses.former(content.collection, issues):
        name = f"{old}index.html"
        if name not in files and f"{new}index.html" in files:
            files[name] = writer.leads_on(old, new)
    files[_STYLES] = template_text(_STYLES).encode("utf-8")
    files["view.html"] = picture.html.encode("utf-8")
    files |= downloads
    files["void.ttl"] = description.void(content, downloads, base)
    notes = list(picture.notices)
    if base:
        files["sitemap.xml"] = _sitemap(base, listed)
    else:
        notes.append("no site map: it needs --base-url, the address of the site")
    return files, tuple(notes)


def _sitemap(base: str, pages: Iterable[Page]) -> bytes:
    from xml.sax.saxutils import escape

    places = "".join(
        f"<url><loc>{escape(base + page.folder)}</loc></url>\n" for page in pages
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'{head}<urlset xmlns="{space}">\n{places}</urlset>\n'.encode()


def _files(count: int) -> str:
    return "file" if count == 1 else "files"
