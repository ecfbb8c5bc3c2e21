"""The SPARQL endpoint: the protocol, formats, addresses, and who may come in."""

from __future__ import annotations

import csv
import io
import json
import shutil
import socket
import subprocess
import urllib.request
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pyoxigraph
import pytest
import rdflib
import SPARQLWrapper as wrapper
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from tests.serving import ask, call, project, raw, served
from whosays import load
from whosays.server.negotiation import GRAPHS, ROWS, choose, wanted

DENIED = "SELECT ?s ?o { ?s denied:arms ?o } ORDER BY ?s ?o"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}
POSTED = (
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/sparql-query\r\n"
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return project(tmp_path_factory.mktemp("serve"))


@pytest.fixture(scope="module")
def server(path):
    with served(path) as running:
        yield running


@pytest.fixture(scope="module")
def kg(path):
    return load(path)


def test_the_three_forms_of_the_protocol_give_what_the_library_gives(server, kg):
    expected = kg.answer(DENIED, "json").content

    by_get = ask(server, DENIED)
    by_form = call(
        server,
        "/sparql",
        method="POST",
        body=urlencode({"query": DENIED}).encode(),
        headers=FORM,
    )
    direct = call(server, "/sparql", method="POST", body=DENIED.encode(), headers=QUERY)

    assert [by_get.body, by_form.body, direct.body] == [expected] * 3
    assert by_get.type == "application/sparql-results+json"
    assert json.loads(expected)["results"]["bindings"] != []


@pytest.mark.parametrize(
    ("format", "type"),
    [
        ("json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
        ("csv", "text/csv; charset=utf-8"),
        ("tsv", "text/tab-separated-values; charset=utf-8"),
    ],
)
def test_rows_come_in_every_format_by_name_and_by_header(server, kg, format, type):
    expected = kg.answer(DENIED, format).content

    by_name = ask(server, DENIED, format=format)
    by_alias = ask(server, DENIED, output=format)
    by_header = ask(server, DENIED, headers={"Accept": type})

    assert [one.body for one in (by_name, by_alias, by_header)] == [expected] * 3
    assert {by_name.type, by_alias.type, by_header.type} == {type}


@pytest.mark.parametrize("format", ["turtle", "nt", "rdf", "jsonld", "trig", "nq"])
def test_graphs_come_in_every_format_and_hold_the_same_triples(server, kg, format):
    text = "CONSTRUCT { ?s skos:prefLabel ?l } WHERE { ?s skos:prefLabel ?l }"
    expected = set(pyoxigraph.parse(kg.answer(text, "nt").content, _rdf("n-triples")))

    reply = ask(server, text, format=format)

    found = set(pyoxigraph.parse(reply.body, _rdf(reply.type.partition(";")[0])))
    assert len(expected) > 10
    assert {quad.triple for quad in found} == {quad.triple for quad in expected}


def _rdf(type):
    found = pyoxigraph.RdfFormat.from_media_type(
        type if "/" in type else f"application/{type}"
    )
    assert found is not None
    return found


def test_ask_and_describe_are_answered(server):
    yes = ask(server, "ASK { ?s denied:arms ?o }")
    described = ask(server, "DESCRIBE actor:aldoria")

    assert json.loads(yes.body)["boolean"] is True
    assert described.type == "text/turtle; charset=utf-8"
    assert b"Aldoria" in described.body


@pytest.mark.parametrize(
    ("accept", "rows", "graph"),
    [
        ("", "json", "turtle"),
        ("*/*", "json", "turtle"),
        ("application/sparql-results+xml, application/rdf+xml", "xml", "rdfxml"),
        ("application/turtle,text/turtle", "json", "turtle"),
        ("application/n-quads,application/trig;q=0.9,*/*;q=0.1", "json", "nquads"),
        ("text/csv;q=0.5, text/tab-separated-values;q=0.7", "tsv", "turtle"),
        ("application/n-quads, text/*;q=0.4", "csv", "nquads"),
        ("application/x-unheard-of, text/csv;q=0.2", "csv", "turtle"),
        ("application/json;q=0, */*;q=0.5", "json", "turtle"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "html", "html"),
        ("image/png", "json", "turtle"),
        ("text/csv;q=nonsense", "csv", "turtle"),
        ("TEXT/CSV ; Q=0.3", "csv", "turtle"),
        (";;,,", "json", "turtle"),
        ("application/sparql-results+json;charset=utf-8", "json", "turtle"),
    ],
)
def test_an_accept_header_is_read_as_clients_write_them(accept, rows, graph):
    assert wanted([], accept) == (rows, graph)


def test_a_type_with_quality_zero_is_not_chosen():
    accept = "application/sparql-results+json;q=0,application/json;q=0,*/*"

    assert choose(accept, ROWS) == "xml"
    assert choose("text/turtle;q=0", GRAPHS) == ""


def test_unknown_formats_and_parameters_are_passed_over(server):
    reply = ask(
        server,
        DENIED,
        format="no-such-format",
        timeout="5",
        should_sponge="soft",
        headers={"Accept": "text/csv"},
    )

    assert reply.status == 200
    assert reply.type.startswith("text/csv")


def test_a_format_that_cannot_hold_the_answer_is_an_error(server):
    rows = ask(server, "CONSTRUCT WHERE { ?s ?p ?o }", format="csv")
    graph = ask(server, DENIED, format="turtle")

    assert (rows.status, graph.status) == (406, 406)
    assert "format=turtle" in rows.text
    assert "format=csv" in graph.text


def test_the_data_set_of_the_protocol_goes_before_that_of_the_query(server, kg):
    graphs = kg.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    one, other = (
        kg.answer(
            f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{g}> {{ ?s ?p ?o }} }}", "csv"
        ).text
        for g in _full(kg, graphs)[:2]
    )
    first, second = _full(kg, graphs)[:2]
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    named = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"

    default = ask(server, count, format="csv", **{"default-graph-uri": first})
    over = ask(
        server,
        f"SELECT (COUNT(*) AS ?n) FROM <{first}> {{ ?s ?p ?o }}",
        format="csv",
        **{"default-graph-uri": second},
    )
    only = ask(server, named, format="csv", **{"named-graph-uri": second})

    assert default.text == one
    assert over.text == other
    assert only.text.split() == ["g", second]


