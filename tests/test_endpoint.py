"""Asking servers elsewhere: whole answers or errors, and nothing that slips out."""

from __future__ import annotations

import json
import socket
import threading
import time

import pytest

from tests.serving import project, served
from tests.sparql_server import status, stranger, text
from whosays import load
from whosays.cli.main import main
from whosays.errors import LimitReached, OutsideError, QueryError, UsageError
from whosays.remote import Credentials, Patience, Remote, checked, shown
from whosays.store import ask_endpoint
from whosays.store.dialects import queries_beside
from whosays.worker import Limits

ROWS = "SELECT ?s { ?s ?p ?o } ORDER BY ?s"
WHOLE = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'
SECRET = "s3cret-of-mine"


@pytest.fixture
def server():
    with stranger() as running:
        running.store.update("INSERT DATA { <a:1> <a:p> 'x' . <a:2> <a:p> <a:1> }")
        yield running


@pytest.fixture(autouse=True)
def _no_credentials(monkeypatch):
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"WHOSAYS_ENDPOINT_{name}", raising=False)


def ask(server, query=ROWS, **options):
    return ask_endpoint(server.url("/sparql"), query, **options)


@pytest.mark.parametrize("format", ["json", "xml", "csv", "tsv"])
def test_rows_come_in_the_formats_that_a_project_gives(server, format):
    result = ask(server, rows=format)

    assert result.kind == "select"
    assert result.format == format
    assert result.variables == ("s",)
    assert result.content.count(b"a:") == 2


def test_ask_and_construct_are_answered(server):
    yes = ask(server, "ASK { <a:1> ?p ?o }")
    graph = ask(server, "CONSTRUCT WHERE { ?s ?p ?o }", graph="ntriples")

    assert yes.boolean is True
    assert sorted(graph.text.splitlines()) == [
        '<a:1> <a:p> "x" .',
        "<a:2> <a:p> <a:1> .",
    ]


def test_a_query_is_sent_once_by_form_and_as_it_is(server):
    query = "SELECT ?s { ?s ?p ?o FILTER(?o != 'ä service &+%') }"

    ask(server, query, default_graph="https://example.org/g")

    (method, path, headers, body), *more = server.seen
    assert (method, path, more) == ("POST", "/sparql", [])
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert "Authorization" not in headers
    assert b"service" in body
    assert b"default-graph-uri=https%3A%2F%2Fexample.org%2Fg" in body


def test_graphs_that_are_opened_by_name_are_named_beside_a_default_graph(server):
    prefix = "PREFIX g: <https://example.org/g/> "

    ask(
        server,
        prefix + "ASK { GRAPH g:a { ?s ?p ?o } GRAPH <b:b> {} }",
        default_graph="a:d",
    )
    ask(server, "ASK { GRAPH <b:b> {} GRAPH ?g {} }", default_graph="a:d")

    assert (
        b"named-graph-uri=https%3A%2F%2Fexample.org%2Fg%2Fa&named-graph-uri=b%3Ab"
        in (server.seen[0][3])
    )
    assert b"named-graph-uri" not in server.seen[1][3]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "PREFIX a: <a:> DELETE WHERE { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o } ; CLEAR ALL",
        "DROP ALL",
        "LOAD <http://127.0.0.1:9/>",
        "MODIFY <a:g> DELETE {} INSERT {} WHERE {}",
        r"SELECT * { ?s ?p '\u0027 } ; DROP ALL # ' }",
        "no query",
        "",
        "# SELECT",
    ],
)
def test_what_writes_or_reaches_out_is_not_even_sent(server, query):
    with pytest.raises(QueryError):
        ask(server, query)

    assert server.seen == []


def test_the_words_of_writing_may_be_said_and_named(server):
    query = "SELECT ?insert { ?insert <a:delete> 'DROP ALL' . ?x <a:clear> ?y } # LOAD"

    assert ask(server, query).rows() is not None


