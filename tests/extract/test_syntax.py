from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from whosays.errors import UsageError
from whosays.extract.frames import Frames
from whosays.extract.memory import Memory
from whosays.extract.proposers.syntax import parser_labels, structure_of
from whosays.extract.roles import scheme
from whosays.extract.scope import Scope
from whosays.extract.standing import Standing
from whosays.extract.words import Mention, Word

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PARSES = Path(__file__).with_name("parses.txt").read_text("utf-8").strip().split("\n\n")


@cache
def blank() -> Language:
    """Give spaCy without a model; every process that collects tests would import it."""
    import spacy

    return spacy.blank("en")


def parse(block: str, labels: str) -> tuple[str, Doc, list[Word]]:
    """Read one sentence: expected readings, then word, tag, and both parses."""
    from spacy.tokens import Doc

    first, *rows = block.split("\n")
    columns = [row.split() for row in rows]
    words, offset = [], 0
    for text, *_ in columns:
        slug = text.lower().replace("_", "-")
        end = offset + len(text)
        mention = None
        if "_" in text or slug in ("aldoria", "belmark", "corvia"):
            mention = Mention(slug, offset, end)
        words.append(Word(text.replace("_", " "), text.lower(), offset, end, mention))
        offset = end + 1
    at = 2 if labels == "ud" else 4
    heads = [int(row[at]) - 1 for row in columns]
    doc = Doc(
        blank().vocab,
        words=[row[0] for row in columns],
        pos=[row[1] for row in columns],
        heads=[i if head < 0 else head for i, head in enumerate(heads)],
        deps=[row[at + 1] for row in columns],
    )
    return first.removeprefix("#").strip(), doc, words


def readings(reader, doc: Doc, words: list[Word], labels: str) -> set[str]:
    lexicon, registry = reader.extractor.lexicon, reader.registry
    structure = structure_of(doc, words, labels, lexicon)
    Standing(registry, lexicon).settle(structure, Memory())
    found = set()
    for one in Frames(lexicon, registry).propose(structure):
        row = lexicon.by_id[one.pattern]
        scope = Scope(lexicon).read(
            structure, one.cue[0], row, (one.subject, one.object)
        )
        if scope.dropped:
            continue
        actors = scope.sources[0].actors() if scope.sources else []
        speaker = actors[0].actor if actors else "@author"
        relation = lexicon.tables.relations[one.relation]
        found.add(
            f"{one.subject.actor} {relation} {one.object.actor} {scope.stance} {speaker}"
        )
    return found


@pytest.mark.parametrize("labels", ["ud", "clear"])
@pytest.mark.parametrize("block", PARSES, ids=range(len(PARSES)))
def test_both_sets_of_labels_give_the_same_statements(reader, block: str, labels: str):
    expected, doc, words = parse(block, labels)

    found = readings(reader, doc, words, labels)

    assert found == {one.strip() for one in expected.split(";") if one.strip()}


def test_forty_sentences_are_given_twice():
    assert len(PARSES) >= 40


def test_labels_of_neither_set_are_refused():
    with pytest.raises(UsageError, match="neither Universal Dependencies nor CLEAR"):
        scheme(["SB", "OA", "MO"])


def test_a_pipeline_without_a_parser_is_refused():
    with pytest.raises(UsageError, match="has no parser"):
        parser_labels(blank())
