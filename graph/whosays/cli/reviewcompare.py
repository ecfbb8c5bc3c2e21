"""Two people's decisions about the same candidates, laid out for people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from whosays.cli.agreement import variables_table
from whosays.cli.formats import ROWS, encoded, format_of
from whosays.cli.output import deliver, write_data

if TYPE_CHECKING:
    from whosays.review import Compared


def show(
    path: Path, source: str, one: str, other: str, format: str, output: Path | None
) -> int:
    """Compare what one decided with what another did, and list what differs.

    Raises:
        DataError: a line of a log is no decision.
        UsageError: one of them has decided nothing about the source.
    """
    from whosays import lookup, project, review
    from whosays.cli.paper import paper

    form = format_of(format, output, ("text", *ROWS))
    held = project.read(path).collection
    slug = lookup.source(held, source)
    symmetric = frozenset(each.id for each in held.relations.values() if each.symmetric)
    found = review.compared(
        *(review.side(path, slug, who) for who in (one, other)),
        names=(one or "this project", other),
        symmetric=symmetric,
    )
    if form == "text":
        lines = [line for text in _lines(found) for line in text.split("\n")]
        deliver("\n".join(paper().folded(lines)), output)
    else:
        write_data(encoded(found.to_rows(), form), output)
    return 0


def _lines(found: Compared) -> Iterator[str]:
    one, other = found.names
    yield f"{one} and {other}"
    yield f"  {len(found.twice)} decided by both, {found.alike} of them alike"
    yield f"  only by {one}: {found.only[0]} · only by {other}: {found.only[1]}"
    if not found.twice:
        return
    yield ""
    yield variables_table(found.variables)
    rows = [*found.to_rows()]
    if rows:
        yield ""
        yield "TO SETTLE"
    for row in rows:
        yield f"  {row['locator']}  {row['reading']}   {row['candidate']}"
        yield f"      {row['column']}: {row['first']} | {row['second']}"
