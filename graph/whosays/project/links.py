"""Check a link into the view: the part of an address behind the ``#``.

The page forgives whatever it does not understand; whoever writes a tour is told. A
test holds this list of keys and that of the page equal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, quote

from whosays.matching import nearest
from whosays.model import ActorType, Family, Stance, Statement, Status
from whosays.project.desk import Desk
from whosays.project.line import Line

_SEVERAL = ("st", "src", "fam", "ty", "acc")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "st": tuple(Stance),
    "fam": tuple(Family),
    "ty": tuple(ActorType),
    "acc": (Status.CANDIDATE, Status.REJECTED, Status.RETRACTED),
    "tm": ("about", "said"),
    "th": ("light", "dark"),
    "dis": ("1", "0"),
    "lab": ("1", "0"),
    "tab": ("1", "0"),
    "grp": ("1", "0"),
    "hops": ("1", "2"),
}
_POSITION = re.compile(r"-?\d+(\.\d+)?,-?\d+(\.\d+)?,\d+(\.\d+)?")
_SAFE = ":|@.,-~"

Reader = Callable[[Line, str], str]
"""Gives a value in the form that the page takes; empty if it was reported."""


class Links:
    """What the links of one project can lead to."""

    def __init__(self, desk: Desk, statements: Mapping[str, Statement]) -> None:
        """Take what was read so far: names from the desk, and all statements."""
        self._desk = desk
        self._ids = statements
        self._claims = {one.proposition: one for one in statements.values()}
        self._pairs = {
            tuple(sorted((one.subject, one.object))) for one in statements.values()
        }
        self._voices = {one.voice for one in statements.values() if one.counts}
        self._readers: dict[str, Reader] = {
            **{key: _choice(values) for key, values in _CHOICES.items()},
            "p": self._perspective,
            "c": self._perspective,
            "src": self._source,
            "sel": self._selection,
            "to": self._actor,
            "k": _form(re.compile("[1-9][0-9]*"), "is not a number of actors"),
            "t": _months,
            "v": _form(_POSITION, "is not a place and a zoom: x,y,zoom"),
        }

    @property
    def keys(self) -> frozenset[str]:
        """All keys that a link may have."""
        return frozenset(self._readers)

    def read(self, line: Line) -> str:
        """Read the link of a step; what leads nowhere is reported and left out.

        A whole address is as good as the part behind its ``#``.
        """
        text = line.text("link")
        _, mark, after = text.partition("#")
        state = after if mark else text
        kept: dict[str, str] = {}
        for part in filter(None, state.split("&")):
            pairs = parse_qsl(part.replace("+", "%2B"), keep_blank_values=True)
            if "=" not in part or not pairs:
                line.report("WS117", "link", value=part)
                continue
            key, value = pairs[0]
            if key in kept:
                line.report("WS117", "link", value=key, text="stands twice in the link")
            elif (read := self._value(line, key, value)) is not None:
                kept[key] = read
        return "&".join(f"{key}={quote(kept[key], safe=_SAFE)}" for key in kept)

    def _value(self, line: Line, key: str, value: str) -> str | None:
        reader = self._readers.get(key)
        if reader is None:
            line.report(
                "WS117",
                "link",
                value=key,
                text="is not a key that the view knows",
                fix=nearest(key, sorted(self.keys)),
            )
            return None
        if key not in _SEVERAL:
            return reader(line, value) or None
        read = [reader(line, part) for part in value.split(".") if part]
        return ".".join(filter(None, read)) if any(read) or not value else None

    def _perspective(self, line: Line, text: str) -> str:
        if text == "all":
            return text
        if not text.startswith("@"):
            return self._source(line, text)
        slug = line.refer(self._desk.actor_register, "link", text[1:], "WS116")
        if slug is not None and slug not in self._voices:
            line.report("WS116", "link", value=slug, text="is nobody's voice here")
            return ""
        return f"@{slug}" if slug else ""

    def _source(self, line: Line, text: str) -> str:
        return line.refer(self._desk.source_register, "link", text, "WS116") or ""

    def _actor(self, line: Line, text: str) -> str:
        return line.refer(self._desk.actor_register, "link", text, "WS116") or ""

    def _selection(self, line: Line, text: str) -> str:
        kind, _, rest = text.partition(":")
        match kind:
            case "n":
                slug = self._actor(line, rest)
                return f"n:{slug}" if slug else ""
            case "s":
                return self._statement(line, rest)
            case "p" if rest.count("|") == 1:
                return self._pair(line, *rest.split("|"))
            case "e" if rest.count("|") == 2:
                return self._claim(line, *rest.split("|"))
        line.report(
            "WS117",
            "link",
            value=text,
            text="is not a selection",
            instructions="n:actor, p:actor|actor, e:subject|relation|object or s:statement",
        )
        return ""

    def _statement(self, line: Line, text: str) -> str:
        if text in self._ids:
            return f"s:{text}"
        begun = [id for id in self._ids if len(text) >= 6 and id.startswith(text)]
        line.report(
            "WS116",
            "link",
            value=text,
            text="is not the id of a statement",
            fix=begun[0] if len(begun) == 1 else "",
            instructions="copy the link from the view again",
        )
        return ""

    def _pair(self, line: Line, first: str, second: str) -> str:
        ends = sorted((self._actor(line, first), self._actor(line, second)))
        if not all(ends):
            return ""
        if tuple(ends) not in self._pairs:
            pair = " and ".join(ends)
            line.report("WS116", "link", value=pair, text="are in no claim together")
            return ""
        return f"p:{ends[0]}|{ends[1]}"

    def _claim(self, line: Line, subject: str, relation: str, object: str) -> str:
        ends = [self._actor(line, subject), self._actor(line, object)]
        found = self._desk.relation(relation)
        if found is None:
            fix, near = self._desk.near_relations(relation)
            line.report(
                "WS116",
                "link",
                value=relation,
                text="is not a known relation",
                fix=fix,
                instructions=f"did you mean: {' or '.join(near)}" if near else "",
            )
        if found is None or not all(ends):
            return ""
        known, turned = found
        if turned:
            ends.reverse()
        if known.symmetric:
            ends.sort()
        if f"{ends[0]}_{known.id}_{ends[1]}" not in self._claims:
            line.report(
                "WS116",
                "link",
                value=" ".join((ends[0], known.id, ends[1])),
                text="is a claim that no statement is about",
                instructions="copy the link from the view again",
            )
            return ""
        return f"e:{ends[0]}|{known.id}|{ends[1]}"


def _choice(values: tuple[str, ...]) -> Reader:
    def read(line: Line, text: str) -> str:
        if text in values:
            return text
        listed = "one of: " + ", ".join(values)
        fix = nearest(text, values)
        line.report("WS117", "link", value=text, fix=fix, instructions=listed)
        return ""

    return read


def _form(pattern: re.Pattern[str], wrong: str) -> Reader:
    def read(line: Line, text: str) -> str:
        if pattern.fullmatch(text):
            return text
        line.report("WS117", "link", value=text, text=wrong)
        return ""

    return read


def _months(line: Line, text: str) -> str:
    """Read two months, from and to: ``2031-02.2031-05``, or counted as the page does."""
    months = text.split(".")
    if len(months) == 2 and all(re.fullmatch(r"-?\d+(-\d\d)?", one) for one in months):
        return text
    line.report(
        "WS117",
        "link",
        value=text,
        text="are not two months",
        instructions="write 2031-02.2031-05",
    )
    return ""
