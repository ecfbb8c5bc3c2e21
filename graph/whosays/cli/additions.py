"""What was added to a project and what that changes, laid out for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from whosays.cli.output import columns_of, fold, width
from whosays.text import count_of

if TYPE_CHECKING:
    from whosays.curating import Added

_INDENT = 16
_DETAIL = 53  # the column in which voices are counted, where the claim leaves room


def added_lines(added: Added) -> Iterator[str]:
    """Lay out what was added and what that changes."""
    verb = "would add" if added.dry_run else "added"
    count = len(added.statements)
    there = f"{added.known:,} {'is' if added.known == 1 else 'are'} there already"
    if not added.files:
        yield f"nothing to add: {there if added.known else 'the tables hold no rows'}"
        return
    files = [file for file in added.files if "/" in file] or [*added.files]
    yield f"{verb} {count_of(count, 'statement')}   {' '.join(files)}"
    more = [
        (added.sources, "source"),
        (added.actors, "actor"),
        (added.names, "name"),
    ]
    parts = [count_of(len(found), word) for found, word in more if found]
    if added.actors:
        slugs = ", ".join(actor.slug for actor in added.actors)
        parts[parts.index(count_of(len(added.actors), "actor"))] += f" ({slugs})"
    if parts:
        for line in fold(", ".join(parts), width() - 6):
            yield f"      {line}"
    if added.known:
        yield f"      {there}"
    yield "what this changes"
    listed = added.effects.listed
    if not listed:
        yield "  no change in meaning"
    for kind in dict.fromkeys(effect.kind for effect in listed):
        found = added.effects.of(kind)
        if kind.startswith("first"):
            yield from _block(kind, ", ".join(effect.text for effect in found), "")
        else:
            for effect in found:
                yield from _block(kind, effect.text, effect.detail)
    if weaker := added.effects.weaker:
        pairs = count_of(weaker, "weaker pair")
        yield f"  {pairs} of statements not listed: whosays disputes"


def _block(kind: str, text: str, detail: str) -> Iterator[str]:
    head = f"  {kind:<13} "
    room = width() - _INDENT
    if detail and columns_of(text) < _DETAIL - _INDENT:
        one = text + " " * (_DETAIL - _INDENT - columns_of(text)) + detail
        lines = [one] if columns_of(one) <= room else [text, detail]
    else:
        lines = [*fold(text, room), *([detail] if detail else [])]
    yield head + lines[0]
    for line in lines[1:]:
        yield " " * _INDENT + line
