"""SPARQL in the page: the same answers as on the command line, and nowhere to send them."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

import whosays
from tests.test_queries import FILES
from whosays import views
from whosays.asking import Asked, answer, written
from whosays.errors import WhosaysError
from whosays.kg import KG
from whosays.store import ask_folder
from whosays.views import engine

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        engine.engine() is None,
        reason="the SPARQL engine is not here; scripts/sparql-engine fetches it",
    ),
]

Opener = Callable[..., Any]
Barriers = Callable[..., list[tuple[str, list[str]]]]

STRAIT = {
    "actor": "cedar-front",
    "relation": "attacks",
    "source": "night-bulletin",
    "statement": "none",
    "stance": "denies",
    "date": "2031-04-02",
    "text": "x",
    "int": "2031",
}
BUNDLED = STRAIT | {
    "actor": "iran",
    "relation": "fights",
    "source": "iranwire-view-from-tehran",
    "int": "2014",
}
HOSTILE = [
    "",
    "'",
    '"',
    "\\",
    "}",
    "a\nb",
    "\t",
    "\x7f",
    "?_x } #",
    "{{7}}",
    "آب",
    "😀",
]


@pytest.fixture(scope="module")
def strait(tmp_path_factory: pytest.TempPathFactory) -> KG:
    folder = tmp_path_factory.mktemp("strait")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "queries").mkdir()
    (folder / "queries" / "containing.rq").write_text(
        "#+ summary: Statements whose gist holds a text\n#+ title: Containing\n"
        "#+ params: part=text on=date\n"
        "SELECT ?st ?gist { ?st ws:gist ?gist ; ws:saidFrom ?_on .\n"
        "  BIND (?_part AS ?part) FILTER (CONTAINS(?gist, ?part)) }\n",
        encoding="utf-8",
    )
    return whosays.load(folder)


@pytest.fixture(scope="module")
def pages(strait: KG, tmp_path_factory: pytest.TempPathFactory) -> Callable[[KG], Path]:
    """Write the page of a project once."""
    folder = tmp_path_factory.mktemp("pages")

    def write(kg: KG) -> Path:
        path = folder / f"{kg.path.name}.html"
        if not path.exists():
            kg.view(sparql=True).save(path)
        return path

    return write


@pytest.fixture(scope="module")
def shared(
    chromium: Any, pages: Callable[[KG], Path], strait: KG
) -> Iterator[tuple[Any, list[str]]]:
    """The page of the small world, panel open, and what went wrong in it.

    One for all tests that leave no trace: each would start an engine of its own.
    """
    context = chromium.new_context(offline=True, reduced_motion="reduce")
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda one: troubles.append(f"{one.type} {one.text}"))
    page.on("pageerror", lambda error: troubles.append(f"error {error}"))
    page.goto(pages(strait).as_uri())
    yield opened(page), troubles
    context.close()


@pytest.fixture
def page(shared: tuple[Any, list[str]]) -> Iterator[Any]:
    page, troubles = shared
    yield page
    assert troubles == []


def opened(page: Any) -> Any:
    page.keyboard.press("q")
    page.locator("#sparql-text").wait_for()
    page.set_default_timeout(60_000)
    return page


def ask(page: Any, text: str) -> str:
    """Ask as a reader does; give what the page then says of the answer."""
    page.locator("#sparql-text").fill(text)
    page.locator("#sparql-text").press("Control+Enter")
    page.locator("#sparql-run").wait_for(state="visible")
    return str(page.locator("#sparql-status").inner_text())


def native(asked: Asked, name: str, text: str, parameters: dict[str, str]) -> bytes:
    """Answer as the command does; values are bound already, which saves a process."""
    if not parameters or not isinstance(asked.quads, Path):
        return answer(asked, name, parameters, "json").content
    return ask_folder(asked.quads, text, asked.prefixes, "json", "turtle").content


def rows(content: str | bytes) -> tuple[list[str], list[str]]:
    """Read SPARQL results in JSON: the columns, and the rows in an order of their own."""
    found = json.loads(content)
    lines = [json.dumps(row, sort_keys=True) for row in found["results"]["bindings"]]
    return found["head"]["vars"], sorted(lines)


@pytest.mark.parametrize(
    "name", ["strait", pytest.param("bundled", marks=pytest.mark.slow)]
)
def test_every_named_query_has_the_answer_of_the_command(
    open_page: Opener, pages: Callable[[KG], Path], strait: KG, name: str
) -> None:
    kg, values = (strait, STRAIT) if name == "strait" else (whosays.load(), BUNDLED)
    page = opened(open_page(pages(kg)))
    asked = kg.asked()
    filled = 0
    for query in kg.queries().values():
        given = {param.name: values[param.type] for param in query.params}
        for parameters in [{}, given] if given else [{}]:
            text = written(asked, query.name, parameters)
            expected = rows(native(asked, query.name, text, parameters))

            found = page.evaluate("text => whosays.sparql.ask(text)", text)

            assert rows(found["rows"]) == expected, f"{query.name} {parameters}"
            filled += len(expected[1]) > 0
    assert filled > 26


def test_values_are_bound_as_on_the_command_line(page: Any, strait: KG) -> None:
    asked = strait.asked()
    for query in strait.queries().values():
        for size in range(len(query.params) + 1):
            for params in combinations(query.params, size):
                values = {one.name: STRAIT[one.type] for one in params}
                expected = written(asked, query.name, values)
                given = [[one.name, one.type, STRAIT[one.type]] for one in params]

                text = page.evaluate(
                    "([name, values]) => whosays.sparql.bound(name, values)",
                    [query.name, given],
                )

                header = "".join(
                    line
                    for line in expected.splitlines(keepends=True)
                    if line.startswith("#+")
                )
                assert header + text == expected


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_leaves_its_term(page: Any, strait: KG, text: str) -> None:
    expected = written(strait.asked(), "containing", {"part": text})

    found = page.evaluate(
        "text => whosays.sparql.bound('containing', [['part', 'text', text]])", text
    )

    assert expected.endswith(found)


@pytest.mark.parametrize(
    ("type", "text"),
    [
        ("actor", "nobody"),
        ("actor", "aldoria> } #"),
        ("relation", "is fond of"),
        ("statement", "a> <b"),
        ("date", "2031-02-31"),
        ("date", "2031"),
        ("int", "1e3"),
        ("int", "1 } #"),
        ("text", "no text holds \0"),
    ],
)
def test_what_is_no_value_is_refused(page: Any, type: str, text: str) -> None:
    found = page.evaluate("given => whosays.sparql.term(...given)", [type, text])

    assert found is None


def test_nothing_is_stated_that_is_only_said(page: Any, strait: KG) -> None:
    everywhere = "{ ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } }"
    relations = {one.iri for one in strait.collection.relations.values()}

    found = page.evaluate(
        "text => whosays.sparql.ask(text)", f"SELECT DISTINCT ?p {{ {everywhere} }}"
    )

    used = {
        row["p"]["value"] for row in json.loads(found["rows"])["results"]["bindings"]
    }
    assert len(used) > 30
    assert used & relations == set()
    assert whosays.vocab.DENIED + "arms" in used


def workers(page: Any, count: int) -> int:
    """Count the workers; the browser tells of a new or an ended one a little later."""
    for _ in range(200):
        if len(page.workers) == count:
            break
        page.wait_for_timeout(50)
    return len(page.workers)


def test_nothing_is_unpacked_before_the_panel_is_opened(
    open_page: Opener, pages: Callable[[KG], Path], strait: KG
) -> None:
    page = open_page(pages(strait))

    page.wait_for_timeout(300)

    assert page.workers == []
    assert page.locator("#sparql").count() == 0
    assert opened(page).locator("#sparql-note").inner_text().startswith("The whole")
    assert workers(page, 1) == 1


def test_a_reader_asks_a_named_question_and_follows_its_answer(page: Any) -> None:
    page.locator("#sparql-query").select_option("denied-by")
    page.get_by_label("speaker", exact=True).fill("Spokesman of the Front")

    page.get_by_label("speaker", exact=True).press("Enter")

    page.locator("#sparql-status", has_text="3 rows · ").wait_for()
    assert "VALUES ?_speaker" in page.locator("#sparql-text").input_value()
    page.locator("#sparql-answer td button", has_text="belmark").first.click()
    assert "sel=n%3Abelmark" in page.evaluate("whosays.hash()")


def test_cells_select_statements_claims_and_sources(page: Any, strait: KG) -> None:
    statement = next(one for one in strait.collection.statements if one.counts)
    ask(
        page,
        f"SELECT ?st ?p ?source {{ ?st ws:proposition ?p ; ws:source ?source "
        f"FILTER (?st = st:{statement.id}) }}",
    )
    cells = page.locator("#sparql-answer tbody button")
    hashes = []
    for number in range(3):
        cells.nth(number).click()
        hashes.append(page.evaluate("whosays.hash()"))

    claim = statement.proposition.replace("_", "|")
    assert f"sel=s%3A{statement.id}" in hashes[0]
    assert (
        page.evaluate("claim => encodeURIComponent('e:' + claim)", claim) in hashes[1]
    )
    assert f"p={statement.source}" in hashes[2]


def test_yes_and_no_are_sentences(page: Any) -> None:
    yes = ask(page, "ASK { ?st ws:stance ws:denies }")
    no = ask(page, "ASK { ?st ws:stance ws:shouts }")

    assert yes.startswith("Yes: ")
    assert no.startswith("No: ")


def test_a_graph_is_shown_as_turtle(page: Any, strait: KG) -> None:
    import pyoxigraph

    text = "DESCRIBE actor:aldoria"
    expected = strait.answer(text, "ntriples").content

    status = ask(page, text)

    shown = page.locator("#sparql-answer pre").inner_text()
    read = pyoxigraph.parse(shown, pyoxigraph.RdfFormat.TURTLE)
    again = pyoxigraph.serialize(read, None, pyoxigraph.RdfFormat.N_TRIPLES) or b""
    assert sorted(again.splitlines()) == sorted(expected.splitlines())
    assert "\nactor:aldoria " in shown
    assert "ws:Actor" in shown
    assert status.startswith("A graph, as Turtle")


def test_an_empty_answer_says_so(page: Any) -> None:
    status = ask(page, "SELECT ?s { ?s a ws:Nothing }")

    assert status.startswith("0 rows")
    assert (
        page.locator("#sparql-answer").inner_text()
        == "Nothing in the data answers this."
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT *\n{ ?s x:p ?o }", "Line 2, column 6: the prefix x: is not declared"),
        ("SELECT * {\n ?s ?p }", "Line 2, column 8: the query cannot be read at"),
        ("SELECT * { ?s ?p ?o", "Line 1, column 10: { is opened here"),
        ("SELECT * { ?s ?p ?o } }", "Line 1, column 23: } closes nothing"),
        ("DELETE WHERE { ?s ?p ?o }", "Line 1, column 1: the data can be asked"),
        ("SELECT * { SERVICE <http://x/> {} }", "Line 1, column 12: SERVICE"),
        ("SELECT * { ?s ?p 'x }", "Line 1, column 18: the string that opens here"),
        ("# only a remark", "There is no query yet"),
    ],
)
def test_a_mistake_is_shown_with_its_place(page: Any, text: str, said: str) -> None:
    status = ask(page, text)

    assert status.replace("\u2068", "").replace("\u2069", "").startswith(said)
    if said.startswith("Line"):
        assert page.locator("#sparql-answer pre").inner_text().endswith("^")


def test_a_name_that_is_not_known_is_marked(page: Any) -> None:
    page.locator("#sparql-query").select_option("about")
    page.locator("#sparql-run").wait_for(state="visible")
    page.get_by_label("actor", exact=True).fill("nobody at all")

    page.get_by_label("actor", exact=True).press("Enter")

    assert "not known here" in page.locator("#sparql-status").inner_text()
    assert page.locator("#sparql-param-actor").get_attribute("aria-invalid") == "true"


def test_the_table_of_values_is_safe_for_spreadsheets(
    page: Any, tmp_path: Path
) -> None:
    ask(page, """SELECT ?a ?b { VALUES (?a ?b) { ("=1+1" "say \\"hi\\", all") } }""")

    with page.expect_download() as waiting:
        page.locator("#sparql-save").click()

    waiting.value.save_as(tmp_path / "answer.csv")
    read = (tmp_path / "answer.csv").read_text("utf-8-sig")
    assert list(csv.reader(io.StringIO(read))) == [
        ["a", "b"],
        ["'=1+1", 'say "hi", all'],
    ]


def test_hostile_answers_are_text(page: Any) -> None:
    ask(page, "SELECT ('<img src=x onerror=alert(1)>' AS ?<b>) {}".replace("<b>", "b"))

    assert page.locator("#sparql-answer img").count() == 0
    assert "<img" in page.locator("#sparql-answer td").inner_text()


def test_a_long_answer_comes_in_parts(page: Any) -> None:
    ask(page, "SELECT * { ?s ?p ?o }")

    before = page.locator("#sparql-answer tbody tr").count()
    page.get_by_role("button", name="more").click()

    assert before == 200
    assert page.locator("#sparql-answer tbody tr").count() == 400


def test_a_query_without_end_is_stopped_and_the_next_one_answered(page: Any) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    page.locator("#sparql-text").fill(endless)
    page.locator("#sparql-text").press("Control+Enter")
    page.locator("#sparql-stop").click()
    page.locator("#sparql-run").wait_for(state="visible")
    stopped = page.locator("#sparql-status").inner_text()

    after = ask(page, "ASK { ?s ?p ?o }")

    assert stopped == "Stopped."
    assert after.startswith("Yes")
    assert workers(page, 1) == 1


def test_a_query_that_breaks_the_engine_leaves_the_page_whole(page: Any) -> None:
    deep = f"SELECT * {{ FILTER {'(' * 50_000}1{')' * 50_000} }}"

    broken = page.evaluate(
        "text => whosays.sparql.ask(text).catch((error) => error.message)", deep
    )

    assert broken.startswith("The engine was ended")
    assert ask(page, "ASK { ?s ?p ?o }").startswith("Yes")


def test_the_panel_is_reached_and_left_by_keyboard(page: Any) -> None:
    page.locator("#sparql").get_by_role("button", name="close").press("Enter")
    left = page.evaluate("document.activeElement.id")
    hidden = page.locator("#sparql").is_hidden()
    pressed = page.locator("#b-sparql").get_attribute("aria-pressed")
    page.keyboard.press("q")

    assert (left, hidden, pressed) == ("b-sparql", True, "false")
    assert page.locator("#sparql").is_visible()
    assert page.evaluate("document.activeElement.id") == "sparql-text"


@pytest.mark.parametrize("width", [420, 1024, 1440])
def test_nothing_is_cut_off_in_any_window(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    ask(page, "SELECT * { ?s ?p ?o } LIMIT 20")

    wide = page.evaluate("document.documentElement.scrollWidth")
    outside = page.evaluate(
        "[...document.querySelectorAll('#sparql :is(button, input, select, textarea)')]"
        ".filter((one) => !one.closest('#sparql-answer') && one.offsetParent &&"
        " (one.getBoundingClientRect().right > innerWidth ||"
        "  one.getBoundingClientRect().left < 0)).map((one) => one.id)"
    )

    assert wide <= width
    assert outside == []


def test_a_notebook_keeps_the_picture_without_the_engine(
    open_page: Opener, strait: KG, tmp_path: Path
) -> None:
    shown = strait.view(sparql=True)._repr_mimebundle_()["text/html"]
    outer = tmp_path / "notebook.html"
    outer.write_text(
        f"<!doctype html><html data-ready=yes><meta charset=utf-8>{shown}",
        encoding="utf-8",
    )

    frame = open_page(outer).frame_locator("iframe")
    frame.locator("#b-sparql").click()

    assert "not in this copy" in frame.locator("#sparql-note").inner_text()
    assert len(shown) < 1_000_000


class Handler(BaseHTTPRequestHandler):
    """Hands out one page and answers queries."""

    kg: KG
    html: bytes

    def do_GET(self) -> None:
        self.reply(200, "text/html; charset=utf-8", self.html)

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        assert self.headers["Content-Type"] == "application/sparql-query"
        try:
            found = answer(self.kg.asked(), text, {}, "", rows="json")
        except WhosaysError as problem:
            self.reply(400, "text/plain; charset=utf-8", str(problem).encode())
            return
        kind = (
            "text/turtle"
            if found.kind == "graph"
            else "application/sparql-results+json"
        )
        self.reply(200, kind, found.content)

    def reply(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *given: object) -> None:
        pass


@pytest.fixture
def served(strait: KG) -> Iterator[str]:
    panel = views.served(strait.collection, strait.path)
    html = views.render(strait.collection, strait.pairs(), panel=panel).html
    handler = type("Own", (Handler,), {"kg": strait, "html": html.encode()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_the_same_panel_asks_a_server(chromium: Any, served: str) -> None:
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(served)
    page.locator("html[data-ready=yes]").wait_for(state="attached")
    opened(page)

    rows = ask(page, "SELECT ?s { ?s a ws:Source }")
    graph = ask(page, "CONSTRUCT { ?s a ws:Source } { ?s a ws:Source }")
    fault = ask(page, "SELECT ?s { ?s a ws:Source ; }}")

    assert rows.startswith("3 rows")
    assert graph.startswith("A graph")
    assert "column" in fault
    assert page.workers == []
    context.close()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_panel_is_no_barrier(
    open_page: Opener,
    pages: Callable[[KG], Path],
    strait: KG,
    barriers: Barriers,
    colours: str,
) -> None:
    page = opened(open_page(pages(strait), color_scheme=colours))
    page.locator("#sparql-query").select_option("both-sides")
    page.locator("#sparql-answer table").wait_for()

    answered = barriers(page)
    ask(page, "SELECT * { ?s x:p ?o }")
    refused = barriers(page)

    assert answered == []
    assert refused == []
