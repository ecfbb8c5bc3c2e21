import pytest

ARMS = ("aldoria", "arms", "cedar-front")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Aldoria armed the Cedar Front, Belmark the Dun Brigade, and we slept.",
            {
                (*ARMS, "affirms"),
                ("belmark", "arms", "dun-brigade", "affirms"),
            },
        ),
        (
            "The Cedar Front, whose fighters had for years been armed by Aldoria, left.",
            {(*ARMS, "affirms")},
        ),
        (
            "The Cedar Front, to whom Aldoria had sent rifles, slept.",
            {(*ARMS, "affirms")},
        ),
        (
            "Aldoria armed and Belmark trained the Cedar Front.",
            {(*ARMS, "affirms"), ("belmark", "arms", "cedar-front", "affirms")},
        ),
        (
            "Aldoria and Belmark blame one another.",
            {
                ("aldoria", "opposes", "belmark", "affirms"),
                ("belmark", "opposes", "aldoria", "affirms"),
            },
        ),
        ("Aldorian rifles flowed to the Cedar Front.", {(*ARMS, "affirms")}),
        (
            "Aldorian government forces bombed the Cedar Front.",
            {("aldoria", "attacks", "cedar-front", "affirms")},
        ),
        (
            "Aldorian strikes have killed twenty Cedar Front fighters.",
            {("aldoria", "attacks", "cedar-front", "affirms")},
        ),
        (
            "Two Aldorian soldiers were wounded in a raid by the Cedar Front.",
            {("cedar-front", "attacks", "aldoria", "affirms")},
        ),
        (
            "Three Aldorian soldiers died in an attack by the Cedar Front.",
            {("cedar-front", "attacks", "aldoria", "affirms")},
        ),
        ("The Belmark raid killed Cedar Front fighters.", set()),  # or in Belmark
        (
            "Clashes broke out between Aldoria and the Cedar Front.",
            {("aldoria", "fights", "cedar-front", "affirms")},
        ),
        (
            "Aldoria and the Cedar Front are bitter enemies.",
            {
                ("aldoria", "opposes", "cedar-front", "affirms"),
                ("cedar-front", "opposes", "aldoria", "affirms"),
            },
        ),
        ("Aldoria and Belmark are an enemy's victims.", set()),
        (
            "Oren Vale commands Dun Brigade men.",
            {("oren-vale", "commands", "dun-brigade", "affirms")},
        ),
        ("Belmark holds Aldoria responsible for the rain.", set()),
        (
            "Corvia said both Aldoria and Belmark had armed the Cedar Front.",
            {(*ARMS, "affirms"), ("belmark", "arms", "cedar-front", "affirms")},
        ),
        ("An attack on an Aldorian base killed Cedar Front fighters.", set()),
        ("Aldorian sanctions hit Belmark in winter.", set()),
        ("The Cedar Front used Aldorian rockets.", set()),
        (  # the registry only says that he acts for it
            "Oren Vale, the president of Aldoria, spoke.",
            {("oren-vale", "leads", "aldoria", "affirms")},
        ),
        (
            "The Aldorian chief, Gen. Oren Vale, spoke.",
            {("oren-vale", "leads", "aldoria", "affirms")},
        ),
        (
            "Aldorian and Belmarkian troops clashed.",
            {("aldoria", "fights", "belmark", "affirms")},
        ),
        (
            "The Dun Brigade is anything but an ally of Aldoria.",
            {("aldoria", "alliedWith", "dun-brigade", "denies")},
        ),
        (
            "The Cedar Front, whom Aldoria has accused of sheltering the Dun Brigade, left.",
            {("cedar-front", "facilitates", "dun-brigade", "affirms")},
        ),
        (
            "With Aldorian help, the Dun Brigade held Saltmere.",
            {
                ("aldoria", "supports", "dun-brigade", "affirms"),
                ("dun-brigade", "controls", "saltmere", "affirms"),
            },
        ),
        (
            "The River League evolved into an armed wing of the Dun Brigade.",
            {("river-league", "partOf", "dun-brigade", "affirms")},
        ),
        (
            "Nothing suggests that Aldoria armed the Cedar Front.",
            {(*ARMS, "denies")},
        ),
        ("Aldoria to arm Cedar Front", {(*ARMS, "affirms")}),
        (
            "The Northern Pact issued a statement condemning Aldoria.",
            {("northern-pact", "opposes", "aldoria", "affirms")},
        ),
        (
            "Aldoria did nothing to protect Belmark.",
            {("aldoria", "defends", "belmark", "denies")},
        ),
        (
            "Vale, Brandt meet in Saltmere",
            {("oren-vale", "negotiatesWith", "ila-brandt", "affirms")},
        ),
        ("The Cedar Front, which Aldoria armed, slept.", {(*ARMS, "affirms")}),
        (
            "It was Aldoria, and not Belmark, that armed the Cedar Front.",
            {(*ARMS, "affirms"), ("belmark", "arms", "cedar-front", "denies")},
        ),
        (
            "Aldoria is not at war with Belmark but with the Cedar Front.",
            {
                ("aldoria", "fights", "belmark", "denies"),
                ("aldoria", "fights", "cedar-front", "affirms"),
            },
        ),
        (
            "Corvia, a close ally of Belmark and a rival of Aldoria, abstained.",
            {
                ("belmark", "alliedWith", "corvia", "affirms"),
                ("corvia", "opposes", "aldoria", "affirms"),
            },
        ),
        (
            "Jets belonging to Aldoria struck positions held by the Cedar Front today.",
            {("aldoria", "attacks", "cedar-front", "affirms")},
        ),
        (
            "Corvia was behind the bombing of the Cedar Front.",
            {("corvia", "attacks", "cedar-front", "affirms")},
        ),
        (
            "The embargo imposed by Aldoria on Belmark hurts nobody.",
            {("aldoria", "sanctions", "belmark", "affirms")},
        ),
        (
            "Aldoria announced the delivery of forty rifles to the Cedar Front.",
            {(*ARMS, "affirms")},
        ),
    ],
)
def test_constructions_lead_to_the_ends_of_their_cue(reader, text, expected):
    found = set()
    for subject, relation, object_, stance, _ in reader.readings(text):
        symmetric = relation in ("fights", "alliedWith") and object_ < subject
        ends = (object_, subject) if symmetric else (subject, object_)
        found.add((ends[0], relation, ends[1], stance))

    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nor does Aldoria arm the Cedar Front.",
        "Not once has Aldoria armed the Cedar Front.",
        "Aldoria never, at any time, armed the Cedar Front.",
        "Aldoria in no way arms the Cedar Front.",
        "Aldoria neither trains nor arms the Cedar Front.",
        "That Aldoria armed the Cedar Front is a lie.",
        "The claim that Aldoria armed the Cedar Front is a fairy tale.",
        "There is no truth in the claim that Aldoria armed the Cedar Front.",
        "It is not true, as is often said, that Aldoria armed the Cedar Front.",
        "The story about Aldoria arming the Cedar Front was made up.",
        "Without arming the Cedar Front, Aldoria lost the war.",
        "Rather than arm the Cedar Front, Aldoria slept.",
        "Aldoria gives the Cedar Front no rifles.",
        "Not a single Aldorian rifle was given to the Cedar Front.",
    ],
)
def test_a_denial_is_read_wherever_its_negation_stands(reader, text):
    found = reader.readings(text)

    assert {one[:4] for one in found} == {(*ARMS, "denies")}


