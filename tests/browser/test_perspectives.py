"""Perspectives, their comparison, and the time slider."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from whosays import disputes, perspectives
from whosays.model import Collection

pytestmark = pytest.mark.browser

Opener = Callable[..., Any]
Writer = Callable[[Collection, str], Path]
Until = Callable[[Any, str], None]


@pytest.fixture
def page(open_page: Opener, page_file: Writer, world: Collection) -> Any:
    return open_page(page_file(world, "world"))


def chosen(world: Collection, who: str) -> perspectives.Perspective:
    if who == "all":
        return perspectives.select(world)
    if who.startswith("@"):
        return perspectives.select(world, voices=[who[1:]])
    return perspectives.select(world, sources=[who])


PAIRS = [
    ("post-report", "radio-talk"),
    ("radio-talk", "paper-essay"),
    ("paper-essay", "post-report"),
    ("@mina-voss", "post-report"),
    ("@oren-tal", "@harbour-post"),
    ("all", "radio-talk"),
]


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_the_lists_of_a_comparison_equal_those_of_the_command(
    page: Any, world: Collection, a: str, b: str
) -> None:
    found = disputes.find(world)
    wanted = perspectives.compare(chosen(world, a), chosen(world, b), found)

    lists = page.evaluate(
        """([a, b]) => {
          const lists = whosays.compare(a, b);
          const ids = (entries) => entries.map((entry) => entry.claim.id).sort();
          const pairs = (found) => found.map((one) => one.first.id + ' ' + one.second.id).sort();
          return { contradict: pairs(lists.contradict), clash: pairs(lists.clash),
            agree: ids(lists.agree), beside: ids(lists.beside),
            onlyA: ids(lists.onlyA), onlyB: ids(lists.onlyB) };
        }""",
        [a, b],
    )

    def pairs(matches: tuple[perspectives.Match, ...]) -> list[str]:
        return sorted(f"{m.a.claim} {m.b.claim}" for m in matches if m.a and m.b)

    def ids(matches: tuple[perspectives.Match, ...]) -> list[str]:
        return sorted(match.claim.claim for match in matches)

    assert lists == {
        "contradict": pairs(wanted.contradict),
        "clash": pairs(wanted.clash),
        "agree": ids(wanted.agree),
        "beside": ids(wanted.beside),
        "onlyA": ids(wanted.only_a),
        "onlyB": ids(wanted.only_b),
    }


def test_comparisons_of_the_test_are_not_all_empty(world: Collection) -> None:
    found = disputes.find(world)

    made = [
        perspectives.compare(chosen(world, a), chosen(world, b), found)
        for a, b in PAIRS
    ]

    assert any(one.contradict for one in made)
    assert any(one.clash for one in made)
    assert any(one.agree for one in made)
    assert any(one.only_a for one in made)


@pytest.mark.parametrize("who", ["post-report", "radio-talk", "@mina-voss", "all"])
def test_a_perspective_holds_what_its_voice_or_source_says(
    page: Any, world: Collection, who: str
) -> None:
    wanted = {one.id for one in chosen(world, who).statements}

    shown = page.evaluate(
        "who => [...whosays.look(who).shown].map((one) => one.id)", who
    )

    assert set(shown) == wanted


def test_the_perspective_switch_leaves_ghosts_of_what_others_say(page: Any) -> None:
    page.locator("#perspective").select_option("radio-talk")

    svg = page.evaluate("whosays.svg()")

    assert svg.count('class="ghost"') > 0
    assert svg.count('class="ghost"') + svg.count('class="claim"') == 12
    assert "According to" in page.locator("#panel h2").inner_text()


def test_two_panes_show_the_same_part_of_the_picture(page: Any, until: Until) -> None:
    page.locator("#perspective").select_option("post-report")
    page.locator("#versus").select_option("radio-talk")
    until(page, "true")
    box = page.locator("#pane-a .net").bounding_box()
    before = page.evaluate("whosays.panes[0].net.getScale()")

    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.wheel(0, -300)
    until(page, f"whosays.panes[0].net.getScale() !== {before}")

    views = page.evaluate(
        "whosays.panes.map(({net}) => [net.getScale(), net.getViewPosition()])"
    )
    assert views[0][0] == pytest.approx(views[1][0])
    assert views[0][1]["x"] == pytest.approx(views[1][1]["x"])
    panel = page.locator("#panel").inner_text().upper()
    for title in ("CONTRADICT", "CANNOT BOTH HOLD", "AGREE", "ONLY", "SWAP"):
        assert title in panel


def test_time_narrows_the_view_in_both_senses(page: Any) -> None:
    name = page.locator("#pane-a .pane-name")
    first = page.locator("#time-from")
    first.focus()
    top = first.get_attribute("max")

    page.evaluate(
        """top => { const from = document.querySelector('#time-from');
        from.value = top; from.dispatchEvent(new Event('input')); }""",
        top,
    )

    assert "1 claim, 1 statement" in name.inner_text()
    assert "undated left out" in page.locator("#time output").inner_text()
    page.locator("#time-axis").select_option("said")
    assert "17 statements" in name.inner_text()
    shown = page.locator("#time output").inner_text()
    assert shown.startswith("2019-03")
    assert shown.endswith("2020-06")
    assert page.locator("#time .track rect").count() > 1
