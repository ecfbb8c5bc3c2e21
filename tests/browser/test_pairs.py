"""One line per pair of actors, where there are too many claims to part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from whosays.model import Collection

pytestmark = pytest.mark.browser

Opener = Callable[..., Any]
PAIR = "p:aldoria|cedar-front"


@pytest.fixture
def page(
    open_page: Opener, page_file: Callable[[Collection, str], Path], world: Collection
) -> Any:
    return open_page(page_file(world, "world"), "#grp=1")


def pairs_of(collection: Collection) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in collection.statements:
        if one.counts:
            pair = "|".join(sorted((one.subject, one.object)))
            found.setdefault(pair, set()).add(one.proposition)
    return found


def lines(page: Any) -> tuple[int, int]:
    svg = page.evaluate("whosays.svg()")
    return svg.count('class="claim"'), svg.count('class="pair"')


def test_each_pair_with_several_claims_is_one_line(
    page: Any, world: Collection
) -> None:
    sizes = Counter(len(claims) > 1 for claims in pairs_of(world).values())

    assert lines(page) == (sizes[False], sizes[True])
    assert sizes[True] >= 2
    assert "12 claims, 17 statements" in page.locator("#pane-a p").inner_text()
    assert "One line stands for all claims of a pair" in page.evaluate("whosays.svg()")


def test_a_click_opens_a_pair_and_its_claims_fan_out(
    page: Any, world: Collection
) -> None:
    at = page.evaluate(f"whosays.at('{PAIR}')")
    frame = page.locator("#pane-a .net").bounding_box()
    closed = lines(page)

    page.mouse.click(frame["x"] + at["x"], frame["y"] + at["y"])

    assert page.evaluate("whosays.hash()") == ("sel=p%3Aaldoria%7Ccedar-front&grp=1")
    rows = page.locator("#panel .row")
    inner = pairs_of(world)["aldoria|cedar-front"]
    assert rows.count() == len(inner) == 3
    assert lines(page) == (closed[0] + 3, closed[1] - 1)
    assert "3 claims" in page.locator("#live").inner_text()
    rows.first.click()
    assert page.locator("#panel article.card").count() == 3
    assert lines(page) == (closed[0] + 3, closed[1] - 1)
    page.keyboard.press("Escape")
    assert lines(page) == closed


def test_the_counts_of_a_bundle_are_those_of_its_claims(
    page: Any, world: Collection
) -> None:
    pill = page.evaluate(
        f"whosays.panes[0].pills.find((one) => one.item.claim.id === '{PAIR}')"
        ".segments.map((one) => one.text)"
    )

    counted = Counter(
        one.stance.value
        for one in world.statements
        if one.counts and {one.subject, one.object} == {"aldoria", "cedar-front"}
    )
    assert pill == [
        "\u00d73",
        f"✓{counted['affirms']}",
        f"✗{counted['denies']}",
        f"?{counted['questions']}",
        "≠",
    ]


def test_keys_walk_through_bundled_claims_and_switch_them(page: Any) -> None:
    page.evaluate(f"whosays.select('{PAIR}')")
    page.locator("#pane-a .net").focus()

    page.keyboard.press("]")

    assert "sel=e" in page.evaluate("whosays.hash()")
    page.keyboard.press("g")
    assert lines(page) == (12, 0)
    assert "grp" not in page.evaluate("whosays.hash()")


def test_the_switch_stands_among_the_filters(page: Any) -> None:
    box = page.get_by_label("one line per pair of actors")
    assert box.is_checked()

    box.uncheck()

    assert lines(page) == (12, 0)
    assert not page.locator("#grouping").is_visible()


def test_two_panes_bundle_alike(page: Any) -> None:
    page.evaluate("whosays.restore('grp=1&p=post-report&c=radio-talk')")
    page.evaluate("whosays.settled()")

    drawn = page.evaluate(
        "whosays.panes.map((pane) => pane.list.map((one) => one.claim.id))"
    )

    assert all(len(ids) == len(set(ids)) for ids in drawn)
    assert any(PAIR in ids for ids in drawn)


def test_beyond_three_hundred_claims_lines_are_grouped_and_the_page_says_so(
    open_page: Opener, bundled_page: Path
) -> None:
    page = open_page(bundled_page)
    assert lines(page)[1] == 0
    assert not page.locator("#grouping").is_visible()

    page.evaluate("whosays.restore('k=9999')")

    assert page.evaluate("whosays.look().claims.size") > 300
    assert lines(page)[1] > 20
    assert page.locator("#grouping").is_visible()
    page.get_by_role("button", name="show every claim").click()
    assert lines(page) == (page.evaluate("whosays.look().claims.size"), 0)
    assert "grp=0" in page.evaluate("whosays.hash()")
    page.get_by_role("button", name="one line per pair").click()
    assert "grp" not in page.evaluate("whosays.hash()")
