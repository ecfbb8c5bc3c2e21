"""What the readers of one project share: the names known so far and the findings.

A bad cell becomes a problem with its place; it never stops the reading, so that a
curator sees everything that is wrong in one run.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from whosays import dates, matching, problems
from whosays import text as visible
from whosays.model import Actor, ActorType, Relation, Settings, Source
from whosays.problems import Problem
from whosays.tables import Row, Table
from whosays.vocab import Vocabulary

Choice = TypeVar("Choice", bound=StrEnum)


def plain(name: str) -> str:
    """Fold a name for exact look-up: case and blanks do not matter."""
    return " ".join(
        unicodedata.normalize("NFKC", visible.plain(name)).casefold().split()
    )


def several(text: str, separator: str = ";") -> list[str]:
    """Split a cell that holds several values; empty ones are left out."""
    return [part for part in (p.strip() for p in text.split(separator)) if part]


@dataclass(slots=True, kw_only=True)
class Register:
    """The slugs of actors or of sources, with their former slugs and other names."""

    noun: str
    table: str
    code: str
    names: dict[str, list[str]] = field(default_factory=dict)
    former: dict[str, str] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)
    _found: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    _by_name: dict[str, list[str]] | None = None
    _matcher: matching.Matcher | None = None

    def find(self, text: str) -> tuple[str, list[str]]:
        """Resolve the text of a cell: ("slug" | "former" | "named" | "", slugs).

        Only slugs, current or former, are taken; a label or an alias is recognised
        so that the right slug can be named, and else the nearest are suggested.
        """
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = self._search(text)
        return found

    def _search(self, text: str) -> tuple[str, list[str]]:
        if text in self.names:
            return "slug", [text]
        if text in self.former:
            return "former", [self.former[text]]
        if self._by_name is None:
            self._by_name = defaultdict(list)
            for slug, names in self.names.items():
                for name in dict.fromkeys(map(plain, (slug, *names))):
                    self._by_name[name].append(slug)
        if named := self._by_name.get(plain(text)):
            return "named", named
        if self._matcher is None:
            self._matcher = matching.Matcher(self.names)
        return "", self._matcher.suggest(text)


class Desk:
    """The state of one reading; readers fill it table by table."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Start with a vocabulary and nothing else."""
        self.vocabulary = vocabulary
        self.settings = Settings(name="", title="")
        self.problems: list[Problem] = []
        self.actors: dict[str, Actor] = {}
        self.sources: dict[str, Source] = {}
        self.source_dates: dict[str, dates.Edtf | None] = {}
        self.unsure: set[str] = set()
        self.headers: dict[str, tuple[str, ...]] = {}
        self.actor_register = Register(noun="actor", table="actors.csv", code="WS103")
        self.source_register = Register(
            noun="source", table="sources.csv", code="WS105"
        )
        self._dates: dict[str, dates.Edtf | dates.DateError] = {}
        self._relations: dict[str, tuple[Relation, bool] | None] = {}
        self._near_relations: dict[str, list[str]] = {}

    def report(
        self,
        code: str,
        *,
        table: str = "",
        cell: str = "",
        row: int | None = None,
        column: str = "",
        value: str = "",
        text: str = "",
        fix: str = "",
        instructions: str = "",
    ) -> Problem:
        """Keep a problem and hand it back."""
        problem = problems.problem(
            code,
            table=table,
            cell=cell,
            row=row,
            column=column,
            value=value,
            text=text,
            fix=fix,
            instructions=instructions,
        )
        self.problems.append(problem)
        return problem

    def relation(self, text: str) -> tuple[Relation, bool] | None:
        """Resolve a relation typed in any spelling, and whether it is turned round."""
        if text not in self._relations:
            found = self.vocabulary.resolve_relation(text)
            self._relations[text] = found and (
                self.vocabulary.relations[found[0]],
                found[1],
            )
        return self._relations[text]

    def near_relations(self, text: str) -> list[str]:
        """Suggest relations for an unknown one, by id, label, inverse or alias."""
        found = self._near_relations.get(text)
        if found is None:
            names = {
                relation.id: (
                    relation.id,
                    relation.label,
                    relation.inverse_label,
                    *relation.aliases,
                )
                for relation in self.vocabulary.relations.values()
            }
            found = self._near_relations[text] = matching.suggest(text, names)
        return found

    def date(self, text: str) -> dates.Edtf | dates.DateError:
        """Parse a date once, however often it occurs."""
        found = self._dates.get(text)
        if found is None:
            try:
                found = dates.parse(text)
            except dates.DateError as error:
                found = error
            self._dates[text] = found
        return found

    def is_place(self, slug: str) -> bool:
        """Tell whether things can happen there; an unsure actor gets the benefit."""
        return slug in self.unsure or self.actors[slug].type.is_place

    def speaks(self, slug: str) -> bool:
        """Tell whether it can be a voice; an unsure actor gets the benefit."""
        return slug in self.unsure or self.actors[slug].type.speaks

    def is_actor(self, slug: str) -> bool:
        """Tell whether it is more than a mere place."""
        return slug in self.unsure or self.actors[slug].type is not ActorType.PLACE


