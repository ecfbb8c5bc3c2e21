"""The records that every part of whosays exchanges.

A *statement* is one voice taking one stance on one proposition at one place of one
source. Records are frozen and know nothing of files, RDF or printing. References to
actors, sources and relations are slugs and ids, never objects, so that a record can be
made, compared and stored by itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from whosays.values import dataclass


class Stance(StrEnum):
    """What a voice does with a proposition.

    A question or a mere report takes no side, so it is shown beside a dispute.

    >>> Stance.AFFIRMS.disputes(Stance.DENIES), Stance.QUESTIONS.disputes(Stance.DENIES)
    (True, False)
    """

    AFFIRMS = "affirms"
    DENIES = "denies"
    QUESTIONS = "questions"
    REPORTS = "reports"

    def disputes(self, other: Stance) -> bool:
        """Tell whether the two take opposite sides."""
        return {self, other} == {Stance.AFFIRMS, Stance.DENIES}


class Mood(StrEnum):
    """What kind of world a statement speaks of; only equal moods can dispute."""

    REALIS = "realis"
    IRREALIS = "irrealis"
    DEONTIC = "deontic"


class Modality(StrEnum):
    """How a statement speaks of its content.

    >>> Modality.SUSPECTED.mood, Modality.ADVOCATED.mood
    (<Mood.REALIS: 'realis'>, <Mood.DEONTIC: 'deontic'>)
    """

    ACTUAL = "actual"
    SUSPECTED = "suspected"
    INTENDED = "intended"
    PREDICTED = "predicted"
    HYPOTHETICAL = "hypothetical"
    ADVOCATED = "advocated"

    @property
    def mood(self) -> Mood:
        """The mood, after PLOVER's auxiliary modes."""
        match self:
            case Modality.ACTUAL | Modality.SUSPECTED:
                return Mood.REALIS
            case Modality.INTENDED | Modality.PREDICTED | Modality.HYPOTHETICAL:
                return Mood.IRREALIS
            case Modality.ADVOCATED:
                return Mood.DEONTIC


class Framing(StrEnum):
    """What the source does with a statement that it passes on."""

    ENDORSED = "endorsed"
    NEUTRAL = "neutral"
    REJECTED = "rejected"


class Status(StrEnum):
    """Where a row stands in review; only accepted rows count."""

    CANDIDATE = "candidate"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RETRACTED = "retracted"


class ActorType(StrEnum):
    """What kind of actor; a state is also a place, and only a place never speaks."""

    STATE = "state"
    GOVERNMENT = "government"
    ARMED_FORCE = "armedForce"
    MILITIA = "militia"
    JIHADIST_GROUP = "jihadistGroup"
    OPPOSITION_GROUP = "oppositionGroup"
    PARTY = "party"
    PERSON = "person"
    MEDIA_OUTLET = "mediaOutlet"
    INTERNATIONAL_ORGANISATION = "internationalOrganisation"
    PEOPLE = "people"
    BLOC = "bloc"
    UNNAMED = "unnamed"
    PLACE = "place"

    @property
    def is_place(self) -> bool:
        """Tell whether things can happen in it."""
        return self in (ActorType.STATE, ActorType.PLACE)

    @property
    def speaks(self) -> bool:
        """Tell whether it can be a voice."""
        return self is not ActorType.PLACE


class NameKind(StrEnum):
    """What a name does to the one who is named."""

    ACRONYM = "acronym"
    TRANSLATION = "translation"
    SELF_DESIGNATION = "self-designation"
    NEUTRAL = "neutral"
    LOADED = "loaded"
    DELEGITIMISING = "delegitimising"
    HONORIFIC = "honorific"
    DESCRIPTOR = "descriptor"


class Context(StrEnum):
    """The field of action, after PLOVER's contexts."""

    MILITARY = "military"
    ECONOMIC = "economic"
    DIPLOMATIC = "diplomatic"
    INTELLIGENCE = "intelligence"
    POLITICAL_INSTITUTIONS = "political_institutions"
    TERRORISM = "terrorism"
    RELIGION_ETHNICITY = "religion_ethnicity"
    TERRITORY = "territory"
    MISINFORMATION = "misinformation"
    LEGAL = "legal"
    HISTORICAL = "historical"


