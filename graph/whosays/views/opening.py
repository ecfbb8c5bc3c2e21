"""What a page shows when it is opened, written as the hash of its address would be.

A reader who resets the page sees everything: an opening hides nothing for good. What
cannot be shown is refused here, since the page itself ignores what it does not know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from urllib.parse import quote

from whosays import dates
from whosays.errors import NothingFound, UsageError
from whosays.model import Collection, Statement
from whosays.perspectives import named
from whosays.views.data import Months, month, months

_AXES = {"about": "is about", "said": "was said in"}


def address(**keys: str) -> str:
    """Write the hash of an address without what is empty.

    >>> address(p="post-report", c="", sel="e:aldoria|arms|belmark")
    'p=post-report&sel=e%3Aaldoria%7Carms%7Cbelmark'
    """
    return "&".join(f"{k}={quote(v, safe='@.')}" for k, v in keys.items() if v)


def perspective(collection: Collection, shown: Iterable[Statement], name: str) -> str:
    """Name a source or a voice as the page does: ``radio-talk``, ``@mina-voss``, all.

    Raises:
        UnknownName: there is no such source or actor.
        UsageError: several are named, or a side, which the page cannot compare.
        NothingFound: nothing that is shown is theirs.
    """
    if name.strip() == "all":
        return "all"
    found = named(collection, name)
    if found.sides or len(found.voices) + len(found.sources) != 1:
        raise UsageError(
            f"“{name}” is not one source or one voice",
            "The page compares two of these; sides and sets: whosays compare",
        )
    counted = [one for one in shown if one.counts]
    if found.sources:
        present, (slug,) = {one.source for one in counted}, found.sources
    else:
        present, (slug,) = {one.voice for one in counted}, found.voices
    if slug not in present:
        raise NothingFound(
            f"no statement here is of “{collection.label(slug)}”",
            _others(collection, counted, slug),
        )
    return slug if found.sources else f"@{slug}"


def _others(collection: Collection, counted: Iterable[Statement], slug: str) -> str:
    """Name what may be meant instead: what it publishes, or who speaks most."""
    owners = {
        one.slug: (one.publisher, one.author, one.voice)
        for one in collection.sources.values()
    }
    published = [id for id, who in owners.items() if slug in who]
    if published:
        return f"Its sources: {', '.join(published[:5])}"
    most = Counter(one.voice for one in counted).most_common(5)
    return f"Here speak {', '.join(voice for voice, _ in most)}" if most else ""


def actor(shown: Iterable[Statement], slug: str) -> str:
    """Select an actor, if the page draws it; only its parts may be spoken of."""
    drawn = any(slug in (s.subject, s.object) for s in shown if s.counts)
    return f"n:{slug}" if drawn else ""


def claim(collection: Collection, statement: Statement) -> str:
    """Select the claim of a statement, its ends as the page draws them."""
    relation = collection.relations.get(statement.relation)
    ends = (statement.subject, statement.object)
    if relation is not None and relation.symmetric:
        ends = (min(ends), max(ends))
    return f"e:{ends[0]}|{statement.relation}|{ends[1]}"


def period(
    shown: Iterable[Statement], axis: str, since: str, until: str
) -> dict[str, str]:
    """Narrow the time to whole months, from the first of one date to the last of another.

    ``axis`` is ``about`` or ``said``; an empty date leaves its end open.

    Raises:
        UsageError: a date cannot be understood, or the second lies before the first.
        NothingFound: nothing dated that is shown lies there.
    """
    first = month(_date(since).earliest) if since else None
    last = month(_date(until).latest) if until else None
    if first is not None and last is not None and first > last:
        raise UsageError(f"“{since}” is later than “{until}”", "Change them round")
    spans = [months(one.valid if axis == "about" else one.said) for one in shown]
    ends = [end for span in spans if span for end in span if end is not None]
    wanted = " to ".join(dict.fromkeys([since or "…", until or "…"]))
    if not ends:
        raise NothingFound(f"no statement here says when it {_AXES[axis]}")
    start = min(ends) if first is None else first
    stop = max(ends) if last is None else last
    if not any(_meets(span, start, stop) for span in spans):
        known = f"{_written(min(ends))} to {_written(max(ends))}"
        raise NothingFound(
            f"nothing here {_AXES[axis]} {wanted}", f"The dates run from {known}"
        )
    return {"tm": axis, "t": f"{_written(start)}.{_written(stop)}"}


def _date(text: str) -> dates.Edtf:
    try:
        return dates.parse(text)
    except dates.DateError as error:
        raise UsageError(error.message, error.hint, error.code) from error


def _meets(span: Months | None, start: int, stop: int) -> bool:
    if span is None:
        return False
    first, last = span
    return (last is None or last >= start) and (first is None or first <= stop)


def _written(count: int) -> str:
    return f"{count // 12:04}-{count % 12 + 1:02}"
