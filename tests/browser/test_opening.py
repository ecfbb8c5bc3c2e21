"""A page that was asked to open with something opens with it, and counts it right."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from whosays import load
from whosays.dates import parse
from whosays.kg import KG

pytestmark = pytest.mark.browser

Opener = Callable[..., Any]
SEEDS = Path(__file__).parents[2] / "seeds"
SHOWN = "[...whosays.look().shown].filter((one) => one.counts).map((one) => one.id)"


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> KG:
    path = tmp_path_factory.mktemp("opening") / "harbour-plan"
    shutil.copytree(
        SEEDS / "harbour-plan", path, ignore=shutil.ignore_patterns("build")
    )
    return load(path)


@pytest.fixture
def opened(open_page: Opener, harbour: KG, tmp_path: Path) -> Callable[..., Any]:
    def open_with(hash: str = "", **options: Any) -> Any:
        return open_page(harbour.view(**options).save(tmp_path / "page.html"), hash)

    return open_with


def test_about_an_actor_opens_with_it_and_its_neighbours(
    opened: Opener, harbour: KG
) -> None:
    page = opened(about=["fishers guild"])

    shown = page.evaluate(SHOWN)

    about = harbour.about("fishers-guild")
    assert set(shown) == {one.id for claim in about.claims for one in claim.statements}
    assert page.locator("#panel h2").inner_text() == "Fishers' Guild"


def test_a_comparison_opens_with_both_panes_and_the_lists(
    opened: Opener, harbour: KG
) -> None:
    page = opened(compare=("guild leaflet", "Ada Lund"))

    counts = page.locator("#panel .totals b").all_inner_texts()

    found = harbour.compare("guild-leaflet", "ada-lund")
    lists = (
        found.contradict,
        found.clash,
        found.agree,
        found.beside,
        found.only_a,
        found.only_b,
    )
    assert [int(count) for count in counts] == [len(one) for one in lists]
    assert page.locator(".pane:visible").count() == 2


def test_an_issue_opens_with_its_claim_and_the_others_of_the_pair(
    opened: Opener, harbour: KG
) -> None:
    page = opened(issue="fishers-guild_new-terminal")

    text = page.locator("#panel").inner_text()

    (issue,) = (i for i in harbour.issues() if i.id == "fishers-guild_new-terminal")
    relations = {side.split("_")[1] for pair in issue.propositions for side in pair}
    assert len(relations) > 1
    for relation in relations:
        assert harbour.collection.relations[relation].label in text


@pytest.mark.parametrize(
    ("options", "field", "first", "last"),
    [
        ({"at": "2031-02"}, "valid", "2031-02-01", "2031-02-28"),
        ({"since": "2031-05"}, "said", "2031-05-01", "9999-12-31"),
        ({"until": "2031-03"}, "said", "0001-01-01", "2031-03-31"),
    ],
)
def test_a_time_opens_with_what_is_of_it(
    opened: Opener,
    harbour: KG,
    options: dict[str, str],
    field: str,
    first: str,
    last: str,
) -> None:
    page = opened(**options)

    shown = page.evaluate(SHOWN)

    wanted = set()
    for one in harbour.collection.statements:
        if one.counts and getattr(one, field):
            edtf = parse(getattr(one, field))
            start, stop = str(edtf.earliest or ""), str(edtf.latest or "9999")
            if stop >= first and start <= last:
                wanted.add(one.id)
    assert set(shown) == wanted
    assert 0 < len(wanted) < len(harbour.collection.statements)


def test_an_address_of_its_own_wins_over_what_a_page_opens_with(opened: Opener) -> None:
    page = opened("#sel=n:ada-lund", about=["fishers-guild"])

    assert page.locator("#panel h2").inner_text() != "Fishers' Guild"
