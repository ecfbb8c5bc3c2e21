"""Long answers come in pages: no row is lost between them, and whoever asks is told."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

import whosays
from tests.calling import called
from tests.serving import call as get
from tests.serving import project, served
from whosays import asking, paging
from whosays.errors import UsageError
from whosays.queries import catalogue, find
from whosays.server import Server

PAGED = sorted(name for name, one in catalogue().items() if "# a page" in one.text)
OWN = {
    "first": "SELECT ?s { ?s a ws:Statement } ORDER BY ?s",
    "few": "SELECT ?s { ?s a ws:Statement } ORDER BY ?s\nLIMIT 2 # a page",
    "short": "SELECT ?s { ?s a ws:Statement } LIMIT 3",
    "is-any": "ASK { ?s a ws:Statement }",
    "graph": "CONSTRUCT { ?s a ws:Statement } WHERE { ?s a ws:Statement }",
    "taken": "#+ params: limit=int\nSELECT ?_limit { ?s a ws:Source . BIND (?_limit AS ?x) }",
    "odd": 'SELECT ?n ?t { VALUES (?n ?t) { (1 "a\\"b,{<result>") (2 "\\n,{") (3 "") } }',
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = project(tmp_path_factory.mktemp("paging"))
    (folder / "queries").mkdir(exist_ok=True)
    for name, text in OWN.items():
        (folder / "queries" / f"{name}.rq").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def kg(path: Path) -> whosays.KG:
    return whosays.load(path)


@pytest.fixture(scope="module")
def server(path: Path):
    with served(path) as one:
        yield one


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"))))[1:]


@pytest.mark.parametrize("name", ["disputed", *PAGED])
def test_the_pages_of_a_query_make_up_its_whole_answer(name: str, kg: whosays.KG):
    whole = lines(kg.answer(name).content)
    step = max(1, len(whole) // 2)

    found: list[list[str]] = []
    next, pages = 0, 0
    while not pages or next:
        answer = kg.answer(name, limit=step, offset=next)
        assert len(lines(answer.content)) <= step
        found += lines(answer.content)
        next, pages = answer.next, pages + 1

    assert sorted(found) == sorted(whole)
    assert pages == len(whole) // step + 1


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml"])
@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_a_full_page_is_known_whatever_its_rows_hold(
    format: str, limit: int, kg: whosays.KG
):
    answer = kg.answer("odd", format, limit=limit)

    assert answer.next == (limit if limit <= 3 else 0)


def test_a_program_gets_everything_unless_it_asks_for_less(kg: whosays.KG):
    everything = kg.query("few")

    assert len(everything) == len(kg.query("first")) > 2
    assert len(kg.query("few", limit=2)) == 2
    assert len(kg.query("few", limit="all")) == len(everything)
    assert len(kg.query("few", offset=len(everything))) == 0


def test_the_command_gives_a_page_and_says_so_even_if_quiet(path: Path):
    page = called("query", "few", "-p", path, "--quiet")
    rest = called("query", "few", "-p", path, "--offset", "2", "--limit", "all")
    whole = called("query", "few", "-p", path, "--limit", "all")

    assert len(lines(page.stdout)) == 2
    assert b"--offset 2" in page.stderr
    assert b"--limit all" in page.stderr
    assert lines(page.stdout) + lines(rest.stdout) == lines(whole.stdout)
    assert whole.stderr == rest.stderr == b""


def test_the_text_that_is_shown_gives_the_rows_that_were_asked_for(path: Path):
    shown = called("query", "few", "-p", path, "--limit", "7", "--show").stdout

    assert b"LIMIT 7" in shown
    assert b"a page" not in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("few", "--limit", "0"), "limit: “0” is no whole number"),
        (("few", "--limit", "-1"), "limit: “-1” is no whole number"),
        (("few", "--limit", "ten"), "limit=all"),
        (("few", "--limit", "9" * 40), "limit: “999"),
        (("few", "--offset", "-1"), "offset: “-1” is no whole number"),
        (("few", "limit=2", "--limit", "3"), "limit is given twice"),
        (("short", "--limit", "2"), "LIMIT of its own"),
        (("is-any", "--limit", "2"), "yes or no"),
        (("graph", "--offset", "2"), "a graph"),
    ],
)
def test_a_page_that_cannot_be_is_refused(
    words: tuple[str, ...], said: str, path: Path
):
    done = called("query", *words, "-p", path)

    assert done.returncode == 2
    assert done.stdout == b""
    assert said in " ".join(done.stderr.decode("utf-8").split())


def test_pages_of_free_sparql_are_for_its_writer(kg: whosays.KG):
    with pytest.raises(UsageError) as refused:
        kg.query("SELECT * { ?s ?p ?o }", limit=2)

    assert "LIMIT" in refused.value.hint


def test_a_query_keeps_a_parameter_of_that_name(kg: whosays.KG):
    found = kg.query("taken", limit=2)

    assert set(found.column("_limit")) == {2}


def test_the_service_links_to_the_page_that_follows(server: Server, kg: whosays.KG):
    whole = lines(kg.answer("few").content)

    found: list[list[str]] = []
    address, pages = "/query/few.csv", 0
    while address and pages <= len(whole):
        reply = get(server, address)
        found += lines(reply.body)
        link = re.fullmatch(r'<(.+)>; rel="next"', reply.headers["Link"] or "")
        address, pages = link[1] if link else "", pages + 1

    assert found == whole
    assert pages == len(whole) // 2 + 1


def test_the_service_gives_whole_answers_and_pages_of_any_length(server: Server):
    whole = get(server, "/query/few.json?limit=all")
    three = get(server, "/query/few.json?limit=3&offset=1")
    beyond = get(server, "/query/few.json?offset=9999")

    rows = json.loads(whole.body)["results"]["bindings"]
    assert whole.headers["Link"] is None
    assert json.loads(three.body)["results"]["bindings"] == rows[1:4]
    assert "offset=4" in three.headers["Link"]
    assert (beyond.status, json.loads(beyond.body)["results"]["bindings"]) == (200, [])


def test_a_page_for_people_has_a_link_to_the_next_one(server: Server):
    page = get(server, "/query/few.html?limit=2")

    assert 'href="?limit=2&amp;offset=2"' in page.text


@pytest.mark.parametrize(
    "asked", ["few?limit=0", "few?limit=x", "few?offset=-1", "is-any?limit=2"]
)
def test_the_service_refuses_a_page_that_cannot_be(server: Server, asked: str):
    assert get(server, f"/query/{asked}").status == 400


def test_other_peoples_graphs_are_cut_behind_everything(path: Path, kg: whosays.KG):
    asked = kg.asked(on=[path / "some.ttl"])._replace(by_page=True)

    inside = asking.written(kg.asked()._replace(by_page=True), "statements", {})
    behind = asking.written(asked, "statements", {})

    assert "LIMIT 1000\n  }" in inside
    assert behind.rstrip().endswith("LIMIT 1000")


@pytest.mark.parametrize("name", PAGED)
def test_a_query_says_once_how_long_a_page_is(name: str):
    text = find(name).text

    assert len(re.findall("# a page", text)) == 1
    assert paging.asked({}, text, bounded=True).limit == 1000
    assert "LIMIT" not in re.sub(r"LIMIT 1\b", "", paging.whole(text))