def test_an_empty_field_of_a_form_names_no_graph(server):
    counts = (
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    )

    for count in counts:
        all_of_it = ask(server, count, format="csv").text
        for name in ("default-graph-uri", "named-graph-uri"):
            assert ask(server, count, format="csv", **{name: ""}).text == all_of_it


def _full(kg, rows):
    spaces = kg.asked().prefixes
    full = [row["g"].replace("g:", spaces["g"], 1) for row in rows]
    assert all(iri.startswith("http") for iri in full)
    return full


def test_a_graph_that_is_not_there_is_named_and_nothing_is_fetched(server):
    unknown = ask(server, "ASK {}", **{"default-graph-uri": "http://127.0.0.1:1/x"})
    relative = ask(server, "ASK {}", **{"named-graph-uri": "nowhere"})

    assert (unknown.status, relative.status) == (400, 400)
    assert "http://127.0.0.1:1/x" in unknown.text
    assert "WS703" in unknown.text


def test_a_mistake_is_told_in_plain_text_with_line_and_column(server):
    reply = ask(server, "SELECT ?a (COUNT(?b) AS ?n)\n{ ?a ?p ?b }")
    script = ask(server, "SELECT <script>alert(1)</script>")

    assert reply.status == script.status == 400
    assert reply.type == script.type == "text/plain; charset=utf-8"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "line 1, column" in reply.text
    assert "GROUP BY ?a" in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?a ?b ?c FILTER(?a<2)SERVICE#>\n<http://127.0.0.1:9/> {} }",
        "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
        "BASE <http://127.0.0.1:9/a/> SELECT * FROM <../b> { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/>",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "DROP ALL",
        "SELECT * { ?s ?p ?o } ; CLEAR ALL",
        "",
        "\x00",
    ],
)
def test_what_reaches_out_or_writes_is_refused_and_the_data_stay(server, text):
    count = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    before = ask(server, count, format="csv").body

    replies = [
        ask(server, text),
        call(server, "/sparql", method="POST", body=text.encode(), headers=QUERY),
        call(
            server,
            "/sparql",
            method="POST",
            body=urlencode({"query": text}).encode(),
            headers=FORM,
        ),
    ]

    assert {reply.status for reply in replies} == {400}
    assert ask(server, count, format="csv").body == before