def test_answers_that_other_engines_word_otherwise_are_understood(server):
    typed = (
        b'{"head":{"link":[],"vars":["n"]},"results":{"distinct":false,"bindings":'
        b'[{"n":{"type":"typed-literal","datatype":'
        b'"http://www.w3.org/2001/XMLSchema#integer","value":"7"}}]}}'
    )
    asked = typed.replace(b'"n"', b'"__ASK_RETVAL"').replace(b'"7"', b'"1"')
    server.faults = [text(typed), text(asked)]

    number = ask(server)
    yes = ask(server, "ASK {}")

    assert number.rows()[0]["n"] == 7
    assert (yes.kind, yes.boolean) == ("ask", True)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (text(b"<html>Sorry</html>", "text/html"), "text/html instead of an answer"),
        (text(WHOLE[:-9]), "cut or ill-formed"),
        (text(b'{"head":{}}'), "cut or ill-formed"),
        (
            text(b'{"head":{"vars":["s"]},"results":{"bindings":[{"t":{}}]}}'),
            "ill-formed",
        ),
        (text(b'{"boolean":"yes"}'), "ill-formed"),
        (text(b"[" * 100_000), "ill-formed"),
        (text(b"\xff"), "ill-formed"),
        (text(b""), "ill-formed"),
        (text(WHOLE, X_SPARQL_MaxRows="10"), "10 rows at most"),
        (text(WHOLE, X_SQL_State="S1TAT"), "stopped before the end"),
        (text(WHOLE, Content_Encoding="gzip"), "packs its reply"),
        (status(301, Location="https://elsewhere.example/sparql"), "sends elsewhere"),
        (status(500), "answered 500"),
        (status(503), "answered 503"),
        (status(404), "answered 404"),
        (status(413), "smaller requests"),
        (status(403), "does not let this user in"),
        (status(401, WWW_Authenticate='Basic realm="x"'), "asks for credentials"),
        (status(401, WWW_Authenticate="Negotiate"), "asks for credentials"),
        (lambda handler: handler.hang_up(), "ended the connection"),
    ],
    ids=range(20),
)
def test_what_is_no_whole_answer_is_an_error_that_names_the_server(
    server, fault, words
):
    server.faults = [fault]

    with pytest.raises(OutsideError, match=words) as caught:
        ask(server)

    assert caught.value.exit_code == 3
    assert caught.value.code == "WS903"
    assert server.url("/sparql") in caught.value.message
    assert len(server.seen) == 1


def test_a_graph_that_is_cut_is_an_error(server):
    construct = "CONSTRUCT WHERE { ?s ?p ?o }"
    server.faults = [
        text(b"<a:1> <a:p> <a", "application/n-triples"),
        text(b"<html>", "text/html"),
        text(WHOLE),
    ]

    for words in ("cut or ill-formed", "instead of a graph", "instead of a graph"):
        with pytest.raises(OutsideError, match=words):
            ask(server, construct)


def test_the_words_of_a_server_are_quoted_without_control_characters(server):
    def refuse(handler):
        handler.reply(400, b"line 1: no \x1b[2J such thing\n\n" + b"x" * 100_000)
        return True

    server.faults = [refuse]

    with pytest.raises(QueryError) as caught:
        ask(server)

    assert "line 1: no ⟨U+001B⟩[2J such thing" in caught.value.message
    assert len(caught.value.message) < 1000


