"""Where a project's files name an actor, a source or a relation, and in which form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, unquote

from whosays import inputs
from whosays.matching import fold

Swap = Callable[[str], str]
"""Makes the new content of a cell out of the old one."""

STATEMENTS = "statements/*.csv"
TOURS = "tours/*.csv"
CUES = "cues/*.csv"  # words of a text that mean a relation

_LINK_SAFE = ":|@.,-~"


def columns_of(kind: str, old: str, new: str) -> Mapping[str, Mapping[str, Swap]]:
    """List the columns that may name a thing, by table, with what renames it there."""

    def several(raw: str) -> str:
        return _swapped(raw, ";>", lambda text: text == old, new)

    def we(raw: str) -> str:
        parts = raw.split(";")
        for number, part in enumerate(parts):
            speaker, equals, actor = part.partition("=")
            if equals:
                parts[number] = speaker + equals + several(actor)
        return ";".join(parts)

    def related(raw: str) -> str:
        return _swapped(raw, ";(", lambda text: fold(text) == fold(old), new)

    def link(raw: str) -> str:
        return _in_link(raw, kind, old, new)

    match kind:
        case "actor":
            return {
                inputs.ACTORS: dict.fromkeys(
                    ("part_of", "acts_for", "owned_by"), several
                ),
                inputs.SOURCES: {
                    **dict.fromkeys(("publisher", "author", "default_voice"), several),
                    "we": we,
                },
                inputs.NAMES: dict.fromkeys(("actor", "used_by"), several),
                STATEMENTS: dict.fromkeys(
                    ("subject", "object", "speaker", "place"), several
                ),
                TOURS: {"link": link},
            }
        case "source":
            named = {"source": several}
            return {inputs.NAMES: named, STATEMENTS: named, TOURS: {"link": link}}
        case _:
            others = ("narrower_than", "incompatible_with", "tension_with")
            return {
                inputs.RELATIONS: dict.fromkeys(others, related),
                STATEMENTS: {"relation": related},
                CUES: {"relation": related},
                TOURS: {"link": link},
            }


def _swapped(raw: str, separators: str, same: Callable[[str], bool], new: str) -> str:
    """Replace the values of a cell that are meant; blanks and the rest stay."""
    parts = re.split(f"([{re.escape(separators)}])", raw)
    for number, part in enumerate(parts):
        name = part.strip()
        if name and same(name):
            parts[number] = part.replace(name, new)
    return "".join(parts)


def _in_link(raw: str, kind: str, old: str, new: str) -> str:
    """Rename within the address of a view: ``src=a.b&sel=e:x|relation|y&p=@voice``."""
    before, mark, after = raw.rpartition("#")
    parts = after.split("&")
    for number, part in enumerate(parts):
        key, equals, value = part.partition("=")
        plain = unquote(value)
        named = _in_link_value(key, plain, kind, old, new)
        if equals and named != plain:
            parts[number] = f"{key}={quote(named, safe=_LINK_SAFE)}"
    return before + mark + "&".join(parts)


def _in_link_value(key: str, value: str, kind: str, old: str, new: str) -> str:
    match key, kind:
        case (("p" | "c"), "actor"):
            return f"@{new}" if value == f"@{old}" else value
        case (("p" | "c"), "source"):
            return new if value == old else value
        case "src", "source":
            return ".".join(new if one == old else one for one in value.split("."))
        case "sel", ("actor" | "relation"):
            form, _, rest = value.partition(":")
            ends = rest.split("|")
            if form not in ("n", "e") or (form == "n" and kind == "relation"):
                return value
            for place, end in enumerate(ends):
                if end == old and (place == 1) == (kind == "relation"):
                    ends[place] = new
            return f"{form}:{'|'.join(ends)}"
    return value
