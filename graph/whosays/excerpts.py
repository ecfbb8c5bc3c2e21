"""Excerpts of a project: no more records than an answer needs.

An answer about one actor should cost the same in a large project as in a small one. An
excerpt is a collection like any other to whoever answers; which rows it needs is found
by the indexes of the tables. It may hold more than is asked for, never less.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from whosays.index import Index, naming
from whosays.matching import words_of
from whosays.model import (
    Actor,
    Collection,
    Dispute,
    Incompatibility,
    Name,
    Outline,
    Relation,
    Run,
    Source,
    Statement,
    Tour,
)
from whosays.values import dataclass

R = TypeVar("R", Actor, Source)

_AMONG = "IN (SELECT value FROM json_each(?))"


class Records(Mapping[str, R], Generic[R]):
    """Actors or sources by slug, each read when it is first asked for."""

    def __init__(self, index: Index, kind: type[R]) -> None:
        """Read nothing yet."""
        self._index = index
        self._kind: type[R] = kind
        self._read: dict[str, R | None] = {}
        self._whole: dict[str, R] | None = None

    def __getitem__(self, slug: str) -> R:
        """Read one record.

        Raises:
            KeyError: there is none of that slug.
        """
        if self._whole is not None:
            return self._whole[slug]
        if slug not in self._read:
            found = self._index.where(self._kind, "slug = ?", slug)
            self._read[slug] = found[0] if found else None
        record = self._read[slug]
        if record is None:
            raise KeyError(slug)
        return record

    def known(self) -> list[R]:
        """List those that have been read so far."""
        return [one for one in self._read.values() if one is not None]

    def prepare(self, slugs: Iterable[str]) -> None:
        """Read those that will be asked for at once: one by one takes longer."""
        wanted = sorted({slug for slug in slugs if slug not in self._read})
        if self._whole is not None or not wanted:
            return
        self._read.update(dict.fromkeys(wanted))
        for one in self._index.where(self._kind, f"slug {_AMONG}", json.dumps(wanted)):
            self._read[one.slug] = one

    def __iter__(self) -> Iterator[str]:
        """Read all records, in their order."""
        return iter(self._all())

    def __len__(self) -> int:
        """Count all records."""
        return len(self._all())

    def spelled(self, key: str, *, sound: bool) -> list[str]:
        """List the slugs that are written, or that sound, like a key of `matching`."""
        return self._index.column(
            "SELECT DISTINCT slug FROM spelling "
            "WHERE kind = ? AND sound = ? AND key = ? ORDER BY rowid",
            "actor" if self._kind is Actor else "source",
            int(sound),
            key,
        )

    def alike(self, text: str) -> dict[str, R]:
        """Read those that a text may mean, and perhaps some more, in their order."""
        kind = "actor" if self._kind is Actor else "source"
        slugs = json.dumps(sorted(naming.alike(self._index, kind, text)))
        found = self._index.where(self._kind, f"slug {_AMONG}", slugs)
        return {one.slug: one for one in found}

    def _all(self) -> Mapping[str, R]:
        if self._whole is None:
            self._whole = {one.slug: one for one in self._index.all(self._kind)}
        return self._whole


def _alike(records: Mapping[str, R], text: str) -> Mapping[str, R]:
    return records.alike(text) if isinstance(records, Records) else records


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt(Collection):
    """Some statements, the disputes they take part in, and everything they name.

    An id is shortened here as far as it is in the whole project: whoever shortens some
    looks up the ids that stand next to them there.
    """

    index: Index
    disputes: tuple[Dispute, ...] = ()
    whole: bool = False

    def actors_called(self, text: str) -> Collection:
        """Leave only the actors that a text may mean, with all of their names."""
        actors = _alike(self.actors, text)
        names = self.index.where(Name, f"actor {_AMONG}", json.dumps(list(actors)))
        return replace(self, actors=actors, names=tuple(names))

    def sources_called(self, text: str) -> Collection:
        """Leave only the sources that a text may mean."""
        return replace(self, sources=_alike(self.sources, text))

    def parts(self, slug: str) -> tuple[str, ...]:
        """List who belongs directly to an actor or acts for it, by slug."""
        return tuple(self.index.listed("parts", slug))

    def statement_ids(self) -> list[str]:
        """List the ids that a shortened id must not be mistaken for, sorted."""
        own = [one.id for one in self.statements]
        if self.whole:
            return sorted(own)
        return sorted({*self.index.listed("neighbours", json.dumps(own)), *own})


class Excerpts:
    """Takes excerpts of one index; every slug must be one that it holds."""

    def __init__(self, index: Index) -> None:
        """Read what every excerpt shares: settings and vocabulary."""
        self._index = index
        relations = index.all(Relation)
        self._actors, self._sources = Records(index, Actor), Records(index, Source)
        self.nothing = Excerpt(
            index=index,
            settings=index.settings(),
            actors=self._actors,
            sources=self._sources,
            relations={one.id: one for one in relations},
            incompatibilities=tuple(index.all(Incompatibility)),
            inputs=index.inputs(),
        )

    def of_claim(
        self, subject: str, relation: str, object: str, text: str = ""
    ) -> Excerpt:
        """Take what fills a pattern, from either end; an empty slot is open.

        With a ``text`` only what has its words, here and in the others.
        """
        conditions: list[str] = []
        values: list[str] = []
        for one, other in ((subject, object), (object, subject)):
            slots = {"subject": one, "object": other, "relation": relation}
            asked = {column: slug for column, slug in slots.items() if slug}
            conditions.append(" AND ".join(f"{column} = ?" for column in asked) or "1")
            values += asked.values()
        return self._excerpt(f"({') OR ('.join(conditions)})", *values, text=text)

    def of_actor(self, slug: str, text: str = "") -> Excerpt:
        """Take what is said of an actor, its parts and those who act for it."""
        family = json.dumps(self._index.listed("family", slug))
        names = self._index.where(Name, "actor = ?", slug)
        condition = f"subject {_AMONG} OR object {_AMONG}"
        return self._excerpt(condition, family, family, names=names, text=text)

    def about(self, slug: str, text: str = "", *, related: bool) -> Excerpt:
        """Take what is said of an actor, or of its family too, without disputes."""
        names = self._index.where(Name, "actor = ?", slug)
        family = json.dumps(self.family(slug) if related else [slug])
        condition = f"subject {_AMONG} OR object {_AMONG}"
        return self._excerpt(
            condition, family, family, disputes=False, names=names, text=text
        )

    def of_voice(self, slug: str, text: str = "") -> Excerpt:
        """Take what an actor, and whoever speaks for it, says or passes on."""
        family = json.dumps(self._index.listed("family", slug))
        condition = (
            f"voice {_AMONG} "
            "OR rowid IN (SELECT statement FROM passing WHERE actor = ?) "
            "OR source IN (SELECT slug FROM source WHERE voice = ?)"
        )
        return self._excerpt(condition, family, slug, slug, disputes=False, text=text)

    def of_source(self, slug: str, text: str = "") -> Excerpt:
        """Take what a source holds."""
        return self._excerpt("source = ?", slug, disputes=False, text=text)

    def of_sayings(self, voices: Iterable[str], sources: Iterable[str]) -> Excerpt:
        """Take what some say in some sources, without disputes; none at all is any."""
        conditions, values = ["1"], []
        for column, slugs in (("voice", voices), ("source", sources)):
            if listed := list(slugs):
                conditions.append(f"{column} {_AMONG}")
                values.append(json.dumps(listed))
        return self._excerpt(" AND ".join(conditions), *values, disputes=False)

    def family(self, slug: str) -> list[str]:
        """List an actor, its parts, those who act for it, and theirs."""
        return self._index.listed("family", slug)

    def between(self, one: Sequence[Statement], other: Sequence[Statement]) -> Excerpt:
        """Take two sets of statements, and the disputes between them."""
        listed = [json.dumps([each.id for each in side]) for side in (one, other)]
        both = " OR ".join(
            f"(affirmed IN (SELECT value FROM json_each(?{a})) "
            f"AND contested IN (SELECT value FROM json_each(?{b})))"
            for a, b in ((1, 2), (2, 1))
        )
        found = self._index.where(Dispute, both, *listed)
        statements = {each.id: each for each in (*one, *other)}
        return self._of(statements.values(), found)

    def of_id(self, beginning: str) -> Excerpt:
        """Take the statements whose id, or a former one, begins with a text."""
        low, high = beginning, f"{beginning}\U0010ffff"
        condition = (
            "id BETWEEN ? AND ? "
            "OR rowid IN (SELECT statement FROM replaced WHERE former = ?)"
        )
        return self._excerpt(condition, low, high, beginning)

    def of_outlines(self, outlines: Iterable[Outline]) -> Excerpt:
        """Take the clashes that outlines of issues name, with their statements."""
        strongest = [one for outline in outlines for one in outline.strongest]
        best = json.dumps([one.dispute for one in strongest])
        place = f"rowid IN (SELECT place FROM named WHERE id {_AMONG})"
        found = self._index.where(Dispute, place, best)
        ids = {id for one in strongest for id in (*one.for_it, *one.against_it)}
        return self._of(self._statements(ids), found)

    def everything(self) -> Excerpt:
        """Take it all."""
        return replace(
            self.nothing,
            statements=tuple(self._index.all(Statement)),
            names=tuple(self._index.all(Name)),
            tours=tuple(self._index.all(Tour)),
            runs={run.slug: run for run in self._index.all(Run)},
            disputes=tuple(self._index.all(Dispute)),
            whole=True,
        )

    def _excerpt(
        self,
        condition: str,
        *values: str,
        disputes: bool = True,
        names: Iterable[Name] = (),
        text: str = "",
    ) -> Excerpt:
        having, words = self._index.having(words_of(text))
        condition = f"({condition}) AND {having}"
        statements = self._index.where(Statement, condition, *values, *words)
        if not disputes:
            return self._of(statements, names=names)
        ids = {one.id for one in statements}
        listed = json.dumps(sorted(ids))
        found = self._index.where(
            Dispute, f"affirmed {_AMONG} OR contested {_AMONG}", listed, listed
        )
        sides = {id for one in found for id in (one.affirmed, one.contested)}
        statements += self._statements(sides - ids)
        return self._of(statements, found, names)

    def _statements(self, ids: Iterable[str]) -> list[Statement]:
        return self._index.where(Statement, f"id {_AMONG}", json.dumps(sorted(ids)))

    def _of(
        self,
        statements: Iterable[Statement],
        disputes: Iterable[Dispute] = (),
        names: Iterable[Name] = (),
    ) -> Excerpt:
        ordered = tuple(sorted(statements, key=lambda one: one.id))
        self._actors.prepare(
            slug
            for one in ordered
            for slug in (one.subject, one.object, *one.chain, *one.place)
        )
        self._actors.prepare(
            above
            for actor in self._actors.known()
            for above in (actor.part_of, actor.acts_for)
            if above
        )
        self._sources.prepare(one.source for one in ordered)
        return replace(
            self.nothing,
            statements=ordered,
            names=tuple(names),
            runs=self._runs(ordered),
            disputes=tuple(disputes),
        )

    def _runs(self, statements: Iterable[Statement]) -> dict[str, Run]:
        slugs = sorted({one.run for one in statements if one.run})
        if not slugs:
            return {}
        found = self._index.where(Run, f"slug {_AMONG}", json.dumps(slugs))
        return {run.slug: run for run in found}
