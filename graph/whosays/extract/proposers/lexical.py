"""The proposer that needs no weights: cue tables over words in their order."""

from __future__ import annotations

from collections.abc import Iterable

from whosays.extract.chunks import chunk
from whosays.extract.clauses import ClauseReader
from whosays.extract.document import Document
from whosays.extract.frames import Frames
from whosays.extract.lexicon import Lexicon
from whosays.extract.nodes import Structure
from whosays.extract.proposals import Context, Proposal
from whosays.extract.secondnames import named_once
from whosays.extract.tagging import tag
from whosays.extract.words import Word, unquoted


class Lexical:
    """Reads the structures that were made from word windows."""

    name = "lexical"
    version = "1"
    needs: frozenset[str] = frozenset()

    def propose(self, doc: Document, ctx: Context) -> Iterable[Proposal]:
        """Yield what the cues of each sentence relate."""
        frames = Frames(ctx.lexicon, ctx.registry)
        for structure in ctx.structures:
            if structure is not None and _two(structure):
                yield from frames.propose(structure)


def _two(structure: Structure) -> bool:
    """Tell whether two actors are spoken of: one alone is in no relation."""
    found = {word.mention.actor for word in structure.words if word.mention}
    if len(found) > 1:
        return True
    subjects = (verb.subj for verb in structure.verbs if verb.subj is not None)
    for phrase in (*structure.phrases, *subjects):
        for one in (*phrase.fillers, *phrase.owners, *phrase.mods):
            found |= {one.actor, one.place} - {""}
    return len(found) > 1


def read_structure(words: list[Word], lexicon: Lexicon) -> Structure:
    """Read the structure of a sentence from its words alone."""
    words, scared = unquoted(words)
    words = named_once(words)
    tag(words, lexicon)
    structure = ClauseReader(chunk(words, lexicon), words, lexicon).read()
    structure.scared = scared
    return structure
