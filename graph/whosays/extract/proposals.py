"""What a proposer yields, and what it is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from whosays.extract.document import Document, Registry
from whosays.extract.lexicon import Lexicon
from whosays.extract.llm.refusals import Refusal
from whosays.extract.nodes import Structure
from whosays.extract.records import Alignment, ModalityName, Span, StanceName
from whosays.extract.segment import Sentence
from whosays.extract.words import Filler


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What a proposer says itself of a claim, where the words cannot be read by rules.

    ``speaker`` is empty where the scope layer tells it; ``by`` names who was asked. It
    never outvotes a rule: see ``merge``.
    """

    stance: StanceName
    modality: ModalityName
    speaker: str = ""
    speaker_mention: Span | None = None
    speaker_link: str = ""
    alignment: Alignment = "exact"
    flags: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who relates how to whom, by which cue; stance and speaker come later.

    ``relation`` is what cues call it or an id of the ontology; ``pattern`` is the id
    of a row of the cue tables, or a name of the proposer's own.
    """

    cue: Span
    subject: Filler
    object: Filler
    relation: str
    pattern: str
    own: Own | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What proposers may look at: actors, cues, and the sentences as they were read.

    A long document comes in batches of sentences, one context after another.
    ``structures`` are parallel to ``sentences``; None where a sentence names no actor.
    ``speakers`` are whose turn each sentence is, or empty.
    """

    registry: Registry
    lexicon: Lexicon
    sentences: tuple[Sentence, ...]
    structures: tuple[Structure | None, ...]
    speakers: tuple[str, ...] = ()


@runtime_checkable
class Proposer(Protocol):
    """Finds statements in a document; ``needs`` is a subset of {"parse", "network"}."""

    name: str
    version: str
    needs: frozenset[str]

    def propose(self, doc: Document, ctx: Context) -> Iterable[Proposal | Refusal]:
        """Yield what is found; scope, grounding and merge are done for it.

        What it was offered and did not take may be yielded as a refusal, which is kept.
        """
        ...


@runtime_checkable
class Accounting(Protocol):
    """A proposer that has something to say about its work, for the record of a run."""

    def account(self) -> Mapping[str, object]:
        """Give facts as JSON can hold them."""
        ...
