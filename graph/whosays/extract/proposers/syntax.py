"""The proposer that reads a parse: any spaCy pipeline, UD or CLEAR labels.

Every actor's name is masked by one token of its kind before parsing, so that a parser
is not thrown off by names that it has never seen; words and tokens then agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from whosays.extract.document import Document
from whosays.extract.frames import Frames
from whosays.extract.lexicon import Lexicon
from whosays.extract.nodes import Structure
from whosays.extract.parsed import ParseReader
from whosays.extract.proposals import Context, Proposal
from whosays.extract.recalling import Recalling
from whosays.extract.roles import Roles, Token, scheme
from whosays.extract.straightening import straightened
from whosays.extract.words import Word

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MASKS = {
    "name": "France",
    "person": "Smith",
    "adjective": "French",
    "people": "Germans",
}
_ASIDE = {"ADV": "RB"}


class Syntax:
    """Reads structures from a parse; ``structures`` keeps them for the scope layer."""

    name = "syntax"
    version = "1"
    needs: frozenset[str] = frozenset({"parse"})

    def __init__(self, nlp: Language) -> None:
        """Keep the pipeline and recognise its labels.

        Raises:
            UsageError: it has no parser, or its labels are neither UD nor CLEAR.
        """
        self._nlp = nlp
        self._scheme = scheme(parser_labels(nlp))
        self.structures: dict[int, Structure] = {}

    def propose(self, doc: Document, ctx: Context) -> Iterable[Proposal]:
        """Yield what the parses of the sentences with actors relate."""
        self.structures = {}
        indices = [
            index
            for index, structure in enumerate(ctx.structures)
            if structure is not None and _several(structure)
        ]
        words = [fresh(ctx.structures[index]) for index in indices]
        masked = (mask(self._nlp, one, ctx) for one in words)
        standing = Recalling(ctx.registry, ctx.lexicon)
        frames = Frames(ctx.lexicon, ctx.registry)
        for index, own, parse in zip(
            indices, words, self._nlp.pipe(masked, batch_size=64), strict=True
        ):
            read = ctx.structures[index]
            assert read is not None  # indices are of those that were read
            structure = structure_of(parse, own, self._scheme, ctx.lexicon)
            structure.scared = read.scared
            standing.recall(structure, read)
            self.structures[index] = structure
            yield from frames.propose(structure)


def _several(structure: Structure) -> bool:
    """Tell whether a sentence names two actors, without whom nothing is related.

    A pronoun counts by whom the words read in it, as it does in the parse.
    """
    actors = {word.mention.actor for word in structure.words if word.mention}
    if not actors or len(actors) > 1:
        return bool(actors)
    for phrase in structure.phrases:
        for one in (*phrase.fillers, *phrase.owners):
            if one.actor not in actors:
                return True
    return any(
        one.actor not in actors
        for verb in structure.verbs
        if verb.subj is not None
        for one in verb.subj.fillers
    )


def fresh(structure: Structure | None) -> list[Word]:
    """Copy the words of a structure, without what another reader wrote on them."""
    words = structure.words if structure is not None else []
    return [Word(w.text, w.low, w.start, w.end, w.mention) for w in words]


def mask(nlp: Language, words: Sequence[Word], ctx: Context) -> Doc:
    """Make a document of the words, each name replaced by a known one of its kind."""
    from spacy.tokens import Doc

    texts = []
    for word in words:
        if word.mention is None:
            texts.append(word.text)
            continue
        actor = ctx.registry.actors.get(word.mention.actor)
        kind = word.mention.kind
        if kind == "name" and actor is not None and actor.type == "person":
            kind = "person"
        texts.append(MASKS[kind])
    spaces = [
        after.start > word.end
        for word, after in zip(words, [*words[1:], words[-1]], strict=True)
    ]
    return Doc(nlp.vocab, words=texts, spaces=spaces)


def structure_of(
    parse: Doc, words: list[Word], labels: str, lexicon: Lexicon
) -> Structure:
    """Read the structure of a parsed sentence whose tokens are our words."""
    tokens = [
        Token(
            index=token.i,
            low=word.low.replace("\u2019", "'"),
            head=token.head.i,
            dep=token.dep_,
            pos=token.pos_,
        )
        for token, word in zip(parse, words, strict=True)
    ]
    for word, token in zip(words, parse, strict=True):
        word.low = word.low.replace("\u2019", "'")
        counts = token.pos_ == "NUM" or lexicon.tags.get(word.low) == "CD"
        word.tag = "CD" if counts else _ASIDE.get(token.pos_, "")
        if word.low in ("not", "n't", "never"):
            word.tag = "NG"
        if word.low in ('"', "\u201c", "\u201d"):
            word.tag = "QO"
    named = [word.mention is not None for word in words]
    titles = (lexicon.predicates, lexicon.generics)
    roles = Roles(straightened(tokens, named, titles), labels)
    return ParseReader(words, roles, lexicon).read()


def parser_labels(nlp: Any) -> Sequence[str]:  # noqa: ANN401  (spaCy is optional)
    """List the labels of a pipeline's parser.

    Raises:
        UsageError: it has none.
    """
    from whosays.errors import UsageError

    for name in ("parser", "experimental_biaffine_parser"):
        if nlp.has_pipe(name):
            labels: Sequence[str] = nlp.get_pipe(name).labels
            return labels
    raise UsageError(
        "the spaCy pipeline has no parser", "Name one that has, or leave --model out"
    )