def test_updates_have_no_route_in_any_form(server):
    update = "INSERT DATA { <a:a> <a:b> <a:c> }"
    direct = {"Content-Type": "application/sparql-update"}
    form = urlencode({"update": update}).encode()

    replies = [
        call(server, "/sparql", method="POST", body=update.encode(), headers=direct),
        call(server, "/sparql", method="POST", body=form, headers=FORM),
        call(server, f"/sparql?update={quote(update)}"),
        *(
            call(server, address, method=method, body=b"<a:a> <a:b> <a:c> .")
            for method in ("PUT", "DELETE", "PATCH")
            for address in ("/sparql", "/sparql?graph=a:g", "/query/contested.csv")
        ),
        call(server, "/", method="POST", body=b"x=1", headers=FORM),
    ]

    assert {reply.status for reply in replies} == {405}
    assert all(reply.headers["Allow"] for reply in replies)


@pytest.mark.parametrize(
    ("address", "body", "headers", "status"),
    [
        ("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, {}, 400),
        ("/sparql?default-graph-uri=a:b", None, {}, 400),
        ("/sparql?query=ASK%7B%7D&default-graph-uri=:", None, {}, 400),
        ("/sparql?query=ASK%7B%7D&named-graph-uri=1a:b", None, {}, 400),
        ("/sparql?query=ASK%7B%7D&default-graph-uri=http://[::1", None, {}, 400),
        ("/sparql", b"a=b", FORM, 400),
        ("/sparql", b"query=%ff", FORM, 400),
        ("/sparql", b"query=\xff", FORM, 400),
        ("/sparql?query=ASK%7B%7D", b"ASK {}", QUERY, 400),
        ("/sparql", b"ASK {}", {"Content-Type": "text/plain"}, 415),
        ("/sparql", b"ASK {}", {"Content-Type": ""}, 415),
        (
            "/sparql",
            b"ASK {}",
            {"Content-Type": "application/sparql-query; charset=latin-1"},
            415,
        ),
        ("/sparql", b"\xff", QUERY, 400),
        ("/sparql?" + "&".join("a=b" for _ in range(300)), None, {}, 400),
        ("/nothing", None, {}, 404),
        ("/query/nothing.csv", None, {}, 404),
        ("/query/contested.nothing", None, {}, 404),
        ("/query/../../../etc/passwd", None, {}, 404),
        ("/..%2f..%2fetc/passwd", None, {}, 404),
        ("//example.org/x", None, {}, 404),
        ("/query/contested.csv?actor=aldoria&actor=belmark", None, {}, 400),
        ("/query/contested.csv?colour=red", None, {}, 400),
        ("/query/contested.csv?actor=nobody-known", None, {}, 400),
    ],
)
def test_a_request_that_is_none_is_refused(server, address, body, headers, status):
    method = "GET" if body is None else "POST"

    reply = call(server, address, method=method, body=body, headers=headers)

    assert reply.status == status
    assert reply.type == "text/plain; charset=utf-8"
    assert "Location" not in reply.headers


def test_letters_that_are_not_escaped_in_an_address_are_utf_8(server):
    head = b"&format=csv HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    question = 'GET /sparql?query=SELECT(STR("Çay")AS?x){}'

    told = raw(server, question.encode("utf-8") + head)
    refused = raw(server, question.encode("latin-1") + head)

    assert told.startswith(b"HTTP/1.1 200")
    assert told.endswith("\r\n\r\nx\r\nÇay\r\n".encode())
    assert refused.startswith(b"HTTP/1.1 400")


def test_an_error_shows_characters_that_would_move_a_cursor(server):
    reply = ask(server, 'ASK { ?s ?p "\x1b[2J\x9b" . } }')

    assert reply.status == 400
    assert "⟨U+001B⟩[2J⟨U+009B⟩" in reply.text


def test_a_form_may_name_its_charset(server):
    headers = {"Content-Type": 'application/x-www-form-urlencoded; charset="UTF-8"'}

    reply = call(
        server,
        "/sparql",
        method="POST",
        body=urlencode({"query": "ASK { BIND ('ä' AS ?x) }"}).encode(),
        headers=headers,
    )

    assert reply.status == 200


def test_named_queries_are_addresses(server, kg):
    plain = call(server, "/query/contested.csv")
    bound = call(server, "/query/disputed.json?actor=Republic+of+Aldoria")
    negotiated = call(server, "/query/contested", headers={"Accept": "text/csv"})
    empty = call(server, "/query/disputed.csv?actor=")

    assert plain.body == negotiated.body == kg.answer("contested", "csv").content
    assert bound.body == kg.answer("disputed", "json", actor="aldoria").content
    assert empty.body == kg.answer("disputed", "csv").content
    assert len(plain.text.splitlines()) > 1


def test_a_query_that_the_project_brings_along_is_served_at_once(server, path, kg):
    folder = path / "queries"
    folder.mkdir(exist_ok=True)
    text = "#+ summary: How many\nSELECT (COUNT(*) AS ?n) { ?s a ws:Statement }\n"
    (folder / "how-many.rq").write_text(text, "utf-8")

    reply = call(server, "/query/how-many.csv")

    assert reply.body == kg.answer("how-many", "csv").content


def test_without_a_question_programs_get_a_description_and_people_a_page(server):
    program = call(server, "/sparql")
    person = call(server, "/sparql", headers={"Accept": "text/html"})
    quads = call(server, "/sparql", headers={"Accept": "application/n-quads,*/*;q=.1"})

    graph = rdflib.Graph().parse(data=program.body, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = rdflib.URIRef(f"{server.url}sparql")
    assert (service, sd.endpoint, service) in graph
    assert len(set(graph.objects(service, sd.resultFormat))) == 10
    assert person.type.startswith("text/html")
    assert b"<textarea" in person.body
    assert quads.type.startswith("application/n-quads")
    assert rdflib.Dataset().parse(data=quads.body, format="nquads")


def test_the_description_of_the_data_is_where_it_is_looked_for(server):
    reply = call(server, "/.well-known/void", headers={"Accept": "text/turtle"})

    graph = rdflib.Graph().parse(data=reply.body, format="turtle")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    datasets = list(graph.subjects(rdflib.RDF.type, void.Dataset))
    assert len(datasets) == 1
    partitions = list(graph.objects(datasets[0], void.propertyPartition))
    assert partitions
    assert all(list(graph.objects(one, void.triples)) for one in partitions)


def test_head_tells_what_get_would_send(server):
    path = f"/sparql?{urlencode({'query': DENIED, 'format': 'csv'})}"

    head = call(server, path, method="HEAD")
    get = call(server, path)

    assert head.body == b""
    assert head.headers["Content-Length"] == str(len(get.body))
    assert head.type == get.type


def test_the_limits_stand_in_a_header(server):
    assert ask(server, "ASK {}").headers["Whosays-Limits"] == (
        "seconds=10, rows=1000000, bytes=268435456"
    )


def test_pages_hold_no_script_and_forbid_any(server):
    pages = [
        call(server, "/"),
        call(server, "/query/contested?format=html"),
        ask(server, "SELECT ('<script>alert(1)</script>' AS ?x) {}", format="html"),
        ask(server, "CONSTRUCT WHERE { ?s skos:prefLabel ?o }", format="html"),
        ask(server, "ASK {}", format="html"),
    ]

    for page in pages:
        assert page.status == 200
        assert page.type == "text/html; charset=utf-8"
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert b"<script" not in page.body
        assert b" on" + b"click" not in page.body
    assert "&lt;script&gt;" in pages[2].text
    assert "yes" in pages[4].text


def test_a_link_in_an_answer_leads_only_to_the_web(server):
    text = (
        "SELECT ?x { VALUES ?x { <javascript:alert(1)> <data:text/html,x>"
        " <https://example.org/a> } }"
    )

    page = ask(server, text, format="html").text

    assert 'href="https://example.org/a"' in page
    assert 'href="javascript' not in page
    assert 'href="data:text' not in page


def test_the_view_is_served(server):
    reply = call(server, "/view")

    assert reply.status == 200
    assert b"Cedar Front" in reply.body
    assert b"Content-Security-Policy" in reply.body


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:7878", 200),
        ("127.0.0.1:9999", 200),
        ("[::1]:80", 200),
        ("evil.example", 403),
        ("localhost.evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("[::1].evil.example", 403),
        ("", 403),
    ],
)
def test_only_the_names_of_this_computer_are_answered_to(server, host, status):
    reply = call(server, "/sparql?query=ASK%7B%7D", headers={"Host": host})

    assert reply.status == status


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("http://localhost/sparql?query=ASK%7B%7D", 200),
        ("HTTP://127.0.0.1:7878/sparql?query=ASK%7B%7D", 200),
        ("http://evil.example/sparql?query=ASK%7B%7D", 403),
        ("http://localhost@evil.example/sparql?query=ASK%7B%7D", 403),
        ("http://localhost", 200),
        ("https://localhost/sparql?query=ASK%7B%7D", 404),
    ],
)
def test_a_whole_address_as_to_a_proxy_is_an_address_here(server, target, status):
    assert call(server, target).status == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, 200),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, 200),
    ],
)
def test_pages_of_other_origins_may_not_ask(server, headers, status):
    reply = call(server, "/sparql?query=ASK%7B%7D", headers=headers)

    assert reply.status == status
    assert "Access-Control-Allow-Origin" not in reply.headers


