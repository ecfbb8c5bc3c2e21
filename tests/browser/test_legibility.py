"""The first picture of the bundled project at each width: nothing covers anything."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

Opener = Callable[..., Any]
Box = list[float]
UNTOUCHED = ("", "dis=1")
STATES = (
    *UNTOUCHED,
    "sel=n:isis&lab=1",
    "sel=e:iran|fights|isis",
    "p=voa-last-page&c=khamenei-ahmadian-interview&lab=1",
)


def meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize("width", [1440, 1024, 420])
def test_every_actor_has_its_name_and_nothing_covers_another(
    open_page: Opener, bundled_page: Path, width: int
) -> None:
    size = {"width": width, "height": 900 if width != 1024 else 768}
    page = open_page(bundled_page, viewport=size)
    for state in STATES:
        page.evaluate("hash => whosays.restore(hash)", state)
        page.evaluate("whosays.settled()")

        panes = page.evaluate("whosays.boxes()")

        if state in UNTOUCHED:  # nothing is selected: every actor has its name
            named = {one["slug"] for one in panes[0]["labels"]}
            assert named == set(page.evaluate("[...whosays.look().actors]")), state
        for number, pane in enumerate(panes):
            written = [one["box"] for one in (*pane["labels"], *pane["names"])]
            overlaps = [
                pair for pair in combinations(written + pane["pills"], 2) if meet(*pair)
            ]
            assert overlaps == [], (state, number)
            area = page.evaluate(
                "i => [whosays.panes[i].box.clientWidth, whosays.panes[i].box.clientHeight]",
                number,
            )
            over = page.evaluate(
                """i => [whosays.panes[i].name, document.querySelector('#foot')].map(
                  (one) => {
                    const frame = whosays.panes[i].box.getBoundingClientRect();
                    const box = one.getBoundingClientRect();
                    return [box.left - frame.left, box.top - frame.top,
                      box.right - frame.left, box.bottom - frame.top];
                  })""",
                number,
            )
            hidden = [pair for pair in product(written, over) if meet(*pair)]
            assert hidden == [], (state, number)
            for x0, y0, x1, y1 in (one["box"] for one in pane["labels"]):
                assert 0 <= x0 < x1 <= area[0]
                assert 0 <= y0 < y1 <= area[1]


def test_the_selected_claim_always_has_its_pill(
    open_page: Opener, bundled_page: Path
) -> None:
    page = open_page(
        bundled_page, "#sel=e:iran|fights|isis", viewport={"width": 420, "height": 860}
    )
    page.evaluate("whosays.settled()")

    claims = page.evaluate("whosays.panes[0].pills.map((one) => one.item.claim.id)")

    assert "iran_fights_isis" in claims
