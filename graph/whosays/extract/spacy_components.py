"""whosays in a spaCy pipeline: ``whosays_actors`` and ``whosays_statements``.

Mentions are put into ``doc.spans["actors"]`` with the actor's id as ``kb_id_``,
statements into ``doc._.statements``. Registry and language are configuration, so a
pipeline can be saved. With a parse in the pipeline the second component uses it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from whosays import project as projects
from whosays.extract.document import document
from whosays.extract.mentions import ActorMatcher
from whosays.extract.pipeline import Extractor
from whosays.extract.proposals import Proposer
from whosays.extract.proposers.lexical import Lexical
from whosays.extract.running import registry_of
from whosays.extract.setup import parser


class Actors:
    """Finds actors; see ``make_actors``."""

    def __init__(self, project: str, language: str) -> None:
        """Read the registry of a project folder."""
        extractor = _extractor(project, language, "")
        self._matcher = ActorMatcher(
            extractor.registry, extractor.lexicon, extractor.tokenizer
        )

    def __call__(self, doc: Doc) -> Doc:
        """Mark the actors of a document."""
        found = []
        for word in self._matcher.words(doc.text, 0):
            if word.mention is not None:
                span = doc.char_span(
                    word.mention.start,
                    word.mention.end,
                    label="ACTOR",
                    kb_id=word.mention.actor,
                    alignment_mode="expand",
                )
                if isinstance(span, Span):
                    found.append(span)
        doc.spans["actors"] = found
        return doc


class Statements:
    """Finds statements; see ``make_statements``."""

    def __init__(self, project: str, language: str, source: str, model: str) -> None:
        """Read the registry of a project folder."""
        self._extractor = _extractor(project, language, model)
        self._source = source

    def __call__(self, doc: Doc) -> Doc:
        """Put the candidates of a document into ``doc._.statements``."""
        found = self._extractor.extract(document(doc.text, self._source))
        doc._.statements = found.candidates
        return doc


@Language.factory("whosays_actors", default_config={"project": "", "language": "en"})
def make_actors(nlp: Language, name: str, project: str, language: str) -> Actors:
    """Make the component that finds the actors of a project."""
    return Actors(project, language)


@Language.factory(
    "whosays_statements",
    default_config={"project": "", "language": "en", "source": "text", "model": ""},
)
def make_statements(
    nlp: Language, name: str, project: str, language: str, source: str, model: str
) -> Statements:
    """Make the component that finds statements; ``model`` names a parser."""
    if not Doc.has_extension("statements"):
        Doc.set_extension("statements", default=())
    return Statements(project, language, source, model)


@cache
def _extractor(project: str, language: str, model: str) -> Extractor:
    read = projects.read(Path(project))
    proposers: list[Proposer] = [Lexical()]
    nlp = parser(model) if model else None
    if nlp is not None:
        from whosays.extract.proposers.syntax import Syntax

        proposers.append(Syntax(nlp))
    return Extractor(
        registry_of(read.collection),
        language=language,
        proposers=tuple(proposers),
        nlp=nlp,
    )
