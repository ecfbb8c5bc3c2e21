"""Large networks: what is shown at first, what can be reached, how fast it draws."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from whosays.model import Collection

pytestmark = pytest.mark.browser

Opener = Callable[..., Any]
Writer = Callable[[Collection, str], Path]
Crowd = Callable[[int], Collection]


def test_a_large_network_starts_with_the_most_discussed(
    open_page: Opener, page_file: Writer, crowd: Crowd
) -> None:
    page = open_page(page_file(crowd(600), "crowd-600"))

    name = page.locator("#pane-a .pane-name").inner_text()

    budget = page.evaluate(
        "JSON.parse(document.querySelector('#payload').textContent).budget"
    )
    assert budget <= 300
    shown = page.evaluate("whosays.look().actors.size")
    assert shown <= budget  # some of the most discussed speak of none of the others
    assert f"{shown} of 600 actors" in name
    told = f"the {budget} most discussed of 600 actors"
    assert told in page.locator("#filters").inner_text()
    assert page.evaluate("whosays.look().claims.size") >= 9


def test_search_reaches_actors_outside_the_budget(
    open_page: Opener, page_file: Writer, crowd: Crowd
) -> None:
    page = open_page(page_file(crowd(600), "crowd-600"))
    outside = page.evaluate(
        "JSON.parse(document.querySelector('#payload').textContent).actors.at(-1).label"
    )

    page.keyboard.press("/")
    page.locator("#query").fill(outside)
    page.keyboard.press("Enter")

    assert page.locator("#panel h2").inner_text() == outside
    slug = outside.lower().replace(" ", "-")
    assert page.evaluate("slug => whosays.look().actors.has(slug)", slug)


def test_the_budget_keeps_drawing_quick(
    open_page: Opener, page_file: Writer, crowd: Crowd
) -> None:
    """What is drawn is counted, not timed: that holds on any machine."""
    page = open_page(page_file(crowd(2000), "crowd-2000"))
    measure = """() => {
      const canvas = CanvasRenderingContext2D.prototype;
      const usual = { fill: canvas.fill, stroke: canvas.stroke };
      let strokes = 0;
      for (const [name, draw] of Object.entries(usual)) {
        canvas[name] = function (...words) {
          strokes += 1;
          return draw.apply(this, words);
        };
      }
      whosays.panes[0].net.renderer._redraw();
      Object.assign(canvas, usual);
      return strokes;
    }"""

    few = page.evaluate(measure)
    page.evaluate("whosays.restore('k=2000')")
    many = page.evaluate(measure)

    assert 0 < few <= many / 5


def test_a_page_of_seven_thousand_statements_stays_below_its_limit(
    page_file: Writer, crowd: Crowd
) -> None:
    path = page_file(crowd(2000), "crowd-2000")

    assert path.stat().st_size < 5_000_000
