"""What LangExtract wrote is taken over only where our text bears it out."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import whosays
from whosays import vocab
from whosays.cli.main import main
from whosays.extract import langextract
from whosays.extract.document import Registry, document
from whosays.extract.llm import refusals
from whosays.extract.pipeline import Extraction, Extractor
from whosays.extract.proposers.langextract import LangExtract
from whosays.extract.proposers.lexical import Lexical
from whosays.extract.records import Candidate, read_candidates, to_line
from whosays.model import Actor, ActorType
from whosays.testing import check_proposer

DENIAL = "Minister Oren Vale denied that Aldoria had armed the Cedar Front."
TEXT = (
    f"{DENIAL} The forensic team left.\n"
    "Belmark attacked Aldoria in March. The Dun Brigade fought Belmark.\n"
    "Aldoria backs Belmark. Somebody paused. Aldoria backs Belmark.\n"
)
KINDS = {
    "aldoria": ("Aldoria", ActorType.STATE),
    "belmark": ("Belmark", ActorType.STATE),
    "cedar-front": ("Cedar Front", ActorType.MILITIA),
    "oren-vale": ("Oren Vale", ActorType.PERSON),
}
REGISTRY = Registry(
    actors={
        slug: Actor(slug=slug, label=label, type=kind)
        for slug, (label, kind) in KINDS.items()
    },
    relations=vocab.load().relations,
)


def said(words: str, kind: str = "statement", **attributes: Any) -> dict[str, Any]:
    start = TEXT.find(words)
    return {
        "extraction_class": kind,
        "extraction_text": words,
        "char_interval": {"start_pos": start, "end_pos": start + len(words)},
        "alignment_status": "match_exact",
        "extraction_index": 1,
        "group_index": 0,
        "description": None,
        "attributes": attributes,
    }


ARMING = said(
    DENIAL,
    subject="Aldoria",
    relation="arms",
    object="the Cedar Front",
    stance="denies",
    speaker="Oren Vale",
    cue="armed",
)
ATTACK = said(
    "Belmark attacked Aldoria",
    kind="attacks",
    subject="belmark",
    object="Aldoria",
    stance="affirms",
)
BRIGADE = said(
    "fought",
    subject="The Dun Brigade",
    object="Belmark",
    relation="fights",
    stance="affirms",
)
BACKING = said(
    "Aldoria backs Belmark.",
    subject="Aldoria",
    object="Belmark",
    relation="supports",
    stance="affirms",
)


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Extraction]:
    def reading(*items: Any, text: str = TEXT, line: str = "") -> Extraction:
        path = tmp_path / "out.jsonl"
        record = {"extractions": [*items], "text": text, "document_id": "doc_1"}
        path.write_text(f"{line or json.dumps(record)}\n", "utf-8")
        proposer = LangExtract(langextract.read(path), REGISTRY.relations)
        extractor = Extractor(REGISTRY, proposers=(Lexical(), proposer))
        return extractor.extract(document(TEXT, "tale"))

    return reading


def taken(found: Extraction) -> list[Candidate]:
    return [one for one in found.candidates if langextract.NAME in one.proposers]


def test_what_rules_read_too_is_tier_a_and_what_nobody_else_read_is_last(read):
    found = taken(read(ARMING, ATTACK, BRIGADE))

    assert [(*one.reading, one.speaker, one.tier) for one in found] == [
        ("aldoria", "arms", "cedar-front", "denies", "oren-vale", "A"),
        ("belmark", "attacks", "aldoria", "affirms", "@author", "A"),
        ("new:dun-brigade", "fights", "belmark", "affirms", "@author", "C"),
    ]
    assert all(" / langextract out.jsonl " in one.extractor for one in found)


def test_words_that_stand_twice_are_placed_by_the_interval_or_marked(read):
    second = TEXT.rfind("Aldoria backs")
    told = {"start_pos": second, "end_pos": second + len("Aldoria backs Belmark.")}
    placed = {**BACKING, "char_interval": told}
    unplaced = {**BACKING, "char_interval": None}

    (one,) = taken(read(placed))
    both = taken(read(unplaced))

    assert one.cue[0] > second
    assert "repeated-quote" not in one.flags
    assert len(both) == 2
    assert {"repeated-quote" in each.flags for each in both} == {True}


def test_an_interval_that_is_wrong_does_not_move_the_words(read):
    wrong = {**ATTACK, "char_interval": {"start_pos": 3, "end_pos": 9_999_999}}

    (one,) = taken(read(wrong))

    assert TEXT[slice(*one.subject_mention)] == "Belmark"


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ({"extraction_text": "Aldoria trained the Front"}, refusals.QUOTE),
        (
            {"extraction_text": "Belmark … Aldoria", "alignment_status": "match_fuzzy"},
            refusals.QUOTE,
        ),
        ({"extraction_text": None}, refusals.MISSING_FIELD),
        ({"extraction_text": "Belmark " * 500}, refusals.QUOTE_LONG),
        ({"extraction_class": 7}, refusals.MISSING_FIELD),
        ({"extraction_class": "quarrel"}, refusals.UNKNOWN_RELATION),
        ({"attributes": None}, refusals.MISSING_FIELD),
        ({"attributes": ["subject"]}, refusals.MISSING_FIELD),
        ({"subject": ""}, refusals.MISSING_FIELD),
        ({"stance": None}, refusals.MISSING_FIELD),
        ({"stance": "maybe"}, refusals.UNKNOWN_STANCE),
        ({"modality": "certain"}, refusals.UNKNOWN_MODALITY),
        ({"subject": "Corvia"}, refusals.SUBJECT),
        ({"object": "Ald"}, refusals.OBJECT),
        ({"object": ["Aldoria", "Corvia"]}, refusals.WRONG_TYPE),
        ({"object": "Belmark"}, refusals.SAME_ENDS),
        ({"subject": "cedar-front", "subject_text": "Belmark"}, refusals.CONTRADICTS),
        ({"cue": "armed"}, refusals.CUE),
        ({"speaker": "Ila Brandt"}, refusals.SPEAKER),
    ],
)
def test_what_the_text_does_not_bear_out_is_refused(
    read, damage: dict[str, Any], reason: str
):
    fields = {key: value for key, value in damage.items() if key in ATTACK}
    others = {key: value for key, value in damage.items() if key not in ATTACK}
    item = {**ATTACK, "attributes": {**ATTACK["attributes"], **others}, **fields}

    found = read(item)

    assert not taken(found)
    assert [one.reason for one in found.refusals] == [reason]


def test_what_is_said_twice_counts_once_and_what_is_no_object_is_told(read):
    found = read(ATTACK, ATTACK, 7, None)

    assert len(taken(found)) == 1
    assert sorted(one.reason for one in found.refusals) == [
        refusals.NO_OBJECT,
        refusals.NO_OBJECT,
        refusals.REPEATED,
    ]


def test_a_line_that_cannot_be_read_is_told_and_the_others_count(read):
    whole = json.dumps({"extractions": [ATTACK], "text": TEXT, "document_id": "x"})

    found = read(line=f"{whole}\n{whole[:80]}\n[1]\n\n{{}}")

    assert len(taken(found)) == 1
    assert [one.reason for one in found.refusals] == [refusals.NO_LINE] * 3
    assert [one.detail[:7] for one in found.refusals] == [
        "line 2:",
        "line 3:",
        "line 5:",
    ]


def test_of_several_documents_only_those_of_this_text_are_read(read):
    lines = [
        {
            "extractions": [ATTACK],
            "text": "Belmark attacked Aldoria.",
            "document_id": 1,
        },
        {"extractions": [ARMING], "text": TEXT.replace("\n", "\r\n")},
        {"extractions": None, "text": None, "document_id": "other"},
    ]

    found = read(line="\n".join(map(json.dumps, lines)))

    assert [one.relation for one in taken(found)] == ["arms"]


def test_a_file_about_other_texts_is_told(read):
    lines = [{"extractions": [ATTACK], "text": f"Other {n}."} for n in (1, 2)]

    found = read(line="\n".join(map(json.dumps, lines)))

    assert not taken(found)
    assert [one.reason for one in found.refusals] == [refusals.NOTHING_OF_IT]


def test_of_damaged_files_nothing_ungrounded_is_taken(read):
    chance = random.Random(7)
    items = [ARMING, ATTACK, BRIGADE, BACKING]
    strange: list[Any] = [None, 7, "", "Corvia", [], {}, ["x"], "\u202e", "denies", -1]

    for _ in range(150):
        item = json.loads(json.dumps(chance.choice(items)))
        place = item if chance.random() < 0.4 else item["attributes"]
        place[chance.choice([*place])] = chance.choice(strange)
        found = read(item)
        for one in taken(found):
            start, end = one.selector.start, one.selector.end
            assert TEXT[start:end] == one.selector.exact
            for span in (one.subject_mention, one.object_mention, one.cue):
                assert start <= span[0] < span[1] <= end
            assert {one.subject, one.object} <= {*KINDS, "new:dun-brigade"}
        assert len(taken(found)) + len(found.refusals) >= 1


def test_the_same_file_gives_the_same_bytes_and_passes_the_conformance_check(
    read, tmp_path: Path
):
    first = [to_line(one) for one in read(ARMING, BRIGADE, BACKING).candidates]

    second = [to_line(one) for one in read(ARMING, BRIGADE, BACKING).candidates]

    assert first == second
    made = langextract.read(tmp_path / "out.jsonl")
    check_proposer(LangExtract(made, REGISTRY.relations))


def test_the_command_and_the_library_take_a_file_over(project: Path, capsys):
    text = "Belmark attacked Aldoria. Corvia\u2019s fleet left."
    (project / "texts" / "vale.txt").write_text(text, "utf-8")
    lie = {**ATTACK, "extraction_text": "Belmark robbed Aldoria"}
    path = project / "out.jsonl"
    path.write_text(json.dumps({"extractions": [ATTACK, lie], "text": text}), "utf-8")
    vale = str(project / "texts" / "vale.txt")

    code = main(
        ["extract", vale, "-p", str(project), "--import-langextract", str(path)]
    )

    told = capsys.readouterr()
    written = project / "build" / "candidates" / "vale-interview.jsonl"
    refused = written.with_suffix(".refused.jsonl").read_text("utf-8")
    run = json.loads(written.with_suffix(".run.json").read_text("utf-8"))
    (outcome,) = whosays.load(project).extract(vale, langextract=path)
    assert code == 0
    assert "1 refused" in told.out
    assert [one.proposers for one in read_candidates(written)] == [
        (langextract.NAME, "lexical")
    ]
    assert json.loads(refused)["reason"] == refusals.QUOTE
    assert run["langextract"]["taken"] == 1
    assert outcome.extraction is not None
    assert outcome.extraction.candidates == tuple(read_candidates(written))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[]\n", "no extractions of LangExtract"),
        ("\x00\xff", "no extractions"),
        ("", "no"),
    ],
)
def test_a_file_that_holds_nothing_of_the_kind_ends_with_two(
    project: Path, capsys, content: str, told: str
):
    path = project / "out.jsonl"
    path.write_bytes(content.encode("latin-1"))
    vale = str(project / "texts" / "vale.txt")

    code = main(
        ["extract", vale, "-p", str(project), "--import-langextract", str(path)]
    )

    assert code == 2
    assert told in capsys.readouterr().err
