"""The difference of two versions, as frozen records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from whosays.difference.disputed import Disagreement
from whosays.difference.pairing import Field
from whosays.model import Statement
from whosays.rows import Rows

COLUMNS = (
    "what",
    "change",
    "id",
    "title",
    "source",
    "locator",
    "field",
    "was",
    "becomes",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement that is another in the newer version.

    ``change`` is ``added``, ``removed``, ``restated``, or what became of its status:
    ``accepted``, ``rejected``, ``retracted``, ``superseded``, ``candidate``. ``was``
    is the older statement, None if there was none. ``title`` says it in words.
    """

    change: str
    statement: Statement
    was: Statement | None
    title: str
    source: str
    fields: tuple[Field, ...] = ()

    @property
    def id(self) -> str:
        """The id that it has now, or had last."""
        return self.statement.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """An actor, a source, a relation, a name or a setting that is another now.

    ``change`` is ``added``, ``removed``, ``renamed``, ``merged`` or ``changed``.
    """

    kind: str
    change: str
    id: str
    label: str
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All that a newer version says otherwise than an older one.

    ``errors`` counts, for either side, rows and cells that could not be read and so
    are not compared.
    """

    old: str
    new: str
    statements: tuple[Said, ...]
    disputes: tuple[Disagreement, ...]
    things: tuple[Thing, ...]
    errors: tuple[int, int] = (0, 0)

    def __bool__(self) -> bool:
        """Tell whether anything is different."""
        return bool(self.statements or self.disputes or self.things)

    def counts(self) -> Counter[tuple[str, str]]:
        """Count the changes by what has changed and how."""
        found = Counter(("statement", one.change) for one in self.statements)
        found.update(("dispute", one.change) for one in self.disputes)
        found.update((one.kind, one.change) for one in self.things)
        return found

    def to_rows(self) -> Rows:
        """Give a row for each change, and one for each field of what was restated."""
        return Rows.of(COLUMNS, self._rows())

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for clash in self.disputes:
            head = ("dispute", clash.change, clash.id, clash.title, "", "")
            for field in clash.fields:
                yield (*head, field.name, field.was, field.becomes)
        for one in self.statements:
            said = one.statement
            head = (
                "statement",
                one.change,
                one.id,
                one.title,
                said.source,
                said.locator,
            )
            for field in one.fields or (_NONE,):
                yield (*head, field.name, field.was, field.becomes)
        for thing in self.things:
            head = (thing.kind, thing.change, thing.id, thing.label, "", "")
            for field in thing.fields or (_NONE,):
                yield (*head, field.name, field.was, field.becomes)

    def to_dict(self) -> dict[str, Any]:
        """Give all of it as JSON takes it."""
        return {
            "old": self.old,
            "new": self.new,
            "errors": {"old": self.errors[0], "new": self.errors[1]},
            "disputes": [
                {
                    "change": one.change,
                    "id": one.id,
                    "title": one.title,
                    "kind": one.kind.value,
                    "fields": _fields(one.fields),
                }
                for one in self.disputes
            ],
            "statements": [
                {
                    "change": one.change,
                    "id": one.id,
                    "was": one.was.id if one.was else None,
                    "title": one.title,
                    "source": one.statement.source,
                    "locator": one.statement.locator,
                    "status": one.statement.status.value,
                    "gist": one.statement.gist,
                    "fields": _fields(one.fields),
                }
                for one in self.statements
            ],
            "things": [
                {
                    "kind": one.kind,
                    "change": one.change,
                    "id": one.id,
                    "label": one.label,
                    "fields": _fields(one.fields),
                }
                for one in self.things
            ],
        }


_NONE = Field(name="", was="", becomes="")


def _fields(fields: tuple[Field, ...]) -> list[dict[str, str]]:
    return [
        {"field": one.name, "was": one.was, "becomes": one.becomes} for one in fields
    ]