def test_its_own_pages_may_ask(server):
    origin = server.url.rstrip("/")

    reply = call(server, "/sparql?query=ASK%7B%7D", headers={"Origin": origin})

    assert reply.status == 200


def test_an_origin_that_was_named_may_ask_and_read(path):
    with served(path, origins=["https://one.example", "null"]) as server:
        preflight = call(
            server,
            "/sparql",
            method="OPTIONS",
            headers={
                "Origin": "https://one.example",
                "Access-Control-Request-Method": "POST",
            },
        )
        asked = ask(server, "ASK {}", headers={"Origin": "null"})
        other = ask(server, "ASK {}", headers={"Origin": "https://two.example"})
        plain = ask(server, "ASK {}")

    assert preflight.status == 204
    allowed = "Access-Control-Allow-Origin"
    assert preflight.headers[allowed] == "https://one.example"
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert asked.headers[allowed] == "null"
    assert (other.status, other.headers[allowed]) == (403, None)
    assert (plain.status, plain.headers[allowed]) == (200, None)


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"GET /sparql HTTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", b"403"),
        (b"NONSENSE\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nnonsense\r\n\r\n", b"400"),
        (POSTED + b"Content-Length : 6\r\n\r\nASK {}", b"400"),
        (b"BREW /pot HTTP/1.1\r\nHost: localhost\r\n\r\n", b"501"),
        (b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", b"505"),
        (b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", b"414"),
        (
            b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 70000 + b"\r\n\r\n",
            b"431",
        ),
        (
            b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: a\r\n" * 200 + b"\r\n",
            b"431",
        ),
        (POSTED + b"Content-Length: 1048577\r\n\r\n", b"413"),
        (POSTED + b"Content-Length: -1\r\n\r\n", b"400"),
        (POSTED + b"Content-Length: 6\r\nContent-Length: 7\r\n\r\nASK {}", b"400"),
        (POSTED + b"Transfer-Encoding: chunked\r\n\r\n6\r\nASK {}\r\n0\r\n", b"411"),
        (b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n", b"403"),
    ],
)
def test_bytes_that_no_client_sends_are_refused_in_plain_text(server, data, status):
    reply = raw(server, data.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))

    assert status in reply.partition(b"\r\n")[0]
    assert b"text/plain" in reply
    assert b"Traceback" not in reply


