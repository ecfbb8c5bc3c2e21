"""Legibility: nothing covers a name, every line can be hit, no barrier for anyone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.digests import digest
from whosays import disputes
from whosays.model import Collection, DisputeKind

pytestmark = pytest.mark.browser

Opener = Callable[..., Any]
Writer = Callable[[Collection, str], Path]
Barriers = Callable[..., list[tuple[str, list[str]]]]


@pytest.fixture
def page(open_page: Opener, page_file: Writer, world: Collection) -> Any:
    return open_page(page_file(world, "world"))


def overlaps(boxes: list[list[float]]) -> int:
    return sum(
        a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        for position, a in enumerate(boxes)
        for b in boxes[:position]
    )


def test_no_two_names_overlap(page: Any) -> None:
    for state in ("", "lab=1", "p=post-report&c=radio-talk&lab=1"):
        page.evaluate("state => whosays.restore(state)", state)
        page.evaluate("whosays.settled()")

        panes = page.evaluate("whosays.boxes()")

        assert len(panes) == 1 + ("c=" in state)
        for pane in panes:
            labels = [one["box"] for one in pane["labels"]]
            names = [one["box"] for one in pane["names"]]
            assert overlaps(labels) == 0
            assert overlaps(labels + names) == 0
            assert labels


def test_every_actor_in_sight_has_its_name(page: Any) -> None:
    named = page.evaluate("whosays.boxes()[0].labels.map((one) => one.slug)")

    assert len(named) == page.evaluate("whosays.look().actors.size") == 12


def test_a_crowded_picture_has_no_overlapping_names(
    open_page: Opener, page_file: Writer, crowd: Callable[[int], Collection]
) -> None:
    page = open_page(page_file(crowd(140), "crowd-140"), "#k=140")

    (pane,) = page.evaluate("whosays.boxes()")

    assert overlaps([one["box"] for one in pane["labels"]]) == 0
    assert len(pane["labels"]) > 40


def test_a_click_in_the_middle_of_each_line_selects_it(
    page: Any, world: Collection
) -> None:
    frame = page.locator("#pane-a .net").bounding_box()
    claims = {one.proposition for one in world.statements if one.counts}
    hit = set()
    for claim in sorted(claims):
        at = page.evaluate("id => whosays.at(id)", claim)

        page.mouse.click(frame["x"] + at["x"], frame["y"] + at["y"])

        chosen = page.evaluate(
            "new URLSearchParams(whosays.hash()).get('sel') || ''"
        ).replace("|", "_")
        hit.update({chosen.removeprefix("e:")})
        page.keyboard.press("Escape")

    assert claims - hit == set()


def test_counts_agree_everywhere(page: Any, world: Collection) -> None:
    counted = [one for one in world.statements if one.counts]
    for claim in sorted({one.proposition for one in counted}):
        page.evaluate("id => whosays.select('e:' + id.replaceAll('_', '|'))", claim)

        cards = page.locator("#panel article.card")

        wanted = sorted(one.id for one in counted if one.proposition == claim)
        shown = cards.evaluate_all("cards => cards.map((card) => card.dataset.id)")
        assert sorted(shown) == wanted


def test_disputes_are_shown_as_they_were_found(page: Any, world: Collection) -> None:
    opposed = (DisputeKind.DIRECT, DisputeKind.ENTAILED, DisputeKind.PARTIAL)
    claim_of = {one.id: one.proposition for one in world.statements}
    wanted = {
        claim_of[side]
        for dispute in disputes.find(world)
        if dispute.kind in opposed and not dispute.own
        for side in (dispute.affirmed, dispute.contested)
    }

    shown = page.evaluate(
        "[...whosays.look().claims.values()].filter((one) => one.disputed)"
        ".map((one) => one.claim.id)"
    )

    assert set(shown) == wanted
    assert wanted


@pytest.mark.parametrize("width", [1440, 1024, 420])
def test_nothing_runs_out_of_the_window(
    open_page: Opener, page_file: Writer, world: Collection, width: int
) -> None:
    page = open_page(
        page_file(world, "world"), viewport={"width": width, "height": 860}
    )

    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert overflow <= 0
    assert page.locator("#pane-a .net").bounding_box()["height"] > 250
    page.keyboard.press("t")
    table = page.locator("#table")
    assert table.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    assert table.get_by_role("columnheader").count() == 7
    assert table.get_by_role("row").count() == 13


def test_a_small_window_keeps_the_filters_in_a_sheet(
    open_page: Opener, page_file: Writer, world: Collection
) -> None:
    page = open_page(page_file(world, "world"), viewport={"width": 420, "height": 860})
    assert not page.locator("#filters").is_visible()

    page.locator("#b-filters").click()

    assert page.get_by_label("denies", exact=True).is_visible()


def test_two_pictures_of_one_state_are_equal(
    open_page: Opener, page_file: Writer, world: Collection
) -> None:
    pictures = []
    for _ in range(2):
        page = open_page(page_file(world, "world"), "#sel=n:aldoria&lab=1")
        # Of what Chromium draws itself, round corners differ by a shade at times.
        drawn = page.evaluate("document.querySelector('canvas').toDataURL()")
        told = page.locator("body").inner_html()
        pictures.append((digest(drawn), digest(told)))

    assert pictures[0] == pictures[1]


STATES = (
    "",
    "sel=n:cedar-front&th=dark",
    "p=post-report&c=radio-talk&th=dark",
    "tab=1&sel=e:aldoria|supports|cedar-front",
    "st=",
)


def test_nothing_keeps_anyone_out(page: Any, barriers: Barriers) -> None:
    found = {}
    for state in STATES:
        page.evaluate("state => whosays.restore(state)", state)
        page.evaluate("whosays.settled()")

        found[state] = barriers(page)

    assert found == {state: [] for state in STATES}


@pytest.mark.parametrize("width", [1280, 420])
def test_nothing_that_opens_keeps_anyone_out(
    open_page: Opener,
    page_file: Writer,
    world: Collection,
    barriers: Barriers,
    width: int,
) -> None:
    page = open_page(
        page_file(world, "world"), viewport={"width": width, "height": 860}
    )
    page.locator("#b-filters").click()
    page.locator("#exports summary").click()
    opened = barriers(page)
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.locator("#query").fill("front")
    searching = barriers(page)
    page.keyboard.press("Escape")
    page.locator("#b-help").click()

    helping = barriers(page)

    assert (opened, searching, helping) == ([], [], [])


@pytest.mark.parametrize("hash", ["", "#p=post-report&c=radio-talk"])
def test_in_a_small_window_nothing_covers_the_details(
    open_page: Opener, page_file: Writer, world: Collection, hash: str
) -> None:
    page = open_page(
        page_file(world, "world"), hash, viewport={"width": 420, "height": 860}
    )

    foot = page.locator("#foot").bounding_box()
    panel = page.locator("#panel").bounding_box()

    assert foot["y"] + foot["height"] <= panel["y"] + 1
