"""Who stands behind a claim: voices, not rows; quotations given to refute stand apart."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays import independence, project
from whosays.model import (
    Collection,
    Framing,
    Mood,
    Settings,
    Source,
    Stance,
    Statement,
    Status,
)

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def vale():
    return project.read(HERE / "fixtures" / "answers").collection


def collection(kind="article", *, voice="writer", author="writer", publisher="daily"):
    source = Source(
        slug="text",
        title="Text",
        kind=kind,
        voice=voice,
        author=author,
        publisher=publisher,
    )
    return Collection(
        settings=Settings(name="x", title="X"),
        actors={},
        sources={"text": source},
        relations={},
    )


def said(*chain, framing=None, stance=Stance.AFFIRMS, status=Status.ACCEPTED, id="1"):
    return Statement(
        id=id,
        subject="a",
        relation="arms",
        object="b",
        source="text",
        stance=stance,
        chain=chain,
        framing=framing,
        status=status,
        proposition="a_arms_b",
    )


def claim(vale, relation="arms", stance=Stance.AFFIRMS):
    return [
        one
        for one in vale.statements
        if one.proposition == f"aldoria_{relation}_cedar-front"
        and one.stance is stance
        and one.modality == "actual"
    ]


def test_two_outlets_quoting_one_person_are_one_voice(vale):
    quoting = [one for one in claim(vale) if one.voice == "front-spokesman"]

    backing = independence.backing(quoting, vale)

    assert len({one.source for one in quoting}) == 2
    assert backing.voices == ("front-spokesman",)
    assert backing.sources == ("gazette-essay", "night-bulletin")


def test_a_quotation_given_to_refute_it_is_never_support(vale):
    backing = independence.backing(claim(vale), vale)

    assert "belmark-radio" not in backing.voices
    assert backing.rejected == ("belmark-radio",)
    assert backing.everyone == 3


def test_a_voice_that_is_also_heard_unrejected_is_support():
    both = [said("v", framing=Framing.REJECTED), said("v", framing=Framing.NEUTRAL)]

    backing = independence.backing(both, collection())

    assert backing.voices == ("v",)
    assert backing.rejected == ()


def test_candidates_and_retracted_rows_back_nothing(vale):
    waiting = [one for one in claim(vale) if not one.counts]

    backing = independence.backing(waiting, vale)

    assert len(waiting) == 2
    assert backing == independence.Backing()


def test_the_voice_of_a_source_is_first_hand():
    assert independence.depth(said("writer"), collection()) == 0


def test_a_quoted_voice_is_second_hand_through_the_author():
    passed = independence.passers(said("minister"), collection())

    assert passed == ("writer",)


def test_every_link_of_a_chain_adds_a_mouth():
    passed = independence.passers(said("agency", "minister"), collection())

    assert passed == ("writer", "agency")


@pytest.mark.parametrize("kind", ["interview", "broadcast"])
def test_in_a_conversation_everyone_speaks_for_himself(kind):
    talk = collection(kind, voice="guest", author="", publisher="channel")

    assert independence.depth(said("host"), talk) == 0
    assert independence.passers(said("host", "minister"), talk) == ("host",)


def test_a_framed_voice_in_a_conversation_is_a_quotation():
    talk = collection("interview", voice="guest", author="", publisher="channel")

    quoted = said("minister", framing=Framing.REJECTED)

    assert independence.passers(quoted, talk) == ("guest",)


def test_a_voice_heard_once_at_first_hand_is_not_second_hand():
    one, other = said("agency", "writer"), said("writer")

    alone = independence.backing([one], collection(voice="else", author="else"))
    both = independence.backing([one, other], collection())

    assert alone.second_hand == ("writer",)
    assert both.second_hand == ()
    assert both.depth == 0


def test_voices_of_one_side_are_one_camp(vale):
    talks = [
        one
        for one in vale.statements
        if one.voice in ("aldorian-minister", "front-spokesman") and one.counts
    ]

    backing = independence.backing(talks, vale)

    assert backing.camps == ("aldoria", "cedar-front")


def test_unnamed_voices_are_marked_since_they_may_be_the_same(vale):
    talk = claim(vale, stance=Stance.REPORTS)

    assert independence.backing(talk, vale).unnamed == ("harbour-talk",)


VOICES = st.sampled_from(["a", "b", "c", "writer"])
ROWS = st.lists(
    st.builds(
        said,
        VOICES,
        VOICES,
        framing=st.sampled_from([None, *Framing]),
        status=st.sampled_from(Status),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(ROWS)
def test_backing_never_depends_on_how_often_or_in_which_order_it_is_said(rows):
    few = collection()

    once = independence.backing(rows, few)

    assert independence.backing([*reversed(rows), *rows], few) == once
    assert not set(once.voices) & set(once.rejected)
    assert set(once.second_hand) <= set(once.voices)
    assert once.everyone == len({row.voice for row in rows if row.counts})


def test_iran_isis_counts_the_fight_by_voices_and_sets_the_refuted_claim_apart():
    seeds = project.read(HERE.parent / "seeds" / "iran-isis").collection

    fights, works_with = (
        independence.backing(
            [
                one
                for one in seeds.statements
                if one.proposition == claim
                and one.stance is Stance.AFFIRMS
                and one.mood is Mood.REALIS
            ],
            seeds,
        )
        for claim in ("iran_fights_isis", "iran_cooperatesWith_isis")
    )

    assert "ali-akbar-ahmadian" in fights.voices
    assert fights.rejected == ()
    assert set(works_with.rejected) == {"israeli-media", "united-states"}
    assert works_with.voices == ("faustian-pact-author",)
