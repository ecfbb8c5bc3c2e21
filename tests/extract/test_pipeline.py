import random
import sys
from dataclasses import replace
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.extract.document import Registry, document
from whosays.extract.pipeline import Extractor
from whosays.extract.records import to_line

SAID = [
    ("Aldoria attacked Belmark.", {"aldoria attacks belmark affirms @author"}),
    ("Belmark was attacked by Aldoria.", {"aldoria attacks belmark affirms @author"}),
    (
        "Minister Oren Vale denied that Aldoria had armed the Cedar Front.",
        {"aldoria arms cedar-front denies oren-vale"},
    ),
    (
        "Belmark accused Aldoria of arming the Cedar Front.",
        {"aldoria arms cedar-front affirms belmark"},
    ),
    (
        "Aldoria failed to stop arming the Cedar Front.",
        {"aldoria arms cedar-front affirms @author"},
    ),
    (
        "Aldoria not only armed but also trained the Cedar Front.",
        {"aldoria arms cedar-front affirms @author"},
    ),
    (
        "Neither Aldoria nor Corvia funds the River League.",
        {
            "aldoria finances river-league denies @author",
            "corvia finances river-league denies @author",
        },
    ),
    (
        "Belmark attacked the Cedar Front but not the Dun Brigade.",
        {
            "belmark attacks cedar-front affirms @author",
            "belmark attacks dun-brigade denies @author",
        },
    ),
    (
        "Is Corvia arming the Cedar Front?",
        {"corvia arms cedar-front questions @author"},
    ),
    (
        "Why did Aldoria not attack the Dun Brigade?",
        {"aldoria attacks dun-brigade denies @author"},
    ),
    ("If Belmark attacks Corvia, Aldoria will defend Corvia.", set()),
    ("Belmark should arm the Dun Brigade.", set()),
    ("Aldoria wants to attack Belmark.", set()),
    (
        "Corvia urged Belmark to stop arming the Dun Brigade.",
        {"belmark arms dun-brigade affirms corvia"},
    ),
    (
        "\u201cCorvia is arming the Dun Brigade,\u201d said Ila Brandt.",
        {"corvia arms dun-brigade affirms ila-brandt"},
    ),
    (
        "The Cedar Front, which is funded by Corvia, attacked Belmarkian troops.",
        {
            "corvia finances cedar-front affirms @author",
            "cedar-front attacks belmark affirms @author",
        },
    ),
    (
        "Aldoria-backed Cedar Front fighters attacked Belmark.",
        {
            "aldoria supports cedar-front affirms @author",
            "cedar-front attacks belmark affirms @author",
        },
    ),
    (
        "They [the Dun Brigade] attacked Corvia.",
        {"dun-brigade attacks corvia affirms @author"},
    ),
    (
        "Belmark is under heavy pressure from Aldoria and Corvia.",
        {
            "aldoria opposes belmark affirms @author",
            "corvia opposes belmark affirms @author",
        },
    ),
    (
        "The Dun Brigade is not in Saltmere, and it has never been in Belmark.",
        {
            "dun-brigade activeIn saltmere denies @author",
            "dun-brigade activeIn belmark denies @author",
        },
    ),
    ("Oren Vale was in Belmark.", set()),
    (
        "Vale's government attacked the Cedar Front.",
        {"aldoria attacks cedar-front affirms @author"},
    ),
    (
        "Not Aldoria but Corvia arms the Dun Brigade.",
        {
            "aldoria arms dun-brigade denies @author",
            "corvia arms dun-brigade affirms @author",
        },
    ),
    (
        "The Dun Brigade abandoned the town of Saltmere and the Front took control of it.",
        {
            "dun-brigade withdrawsFrom saltmere affirms @author",
            "cedar-front controls saltmere affirms @author",
        },
    ),
    (
        "There is evidence of Aldoria's support for the Cedar Front.",
        {"aldoria supports cedar-front affirms @author"},
    ),
    (
        "Aldoria sought Corvia's help against the Dun Brigade.",
        {"aldoria invites corvia affirms @author"},
    ),
    (
        "Corvia's goal was never to fight the Cedar Front.",
        {"corvia fights cedar-front denies @author"},
    ),
    (
        "Corvia regards the Dun Brigade as an enemy.",
        {"corvia opposes dun-brigade affirms corvia"},
    ),
    (
        "The charge that Corvia arms the Dun Brigade was rejected by Ila Brandt.",
        {"corvia arms dun-brigade denies ila-brandt"},
    ),
    (
        "Not a single shell was fired by Aldoria at the Cedar Front.",
        {"aldoria attacks cedar-front denies @author"},
    ),
    (
        "The Cedar Front, backed by Aldoria and trained by Corvia, seized Saltmere.",
        {
            "aldoria supports cedar-front affirms @author",
            "corvia arms cedar-front affirms @author",
            "cedar-front controls saltmere affirms @author",
        },
    ),
    (
        "It is not Aldoria that arms the Dun Brigade.",
        {"aldoria arms dun-brigade denies @author"},
    ),
    (
        "Is it true that Corvia arms the Dun Brigade?",
        {"corvia arms dun-brigade questions @author"},
    ),
    (
        "Nobody in the Cedar Front has attacked Belmark.",
        {"cedar-front attacks belmark denies @author"},
    ),
    (
        "Corvia has sent the Dun Brigade to Saltmere.",
        {"dun-brigade deploysTo saltmere affirms @author"},
    ),
    ("A war between Aldoria and Corvia would ruin both.", set()),
    ("The Aldoria University team beat Belmark on Sunday.", set()),
]