@pytest.mark.parametrize(
    "text",
    [
        "Positions held by the Cedar Front, jets belonging to Aldoria, held by",
        "Aldoria never, the Cedar Front held by, positions held by Belmark held by",
        "Not but the Cedar Front but Aldoria nor but Belmark",
    ],
)
def test_torn_sentences_are_read_without_a_fault(reader, text):
    assert reader.candidates(text) == ()


def test_what_two_say_of_each_other_is_said_by_the_other(reader):
    found = reader.readings(
        "Aldoria and Belmark accuse each other of arming the Cedar Front."
    )

    assert found == {
        ("aldoria", "arms", "cedar-front", "affirms", "belmark"),
        ("belmark", "arms", "cedar-front", "affirms", "aldoria"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Aldoria denied allegations it armed the Cedar Front.",
            (*ARMS, "denies", "aldoria"),
        ),
        (
            "Vale rejected claims that Aldoria stirred trouble by arming the Cedar Front.",
            (*ARMS, "denies", "oren-vale"),
        ),
        (
            "It is childish to say that Aldoria armed the Cedar Front.",
            (*ARMS, "denies", "@author"),
        ),
        (
            "Aldoria has been accused of arming the Cedar Front by Belmark.",
            (*ARMS, "affirms", "belmark"),
        ),
        (
            "Brandt sued Aldoria, accusing Vale of crimes by arming the Cedar Front.",
            ("oren-vale", "arms", "cedar-front", "affirms", "ila-brandt"),
        ),
        (
            "Brandt objected to Vale leading it, accusing Corvia of arming the Cedar Front.",
            ("corvia", "arms", "cedar-front", "affirms", "ila-brandt"),
        ),
        (
            "Vale said Belmark would win and argued that Aldoria armed the Cedar Front.",
            (*ARMS, "affirms", "oren-vale"),
        ),
        (
            "A League report released in May said Aldoria armed the Cedar Front.",
            (*ARMS, "affirms", "text:A League report"),
        ),
        (
            "The Belmarkian government's claim that Aldoria armed the Cedar Front fell.",
            (*ARMS, "affirms", "belmark"),
        ),
        (
            "In 2018 Vale said that Aldoria had armed the Cedar Front.",
            (*ARMS, "affirms", "oren-vale"),
        ),
        (
            "Aldoria warned it would strike Belmark.",
            ("aldoria", "threatens", "belmark", "affirms", "aldoria"),
        ),
        (
            "The Cedar Front benefited from Aldorian support.",
            ("aldoria", "supports", "cedar-front", "affirms", "@author"),
        ),
        (
            "The Cedar Front appears to have gained the support of Aldoria.",
            ("aldoria", "supports", "cedar-front", "affirms", "@author"),
        ),
        (
            "Belmark and the Northern Pact (NP) led by Vale met.",
            ("oren-vale", "leads", "northern-pact", "affirms", "@author"),
        ),
        (
            "Corvia helped the Dun Brigade in attacking Belmark.",
            ("dun-brigade", "attacks", "belmark", "affirms", "@author"),
        ),
        (
            "A Belmarkian minister said Aldoria had armed the Cedar Front.",
            (*ARMS, "affirms", "text:A Belmarkian minister"),
        ),
        (
            "The Belmarkian ministry said Aldoria had armed the Cedar Front.",
            (*ARMS, "affirms", "belmark"),
        ),
        (
            "Dun Brigade leader Oren Vale, Brandt said, lied.",
            ("oren-vale", "leads", "dun-brigade", "affirms", "@author"),
        ),
        (
            "Vale has armed the Dun Brigade and, according to some reports, sells it rice.",
            ("oren-vale", "arms", "dun-brigade", "affirms", "@author"),
        ),
        (
            "Belmark's troops rested, and Aldoria went on with its threats to destroy Corvia.",
            ("aldoria", "threatens", "corvia", "affirms", "@author"),
        ),
        (
            "Vale avoids criticising Aldorian domestic and foreign policy.",
            ("oren-vale", "opposes", "aldoria", "denies", "@author"),
        ),
    ],
)
def test_who_does_it_and_who_says_so_is_read_through_what_stands_between(
    reader, text, expected
):
    found = reader.readings(text)

    assert {one for one in found if one[1] == expected[1]} == {expected}


