"""Cards: 80 columns, any name, any gist, any terminal."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import crowd
from whosays import answers, disputes, project
from whosays.cli import words
from whosays.cli.cards import TELLING, Printer
from whosays.cli.output import columns_of
from whosays.cli.paper import Paper
from whosays.model import Stance, Status

HERE = Path(__file__).parent
JUDGING = re.compile(
    r"\b(true|false|fake|propaganda|confirmed|debunked)\b", re.IGNORECASE
)


@pytest.fixture(scope="module")
def vale():
    return project.read(HERE / "fixtures" / "answers").collection


@pytest.fixture(scope="module")
def clashes(vale):
    return disputes.find(vale)


@pytest.fixture(scope="module")
def seeds():
    return project.read(HERE.parent / "seeds" / "iran-isis").collection


def printed(collection, found, *, of, width=80, ascii=False):
    printer = Printer(collection, Paper(width=width, ascii=ascii))
    return getattr(printer, of)(found)


def card_of(collection, *slots, width=80, ascii=False, **narrowing):
    found = answers.that(collection, disputes.find(collection), *slots, **narrowing)
    return printed(collection, found, of="card", width=width, ascii=ascii)


def everything(collection, width, ascii):
    """Print every kind of answer about a few things of a collection."""
    found = disputes.find(collection)
    actors = list(collection.actors)[:: max(len(collection.actors) // 8, 1)]
    for actor in actors:
        dossier = answers.about(collection, found, actor, status="all")
        yield from printed(collection, dossier, of="dossier", width=width, ascii=ascii)
        speech = answers.by(collection, actor, status="all")
        yield from printed(collection, speech, of="speech", width=width, ascii=ascii)
        open_ = answers.that(collection, found, actor, related=True, status="all")
        yield from printed(collection, open_, of="card", width=width, ascii=ascii)
    for source in collection.sources:
        reading = answers.within(collection, source)
        yield from printed(collection, reading, of="reading", width=width, ascii=ascii)
    issues = answers.contested(collection, found)
    printer = Printer(collection, Paper(width=width, ascii=ascii))
    yield from printer.issues(issues, whole=True)
    for id in (collection.statements[0].id, actors[0], issues[0].issue.id):
        yield from printer.entry(answers.show(collection, found, id))


def test_a_card_reads_as_designed(vale):
    assert card_of(vale, "aldoria", "arms", "cedar-front", ascii=True) == [
        "Aldoria -- arms -> Cedar Front                   9 statements in 4 sources, 2031",
        "",
        "AFFIRMED by 3, one of them only as reported by a voice that rejects it",
        "  2031-04-02       Essayist of the Gazette   An essay in the Gazette p2   w3snnp",
        "                   of 2031-03",
        "                   Crates marked as nails reach the Front.",
        "  2031-04-02       Spokesman of the Front    An essay in the Gazette p3   b24zzw",
        "                   as reported by Harbour Post, passed on by Essayist of the",
        "                   Gazette, who endorses it",
        "                   The spokesman thanks the republic for rifles.",
        "  2031-05?         Spokesman of the Front                        line 4   dd6rbc",
        "                   in Night bulletin of the second programme, with the news of",
        "                   the strait and the harbours",
        "                   as reported by Belmark Radio, who takes no side",
        "                   Rifles came.",
        "  2031-06-2031-07  Belmark Radio                      Port interview p5   crs72x",
        "                   as reported by Aldorian minister, who rejects it",
        "                   The radio tells of crates.",
        "AFFIRMED by 1 as what should be",
        "  2031-04-02       Spokesman of the Front    An essay in the Gazette p4   o5fjhc",
        "                   as reported by Essayist of the Gazette, who takes no side |",
        "                   advocated",
        "                   More of it is wanted.",
        "DENIED by 1",
        "  2031-06-2031-07  Aldorian minister                  Port interview p4   eojkxz",
        "                   Nothing went to the Front.",
        "DENIED by 1 as what should be",
        "  2031-06-2031-07  Premier of Belmark                 Port interview p8   7mh5en",
        "                   as reported by Aldorian minister, who takes no side |",
        "                   advocated",
        "                   It should not be done.",
        "QUESTIONED by 1",
        "  undated          Dun Brigade                              Old leaflet   h7m4rw",
        "REPORTED by 1",
        "  2031-06-2031-07  Talk of the harbour (unnamed)      Port interview p6   pzwptw",
        "                   as reported by Aldorian minister, who takes no side",
        "                   There is talk.",
        "",
        "does not go with: Aldoria supports Cedar Front (denied by 1)",
        "does not go with the denial: Aldorian Navy arms Cedar Front (affirmed by 1)",
        "",
        "1 candidate not shown: --status all",
        "1 retracted not shown: --status all",
    ]  # fmt: skip


@pytest.mark.parametrize("ascii", [False, True])
@pytest.mark.parametrize("width", [40, 80, 100])
def test_no_line_is_wider_than_the_paper(vale, width, ascii):
    lines = list(everything(vale, width, ascii))

    assert len(lines) > 100
    assert [line for line in lines if columns_of(line) > width] == []


def test_no_line_of_the_bundled_project_is_wider_than_80(seeds):
    lines = list(everything(seeds, 80, False))

    assert [line for line in lines if columns_of(line) > 80] == []


def test_our_own_words_take_no_side(vale):
    found = [line for line in everything(vale, 80, False) if JUDGING.search(line)]

    assert found == []


def test_text_that_looks_like_markup_is_printed_as_it_is(vale):
    text = " ".join(card_of(vale, "cedar-front", "attacks", "belmark"))

    folded = re.sub(r"\s+", " ", text)
    gist = "Raids [sic] were [/b] counted :100: times <script>alert(1)</script>."
    assert gist in folded
    assert "suspected · until 2031-02 · in Port Vale" in folded


def test_ids_and_locators_are_never_cut(vale):
    for width in (40, 60, 80):
        text = "\n".join(card_of(vale, "aldoria", "arms", "cedar-front", width=width))
        for id in ("w3snnp", "b24zzw", "dd6rbc", "crs72x", "eojkxz", "7mh5en"):
            assert id in text
        for place in ("¶2", "¶3", "line 4", "¶5"):
            assert f"{place}   " in text


def test_a_name_from_right_to_left_is_fenced_and_whole(vale):
    first = card_of(vale, "nur-al-din", "leads", "cedar-front")[0]

    assert first.startswith(
        "\u200eنور الدين قائد جبهة الأرز\u200e — leads → Cedar Front"
    )
    assert columns_of(first) == 80


def test_a_name_is_fenced_once_however_often_it_is_laid_out():
    paper = Paper()
    name = "\u0646\u0648\u0631 (x)"

    once = paper.text(name)

    assert once == "\u200e\u0646\u0648\u0631\u200e (x)"
    assert paper.text(once) == once


def test_ascii_paper_uses_no_mark_of_ours_outside_ascii(vale):
    lines = card_of(vale, "aldoria", "-", "-", ascii=True, related=True)

    assert all(line.isascii() for line in lines)


def test_an_escape_sequence_in_a_name_is_shown_and_not_sent(vale):
    front = replace(vale.actors["cedar-front"], label="Front\x1b[2J\x1b]0;x\x07")
    odd = replace(vale, actors={**vale.actors, "cedar-front": front})

    text = "\n".join(card_of(odd, "aldoria", "arms", "cedar-front"))

    assert "\x1b" not in text
    assert "⟨U+001B⟩" in text


def test_all_voices_rejected_are_said_to_be(vale):
    (rejected,) = [
        one for one in vale.statements if one.voice == "belmark-radio" and one.framing
    ]
    few = replace(vale, statements=(rejected,))

    text = "\n".join(card_of(few, "aldoria", "arms", "cedar-front"))

    assert "AFFIRMED by 1, only as reported by a voice that rejects it" in text


def test_voices_of_one_side_are_said_to_be(vale):
    (one,) = [s for s in vale.statements if s.locator == "p11"]
    second = replace(one, id="zzzzzzzzzzzz", chain=("aldorian-navy",))
    few = replace(vale, statements=(one, second))

    text = "\n".join(card_of(few, "aldoria", "supports", "cedar-front"))

    assert "DENIED by 2, all speaking for Aldoria" in text


def test_a_candidate_is_marked_and_not_counted(vale):
    (one,) = [s for s in vale.statements if s.status is Status.CANDIDATE]
    few = replace(vale, statements=(one,))

    lines = card_of(few, "aldoria", "arms", "cedar-front", status="all")

    assert "AFFIRMED by 0" in lines
    assert any("CANDIDATE" in line for line in lines)
    assert lines[0].endswith("no statements")


def test_an_empty_answer_names_the_claim(vale):
    lines = card_of(vale, "belmark", "arms", "dun-brigade")

    assert lines == ["Belmark — arms → Dun Brigade" + " " * 39 + "no statements"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2015?", "2015?"),
        ("2013/2015", "2013\u20132015"),
        ("2015-06/..", "2015-06…"),
        ("../2017-06-17?", "…2017-06-17?"),
        ("2014-06-11/2014-06-25?", "2014-06-11\u201325?"),
        ("2014-06-11/2014-07-02", "2014-06-11\u201307-02"),
        ("2014-06/2014-07", "2014-06\u20132014-07"),
        ("", "undated"),
    ],
)
def test_dates_keep_their_marks(text, shown):
    assert words.date(text) == shown


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.text(
        st.characters(codec="utf-8")
        | st.sampled_from(
            "\u6f22\u5b57\u200f\u062f\u0627\u0639\u0301\u202e\x1b\t\n[]<>:\u2014\u201c"
        ),
        max_size=120,
    ),
    st.integers(40, 100),
    st.integers(0, 20),
)
def test_any_text_fits_any_paper(text, width, indent):
    for ascii in (False, True):
        paper = Paper(width=width, ascii=ascii)

        for line in [
            *paper.lines(text, indent, hang=2),
            *paper.ends(text, "¶2   abcdef", indent),
            *paper.columns([(text, text), ("a", "b")]),
        ]:
            assert columns_of(line) <= width
            assert "\n" not in line


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_no_letter_of_a_text_is_lost(text):
    paper = Paper(width=40)

    found = "".join(paper.lines(text)).replace("\u200e", "")

    wanted = "".join(paper.text(text).split()).replace("\u200e", "")
    assert "".join(found.split()) == wanted


@settings(max_examples=15, deadline=None, derandomize=True)
@given(label=st.text(st.characters(codec="utf-8"), min_size=1, max_size=90))
def test_a_card_fits_whatever_the_actors_are_called(vale_once, label):
    front = replace(vale_once.actors["front-spokesman"], label=label)
    essay = replace(vale_once.sources["gazette-essay"], title=label)
    odd = replace(
        vale_once,
        actors={**vale_once.actors, "front-spokesman": front},
        sources={**vale_once.sources, "gazette-essay": essay},
    )

    lines = card_of(odd, "aldoria", "arms", "cedar-front")

    assert [line for line in lines if columns_of(line) > 80] == []


@pytest.fixture(scope="module", name="vale_once")
def fixture_vale_once(vale):
    return vale


@pytest.mark.parametrize("whole", [False, True])
def test_a_side_with_a_crowd_of_voices_says_how_many_more_there_are(
    vale, clashes, whole
):
    issue = answers.contested(vale, clashes)[0]
    clash = issue.clashes[0]
    said = clash.for_it[0]
    crowd = tuple(
        replace(said, id=f"{'abcdefghijklmno'[n] * 12}", chain=(f"voice-{n}",))
        for n in range(15)
    )
    issue = replace(issue, clashes=(replace(clash, for_it=crowd),))

    lines = Printer(vale, Paper(width=100)).issues([issue], whole=whole)

    named = [line for line in lines if line.lstrip().startswith("voice-")]
    claim = " ".join(clash.affirmed)
    more = f"            … and 3 voices more: whosays that {claim}"
    assert len(named) == (15 if whole else 12)
    assert (more in lines) is not whole


def test_a_dossier_lists_the_most_telling_claims_and_counts_the_others():
    sample = crowd(1, 60)
    first = next(one for one in sample.statements if one.counts)
    template = next(iter(sample.actors.values()))
    others = [f"front-{number:02}" for number in range(30)]
    actors = {
        slug: replace(template, slug=slug, label=slug.title(), part_of="", acts_for="")
        for slug in ("aldoria", *others)
    }
    said = [
        replace(
            first,
            id=f"{2 * number + turn:016x}",
            subject="aldoria",
            object=slug,
            proposition=f"aldoria_{first.relation}_{slug}",
            stance=Stance.DENIES if turn else Stance.AFFIRMS,
            chain=("aldoria",),
        )
        for number, slug in enumerate(others)
        for turn in range(2 if number == 29 else 1)
    ]
    whole = replace(sample, actors=actors, statements=tuple(said), names=())

    dossier = answers.about(whole, [], "aldoria")
    lines = printed(whole, dossier, of="dossier")

    listed = [line for line in lines if "Front-" in line]
    assert "Front-29" in listed[0]
    assert "Front-00" in listed[1]
    assert len(listed) == TELLING
    assert f"… and {30 - TELLING} claims more:" in "\n".join(lines)
    assert "whosays about aldoria -f csv" in "\n".join(lines)
