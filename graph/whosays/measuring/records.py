"""Gold and predictions as frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from whosays.errors import WhosaysError
from whosays.extract.records import AUTHOR
from whosays.model import Collection

FROZEN = "frozen"
"""The part of a gold that is measured and never tuned on: only totals are told."""


class BadLine(WhosaysError, ValueError):
    """A line of gold, of predictions or of a map that cannot be used."""

    def __init__(self, message: str, path: str, line: int) -> None:
        """Put the place in front; ``line`` counts from 1."""
        self.path = path
        self.line = line
        super().__init__(
            f"{path}:{line}: {message}", "See docs/measuring.md", code="WS810"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What can be matched: a claim of a gold, or what a tool says instead.

    ``speaker`` is the innermost one: a slug, ``@author`` for who narrates or has the
    turn, or ``text:<words>``. ``modality`` is one of the ontology; ``coref``: an end is
    no name.
    """

    subject: str
    relation: str
    object: str
    stance: str = "affirms"
    speaker: str = AUTHOR
    also: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    modality: str = "actual"
    coref: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Said):
    """One statement of a gold: what a careful reader finds in a passage."""

    time: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence of a gold with its statements; ``[start, end)`` are code points.

    ``voice`` is whom ``@author`` means. Statements that are ``optional`` neither help
    nor harm who finds them or not.
    """

    id: str
    source: str
    start: int
    end: int
    text: str
    locator: str = ""
    part: str = ""
    genre: str = ""
    voice: str = ""
    gold: tuple[Claim, ...] = ()
    optional: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """Passages, and the texts and the registry that belong to them.

    ``texts`` are whole documents by source. ``skipped`` are ids of rows that cannot
    be measured here, each with the reason.
    """

    name: str
    passages: tuple[Passage, ...]
    collection: Collection
    texts: Mapping[str, str]
    skipped: tuple[tuple[str, str], ...] = ()
    folder: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction(Said):
    """A statement that a tool found in a passage."""

    tier: str = ""
    proposers: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    id: str = ""
