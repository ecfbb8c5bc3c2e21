"""The page of the bundled project: complete, legible, and quick to place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import combinations
from math import hypot
from pathlib import Path
from typing import Any

import pytest

from scripts.benchmarks import generator
from whosays import load, perspectives
from whosays.kg import KG

pytestmark = pytest.mark.browser

Opener = Callable[..., Any]
Barriers = Callable[..., list[tuple[str, list[str]]]]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> KG:
    folder = tmp_path_factory.mktemp("generated")
    generator.write(generator.make(200, seed=7, steepness=2.5), folder)
    return load(folder)


@pytest.fixture(params=["bundled", "generated"])
def counted(
    request: pytest.FixtureRequest, bundled_kg: KG, bundled_page: Path, tmp_path: Path
) -> tuple[KG, Path]:
    """A project and its page."""
    if request.param == "bundled":
        return bundled_kg, bundled_page
    other: KG = request.getfixturevalue("generated")
    return other, other.view(sparql=False).save(tmp_path / "page.html")


def test_every_claim_has_its_counts(
    open_page: Opener, bundled_kg: KG, bundled_page: Path
) -> None:
    page = open_page(bundled_page, "#k=9999")
    statements = bundled_kg.collection.statements
    wanted = Counter(
        f"{one.proposition} {one.stance}" for one in statements if one.counts
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


def test_the_first_picture_can_be_read(open_page: Opener, bundled_page: Path) -> None:
    page = open_page(bundled_page, viewport={"width": 1440, "height": 900})

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


STATES = (
    "sel=e:iran|cooperatesWith|isis",
    "sel=n:isis&th=dark",
    "p=voa-last-page&c=habilian-rapprochement",
)  # the table is long and like that of a small project


def test_nothing_keeps_anyone_out(
    open_page: Opener, bundled_page: Path, barriers: Barriers
) -> None:
    page = open_page(bundled_page)
    found = {}
    for state in STATES:
        page.evaluate("state => whosays.restore(state)", state)
        page.evaluate("whosays.settled()")

        found[state] = barriers(page)

    assert found == {state: [] for state in STATES}


def test_all_counts_are_those_that_sparql_gives(
    open_page: Opener, counted: tuple[KG, Path]
) -> None:
    kg, path = counted
    page = open_page(path, "#k=9999&grp=0")

    found = page.evaluate(
        """() => {
          const look = whosays.look(), all = { claims: {} };
          for (const { claim, counts } of look.claims.values()) {
            all.claims[claim.id] = Object.values(counts);
          }
          return all;
        }"""
    )

    filters = page.locator("#filters").inner_text()
    name = page.locator("#pane-a .pane-name").inner_text()
    page.evaluate("whosays.restore('dis=1&grp=0')")
    page.evaluate("whosays.settled()")
    pills = page.evaluate(
        """() => whosays.panes[0].pills.map(({ item, segments }) =>
          [item.claim.id, segments.map((one) => one.text).join(' ')])"""
    )

    rows = kg.query("statements").to_dicts()
    stances = ("affirms", "denies", "questions", "reports")
    claim_of = {one.id: one.proposition for one in kg.collection.statements}
    wanted: dict[str, list[int]] = {}
    for row in rows:
        column = stances.index(str(row["stance"]))
        wanted.setdefault(claim_of[str(row["id"])], [0] * 4)[column] += 1
    assert found["claims"] == wanted
    by_source = kg.query("counts-by-source").to_dicts()
    assert sum(map(sum, wanted.values())) == sum(
        int(str(row["statements"])) for row in by_source
    )
    assert f"{len(wanted)} claims, {len(rows)} statements" in name
    for claim, text in pills:
        signs = [f"{s}{n}" for s, n in zip("✓✗?…", wanted[claim], strict=True) if n]
        assert text.replace(" ≠", "") == " ".join(signs)
    assert pills
    for stance in stances:
        count = sum(row["stance"] == stance for row in rows)
        assert re.search(rf"{stance}\s+(only\s+)?{count}\b", filters)
    for row in by_source:
        assert re.search(rf"\s{row['statements']}\b", filters)


def test_the_table_holds_every_statement_that_sparql_gives(
    open_page: Opener, counted: tuple[KG, Path]
) -> None:
    kg, path = counted
    page = open_page(path, "#k=9999&tab=1")
    more = page.locator("#table > button")
    if more.count():
        more.click()
    while more.count():  # pointing at it takes long below so many rows
        more.evaluate("button => button.click()")

    shown = page.locator("#table [data-id]").evaluate_all(
        "buttons => buttons.map((one) => one.dataset.id)"
    )

    wanted = kg.query("statements").column("id")
    assert Counter(shown) == Counter(wanted)


def test_the_lists_of_all_pairs_of_sources_equal_those_of_the_command(
    open_page: Opener, bundled_kg: KG, bundled_page: Path
) -> None:
    page = open_page(bundled_page, "#k=9999")
    pairs = list(combinations(sorted(bundled_kg.collection.sources), 2))

    lists = page.evaluate(
        """(pairs) => pairs.map(([a, b]) => {
          const { contradict, clash, agree, beside, onlyA, onlyB } = whosays.compare(a, b);
          return [contradict, clash, agree, beside, onlyA, onlyB].map((list) =>
            list.map((one) => one.claim ? one.claim.id : one.first.id + ' ' + one.second.id)
              .sort());
        })""",
        pairs,
    )

    def names(matches: tuple[perspectives.Match, ...], *, both: bool) -> list[str]:
        if both:
            return sorted(f"{m.a.claim} {m.b.claim}" for m in matches if m.a and m.b)
        return sorted(match.claim.claim for match in matches)

    assert len(pairs) == 10
    for (a, b), shown in zip(pairs, lists, strict=True):
        found = bundled_kg.compare(a, b)
        parts = (found.contradict, found.clash, found.agree, found.beside)
        wanted = [
            names(part, both=number < 2)
            for number, part in enumerate((*parts, found.only_a, found.only_b))
        ]
        assert shown == wanted, (a, b)


def test_lines_have_paths_heads_at_their_ends_and_keep_clear_of_strangers(
    open_page: Opener, bundled_page: Path
) -> None:
    page = open_page(bundled_page, viewport={"width": 1440, "height": 900})
    claims = page.evaluate(
        "[...whosays.look().claims.values()].map(({ claim: { id, s, o } }) => [id, s, o])"
    )
    places = page.evaluate("Object.fromEntries(whosays.places())")

    paths = page.evaluate(
        "ids => ids.map((id) => whosays.path(id))", [c[0] for c in claims]
    )

    pierced = set()
    shown = {slug for _, *ends in claims for slug in ends}
    for (_, subject, object_), path in zip(claims, paths, strict=True):
        assert len(path) > 2
        if subject == object_:
            continue
        for end, point in ((subject, path[0]), (object_, path[-1])):
            at = places[end]
            assert hypot(point[0] - at["x"], point[1] - at["y"]) < at["r"] + 8
        for slug in shown - {subject, object_}:
            at = places[slug]
            near = min(hypot(x - at["x"], y - at["y"]) for x, y in path)
            if near < at["r"] * 0.8:
                pierced.add((subject, object_, slug))
    assert len({(min(a, b), max(a, b), slug) for a, b, slug in pierced}) <= 2
