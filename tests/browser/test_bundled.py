"""The page of the bundled project: complete, legible, and quick to place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from whosays import disputes, project, resources, views
from whosays.model import Collection

pytestmark = pytest.mark.browser

Opener = Callable[..., Any]
Barriers = Callable[..., list[tuple[str, list[str]]]]


@pytest.fixture(scope="module")
def bundled() -> Collection:
    return project.read(resources.bundled_project()).collection


@pytest.fixture(scope="module")
def page_path(bundled: Collection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = disputes.find(bundled)
    return views.render(bundled, found).save(tmp_path_factory.mktemp("b") / "page.html")


def test_every_claim_has_its_counts(
    open_page: Opener, bundled: Collection, page_path: Path
) -> None:
    page = open_page(page_path, "#k=9999")
    wanted = Counter(
        f"{one.proposition} {one.stance}" for one in bundled.statements if one.counts
    )

    shown = page.evaluate(
        """() => {
          const found = {};
          for (const { claim, counts } of whosays.look().claims.values()) {
            for (const [stance, n] of Object.entries(counts)) {
              if (n) found[claim.id + ' ' + stance] = n;
            }
          }
          return found;
        }"""
    )

    assert shown == wanted
    assert f"{wanted.total()} statements" in page.locator("#pane-a p").inner_text()


def test_the_first_picture_can_be_read(open_page: Opener, page_path: Path) -> None:
    page = open_page(page_path, viewport={"width": 1440, "height": 900})

    (pane,) = page.evaluate("whosays.boxes()")

    boxes = [one["box"] for one in pane["labels"]]
    overlaps = sum(
        a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        for position, a in enumerate(boxes)
        for b in boxes[:position]
    )
    assert overlaps == 0
    assert len(boxes) >= 0.9 * page.evaluate("whosays.look().actors.size")
    assert pane["pills"]


@pytest.mark.parametrize(
    "hash",
    [
        "",
        "#sel=e:iran|cooperatesWith|isis",
        "#sel=n:isis&th=dark",
        "#p=voa-last-page&c=habilian-rapprochement&th=dark",
        "#tab=1&k=9999",
    ],
)
def test_nothing_keeps_anyone_out(
    open_page: Opener, page_path: Path, barriers: Barriers, hash: str
) -> None:
    page = open_page(page_path, hash)

    found = barriers(page)

    assert found == []
