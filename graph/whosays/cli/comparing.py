"""Perspectives and comparisons as text of 80 columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from whosays.cli.output import fold, width
from whosays.model import Collection, DisputeKind, Stance
from whosays.perspectives import Comparison, Held, Match, Perspective, Silence
from whosays.perspectives.table import claim_label
from whosays.text import clean_text

KINDS = {
    DisputeKind.DIRECT: "",
    DisputeKind.ENTAILED: "what is affirmed is a special case of what is denied",
    DisputeKind.PARTIAL: "what is denied is a part of what is affirmed",
    DisputeKind.RELATIONAL: "both are affirmed and exclude each other",
    DisputeKind.TENSE: "both are affirmed and sit ill together",
}
_T = TypeVar("_T")
_SHORT = 6
_LABEL = 2  # columns that everything below a heading is set in by


def lines(found: Perspective | Comparison, limit: int) -> Iterator[str]:
    """Write a perspective or a comparison; ``limit`` 0 writes every entry."""
    if isinstance(found, Comparison):
        yield from _comparison(found, limit)
    else:
        yield from _perspective(found, limit)


def _perspective(found: Perspective, limit: int) -> Iterator[str]:
    held = found.held
    yield from _set(found.title, 0)
    counts = Counter(statement.stance for statement in found.statements)
    parts = [f"{counts[stance]} {stance}" for stance in Stance if counts[stance]]
    claims = _counted(len(held), "claim")
    total = _counted(len(found.statements), "statement")
    yield from _set(f"{total} on {claims}: {', '.join(parts) or 'none'}", 0)
    yield ""
    for one in _some(held, limit):
        yield from _set(claim_label(one, found.collection), _LABEL)
        yield from _side("", one, found.collection)
    yield from _more(len(held), limit)


def _comparison(found: Comparison, limit: int) -> Iterator[str]:
    collection = found.a.collection
    for mark, party in (("A", found.a), ("B", found.b)):
        count = _counted(len(party.statements), "statement")
        yield from _set(f"{mark}  {party.title}: {count}", 0, 3)
    yield from _section("CONTRADICT", found.contradict, collection, limit)
    yield from _section("CANNOT BOTH HOLD", found.clash, collection, limit)
    yield from _section("AGREE", found.agree, collection, limit)
    yield from _section("BOTH SPEAK OF IT", found.beside, collection, limit)
    yield from _section("ONLY A", found.only_a, collection, limit)
    yield from _section("ONLY B", found.only_b, collection, limit)
    yield from _silent("A IS SILENT ON", "B", found.a_silent, collection, limit)
    yield from _silent("B IS SILENT ON", "A", found.b_silent, collection, limit)
    if not (found.a.statements or found.b.statements):
        yield ""
        yield "Neither says anything there."


def _section(
    heading: str, matches: Sequence[Match], collection: Collection, limit: int
) -> Iterator[str]:
    if not matches:
        return
    yield ""
    yield f"{heading} ({len(matches)})"
    for match in _some(matches, limit):
        one, other = match.a, match.b
        yield from _set(claim_label(match.claim, collection), _LABEL)
        if one is not None:
            yield from _side("A ", one, collection)
        if other is not None:
            if one is not None and one.claim != other.claim:
                yield from _set(claim_label(other, collection), _LABEL)
            yield from _side("B ", other, collection)
        reason = "; ".join(
            text
            for text in (KINDS[match.kind] if match.kind else "", match.reason)
            if text
        )
        if reason:
            yield from _set(f"({reason})", 4, 5)
    yield from _more(len(matches), limit)


def _silent(
    heading: str,
    speaker: str,
    silences: Sequence[Silence],
    collection: Collection,
    limit: int,
) -> Iterator[str]:
    if not silences:
        return
    yield ""
    yield f"{heading} ({len(silences)})"
    for silence in _some(silences, limit):
        first, second = map(collection.label, silence.actors)
        pair = first if first == second else f"{first} and {second}"
        count = _counted(len(silence.statements), "statement")
        yield from _set(f"{pair}: {count} of {speaker}", _LABEL, 4)
    yield from _more(len(silences), limit)


def _side(mark: str, held: Held, collection: Collection) -> Iterator[str]:
    """Write who takes which stance where, with the shortest ids."""
    stances = ", ".join(held.stances)
    voices = ", ".join(map(collection.label, held.voices))
    sources = ", ".join(held.sources)
    ids = [statement.id[:_SHORT] for statement in held.statements]
    more = f" +{len(ids) - 1}" if len(ids) > 1 else ""
    rejected = ", quoted in order to be rejected" if held.rejected else ""
    text = f"{mark}{stances}: {voices} ({sources}){rejected} {ids[0]}{more}"
    yield from _set(text, 4, 8)


def _set(text: str, indent: int, hanging: int = -1) -> Iterator[str]:
    """Fold a text, its later lines set in further."""
    hanging = indent + 2 if hanging < 0 else hanging
    first, *_ = fold(clean_text(text), width() - indent)
    yield " " * indent + first
    rest = " ".join(clean_text(text).split())[len(first) :].strip()
    if rest:
        for line in fold(rest, width() - hanging):
            yield " " * hanging + line


def _some(items: Sequence[_T], limit: int) -> Sequence[_T]:
    return items[:limit] if limit else items


def _more(count: int, limit: int) -> Iterator[str]:
    if limit and count > limit:
        yield f"  … {count - limit} more: --limit 0, or -f csv"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
