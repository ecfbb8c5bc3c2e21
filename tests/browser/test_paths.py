"""From actor to actor: the shortest chain, and what lies within two steps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import pytest

from whosays.model import Collection

pytestmark = pytest.mark.browser

Opener = Callable[..., Any]


@pytest.fixture
def page(
    open_page: Opener, page_file: Callable[[Collection, str], Path], world: Collection
) -> Any:
    return open_page(page_file(world, "world"))


def net(world: Collection) -> Any:
    graph: Any = networkx.Graph()
    graph.add_edges_from((s.subject, s.object) for s in world.statements if s.counts)
    return graph


def test_every_chain_is_a_shortest_one_and_the_first_of_them(
    page: Any, world: Collection
) -> None:
    graph = net(world)
    actors = sorted(graph)
    pairs = [(a, b) for a in actors for b in actors if a != b]

    found = page.evaluate("pairs => pairs.map(([a, b]) => whosays.chain(a, b))", pairs)

    for (a, b), chain in zip(pairs, found, strict=True):
        if networkx.has_path(graph, a, b):
            assert chain == min(networkx.all_shortest_paths(graph, a, b)), (a, b)
        else:
            assert chain is None
    assert None in found
    assert max(len(chain) for chain in found if chain) >= 4


def test_a_chain_is_shown_with_its_claims_and_stances(page: Any) -> None:
    page.evaluate("whosays.select('n:persian-name')")

    goal = page.get_by_label("Shortest chain to")
    goal.focus()
    goal.select_option("cedar-front")

    chain = page.locator("#chain")
    assert "2 steps: جبهه سدر \u2013 Aldoria \u2013 Cedar Front" in chain.inner_text()
    assert chain.locator(".box").count() == 2
    claims = chain.locator(".box").nth(1).locator(".row")
    assert claims.count() == 3
    assert "1 affirms, 1 denies, 1 questions" in str(
        claims.first.locator(".tally").get_attribute("aria-label")
    )
    lit = page.evaluate(
        "whosays.panes[0].list.filter((one) => one.level).map((one) => one.claim.id)"
    )
    assert len(lit) == 4
    assert "2 steps" in page.locator("#live").inner_text()
    assert page.evaluate("document.activeElement.id") == "chain-to"
    hash = page.evaluate("whosays.hash()")
    assert hash == "sel=n%3Apersian-name&to=cedar-front"
    assert page.evaluate("hash => whosays.restore(hash)", hash) == hash


def test_where_there_is_no_chain_the_panel_says_so(page: Any) -> None:
    page.evaluate("whosays.restore('sel=n:aldoria&to=belmark')")

    text = page.locator("#panel").inner_text()

    assert "No chain of claims in this view leads to Belmark." in text


def test_chains_run_over_visible_claims_only(page: Any) -> None:
    page.evaluate("whosays.restore('fam=cooperation&sel=n:oren-tal&to=elm-council')")

    assert "No chain" in page.locator("#panel").inner_text()
    page.evaluate("whosays.restore('sel=n:oren-tal&to=elm-council')")
    assert (
        "Oren Tal \u2013 Mina Voss \u2013 Elm Council"
        in page.locator("#chain").inner_text()
    )


def test_two_steps_light_the_neighbours_of_neighbours(
    page: Any, world: Collection
) -> None:
    graph = net(world)
    inner = {"belmark", *graph["belmark"]}
    wanted = {
        one.proposition
        for one in world.statements
        if one.counts and inner & {one.subject, one.object}
    }
    page.evaluate("whosays.select('n:belmark')")

    page.keyboard.press("2")

    lit = page.evaluate(
        "whosays.panes[0].list.filter((one) => one.level).map((one) => one.claim.id)"
    )
    assert set(lit) == wanted
    assert page.evaluate("whosays.hash()") == "sel=n%3Abelmark&hops=2"
    page.keyboard.press("1")
    assert page.evaluate("whosays.hash()") == "sel=n%3Abelmark"


def test_a_key_leads_to_the_choice_of_a_chain(page: Any) -> None:
    page.evaluate("whosays.select('n:belmark')")

    page.keyboard.press("c")

    assert page.evaluate("document.activeElement.id") == "chain-to"


def test_choosing_another_actor_ends_the_chain(page: Any) -> None:
    page.evaluate("whosays.restore('sel=n:aldoria&to=persian-name')")

    page.evaluate("whosays.select('n:belmark')")

    assert page.evaluate("whosays.hash()") == "sel=n%3Abelmark"