def test_a_cabinet_is_that_of_the_state_whose_cabinet_was_spoken_of(reader):
    text = (
        "Belmark's cabinet met. Corvia slept. Aldoria rejected the cabinet's decision."
    )

    assert {one[:3] for one in reader.readings(text)} == {
        ("aldoria", "opposes", "belmark")
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Aldorian military launched drones, fired shells and raided Belmark.",
            {("aldoria", "attacks", "belmark", "affirms")},
        ),
        (
            "Oren Vale left the pact and reimposed sanctions on Corvia.",
            {("oren-vale", "sanctions", "corvia", "affirms")},
        ),
        (
            "Aldoria sent ten men to Saltmere to support Belmark.",
            {("aldoria", "supports", "belmark", "affirms")},
        ),
        (
            "Aldoria cut its costs and provided arms to the Cedar Front.",
            {(*ARMS, "affirms")},
        ),
        (
            "Tensions rose between Corvia and Belmark - Aldoria's main allies - since May.",
            {
                ("corvia", "alliedWith", "aldoria", "affirms"),
                ("belmark", "alliedWith", "aldoria", "affirms"),
            },
        ),
        (
            "We trade with Corvia, one of the main backers of the Dun Brigade.",
            {("corvia", "supports", "dun-brigade", "affirms")},
        ),
        (
            "We consider the Front to be an arm of the Dun Brigade, which attacked Corvia.",
            {
                ("cedar-front", "partOf", "dun-brigade", "affirms"),
                ("dun-brigade", "attacks", "corvia", "affirms"),
            },
        ),
        (
            "Aldoria accused Belmark of shooting down two of its drones.",
            {("belmark", "attacks", "aldoria", "affirms")},
        ),
        (
            "Aldoria shelled villages in Corvia.",
            {("aldoria", "attacks", "corvia", "affirms")},
        ),
        (
            "The Cedar Front sustained attacks from Aldoria's air force.",
            {("aldoria", "attacks", "cedar-front", "affirms")},
        ),
        (
            "Aldoria has detained as many as 50 Cedar Front men.",
            {("aldoria", "arrests", "cedar-front", "affirms")},
        ),
        (
            "The Dun Brigade has operated in Aldoria as well as northern Belmark.",
            {
                ("dun-brigade", "activeIn", "aldoria", "affirms"),
                ("dun-brigade", "activeIn", "belmark", "affirms"),
            },
        ),
        (
            "Aldoria is harbouring and working with the Cedar Front.",
            {
                ("aldoria", "facilitates", "cedar-front", "affirms"),
                ("aldoria", "cooperatesWith", "cedar-front", "affirms"),
            },
        ),
        (
            "Aldoria accused Belmark of arming the Cedar Front, a charge it denies.",
            {
                ("belmark", "arms", "cedar-front", "affirms"),
                ("belmark", "arms", "cedar-front", "denies"),
            },
        ),
        ("Corvia supports the invasion of Belmark.", set()),
        ("The military aid of the village was small, said Belmark.", set()),
    ],
)
def test_news_is_read_through_lists_asides_and_what_is_counted(reader, text, expected):
    assert {one[:4] for one in reader.readings(text)} == expected


