"""Lists of nouns share their ends; adverbs of any length stand before their verb."""

import pytest

ARMS = ("aldoria", "arms", "cedar-front", "affirms")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Aldoria's support and sponsorship of the Cedar Front continued.",
            {
                ("aldoria", "supports", "cedar-front", "affirms"),
                ("aldoria", "finances", "cedar-front", "affirms"),
            },
        ),
        (
            "Aldoria has had no talks or conflicts with Belmark.",
            {
                ("aldoria", "negotiatesWith", "belmark", "denies"),
                ("aldoria", "fights", "belmark", "denies"),
            },
        ),
        (
            "Aldoria has no plans or conflicts with Belmark.",
            {("aldoria", "fights", "belmark", "denies")},
        ),
        (
            "Talks and trade between Aldoria and Belmark grew.",
            {
                ("aldoria", "negotiatesWith", "belmark", "affirms"),
                ("aldoria", "tradesWith", "belmark", "affirms"),
            },
        ),
        (
            "Aldorian threats and attacks against Belmark went on.",
            {
                ("aldoria", "threatens", "belmark", "affirms"),
                ("aldoria", "attacks", "belmark", "affirms"),
            },
        ),
        (
            "Corvia's raids and Aldoria's support for Belmark were named.",
            {("aldoria", "supports", "belmark", "affirms")},
        ),
        (
            "There is a link of Aldoria and the Cedar Front.",
            {("aldoria", "cooperatesWith", "cedar-front", "affirms")},
        ),
    ],
)
def test_nouns_of_a_list_share_whose_they_are_and_what_about(reader, text, expected):
    assert {one[:4] for one in reader.readings(text)} == expected


@pytest.mark.parametrize(
    "said",
    [
        "for years",
        "in secret",
        "to this day",
        "once",
        "somehow",
        "time and again",
        "even",
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "Aldoria has {} armed the Cedar Front.",
        "The Cedar Front was {} armed by Aldoria.",
    ],
)
def test_an_adverb_of_any_length_leaves_the_verb_a_verb(reader, said: str, text: str):
    assert {one[:4] for one in reader.readings(text.format(said))} == {ARMS}


@pytest.mark.parametrize(
    "text",
    [
        "The attack on Belmark was condemned by Aldoria.",
        "The raid on Belmark was reported by Aldoria.",
        "The shelling of Belmark was hailed by Aldoria.",
        "Aldoria foiled an attack on Belmark.",
        "The assault on Belmark was repelled by Aldoria.",
    ],
)
def test_who_condemns_or_foils_an_attack_does_not_attack(reader, text: str):
    assert not {one for one in reader.readings(text) if one[1] == "attacks"}


@pytest.mark.parametrize("done", ["launched", "carried out", "ordered", "planned"])
def test_who_launches_an_attack_attacks(reader, done: str):
    found = reader.readings(f"The attack on Belmark was {done} by Aldoria.")

    assert {one[:4] for one in found} == {("aldoria", "attacks", "belmark", "affirms")}


@pytest.mark.parametrize(
    "text",
    [
        "The Cedar Front slept. The groups opposed Belmark.",
        "Aldoria fought the Cedar Front. The countries nearby attacked Belmark.",
    ],
)
def test_many_groups_are_no_single_one_spoken_of(reader, text: str):
    assert "belmark" not in {one[2] for one in reader.readings(text)}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("One of the lies is the link between Aldoria and the Cedar Front.", "denies"),
        ("The myth is that Aldoria and the Cedar Front cooperate.", "denies"),
        ("A pretext was the link between Aldoria and the Cedar Front.", "denies"),
        ("The news is that Aldoria and the Cedar Front cooperate.", "affirms"),
    ],
)
def test_what_is_called_a_lie_is_denied(reader, text: str, stance: str):
    found = reader.readings(text)

    assert {one[:4] for one in found} == {
        ("aldoria", "cooperatesWith", "cedar-front", stance)
    }


def test_a_list_goes_on_behind_an_adverb(reader):
    text = "Aldoria has no intent or even means of arming Belmark."

    found = reader.readings(text)

    assert {one[:4] for one in found} == {("aldoria", "arms", "belmark", "denies")}


def test_these_repeated_denials_are_a_noun(reader):
    text = "These repeated denials run contrary to news that Aldoria arms Belmark."

    assert not {one for one in reader.readings(text) if one[4] == "text:These"}


@pytest.mark.parametrize(
    ("text", "speaker", "modality"),
    [
        ("The raid on Belmark was blamed on Aldoria by Corvia.", "corvia", "asserted"),
        ("The raid on Belmark was blamed on Aldoria.", "@author", "hedged"),
    ],
)
def test_who_blames_a_deed_on_somebody_says_so(reader, text, speaker, modality):
    (found,) = reader.candidates(text)

    assert found.reading == ("aldoria", "attacks", "belmark", "affirms")
    assert (found.speaker, found.modality) == (speaker, modality)


def test_two_that_trade_goods_trade_and_two_that_trade_insults_do_not(reader):
    traded = reader.readings("Aldoria and Belmark have traded oil for rifles.")

    assert {one[:4] for one in traded} == {
        ("aldoria", "tradesWith", "belmark", "affirms")
    }
    assert not reader.readings("Aldoria and Belmark have traded insults for years.")


@pytest.mark.parametrize(
    "text",
    [
        "Aldoria, accused of arming the Cedar Front, slept.",
        "Aldoria, long suspected of arming the Cedar Front, has left.",
    ],
)
def test_who_is_accused_in_an_aside_may_have_done_it(reader, text: str):
    (found,) = reader.candidates(text)

    assert (found.reading, found.modality) == (ARMS, "hedged")


def test_an_aside_leaves_the_main_clause_its_subject(reader):
    text = "Aldoria, driven out of Belmark in 2011, armed the Cedar Front."

    assert {one[:4] for one in reader.readings(text)} == {ARMS}


@pytest.mark.parametrize(
    "text",
    [
        "Aldoria vetoed a resolution condemning Belmark.",
        "Aldoria voted against a motion denouncing Belmark.",
    ],
)
def test_who_votes_a_text_down_does_not_say_what_it_says(reader, text: str):
    assert not reader.readings(text)