def raw_server(answer):
    """Listen once and let a function speak to the socket."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = listener.accept()
        with connection:
            received = b""
            while not received.endswith(b"+%3Fs"):  # the end of what is asked here
                received += connection.recv(65536)
            try:
                answer(connection)
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}/sparql", listener


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"


def drip(connection):
    connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
    for _ in range(400):
        connection.sendall(b" ")
        time.sleep(0.02)


def drip_headers(connection):
    for _ in range(400):
        connection.sendall(b"H")
        time.sleep(0.02)


def say_nothing(connection):
    time.sleep(8)


@pytest.mark.parametrize("answer", [drip, drip_headers, say_nothing])
def test_a_slow_server_is_waited_for_only_so_long(answer):
    url, listener = raw_server(answer)

    with pytest.raises(LimitReached, match="took too long"):
        ask_endpoint(url, ROWS, limits=Limits(seconds=1))

    listener.close()


def test_an_endless_answer_is_ended_at_its_size():
    def endless(connection):
        connection.sendall(HEAD + b"Connection: close\r\n\r\n")
        while True:
            connection.sendall(b" " * 65536)

    url, listener = raw_server(endless)

    with pytest.raises(LimitReached, match="more than 1,000,000 bytes"):
        ask_endpoint(url, ROWS, limits=Limits(seconds=20, output=1_000_000))

    listener.close()


@pytest.mark.parametrize(
    "answer",
    [
        HEAD + b"Content-Length: 1000\r\n\r\n" + WHOLE,
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{}   \r\n",
        b"HTTP/1.1 200",
        b"\x00\x01\x02 nonsense",
        b"",
    ],
)
def test_a_cut_reply_is_no_reply(answer):
    url, listener = raw_server(lambda connection: connection.sendall(answer))

    with pytest.raises(OutsideError, match=r"cut|ended|sends nothing"):
        ask_endpoint(url, ROWS)

    listener.close()


def test_a_graph_whose_end_nobody_announced_is_refused():
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/n-triples\r\n\r\n"
    url, listener = raw_server(
        lambda connection: connection.sendall(head + b"<a:1> <a:p> <a:2> .\n")
    )

    with pytest.raises(OutsideError, match="where its answer ends"):
        ask_endpoint(url, "CONSTRUCT WHERE { ?s ?p ?o } ORDER BY ?s")

    listener.close()


def test_nobody_at_the_address_is_told_in_a_line():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(OutsideError, match="cannot be reached: connection refused"):
        ask_endpoint(f"http://127.0.0.1:{port}/", ROWS)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "example.org",
        "http://",
        "http://example.org:port/",
        "http://example.org:99999/",
        "http://user:secret@example.org/",
        "http://example.org/\r\nX: y",
        "http://exämple.org/",
        "",
    ],
)
def test_what_is_no_address_is_refused_before_anything_is_sent(url):
    with pytest.raises(UsageError) as caught:
        checked(url)

    assert "secret" not in str(caught.value)


def test_an_address_is_shown_without_what_may_be_secret():
    assert shown("https://u:p@example.org/a?token=x#y") == "https://example.org/a"


def test_a_password_is_given_only_when_it_is_asked_for(server, monkeypatch):
    monkeypatch.setenv("WHOSAYS_ENDPOINT_USER", "ada")
    monkeypatch.setenv("WHOSAYS_ENDPOINT_PASSWORD", SECRET)
    server.faults = [status(401, WWW_Authenticate='Basic realm="x"')]

    ask(server)
    first, second = (headers.get("Authorization") for _, _, headers, _ in server.seen)

    assert first is None
    assert second is not None
    assert second.startswith("Basic ")


def test_a_digest_is_answered_without_sending_the_password(server, monkeypatch):
    monkeypatch.setenv("WHOSAYS_ENDPOINT_USER", "ada")
    monkeypatch.setenv("WHOSAYS_ENDPOINT_PASSWORD", SECRET)
    challenge = 'Digest realm="x", nonce="abc", qop="auth", algorithm="MD5"'
    server.faults = [status(401, WWW_Authenticate=challenge)]

    ask(server)
    value = server.seen[1][2]["Authorization"]

    assert value.startswith('Digest username="ada", realm="x", nonce="abc"')
    assert SECRET not in repr(server.seen)


def test_a_token_is_sent_as_it_is(server, monkeypatch):
    monkeypatch.setenv("WHOSAYS_ENDPOINT_TOKEN", SECRET)

    ask(server)

    assert server.seen[0][2]["Authorization"] == f"Bearer {SECRET}"


def test_a_password_does_not_go_over_a_readable_connection_to_others(server):
    remote = Remote(Credentials("ada", SECRET))
    address = checked("http://example.org/sparql")

    with pytest.raises(OutsideError, match="readable connection"):
        remote._check_hidden(address, 'Basic realm="x"')


@pytest.mark.parametrize(
    "fault",
    [
        status(401, WWW_Authenticate='Basic realm="x"'),
        status(500),
        text(b"<html>"),
        status(302, Location="http://127.0.0.1:9/elsewhere"),
        lambda handler: handler.hang_up(),
    ],
    ids=["basic", "broken", "page", "redirect", "dropped"],
)
def test_credentials_are_in_no_message(server, monkeypatch, capfd, tmp_path, fault):
    monkeypatch.setenv("WHOSAYS_ENDPOINT_USER", "ada")
    monkeypatch.setenv("WHOSAYS_ENDPOINT_PASSWORD", SECRET)
    monkeypatch.setenv("WHOSAYS_ENDPOINT_TOKEN", SECRET)
    path = project(tmp_path)
    server.faults = [fault] * 3
    calls = ["query", "contested", "-p", str(path), "--endpoint", server.url("/sparql")]

    code = main([*calls, "-v"])

    out, err = capfd.readouterr()
    assert code == 3
    assert SECRET not in out + err
    assert SECRET not in repr(Credentials("ada", SECRET, SECRET))
    assert len({path for _, path, _, _ in server.seen}) == 1


def test_named_and_free_queries_of_our_own_server_equal_those_of_the_project(tmp_path):
    path = project(tmp_path)
    kg = load(path)
    with served(path) as server:
        asked = kg.asked()._replace(endpoint=f"{server.url}sparql")
        from whosays import asking

        same = {
            (name, format): asking.answer(asked, name, {}, format).content
            == kg.answer(name, format).content
            for name in kg.queries()
            for format in ("csv", "json")
        }
        bound = asking.answer(asked, "disputed", {"actor": "Aldoria"}, "csv")
        graph = asking.answer(asked, "DESCRIBE actor:aldoria", {}, "ntriples")

    assert [name for name, equal in same.items() if not equal] == []
    assert bound.content == kg.answer("disputed", "csv", actor="aldoria").content
    expected = kg.answer("DESCRIBE actor:aldoria", "ntriples").text
    assert sorted(graph.text.splitlines()) == sorted(expected.splitlines())


def test_the_command_prints_what_it_prints_of_the_project(tmp_path, capfd):
    path = project(tmp_path)
    with served(path) as server:
        for options in (["-f", "table"], ["-f", "md"], ["--json"], []):
            calls = ["query", "disputed", "-p", str(path), "-q", *options]
            main(calls)
            expected = capfd.readouterr().out
            code = main([*calls, "--endpoint", f"{server.url}sparql"])

            assert code == 0
            assert capfd.readouterr().out == expected


def test_a_mistake_is_found_on_the_line_where_it_is(tmp_path, capfd, monkeypatch):
    path = project(tmp_path)
    query = tmp_path / "wrong.rq"
    query.write_text(
        "SELECT ?s {\n ?s ws:stance ws:denies ; said:fights ?o .\n ?s ?p\n}"
    )
    with served(path) as server:
        code = main(
            ["query", str(query), "-p", str(path), "--endpoint", f"{server.url}sparql"]
        )

    told = capfd.readouterr().err
    assert code == 2
    assert "line 3, column 5" in told
    assert told.count("WS702") == 1


def test_other_sources_beside_a_server_are_refused(tmp_path, capfd):
    path = project(tmp_path)

    table = str(path / "actors.csv")
    elsewhere = ["--endpoint", "http://127.0.0.1:9/"]

    code = main(["query", "contested", "-p", str(path), *elsewhere, "--on", table])
    alone = main(["query", "contested", "-p", str(path), "--default-graph", "a:b"])

    assert (code, alone) == (2, 2)
    assert "its own data" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("store", "queries"),
    [
        ("https://example.org/sparql-graph-crud-auth", "https://example.org/sparql"),
        ("https://example.org/ds/data", "https://example.org/ds/sparql"),
        ("https://example.org/store?x=1", "https://example.org/query"),
        (
            "https://example.org/repositories/r/rdf-graphs/service",
            "https://example.org/repositories/r",
        ),
        ("https://example.org/update/", "https://example.org/sparql"),
    ],
)
def test_the_address_for_queries_follows_from_that_of_the_graph_store(store, queries):
    assert queries_beside(store) == queries


def test_sending_waits_longer_each_time_and_five_times_at_most(server):
    pauses: list[float] = []
    server.faults = [
        status(503),
        status(429, Retry_After="3"),
        lambda handler: handler.hang_up(),
        status(503, Retry_After="1000"),
        status(503),
        status(503),
    ]
    remote = Remote(patience=Patience(), pause=pauses.append)

    reply = remote.send_patiently("GET", server.url("/sparql"))

    assert reply.status == 503
    assert pauses == [0.5, 3.0, 2.0, 30.0]
    assert len(server.seen) == 5


def test_json_is_compact_and_keeps_every_character(server):
    strange = "a\u202e\x07\U0001f600é\\\"'"
    answer = {
        "head": {"vars": ["s"]},
        "results": {
            "bindings": [{"s": {"type": "literal", "value": strange, "xml:lang": "fa"}}]
        },
    }
    server.faults = [text(json.dumps(answer).encode())]

    assert ask(server).rows()[0]["s"] == strange