FIGHT = ("aldoria", "fights", "cedar-front", "affirms")
TALK = ("aldoria", "negotiatesWith", "cedar-front", "affirms")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Cedar Front (CF) and the Dun Brigade (DB) are fighting near the sea.",
            {("cedar-front", "fights", "dun-brigade", "affirms")},
        ),
        (
            "The River and Valley Guard (CEDAR), a militia armed by Aldoria, slept.",
            set(),
        ),
        (
            "The Dun Brigade, also known as the Dun Brigade, armed the Cedar Front.",
            {("dun-brigade", "arms", "cedar-front", "affirms")},
        ),
        (
            "The Cedar Front \u2014 a small band \u2014 was armed by Aldoria.",
            {(*ARMS, "affirms")},
        ),
        (
            "Aldoria is battling the insurgents known as the Cedar Front.",
            {FIGHT},
        ),
        (
            "Belmark created the Dun Brigade, a force paid by Aldoria and led by Vale.",
            {
                ("belmark", "created", "dun-brigade", "affirms"),
                ("aldoria", "finances", "dun-brigade", "affirms"),
                ("oren-vale", "leads", "dun-brigade", "affirms"),
            },
        ),
        ("In the north, Aldoria armed the Cedar Front.", {(*ARMS, "affirms")}),
        (
            "In March, Aldoria and Belmark armed the Cedar Front.",
            {(*ARMS, "affirms"), ("belmark", "arms", "cedar-front", "affirms")},
        ),
        (
            "Aldoria, together with Belmark, armed the Cedar Front.",
            {(*ARMS, "affirms"), ("belmark", "arms", "cedar-front", "affirms")},
        ),
        ("Fighting erupted between Aldorian troops and the Cedar Front.", {FIGHT}),
        ("Talks resumed in spring between Aldoria and the Cedar Front.", {TALK}),
        (
            "Aldoria armed two groups: the Cedar Front and the Dun Brigade.",
            {
                (*ARMS, "affirms"),
                ("aldoria", "arms", "dun-brigade", "affirms"),
            },
        ),
        (
            "The Cedar Front, led by Oren Vale, which holds Saltmere, slept.",
            {
                ("oren-vale", "leads", "cedar-front", "affirms"),
                ("cedar-front", "controls", "saltmere", "affirms"),
            },
        ),
        (
            "Oren Vale, leader of the Dun Brigade and a rival of Belmark, slept.",
            {
                ("oren-vale", "leads", "dun-brigade", "affirms"),
                ("oren-vale", "opposes", "belmark", "affirms"),
            },
        ),
        (
            "Belmark shelled Aldoria's guards and their Cedar Front partners.",
            {
                ("belmark", "attacks", "aldoria", "affirms"),
                ("cedar-front", "cooperatesWith", "aldoria", "affirms"),
            },
        ),
        (
            "Aldoria used its contacts abroad to smuggle rifles to the Cedar Front.",
            {(*ARMS, "affirms")},
        ),
        (
            "Aldoria advanced in May shelling the Cedar Front.",
            {("aldoria", "attacks", "cedar-front", "affirms")},
        ),
        (
            "The Cedar Front fled as Aldoria\u2019s army shelled the Cedar Front.",
            {("aldoria", "attacks", "cedar-front", "affirms")},
        ),
    ],
)
def test_long_sentences_of_news_are_read_past_their_asides(reader, text, expected):
    found = reader.readings(text)

    assert {one[:4] for one in found} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Aldoria rejected claims by Belmark that it armed the Cedar Front.",
        "Aldoria denied an allegation by Belmark about it arming the Cedar Front.",
        "Aldoria dismissed Belmark's charge that it had armed the Cedar Front.",
        "Aldoria disputed charges made by Belmark that it is arming the Cedar Front.",
    ],
)
def test_who_claims_and_who_rejects_it_both_take_a_stance(reader, text):
    found = reader.readings(text)

    assert found == {(*ARMS, "affirms", "belmark"), (*ARMS, "denies", "aldoria")}


