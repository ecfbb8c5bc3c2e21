"""The page in a real browser: what a reader sees and does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from whosays.model import ActorType, Collection, Step, Tour

pytestmark = pytest.mark.browser

Opener = Callable[..., Any]
Writer = Callable[[Collection, str], Path]
CONTESTED = "aldoria_supports_cedar-front"
HOSTILE = (
    '<img src=x onerror="window.hit=1">"\'`</script><script>window.hit=2</script>'
    "<!--<script>\u2028 {{7*7}} {% raw %} \u202egnidaer\u202c = javascript:window.hit=3"
)


@pytest.fixture
def page(open_page: Opener, page_file: Writer, world: Collection) -> Any:
    return open_page(page_file(world, "world"))


def test_every_claim_is_drawn_and_the_dispute_shows_without_a_click(
    page: Any, world: Collection
) -> None:
    claims = {one.proposition for one in world.statements if one.counts}

    svg = page.evaluate("whosays.svg()")

    assert svg.count('class="claim"') == len(claims)
    assert page.locator("#pane-a .pane-name").inner_text() == (
        "All sources · 12 claims, 17 statements, 3 disputed"
    )
    assert "✓1" in svg
    assert "✗1" in svg
    assert page.get_by_text("not that it is so").first.is_visible()


def test_a_click_on_a_line_opens_every_statement_about_it(page: Any) -> None:
    at = page.evaluate(f"whosays.at({CONTESTED!r})")
    frame = page.locator("#pane-a .net").bounding_box()

    page.mouse.click(frame["x"] + at["x"], frame["y"] + at["y"])

    cards = page.locator("#panel article.card")
    assert cards.count() == 3
    told = page.locator("#panel article.denies").inner_text()
    assert "Mina Voss" in told
    assert "as told by Inland Radio" in told
    assert "12:34" in told
    assert "said 2020-06" in told
    assert "No coin ever reached them." in told
    assert "sel=" in page.evaluate("whosays.hash()")


def test_the_overview_lists_disputes_and_what_cannot_both_hold(page: Any) -> None:
    panel = page.locator("#panel")

    text = panel.inner_text()

    assert "DISPUTED: AFFIRMED BY SOME, DENIED BY OTHERS" in text.upper()
    assert "BOTH AFFIRMED, CANNOT BOTH HOLD" in text.upper()
    panel.get_by_role("button", name="Aldoria — supports → Cedar Front").first.click()
    assert "Aldoria supports Cedar Front" in panel.locator("h2").inner_text()


def test_filters_thin_the_picture_and_say_what_empties_it(page: Any) -> None:
    page.get_by_label("denies", exact=True).uncheck()
    assert "15 statements" in page.locator("#pane-a .pane-name").inner_text()
    page.get_by_label("only disputed or incompatible").check()
    assert "disputed" not in page.locator("#pane-a .pane-name").inner_text()

    for stance in ("affirms", "questions", "reports"):
        page.get_by_label(stance, exact=True).uncheck()

    empty = page.locator("#empty").inner_text()
    assert "Nothing passes these filters." in empty
    assert "Stance" in empty
    page.locator("#empty").get_by_role("button").click()
    assert "17 statements" in page.locator("#pane-a .pane-name").inner_text()


def test_candidates_and_retracted_ones_are_shown_only_on_request(page: Any) -> None:
    name = page.locator("#pane-a .pane-name")
    assert "12 claims" in name.inner_text()

    page.get_by_label("candidates, not yet reviewed").check()

    assert "13 claims, 17 statements" in name.inner_text()
    page.evaluate("whosays.select('e:belmark|supports|elm-council')")
    assert "candidate" in page.locator("#panel article.card").inner_text()


def test_search_finds_aliases_in_any_script_with_keys_only(page: Any) -> None:
    page.keyboard.press("/")
    page.keyboard.type("الفرقه")

    page.keyboard.press("Enter")

    assert page.locator("#panel h2").inner_text() == "Dun Brigade"
    page.keyboard.press("/")
    page.locator("#query").fill("skirmishes RIDGE")
    page.keyboard.press("Enter")
    assert (
        "Skirmishes along the ridge."
        in page.locator("#panel .card.chosen").inner_text()
    )


def test_the_table_holds_the_same_claims_and_statements(page: Any) -> None:
    page.keyboard.press("t")

    rows = page.locator("#table tbody tr")
    assert rows.count() == 12
    assert page.locator("#table [data-id]").count() == 17
    assert "disputed" in rows.first.get_attribute("class")
    page.get_by_role("button", name="Subject").click()
    assert rows.first.locator("td").first.inner_text() == "Aldoria"


def test_keys_walk_from_actor_to_actor_and_through_their_claims(page: Any) -> None:
    page.locator("#pane-a .net").focus()
    page.keyboard.press("ArrowRight")
    first = page.locator("#panel h2").inner_text()
    page.keyboard.press("]")
    assert first in page.locator("#panel h2").inner_text()
    assert page.locator("#live").inner_text() != ""

    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.closest('#panel') !== null")
    page.keyboard.press("Escape")
    assert "Who says what" in page.locator("#panel h2").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_system_and_the_button(
    open_page: Opener, page_file: Writer, world: Collection, scheme: str
) -> None:
    page = open_page(page_file(world, "world"), color_scheme=scheme)
    assert page.evaluate("document.documentElement.dataset.theme") == scheme

    page.locator("#b-theme").click()

    assert page.evaluate("document.documentElement.dataset.theme") != scheme
    assert "th=" in page.evaluate("whosays.hash()")


def test_without_javascript_there_is_a_table_of_the_statements(
    open_page: Opener, page_file: Writer, world: Collection
) -> None:
    page = open_page(page_file(world, "world"), java_script_enabled=False)

    rows = page.locator("noscript table tbody tr, .plain table tbody tr")

    assert rows.count() == 17
    assert page.locator("header p").is_visible()
    assert not page.locator("#main").is_visible()


@pytest.mark.parametrize(
    "hash",
    [
        "",
        f"#sel=e:{CONTESTED.replace('_', '|')}",
        "#sel=n:aldoria&tab=1",
        "#p=post-report&c=@mina-voss",
        "#sel=n:<img src=x onerror=window.hit=9>&p=<script>&src=%ZZ&t=9.1&v=a,b,c&k=-1",
    ],
)
def test_hostile_text_in_every_field_is_shown_as_text(
    open_page: Opener, page_file: Writer, world: Collection, hash: str
) -> None:
    page = open_page(page_file(poisoned(world), "hostile"), hash)

    page.keyboard.press("/")
    page.keyboard.type("img")

    page.locator("#matches li").first.wait_for()
    page.evaluate("whosays.settled()")
    assert page.evaluate("window.hit === undefined")
    assert page.locator("img, iframe, object").count() == 0
    assert page.locator("script").count() == 5
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("#matches li").count() > 1
    assert "<img src=x" in page.locator("#matches").inner_text()


def poisoned(world: Collection) -> Collection:
    """Put the payload into every string, ids included."""

    def bad(text: str) -> str:
        return text + HOSTILE

    def keyed(text: str) -> str:
        return text + "<img src=x onerror=window.hit=4>|." if text else text

    return replace(
        world,
        settings=replace(
            world.settings,
            title=bad("Delta"),
            name=bad("d"),
            version=bad("1"),
            licence=bad("l"),
            creator=bad("c"),
            type_labels=tuple((kind.value, bad(kind.value)) for kind in ActorType),
        ),
        tours=(
            Tour(
                slug=bad("t"),
                steps=(Step(title=bad("s"), text=bad("x"), link=bad("sel=n:")),),
            ),
        ),
        actors={
            keyed(slug): replace(
                one,
                slug=keyed(slug),
                label=bad(one.label),
                part_of=keyed(one.part_of),
                aliases=tuple(replace(a, text=bad(a.text)) for a in one.aliases),
                description=bad("d"),
                note=bad("n"),
                wikidata=bad("Q1"),
            )
            for slug, one in world.actors.items()
        },
        sources={
            keyed(slug): replace(
                one,
                slug=keyed(slug),
                title=bad(one.title),
                kind=bad("k"),
                publisher=keyed(one.publisher),
                url="javascript:window.hit=5",
                date=bad("2020"),
                date_note=bad("x"),
                author=bad("a"),
                lang=bad("en"),
            )
            for slug, one in world.sources.items()
        },
        relations={
            keyed(slug): replace(
                one, id=keyed(slug), label=bad(one.label), definition=bad("d")
            )
            for slug, one in world.relations.items()
        },
        incompatibilities=(),
        names=tuple(
            replace(
                one,
                actor=keyed(one.actor),
                name=bad(one.name),
                used_by=tuple(map(keyed, one.used_by)),
                source=keyed(one.source),
                locator=bad("p"),
            )
            for one in world.names
        ),
        statements=tuple(
            replace(
                one,
                id=keyed(one.id),
                subject=keyed(one.subject),
                relation=keyed(one.relation),
                object=keyed(one.object),
                source=keyed(one.source),
                chain=tuple(map(keyed, one.chain)),
                locator=bad(one.locator),
                place=tuple(map(keyed, one.place)),
                gist=bad(one.gist),
                note=bad("n"),
                run=bad("r"),
                file=bad("f"),
                proposition=keyed(one.proposition),
            )
            for one in world.statements
        ),
    )