@pytest.mark.parametrize(("text", "expected"), SAID, ids=[text for text, _ in SAID])
def test_a_sentence_says(reader, text: str, expected: set[str]):
    found = {" ".join(one) for one in reader.readings(text)}

    assert found == expected


def test_who_reports_whom_makes_a_chain(reader):
    text = (
        "The Harbour Post reported that Oren Vale had denied that Aldoria armed Corvia."
    )

    (one,) = reader.candidates(text)

    assert (one.stance, one.speaker, one.chain) == (
        "denies",
        "oren-vale",
        ("harbour-post",),
    )


def test_speakers_who_speak_together_stand_beside_the_first(reader):
    text = "Oren Vale and Ila Brandt said that Corvia armed the Dun Brigade."

    (one,) = reader.candidates(text)

    assert (one.speaker, one.also) == ("oren-vale", ("ila-brandt",))


def test_we_is_whom_the_source_says_and_nobody_without_it(reader):
    text = "Harbour Post: We have never armed the Cedar Front."

    mapped = reader.candidates(text, we={"harbour-post": "aldoria"}, kind="interview")
    unmapped = reader.candidates(text, kind="interview")

    assert [(c.subject, c.stance, c.speaker) for c in mapped] == [
        ("aldoria", "denies", "harbour-post")
    ]
    assert mapped[0].links.subject == "coref"
    assert mapped[0].flags == ("coref",)
    assert unmapped == ()


def test_we_of_who_holds_an_office_is_whom_the_registry_says_it_acts_for(reader):
    quoted = "“We have never armed the Cedar Front,” Oren Vale said."
    turn = "Oren Vale: We have never armed the Cedar Front."

    expected = {("aldoria", "arms", "cedar-front", "denies", "oren-vale")}

    assert reader.readings(quoted) == expected
    assert reader.readings(turn) == expected


def test_you_is_the_guest_of_a_talk_and_whom_the_guest_speaks_for(reader):
    text = "Ila Brandt: Have your troops attacked Corvia?\n\nOren Vale: Never."
    talk = {"kind": "interview", "voice": "oren-vale", "we": {"oren-vale": "aldoria"}}

    asked = reader.readings(text, **talk)
    unknown = reader.readings(text)

    assert asked == {
        ("aldoria", "attacks", "corvia", "questions", "ila-brandt"),
        ("aldoria", "attacks", "corvia", "denies", "oren-vale"),
    }
    assert unknown == set()