@pytest.mark.parametrize(
    "text",
    [
        "Belmark filed a suit at a court accusing Aldoria of arming the Cedar Front.",
        "Belmark wrote to a court in May, accusing Aldoria of arming the Cedar Front.",
        "Belmark accused Aldoria of murder by arming the Cedar Front.",
    ],
)
def test_who_accuses_speaks_and_who_is_accused_acts(reader, text):
    found = reader.readings(text)

    assert (*ARMS, "affirms", "belmark") in found
    assert {one[:3] for one in found} <= {ARMS, ("belmark", "opposes", "aldoria")}


def test_the_army_is_that_of_whom_was_spoken_of(reader):
    found = reader.readings("Oren Vale spoke. The country shelled the Cedar Front.")

    assert {one[:4] for one in found} == {
        ("aldoria", "attacks", "cedar-front", "affirms")
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Corvia and, by all accounts, Aldoria have armed the Cedar Front.",
            {(*ARMS, "affirms"), ("corvia", "arms", "cedar-front", "affirms")},
        ),
        (
            "The rifles that Aldoria handed to the Cedar Front were old.",
            {(*ARMS, "affirms")},
        ),
        (
            "The money Aldoria gave the Cedar Front was wasted.",
            {("aldoria", "finances", "cedar-front", "affirms")},
        ),
        (
            "The raid on Belmark, carried out by the Cedar Front, was short.",
            {("cedar-front", "attacks", "belmark", "affirms")},
        ),
        (
            "Rockets launched from Corvia by the Cedar Front struck Belmark.",
            {("cedar-front", "attacks", "belmark", "affirms")},
        ),
        (
            "Some 900 Aldorian soldiers were stationed in Belmark.",
            {("aldoria", "deploysTo", "belmark", "affirms")},
        ),
        (
            "Belmark launched dozens of air raids in revenge against the Cedar Front.",
            {("belmark", "attacks", "cedar-front", "affirms")},
        ),
        (
            "The Dun Brigade, battling Belmark for years, is tired.",
            {("dun-brigade", "fights", "belmark", "affirms")},
        ),
        (
            "Belmark lost ten men after three of its ships were shelled by Aldoria.",
            {("aldoria", "attacks", "belmark", "affirms")},
        ),
        (
            "It ended with Aldoria arming the Cedar Front and Corvia funding Belmark.",
            {(*ARMS, "affirms"), ("corvia", "finances", "belmark", "affirms")},
        ),
        (
            "Belmark's Cedar Front leader Vale spoke.",
            {("oren-vale", "leads", "cedar-front", "affirms")},
        ),
        (
            "Aldoria denied stoking the war by arming the Cedar Front.",
            {(*ARMS, "denies")},
        ),
        (
            "The Cedar Front holds much of the north of the land, including Saltmere.",
            {("cedar-front", "controls", "saltmere", "affirms")},
        ),
        (
            "Belmark lost control of Saltmere.",
            {("belmark", "controls", "saltmere", "denies")},
        ),
        (
            "Belmark lost control of Saltmere to the Cedar Front.",
            {
                ("belmark", "controls", "saltmere", "denies"),
                ("belmark", "cedesTo", "cedar-front", "affirms"),
                ("cedar-front", "controls", "saltmere", "affirms"),
            },
        ),
        (
            "Aldoria led a campaign involving jets and ground troops against Belmark.",
            {("aldoria", "fights", "belmark", "affirms")},
        ),
        (
            "Oren Vale feared that Aldoria's Cedar Front proxy was weak.",
            {("cedar-front", "affiliatedWith", "aldoria", "affirms")},
        ),
        (
            'Oren Vale said that Corvia would "shell Belmark".',
            {("corvia", "attacks", "belmark", "affirms")},
        ),
        (
            "The Dun Brigade, which helped Belmark crush the Cedar Front, is tired.",
            {
                ("dun-brigade", "supports", "belmark", "affirms"),
                ("belmark", "attacks", "cedar-front", "affirms"),
            },
        ),
        (
            "Ila Brandt, who once led the Dun Brigade, spoke in the evening.",
            {("ila-brandt", "leads", "dun-brigade", "affirms")},
        ),
        ("Corvia's Saltmere governor Vale spoke.", set()),
        ("Rockets made by the Cedar Front hit Belmark.", set()),
        ("Belmark wrote dozens of letters in May against the Cedar Front.", set()),
        ("The visit to Belmark, described by the Cedar Front, was short.", set()),
    ],
)
def test_ends_are_found_behind_what_is_counted_given_or_fired(reader, text, expected):
    found = reader.readings(text)

    assert {one[:4] for one in found} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # a role before its name
            "The leader of the Cedar Front, Oren Vale has left.",
            {("oren-vale", "leads", "cedar-front", "affirms")},
        ),
        (
            "A close ally of Belmark, Corvia slept.",
            {("corvia", "alliedWith", "belmark", "affirms")},
        ),
        (  # a name that says which one
            "An Aldorian-backed militia, the Cedar Front, shelled Corvia.",
            {
                ("aldoria", "supports", "cedar-front", "affirms"),
                ("cedar-front", "attacks", "corvia", "affirms"),
            },
        ),
        (
            "The Belmarkian capital, Saltmere, which is held by the Cedar Front, slept.",
            {("cedar-front", "controls", "saltmere", "affirms")},
        ),
        (  # a place is no belonging of itself
            "Aldoria seized the Dun Brigade-held Saltmere region.",
            {
                ("aldoria", "controls", "saltmere", "affirms"),
                ("dun-brigade", "controls", "saltmere", "affirms"),
            },
        ),
        (
            "Aldorian jets pounded Dun Brigade positions north of Saltmere.",
            {("aldoria", "attacks", "dun-brigade", "affirms")},
        ),
        (
            "Belmark spoke of the murky Aldorian raid on the Cedar Front.",
            {("aldoria", "attacks", "cedar-front", "affirms")},
        ),
        (
            "Corvia's purchase of Belmarkian missile systems is news.",
            {("corvia", "tradesWith", "belmark", "affirms")},
        ),
        (
            "Ila Brandt discussed trade during five hours of talks with Oren Vale.",
            {("ila-brandt", "negotiatesWith", "oren-vale", "affirms")},
        ),
        (
            "Aldoria chose the Cedar Front as its main partner.",
            {("aldoria", "cooperatesWith", "cedar-front", "affirms")},
        ),
        (
            "Belmark's economy was crippled by Aldorian sanctions.",
            {("aldoria", "sanctions", "belmark", "affirms")},
        ),
        (
            "The Dun Brigade is dependent on Belmarkian support.",
            {("belmark", "supports", "dun-brigade", "affirms")},
        ),
        (
            "Having been at the helm of the Cedar Front since May, Oren Vale slept.",
            {("oren-vale", "leads", "cedar-front", "affirms")},
        ),
        (
            "Corvia took back rifles it sent to the Cedar Front.",
            {("corvia", "arms", "cedar-front", "affirms")},
        ),
        (
            "Belmark itself fought a war against Aldoria.",
            {("belmark", "fights", "aldoria", "affirms")},
        ),
        (
            "Aldoria took the step of designating the Cedar Front as a terrorist group.",
            {("aldoria", "sanctions", "cedar-front", "affirms")},
        ),
        (
            "Was it Aldoria that armed the Cedar Front, or somebody else?",
            {(*ARMS, "questions")},
        ),
        (
            "Aldoria threatened strikes on Belmark.",
            {("aldoria", "threatens", "belmark", "affirms")},
        ),
        (
            "Aldoria sent rifles into Belmark to aid the Cedar Front.",
            {(*ARMS, "affirms")},
        ),
        (
            "Corvia spoke of the Aldorian-led attack on Belmark.",
            {("aldoria", "attacks", "belmark", "affirms")},
        ),
        (
            "The Dun Brigade, a militia in Belmark that has attacked Corvia, slept.",
            {("dun-brigade", "attacks", "corvia", "affirms")},
        ),
        (
            "Aldoria's war on Belmark is long.",
            {("aldoria", "fights", "belmark", "affirms")},
        ),
        ("Aldoria's “war” on the Cedar Front is a sham.", set()),
        ("Corvia evaded Aldorian-led sanctions on Belmark.", set()),
        ("The Dun Brigade pledged itself to Belmark.", set()),
        ("A book about rifles Belmark made for the Cedar Front slept.", set()),
        ("The enemy of Belmark, Corvia said, was strong.", set()),
        ("Oren Vale, an Aldorian general, spoke.", set()),
        ("Aldoria, a Northern Pact ally, slept.", set()),
        ("The Dun Brigade is not wholly dependent on Belmarkian support.", set()),
        ("Belmark was shaken by news of Aldorian strikes.", set()),
        ("The matter was raised in talks with Belmark.", set()),
    ],
)
def test_what_stands_around_a_name_tells_of_it(reader, text, expected):
    assert {one[:4] for one in reader.readings(text)} == expected


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Corvia last week said Aldoria armed the Cedar Front.", "corvia"),
        ("Vale's office denied that Aldoria armed the Cedar Front.", "oren-vale"),
        (
            "Belmark accused Aldoria of breaking the law by arming the Cedar Front.",
            "belmark",
        ),
    ],
)
def test_neither_a_time_nor_an_office_is_who_speaks(reader, text, speaker):
    found = reader.readings(text)

    assert {one[4] for one in found if one[:3] == ARMS} == {speaker}
