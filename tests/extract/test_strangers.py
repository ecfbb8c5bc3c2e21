"""Names that nobody has are offered as new actors, apart from all other candidates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.extract.conftest import Reader
from whosays.cli.main import main
from whosays.extract.document import document
from whosays.extract.records import read_candidates
from whosays.extract.strangers import strangers, with_strangers
from whosays.review import Desk, NewActor, draft

TEXT = (
    "Harbour notes\n\n"
    "Aldoria attacked the Ruby Guild on Monday. Minister Mara Tolle denied that "
    "Belmark had armed the Ruby Guild.\n\n"
    "Aldoria armed the Cedar Front. Boats came. The boats sank near Kestran, and "
    "Kestran\u2019s mayor wept.\n"
)


def names(reader: Reader, text: str) -> dict[str, int]:
    found = strangers(document(text, "tale"), reader.extractor)
    return {one.label: one.count for one in found}


def test_names_are_counted_without_titles_days_and_beginnings_of_sentences(
    reader: Reader,
):
    assert names(reader, TEXT) == {"Ruby Guild": 2, "Kestran": 2, "Mara Tolle": 1}


@pytest.mark.parametrize(
    "text",
    [
        "Boats came. Boats sank.",
        "ALDORIA ATTACKS THE RUBY GUILD.",
        "On Monday it rained. In March it rained on Sunday and again in March.",
        "Aldoria armed the Cedar Front.",
        "",
    ],
)
def test_what_is_no_name_is_not_offered(reader: Reader, text: str):
    assert not names(reader, text)


def test_what_the_registry_gives_stays_and_what_is_new_is_in_the_last_tier(
    reader: Reader,
):
    doc = document(TEXT, "tale")
    before = reader.extractor.extract(doc)

    after, _ = with_strangers(doc, before, reader.extractor)

    more = [one for one in after.candidates if one not in before.candidates]
    assert set(before.candidates) < set(after.candidates)
    assert {(*one.reading, one.speaker, one.tier) for one in more} == {
        ("aldoria", "attacks", "new:ruby-guild", "affirms", "@author", "C"),
        ("belmark", "arms", "new:ruby-guild", "denies", "text:Mara Tolle", "C"),
    }
    assert {one.links.object for one in more} == {"proposed-new"}
    assert all(doc.text[slice(*one.object_mention)] == "Ruby Guild" for one in more)


def test_an_accepted_name_becomes_an_actor_and_settles_the_other_candidates(
    project: Path, capsys
):
    (project / "texts" / "vale.txt").write_text(TEXT, "utf-8")
    call = ["extract", str(project / "texts" / "vale.txt"), "-p", str(project)]

    code = main([*call, "--new-actors"])

    told = capsys.readouterr()
    desk = Desk(project, "vale-interview")
    new = {
        one.candidate.relation: one.candidate
        for one in desk.queue.items
        if one.candidate.links.object == "proposed-new"
    }
    guild = NewActor(slug="ruby-guild", label="Ruby Guild", type="militia")
    tolle = NewActor(slug="mara-tolle", label="Mara Tolle", type="person")
    first = draft(new["attacks"])
    lacking = first.lacking()
    desk.accept(replace(first.saying(object="ruby-guild"), actors=(guild,)))
    second = draft(new["arms"]).settled(desk.collection)
    desk.accept(replace(second.saying(speaker="mara-tolle"), actors=(tolle,)))
    assert code == 0
    assert "no actors yet: Kestran (2), Ruby Guild (2)" in " ".join(told.err.split())
    assert "ruby-guild" in lacking
    assert second.reading.object == "ruby-guild"
    assert {"ruby-guild", "mara-tolle"} <= desk.collection.actors.keys()
    assert len(desk.collection.statements) == 2


def test_without_the_option_nothing_new_is_proposed(project: Path):
    (project / "texts" / "vale.txt").write_text(TEXT, "utf-8")

    main(["extract", str(project / "texts" / "vale.txt"), "-p", str(project), "-q"])

    found = read_candidates(project / "build" / "candidates" / "vale-interview.jsonl")
    assert {one.reading for one in found} == {
        ("aldoria", "arms", "cedar-front", "affirms")
    }


BEFORE = """
    Did Does Has Have Had Is Are Was Were Will Would Can Could Should Might Must
    Shall Why When Who What Where How Which But And Or So Yet For If Though Because
    Since While After Before Until Once Whether Only Still However Moreover Then
    Perhaps Despite During Without Against Two Several Every Neither Didn\u2019t Isn't
    Who\u2019s It\u2019s They\u2019re President Sir Lord Captain Dr Mrs Governor
"""


def test_a_word_that_begins_a_sentence_or_a_title_begins_no_name(reader: Reader):
    told = {
        before: names(reader, f"{before} Mara Tolle spoke to the Ruby Guild?")
        for before in BEFORE.split()
    }

    wrong = {
        before: found
        for before, found in told.items()
        if found != {"Mara Tolle": 1, "Ruby Guild": 1}
    }
    assert not wrong


@pytest.mark.parametrize(
    "text",
    [
        "Boats came: \u201cHas Mara Tolle left?\u201d",
        "They asked why. But has Mara Tolle left?",
        "HARBOUR: Did Mara Tolle leave?",
        "Why did they \u2014 and Why Mara Tolle?",
    ],
)
def test_no_such_word_begins_a_name_within_a_sentence(reader: Reader, text: str):
    assert "Mara Tolle" in names(reader, text)


@pytest.mark.parametrize(
    "name", ["Will Hobb", "One Shore Movement", "All Tides Party", "Free Quays Union"]
)
def test_a_name_keeps_such_a_word_within_a_sentence(reader: Reader, name: str):
    assert name in names(reader, f"Boats met {name} there.")
