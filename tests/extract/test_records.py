import json
from dataclasses import replace
from pathlib import Path

import pytest

from whosays.extract.records import (
    KEYS,
    MODALITIES,
    Alternative,
    BadCandidate,
    Candidate,
    Links,
    Selector,
    When,
    candidate_id,
    from_record,
    read_candidates,
    to_line,
    to_record,
    write_candidates,
)
from whosays.model import Modality

ONE = Candidate(
    id="c-5d0e41b7a2c93f18",
    source="vale-interview",
    doc_sha256="9c41" * 16,
    subject="aldoria",
    relation="arms",
    object="cedar-front",
    stance="denies",
    speaker="oren-vale",
    also=("ila-brandt",),
    chain=("harbour-post",),
    time=When(start=3, end=7, edtf="2014"),
    subject_mention=(31, 38),
    object_mention=(53, 64),
    cue=(43, 48),
    speaker_mention=(0, 18),
    selector=Selector(start=0, end=65, exact="Minister Oren Vale \U0001f33f denied."),
    locator="¶4",
    links=Links(subject="coref"),
    tier="A",
    proposers=("lexical", "syntax"),
    patterns=("v-arm-1",),
    alternatives=(
        Alternative(
            subject="aldoria",
            relation="supports",
            object="cedar-front",
            stance="denies",
            proposer="lexical",
        ),
    ),
    flags=("coref",),
    extractor="whosays 0.1.0 / cues en 1",
)


def test_a_line_holds_the_keys_of_the_design_in_their_order():
    design = (
        "id source doc_sha256 subject relation object stance speaker also chain "
        "modality time subject_mention object_mention cue speaker_mention selector "
        "locator links tier proposers patterns alternatives flags status extractor"
    )

    line = to_line(ONE)

    assert list(json.loads(line)) == design.split() == list(KEYS)
    assert "\n" not in line


def test_what_is_written_is_read_back(tmp_path: Path):
    path = tmp_path / "one.jsonl"
    bare = replace(ONE, time=None, speaker_mention=None, alternatives=())

    count = write_candidates(path, [ONE, bare])

    assert count == 2
    assert list(read_candidates(path)) == [ONE, bare]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("colour", "red", "unknown key “colour”"),
        ("stance", "maybe", "“stance” cannot be “maybe”"),
        ("cue", [5], "“cue” is no span"),
        ("cue", [True, 5], "“cue” is no span"),
        ("tier", 1, "“tier” is of the wrong type"),
        ("flags", ["odd"], "unknown flag “odd”"),
        ("also", "oren-vale", "“also” is no list of texts"),
        ("selector", [], "selector is no object"),
        ("links", {"subject": "registry"}, "links lacks “object”"),
        ("alternatives", {}, "alternatives is no list"),
    ],
)
def test_a_line_that_is_no_candidate_is_refused_with_its_number(
    tmp_path: Path, key: str, value: object, said: str
):
    path = tmp_path / "bad.jsonl"
    record = to_record(ONE) | {key: value}
    path.write_text(f"{to_line(ONE)}\n{json.dumps(record)}\n", "utf-8")

    with pytest.raises(BadCandidate) as caught:
        list(read_candidates(path))

    assert said in caught.value.message
    assert caught.value.line == 2


def test_a_missing_key_and_broken_json_are_refused(tmp_path: Path):
    path = tmp_path / "bad.jsonl"
    path.write_text("{oops\n", "utf-8")
    record = to_record(ONE)
    del record["tier"]

    with pytest.raises(BadCandidate, match="lacks “tier”"):
        from_record(record)
    with pytest.raises(BadCandidate, match="no JSON"):
        list(read_candidates(path))


def test_the_id_does_not_depend_on_the_order_of_symmetric_ends():
    given = ("ab", (1, 4), "x", "fights", "y", "affirms")
    turned = ("ab", (1, 4), "y", "fights", "x", "affirms")

    same = candidate_id(*given, symmetric=True) == candidate_id(*turned, symmetric=True)

    assert same
    assert candidate_id(*given) != candidate_id(*turned)
    assert candidate_id(*given).startswith("c-")
    assert len(candidate_id(*given)) == 18


def test_every_modality_of_a_candidate_is_one_of_the_ontology():
    values = set(MODALITIES.values())

    assert values <= set(Modality)
    assert MODALITIES["asserted"] is Modality.ACTUAL
