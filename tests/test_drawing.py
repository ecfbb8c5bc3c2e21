"""What a page is asked to open with: understood, or refused with a way on."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from whosays import load
from whosays.errors import NothingFound, UnknownName, UsageError
from whosays.kg import KG

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> KG:
    path = tmp_path_factory.mktemp("drawing") / "harbour-plan"
    shutil.copytree(
        SEEDS / "harbour-plan", path, ignore=shutil.ignore_patterns("build")
    )
    return load(path)


def opening(kg: KG, **options: Any) -> dict[str, str]:
    html = kg.view(**options).html
    found = re.search(r'"opening":"([^"]*)"', html)
    assert found
    told = parse_qs(json.loads(f'"{found[1]}"'))
    return {key: value for key, (value,) in told.items()}


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ({}, {}),
        ({"about": ["Ada Lund"]}, {"sel": "n:ada-lund"}),
        ({"about": ["ada-lund", "fishers-guild"]}, {}),
        (
            {
                "compare": (
                    "council minutes",
                    "Fishers\N{RIGHT SINGLE QUOTATION MARK} Guild",
                )
            },
            {"p": "council-minutes", "c": "@fishers-guild"},
        ),
        ({"compare": ("all", "voice:ada lund")}, {"p": "all", "c": "@ada-lund"}),
        (
            {"issue": "fishers-guild_new-terminal"},
            {"sel": "e:fishers-guild|blocks|new-terminal"},
        ),
        (
            {"issue": "New Terminal — fishers guild"},
            {"sel": "e:fishers-guild|blocks|new-terminal"},
        ),
        ({"at": "2031-02"}, {"tm": "about", "t": "2031-02.2031-02"}),
        ({"at": "2031"}, {"tm": "about", "t": "2031-01.2031-12"}),
        ({"since": "2031-05"}, {"tm": "said", "t": "2031-05.2031-06"}),
        ({"until": "2031-04-02"}, {"tm": "said", "t": "2031-03.2031-04"}),
        ({"tour": "the-quarrel"}, {"tour": "the-quarrel"}),
        (
            {"claim": "fishers-guild_blocks_new-terminal"},
            {"sel": "e:fishers-guild|blocks|new-terminal"},
        ),
        (
            {"claim": "dockers union|cooperates with|fishers guild"},
            {"sel": "e:dockers-union|cooperatesWith|fishers-guild"},
        ),
        (
            {"sources": ["guild leaflet"], "issue": "fishers-guild_new-terminal"},
            {"sel": "e:fishers-guild|blocks|new-terminal"},
        ),
    ],
)
def test_a_page_opens_as_it_was_asked_to(
    harbour: KG, options: dict[str, Any], wanted: dict[str, str]
) -> None:
    assert opening(harbour, **options) == wanted


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"about": ["ada-lunt"]}, UnknownName, "ada-lund"),
        ({"compare": ("guild-leaflet", "tide interwiew")}, UnknownName, "tide-int"),
        ({"compare": ("side:saltmere-council", "all")}, UsageError, "whosays compare"),
        ({"compare": ("ada-lund+mara-quill", "all")}, UsageError, "one source or one"),
        ({"compare": ("north-basin", "all")}, NothingFound, "North Basin"),
        (
            {"compare": ("radio-tide", "all"), "sources": ["guild-leaflet"]},
            NothingFound,
            "tide-interview",
        ),
        ({"issue": "fishers-guild_new-termimal"}, UnknownName, "new-terminal"),
        ({"issue": "ada-lund_north-basin"}, NothingFound, "nothing between"),
        ({"issue": "quarrel"}, UnknownName, "no issue or dispute"),
        (
            {"issue": "fishers-guild_new-terminal", "about": ["halden-lines"]},
            NothingFound,
            "Leave out a filter",
        ),
        ({"at": "1990"}, NothingFound, "The dates run from 2025-01"),
        ({"at": "spring"}, UsageError, "spring"),
        ({"since": "2032", "until": "2031"}, UsageError, "Change them round"),
        ({"at": "2031", "until": "2031"}, UsageError, "one kind of time"),
        ({"issue": "x", "tour": "the-quarrel"}, UsageError, "Choose one"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_way_on(
    harbour: KG, options: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=re.escape(words)):
        harbour.view(**options)


def test_a_dispute_opens_by_its_id(harbour: KG) -> None:
    dispute = next(one for one in harbour.pairs() if one.kind == "relational")
    claims = {s.id: s.proposition for s in harbour.collection.statements}

    found = opening(harbour, issue=dispute.id)

    assert found["sel"][2:].replace("|", "_") in (
        claims[dispute.affirmed],
        claims[dispute.contested],
    )


def test_a_time_is_refused_where_nothing_is_dated(harbour: KG) -> None:
    with pytest.raises(NothingFound, match="says when"):
        harbour.view(voices=["north-basin"], at="2031")


def test_the_line_that_embeds_a_statement_selects_it(harbour: KG) -> None:
    (first, *_) = harbour.collection.statements

    page = harbour.view(claim=first.id[:8])

    assert f'src="x.html#embed=1&amp;sel=s%3A{first.id}"' in page.frame("x.html")


@pytest.mark.parametrize(
    ("claim", "error", "said"),
    [
        ("fishers-guild_blocks_ada-lund", NothingFound, "nobody speaks"),
        ("guild-leaflet", UsageError, "is a source, and no claim"),
        ("fishers-gild_blocks_new-terminal", UnknownName, "fishers-guild"),
    ],
)
def test_what_is_no_claim_is_refused_with_a_way_on(
    harbour: KG, claim: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        harbour.view(claim=claim)
