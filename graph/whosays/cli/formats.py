"""Formats of reading verbs: the option first, then the suffix of the output file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from whosays.errors import UsageError
from whosays.rows import FORMATS, Rows, Streamed, texts

ROWS = FORMATS
"""The formats that every table of ours is written in."""

_ALIASES = {
    "ttl": "turtle",
    "text/turtle": "turtle",
    "markdown": "md",
    "txt": "text",
    "jsonl": "ndjson",
    "bib": "bibtex",
    "htm": "html",
}


def format_of(given: str, output: Path | None, known: Sequence[str]) -> str:
    """Choose a format: what was asked for, else the suffix, else the first known.

    Raises:
        UsageError: there is no such format; the nearest is suggested.
    """
    suffix = output.suffix.removeprefix(".") if output and str(output) != "-" else ""
    wanted = (given or suffix).lower()
    return chosen("format", _ALIASES.get(wanted, wanted), known) if wanted else known[0]


def chosen(what: str, given: str, known: Sequence[str]) -> str:
    """Accept one of a closed list, else suggest the nearest.

    Raises:
        UsageError: the value is not of the list.
    """
    if given in known:
        return given
    from difflib import get_close_matches

    near = get_close_matches(given, known, 1, 0.4)
    hint = f"Did you mean: {near[0]}. " if near else ""
    raise UsageError(f"no {what} “{given}”", f"{hint}Use one of {', '.join(known)}")


def encoded(rows: Rows, format: str) -> bytes:
    """Write a table in one of ``ROWS``."""
    return b"".join(written(rows, format))


def written(rows: Rows | Streamed, format: str) -> Iterator[bytes]:
    """Write a table in one of ``ROWS``, some rows at a time."""
    for text in texts(rows.columns, rows.records, format):
        yield text.encode(errors="replace")
