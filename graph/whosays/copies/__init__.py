"""Local copies of the texts behind a project: kept outside version control.

A text is other people's. It lies in a folder that git ignores, and the project knows
its name and hash only, so that whoever holds the same text can check every locator.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from whosays import inputs, lookup
from whosays.copies.keeping import Attached, attach
from whosays.copies.searching import Hit, hits
from whosays.errors import MissingFile, OutsideError
from whosays.model import Collection
from whosays.rows import Rows

__all__ = ["COLUMNS", "Attached", "Hit", "Located", "attach", "hits", "locate"]

COLUMNS = ("source", "locator", "para_sha", "start", "end", "last")
"""The columns of a search: paragraph, its hash, the place in code points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where words stand in the text of a source, and whether that text was changed."""

    source: str
    hits: tuple[Hit, ...]
    changed: bool

    def to_rows(self) -> Rows:
        """Give a row per hit; nothing of the text is in it."""
        return Rows.of(
            COLUMNS,
            (
                (self.source, h.locator, h.para_sha, h.start, h.end, f"p{h.last}")
                for h in self.hits
            ),
        )


def locate(path: Path, collection: Collection, source: str, words: str) -> Located:
    """Find the paragraphs of a source in which words stand.

    Args:
        path: The folder of the project.
        collection: Its records.
        source: A source in any spelling.
        words: Words in a row; case, quotes, dashes and line breaks do not count.

    Raises:
        UnknownName: no source has that name.
        MissingFile: the project has no copy of its text.
        OutsideError: the copy cannot be read.
    """
    slug = lookup.source(collection, source)
    one = collection.sources[slug]
    file = inputs.root_of(path) / collection.settings.texts / one.file
    if not one.file or not inputs.is_file(file):
        raise MissingFile(
            f"there is no text of {slug} here",
            f"Keep a copy of it: whosays source attach {slug} TEXTFILE",
        )
    data = inputs.read_bytes(file)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise OutsideError(
            f"{file} is not UTF-8: byte {error.start:,}", "Save it as UTF-8", "WS501"
        ) from error
    digest = hashlib.sha256(data).hexdigest()
    return Located(
        source=slug,
        hits=tuple(hits(text, words, one.blocks)),
        changed=bool(one.sha256) and one.sha256 != digest,
    )
