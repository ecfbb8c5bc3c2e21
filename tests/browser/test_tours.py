"""Guided tours: each step restores its state, with mouse, keys or an address."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from whosays import disputes, project, resources, views
from whosays.model import Collection, Step, Tour
from whosays.project.desk import Desk
from whosays.project.links import Links
from whosays.vocab import load

pytestmark = pytest.mark.browser

Opener = Callable[..., Any]
Writer = Callable[[Collection, str], Path]
CLAIM = "sel=e:aldoria|supports|cedar-front"
STEPS = (
    Step(title="The delta", text="Three accounts.\nNo side is taken."),
    Step(title="Who pays whom", text="Said and <b>denied</b>.", link=CLAIM + "&dis=1"),
    Step(title="جبهه سدر", link="p=post-report&c=radio-talk"),
)


@pytest.fixture(scope="module")
def guided(world: Collection) -> Collection:
    return replace(world, tours=(Tour(slug="delta", steps=STEPS),))


@pytest.fixture
def page_path(page_file: Writer, guided: Collection) -> Path:
    return page_file(guided, "guided")


@pytest.fixture
def page(open_page: Opener, page_path: Path) -> Any:
    return open_page(page_path)


def told(page: Any) -> str:
    return str(page.locator("#tour-count").inner_text())


def test_a_tour_is_listed_and_walked_with_its_buttons(page: Any) -> None:
    page.get_by_role("button", name="The delta 3 steps").click()
    assert told(page) == "Step 1 of 3"
    assert page.locator("#tour-text p").all_inner_texts() == [
        "Three accounts.",
        "No side is taken.",
    ]

    page.locator("#tour-next").click()

    assert told(page) == "Step 2 of 3"
    assert "Said and <b>denied</b>." in page.locator("#tour").inner_text()
    assert "Aldoria supports Cedar Front" in page.locator("#panel h2").inner_text()
    assert page.get_by_label("only disputed or incompatible").is_checked()
    assert "Step 2 of 3. Who pays whom" in page.locator("#live").inner_text()
    page.locator("#tour-back").click()
    assert told(page) == "Step 1 of 3"
    assert "12 claims" in page.locator("#pane-a .pane-name").inner_text()


def test_a_step_says_when_the_page_lacks_what_it_points_to(
    open_page: Opener, page_file: Writer, guided: Collection
) -> None:
    """A page may hold a part of the data, and its tour is the whole one."""
    beyond = Step(title="Beyond", text="Far away.", link="#sel=n:elsewhere")
    tour = Tour(slug="delta", steps=(beyond, *STEPS))
    page = open_page(
        page_file(replace(guided, tours=(tour,)), "beyond"), "#tour=delta&step=1"
    )

    lacking = page.locator("#tour-lacks").inner_text()

    assert "what this step points to is not in it" in lacking
    for _ in STEPS:
        page.locator("#tour-next").click()
        assert page.locator("#tour-lacks").count() == 0


def test_arrow_keys_walk_and_escape_ends_the_tour(page: Any) -> None:
    page.get_by_role("button", name="The delta 3 steps").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "tour-next"

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")

    assert told(page) == "Step 3 of 3"
    assert page.locator("#pane-b .net").is_visible()
    page.keyboard.press("ArrowLeft")
    assert told(page) == "Step 2 of 3"
    page.keyboard.press("Escape")
    assert not page.locator("#tour").is_visible()
    assert "Aldoria supports Cedar Front" in page.locator("#panel h2").inner_text()
    assert page.evaluate("whosays.hash()") == (
        "dis=1&sel=e%3Aaldoria%7Csupports%7Ccedar-front"
    )


def test_arrows_in_the_drawing_still_move_between_actors(
    open_page: Opener, page_path: Path
) -> None:
    page = open_page(page_path, "#tour=delta")
    page.locator("#pane-a .net").focus()

    page.keyboard.press("ArrowRight")

    assert told(page) == "Step 1 of 3"
    assert "sel=n" in page.evaluate("whosays.hash()")


def test_the_last_step_leads_out_of_the_tour(
    open_page: Opener, page_path: Path
) -> None:
    page = open_page(page_path, "#tour=delta&step=3")
    assert page.locator("#tour-title").inner_text() == "جبهه سدر"
    assert page.locator("#tour-title").get_attribute("dir") == "auto"

    page.get_by_role("button", name="End of the tour").click()

    assert not page.locator("#tour").is_visible()
    assert page.evaluate("whosays.hash()") == "p=post-report&c=radio-talk"


def test_an_address_holds_the_step_and_what_the_reader_changed(
    open_page: Opener, page_path: Path
) -> None:
    page = open_page(page_path, "#tour=delta&step=2")
    assert page.evaluate("whosays.hash()") == "tour=delta&step=2"

    page.keyboard.press("t")
    page.evaluate("whosays.select('')")

    hash = page.evaluate("whosays.hash()")
    assert hash == "tour=delta&step=2&sel=&tab=1"
    assert page.evaluate("hash => whosays.restore(hash)", hash) == hash
    assert page.evaluate("whosays.restore('tour=delta&step=2')") == "tour=delta&step=2"


@pytest.mark.parametrize(
    "hash", ["tour=nobody", "tour=delta&step=9", "tour=__proto__&step=1"]
)
def test_an_unknown_tour_or_step_is_no_tour(
    open_page: Opener, page_path: Path, hash: str
) -> None:
    page = open_page(page_path, "#" + hash)

    assert not page.locator("#tour").is_visible()
    assert page.evaluate("whosays.hash()") == ""


def test_colours_that_the_reader_chose_last_through_the_tour(
    open_page: Opener, page_path: Path
) -> None:
    page = open_page(page_path, "#tour=delta")
    page.keyboard.press("d")

    page.locator("#tour-next").click()

    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize("width", [1440, 1024, 420])
def test_words_and_buttons_of_a_step_are_in_sight(
    open_page: Opener, page_path: Path, width: int
) -> None:
    size = {"width": width, "height": 800}

    page = open_page(page_path, "#tour=delta&step=2", viewport=size)

    for part in ("#tour-title", "#tour-next", "#tour-back"):
        box = page.locator(part).bounding_box()
        assert 0 <= box["x"] <= width - box["width"]
        assert box["y"] + box["height"] <= 800
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_page_without_tours_says_nothing_of_them(
    open_page: Opener, page_file: Writer, world: Collection
) -> None:
    page = open_page(page_file(world, "world"))

    assert "tour" not in page.locator("body").inner_text().lower()


def test_the_checks_and_the_page_know_the_same_keys(page: Any) -> None:
    ours = Links(Desk(load()), {}).keys

    assert set(page.evaluate("whosays.keys")) == ours | {"embed"}


@pytest.mark.parametrize("name", ["iran-isis", "harbour-plan"])
def test_the_page_understands_every_link_of_the_bundled_tours(
    open_page: Opener, tmp_path: Path, name: str
) -> None:
    folder = resources.bundled_project().parent / name
    collection = project.read(folder).collection
    path = views.render(
        collection,
        disputes.find(collection),
        opening="tour=" + collection.tours[0].slug,
    ).save(tmp_path / "page.html")
    page = open_page(path)
    for tour in collection.tours:
        for number, step in enumerate(tour.steps, 1):
            assert told(page) == f"Step {number} of {len(tour.steps)}"
            state = page.evaluate(f"whosays.restore({json.dumps(step.link)})")
            kept = dict(part.split("=") for part in state.split("&") if part)
            wanted = dict(part.split("=") for part in step.link.split("&") if part)
            assert set(kept) == set(wanted)
            page.evaluate(f"whosays.restore('tour={tour.slug}&step={number}')")
            page.locator("#tour-next").click()


@pytest.mark.parametrize("hash", ["#tour=delta", "#tour=delta&step=2&th=dark"])
def test_nothing_keeps_anyone_out_of_a_tour(
    open_page: Opener, page_path: Path, barriers: Any, hash: str
) -> None:
    page = open_page(page_path, hash)

    assert barriers(page) == []
