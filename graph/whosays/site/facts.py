"""What the pages of a site show, gathered once: links, rows, tallies.

Everything here is plain text; the templates escape it and decide how it looks. Only
accepted statements are listed and counted; the others keep their own page, which says
where they stand in review.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

from whosays import answers
from whosays.answers import selecting
from whosays.citations import wording
from whosays.export import Content
from whosays.model import (
    Actor,
    Dispute,
    Modality,
    Stance,
    Statement,
)
from whosays.site import addresses
from whosays.site.lines import (
    AGAINST,
    FRAMINGS,
    KINDS,
    MARKS,
    Line,
    Link,
    Phrase,
    Side,
    Told,
)


class Facts:
    """The content of a site, indexed by what its pages are about."""

    def __init__(self, content: Content) -> None:
        """Index statements, claims and disputes."""
        self.content = content
        self.collection = content.collection
        self.statements = {one.id: one for one in self.collection.statements}
        self.accepted = [one for one in self.collection.statements if one.counts]
        self.disputes = [one for one in content.disputes if not one.own]
        self.issues = answers.contested(self.collection, content.disputes)
        self._facing: dict[str, list[tuple[Dispute, str]]] = defaultdict(list)
        for dispute in self.disputes:
            one, other = dispute.affirmed, dispute.contested
            if {one, other} <= self.statements.keys():
                self._facing[one].append((dispute, other))
                self._facing[other].append((dispute, one))
        self._lines: dict[str, Line] = {}

    @cached_property
    def claims(self) -> list[answers.Claim]:
        """All claims with accepted statements, in the order of the relations."""
        return selecting.claims(self.accepted, self.collection)

    @cached_property
    def by_actor(self) -> dict[str, list[answers.Claim]]:
        """The claims that an actor stands in, at either end."""
        found: dict[str, list[answers.Claim]] = defaultdict(list)
        for claim in self.claims:
            for slug in dict.fromkeys((claim.key[0], claim.key[2])):
                found[slug].append(claim)
        return found

    @cached_property
    def by_voice(self) -> dict[str, list[answers.Claim]]:
        """What a voice says, by claim."""
        return self._folded("voice")

    @cached_property
    def by_source(self) -> dict[str, list[Statement]]:
        """All statements of a source in the order of its passages, every status."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for one in self.collection.statements:
            found[one.source].append(one)
        for group in found.values():
            group.sort(key=lambda one: (selecting.passage(one.locator), one.id))
        return found

    @cached_property
    def issues_of(self) -> dict[str, list[answers.Contested]]:
        """The issues that an actor is part of: itself or what it belongs to."""
        tops: dict[str, list[answers.Contested]] = defaultdict(list)
        for one in self.issues:
            for slug in dict.fromkeys(one.issue.actors):
                tops[slug].append(one)
        return tops

    @cached_property
    def weights(self) -> Counter[str]:
        """How many accepted statements each actor is an end of."""
        found: Counter[str] = Counter()
        for one in self.accepted:
            found.update({one.subject, one.object})
        return found

    @cached_property
    def speaking(self) -> Counter[str]:
        """How many accepted statements each actor is the voice of."""
        return Counter(one.voice for one in self.accepted)

    @cached_property
    def parts(self) -> dict[str, list[Link]]:
        """What belongs to an actor or acts for it."""
        found: dict[str, list[Link]] = defaultdict(list)
        for one in sorted(self.collection.actors.values(), key=_by_name):
            if one.parent:
                found[one.parent].append(self.actor(one.slug))
        return found

    def most_discussed(self, count: int) -> list[str]:
        """List the actors with most statements; ties by slug."""
        ranked = sorted(self.weights, key=lambda slug: (-self.weights[slug], slug))
        return [slug for slug in ranked if slug in self.collection.actors][:count]

    def actors(self) -> list[Actor]:
        """List all actors by name."""
        return sorted(self.collection.actors.values(), key=_by_name)

    def kind(self, actor: Actor) -> str:
        """Say what kind of actor it is, in the words of the project."""
        given = dict(self.collection.settings.type_labels).get(actor.type.value)
        return given or _spaced(actor.type.value)

    def actor(self, slug: str) -> Link:
        """Link to an actor; one that has no record has no page."""
        known = slug in self.collection.actors
        to = addresses.actor(slug) if known else ""
        return Link(label=self.collection.label(slug) or slug, to=to)

    def source(self, slug: str) -> Link:
        """Link to a source."""
        known = self.collection.sources.get(slug)
        to = addresses.source(slug) if known else ""
        return Link(label=(known.title if known else "") or slug, to=to)

    def phrase(self, key: answers.Key) -> Phrase:
        """Put a claim into words."""
        subject, relation, object = key
        known = self.collection.relations.get(relation)
        return Phrase(
            subject=self.actor(subject),
            relation=known.label if known else relation,
            object=self.actor(object),
            anchor=selecting.proposition(key, self.collection),
        )

    def line(self, id: str) -> Line:
        """Show a statement as a row; the same one for every page."""
        if id not in self._lines:
            self._lines[id] = self._line(self.statements[id])
        return self._lines[id]

    def lines(self, statements: Iterable[Statement]) -> tuple[Line, ...]:
        """Show statements as rows, in the order given."""
        return tuple(self.line(one.id) for one in statements)

    def told(self, claims: Iterable[answers.Claim], slug: str = "") -> list[Told]:
        """Show claims, the contested ones first; symmetric ones from ``slug``."""
        found = [self._told(claim, slug) for claim in claims]
        return sorted(found, key=lambda one: not one.contested)

    def collisions(self, id: str) -> list[Side]:
        """List what a statement collides with, the clearest first."""
        found = sorted(
            self._facing[id], key=lambda pair: (-pair[0].score, pair[1], pair[0].id)
        )
        return [
            Side(kind=KINDS[dispute.kind], line=self.line(other))
            for dispute, other in found
        ]

    def tally(
        self, statements: Iterable[Statement]
    ) -> tuple[tuple[str, str, int], ...]:
        """Count statements by stance: name, mark, how many."""
        counts = Counter(one.stance for one in statements)
        return tuple(
            (stance.value, MARKS[stance], counts[stance])
            for stance in Stance
            if counts[stance]
        )

    def _line(self, one: Statement) -> Line:
        return Line(
            record=one,
            to=addresses.statement(one.id),
            mark=MARKS[one.stance],
            claim=self.phrase(selecting.key_of(one)),
            voice=self.actor(one.voice),
            via=tuple(self.actor(slug) for slug in reversed(one.via)),
            source=self.source(one.source),
            place=wording.place(one.locator),
            said=wording.day(one.said),
            valid=wording.day(one.valid),
            modality="" if one.modality is Modality.ACTUAL else one.modality.value,
            framing=FRAMINGS[one.framing] if one.framing else "",
            contested=bool(self._facing[one.id]),
        )

    def _told(self, claim: answers.Claim, slug: str) -> Told:
        symmetric = self.collection.relations[claim.key[1]].symmetric
        key = selecting.facing(claim.key, (slug, "", "")) if symmetric else claim.key
        conflicts: dict[str, dict[str, Phrase]] = defaultdict(dict)
        for one in self._opponents.of(claim.statements):
            phrase = self.phrase(one.key)
            conflicts[AGAINST[one.kind]][phrase.anchor] = phrase
        return Told(
            claim=self.phrase(key),
            lines=self.lines(claim.statements),
            tally=self.tally(claim.statements),
            contested=any(self._facing[one.id] for one in claim.statements),
            conflicts=tuple(
                (how, tuple(phrases.values())) for how, phrases in conflicts.items()
            ),
        )

    @cached_property
    def _opponents(self) -> selecting.Opponents:
        return selecting.Opponents(self.collection, self.disputes, self.accepted)

    def _folded(self, field: str) -> dict[str, list[answers.Claim]]:
        groups: dict[str, list[Statement]] = defaultdict(list)
        for one in self.accepted:
            groups[getattr(one, field)].append(one)
        return {
            key: selecting.claims(group, self.collection)
            for key, group in groups.items()
        }


def _by_name(actor: Actor) -> tuple[str, str]:
    return actor.label.casefold(), actor.slug


def _spaced(name: str) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name)
