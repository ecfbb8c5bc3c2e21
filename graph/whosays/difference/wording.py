"""The difference of two versions in words: for a terminal, and for a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from whosays.difference.disputed import Disagreement
from whosays.difference.pairing import Field
from whosays.difference.records import Difference, Said, Thing
from whosays.text import flat
from whosays.text import markdown as escaped

_LESS = "\N{MINUS SIGN}"
_MARKS = {
    "added": "+",
    "gained": "+",
    "accepted": "+",
    "widened": "+",
    "removed": _LESS,
    "lost": _LESS,
    "rejected": _LESS,
    "retracted": _LESS,
    "superseded": _LESS,
    "narrowed": _LESS,
}
_PLURALS = {
    "dispute": "disputes",
    "statement": "statements",
    "actor": "actors",
    "source": "sources",
    "relation": "relations",
    "incompatibility": "incompatibilities",
    "name": "names",
    "settings": "settings",
}
_WORDS = {"candidate": "made a candidate again"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One change: its mark, how it changed, what it is, and what is to be said of it."""

    mark: str
    change: str
    text: str
    below: tuple[str, ...] = ()


def summary(difference: Difference) -> str:
    """Count the changes in one line."""
    counts = difference.counts()
    parts = []
    for what, plural in _PLURALS.items():
        found = [(change, n) for (kind, change), n in counts.items() if kind == what]
        if found:
            noun = what if found[0][1] == 1 else plural
            (first, number), *rest = found
            told = [f"{number} {noun} {_word(first)}"]
            told += [f"{n} {_word(change)}" for change, n in rest]
            parts.append(", ".join(told))
    return " · ".join(parts) or "no change in meaning"


def sections(difference: Difference) -> Iterator[tuple[str, list[Line]]]:
    """Give the changes by what has changed, disputes first."""
    if difference.disputes:
        yield "disputes", [_dispute(one) for one in difference.disputes]
    if difference.statements:
        yield "statements", [_said(one) for one in difference.statements]
    for kind, plural in _PLURALS.items():
        things = [_thing(one) for one in difference.things if one.kind == kind]
        if things:
            yield plural, things


def text(difference: Difference) -> Iterator[tuple[int, str]]:
    """Give the lines for a terminal, each with its indent; who prints folds them."""
    yield 0, f"{difference.old} → {difference.new}"
    yield 0, summary(difference)
    for note in notes(difference):
        yield 0, note
    for title, lines in sections(difference):
        yield 0, ""
        yield 0, title.upper()
        for line in lines:
            yield 2, f"{line.mark} {line.change}: {line.text}"
            for below in line.below:
                yield 6, below


def markdown(difference: Difference) -> str:
    """Write the difference as Markdown, ready for a pull request."""
    lines = [
        f"### What changes from {escaped(difference.old)} to {escaped(difference.new)}",
        "",
        escaped(summary(difference)),
    ]
    for note in notes(difference):
        lines += ["", escaped(note)]
    for title, changes in sections(difference):
        lines += ["", f"**{title.capitalize()}**", ""]
        for line in changes:
            lines.append(f"- {line.change}: {escaped(line.text)}")
            lines += [f"  - {escaped(below)}" for below in line.below]
    return "\n".join(lines) + "\n"


def notes(difference: Difference) -> Iterator[str]:
    """Say what could not be compared."""
    for name, count in zip(
        (difference.old, difference.new), difference.errors, strict=True
    ):
        if count:
            errors = "1 error" if count == 1 else f"{count} errors"
            yield f"{name} has {errors}: rows with errors are not compared"


def _word(change: str) -> str:
    return _WORDS.get(change, change)


def _dispute(one: Disagreement) -> Line:
    counts = ", ".join(_voices(field) for field in one.fields)
    return Line(
        mark=_MARKS[one.change], change=one.change, text=f"{flat(one.title)} ({counts})"
    )


def _voices(field: Field) -> str:
    """Count a side: ``2 affirm``, or ``1 → 2 deny`` where it was another number."""
    if field.was in ("0", field.becomes):
        return f"{field.becomes} {field.name}"
    if field.becomes == "0":
        return f"{field.was} {field.name}"
    return f"{field.was} → {field.becomes} {field.name}"


def _said(one: Said) -> Line:
    said = one.statement
    place = " ".join(part for part in (one.source, said.locator) if part)
    below = [] if one.fields or not said.gist else [flat(said.gist)]
    if one.was is not None and one.was.id != said.id:
        below.append(f"was {one.was.id}")
    elif said.supersedes and one.change == "added":
        below.append(f"supersedes {', '.join(said.supersedes)}")
    return Line(
        mark=_MARKS.get(one.change, "~"),
        change=_word(one.change),
        text=f"{flat(one.title)} ({flat(place)}, {said.id})",
        below=(*below, *map(_field, one.fields)),
    )


def _thing(one: Thing) -> Line:
    label = f"{one.id} ({flat(one.label)})" if one.kind != "name" else flat(one.label)
    return Line(
        mark=_MARKS.get(one.change, "~"),
        change=one.change,
        text=label,
        below=tuple(map(_field, one.fields)),
    )


def _field(one: Field) -> str:
    was, becomes = (
        f"“{flat(side)}”" if side else "nothing" for side in (one.was, one.becomes)
    )
    return f"{one.name}: {was} → {becomes}"