def test_we_of_a_statement_is_the_body_that_issues_it(reader):
    text = "We have never attacked Corvia."

    issued = reader.readings(text, voice="cedar-front")
    written = reader.readings(text, voice="harbour-post")

    assert issued == {("cedar-front", "attacks", "corvia", "denies", "@author")}
    assert written == set()


def test_a_heading_with_a_colon_is_no_turn(reader):
    text = "Aldoria: a portrait\n\nBelmark attacked Corvia.\n"

    assert reader.readings(text) == {
        ("belmark", "attacks", "corvia", "affirms", "@author")
    }


def test_a_quotation_goes_on_and_a_block_hands_over(reader):
    goes_on = (
        "\u201cCorvia armed the Dun Brigade,\u201d Ila Brandt said. "
        "\u201cIt has also trained the Cedar Front.\u201d"
    )
    handed = (
        "Oren Vale announced at noon:\n\n\u201cCorvia has attacked Belmark.\u201d\n"
    )

    first = {one.speaker for one in reader.candidates(goes_on)}
    second = {one.speaker for one in reader.candidates(handed)}

    assert first == {"ila-brandt"}
    assert second == {"oren-vale"}


def test_times_become_edtf(reader):
    dated = "On 3 June 2015 Aldoria attacked Belmark."
    relative = "Aldoria attacked Belmark last year."

    explicit = reader.candidates(dated)[0].time
    last_year = reader.candidates(relative, date="2024-05-02")[0].time
    undated = reader.candidates(relative)[0].time

    assert explicit is not None
    assert last_year is not None
    assert (explicit.edtf, last_year.edtf) == ("2015-06-03", "2023")
    assert undated is None


def test_a_long_sentence_is_cut_around_its_cue(reader):
    text = "It was " + "so very long ago " * 40 + "that Aldoria attacked Belmark."

    (one,) = reader.candidates(text)

    assert one.flags == ("truncated",)
    assert len(one.selector.exact) == 300
    assert one.selector.start <= one.cue[0] < one.cue[1] <= one.selector.end


def test_the_same_text_gives_the_same_bytes(reader):
    text = "\n".join(said for said, _ in SAID)

    first = [to_line(one) for one in reader.candidates(text)]
    again = [to_line(one) for one in reader.candidates(text)]

    assert first == again
    assert len({one.id for one in reader.candidates(text)}) == len(first)


def test_ids_do_not_depend_on_the_order_of_actors(reader):
    slugs = list(reader.registry.actors)
    random.Random(4).shuffle(slugs)
    shuffled = Extractor(
        Registry(actors={slug: reader.registry.actors[slug] for slug in slugs})
    )
    text = "\n".join(said for said, _ in SAID)

    found = shuffled.extract(document(text, "tale")).candidates

    assert [one.id for one in found] == [one.id for one in reader.candidates(text)]


def test_work_grows_with_the_text_and_not_faster(reader):
    paragraph = "\n".join([*(said for said, _ in SAID[2:6]), "Nobody came."])

    def calls(times: int) -> int:
        count = 0

        def counting(frame: FrameType, event: str, value: object) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        doc = document("\n\n".join([paragraph] * times), "tale")
        before = sys.getprofile()
        sys.setprofile(counting)
        try:
            reader.extractor.extract(doc)
        finally:
            sys.setprofile(before)
        return count

    calls(1)  # whatever is made ready once
    one, ten, hundred = calls(1), calls(10), calls(100)

    assert ten <= 10.5 * one
    assert hundred <= 10.5 * ten


def test_a_speaker_of_another_passage_has_no_voice_here(reader):
    text = "Ila Brandt said: \u201cCorvia armed us.\u201d\n\nCorvia attacked Belmark."

    found = reader.readings(text)

    assert ("corvia", "attacks", "belmark", "affirms", "@author") in found


def test_words_in_marks_of_their_own_do_not_tear_the_sentence(reader):
    text = 'Aldoria has \u201carmed\u201d the "brave" Cedar Front.'

    (one,) = reader.candidates(text)

    assert one.reading == ("aldoria", "arms", "cedar-front", "affirms")
    assert one.flags == ("scare-quotes",)
    assert text[one.cue[0] : one.cue[1]] == "armed"


