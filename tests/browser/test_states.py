"""The address of the page holds what the reader chose, and nothing breaks it."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from whosays.model import Collection

pytestmark = pytest.mark.browser

Opener = Callable[..., Any]
Writer = Callable[[Collection, str], Path]
Until = Callable[[Any, str], None]


@pytest.fixture
def page(open_page: Opener, page_file: Writer, world: Collection) -> Any:
    return open_page(page_file(world, "world"))


def random_hash(chance: random.Random, world: Collection) -> dict[str, str]:
    stances = ["affirms", "denies", "questions", "reports"]
    sources = sorted(world.sources)
    statement = chance.choice([one for one in world.statements if one.counts])
    choices = {
        "p": [chance.choice(sources), "@mina-voss", "@harbour-post"],
        "c": [chance.choice(sources), "all"],
        "st": [".".join(s for s in stances if chance.random() < 0.6)],
        "src": [".".join(s for s in sources if chance.random() < 0.6)],
        "fam": ["cooperation.hostility", "space"],
        "ty": ["state.militia", "armedForce.place"],
        "k": [str(chance.randint(1, 11))],
        "dis": ["1"],
        "acc": ["candidate", "candidate.retracted"],
        "t": ["2016-09.2018-05", "2017-02.2019-03"],
        "sel": [
            "n:" + statement.subject,
            f"e:{statement.subject}|{statement.relation}|{statement.object}",
            "s:" + statement.id,
            "p:" + "|".join(sorted((statement.subject, statement.object))),
        ],
        "grp": ["1", "0"],
        "hops": ["2"],
        "to": [statement.object],
        "lab": ["1"],
        "tab": ["1"],
        "th": ["dark", "light"],
        "v": ["12.5,-40,0.75"],
    }
    kept = {
        key: chance.choice(v) for key, v in choices.items() if chance.random() < 0.5
    }
    for key, most in (("st", stances), ("src", sources)):
        if kept.get(key, "").count(".") + 1 == len(most):
            del kept[key]
    return kept


def test_random_states_survive_the_address(page: Any, world: Collection) -> None:
    chance = random.Random(5)
    for _ in range(40):
        wanted = random_hash(chance, world)
        hash = "&".join(
            f"{key}={quote(value, safe='')}" for key, value in wanted.items()
        )

        first = page.evaluate("hash => whosays.restore(hash)", hash)
        second = page.evaluate("hash => whosays.restore(hash)", first)

        assert second == first
        read = page.evaluate(
            "hash => Object.fromEntries(new URLSearchParams(hash))", first
        )
        assert read == wanted


@pytest.mark.parametrize(
    "hash",
    [
        "p=nobody&c=@nobody&st=lies&sel=n:nobody",
        "k=1e99&k=-4&t=99999.1&tm=never&v=1,2&th=blue",
        "%E0%A4%A&=&&==&st=%",
        "sel=e:a|b&sel=x&v=NaN,NaN,NaN&v=1,1,0",
        "p=__proto__&sel=n:__proto__&src=constructor",
    ],
)
def test_an_address_that_makes_no_sense_gives_the_usual_view(
    page: Any, hash: str
) -> None:
    left = page.evaluate("hash => whosays.restore(hash)", hash)

    assert left == ""
    assert "12 claims" in page.locator("#pane-a .pane-name").inner_text()


def test_the_address_bar_follows_the_reader(page: Any, until: Until) -> None:
    page.get_by_label("denies", exact=True).uncheck()
    page.keyboard.press("t")

    until(page, "location.hash")

    assert page.evaluate("location.hash") == "#st=affirms.questions.reports&tab=1"


def test_a_changed_address_changes_the_view(page: Any) -> None:
    page.evaluate("location.hash = '#p=radio-talk'")

    page.locator("#pane-a .pane-name", has_text="Inland Radio").wait_for()

    assert page.locator("#perspective").input_value() == "radio-talk"


def test_the_page_works_in_a_closed_frame(
    open_page: Opener, page_file: Writer, world: Collection, tmp_path: Path
) -> None:
    from whosays import disputes, views

    bundle = views.render(world, disputes.find(world))._repr_mimebundle_()
    outer = tmp_path / "notebook.html"
    outer.write_text(
        "<!doctype html><html data-ready=yes><meta charset=utf-8>"
        + bundle["text/html"],
        encoding="utf-8",
    )

    page = open_page(outer)

    frame = page.frame_locator("iframe")
    frame.locator("#b-table").click()
    assert frame.locator("#table tbody tr").count() == 12
