import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Aldoria responded with air strikes on Cedar Front positions.",
            {"aldoria attacks cedar-front affirms @author"},
        ),
        (
            "Belmark retaliated with a raid on the Dun Brigade.",
            {"belmark attacks dun-brigade affirms @author"},
        ),
        (
            "The Dun Brigade took two Belmarkian sailors prisoner.",
            {"dun-brigade arrests belmark affirms @author"},
        ),
        (
            "The Cedar Front, which Aldoria funds, slept.",
            {"aldoria finances cedar-front affirms @author"},
        ),
        (
            "The Cedar Front, a militia Aldoria backs, slept.",
            {"aldoria supports cedar-front affirms @author"},
        ),
        (
            "Aldoria exports grain to Corvia.",
            {"aldoria tradesWith corvia affirms @author"},
        ),
        (
            "Belmark supplies the Cedar Front with rifles, training and cash.",
            {
                "belmark arms cedar-front affirms @author",
                "belmark finances cedar-front affirms @author",
            },
        ),
        (
            "Aldoria's backing and funding of the Cedar Front was no secret.",
            {
                "aldoria supports cedar-front affirms @author",
                "aldoria finances cedar-front affirms @author",
            },
        ),
        (
            "Corvia and the Dun Brigade exchanged heavy rocket fire.",
            {"corvia fights dun-brigade affirms @author"},
        ),
        (
            "Most of the Dun Brigade's weapons come from Corvia.",
            {"corvia arms dun-brigade affirms @author"},
        ),
        (
            "Corvia withdrew its support for Belmark.",
            {"corvia supports belmark denies @author"},
        ),
        (
            "Oren Vale is in Belmarkian custody.",
            {"belmark arrests oren-vale affirms @author"},
        ),
        (
            "Ila Brandt was expelled from the River League.",
            {"ila-brandt memberOf river-league denies @author"},
        ),
        (
            "The Dun Brigade, Corvia's proxy in Belmark, slept.",
            {"dun-brigade affiliatedWith corvia affirms @author"},
        ),
        (
            "The attack on Saltmere was blamed on the Dun Brigade.",
            {"dun-brigade attacks saltmere affirms @author"},
        ),
        (
            "The raid on Saltmere, attributed to Corvia, failed.",
            {"corvia attacks saltmere affirms @author"},
        ),
        (
            "The attack Aldoria launched on Belmark failed.",
            {"aldoria attacks belmark affirms @author"},
        ),
        (
            "Corvia must stop arming the Dun Brigade, Brandt said.",
            {"corvia arms dun-brigade affirms ila-brandt"},
        ),
        (
            "Vale demanded that Corvia stop sheltering the Dun Brigade.",
            {"corvia facilitates dun-brigade affirms oren-vale"},
        ),
        (
            "Belmark pressed Corvia to sever its ties with the Dun Brigade.",
            {"corvia cooperatesWith dun-brigade affirms belmark"},
        ),
        (
            "Vale dismissed as lies the claim that Aldoria armed the Cedar Front.",
            {"aldoria arms cedar-front denies oren-vale"},
        ),
        (
            "Oren Vale, the head of the mercenary Cedar Front group, slept.",
            {"oren-vale leads cedar-front affirms @author"},
        ),
        (
            "Is Saltmere part of Corvia?",
            {"saltmere partOf corvia questions @author"},
        ),
    ],
)
def test_one_deed_is_found_in_other_words(reader, text, expected):
    assert {" ".join(one) for one in reader.readings(text)} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Aldoria responded with concern to news of Belmark.",
        "The group that Aldorian forces met was from Belmark.",
        "The fighters of the Front come from the harbour, as Aldoria knows.",
        "Aldoria is holding elections, and Belmark is not.",
        "Vale counts Corvia among the reasons for his sleep.",
        "Aldoria cast doubt on Belmark's figures.",
        "Oren Vale resigned from his post in Belmark.",
        "Vale left the River League in tears.",
        "Vale demanded that Corvia arm the Dun Brigade.",
        "Aldoria attributed the rise in prices to Belmark.",
        "The fall in prices worried Aldoria and Belmark.",
        "The talks brought Aldoria close to war with Belmark.",
        "The attack Aldorian experts studied was in Belmark.",
    ],
)
def test_words_of_a_deed_are_none_beside_others(reader, text):
    assert reader.readings(text) == set()
