"""A small invented world, drawn once, and a browser that reports whatever goes wrong."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import whosays
from whosays import disputes, ids, views
from whosays.model import (
    Actor,
    ActorType,
    Alias,
    Collection,
    Ends,
    Family,
    Framing,
    Incompatibility,
    Modality,
    Name,
    NameKind,
    Relation,
    Settings,
    Source,
    Stance,
    Statement,
    Status,
    Strength,
)

CHROMIUM = os.environ.get("WHOSAYS_CHROMIUM") or shutil.which("chromium")
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--hide-scrollbars",
]


def make_world() -> Collection:
    """Read the invented world."""
    raw = json.loads(Path(__file__).with_name("world.json").read_text("utf-8"))
    relations = {
        slug: Relation(
            id=slug,
            iri=f"https://example.org/{slug}",
            label=label,
            inverse_label=f"is object of {label}",
            symmetric=symmetric,
            narrower_than=wider,
            family=Family(family),
        )
        for slug, label, family, symmetric, wider in raw["relations"]
    }
    return Collection(
        settings=Settings(name="delta", title="Who says what in the delta"),
        actors={
            slug: Actor(
                slug=slug,
                label=label,
                type=ActorType(kind),
                part_of=parent,
                aliases=tuple(Alias(text=text) for text in also),
            )
            for slug, label, kind, parent, also in raw["actors"]
        },
        sources={
            slug: Source(
                slug=slug,
                title=title,
                publisher=who,
                voice=who,
                date=date,
                url="https://example.org/" + slug,
            )
            for slug, title, who, date in raw["sources"]
        },
        relations=relations,
        incompatibilities=tuple(
            Incompatibility(
                first=one, second=two, ends=Ends.EITHER, strength=Strength.STRONG
            )
            for one, two in raw["incompatible"]
        ),
        names=(
            Name(
                id="n1",
                actor="cedar-front",
                name="the band",
                kind=NameKind.LOADED,
                used_by=("inland-radio",),
                source="radio-talk",
            ),
        ),
        statements=tuple(
            sorted(
                (_statement(row, raw, relations) for row in raw["statements"]),
                key=lambda one: one.id,
            )
        ),
        inputs={"actors.csv": "0" * 64},
    )


def _statement(
    row: list[Any], raw: dict[str, Any], relations: dict[str, Relation]
) -> Statement:
    subject, relation, object_, source, stance, chain, more = row
    said = next(date for slug, _, _, date in raw["sources"] if slug == source)
    framing = more.get("framing")
    return Statement(
        id="st-" + ids.digest("|".join(row[:6])),
        subject=subject,
        relation=relation,
        object=object_,
        source=source,
        stance=Stance(stance),
        chain=tuple(chain.split(" > ")),
        modality=Modality(more.get("modality", "actual")),
        locator=more.get("locator", ""),
        valid=more.get("valid", ""),
        place=tuple(filter(None, [more.get("place", "")])),
        said=said,
        framing=Framing(framing) if framing else None,
        status=Status(more.get("status", "accepted")),
        gist=more.get("gist", ""),
        proposition=ids.proposition_id(
            subject, relation, object_, relations[relation].symmetric
        ),
    )


def make_crowd(count: int) -> Collection:
    """Make a large network without chance: each actor speaks of three others."""
    world = make_world()
    kinds = [kind for kind in ActorType if kind.speaks]
    slugs = [f"actor-{number}" for number in range(count)]
    statements = []
    for number, slug in enumerate(slugs):
        for step in (1, 7, 31):
            other = slugs[(number * step + step) % count]
            relation = ("attacks", "supports", "opposes")[number % 3]
            for turn in range(1 + (number % 4 == 0)):
                if other != slug:
                    statements.append(
                        replace(
                            world.statements[0],
                            id=f"st-{number}-{step}-{turn}",
                            subject=slug,
                            relation=relation,
                            object=other,
                            stance=(Stance.AFFIRMS, Stance.DENIES)[turn],
                            chain=(f"actor-{number % 20}",),
                            proposition=f"{slug}_{relation}_{other}",
                        )
                    )
    return replace(
        world,
        actors={
            slug: Actor(
                slug=slug, label=f"Actor {number}", type=kinds[number % len(kinds)]
            )
            for number, slug in enumerate(slugs)
        },
        names=(),
        statements=tuple(sorted(statements, key=lambda one: one.id)),
    )


@pytest.fixture(scope="session")
def world() -> Collection:
    return make_world()


@pytest.fixture(scope="session")
def crowd() -> Callable[[int], Collection]:
    return make_crowd


@pytest.fixture(scope="session")
def page_file(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Collection, str], Path]:
    """Write the page of a collection once and give its path."""
    folder = tmp_path_factory.mktemp("pages")

    def write(collection: Collection, name: str) -> Path:
        path = folder / f"{name}.html"
        if not path.exists():
            views.render(collection, disputes.find(collection)).save(path)
        return path

    return write


@pytest.fixture(scope="session")
def bundled_kg() -> whosays.KG:
    return whosays.load()


@pytest.fixture(scope="session")
def bundled_page(
    bundled_kg: whosays.KG, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Draw the bundled project once for all that look at it."""
    return bundled_kg.view().save(tmp_path_factory.mktemp("bundled") / "page.html")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    required = os.environ.get("WHOSAYS_REQUIRE_BROWSER") == "1"
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        if required:
            raise
        pytest.skip("playwright is not installed")
    if not CHROMIUM:
        if required:
            pytest.fail("no Chromium found; set WHOSAYS_CHROMIUM to its path")
        pytest.skip("no Chromium found")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS, timeout=60_000
        )
        yield browser
        browser.close()


