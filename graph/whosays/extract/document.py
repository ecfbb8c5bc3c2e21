"""A text as it was stored, and what its source row says about it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from whosays.model import Actor, Name, Relation, Source

SPOKEN = frozenset({"interview", "broadcast"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text, unchanged but for a byte order mark, which is left out.

    ``blocks`` is how passages are counted (see ``passages``); ``we`` maps a speaker to
    whom that speaker means by "we"; ``date`` is EDTF or empty.
    """

    source: str
    text: str
    sha256: str
    kind: str = "document"
    voice: str = ""
    date: str = ""
    lang: str = "en"
    blocks: str = ""
    we: Mapping[str, str] = field(default_factory=dict)
    places: tuple[tuple[int, str], ...] = ()
    """(offset, locator) of pages, where the text came with pages."""

    @property
    def spoken(self) -> bool:
        """Tell whether several people talk in it, one after another."""
        return self.kind in SPOKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """The actors that can be found, and what they are called.

    ``relations`` are those of the project; the rules need none, as they have cues.
    """

    actors: Mapping[str, Actor]
    names: tuple[Name, ...] = ()
    relations: Mapping[str, Relation] = field(default_factory=dict)

    def parent(self, slug: str) -> str:
        """The slug of what an actor belongs to, or an empty string."""
        found = self.actors.get(slug)
        return found.parent if found else ""

    def kin(self, one: str, other: str) -> bool:
        """Tell whether one of two actors is the other's parent, or its parent."""
        return other in self._above(one) or one in self._above(other)

    def _above(self, slug: str) -> tuple[str, ...]:
        first = self.parent(slug)
        return tuple(one for one in (slug, first, first and self.parent(first)) if one)


def document(text: str, source: Source | str, **more: object) -> Document:
    r"""Make a document of a decoded text.

    >>> document("\ufeffAldoria armed the Cedar Front.", "one").text[:7]
    'Aldoria'
    """
    text = text.removeprefix("\ufeff")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if isinstance(source, str):
        made = Document(source=source, text=text, sha256=digest)
    else:
        made = Document(
            source=source.slug,
            text=text,
            sha256=digest,
            kind=source.kind,
            voice=source.voice,
            date=source.date,
            lang=source.lang or "en",
            blocks=source.blocks,
            we=we_map(source.we),
        )
    if more:
        from dataclasses import replace

        made = replace(made, **more)  # type: ignore[arg-type]
    return made


def we_map(cell: str) -> dict[str, str]:
    """Read whom a speaker means by "we", as written in ``sources.csv``.

    >>> we_map("oren-vale=aldoria; ila-brandt=belmark")
    {'oren-vale': 'aldoria', 'ila-brandt': 'belmark'}
    """
    pairs = (part.partition("=") for part in cell.split(";") if "=" in part)
    return {key.strip(): value.strip() for key, _, value in pairs}
