"""What every part of the work has to know: it is packed once and sent to all."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from functools import cache
from typing import Self
from zlib import crc32

from whosays.model import Collection, Statement
from whosays.problems import Ledger
from whosays.project.batch import LISTED
from whosays.project.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A project, its new actors and sources included, apart from all statements.

    ``packed`` is the desk at which rows are read; ``published`` are the ids, sorted,
    of the statements that the project has already.
    """

    packed: bytes
    published: tuple[str, ...]
    collection: Collection

    @classmethod
    def of(cls, desk: Desk, published: tuple[str, ...], collection: Collection) -> Self:
        """Pack a desk; what is said against rows from now on stays in each part."""
        told, desk.problems = desk.problems, Ledger(LISTED)
        desk.problems.allow(told.allowed)
        desk.actor_register.forget()
        desk.source_register.forget()
        desk.settled.clear()
        packed = pickle.dumps(desk, pickle.HIGHEST_PROTOCOL)
        desk.problems = told
        return cls(packed=packed, published=published, collection=collection)

    def desk(self) -> Desk:
        """Unpack a desk of one's own: the same for each part, whoever reads it."""
        desk: Desk = pickle.loads(self.packed)
        return desk


class Groups:
    """Tells which statements belong together: those of a pair of actors, rolled up.

    Whatever repeats, mirrors or disputes a statement speaks of actors with the same
    two at the top of their chains. So a group needs to know of no other.
    """

    def __init__(self, collection: Collection) -> None:
        """Look up each chain of actors only once."""
        self._top = cache(lambda slug: collection.lineage(slug)[-1])

    def of(self, statement: Statement) -> str:
        """Name the group of a statement."""
        return "\x1f".join(
            sorted(map(self._top, (statement.subject, statement.object)))
        )


def number_of(group: str) -> int:
    """Turn a group into a number that is the same on every machine."""
    return crc32(group.encode())