Barriers = Callable[..., list[tuple[str, list[str]]]]


@pytest.fixture(scope="session")
def barriers() -> Barriers:
    """List what axe finds to keep someone out of a page: the rule, some elements."""
    name = "axe_playwright_python.base"
    required = os.environ.get("WHOSAYS_REQUIRE_BROWSER") == "1"
    axe = import_module(name) if required else pytest.importorskip(name)

    def find(page: Any, **options: Any) -> list[tuple[str, list[str]]]:
        # Our pages are one file: there is no style sheet to be fetched beforehand.
        wanted = {"resultTypes": ["violations"], "preload": False, **options}
        if not page.evaluate("'axe' in window"):  # to read it takes as long as a look
            page.evaluate(axe.AXE_SCRIPT)
        violations = page.evaluate(
            "async (wanted) => (await axe.run(document, wanted)).violations", wanted
        )
        return [
            (one["id"], [node["html"][:120] for node in one["nodes"][:3]])
            for one in violations
        ]

    return find


Opener = Callable[..., Any]
Until = Callable[[Any, str], None]


@pytest.fixture(scope="session")
def until() -> Until:
    """Wait until an expression holds and the picture is finished.

    Playwright's own way evaluates strings in the page, which its policy forbids.
    """

    def wait(page: Any, expression: str) -> None:
        page.evaluate(
            f"""async () => {{
              const end = Date.now() + 60000;
              await whosays.settled();
              while (!({expression})) {{
                if (Date.now() > end) throw new Error("waited in vain");
                await whosays.settled();
              }}
            }}"""
        )

    return wait


class Pages:
    """Pages that are opened once and lead to one file after another.

    A new page costs three times what opening a file in it does. Nothing of a file is
    left in its page when another one is opened: not its script, its address, or the
    place of the pointer. Size and scheme are set anew for each. A page goes from file to
    file without an empty one between: for that Chromium would start a process each time.
    """

    def __init__(self, chromium: Any) -> None:
        self._chromium = chromium
        self._idle: dict[str, list[tuple[Any, list[str]]]] = {}
        self._used: list[tuple[str, Any, list[str]]] = []

    def take(
        self,
        *,
        viewport: dict[str, int],
        color_scheme: str,
        reduced_motion: str = "reduce",
        **settings: Any,
    ) -> Any:
        """Give a page with these settings that nobody uses."""
        key = json.dumps(settings, sort_keys=True)
        idle = self._idle.setdefault(key, [])
        page, troubles = idle.pop() if idle else self._new(settings)
        troubles.clear()  # of a document that nobody looks at any more
        self._used.append((key, page, troubles))
        page.set_viewport_size(viewport)
        page.emulate_media(
            media="screen", color_scheme=color_scheme, reduced_motion=reduced_motion
        )
        return page

    @staticmethod
    def lead(page: Any, address: str) -> None:
        """Load what stands at an address, also if the page shows that file already.

        Where only the part behind # is another one, going there would load nothing.
        """
        if page.url.partition("#")[0] != address.partition("#")[0]:
            page.goto(address)
            return
        page.evaluate(
            """address => {
              history.scrollRestoration = "manual";
              history.replaceState(null, "", address);
              history.replaceState = () => {}; // what was chosen before came later
            }""",
            address,
        )
        page.reload()

    def back(self) -> list[str]:
        """Take all pages back, and tell what went wrong in them."""
        found: list[str] = []
        for key, page, troubles in self._used:
            if not page.is_closed():
                page.unroute_all()
                page.mouse.move(0, 0)
            found += troubles
            if troubles or page.is_closed():
                page.context.close()
            else:
                self._idle[key].append((page, troubles))
        self._used.clear()
        return found

    def _new(self, settings: dict[str, Any]) -> tuple[Any, list[str]]:
        troubles: list[str] = []

        def request(one: Any) -> None:
            if not one.url.startswith(("file:", "data:", "blob:", "about:")):
                troubles.append(f"request {one.url}")

        def console(one: Any) -> None:
            if one.type in ("error", "warning"):
                troubles.append(f"{one.type} {one.text}")

        page = self._chromium.new_context(**settings).new_page()
        page.set_default_timeout(60_000)
        page.on("request", request)
        page.on("console", console)
        page.on("pageerror", lambda error: troubles.append(f"error {error}"))
        return page, troubles


@pytest.fixture(scope="session")
def browser_pages(chromium: Any) -> Pages:
    return Pages(chromium)


@pytest.fixture
def open_page(browser_pages: Pages) -> Iterator[Opener]:
    """Open a file; any request, warning or error in the page fails the test."""

    def opener(path: Path, hash: str = "", **options: Any) -> Any:
        settings = {
            "offline": True,
            "viewport": {"width": 1280, "height": 800},
            "device_scale_factor": 1,
            "color_scheme": "light",
            "locale": "en-GB",
            "timezone_id": "UTC",
            "accept_downloads": True,
            **options,
        }
        page = browser_pages.take(**settings)
        browser_pages.lead(page, path.as_uri() + hash)
        if options.get("java_script_enabled", True):
            page.locator("html[data-ready=yes]").wait_for(state="attached")
            if page.evaluate("'whosays' in window"):
                page.evaluate("whosays.settled()")
        return page

    yield opener
    assert browser_pages.back() == []
