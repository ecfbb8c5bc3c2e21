"""Answer the reading verbs from the tables of a project, reading only what they need.

What a person typed is understood first; then the rows that can matter are read, and the
answer is made of them as it would be made of everything.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Unpack

from whosays import answers, lookup
from whosays.answers import Widest
from whosays.errors import UnknownName, UsageError
from whosays.excerpts import Excerpt, Excerpts
from whosays.model import Outline

if TYPE_CHECKING:
    from whosays.answers import (
        Card,
        Contested,
        Disputed,
        Dossier,
        Entry,
        Narrowing,
        Outlined,
        Reading,
        Speech,
    )
    from whosays.answers.colliding import Colliding
    from whosays.index import Index
    from whosays.model import Collection
    from whosays.perspectives import Comparison, Perspective


class Answering:
    """Questions to one index."""

    def __init__(self, index: Index) -> None:
        """Read nothing but settings and vocabulary."""
        self._index = index
        self._excerpts = Excerpts(index)

    @property
    def names(self) -> Collection:
        """The actors, sources and relations, to understand names by; no statements."""
        return self._excerpts.nothing

    def that(
        self,
        slots: tuple[str, str, str],
        *,
        related: bool = False,
        **narrowing: Unpack[Narrowing],
    ) -> Card:
        """Say who affirms, denies or questions a claim; see `answers.that`."""
        text = _text(narrowing)
        asked, _ = answers.resolved(self._excerpts.nothing, *slots, bool(text))
        if related:  # claims that follow from each other may have other ends
            part = self._excerpts.everything()
        else:
            part = self._excerpts.of_claim(*asked, text=text)
        return answers.that(part, part.disputes, *slots, related=related, **narrowing)

    def about(
        self, actor: str, *, related: bool = False, **narrowing: Unpack[Narrowing]
    ) -> Dossier:
        """Gather everything said of an actor; see `answers.about`."""
        slug, text = self._actor(actor), _text(narrowing)
        part = self._excerpts.about(slug, text, related=related)

        def issues(slug: str) -> tuple[Contested, ...]:
            whole = self._excerpts.of_actor(slug, text)
            return answers.contested(whole, whole.disputes, [slug], **narrowing)

        def outlines() -> list[Outlined]:
            return self._outlines(part, slug)

        left_out = any(value for key, value in narrowing.items() if key != "status")
        whole = not (left_out or related or part.actors[slug].parent)
        return answers.dossier(
            part,
            issues,
            actor,
            outlines=outlines if whole else None,
            related=related,
            **narrowing,
        )

    def _outlines(self, part: Collection, slug: str) -> list[Outlined]:
        """Outline the issues of an actor that belongs to nobody: each is whole."""
        ids = {
            "_".join(sorted(map(part.top, ends)))
            for ends in self._index.pairs_of("disputed", slug)
            if any(slug in part.lineage(end) for end in ends)
        }
        listed = json.dumps(sorted(ids))
        among = "id IN (SELECT value FROM json_each(?))"
        return [
            answers.counted(one) for one in self._index.where(Outline, among, listed)
        ]

    def by(self, voice: str, /, **narrowing: Unpack[Narrowing]) -> Speech:
        """Gather what a voice says; see `answers.by`."""
        part = self._excerpts.of_voice(self._actor(voice), _text(narrowing))
        return answers.by(part, voice, **narrowing)

    def within(self, source: str, /, **narrowing: Unpack[Narrowing]) -> Reading:
        """Gather what a source holds; see `answers.within`."""
        slug = lookup.source(self._excerpts.nothing, source)
        part = self._excerpts.of_source(slug, _text(narrowing))
        return answers.within(part, source, **narrowing)

    def disputes(
        self, actors: Sequence[str], **narrowing: Unpack[Narrowing]
    ) -> Disputed:
        """Say what is disputed; see `answers.disputed`."""
        if actors:
            part = self._excerpts.of_actor(self._actor(actors[0]))
        else:
            part = self._excerpts.everything()
        return answers.disputed(part, part.disputes, actors, **narrowing)

    def colliding(
        self, actors: Sequence[str], **narrowing: Unpack[Narrowing]
    ) -> Colliding:
        """Say what is disputed, pair by pair; see `answers.colliding`."""
        from whosays.answers.colliding import Colliding  # only where rows are asked for

        return Colliding(self._excerpts.nothing, actors, **narrowing)

    def widest(self, limit: int) -> Widest:
        """Outline so many issues, widest first, and count the others."""
        found = self._index.where(Outline, "rowid <= ?", limit)
        part = self._excerpts.of_outlines(found)
        total = int(self._index.column("SELECT COUNT(*) FROM outline")[0])
        hidden = answers.hidden(
            (total - len(found), "issue of fewer voices", "--all"),
            (
                self._index.found().own,
                "pair of one voice with itself",
                "whosays check",
            ),
        )
        issues = answers.widest(part, found, part.disputes)
        return Widest(collection=part, issues=issues, hidden=hidden)

    def perspective(self, name: str, *, since: str, until: str) -> Perspective:
        """Give what somebody says; see `perspectives.named`."""
        from whosays import perspectives  # only where they are asked for

        names = self._excerpts.nothing
        who = perspectives.named(names, name, since=since, until=until)
        voices = [
            *who.voices,
            *chain.from_iterable(map(self._excerpts.family, who.sides)),
        ]
        return perspectives.select(
            self._excerpts.of_sayings(voices, who.sources),
            voices=who.voices,
            sources=who.sources,
            sides=who.sides,
            since=since,
            until=until,
        )

    def compare(self, a: str | Perspective, b: str | Perspective) -> Comparison:
        """Compare two perspectives; see `perspectives.compare`."""
        from whosays import perspectives  # only where they are asked for

        one, other = (
            self.perspective(given, since="", until="")
            if isinstance(given, str)
            else given
            for given in (a, b)
        )
        part = self._excerpts.between(one.statements, other.statements)
        a, b = (
            replace(side, collection=part)
            if isinstance(side.collection, Excerpt)
            else side
            for side in (one, other)
        )
        return perspectives.compare(a, b, part.disputes)

    def show(self, id: str) -> Entry:
        """Show one thing with all its fields; see `answers.show`."""
        part = self.around(id)
        return answers.show(part, part.disputes, id)

    def around(self, id: str) -> Excerpt:
        """Take what an id of any kind may be answered from."""
        lookup.demand("thing to show", id)
        text = id.strip().replace(".", "_")
        parts = text.split("_")
        try:
            if len(parts) == 3:
                left, middle, right = parts
                asked, _ = answers.resolved(self._excerpts.nothing, left, middle, right)
                return self._excerpts.of_claim(*asked)
            if len(parts) == 2:
                return self._excerpts.of_actor(self._actor(parts[0]))
        except (UnknownName, UsageError):
            return self._excerpts.everything()  # it says what it misses
        return self._excerpts.of_id(text.lower())

    def _actor(self, text: str) -> str:
        return lookup.actor(self._excerpts.nothing, text)


def _text(narrowing: Narrowing) -> str:
    """Give the words that are searched for."""
    return narrowing.get("text", "")