class Family(StrEnum):
    """The kind of relation, as filters and pictures group them."""

    STRUCTURE = "structure"
    COOPERATION = "cooperation"
    INTEREST = "interest"
    HOSTILITY = "hostility"
    SPACE = "space"


class ObjectKind(StrEnum):
    """What may stand at the far end of a relation."""

    ACTOR = "actor"
    PLACE = "place"
    ANY = "any"


class Ends(StrEnum):
    """How the ends of two incompatible claims must lie for them to collide."""

    SAME = "same"
    EITHER = "either"
    CROSSED = "crossed"


class Strength(StrEnum):
    """Whether two relations exclude each other or merely sit ill together."""

    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A further name of an actor; ``lang`` is a BCP 47 tag or empty."""

    text: str
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Someone or something that acts, speaks or is a place.

    ``part_of`` and ``acts_for`` are the editors' undisputed background; at most one
    of them is set. ``former_slugs`` stand oldest first.
    """

    slug: str
    label: str
    type: ActorType
    part_of: str = ""
    acts_for: str = ""
    aliases: tuple[Alias, ...] = ()
    former_slugs: tuple[str, ...] = ()
    wikidata: str = ""
    owned_by: str = ""
    description: str = ""
    note: str = ""

    @property
    def parent(self) -> str:
        """The slug of what this actor belongs to or acts for, or an empty string."""
        return self.part_of or self.acts_for

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything it is known by: slug, label, aliases, former slugs."""
        aliases = (alias.text for alias in self.aliases)
        return (self.slug, self.label, *aliases, *self.former_slugs)

    @property
    def hash_slug(self) -> str:
        """The slug that statement ids are made from; renaming does not change it."""
        return self.former_slugs[0] if self.former_slugs else self.slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that statements were read in.

    ``date`` is EDTF text or empty; ``default_voice`` is the voice of a row that names
    no speaker, as written in the table (it may be empty), ``voice`` the resolved one:
    default voice, else author, else publisher, else ``author-of-<slug>``.
    """

    slug: str
    title: str
    kind: str = "document"
    publisher: str = ""
    author: str = ""
    default_voice: str = ""
    voice: str
    date: str = ""
    date_note: str = ""
    lang: str = ""
    url: str = ""
    file: str = ""
    sha256: str = ""
    blocks: str = ""
    we: str = ""
    former_slugs: tuple[str, ...] = ()
    note: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything it is known by: slug, title, former slugs."""
        return (self.slug, self.title, *self.former_slugs)

    @property
    def hash_slug(self) -> str:
        """The slug that statement ids are made from; renaming does not change it."""
        return self.former_slugs[0] if self.former_slugs else self.slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Who uses which name for whom; ``used_by`` is a chain, outer first."""

    id: str
    actor: str
    name: str
    lang: str = ""
    kind: NameKind
    used_by: tuple[str, ...]
    source: str
    locator: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A relation of two actors; an individual of the vocabulary, never a predicate.

    ``iri`` is complete; ``polarity`` runs from -2 (violent) to +2 (cooperative);
    ``narrower_than`` is the id of the next wider relation or empty. ``former_slugs``
    are ids that it had before, oldest first.
    """

    id: str
    iri: str
    label: str
    inverse_label: str
    aliases: tuple[str, ...] = ()
    definition: str = ""
    symmetric: bool = False
    narrower_than: str = ""
    family: Family
    polarity: int = 0
    rolls_up_subject: bool = False
    rolls_up_object: bool = False
    object_kind: ObjectKind = ObjectKind.ACTOR
    plover: str = ""
    wikidata: str = ""
    misp: str = ""
    former_slugs: tuple[str, ...] = ()

    @property
    def hash_slug(self) -> str:
        """The id that statement ids are made from; renaming does not change it."""
        return self.former_slugs[0] if self.former_slugs else self.id


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Incompatibility:
    """Two relations that collide when both are affirmed of one pair of actors."""

    first: str
    second: str
    ends: Ends
    strength: Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One voice takes one stance on one proposition at one place of one source.

    ``chain`` runs from the source inwards and ends with the voice. ``valid`` and
    ``said_on`` are EDTF text as written; ``said`` is ``said_on`` or else the date of
    the source. ``confidence`` is of the reading (0 to 1), never of the content.
    ``file`` and ``row`` (header = 1) say where the row stands.
    """

    id: str
    subject: str
    relation: str
    object: str
    source: str
    stance: Stance
    chain: tuple[str, ...]
    modality: Modality = Modality.ACTUAL
    locator: str = ""
    valid: str = ""
    place: tuple[str, ...] = ()
    said_on: str = ""
    said: str = ""
    context: tuple[Context, ...] = ()
    framing: Framing | None = None
    confidence: float = 0.6
    status: Status = Status.ACCEPTED
    gist: str = ""
    note: str = ""
    para_sha: str = ""
    run: str = ""
    supersedes: tuple[str, ...] = ()
    proposition: str
    file: str = ""
    row: int = 0

    @property
    def voice(self) -> str:
        """The actor whose stance it is: the last of the chain."""
        return self.chain[-1]

    @property
    def via(self) -> tuple[str, ...]:
        """Those who pass it on, from the source inwards."""
        return self.chain[:-1]

    @property
    def mood(self) -> Mood:
        """The mood that follows from the modality."""
        return self.modality.mood

    @property
    def counts(self) -> bool:
        """Tell whether it takes part in edges, disputes and counts."""
        return self.status is Status.ACCEPTED

    @property
    def edge(self) -> Stance | None:
        """The stance of the shortcut edge it gives, or None.

        Only accepted statements about what is the case, affirmed or denied, give one.
        """
        if (
            self.counts
            and self.mood is Mood.REALIS
            and self.stance in (Stance.AFFIRMS, Stance.DENIES)
        ):
            return self.stance
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How rows came about other than by hand: an import, or a candidate and a decision.

    ``tool`` is a program with its version; ``patterns`` are the rules that spoke,
    ``decision`` what a person made of the candidate. ``slug`` stands in ``run``.
    """

    slug: str
    tool: str = ""
    proposers: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    tier: str = ""
    decision: str = ""
    decided_by: str = ""
    decided_on: str = ""
    note: str = ""

    @property
    def told(self) -> str:
        """Say in a line what is known; empty where that is nothing but the name.

        >>> Run(slug="c-1", tool="whosays 0.1", proposers=("lexical",), tier="B").told
        'whosays 0.1, lexical, tier B'
        """
        decided = (self.decision, self.decided_on, self.decided_by)
        told = (
            self.tool,
            " + ".join(self.proposers),
            ", ".join(self.patterns),
            f"tier {self.tier}" if self.tier else "",
            " · ".join(one for one in decided if one),
            self.note,
        )
        return ", ".join(one for one in told if one)


class DisputeKind(StrEnum):
    """How two statements collide."""

    DIRECT = "direct"
    ENTAILED = "entailed"
    PARTIAL = "partial"
    RELATIONAL = "relational"
    TENSE = "tense"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Two statements that collide.

    ``affirmed`` and ``contested`` are statement ids: for the first three kinds the
    second one denies; for relational and tense ones both affirm, in the order of the
    incompatibility. ``score`` orders a list and is no probability. ``own`` marks one
    voice on both sides (a lint, no dispute), ``camp`` two voices of one camp.
    """

    id: str
    kind: DisputeKind
    affirmed: str
    contested: str
    score: float
    own: bool = False
    camp: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """All disputes about one pair of actors, each taken to the top of its chain.

    ``id`` is ``<a>_<b>``; ``actors`` are the two tops in alphabetical order;
    ``pairs`` tells how many there are and ``disputes`` are their ids, best score
    first; an index of very many holds the strongest alone. ``propositions`` are the
    pairs of proposition ids (affirmed, contested) behind them. Voices and sources are
    counted once each: statements are not votes. ``camp`` holds if all disputes do.
    """

    id: str
    actors: tuple[str, str]
    score: float
    pairs: int
    disputes: tuple[str, ...]
    propositions: tuple[tuple[str, str], ...]
    voices: tuple[str, ...]
    sources: tuple[str, ...]
    camp: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Strongest:
    """A clash of two claims: its best dispute, the ids of both sides, all pairs."""

    dispute: str
    for_it: tuple[str, ...]
    against_it: tuple[str, ...]
    pairs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """An issue as it stands in a list: what there is is counted, little is named.

    ``said`` are the dates of its statements, each once; ``strongest`` are the first of
    its clashes.
    """

    id: str
    actors: tuple[str, str]
    score: float
    camp: bool
    voices: int
    sources: int
    pairs: int
    clashes: int
    said: tuple[str, ...]
    strongest: tuple[Strongest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stop of a tour; ``link`` is the hash of a view's address, empty for the start."""

    title: str
    text: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tour:
    """A walk through the view, in our own words; the first step names it."""

    slug: str
    steps: tuple[Step, ...]

    @property
    def title(self) -> str:
        """The title of the first step."""
        return self.steps[0].title


GRAPH_PAIRS, GRAPH_STRONGEST = 1_000_000, 1_000
"""What a project that says nothing else lets its graph hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What ``whosays.toml`` says; ``base`` is the IRI that data are minted under.

    ``copy`` asks for a marked copy of every sheet that is checked and has problems.
    ``key_variable`` names the variable of the environment that holds a model's key.
    Where more than ``graph_pairs`` pairs of statements collide, the graph holds of
    each issue its ``graph_strongest`` alone.
    """

    name: str
    title: str
    base: str = "https://w3id.org/whosays/data/"
    language: str = "en"
    licence: str = ""
    creator: str = ""
    version: str = ""
    bare_rows: Status = Status.ACCEPTED
    relations: tuple[str, ...] = ()
    type_labels: tuple[tuple[str, str], ...] = ()
    texts: str = ""
    allow: tuple[str, ...] = ()
    copy: bool = False
    key_variable: str = ""
    graph_pairs: int = GRAPH_PAIRS
    graph_strongest: int = GRAPH_STRONGEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """All records of a project, in stable order, apart from where they came from.

    Keys are slugs and relation ids. ``statements`` hold every status, sorted by id.
    ``inputs`` maps each file of the project to the SHA-256 of its bytes.
    """

    settings: Settings
    actors: Mapping[str, Actor]
    sources: Mapping[str, Source]
    relations: Mapping[str, Relation]
    incompatibilities: tuple[Incompatibility, ...] = ()
    names: tuple[Name, ...] = ()
    statements: tuple[Statement, ...] = ()
    tours: tuple[Tour, ...] = ()
    runs: Mapping[str, Run] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)

    def lineage(self, slug: str) -> tuple[str, ...]:
        """List an actor and all it rolls up to, nearest first.

        A circle ends the list (the checks report it), so this always ends.
        """
        found: list[str] = []
        while slug and slug not in found:
            found.append(slug)
            actor = self.actors.get(slug)
            slug = actor.parent if actor else ""
        return tuple(found)

    def parts(self, slug: str) -> tuple[str, ...]:
        """List who belongs directly to an actor or acts for it, by slug."""
        return tuple(
            sorted(one.slug for one in self.actors.values() if one.parent == slug)
        )

    def statement_ids(self) -> list[str]:
        """List the ids that a shortened id must not be mistaken for, sorted."""
        return sorted(one.id for one in self.statements)

    def top(self, slug: str) -> str:
        """Name the last of the lineage; a mere place stands for itself."""
        actor = self.actors.get(slug)
        if actor is not None and actor.type is ActorType.PLACE:
            return slug
        return self.lineage(slug)[-1]

    def label(self, slug: str) -> str:
        """Show an actor or source by name; an unknown slug shows itself."""
        if slug in self.actors:
            return self.actors[slug].label
        if slug in self.sources:
            return self.sources[slug].title
        return slug

    def phrase(self, subject: str, relation: str, object: str) -> str:
        """Put a claim into words; an open slot shows as three dots."""
        known = self.relations.get(relation)
        middle = known.label if known else relation
        words = (self.label(subject), middle, self.label(object))
        return " ".join(word or "…" for word in words)
