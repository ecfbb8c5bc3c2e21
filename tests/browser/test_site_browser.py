"""The site in a browser: nothing fetched, nothing cut, legible, without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from whosays import disputes, project, resources, site, views
from whosays.export import Content
from whosays.model import Collection

pytestmark = pytest.mark.browser

Opener = Callable[..., Any]
Barriers = Callable[..., list[tuple[str, list[str]]]]
SHORTENED = """() => {
  for (const list of document.querySelectorAll('tbody, ul, ol')) {
    for (const one of [...list.children].slice(12)) one.remove();
  }
}"""  # the thousandth row is like the tenth, and to look at it takes as long
EVIL = "<img src=x onerror=document.title='run'> \u202eevil"


def write(collection: Collection, path: Path) -> Path:
    found = disputes.find(collection)
    issues = disputes.issues(collection, found)
    content = Content(collection=collection, disputes=found, issues=issues)
    site.write(content, path)
    return path


@pytest.fixture(scope="module")
def folder(world: Collection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(world, tmp_path_factory.mktemp("site") / "public")


@pytest.fixture(scope="module")
def issue(folder: Path) -> str:
    return min(path.name for path in (folder / "issue").iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def pages(folder: Path, issue: str) -> dict[str, Path]:
    return {
        "start": folder,
        "actors": folder / "actor",
        "actor": folder / "actor" / "aldoria",
        "source": next(path for path in (folder / "source").iterdir() if path.is_dir()),
        "issue": folder / "issue" / issue,
        "statement": min(path for path in (folder / "st").iterdir()),
    }


@pytest.fixture
def visit(browser_pages: Any) -> Iterator[Opener]:
    """Open a page of the site; a request, a warning or an error fails the test."""

    def opener(path: Path, *, picture: bool = False, **options: Any) -> Any:
        settings = {
            "offline": True,
            "viewport": {"width": 1440, "height": 900},
            "device_scale_factor": 1,
            "color_scheme": "light",
            "locale": "en-GB",
            "timezone_id": "UTC",
            "accept_downloads": True,
        }
        page = browser_pages.take(**{**settings, **options})
        if not picture:  # it has tests of its own
            page.route("**/view.html", lambda route: route.fulfill(body=""))
        browser_pages.lead(page, (path / "index.html").as_uri())
        return page

    yield opener
    assert browser_pages.back() == []


@pytest.mark.parametrize("width", [1440, 420])
def test_nothing_is_wider_than_the_window(
    visit: Opener, pages: dict[str, Path], width: int
) -> None:
    page = visit(pages["start"], viewport={"width": width, "height": 860})

    for path in pages.values():
        page.goto((path / "index.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        cut = page.evaluate(
            """() => [...document.querySelectorAll('main *')].filter((one) => {
              const box = one.getBoundingClientRect();
              return box.width && box.height && !one.closest('.hidden, thead') &&
                (box.right > innerWidth + 1 || box.left < -1);
            }).map((one) => one.outerHTML.slice(0, 90))"""
        )
        assert cut == []


def test_the_style_sheet_is_in_force_and_follows_the_scheme(
    visit: Opener, pages: dict[str, Path]
) -> None:
    shades = [
        visit(pages["actor"], color_scheme=scheme).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    ]

    assert shades == ["rgb(251, 250, 248)", "rgb(20, 24, 29)"]


def test_the_picture_shows_what_the_page_is_about(
    visit: Opener, pages: dict[str, Path]
) -> None:
    page = visit(pages["actor"], picture=True)
    page.locator("iframe").scroll_into_view_if_needed()
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready=yes]").wait_for(state="attached")

    assert "Aldoria" in frame.locator("#pane-a .pane-name").inner_text()


def test_pages_say_everything_without_scripts(
    visit: Opener, folder: Path, pages: dict[str, Path], world: Collection
) -> None:
    page = visit(pages["start"], java_script_enabled=False)

    page.get_by_role("link", name="All", exact=False).first.click()
    page.get_by_role("link", name="Aldoria", exact=True).first.click()

    assert page.url == (folder / "actor/aldoria/index.html").as_uri()
    text = page.locator("main").inner_text()
    for one in world.statements:
        if one.counts and "aldoria" in (one.subject, one.object):
            assert one.gist in text


def test_the_keyboard_reaches_the_content_first(
    visit: Opener, pages: dict[str, Path]
) -> None:
    page = visit(pages["issue"])

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_hostile_names_and_gists_run_nothing(
    visit: Opener, world: Collection, tmp_path: Path
) -> None:
    evil = replace(
        world,
        actors={
            slug: replace(one, label=f"{EVIL} {slug}", description=EVIL)
            for slug, one in world.actors.items()
        },
        statements=tuple(replace(one, gist=EVIL) for one in world.statements),
    )
    target = write(evil, tmp_path / "public")

    page = visit(target / "actor" / "aldoria")

    assert page.title() != "run"
    assert page.locator("img").count() == 0
    assert "<img src=x" in page.locator("h1").inner_text()


def test_on_paper_the_pictures_are_left_out(
    visit: Opener, pages: dict[str, Path]
) -> None:
    page = visit(pages["actor"])

    page.emulate_media(media="print")

    assert not page.locator("iframe").is_visible()
    assert page.locator("table.said").first.is_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 420)])
def test_nothing_keeps_anyone_out(
    visit: Opener,
    pages: dict[str, Path],
    barriers: Barriers,
    scheme: str,
    width: int,
) -> None:
    page = visit(
        pages["start"],
        color_scheme=scheme,
        viewport={"width": width, "height": 860},
    )

    found = []
    for name, path in pages.items():
        page.goto((path / "index.html").as_uri())
        found += [(name, *one) for one in barriers(page, iframes=False)]

    assert found == []


@pytest.mark.parametrize(
    "share",
    [
        pytest.param(0.5, id="usual"),
        pytest.param(1.0, id="largest", marks=pytest.mark.slow),
    ],
)
def test_nothing_on_the_site_of_a_real_project_keeps_anyone_out(
    visit: Opener,
    barriers: Barriers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    share: float,
) -> None:
    # The drawing has tests of its own, and here only its frame is looked at.
    monkeypatch.setattr("whosays.views.render", partial(views.render, limit=9))
    bundled = project.read(resources.bundled_project()).collection
    folder = write(bundled, tmp_path / "public")
    pages = [folder]
    for part in ("actor", "source", "issue", "st"):
        inside = sorted(
            (path for path in (folder / part).iterdir() if path.is_dir()),
            key=lambda path: ((path / "index.html").stat().st_size, path.name),
        )
        pages.append(inside[round(share * (len(inside) - 1))])
        if part == "issue" or (share == 1 and part != "st"):
            pages.append(folder / part)
    page = visit(folder)

    found = []
    for path in pages:
        page.goto((path / "index.html").as_uri())
        page.evaluate(SHORTENED)
        found += [(path.name, *one) for one in barriers(page, iframes=False)]

    assert found == []
