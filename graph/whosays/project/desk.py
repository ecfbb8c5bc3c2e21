"""What the readers of one project share: the names known so far and the findings.

A bad cell becomes a problem with its place; it never stops the reading, so that a
curator sees everything that is wrong in one run.
"""

from __future__ import annotations

from typing import Any

from whosays import dates, inputs, matching, problems
from whosays.model import Actor, ActorType, Relation, Settings, Source
from whosays.problems import Ledger, Problem
from whosays.project.register import SUGGESTIONS, Register, winner
from whosays.project.twins import Twins
from whosays.vocab import Vocabulary


class Desk:
    """The state of one reading; readers fill it table by table."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Start with a vocabulary and nothing else."""
        self.vocabulary = vocabulary
        self.settings = Settings(name="", title="")
        self.problems = Ledger()
        self.actors: dict[str, Actor] = {}
        self.sources: dict[str, Source] = {}
        self.source_dates: dict[str, dates.Edtf | None] = {}
        self.twins = Twins()
        self.unsure: set[str] = set()
        self.headers: dict[str, tuple[str, ...]] = {}
        self.for_new: dict[str, str] = {}  # where a new record goes, by table
        self.settled: dict[str, Any] = {}  # what its readers remember
        self.new_tables: set[str] = set()  # those that are no part of the project yet
        self.actor_register = Register(noun="actor", table=inputs.ACTORS, code="WS103")
        self.source_register = Register(
            noun="source", table=inputs.SOURCES, code="WS105"
        )
        self._dates: dict[str, dates.Edtf | dates.DateError] = {}
        self._relations: dict[str, tuple[Relation, bool] | None] = {}
        self._near_relations: dict[str, tuple[str, list[str]]] = {}

    def is_new(self, table: str) -> bool:
        """Tell whether a table is no part of the project yet."""
        return table in self.new_tables

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

    def near_relations(self, text: str) -> tuple[str, list[str]]:
        """Suggest relations for an unknown one: (the one to paste, all that are near).

        They are found by id, label, inverse label or alias.
        """
        found = self._near_relations.get(text)
        if found is None:
            if len(self._near_relations) >= SUGGESTIONS:
                return "", []
            names = {
                relation.id: (
                    relation.label,
                    relation.inverse_label,
                    *relation.aliases,
                )
                for relation in self.vocabulary.relations.values()
            }
            near = matching.suggest(text, names)
            found = self._near_relations[text] = (winner(text, near, names), near)
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
