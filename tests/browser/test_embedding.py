"""A picture inside an article, and on paper."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from whosays import disputes, views
from whosays.model import Collection

pytestmark = pytest.mark.browser

Opener = Callable[..., Any]
Writer = Callable[[Collection, str], Path]
CLAIM = "sel=e:aldoria|supports|cedar-front"
PRINCIPLE = "A line says that somebody said it, not that it is so."


@pytest.fixture
def page_path(page_file: Writer, world: Collection) -> Path:
    return page_file(world, "world")


@pytest.mark.parametrize("size", [(700, 480), (420, 400)])
def test_an_embedded_page_shows_drawing_legend_and_the_way_out(
    open_page: Opener, page_path: Path, size: tuple[int, int]
) -> None:
    window = {"width": size[0], "height": size[1]}

    page = open_page(page_path, f"#embed=1&{CLAIM}", viewport=window)

    for part in ("header", "#filters", "#panel", "#time"):
        assert not page.locator(part).is_visible()
    assert page.get_by_text(PRINCIPLE).first.is_visible()
    assert page.locator("#legend").get_by_text("denies").is_visible()
    name = page.locator("#pane-a .pane-name").inner_text()
    assert "1 affirms, 1 denies, 1 questions" in name
    assert page.locator("#pane-a .net").bounding_box()["height"] > 200
    foot = page.locator("#foot").bounding_box()
    assert foot["y"] + foot["height"] <= size[1] + 1
    href = page.get_by_role("link", name="Open the full view").get_attribute("href")
    assert href == page_path.as_uri() + "#sel=e%3Aaldoria%7Csupports%7Ccedar-front"


def test_what_is_clicked_in_an_embedded_page_stands_in_its_title(
    open_page: Opener, page_path: Path
) -> None:
    page = open_page(page_path, "#embed=1")
    assert "12 claims" in page.locator("#pane-a .pane-name").inner_text()

    page.evaluate("whosays.select('n:belmark')")

    assert "Belmark" in page.locator("#pane-a .pane-name").inner_text()
    assert "belmark" in page.locator("#whole").get_attribute("href")
    assert "embed" not in page.locator("#whole").get_attribute("href")


def test_the_line_to_embed_a_claim_shows_it_in_a_closed_frame(
    open_page: Opener, world: Collection, tmp_path: Path
) -> None:
    view = views.render(world, disputes.find(world), title="A & “B”", opening=CLAIM)
    view.save(tmp_path / "claim.html")
    line = view.frame("claim.html")
    outer = tmp_path / "article.html"
    outer.write_text(
        "<!doctype html><html data-ready=yes><meta charset=utf-8>" + line, "utf-8"
    )

    page = open_page(outer)

    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready=yes]").wait_for(state="attached")
    name = frame.locator("#pane-a .pane-name").inner_text()
    assert "supports" in name
    assert "1 affirms, 1 denies, 1 questions" in name
    assert not frame.locator("header").is_visible()
    title = re.search('title="([^"]*)"', line)
    assert title
    assert html.unescape(title[1]) == "A & “B”"


PRINTED = """() => {
  window.dispatchEvent(new Event("beforeprint"));
  const paper = document.querySelector("#paper");
  return { text: paper.textContent, claims: paper.querySelectorAll("svg .claim").length,
    drawings: paper.querySelectorAll("svg.drawing").length,
    cards: paper.querySelectorAll("article.card").length,
    rows: paper.querySelectorAll(".row").length,
    doubled: [...document.querySelectorAll("[id]")].length
      - new Set([...document.querySelectorAll("[id]")].map((one) => one.id)).size,
    closed: paper.querySelectorAll("details:not([open])").length };
}"""


def test_paper_holds_drawing_legend_every_statement_and_the_address(
    open_page: Opener, page_path: Path
) -> None:
    page = open_page(page_path, f"#{CLAIM}", color_scheme="dark")

    paper = page.evaluate(PRINTED)

    assert paper["claims"] == 12
    assert paper["cards"] == 3
    assert paper["doubled"] == 0
    for part in (
        "Who says what in the delta",
        "Aldoria supports Cedar Front",
        "No coin ever reached them.",
        PRINCIPLE,
        "Report from",
        "(2019-03-02)",
        "Sources: ",
        "Data: ",
        page_path.as_uri() + "#sel=e%3Aaldoria%7Csupports%7Ccedar-front",
    ):
        assert part in paper["text"]
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.locator("#paper").inner_html() == ""


def test_long_lists_of_what_is_selected_are_printed_whole(
    open_page: Opener, page_file: Writer, world: Collection, tmp_path: Path
) -> None:
    from dataclasses import replace

    first = next(one for one in world.statements if one.relation == "attacks")
    people = [actor for actor in world.actors if actor not in ("aldoria", "port-fenn")]
    claims = [
        replace(
            first,
            id=f"st-{relation}-{who}",
            subject="aldoria",
            object=who,
            relation=relation,
            proposition=f"aldoria_{relation}_{who}",
        )
        for relation in ("attacks", "supports", "arms", "opposes")
        for who in people
    ]
    many = replace(world, statements=tuple(sorted(claims, key=lambda one: one.id)))
    path = views.render(many, []).save(tmp_path / "many.html")
    page = open_page(path, "#sel=n:aldoria")

    paper = page.evaluate(PRINTED)

    assert paper["closed"] == 0
    assert paper["rows"] >= 2 * len(claims)  # by relation, and by source


def test_a_comparison_is_printed_as_two_drawings(
    open_page: Opener, page_path: Path
) -> None:
    page = open_page(page_path, "#p=post-report&c=radio-talk")

    assert page.evaluate(PRINTED)["drawings"] == 2


def test_chromium_prints_it(open_page: Opener, page_path: Path) -> None:
    page = open_page(page_path, f"#{CLAIM}")

    printed = page.pdf(format="A4")

    assert printed.startswith(b"%PDF")
    assert printed.count(b"/Type /Page\n") >= 1
    assert page.locator("#paper").inner_html() == ""


@pytest.mark.parametrize(
    "hash",
    [
        f"#embed=1&{CLAIM}",
        "#embed=1&th=dark",
        "#grp=1&sel=p:aldoria|cedar-front",
        "#grp=1&th=dark",
        "#sel=n:persian-name&to=cedar-front&th=dark",
        "#sel=n:persian-name&to=belmark",
    ],
)
def test_nothing_keeps_anyone_out(
    open_page: Opener, page_path: Path, barriers: Any, hash: str
) -> None:
    page = open_page(page_path, hash)

    assert barriers(page) == []
