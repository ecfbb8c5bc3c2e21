"""Make an extractor ready: language, parser, proposers that others bring along."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from whosays.errors import MissingExtra, UsageError
from whosays.extract import plugins
from whosays.extract.document import Registry
from whosays.extract.llm import NAME
from whosays.extract.pipeline import Extractor, blank
from whosays.extract.proposals import Proposer
from whosays.extract.proposers.lexical import Lexical

if TYPE_CHECKING:
    from spacy.language import Language

    from whosays.extract.llm.route import Route


def extractor(
    registry: Registry,
    *,
    language: str = "en",
    model: str = "",
    named: Sequence[str] = (),
    own: Path | None = None,
    relations: Collection[str] = (),
    route: Route | None = None,
    langextract: Path | None = None,
    dictionary: Path | None = None,
) -> Extractor:
    """Make an extractor.

    ``model`` is the name or folder of a spaCy pipeline with a parser; ``named`` are
    extractors of entry points; ``own`` is the folder of a project that may add cues;
    ``relations`` are the ids that it knows; ``route`` is the way to a language model
    that is asked too; ``langextract`` is a file of extractions that LangExtract wrote,
    ``dictionary`` one of further verbs with CAMEO codes.

    Raises:
        MissingExtra: spaCy is not installed.
        MissingFile: there is no such file of extractions, or of verbs.
        UsageError: there is no such pipeline, or it has no parser; or a file holds
            no extractions, or no verbs.
        DataError: a table of cues is faulty.
    """
    nlp = parser(model) if model else None
    proposers: list[Proposer] = [Lexical()]
    if nlp is not None:
        from whosays.extract.proposers.syntax import Syntax

        proposers.append(Syntax(nlp))
    proposers += plugins.load(name for name in named if name != NAME)
    if langextract is not None:
        from whosays.extract.langextract import read
        from whosays.extract.proposers.langextract import LangExtract

        proposers.append(LangExtract(read(langextract), registry.relations))
    if route is not None:
        proposers.append(route.proposer())
    elif NAME in named:
        hint = "Name one with --endpoint URL and --endpoint-model NAME"
        raise UsageError("a language model needs an endpoint", hint)
    return Extractor(
        registry,
        language=language,
        proposers=tuple(proposers),
        nlp=nlp or blank(language),
        cues=own / "cues" if own else None,
        relations=frozenset(relations),
        dictionary=dictionary,
    )


def parser(model: str) -> Language:
    """Load a spaCy pipeline by name or folder.

    Raises:
        MissingExtra: spaCy is not installed.
        UsageError: there is no such pipeline.
    """
    try:
        import spacy
    except ImportError as error:
        raise MissingExtra("extract", "extraction", "spaCy") from error
    try:
        return spacy.load(model)
    except OSError as error:
        raise UsageError(
            f"no spaCy pipeline “{model}”",
            f"Install one (python -m spacy download {model}) or name its folder",
        ) from error
