"""How readings of words and parse become one candidate: stance, speaker, tier."""

from dataclasses import replace

import pytest

from whosays import vocab
from whosays.extract import cuetables, tiers
from whosays.extract.merge import Read, merge
from whosays.extract.records import Selector
from whosays.extract.words import Filler
from whosays.tables import read_table

WORDS = Read(
    proposer="lexical",
    sentence=0,
    subject=Filler("aldoria", 0, 7),
    relation="arms",
    target=Filler("cedar-front", 18, 29),
    stance="denies",
    speaker="oren-vale",
    also=(),
    chain=(),
    speaker_mention=None,
    speaker_link="registry",
    modality="asserted",
    time=None,
    cue=(8, 12),
    selector=Selector(start=0, end=30, exact="…", prefix="", suffix=""),
    locator="¶1",
    pattern="v-arm-arms",
    flags=(),
    safe=True,
)
PARSE = replace(WORDS, proposer="syntax")
BOTH = (WORDS, PARSE)
SIDE = Filler("cedar-front", 13, 24, via="head")
DEED = Filler("cedar-front", 13, 24, via="deed")
THEM = Filler("cedar-front", 13, 17, link="coref", via="pronoun")
NOBODY = Filler("new:ruby-guild", 13, 24, link="proposed-new")
IT = Filler("aldoria", 0, 2, link="coref", via="pronoun")


def merged(*reads: Read, parsed: bool = True):
    return merge(
        reads,
        source="vale",
        doc_sha256="9c41",
        extractor="tables",
        symmetric=frozenset(),
        parsed=parsed,
    )


@pytest.mark.parametrize(
    ("reads", "tier"),
    [
        ([WORDS, PARSE], "A"),
        ([replace(WORDS, subject=IT), replace(PARSE, subject=IT)], "B"),
        ([WORDS, replace(PARSE, stance="affirms")], "B"),
        ([WORDS], "B"),
        ([replace(WORDS, safe=False)], "B"),
        ([replace(WORDS, subject=IT)], "C"),
        ([PARSE], "C"),
        ([PARSE, replace(WORDS, stance="affirms")], "C"),
        ([replace(one, pattern="n-arms-arms") for one in (WORDS, PARSE)], "A"),
        ([replace(one, subject=IT, pattern="n-raid-attacks") for one in BOTH], "C"),
        ([replace(WORDS, subject=IT, pattern="c-rifle-arms")], "B"),
        ([replace(one, target=SIDE) for one in BOTH], "B"),
        ([replace(one, target=DEED) for one in BOTH], "C"),
        ([replace(one, target=NOBODY) for one in BOTH], "C"),
        ([replace(one, pattern="cameo-190-arm") for one in BOTH], "C"),
    ],
)
def test_a_tier_tells_who_agrees_and_whether_the_ends_are_named(reads, tier: str):
    (one,) = merged(*reads)

    assert one.tier == tier


@pytest.mark.parametrize("blind", ["lexical", "syntax"])
def test_who_saw_a_negation_is_believed_and_the_other_stance_is_kept(blind: str):
    reads = [
        replace(one, stance="affirms") if one.proposer == blind else one
        for one in (WORDS, PARSE)
    ]

    (one,) = merged(*reads)

    assert one.stance == "denies"
    assert [other.stance for other in one.alternatives] == ["affirms"]
    assert "stance-disagrees" in one.flags


def test_the_words_tell_who_speaks():
    (one,) = merged(replace(PARSE, speaker="@author"), WORDS)

    assert one.speaker == "oren-vale"


def test_a_pronoun_beside_a_verb_is_trusted_more_where_no_parse_could_have_seen_it():
    (one,) = merged(replace(WORDS, subject=IT), parsed=False)
    (both,) = merged(replace(WORDS, subject=IT, target=THEM), parsed=False)

    assert (one.tier, both.tier) == ("B", "C")


def test_every_row_of_the_tiers_names_kinds_that_there_are():
    closed = {
        "readers": {"both", "split", "words", "alone"},
        "subject": {"name", "side", "thing", "pronoun", "stranger"},
        "object": {"name", "side", "thing", "deed", "pronoun", "stranger"},
        "cues": {*tiers.TABLES.values(), "dictionary"},
        "relation": set(vocab.load().relations),
        "clause": {"plain"},
        "tier": {"A", "B", "C"},
    }
    table = read_table(cuetables.FOLDER / "tiers.csv", columns=tiers.COLUMNS)

    wrong = [
        (row.number, name, row.cells[name])
        for row in table.rows
        for name, known in closed.items()
        if row.cells[name] and row.cells[name] not in known
    ]

    assert not table.problems
    assert wrong == []
    assert {table.rows[-1].cells[name] for name in tiers.COLUMNS[:6]} == {""}