def test_a_body_that_is_cut_is_no_query(server):
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port), 20) as link:
        link.sendall(POSTED + b"Content-Length: 100\r\n\r\nASK {}")
        link.shutdown(socket.SHUT_WR)
        reply = link.recv(65536)

    assert reply.startswith(b"HTTP/1.1 400")


def test_one_connection_may_bring_many_questions(server):
    request = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = b"GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    reply = raw(server, request * 5 + last)

    assert reply.count(b"HTTP/1.1 200 OK") == 5
    assert reply.count(b'"boolean":true') == 5
    assert reply.count(b"HTTP/1.1 404") == 1


# --- clients of others


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_it_as_a_store(server, kg, method):
    store = SPARQLStore(f"{server.url}sparql", method=method)
    graph = rdflib.Graph(store=store)
    prefixes = kg.asked().prefixes

    found: list[Any] = list(graph.query(DENIED, initNs=prefixes))
    labels = list(
        graph.objects(
            rdflib.URIRef(prefixes["actor"] + "aldoria"), rdflib.SKOS.prefLabel
        )
    )

    assert [tuple(map(str, row)) for row in found] == [
        (f"{prefixes['actor']}{row['s']}", f"{prefixes['actor']}{row['o']}")
        for row in kg.query(DENIED)
    ]
    assert rdflib.Literal("Aldoria", lang="en") in labels


