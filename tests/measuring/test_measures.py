"""What is a hit, what is wrong and what is missed, by every measure."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import whosays
from whosays import vocab
from whosays.extract.document import Registry
from whosays.measuring.cooccurrence import CoOccurrence
from whosays.measuring.figures import Counts
from whosays.measuring.records import Claim, Prediction
from whosays.measuring.units import METRICS, Judge
from whosays.measuring.voices import judged
from whosays.model import Actor, ActorType

ACTORS = {
    actor.slug: actor
    for actor in (
        Actor(slug="aldoria", label="Aldoria", type=ActorType.STATE),
        Actor(
            slug="aldorian-navy",
            label="Aldorian Navy",
            type=ActorType.ARMED_FORCE,
            part_of="aldoria",
        ),
        Actor(slug="belmark", label="Belmark", type=ActorType.STATE),
        Actor(slug="cedar-front", label="Cedar Front", type=ActorType.MILITIA),
    )
}
REGISTRY = Registry(actors=ACTORS)
JUDGE = Judge(REGISTRY, vocab.load().relations)


def claim(text: str) -> Claim:
    subject, relation, object_, *stance = text.split()
    return Claim(
        subject=subject,
        relation=relation,
        object=object_,
        stance=stance[0] if stance else "affirms",
    )


def predicted(text: str, **more: str) -> Prediction:
    one = claim(text)
    return Prediction(
        subject=one.subject,
        relation=one.relation,
        object=one.object,
        stance=one.stance,
        **more,  # type: ignore[arg-type]
    )


def measures_met(gold: str, found: str) -> set[str]:
    return {
        metric
        for metric in METRICS
        if JUDGE.match(metric, [predicted(found)], [claim(gold)]).hits
    }


@pytest.mark.parametrize(
    ("found", "met"),
    [
        ("aldoria arms belmark", set(METRICS)),
        ("aldoria arms belmark denies", {"without stance", "pair"}),
        ("belmark arms aldoria", {"family", "relaxed", "pair"}),
        ("aldoria finances belmark", {"family", "relaxed", "pair"}),
        ("aldorian-navy arms belmark", {"family", "relaxed", "pair"}),
        ("aldoria alliedWith belmark", {"relaxed", "pair"}),
        ("aldoria attacks belmark", {"pair"}),
        ("aldoria loves belmark", {"pair"}),
        ("aldoria arms cedar-front", set()),
    ],
)
def test_each_measure_asks_for_less_than_the_one_before(found: str, met: set[str]):
    assert measures_met("aldoria arms belmark", found) == met


def test_force_is_another_family_than_opposition_but_for_the_relaxed_measure():
    met = measures_met("aldoria attacks belmark", "aldoria opposes belmark")

    assert met == {"relaxed", "pair"}


def test_a_symmetric_relation_is_met_in_either_order():
    met = measures_met("aldoria fights belmark", "belmark fights aldoria")

    assert met == set(METRICS)


def test_a_repeat_and_an_optional_find_are_neither_hits_nor_wrong():
    gold = [claim("aldoria arms belmark")]
    optional = [claim("aldoria supports belmark")]
    found = [
        predicted("aldoria arms belmark"),
        predicted("aldoria arms belmark"),
        predicted("aldoria supports belmark"),
        predicted("aldoria opposes belmark"),
        predicted("aldoria opposes belmark"),
    ]

    matching = JUDGE.match("strict", found, gold, optional)

    assert len(matching.hits) == 1
    assert [one.relation for one in matching.wrong] == ["opposes"]
    assert matching.missed == ()


def test_an_equal_pair_is_matched_before_a_pair_of_kin():
    gold = [claim("aldoria arms belmark"), claim("aldorian-navy arms belmark")]
    found = [predicted("aldorian-navy arms belmark"), predicted("aldoria arms belmark")]

    matching = JUDGE.match("pair", found, gold)

    assert [hit.claims[0].subject for hit in matching.hits] == [
        "aldorian-navy",
        "aldoria",
    ]


SAID = st.builds(
    lambda s, r, o, stance: Claim(subject=s, relation=r, object=o, stance=stance),
    st.sampled_from(sorted(ACTORS)),
    st.sampled_from(["arms", "attacks", "fights", "opposes", "tradesWith"]),
    st.sampled_from(sorted(ACTORS)),
    st.sampled_from(["affirms", "denies"]),
)


@settings(max_examples=150, deadline=None)
@given(gold=st.lists(SAID, max_size=4), found=st.lists(SAID, max_size=4))
def test_nothing_is_lost_or_counted_twice(gold: list[Claim], found: list[Claim]):
    predictions = [
        predicted(f"{f.subject} {f.relation} {f.object} {f.stance}") for f in found
    ]

    for metric in METRICS:
        matching = JUDGE.match(metric, predictions, gold)
        units = {JUDGE.key(metric, one) for one in gold}
        assert len(matching.hits) + len(matching.missed) == len(units)
        assert len(matching.hits) + len(matching.wrong) <= len(found)
        if not gold:
            assert len(matching.wrong) == len({JUDGE.key(metric, f) for f in found})


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(
        st.tuples(*[st.integers(0, 3)] * 3).map(list), min_size=1, max_size=30
    )
)
def test_a_figure_lies_between_0_and_1_and_the_same_counts_give_the_same(rows):
    score = Counts(rows, draws=60).score(0, 1, 2)

    again = Counts(rows, draws=60).score(0, 1, 2)

    assert score == again
    for one in (score.p, score.r, score.f1):
        if one.value is not None:
            assert one.low is not None
            assert one.high is not None
            assert 0 <= one.low <= one.high <= 1
            assert 0 <= one.value <= 1


def test_an_interval_holds_the_value_and_narrows_with_more_sentences():
    few, many = [[1, 0, 0], [0, 1, 1]] * 10, [[1, 0, 0], [0, 1, 1]] * 200

    wide, narrow = (Counts(rows).score(0, 1, 2).p for rows in (few, many))

    bounds = [wide.low, narrow.low, 0.5, narrow.high, wide.high]
    assert bounds == sorted(bounds, key=lambda bound: bound or 0.0)
    assert len(set(bounds)) == 5


def test_nothing_to_count_has_no_figure():
    score = Counts([[0, 0, 0]]).score(0, 1, 2)

    assert (score.p.value, score.r.value, score.f1.value) == (None, None, None)


@pytest.mark.parametrize(
    ("gold", "read", "judgement"),
    [
        ("@author", "@author", ("narrator", "right")),
        ("@author", "belmark", ("narrator", "right")),
        ("belmark", "@author", ("narrator", "right")),
        ("aldoria", "@author", ("actor", "narrator")),
        ("aldoria", "cedar-front", ("actor", "actor")),
        ("text:two weary villagers", "text:villagers, weary", ("other words", "right")),
        ("text:two weary villagers", "text:a priest", ("other words", "other words")),
        ("text:residents", "aldoria", ("other words", "actor")),
    ],
)
def test_the_speaker_is_right_or_a_wrong_one_of_some_kind(gold, read, judgement):
    found = [predicted("aldoria arms belmark", speaker=read)]
    known = Claim(subject="aldoria", relation="arms", object="belmark", speaker=gold)

    (hit,) = JUDGE.match("strict", found, [known]).hits

    assert judged(hit, "belmark") == judgement


def test_any_of_several_speakers_of_one_claim_is_right():
    known = [
        Claim(subject="aldoria", relation="arms", object="belmark", speaker="aldoria"),
        Claim(
            subject="aldoria",
            relation="arms",
            object="belmark",
            speaker="belmark",
            also=("cedar-front",),
        ),
    ]
    found = [predicted("aldoria arms belmark", speaker="cedar-front")]

    matching = JUDGE.match("strict", found, known)

    assert len(matching.hits) == 1
    assert judged(matching.hits[0], "") == ("actor", "right")


def test_co_occurrence_takes_the_longest_name_and_relates_everybody():
    floor = CoOccurrence(REGISTRY)

    found = floor.predictions("The Aldorian Navy and the Front met Belmark.")

    assert [(one.subject, one.object) for one in found] == [
        ("aldorian-navy", "cedar-front"),
        ("aldorian-navy", "belmark"),
        ("cedar-front", "belmark"),
    ]


def perfect(world: Path) -> list[dict[str, object]]:
    rows = (world / "gold" / "small.jsonl").read_text("utf-8").splitlines()
    return [
        {
            "sentence": row["id"],
            "subject": one["s"],
            "relation": one["r"],
            "object": one["o"],
            "stance": one.get("stance", "affirms"),
            "speaker": one.get("speaker", "@author"),
        }
        for row in map(json.loads, rows)
        for one in row["gold"]
    ]


def test_figures_are_those_that_a_person_counts(world: Path, small: Path, said):
    rows = perfect(world)
    rows[1]["stance"] = "affirms"
    rows.append({**rows[0], "sentence": "s4", "object": "belmark"})

    found = whosays.evaluate(small, predictions=said(*rows), draws=50)

    dev, frozen = found.parts
    assert (dev.name, frozen.name) == ("dev", "frozen")
    assert (dev.sentences, dev.statements, dev.candidates) == (4, 2, 3)
    strict, open_ = dev.scores["strict"], dev.scores["without stance"]
    assert (strict.hits, strict.wrong, strict.missed) == (1, 2, 1)
    assert (open_.hits, open_.wrong, open_.missed) == (2, 1, 0)
    assert strict.p.value == pytest.approx(1 / 3)
    assert strict.f1.value == pytest.approx(0.4)
    assert dev.shares["stance"].figure.value == 0.5
    assert dev.stances == {("affirms", "affirms"): 1, ("denies", "affirms"): 1}
    assert (dev.floor.hits, dev.floor.wrong, dev.floor.missed) == (2, 1, 0)
    assert (dev.shares["distractors"].count, dev.shares["distractors"].of) == (1, 1)
    assert frozen.scores["strict"].f1.value == 1
    assert frozen.speakers == {("actor", "right"): 1}


def test_gold_measured_against_itself_is_right_throughout(tmp_path: Path):
    rows = [
        {
            "sentence": row["id"],
            "subject": one["s"],
            "relation": one["r"],
            "object": one["o"],
            "stance": one["stance"],
            "speaker": one["speaker"],
            "modality": one["modality"],
        }
        for path in whosays.measuring.gold.bundled()
        for row in map(json.loads, path.read_text("utf-8").splitlines())
        for one in row["gold"]
    ]
    path = tmp_path / "itself.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")

    found = whosays.evaluate(predictions=path, draws=2)

    for part in found.parts:
        assert {score.f1.value for score in part.scores.values()} == {1.0}
        assert part.shares["stance"].figure.value == 1
        assert part.shares["speaker"].figure.value == 1
        assert part.shares["modality"].figure.value == 1
        assert part.shares["distractors"].count == 0
    assert len(found.cases()) == 0


def test_cases_name_what_is_missed_and_wrong_but_never_of_a_frozen_part(
    world: Path, small: Path, said
):
    rows = perfect(world)
    del rows[2]  # of the frozen part
    rows[0]["object"] = "dun-brigade"
    rows[1]["speaker"] = "oren-vale"

    cases = whosays.evaluate(small, predictions=said(*rows), draws=2).cases()

    assert [(row["sentence"], row["case"]) for row in cases] == [
        ("s1", "missed"),
        ("s1", "wrong"),
        ("s2", "speaker read as oren-vale"),
    ]


def test_the_order_of_lines_does_not_change_the_strict_counts(
    world: Path, small: Path, said
):
    rows = [*perfect(world), *perfect(world)]
    for row in rows[3:]:
        row["stance"] = "questions"

    one = whosays.evaluate(small, predictions=said(*rows), draws=2)
    other = whosays.evaluate(small, predictions=said(*reversed(rows)), draws=2)

    for first, second in zip(one.parts, other.parts, strict=True):
        assert first.scores["strict"] == second.scores["strict"]


def test_of_a_frozen_part_single_relations_are_not_told(world: Path, small: Path, said):
    found = whosays.evaluate(small, predictions=said(*perfect(world)), draws=2)

    dev, frozen = found.parts
    assert "relation" in {group.kind for group in dev.groups}
    assert "relation" not in {group.kind for group in frozen.groups}


def test_statements_without_a_name_at_an_end_are_figured_apart(
    world: Path, small: Path, said
):
    gold = [json.loads(line) for line in small.read_text("utf-8").splitlines()]
    gold[1]["gold"][0]["coref"] = True
    small.write_text("".join(f"{json.dumps(row)}\n" for row in gold), "utf-8")
    first, second, _ = perfect(world)
    turned = {**second, "relation": "supports", "flags": ["coref"]}

    found = whosays.evaluate(small, predictions=said(first, turned), draws=2)

    ends = {one.name: one.score for one in found.parts[0].groups if one.kind == "ends"}
    named, other = ends["both are names"], ends["one is no name"]
    assert (named.hits, named.wrong, named.missed) == (1, 0, 0)
    assert (other.hits, other.wrong, other.missed) == (0, 1, 1)
