"""What is too long for its place is within reach as a whole: names, lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from whosays.model import Collection

pytestmark = pytest.mark.browser

Opener = Callable[..., Any]
Writer = Callable[[Collection, str], Path]
LONG = "Joint Council for Reconstruction of the West"
LONGER = f"{LONG} and of the Three Rivers and their Valleys"
MANY = 130


@pytest.fixture(scope="module")
def wordy(world: Collection) -> Collection:
    """Two long names, and a claim that very many speak of."""
    names = {"aldoria": LONG, "cedar-front": LONGER}
    one = next(
        one
        for one in world.statements
        if one.proposition == "aldoria_supports_cedar-front" and one.counts
    )
    more = (
        replace(one, id=f"st-more-{n:03}", locator=f"p{n + 1}") for n in range(MANY)
    )
    return replace(
        world,
        actors={
            slug: replace(actor, label=names.get(slug, actor.label))
            for slug, actor in world.actors.items()
        },
        statements=(*world.statements, *more),
    )


@pytest.fixture
def page(open_page: Opener, page_file: Writer, wordy: Collection) -> Any:
    return open_page(page_file(wordy, "wordy"))


def label(page: Any, slug: str) -> dict[str, Any]:
    boxes = page.evaluate("whosays.boxes()[0].labels")
    return next(one for one in boxes if one["slug"] == slug)


def middle(page: Any, slug: str) -> tuple[float, float]:
    frame = page.locator("#pane-a .net").bounding_box()
    x0, y0, x1, y1 = label(page, slug)["box"]
    return frame["x"] + (x0 + x1) / 2, frame["y"] + (y0 + y1) / 2


def test_a_long_name_takes_two_lines(page: Any) -> None:
    written = label(page, "aldoria")

    assert len(written["lines"]) == 2
    assert " ".join(written["lines"]) == LONG
    drawing = page.evaluate("whosays.svg()")
    assert "</tspan><tspan" in drawing


def test_a_name_that_is_cut_is_told_in_full_under_the_pointer(page: Any) -> None:
    assert label(page, "cedar-front")["lines"][1].endswith("…")

    page.mouse.move(*middle(page, "cedar-front"))

    tip = page.get_by_role("tooltip")
    tip.wait_for()
    assert LONGER in tip.inner_text()


def test_a_click_on_a_name_selects_its_actor(page: Any) -> None:
    page.mouse.click(*middle(page, "cedar-front"))

    heading = page.locator("#panel h2")
    heading.wait_for()
    assert heading.inner_text() == LONGER


def test_very_many_statements_open_in_steps_and_none_is_left_out(page: Any) -> None:
    page.evaluate("whosays.select('e:aldoria|supports|cedar-front')")
    cards = page.locator("#panel article.card")
    first = cards.count()
    more = page.locator("#panel button", has_text="more")

    while more.count():
        more.first.click()

    shown = cards.evaluate_all("cards => cards.map((card) => card.dataset.id)")
    assert first < MANY < len(shown)
    assert len(set(shown)) == len(shown)
    assert {f"st-more-{n:03}" for n in range(MANY)} <= set(shown)


def test_a_chosen_statement_is_open_however_many_there_are(page: Any) -> None:
    last = f"st-more-{MANY - 1:03}"

    page.evaluate("id => whosays.select('s:' + id)", last)

    assert page.locator(".card.chosen").get_attribute("data-id") == last
