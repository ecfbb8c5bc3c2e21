"""A page holds as many actors as there is room for, the most discussed first."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from tests.strategies import crowd
from whosays import disputes, views
from whosays.model import Collection, Dispute
from whosays.views import fitting, layout
from whosays.views.layout import Link
from whosays.views.page import build
from whosays.views.selection import select

ENDS = 90


@pytest.fixture(scope="module")
def many() -> Collection:
    """Make a project of many actors; each speaks of the next, the first ones of all."""
    sample = crowd(1, 60)
    made = [
        replace(
            one,
            id=f"{number:016x}",
            subject=f"actor-{number % (ENDS - number % 7):03}",
            object=f"actor-{(number + 1) % ENDS:03}",
            proposition=f"p{number // 2}",
            gist="what was said " * 9,
        )
        for number, one in enumerate(sample.statements * 30)
    ]
    actor = next(iter(sample.actors.values()))
    actors = {
        slug: replace(actor, slug=slug, label=slug, part_of="", acts_for="")
        for slug in (f"actor-{number:03}" for number in range(ENDS))
    }
    return replace(
        sample, statements=tuple(made), actors={**sample.actors, **actors}, names=()
    )


@pytest.fixture(scope="module")
def found(many: Collection) -> list[Dispute]:
    return disputes.find(many)


@pytest.fixture(autouse=True)
def in_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the layout: what a page holds does not depend on where it lies."""
    monkeypatch.setattr(
        views, "place", lambda scene, _: dict.fromkeys(scene.actors, (0.0, 0.0))
    )


def held(html: str) -> list[str]:
    match = re.search(r'id="payload">(.*?)</script>', html, re.DOTALL)
    assert match
    return [one["id"] for one in json.loads(match[1])["actors"]]


def test_the_most_discussed_that_fit_are_kept_and_the_rest_is_counted(
    many: Collection, found: list[Dispute], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(fitting, "FEWEST", 3)
    monkeypatch.setattr(views, "FEWEST", 3)
    whole = views.render(many, found)
    monkeypatch.setattr(views, "_LARGEST", int(len(whole.html) * 0.9))

    view = views.render(many, found)

    ranked = select(many, found).actors
    kept = held(view.html)
    assert kept == [*ranked[: len(kept)]]
    assert 3 < len(kept) < len(ranked)
    assert len(view.html) <= int(len(whole.html) * 0.9)
    assert f"the {len(kept)} most discussed of" in view.notices[0]
    assert "an export holds all of them" in view.notices[0]


def test_a_page_holds_some_actors_however_much_is_said_of_them(
    many: Collection, found: list[Dispute], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(views, "_LARGEST", 1000)

    view = views.render(many, found)

    assert len(held(view.html)) == fitting.FEWEST


def test_what_fits_is_built_once(
    many: Collection, found: list[Dispute], monkeypatch: pytest.MonkeyPatch
):
    built: list[int] = []

    def counted(scene, *given, **options):
        built.append(len(scene.actors))
        return build(scene, *given, **options)

    monkeypatch.setattr(fitting, "FEWEST", 3)
    monkeypatch.setattr(views, "FEWEST", 3)
    monkeypatch.setattr(views, "_LARGEST", 1_500_000)
    monkeypatch.setattr("whosays.views.build", counted)

    views.render(many, found)

    assert len(built) == 1
    assert built[0] < len(select(many, found).actors)


def test_where_all_are_linked_with_all_the_strongest_links_choose_the_places():
    slugs = [f"a{n:02}" for n in range(24)]
    pairs = [(a, b) for a in slugs for b in slugs if a < b]
    strong = {pair for pair in pairs if pair[0] in slugs[:8]}
    links = [Link(first=a, second=b, count=1 + ((a, b) in strong)) for a, b in pairs]

    found = layout._telling(links, len(slugs))

    assert len(found) == 5 * len(slugs)
    assert {(one.first, one.second) for one in found} <= strong


def test_an_actor_of_weak_links_keeps_its_strongest():
    slugs = [f"a{n:02}" for n in range(24)]
    links = [
        Link(first=a, second=b, count=1 if b == "a23" else 4)
        for a in slugs
        for b in slugs
        if a < b
    ]

    found = layout._telling(links, len(slugs))

    assert [one.first for one in found if one.second == "a23"] == ["a00"]


def test_few_links_all_choose_the_places():
    links = [Link(first="a", second="b"), Link(first="a", second="c")]

    assert layout._telling(links, 3) == links
