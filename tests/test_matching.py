"""Near names over the actors of the bundled project."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.matching import Matcher, fold, normalise, suggest

ROOT = Path(__file__).resolve().parents[1]

MISSPELT = [
    ("Rusia", "russia"),
    ("Irna", "iran"),
    ("Irann", "iran"),
    ("Isreal", "israel"),
    ("Isarel", "israel"),
    ("Hizbullah", "hezbollah"),
    ("Hizballah", "hezbollah"),
    ("Hesbollah", "hezbollah"),
    ("Daesh", "isis"),
    ("Da'esh", "isis"),
    ("Islamic State", "isis"),
    ("داعش", "isis"),
    ("Nusra", "al-nusra-front"),
    ("Nusra Front", "al-nusra-front"),
    ("Jabhat an-Nusra", "al-nusra-front"),
    ("al Qaida", "al-qaeda"),
    ("al-Qa'ida", "al-qaeda"),
    ("Soleymani", "qasem-soleimani"),
    ("Qassem Suleimani", "qasem-soleimani"),
    ("Kassem Soleimani", "qasem-soleimani"),
    ("Rohani", "hassan-rouhani"),
    ("Rouhany", "hassan-rouhani"),
    ("Hasan Rowhani", "hassan-rouhani"),
    ("Zarief", "mohammad-javad-zarif"),
    ("Javad Zarif", "mohammad-javad-zarif"),
    ("Khamanei", "ali-khamenei"),
    ("Khameneyi", "ali-khamenei"),
    ("Velayti", "ali-akbar-velayati"),
    ("Shamkani", "ali-shamkhani"),
    ("Bashar Assad", "bashar-al-assad"),
    ("Basher al-Asad", "bashar-al-assad"),
    ("Maliki", "nouri-al-maliki"),
    ("Nuri al-Maleki", "nouri-al-maliki"),
    ("Obama", "barack-obama"),
    ("Barak Obama", "barack-obama"),
    ("Fatemiyun", "fatemiyoun"),
    ("Fatimiyoun", "fatemiyoun"),
    ("Zeynabiyoun", "zeinabiyoun"),
    ("Qods Force", "quds-force"),
    ("Kuds Force", "quds-force"),
    ("Pasdaran", "irgc"),
    ("Revolutionary Guards", "irgc"),
    ("Moslem Brotherhood", "muslim-brotherhood"),
    ("Hammas", "hamas"),
    ("Syrian Oposition", "syrian-opposition"),
    ("Free Syrian Armee", "free-syrian-army"),
    ("روسيه", "russia"),
    ("دمشق", "damascus"),
    ("Alepo", "aleppo"),
    ("Homms", "homs"),
    ("Dir ez-Zor", "deir-ez-zor"),
    ("Deir al-Zour", "deir-ez-zor"),
    ("Rakka", "raqqa"),
    ("Bagdad", "baghdad"),
    ("Habilan", "habilian"),
    ("Iran Wire", "iranwire"),
    ("Brumand", "broomand"),
    ("Rafsanjani", "akbar-hashemi-rafsanjani"),
    ("Hamond", "philip-hammond"),
    ("Philip Hamond", "philip-hammond"),
    ("George Hasswani", "george-haswani"),
    ("Unites States", "united-states"),
    ("United State", "united-states"),
    ("Untied Kingdom", "united-kingdom"),
    ("Türkiye", "turkey"),
    ("Turky", "turkey"),
    ("Katar", "qatar"),
    ("Affghanistan", "afghanistan"),
]

STRANGERS = """Angela Merkel|France|Vatican|John Smith|Argentina|Boko Haram|Macron|Japan
Cedar Front|Aldoria|Belmark|Reuters|BBC|Libya|Pakistan|Sweden|Al Jazeera|Kofi Annan
Tony Blair|Pope Francis|Brazil|Norway|PKK|Somalia|Vladimir Putin|Ukraine|Hillary Clinton
Mexico|Wagner Group|Red Cross|Cuba|Spain|CNN|London|Greenpeace|x|1|...|Лавров
東京"""


@pytest.fixture(scope="module")
def names():
    with open(
        ROOT / "seeds/iran-isis/actors.csv", encoding="utf-8", newline=""
    ) as file:
        rows = list(csv.DictReader(file))
    return {
        row["slug"]: [
            row["label"],
            *(alias.split("@")[0].strip() for alias in row["aliases"].split(";")),
        ]
        for row in rows
    }


@pytest.fixture(scope="module")
def matcher(names):
    return Matcher(names)


def test_nearly_every_misspelt_or_transliterated_name_finds_its_actor_first(matcher):
    missed = [
        (written, matcher.suggest(written))
        for written, slug in MISSPELT
        if matcher.suggest(written)[:1] != [slug]
    ]

    assert len(MISSPELT) >= 60
    assert len(missed) <= 0.05 * len(MISSPELT), missed


@pytest.mark.parametrize("name", [n for n in STRANGERS.replace("\n", "|").split("|")])
def test_a_stranger_gets_no_suggestion(matcher, name):
    assert matcher.suggest(name) == []


def test_every_label_and_slug_finds_its_own_actor_first(matcher, names):
    for slug, (label, *_) in names.items():
        assert slug in matcher.suggest(slug)
        assert slug in matcher.suggest(label.upper())


def test_at_most_three_names_are_suggested_the_best_first():
    names = {f"front-{letter}": [f"Front {letter}"] for letter in "abcdef"}

    assert suggest("Front B", names)[0] == "front-b"
    assert len(suggest("Front B", names)) == 3
    assert len(suggest("Front B", names, limit=1)) == 1


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("The al-Qa'ida (AQ)", "qaida aq"),
        ("U.S.", "us"),
        ("  Cedar   FRONT ", "cedar front"),
        ("Daʿesh\u2019s", "daeshs"),
        ("Cité", "cite"),
        ("\uff29\uff32\uff27\uff23", "irgc"),
        ("the", ""),
        ("", ""),
    ],
)
def test_a_name_is_normalised_for_scoring(written, normal):
    assert normalise(written) == normal


def test_a_name_in_another_script_is_compared_by_its_latin_letters():
    assert normalise("Иран") == "iran"
    assert suggest("Россия", {"russia": ["Rossiya"]}) == ["russia"]


@pytest.mark.parametrize(
    "written",
    [
        "cooperatesWith",
        "cooperates-with",
        "Cooperates with",
        "COOPERATES_WITH",
        "cooperates\u00a0with",
        "cooperates\u200b with",
        "cooperates\u2013with",
    ],
)
def test_case_blanks_and_hyphens_do_not_count_in_a_relation(written):
    assert fold(written) == "cooperateswith"


def test_folding_keeps_letters_of_other_scripts_apart():
    assert fold("ایران") != fold("عراق")
    assert fold("Straße") == fold("STRASSE")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_folding_and_normalising_twice_is_the_same_as_once(text):
    assert normalise(normalise(text)) == normalise(text)
    assert fold(fold(text)) == fold(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_asked_for(text):
    assert set(suggest(text, {"aldoria": ["Aldoria"]})) <= {"aldoria"}


def test_a_very_long_name_is_answered_at_once(matcher):
    assert matcher.suggest("a" * 1_000_000) == []


def test_names_in_ascii_are_compared_without_loading_anyascii():
    code = (
        "import sys; from whosays.matching import fold, suggest; "
        "assert fold('ایران'); "
        "assert suggest('Belmrak', {'belmark': ['Belmark\u2019s']}) == ['belmark']; "
        "sys.exit('anyascii' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], timeout=250, check=False)

    assert done.returncode == 0