@dataclass(slots=True)
class Line:
    """One row at the desk: gives its cells and takes what is said against them."""

    desk: Desk
    table: Table
    row: Row
    good: bool = True

    def text(self, column: str) -> str:
        """Give a cell; a column that is not there is empty."""
        return self.row.cells.get(column, "")

    def report(
        self,
        code: str,
        column: str = "",
        *,
        text: str = "",
        value: str | None = None,
        fix: str = "",
        instructions: str = "",
    ) -> None:
        """Report a problem of a cell, or of the row; an error spoils the row."""
        problem = self.desk.report(
            code,
            table=self.table.name,
            cell=self.table.cell(self.row, column),
            row=self.row.number,
            column=column,
            value=self.text(column) if value is None else value,
            text=text,
            fix=fix,
            instructions=instructions,
        )
        if problem.level == "error":
            self.good = False

    def required(self, column: str) -> str:
        """Give a cell that must not be empty."""
        text = self.text(column)
        if not text:
            self.report("WS101", column)
        return text

    def choice(
        self,
        column: str,
        kind: type[Choice],
        value: str | None = None,
        *,
        code: str = "WS108",
    ) -> Choice | None:
        """Read one of a closed list; None if it is empty or not in the list."""
        text = self.text(column) if value is None else value
        if not text:
            return None
        try:
            return kind(text)
        except ValueError:
            folded = {matching.fold(member.value): member for member in kind}
            if found := folded.get(matching.fold(text)):
                return found
        near = nearest(text, [member.value for member in kind])
        self.report(
            code,
            column,
            value=text,
            fix=near,
            instructions="one of: " + ", ".join(member.value for member in kind),
        )
        return None

    def refer(
        self, register: Register, column: str, text: str, code: str = ""
    ) -> str | None:
        """Resolve a reference to an actor or a source; None if nobody has the slug."""
        how, slugs = register.find(text)
        code = code or register.code
        match how:
            case "slug":
                return slugs[0]
            case "former":
                self.report("WS112", column, value=text, fix=slugs[0])
                return slugs[0]
            case "named":
                self.report(
                    code if len(slugs) == 1 else "WS111",
                    column,
                    value=text,
                    text=f"is a name; the slug of the {register.noun} goes here",
                    fix=slugs[0] if len(slugs) == 1 else "",
                    instructions="" if len(slugs) == 1 else " or ".join(slugs),
                )
                return None
        shown = [f"{slug} ({register.names[slug][0]})" for slug in slugs]
        new = f"new {register.noun}: add it to {register.table}"
        self.report(
            code,
            column,
            value=text,
            fix=slugs[0] if len(slugs) == 1 else "",
            instructions=f"{' or '.join(shown)}; {new}" if shown else new,
        )
        return None

    def chain(self, column: str, code: str = "WS106") -> tuple[str, ...] | None:
        """Read a chain of voices, outer first; None if it is bad, () if empty."""
        text = self.text(column)
        if not text:
            return ()
        links = [part.strip() for part in text.split(">")]
        if not all(links):
            self.report("WS403", column)
            return None
        found = [self.voice(column, link, code) for link in links]
        if None in found:
            return None
        return tuple(slug for slug in found if slug is not None)

    def voice(self, column: str, text: str, code: str = "WS106") -> str | None:
        """Resolve an actor who can speak; a mere place cannot."""
        slug = self.refer(self.desk.actor_register, column, text, code)
        if slug is not None and not self.desk.speaks(slug):
            self.report("WS406", column, value=text)
            return None
        return slug

    def date(self, column: str) -> dates.Edtf | None:
        """Read a date of the EDTF subset; None if empty or bad."""
        text = self.text(column)
        if not text:
            return None
        found = self.desk.date(text)
        if isinstance(found, dates.DateError):
            self.report(
                found.code,
                column,
                text=f"{found.message}",
                fix=found.fix,
                instructions=found.hint,
            )
            return None
        return found


def nearest(text: str, values: Iterable[str]) -> str:
    """Name the nearest of a closed list, or nothing."""
    found = matching.suggest(text, {value: (value,) for value in values}, limit=1)
    return found[0] if found else ""


def lines(desk: Desk, table: Table) -> Iterator[Line]:
    """Go through the rows of a table; its own problems are taken over first."""
    desk.problems.extend(table.problems)
    desk.headers[table.name] = table.header
    for row in table.rows:
        yield Line(desk, table, row)
