"""What stands beside a name, or instead of one: titles, adjectives, roles."""

import pytest

ARMS = ("aldoria", "arms", "cedar-front")
ATTACKS = ("aldoria", "attacks", "cedar-front")
SCORNS = ("cedar-front", "opposes", "belmark", "affirms")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aldoria shot the Cedar Front commander Tor Ames.", {(*ATTACKS, "affirms")}),
        ("Aldoria shot Tor Ames, a Cedar Front commander.", {(*ATTACKS, "affirms")}),
        ("Tor Ames, the Cedar Front's spokesman, denounced Belmark.", {SCORNS}),
        ("Belmarkian poet Tor Ames denounced Aldoria.", set()),
        ("Tor Ames, a former Cedar Front commander, denounced Belmark.", set()),
        ("Tor Ames, an ally of Aldoria, denounced Belmark.", set()),
        ("The Cedar Front, long hostile to Belmark, slept.", {SCORNS}),
        (
            "Cedar Front units loyal to Oren Vale slept.",
            {("cedar-front", "affiliatedWith", "oren-vale", "affirms")},
        ),
        ("Aldorian officers loyal to Ila Brandt slept.", set()),
        ("No Cedar Front unit loyal to Belmark slept.", set()),
        (
            "The Aldorian army, then a backer of the Cedar Front, slept.",
            {("aldoria", "supports", "cedar-front", "affirms")},
        ),
        (
            "Corvia bombed the Cedar Front's armed wing, the Dun Brigade.",
            {
                ("corvia", "attacks", "dun-brigade", "affirms"),
                ("dun-brigade", "partOf", "cedar-front", "affirms"),
            },
        ),
        ("The Cedar Front's leader, the Belmarkian police said, slept.", set()),
    ],
)
def test_who_is_meant_is_told_beside_the_name(reader, text, expected):
    assert {one[:4] for one in reader.readings(text)} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The talks failed, with Cedar Front gunmen now openly attacking Belmark.",
            {("cedar-front", "attacks", "belmark", "affirms", "@author")},
        ),
        (
            "The war went on, with Corvia accusing Aldoria of arming the Cedar Front.",
            {(*ARMS, "affirms", "corvia")},
        ),
        (
            "Oren Vale said that Belmark is weak, and vowed to arm the Cedar Front.",
            {("oren-vale", "arms", "cedar-front", "affirms", "oren-vale")},
        ),
        (
            "Ila Brandt said that Corvia has left, and condemned Aldoria.",
            {("ila-brandt", "opposes", "aldoria", "affirms", "@author")},
        ),
        (
            "Any decision by Aldoria to arm the Cedar Front angers Corvia.",
            {(*ARMS, "affirms", "@author")},
        ),
        (
            "Belmark signed a gas deal with Aldoria.",
            {("belmark", "tradesWith", "aldoria", "affirms", "@author")},
        ),
        (
            "Aldoria shot over 40 of the best Cedar Front fighters.",
            {(*ATTACKS, "affirms", "@author")},
        ),
        ("It ended with Aldoria beating Belmark in the final.", set()),
    ],
)
def test_a_clause_finds_its_own_doer(reader, text, expected):
    assert reader.readings(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Corvia gave the Cedar Front $3 million.",
            {("corvia", "finances", "cedar-front", "affirms")},
        ),
        (
            "Belmark has sent more than 40 million dollars in rifles to the Cedar Front.",
            {("belmark", "arms", "cedar-front", "affirms")},
        ),
        (
            "Most of the Dun Brigade's money comes from Corvia.",
            {("corvia", "finances", "dun-brigade", "affirms")},
        ),
        (
            "Corvia cut funding for the Dun Brigade.",
            {("corvia", "finances", "dun-brigade", "denies")},
        ),
        ("Corvia kept fighting for $3m from Belmark.", set()),
        (
            "Aldoria was not the only state to have armed the Cedar Front.",
            {(*ARMS, "affirms")},
        ),
        (
            "Aldoria and other backers of the Cedar Front slept.",
            {("aldoria", "supports", "cedar-front", "affirms")},
        ),
        (
            "Allies of Belmark such as Corvia slept.",
            {("corvia", "alliedWith", "belmark", "affirms")},
        ),
        ("Other backers of the Cedar Front slept.", set()),
        (
            "The Dun Brigade took two Aldorian pilots hostage.",
            {("dun-brigade", "arrests", "aldoria", "affirms")},
        ),
        (
            "Corvia, a neighbour of Aldoria, on Monday bombed Belmark.",
            {("corvia", "attacks", "belmark", "affirms")},
        ),
        (
            "Aldorian raids early on Monday killed two Cedar Front fighters.",
            {(*ATTACKS, "affirms")},
        ),
        (
            "Two men died in fighting between the Cedar Front and Aldoria.",
            {("cedar-front", "fights", "aldoria", "affirms")},
        ),
        (
            "The rivalry between Corvia and Belmark is old.",
            {
                ("corvia", "opposes", "belmark", "affirms"),
                ("belmark", "opposes", "corvia", "affirms"),
            },
        ),
        ("Tensions between Corvia and Belmark are old.", set()),
        (
            "The last Aldorian soldiers left Belmark in May.",
            {("aldoria", "withdrawsFrom", "belmark", "affirms")},
        ),
        ("The last Aldorian soldiers left Belmark in ruins.", set()),
        (
            "Corvia criticised Aldoria's handling of the matter.",
            {("corvia", "opposes", "aldoria", "affirms")},
        ),
        (
            "Belmark hit Corvia with tariffs.",
            {("belmark", "sanctions", "corvia", "affirms")},
        ),
        ("Oren Vale spoke with the Harbour Post.", set()),
    ],
)
def test_sums_helpers_and_times_leave_the_ends_in_reach(reader, text, expected):
    found = {one[:4] for one in reader.readings(text)}

    assert found == expected