PIECES = st.sampled_from(
    [
        *(said for said, _ in SAID),
        "\u202b\u05d0\u05dc\u05d3\u202c Aldoria attacked Belmark.",
        "\U0001f33f Cafe\u0301: Aldoria attacked Belmark \U0001f33f.",
        "Aldoria\u2019s army attacked Belmark\u2014again.",
        "Oren Vale (minister): We deny it.",
        "¿Qué? ... \u2026 '' `` \"",
        "the of by Aldoria's and not but to",
    ]
)
BREAKS = st.sampled_from(["\n", "\r\n", "\n\n", " ", "\r", "\t"])
WORDS = st.sampled_from(
    [
        "Aldoria",
        "Belmark",
        "Cedar",
        "Front",
        "Oren",
        "Vale",
        "'s",
        "the",
        "a",
        "of",
        "by",
        "with",
        "to",
        "and",
        "not",
        "no",
        "neither",
        "nor",
        "armed",
        "attacks",
        "arming",
        "attack",
        "support",
        "denied",
        "said",
        "that",
        "which",
        "who",
        ",",
        ".",
        "?",
        '"',
        "(",
        ")",
        "[",
        "]",
        "-",
        ":",
        "if",
        "why",
        "did",
        "has",
        "been",
        "is",
        "will",
        "they",
        "it",
        "we",
        "its",
        "between",
        "from",
        "accused",
        "stop",
        "talks",
        "Aldorian",
        "backed",
        "leader",
        "called",
        "ally",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(PIECES, BREAKS), max_size=8), st.booleans())
def test_every_quote_is_what_stands_in_the_text(reader, parts, mark: bool):
    text = ("\ufeff" if mark else "") + "".join(a + b for a, b in parts)
    doc = document(text, "tale")

    for one in reader.extractor.extract(doc).candidates:
        selector = one.selector

        assert doc.text[selector.start : selector.end] == selector.exact
        assert selector.start <= one.cue[0] < one.cue[1] <= selector.end
        for start, end in (one.subject_mention, one.object_mention):
            assert 0 <= start < end <= len(doc.text)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=25))
def test_no_order_of_words_ends_in_an_error(reader, words: list[str]):
    found = reader.candidates(" ".join(words))

    assert all(one.subject != one.object for one in found)


@pytest.mark.parametrize(
    "label", ["al-Rimal Front", "Al-Rimal Front", "Al Rimal Front"]
)
@pytest.mark.parametrize(
    "name", ["al-Rimal Front", "Al-Rimal Front", "al Rimal Front", "the Rimal Front"]
)
def test_the_article_of_an_arabic_name_is_written_as_one_likes(reader, label, name):
    front = replace(reader.registry.actors["cedar-front"], slug="rimal", label=label)
    actors = {"rimal": front, "aldoria": reader.registry.actors["aldoria"]}
    extractor = Extractor(Registry(actors=actors))

    found = extractor.extract(document(f"Aldoria armed {name}.", "tale")).candidates

    assert [one.reading for one in found] == [("aldoria", "arms", "rimal", "affirms")]


@pytest.mark.parametrize(
    ("label", "adjective"),
    [
        ("United States", "American"),
        ("United Kingdom", "British"),
        ("Russian Federation", "Russian"),
        ("Democratic Republic of the Congo", "Congolese"),
        ("Panama", "Panamanian"),
    ],
)
def test_a_state_under_its_full_name_has_its_adjective(reader, label, adjective):
    state = replace(reader.registry.actors["belmark"], slug="state", label=label)
    actors = {"state": state, "aldoria": reader.registry.actors["aldoria"]}
    extractor = Extractor(Registry(actors=actors))
    text = f"{adjective} drones struck Aldoria."

    found = extractor.extract(document(text, "tale")).candidates

    assert [one.reading for one in found] == [
        ("state", "attacks", "aldoria", "affirms")
    ]
