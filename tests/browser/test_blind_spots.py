"""Only one source speaks of it: the panel tells what the library counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import whosays
from whosays.blindspots import blind_spots

pytestmark = pytest.mark.browser

Opener = Callable[..., Any]
COUNTS = """() => Object.fromEntries(
  [...document.querySelectorAll('#panel details.alone')].map((one) =>
    [one.dataset.source, one.querySelector('.side').textContent]))"""


def test_the_panel_of_every_actor_counts_as_the_library_does(
    open_page: Opener, bundled_kg: whosays.KG, bundled_page: Path
) -> None:
    page = open_page(bundled_page)
    for slug in ("iran", "isis", "irgc", "hezbollah", "nouri-al-maliki", "idlib"):
        page.evaluate("slug => whosays.select('n:' + slug)", slug)

        shown = page.evaluate(COUNTS)

        wanted = {
            one.source: f"{len(one.alone)} of {one.claims} "
            + ("claim" if one.claims == 1 else "claims")
            for one in blind_spots(bundled_kg.collection, slug)
            if one.alone
        }
        assert shown == wanted, slug
        assert wanted


def test_the_perspective_of_a_source_lists_what_it_alone_says(
    open_page: Opener, bundled_kg: whosays.KG, bundled_page: Path
) -> None:
    page = open_page(bundled_page, "#p=habilian-rapprochement")
    (spot,) = [
        one
        for one in bundled_kg.blind_spots()
        if one.source == "habilian-rapprochement"
    ]

    page.locator("#panel details.alone summary").click()

    assert page.evaluate(COUNTS) == {
        "habilian-rapprochement": f"{len(spot.alone)} of {spot.claims} claims"
    }
    assert page.locator("#panel details.alone .row").nth(1).is_visible()


def test_a_page_of_one_source_does_not_take_the_others_for_silent(
    open_page: Opener, bundled_kg: whosays.KG, tmp_path: Path
) -> None:
    path = bundled_kg.view(sources=["voa-last-page"]).save(tmp_path / "page.html")
    (spot,) = [
        one for one in bundled_kg.blind_spots("isis") if one.source == "voa-last-page"
    ]

    page = open_page(path, "#sel=n:isis")

    assert page.evaluate(COUNTS)["voa-last-page"].startswith(f"{len(spot.alone)} of ")