def test_rdflib_asks_it_as_a_service(server, kg):
    text = f"SELECT ?s ?o {{ SERVICE <{server.url}sparql> {{ {{ {DENIED} }} }} }}"

    found = rdflib.Graph().query(text, initNs=kg.asked().prefixes)

    assert len(list(found)) == len(kg.query(DENIED))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # its own use
def test_sparqlwrapper_reads_rows_and_graphs(server, kg):
    client: Any = wrapper.SPARQLWrapper(f"{server.url}sparql")
    rows = len(kg.query(DENIED))

    client.setQuery(DENIED)
    client.setReturnFormat(wrapper.JSON)
    as_json = client.queryAndConvert()["results"]["bindings"]
    client.setReturnFormat(wrapper.XML)
    as_xml = client.queryAndConvert().getElementsByTagName("result")
    client.setMethod(wrapper.POST)
    client.setReturnFormat(wrapper.CSV)
    as_csv = client.queryAndConvert().decode().split()
    client.setQuery("CONSTRUCT WHERE { ?s skos:prefLabel ?o }")
    graphs = []
    for format in (wrapper.TURTLE, wrapper.RDFXML, wrapper.JSONLD):
        client.setReturnFormat(format)
        answer = client.queryAndConvert()
        if isinstance(answer, bytes):
            answer = rdflib.Graph().parse(data=answer, format=format)
        graphs.append(len(answer))

    assert len(as_json) == len(as_xml) == len(as_csv) - 1 == rows
    assert len(set(graphs)) == 1
    assert graphs[0] > 10


def test_pandas_reads_a_named_query_and_any_query(server, kg):
    import pandas

    named = pandas.read_csv(f"{server.url}query/contested.csv")
    free = pandas.read_csv(
        f"{server.url}sparql?{urlencode({'query': DENIED, 'format': 'csv'})}"
    )

    assert len(named) == len(kg.query("contested"))
    assert list(free.columns) == ["s", "o"]
    assert len(free) == len(kg.query(DENIED))


def test_urllib_and_curl_get_json_unless_they_ask_otherwise(server, kg):
    address = f"{server.url}sparql?{urlencode({'query': DENIED})}"

    with urllib.request.urlopen(address, timeout=20) as response:
        by_urllib = response.read()
    by_curl = _curl(server, "--data-urlencode", f"query={DENIED}")
    as_csv = _curl(
        server, "-H", "Accept: text/csv", "-G", "--data-urlencode", f"query={DENIED}"
    )

    assert by_urllib == by_curl == kg.answer(DENIED, "json").content
    rows = list(csv.DictReader(io.StringIO(as_csv.decode())))
    assert len(rows) == len(kg.query(DENIED))


@pytest.mark.parametrize("more", [[], ["--post"]], ids=["get", "post"])
def test_rsparql_of_jena_reads_rows_and_graphs(server, kg, more):
    program = _installed("rsparql")
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    graph = "CONSTRUCT WHERE { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?o }"

    def run(text, format):
        return _output(
            [program, *more, f"--service={server.url}sparql", f"--results={format}"],
            text,
        )

    assert run(count, "CSV").split() == kg.answer(count, "csv").text.split()
    assert run("ASK { ?s ?p ?o }", "JSON").count("true") == 1
    found = set(pyoxigraph.parse(run(graph, "NT").encode(), _rdf("n-triples")))
    expected = set(pyoxigraph.parse(kg.answer(graph, "nt").content, _rdf("n-triples")))
    assert found == expected


def test_comunica_finds_out_that_it_is_an_endpoint(server, kg):
    program = _installed("comunica-sparql")
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

    found = _output([program, "-t", "text/csv", f"{server.url}sparql"], count)

    assert found.split() == kg.answer(count, "csv").text.split()


def _installed(name):
    program = shutil.which(name)
    if program is None:
        pytest.skip(f"{name} is not installed")
    return program


def _output(command, text):
    done = subprocess.run(
        [*command, text], capture_output=True, text=True, timeout=120, check=True
    )
    return done.stdout


def _curl(server, *arguments):
    command = ["curl", "-sf", "--max-time", "20", *arguments, f"{server.url}sparql"]
    return subprocess.run(command, capture_output=True, check=True).stdout
