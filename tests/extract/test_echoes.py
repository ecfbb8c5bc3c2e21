"""Claims that are taken up without their words: answers, denials, ellipsis, reference."""

import pytest

TALK = {"kind": "interview", "voice": "oren-vale", "we": {"oren-vale": "aldoria"}}


def said(reader, text: str, **more: object) -> set[str]:
    return {" ".join(one) for one in reader.readings(text, **more)}


@pytest.mark.parametrize(
    ("answer", "stance"),
    [
        ("No, never.", "denies"),
        ("Absolutely not.", "denies"),
        ("That is not true.", "denies"),
        ("Nonsense.", "denies"),
        ("Yes, of course.", "affirms"),
        ("That is right.", "affirms"),
        ("We do.", "affirms"),
        ("We have not.", "denies"),
    ],
)
def test_an_answer_affirms_or_denies_what_was_asked(reader, answer, stance):
    text = f"Ila Brandt: Does Aldoria arm the Cedar Front?\n\nOren Vale: {answer}"

    found = said(reader, text, **TALK)

    assert found == {
        "aldoria arms cedar-front questions ila-brandt",
        f"aldoria arms cedar-front {stance} oren-vale",
    }


@pytest.mark.parametrize(
    "answer",
    ["No one can tell.", "Ask the Front.", "Right after the war we left.", "Perhaps."],
)
def test_what_only_opens_like_an_answer_is_none(reader, answer):
    text = f"Ila Brandt: Does Aldoria arm the Cedar Front?\n\nOren Vale: {answer}"

    found = said(reader, text, **TALK)

    assert found == {"aldoria arms cedar-front questions ila-brandt"}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Belmark denied it.", "denies"),
        ("Belmark rejects the charge.", "denies"),
        ("The charge was rejected by Belmark.", "denies"),
        ("Belmark called that a lie.", "denies"),
        ("Belmark has denied this several times.", "denies"),
        ("Belmark confirmed the report.", "affirms"),
    ],
)
def test_who_denies_it_denies_what_was_claimed_before(reader, text, stance):
    found = said(reader, f"Corvia said that Belmark had armed the Dun Brigade. {text}")

    assert found == {
        "belmark arms dun-brigade affirms corvia",
        f"belmark arms dun-brigade {stance} belmark",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Belmark has not denied it.",
        "Belmark denied the visa.",
        "Belmark would deny it.",
        "It denied him a visa.",
    ],
)
def test_what_is_not_denied_or_denied_of_something_else_takes_nothing_up(reader, text):
    found = said(reader, f"Corvia said that Belmark had armed the Dun Brigade. {text}")

    assert found == {"belmark arms dun-brigade affirms corvia"}


def test_a_claim_is_denied_within_its_sentence(reader):
    which = "Corvia says Belmark armed the Dun Brigade, which Belmark denies."
    claim = "Corvia says Belmark armed the Dun Brigade, a claim that Belmark rejects."

    expected = {
        "belmark arms dun-brigade affirms corvia",
        "belmark arms dun-brigade denies belmark",
    }

    assert said(reader, which) == expected
    assert said(reader, claim) == expected
    assert said(reader, claim.replace(" that", "")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So has Corvia.", "corvia arms dun-brigade affirms @author"),
        ("Corvia has too.", "corvia arms dun-brigade affirms @author"),
        ("Corvia has not.", "corvia arms dun-brigade denies @author"),
        ("Corvia insists that it has not.", "belmark arms dun-brigade denies corvia"),
    ],
)
def test_an_auxiliary_alone_stands_for_the_verb_before_it(reader, text, expected):
    found = said(reader, f"Belmark has armed the Dun Brigade. {text}")

    assert found == {"belmark arms dun-brigade affirms @author", expected}


def test_the_ends_of_an_echo_are_the_words_that_take_it_up(reader):
    text = "Corvia said that Belmark had armed the Dun Brigade. Belmark denied it."

    echo = reader.candidates(text)[1]

    assert (echo.tier, echo.flags, echo.links.subject) == ("C", ("coref",), "coref")
    assert text[slice(*echo.cue)] == "denied"
    assert text[slice(*echo.subject_mention)] == "it"
    assert text[slice(*echo.speaker_mention)] == "Belmark"
    assert echo.selector.exact == "Belmark denied it."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Aldoria and Belmark share a border. The two countries clashed.",
            "aldoria fights belmark affirms @author",
        ),
        (
            "Aldoria met Belmark. Neither has armed the Cedar Front.",
            "aldoria arms cedar-front denies @author",
        ),
        (
            "The regime in Belmark has armed the Dun Brigade.",
            "belmark arms dun-brigade affirms @author",
        ),
        (
            "The Cedar Front, whose men attacked Corvia, fled.",
            "cedar-front attacks corvia affirms @author",
        ),
        (
            "Aldoria knows Saltmere. It has sent troops there.",
            "aldoria deploysTo saltmere affirms @author",
        ),
        (
            "Ila Brandt met Oren Vale. She thanked him. He has armed the Cedar Front.",
            "oren-vale arms cedar-front affirms @author",
        ),
    ],
)
def test_descriptions_and_pronouns_find_whom_they_mean(reader, text, expected):
    assert expected in said(reader, text)


@pytest.mark.parametrize(
    "text",
    [
        "Aldoria met Belmark. It means that it armed nobody.",
        "The Osk Brigade attacked Corvia.",
        "The Cedar Front left. They attacked the Cedar Front.",
        "Nobody doubts it.",
    ],
)
def test_who_is_not_meant_is_not_found(reader, text):
    assert said(reader, text) <= {"aldoria negotiatesWith belmark affirms @author"}
