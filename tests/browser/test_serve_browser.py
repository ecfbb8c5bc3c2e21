"""The pages of the server in a browser: without scripts, and the view that asks it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.serving import project, served
from whosays import load
from whosays.server import Server


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def server(path: Path) -> Iterator[Server]:
    with served(path) as running:
        yield running


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(
    chromium: Any, server: Server, request: pytest.FixtureRequest
) -> Iterator[Any]:
    """A page that reports messages of the console and requests to others."""
    context = chromium.new_context(java_script_enabled=request.param)
    opened = context.new_page()
    trouble: list[str] = []
    opened.on("console", lambda message: trouble.append(message.text))
    opened.on(
        "request",
        lambda sent: (
            None
            if sent.url.startswith((server.url, "data:"))
            else trouble.append(sent.url)
        ),
    )
    yield opened
    context.close()
    assert trouble == []


def test_a_reader_asks_a_named_query_and_gets_its_rows(
    page: Any, server: Server, path: Path
) -> None:
    page.goto(server.url)
    page.locator('summary:has(code:text-is("disputed"))').click()
    page.locator("#disputed-actor").fill("Aldoria")
    page.locator("form[action='/query/disputed'] button").first.click()

    rows = page.locator("tbody tr").count()

    assert rows == len(load(path).query("disputed", actor="aldoria")) > 0


def test_a_reader_asks_in_sparql_and_again(page: Any, server: Server) -> None:
    page.goto(server.url)
    page.locator("#query").fill("SELECT ('a & <b>' AS ?x) {}")
    page.get_by_role("button", name="Ask", exact=True).first.click()
    cell = page.locator("tbody td").inner_text()
    page.locator("#query").fill("ASK { ?s said:fights ?o }")
    page.get_by_role("button", name="Ask again").click()

    assert cell == "a & <b>"
    assert page.locator(".answer").inner_text() == "yes"


def test_the_view_asks_the_server_that_it_came_from(
    chromium: Any, server: Server, path: Path
) -> None:
    context = chromium.new_context()
    view = context.new_page()
    asked: list[str] = []
    view.on("request", lambda sent: asked.append(sent.url))
    view.goto(f"{server.url}view")
    view.keyboard.press("q")
    view.locator("#sparql-text").fill("SELECT ?s { ?s ws:stance ws:denies }")
    view.locator("#sparql-text").press("Control+Enter")
    view.locator("#sparql-status", has_text="rows · ").wait_for()
    status = view.locator("#sparql-status").inner_text()
    context.close()

    count = len(load(path).query("SELECT ?s { ?s ws:stance ws:denies }"))
    assert status.startswith(f"{count} rows")
    assert f"{server.url}sparql" in asked
    assert all(url.startswith((server.url, "blob:", "data:")) for url in asked)
