"""The pages of a site: which there are, and what the template of each is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from whosays.citations import wording
from whosays.model import Stance, Statement, Tour
from whosays.site import addresses, citing, description
from whosays.site.facts import Facts
from whosays.site.lines import KINDS, MARKS

if TYPE_CHECKING:
    from whosays.answers import Clash, Contested

FIRST = 20
"""How many of the most discussed actors the start page lists."""

_MEANINGS = {
    Stance.AFFIRMS: "the voice says that it is so",
    Stance.DENIES: "the voice says that it is not so",
    Stance.QUESTIONS: "the voice doubts it or asks whether it is so",
    Stance.REPORTS: "the voice passes it on as talk and takes no side",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page to be: its folder, its template and what goes into it."""

    folder: str
    template: str
    title: str
    summary: str
    listed: bool = True
    data: dict[str, Any] | None = None
    values: dict[str, Any] = field(default_factory=dict)


class Contents:
    """All pages of a site, in the order of their addresses."""

    def __init__(
        self, facts: Facts, sizes: dict[str, int], base: str, drawn: frozenset[str]
    ) -> None:
        """Keep what all pages share.

        Args:
            facts: What there is to show.
            sizes: The downloads, with their sizes in bytes.
            base: Where the site will stand, or an empty string.
            drawn: The actors that the drawing can show.
        """
        self.facts = facts
        self.collection = facts.collection
        self.sizes = sizes
        self.base = base
        self.drawn = drawn

    def all(self) -> Iterator[Page]:
        """Make every page but those that lead on."""
        yield self._start()
        yield from self._lists()
        for one in self.facts.issues:
            yield self._issue(one)
        for slug in self.collection.actors:
            yield self._actor(slug)
        for slug in self.collection.sources:
            yield self._source(slug)
        for statement in self.collection.statements:
            yield self._statement(statement)
        for tour in self.collection.tours:
            yield self._tour(tour)

    def _start(self) -> Page:
        facts = self.facts
        return Page(
            folder="",
            template="start.html",
            title=self.collection.settings.title or self.collection.settings.name,
            summary="Who affirms, denies or questions what, in which source.",
            data=description.dataset(self.collection, self.base),
            values={
                "issues": [self._issue_row(one) for one in facts.issues],
                "sources": self._source_rows(),
                "actors": [
                    self._actor_row(slug) for slug in facts.most_discussed(FIRST)
                ],
                "picture": addresses.picture(),
                "tours": [
                    (one, addresses.tour(one.slug)) for one in self.collection.tours
                ],
                "meanings": [(s.value, MARKS[s], _MEANINGS[s]) for s in Stance],
                "citation": citing.of_data(self.collection),
                "downloads": self._downloads(),
            },
        )

    def _lists(self) -> Iterator[Page]:
        facts = self.facts
        yield Page(
            folder="actor/",
            template="actors.html",
            title="Actors",
            summary="All actors, with what is said of them and by them.",
            values={"actors": [self._actor_row(one.slug) for one in facts.actors()]},
        )
        yield Page(
            folder="issue/",
            template="issues.html",
            title="Issues",
            summary="Pairs of actors that voices disagree about.",
            values={"issues": [self._issue_row(one) for one in facts.issues]},
        )
        yield Page(
            folder="source/",
            template="sources.html",
            title="Sources",
            summary="The documents that the statements were read in.",
            values={"sources": self._source_rows()},
        )

    def _actor(self, slug: str) -> Page:
        facts = self.facts
        one = self.collection.actors[slug]
        folder = addresses.actor(slug)
        about = facts.by_actor.get(slug, [])
        picture = addresses.picture(f"n:{slug}") if slug in self.drawn and about else ""
        label = one.label or slug
        return Page(
            folder=folder,
            template="actor.html",
            title=label,
            summary=f"What is said of {label}, what {label} says, and where.",
            data=description.actor(self.collection, one, f"{self.base}{folder}"),
            values={
                "actor": one,
                "kind": facts.kind(one),
                "parent": facts.actor(one.parent) if one.parent else None,
                "members": facts.parts.get(slug, []),
                "wikidata": description.wikidata(one),
                "names": self._names(slug),
                "issues": [self._issue_row(i) for i in facts.issues_of.get(slug, [])],
                "told": facts.told(about, slug),
                "tally": facts.tally(s for claim in about for s in claim.statements),
                "spoken": facts.told(facts.by_voice.get(slug, [])),
                "picture": picture,
                "citation": citing.of_data(self.collection, f"actor {slug}"),
            },
        )

    def _source(self, slug: str) -> Page:
        facts = self.facts
        one = self.collection.sources[slug]
        folder = addresses.source(slug)
        statements = facts.by_source.get(slug, [])
        accepted = [s for s in statements if s.counts]
        title = one.title or slug
        return Page(
            folder=folder,
            template="source.html",
            title=title,
            summary=f"Every statement read in “{title}”, with its passage.",
            data=description.source(self.collection, one, f"{self.base}{folder}"),
            values={
                "source": one,
                "people": [
                    (word, facts.actor(who))
                    for word, who in (
                        ("Author", one.author),
                        ("Publisher", one.publisher),
                        ("Voice unless a row names another", one.voice),
                    )
                    if who
                ],
                "tally": facts.tally(accepted),
                "lines": facts.lines(accepted),
                "others": facts.lines(s for s in statements if not s.counts),
                "picture": addresses.picture(slug, "p")
                if any(self._is_drawn(s) for s in accepted)
                else "",
                "citation": citing.of_source(self.collection, slug),
            },
        )

    def _issue(self, one: Contested) -> Page:
        folder = addresses.issue(one.issue.id)
        title = self._issue_title(one)
        return Page(
            folder=folder,
            template="issue.html",
            title=title,
            summary=f"What voices disagree about: {title}.",
            data=description.issue(self.collection, title, f"{self.base}{folder}"),
            values={
                "row": self._issue_row(one),
                "ends": [self.facts.actor(slug) for slug in one.issue.actors],
                "voices": [self.facts.actor(slug) for slug in one.issue.voices],
                "sources": [self.facts.source(slug) for slug in one.issue.sources],
                "clashes": [
                    self._clash(clash, number)
                    for number, clash in enumerate(one.clashes, 1)
                ],
                "picture": self._issue_picture(one),
                "citation": citing.of_issue(
                    self.collection, one.issue.id, title, one.statements
                ),
            },
        )

    def _statement(self, one: Statement) -> Page:
        facts = self.facts
        line = facts.line(one.id)
        title = f"{line.voice.label} {one.stance}: {line.claim.words}"
        folder = addresses.statement(one.id)
        same = self._same_claim.get(one.proposition, [])
        newer = self._newer.get(one.id)
        run = self.collection.runs.get(one.run)
        return Page(
            folder=folder,
            template="statement.html",
            title=title,
            summary=one.gist or title,
            listed=one.counts,
            data=description.statement(
                self.collection, line, title, f"{self.base}{folder}"
            ),
            values={
                "line": line,
                "picture": addresses.picture(f"s:{one.id}")
                if self._is_drawn(one)
                else "",
                "places": [facts.actor(slug) for slug in one.place],
                "collisions": facts.collisions(one.id) if one.counts else [],
                "same": facts.lines(other for other in same if other.id != one.id),
                "newer": facts.line(newer) if newer else None,
                "run": run.told if run else "",
                "iri": f"{self.collection.settings.base}st/{one.id}",
                "citation": citing.of_statement(self.collection, one, line.claim.words),
            },
        )

    def _tour(self, one: Tour) -> Page:
        return Page(
            folder=addresses.tour(one.slug),
            template="tour.html",
            title=one.title,
            summary=f"A guided tour through the picture in {len(one.steps)} steps.",
            values={
                "steps": [
                    (step, step.text.splitlines(), addresses.step(one.slug, number))
                    for number, step in enumerate(one.steps, 1)
                ],
                "citation": citing.of_data(self.collection, f"tour {one.slug}"),
            },
        )

    def _is_drawn(self, one: Statement) -> bool:
        return one.counts and {one.subject, one.object} <= self.drawn

    @cached_property
    def _same_claim(self) -> dict[str, list[Statement]]:
        return {claim.id: list(claim.statements) for claim in self.facts.claims}

    @cached_property
    def _newer(self) -> dict[str, str]:
        return {
            old: one.id for one in self.collection.statements for old in one.supersedes
        }

    def _names(self, slug: str) -> list[dict[str, Any]]:
        return [
            {
                "text": name.name,
                "kind": name.kind.value,
                "by": self.facts.actor(name.used_by[-1]) if name.used_by else None,
                "source": self.facts.source(name.source),
                "place": wording.place(name.locator),
                "note": name.note,
            }
            for name in self.collection.names
            if name.actor == slug
        ]

    def _actor_row(self, slug: str) -> dict[str, Any]:
        facts = self.facts
        return {
            "link": facts.actor(slug),
            "kind": facts.kind(self.collection.actors[slug]),
            "about": facts.weights[slug],
            "says": facts.speaking[slug],
            "issues": len(facts.issues_of.get(slug, ())),
        }

    def _source_rows(self) -> list[dict[str, Any]]:
        found = []
        for slug, one in self.collection.sources.items():
            who = one.publisher or one.author or one.voice
            read = [s for s in self.facts.by_source.get(slug, []) if s.counts]
            found.append(
                {
                    "link": self.facts.source(slug),
                    "kind": one.kind,
                    "by": self.facts.actor(who) if who else None,
                    "date": wording.day(one.date),
                    "count": len(read),
                    "tally": self.facts.tally(read),
                }
            )
        return found

    def _issue_row(self, one: Contested) -> dict[str, Any]:
        return {
            "title": self._issue_title(one),
            "to": addresses.issue(one.issue.id),
            "pairs": one.pairs,
            "voices": len(one.issue.voices),
            "sources": len(one.issue.sources),
            "claims": len({claim for pair in one.issue.propositions for claim in pair}),
            "camp": one.issue.camp,
            "first": self.facts.phrase(one.clashes[0].affirmed)
            if one.clashes
            else None,
        }

    def _issue_title(self, one: Contested) -> str:
        first, second = (self.facts.actor(slug).label for slug in one.issue.actors)
        return f"Within {first}" if first == second else f"{first} and {second}"

    def _issue_picture(self, one: Contested) -> str:
        """Choose the claim at the head of the issue in the drawing."""
        if not one.clashes or not one.clashes[0].for_it:
            return addresses.picture()
        subject, relation, object = one.clashes[0].for_it[0].proposition.split("_")
        return addresses.picture(f"e:{subject}|{relation}|{object}")

    def _clash(self, clash: Clash, number: int) -> dict[str, Any]:
        denied = clash.kind.value not in ("relational", "tense")
        affirmed, contested = map(self.facts.phrase, (clash.affirmed, clash.contested))
        return {
            "anchor": f"c{number}",
            "kind": KINDS[clash.kind],
            "reason": clash.reason,
            "affirmed": affirmed,
            "contested": contested,
            "same": affirmed.anchor == contested.anchor,
            "stance": "denies" if denied else "affirms",
            "for_it": self.facts.lines(clash.for_it),
            "against_it": self.facts.lines(clash.against_it),
        }

    def _downloads(self) -> list[dict[str, Any]]:
        return [
            {
                "name": name,
                "title": description.MEDIA[name][1],
                "size": f"{-(-size // 1000):,} kB",
            }
            for name, size in self.sizes.items()
        ]
