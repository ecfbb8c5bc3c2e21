"""What a sentence is made of, for the rules: noun phrases, verbs and their links.

Two readers build these nodes: one from word windows alone, one from a parse. Frames
and scope see only the nodes, so that both read the same tables in their own way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from whosays.extract.words import Filler, Word


@dataclass(slots=True, eq=False)
class Phrase:
    """A noun phrase: words ``first`` to ``last``, its head, and whom it stands for.

    ``owners`` are actors that a noun of action belongs to (possessive, adjective,
    compound); ``titles`` nouns before a name; ``members`` what it is coordinated with,
    itself included; ``participles`` are (actor, cue word) of "Aldoria-backed";
    ``owned`` is the word of an owner that is no name: "the group's leader";
    ``personal`` tells that one person stands for the actor: "Aldoria's minister".
    ``tag`` and ``low`` are empty: only marks have them.
    """

    tag: ClassVar[str] = ""
    low: ClassVar[str] = ""
    first: int
    last: int
    head: int
    noun: str = ""
    det: str = ""
    negated: bool = False
    fillers: list[Filler] = field(default_factory=list)
    owners: list[Filler] = field(default_factory=list)
    mods: list[Filler] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    preps: list[tuple[str, Phrase]] = field(default_factory=list)
    members: list[Phrase] = field(default_factory=list)
    appositions: list[Phrase] = field(default_factory=list)
    participles: list[tuple[int, Filler]] = field(default_factory=list)
    pronoun: bool = False
    personal: bool = False
    owned: int = -1
    gov: Verb | Phrase | None = None
    role: str = ""

    @property
    def all(self) -> list[Phrase]:
        """The phrase with all it is coordinated with."""
        return self.members or [self]

    def actors(self) -> list[Filler]:
        """All actors of the phrase and its coordination, each once."""
        if not self.members and len(self.fillers) < 2:
            return [*self.fillers]
        found: dict[str, Filler] = {}
        for member in self.all:
            for filler in member.fillers:
                found.setdefault(filler.actor, filler)
        return list(found.values())


@dataclass(slots=True, eq=False)
class Verb:
    """A verb with its group, or a copula with what it predicates.

    ``lemmas`` hold the verb and its longer expressions, longest first; ``kind`` is
    ``fin``, ``inf``, ``ing`` or ``part``; ``link`` tells how it hangs on ``gov``:
    ``xcomp``, ``prep:of``, ``ccomp``, ``rel``, ``advcl``, ``conj``, ``quote``, ``goal``,
    ``noun`` or empty. ``tag`` and ``low`` are empty: only marks have them.
    """

    tag: ClassVar[str] = ""
    low: ClassVar[str] = ""
    first: int
    head: int
    lemmas: tuple[str, ...] = ()
    kind: str = "fin"
    passive: bool = False
    aux: list[str] = field(default_factory=list)
    subj: Phrase | None = None
    obj: Phrase | None = None
    obj2: Phrase | None = None
    obl: list[tuple[str, Phrase]] = field(default_factory=list)
    pred: Phrase | None = None
    gov: Verb | Phrase | None = None
    link: str = ""
    mark: str = ""
    question: bool = False
    item: int = 0
    end: int = 0

    @property
    def lemma(self) -> str:
        """The longest expression that the verb is part of."""
        return self.lemmas[0] if self.lemmas else ""


Node = Verb | Phrase


@dataclass(slots=True)
class Structure:
    """A sentence as a reader sees it.

    ``according`` is the phrase behind "according to", and ``according_from`` the word
    from which on it is the source; ``negated`` holds starts of
    actors that are singled out as not meant ("but not Belmark"); ``scared`` are spans
    of words in quotation marks of their own.
    """

    words: list[Word]
    verbs: list[Verb] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    according: Phrase | None = None
    according_from: int = 0
    negated: set[int] = field(default_factory=set)
    scared: tuple[tuple[int, int], ...] = ()
    question: bool = False

    def node_at(self, start: int) -> Node | None:
        """Find the node whose cue word starts at an offset of the stored text."""
        for verb in self.verbs:
            if self.words[verb.head].start <= start < self.words[verb.head].end:
                return verb
        best: Phrase | None = None
        for phrase in self.phrases:
            first, last = self.words[phrase.first], self.words[phrase.last]
            if first.start <= start < last.end and (
                best is None or phrase.last - phrase.first < best.last - best.first
            ):
                best = phrase
        for verb in self.verbs:
            last = self.words[verb.end]
            if self.words[verb.first].start <= start < last.end:
                return best or verb
        return best
