"""A candidate on its way into the tables: what a person has changed of it so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from whosays import ids
from whosays.answers import phrase
from whosays.extract.records import (
    AUTHOR,
    MODALITIES,
    PROPOSED,
    STRANGER,
    Candidate,
    candidate_id,
)
from whosays.model import Collection, Modality, Status
from whosays.project import canonical_locator
from whosays.project.decisions import Reading
from whosays.project.statements import GIST_LENGTH
from whosays.review.anchors import reading

STANCES = ("affirms", "denies", "questions")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewActor:
    """An actor that a decision brings along: its row in ``actors.csv``."""

    slug: str
    label: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What would be accepted of a candidate as things stand.

    ``gist`` is empty where our own words will do; ``added`` marks a statement that
    nobody proposed, read in the passage of this candidate.
    """

    candidate: Candidate
    reading: Reading
    gist: str = ""
    note: str = ""
    actors: tuple[NewActor, ...] = ()
    added: bool = False

    @property
    def changed(self) -> bool:
        """Tell whether it says something else than was proposed."""
        return self.reading != reading(self.candidate)

    @property
    def decision(self) -> str:
        """Name the decision that accepting it is."""
        if self.added:
            return "added"
        return "corrected" if self.changed else "accepted"

    def id(self, collection: Collection) -> str:
        """Give the id of the candidate, or of what was added beside it."""
        if not self.added:
            return self.candidate.id
        said = self.reading
        relation = collection.relations.get(said.relation)
        return candidate_id(
            self.candidate.doc_sha256,
            self.candidate.cue,
            said.subject,
            said.relation,
            said.object,
            said.stance,
            symmetric=relation is not None and relation.symmetric,
        )

    def saying(self, **values: str | tuple[str, ...]) -> Draft:
        """Change what it says."""
        said = replace(self.reading, **values)  # type: ignore[arg-type]
        return replace(self, reading=said)

    def settled(self, collection: Collection) -> Draft:
        """Let names that were nobody's be the actors that have been added since."""
        actors = collection.actors

        def now(slug: str) -> str:
            kind, colon, words = slug.partition(":")
            if not colon or f"{kind}:" not in (PROPOSED, STRANGER):
                return slug
            known = ids.make_slug(words)
            return known if known in actors else slug

        said = self.reading
        return self.saying(
            subject=now(said.subject),
            object=now(said.object),
            speaker=now(said.speaker),
            also=tuple(map(now, said.also)),
            chain=tuple(map(now, said.chain)),
        )

    def turned(self) -> Draft:
        """Let subject and object change places."""
        said = self.reading
        return self.saying(subject=said.object, object=said.subject)

    def other_stance(self) -> Draft:
        """Take the next stance."""
        at = STANCES.index(self.reading.stance)
        return self.saying(stance=STANCES[(at + 1) % len(STANCES)])

    def other_modality(self) -> Draft:
        """Take the next modality."""
        known = [*MODALITIES]
        at = known.index(self.reading.modality)
        return self.saying(modality=known[(at + 1) % len(known)])

    def alternative(self) -> Draft:
        """Take the next reading that lost against this one, and the first one again."""
        first = reading(self.candidate)
        found = [first] + [
            replace(
                first,
                subject=one.subject,
                relation=one.relation,
                object=one.object,
                stance=one.stance,
            )
            for one in self.candidate.alternatives
        ]
        keys = [one.key() for one in found]
        now = self.reading.key()
        at = keys.index(now) if now in keys else -1
        return replace(self, reading=found[(at + 1) % len(found)])

    def lacking(self) -> str:
        """Say what has to be settled before it can be a row; empty if nothing."""
        said = self.reading
        for end, slug in (("subject", said.subject), ("object", said.object)):
            if slug.startswith(PROPOSED):
                name = slug.removeprefix(PROPOSED)
                return f"the {end} “{name}” is no actor of the project"
        for slug in (said.speaker, *said.also, *said.chain):
            if slug.startswith(STRANGER):
                name = slug.removeprefix(STRANGER)
                return f"the speaker “{name}” is no actor of the project"
        if said.modality not in MODALITIES:
            return f"“{said.modality}” is no modality of a candidate"
        return ""

    def rows(self, collection: Collection) -> Iterator[dict[str, str]]:
        """Give the cells of its rows, one for each who speaks."""
        said = self.reading
        modality = MODALITIES[said.modality]
        for speaker in (said.speaker, *said.also):
            outer = tuple(reversed(said.chain))
            links = outer if speaker == AUTHOR else (*outer, speaker)
            yield {
                "subject": said.subject,
                "relation": said.relation,
                "object": said.object,
                "source": self.candidate.source,
                "stance": said.stance,
                "speaker": " > ".join(links),
                "modality": "" if modality is Modality.ACTUAL else modality.value,
                "locator": canonical_locator(self.candidate.locator) or "",
                "valid": said.time,
                "status": Status.ACCEPTED.value,
                "gist": self.gist or self.own_gist(speaker, collection),
                "note": self.note,
                "run": self.id(collection),
            }

    def own_gist(self, speaker: str, collection: Collection) -> str:
        """Put it into words of ours; empty where that would be too long."""
        said = self.reading
        if speaker == AUTHOR:
            speaker = collection.sources[self.candidate.source].voice
        labels = {actor.slug: actor.label for actor in self.actors}
        claim = phrase((said.subject, said.relation, said.object), collection)
        for slug, label in labels.items():
            if slug not in collection.actors:
                claim = claim.replace(slug, label)
        who = labels.get(speaker) or collection.label(speaker)
        text = f"{who} {said.stance}: {claim}"
        return text if len(text) <= GIST_LENGTH else ""


def draft(candidate: Candidate) -> Draft:
    """Begin with what was proposed."""
    return Draft(candidate=candidate, reading=reading(candidate))


def statement_id(cells: Mapping[str, str], collection: Collection) -> str:
    """Compute the id that a row of a draft will have."""
    source = collection.sources[cells["source"]]
    chain = [link for link in cells["speaker"].split(" > ") if link] or [source.voice]

    def hashed(slug: str) -> str:
        actor = collection.actors.get(slug)
        return actor.hash_slug if actor else slug

    return ids.statement_id(
        hashed(cells["subject"]),
        collection.relations[cells["relation"]].hash_slug,
        hashed(cells["object"]),
        source.hash_slug,
        cells["stance"],
        [hashed(link) for link in chain],
        cells["modality"] or Modality.ACTUAL.value,
        cells["locator"],
        cells["valid"],
    )
