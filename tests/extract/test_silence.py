"""What stands in a sentence and is yet not claimed, and whose claim is whose."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Imagine that Aldoria had bombed Saltmere.",
        "Just suppose the Cedar Front attacked Belmark.",
        "Let us pray that Belmark never attacks Corvia.",
        "In a novel by Oren Vale, Aldoria conquers Belmark.",
        "The poem tells how Aldoria attacked Belmark.",
        "Aldoria lost 3-1 to Belmark on Saturday.",
        "Aldoria beat Belmark in the football tournament.",
        "Oren Vale hopes that Corvia arms the Cedar Front.",
        "Oren Vale wishes Corvia armed the Cedar Front.",
        "Belmark could attack Aldoria if it wished.",
        "The way for Belmark to win is to arm the Dun Brigade.",
        'Aldoria does not "recognise" the Cedar Front; it owns it.',
        "Aldoria failed to defeat the Cedar Front.",
        "Aldoria joined Belmark in mourning.",
        "Aldoria handed seven of the movement's leaders to Belmark.",
        "Aldoria voted to cut aid to Belmark unless Brandt resigns.",
        "The Dun Brigade hunts whoever Belmark does not like.",
        "Vale's plane was diverted to Saltmere because of fog.",
        "Vale would be ready to host a meeting between Aldoria and Belmark.",
        "The risk of a war between Aldoria and Belmark is low.",
        "Relations between Aldoria and Belmark are difficult.",
        "Aldorian President Oren Vale spoke.",
        "Aldoria's president Oren Vale spoke.",
        "Oren Vale defeated Ila Brandt in the runoff.",
        "Oren Vale left Belmark on Tuesday after a short visit.",
        "Aldoria traded insults with Belmark.",
        "Aldoria vetoed a River League resolution.",
        "Aldoria ordered Belmark to close its consulate.",
        "Talks about fish, hosted by Corvia, began in Belmark.",
        "Belmark stands by while Aldoria sleeps.",
        "The Aldorian House Republicans of Belmark were waiting.",
        "The Aldorian Belmarkian Medical Association gathered quietly.",
        "Radio Free Aldoria is backed by Belmark.",
    ],
)
def test_what_is_wished_imagined_or_played_is_no_candidate(reader, text):
    assert reader.readings(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Cedar Front, whom Belmark has accused of sheltering Oren Vale, left.",
            ("cedar-front", "facilitates", "oren-vale", "affirms", "belmark"),
        ),
        (
            "Corvia failed to keep the Cedar Front from attacking Belmark.",
            ("cedar-front", "attacks", "belmark", "affirms", "@author"),
        ),
        (
            "Few believe that Aldoria arms the Cedar Front.",
            ("aldoria", "arms", "cedar-front", "questions", "@author"),
        ),
        (
            "Oren Vale is thought to have had no say in the League's raids on Belmark.",
            ("river-league", "attacks", "belmark", "affirms", "@author"),
        ),
        (
            "So Aldoria sends rifles to the Cedar Front??",
            ("aldoria", "arms", "cedar-front", "affirms", "@author"),
        ),
        (
            "Corvia left, its chairman said, because Aldoria had armed the Cedar Front.",
            ("aldoria", "arms", "cedar-front", "affirms", "corvia"),
        ),
        (
            "Brandt dismissed as fantasy Vale's claim that Belmark armed the Front.",
            ("belmark", "arms", "cedar-front", "denies", "ila-brandt"),
        ),
        (
            "The Front is Aldoria's creature, whatever Vale says.",
            ("aldoria", "created", "cedar-front", "affirms", "@author"),
        ),
        (
            "Belmark bankrolled the Dun Brigade, or so Vale maintains.",
            ("belmark", "finances", "dun-brigade", "affirms", "oren-vale"),
        ),
        (
            "It turns out, as Vale alleges, that Belmark finances the Dun Brigade.",
            ("belmark", "finances", "dun-brigade", "affirms", "oren-vale"),
        ),
        (
            "Corvia stopped paying the Front, Brandt said, and has paid the Brigade.",
            ("corvia", "finances", "dun-brigade", "affirms", "ila-brandt"),
        ),
        (
            "Nobody in Belmark doubts that Aldoria arms the Cedar Front.",
            ("aldoria", "arms", "cedar-front", "affirms", "@author"),
        ),
        (
            "The Brigade is a branch of the Front, not an arm of Aldoria.",
            ("dun-brigade", "partOf", "aldoria", "denies", "@author"),
        ),
        (
            "Aldoria's support for the Cedar Front ended years ago.",
            ("aldoria", "supports", "cedar-front", "denies", "@author"),
        ),
        (
            "Aldoria's ties to the Cedar Front are disputed.",
            ("aldoria", "cooperatesWith", "cedar-front", "questions", "@author"),
        ),
        (
            "The Front has held Saltmere for a year and lets nobody leave it.",
            ("cedar-front", "controls", "saltmere", "affirms", "@author"),
        ),
        (
            "Aldoria shelled Saltmere after Belmark had attacked the Front, witnesses said.",
            ("belmark", "attacks", "cedar-front", "affirms", "text:witnesses"),
        ),
        (
            "The River League met Corvia's minister. Aldoria armed the league.",
            ("aldoria", "arms", "river-league", "affirms", "@author"),
        ),
        (
            "Corvia's minister did not say whether Belmark was armed. It armed the Front.",
            ("belmark", "arms", "cedar-front", "affirms", "@author"),
        ),
        (
            "The Cedar Front slept. The Harbour Post says that Corvia trained it.",
            ("corvia", "arms", "cedar-front", "affirms", "harbour-post"),
        ),
        (
            "Belmark does not control the Dun Brigade.",
            ("belmark", "controls", "dun-brigade", "denies", "@author"),
        ),
    ],
)
def test_stance_and_speaker_follow_what_governs_the_clause(reader, text, expected):
    assert expected in reader.readings(text)


def test_a_shelled_playing_field_is_no_game(reader):
    found = reader.readings("Aldoria bombed Belmark on the day of the tournament.")

    assert {one[:4] for one in found} == {("aldoria", "attacks", "belmark", "affirms")}


@pytest.mark.parametrize(
    "text",
    [
        "Aldoria and the armed group Dun Brigade slept.",
        "The Saltmere-based armed wing of Aldoria and the Dun Brigade slept.",
        "Aldoria lost three men in Saltmere and two on the Belmarkian side.",
        "The vote would leave Belmark weak, and Aldoria knew it.",
        "Aldoria left Belmark in ruins.",
        "Aldoria feared that it was becoming a second Belmark.",
        "Aldoria summoned Belmark's ambassador.",
        "Mercenaries from Aldoria attacked the Cedar Front.",
        "Aldorian mercenaries attacked the Cedar Front.",
        "Aldoria's forces are to withdraw to their side of Saltmere.",
        "Vale worked as an envoy of Corvia in talks with the Cedar Front.",
        "The Cedar Front trains with its Aldorian counterparts.",
        "Aldoria and Belmark will recall their envoys for consultations.",
        "Aldorian troops were killed on the border of Belmark.",
        "Aldoria supports the invasion of Belmark.",
        "Aldoria's delegation, led by Brandt, slept.",
        "Vale and Brandt fought together.",
        "Belmark has taken in Aldorian refugees.",
        "Aldoria and Belmark want to end the war.",
        "Let Aldoria arm the Cedar Front, for all we care.",
        "Our minds were in the grip of Aldoria, in Belmark's case.",
        "Belmark debated a motion to sanction Aldoria.",
        "The governor disarmed the Cedar Front in Aldoria.",
        "The Cedar Front, an ally of Aldoria, slept; Belmark's ally Corvia woke.",
    ],
)
def test_what_stands_beside_an_actor_is_not_its_deed(reader, text):
    relations = {one[1] for one in reader.readings(text)}

    assert relations <= {"alliedWith"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Corvia imposed sanctions on Aldoria over its invasion of Belmark.",
            ("aldoria", "attacks", "belmark", "affirms", "@author"),
        ),
        (
            "Corvia praised Aldoria for its support of the Cedar Front.",
            ("aldoria", "supports", "cedar-front", "affirms", "corvia"),
        ),
        (
            "Corvia told Ila Brandt that Aldoria lost its war with Belmark.",
            ("aldoria", "fights", "belmark", "affirms", "corvia"),
        ),
        (
            "Aldoria's withdrawal from Belmark was not a concession.",
            ("aldoria", "withdrawsFrom", "belmark", "affirms", "@author"),
        ),
        (
            "Brandt is charged with failing to speak for Corvia's pro-Belmark office.",
            ("corvia", "supports", "belmark", "affirms", "ila-brandt"),
        ),
        (
            "It is unclear whether the jets belong to Aldoria or its ally Belmark.",
            ("belmark", "alliedWith", "aldoria", "affirms", "@author"),
        ),
        (
            "Aldoria did not bring its terms to the talks with Belmark.",
            ("aldoria", "negotiatesWith", "belmark", "affirms", "@author"),
        ),
    ],
)
def test_what_is_taken_for_granted_is_neither_denied_nor_turned_round(
    reader, text, expected
):
    assert expected in reader.readings(text)


@pytest.mark.parametrize(
    "text",
    [
        "Oren Vale met Ila Brandt. Carter Holm said he had met the Cedar Front.",
        "Oren Vale slept. Zheng Marak, a trader, said he arms the Cedar Front.",
    ],
)
def test_he_is_rather_the_stranger_who_speaks_than_an_actor(reader, text):
    found = {(s, o) for s, _, o, *_ in reader.readings(text)}

    assert ("oren-vale", "cedar-front") not in found
