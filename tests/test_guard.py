"""No query reaches out, and none brings the engine down by its shape."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays import guard
from whosays.errors import LimitReached, QueryError
from whosays.worker import Job, Limits, run


class Listener:
    """Counts connections on the loopback interface and closes them at once."""

    def __init__(self) -> None:
        self.count = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.count += 1
            connection.close()

    def close(self) -> None:
        # A plain close leaves accept() waiting on Linux.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)


@pytest.fixture
def listener():
    found = Listener()
    yield found
    found.close()


def ask(text: str) -> list[Any]:
    """Evaluate as the store does, in this process, where sockets are open."""
    store = pyoxigraph.Store()
    store.load(b'<a:a> <a:b> 1 . <a:a> <a:service> "x" .', pyoxigraph.RdfFormat.TURTLE)
    answer = store.query(text, prefixes={"ex": "http://example.org/"})
    return [answer] if isinstance(answer, pyoxigraph.QueryBoolean) else list(answer)


DISGUISES = [
    "SELECT * { SERVICE <U> { ?s ?p ?o } }",
    "SELECT * { service <U> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE <U> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <U> { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<U>{ ?s ?p ?o } }",
    "SELECT * { SERVICE<U>{?s ?p ?o} }",
    "SELECT * { SERVICE\n<U>\n{ ?s ?p ?o } }",
    "SELECT * { SERVICE\t<U> { ?s ?p ?o } }",
    "SELECT * { SERVICE # it\n <U> { ?s ?p ?o } }",
    "SELECT * { #\rSERVICE <U> { ?s ?p ?o }\n }",
    "SELECT * { # comment\rSERVICE <U> { ?s ?p ?o }\r\n }",
    "SELECT * { #\u2028\nSERVICE <U> { ?s ?p ?o } }",
    "SELECT * { VALUES ?u { <U> } SERVICE ?u { ?s ?p ?o } }",
    "SELECT * { BIND(<U> AS ?u) SERVICE ?u { ?s ?p ?o } }",
    "PREFIX : <U> SELECT * { SERVICE : { ?s ?p ?o } }",
    "PREFIX : <U> SELECT * { SERVICE :x { ?s ?p ?o } }",
    "PREFIX : <U> SELECT * { SERVICE:x{ ?s ?p ?o } }",
    "BASE <U> SELECT * { SERVICE <x> { ?s ?p ?o } }",
    "BASE <U> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "BASE <U> SELECT * { ?a ?b ?c FILTER(?a<2)SERVICE#>\n<x> { ?s ?p ?o } }",
    "BASE <U> SELECT * { ?a ?b ?c FILTER(?c<2)SERVICE<> { ?s ?p ?o } }",
    "SELECT * { ?a ?b ?c FILTER(?c<2)SERVICE<U> { ?s ?p ?o } }",
    "SELECT * { ?a ?b ?c FILTER(?c<2 && true)SERVICE#>\n<U> { ?s ?p ?o } }",
    "SELECT * { ?a ?b true SERVICE<U> { ?s ?p ?o } }",
    "SELECT * { ?a ?b trueSERVICE<U> { ?s ?p ?o } }",
    "SELECT * { ?a ?b 1SERVICE<U> { ?s ?p ?o } }",
    "SELECT * { ?a ?b 1.SERVICE<U> { ?s ?p ?o } }",
    "SELECT * { ?a ?b 'x'SERVICE<U> { ?s ?p ?o } }",
    "SELECT * { ?a ?b 'x'@en SERVICE<U> { ?s ?p ?o } }",
    "SELECT * { ?a ?b ?c.SERVICE<U>{ ?s ?p ?o } }",
    "SELECT * { ?a ?b ex:a\\'. SERVICE<U>{ ?s ?p ?o } #'\n }",
    "SELECT * { ?a ?b ex:a\\#b . SERVICE<U>{ ?s ?p ?o } }",
    "SELECT * { ?a ?b ex:%27 . SERVICE<U>{ ?s ?p ?o } #'\n }",
    "SELECT * { ?a ?b '\\'' . SERVICE<U>{ ?s ?p ?o } #'\n }",
    "SELECT * { ?a ?b '''\\''''. SERVICE<U>{ ?s ?p ?o } #'''\n }",
    'SELECT * { ?a ?b """a""" . SERVICE<U>{ ?s ?p ?o } }',
    "SELECT * { ?a ?b [] . SERVICE<U>{ ?s ?p ?o } }",
    "SELECT * { OPTIONAL { SERVICE <U> { ?s ?p ?o } } }",
    "SELECT * { { ?a ?b ?c } UNION { SERVICE <U> { ?s ?p ?o } } }",
    "SELECT * { ?a ?b ?c MINUS { SERVICE <U> { ?a ?b ?c } } }",
    "SELECT * { GRAPH ?g { SERVICE <U> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE <U> { ?s ?p ?o } } } }",
    "ASK { ?a ?b ?c FILTER EXISTS { SERVICE <U> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } { SERVICE <U> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <U> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <U> { ?s ?p ?o } }",
    "SELECT * { S\\u0045RVICE <U> { ?s ?p ?o } }",
    "SELECT * { \u017fERVICE <U> { ?s ?p ?o } }",
    "SELECT * { \uff33\uff25\uff32\uff36\uff29\uff23\uff25 <U> { ?s ?p ?o } }",
    "\ufeffSELECT * { SERVICE <U> { ?s ?p ?o } }",
    "SELECT * { ?a ?b ?c FILTER(?c<'2>'||true)SERVICE<U>{ ?s ?p ?o } #'\n }",
    'SELECT * { ?a ?b ?c FILTER(?c<"2")SERVICE<U>{ ?s ?p ?o } }',
    "LOAD <U>",
    "LOAD SILENT <U> INTO GRAPH <a:g>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <U> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o } ; LOAD <U>",
    "SELECT * FROM <U> { ?s ?p ?o }",
    "SELECT * FROM NAMED <U> { GRAPH ?g { ?s ?p ?o } }",
]


@pytest.mark.parametrize("disguise", DISGUISES)
def test_no_disguise_of_a_call_reaches_a_listener(disguise, listener):
    text = disguise.replace("<U>", f"<http://127.0.0.1:{listener.port}/>")

    try:
        ask(guard.check_query(text))
    except (QueryError, SyntaxError):
        pass

    assert listener.count == 0


def test_without_the_guard_the_same_call_reaches_the_listener(listener):
    url = f"http://127.0.0.1:{listener.port}/"

    with pytest.raises(OSError, match=r".+"):
        ask(f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}")

    assert listener.count > 0


def test_a_refused_call_says_where_it_stands_and_what_to_do():
    with pytest.raises(QueryError) as caught:
        guard.check_query("SELECT *\n{ SERVICE <http://example.org/> { } }")

    assert caught.value.code == "WS703"
    assert (caught.value.line, caught.value.column) == (2, 3)
    assert "in < >" in caught.value.hint
    assert caught.value.excerpt.splitlines()[1].index("^") == 2


HARMLESS = [
    'SELECT * { ?a ?b "security service" }',
    "SELECT * { ?a ?b 'SERVICE <http://example.org/> { }' }",
    'SELECT * { ?a ?b """a service\nof SERVICE""" }',
    "SELECT * { ?a ?b '''it's a service''' }",
    "SELECT ?service { ?service ?b ?c }",
    "SELECT $myService { $myService ?b ?c }",
    "SELECT * { ?a <http://example.org/service> ?c }",
    "SELECT * { ?a <a:service> ?c }",
    "SELECT * { ?a ?b ?c } # no service here",
    "# Service\r\nSELECT * { ?a ?b ?c }",
    "SELECT * { ?a ?b ?c FILTER(CONTAINS(?c, 'Service')) }",
    "SELECT * { ?a ?b ?c FILTER(?a < ?b && ?b > ?c) }",
    "SELECT * { ?a ?b ?c FILTER(?a<?b) FILTER(?c>3) }",
    "PREFIX s: <http://example.org/service#> SELECT * { ?a s:x ?c }",
    "SELECT * { ?a ?b ex:a\\'b , ex:c\\#d }",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_the_same_letters_elsewhere_change_no_answer(text):
    guarded = guard.check_query(text)

    assert sorted(map(str, ask(guarded))) == sorted(map(str, ask(text)))


def test_a_term_with_service_in_it_is_still_found():
    guarded = guard.check_query("SELECT ?c { ?a <a:service> ?c }")

    assert [row["c"].value for row in ask(guarded)] == ["x"]


def test_a_short_name_with_service_in_it_is_refused_with_a_way_out():
    with pytest.raises(QueryError, match=r"write that IRI in full|in full") as caught:
        guard.check_query("SELECT * { ?a ex:service ?c }")

    assert caught.value.code == "WS703"


@pytest.mark.parametrize(
    ("target", "passes"),
    [
        ("<https://example.org/sparql>", True),
        ("SILENT <https://EXAMPLE.org/sparql>", True),
        ("<https://example.org:8443/sparql>", True),
        ("<https://example.org.evil.test/>", False),
        ("<https://example.org@evil.test/>", False),
        ("<https://sub.example.org/>", False),
        ("<file:///etc/passwd>", False),
        ("<https://[bad/>", False),
        ("?host", False),
        ("ex:endpoint", False),
        ("#\n<https://example.org/>", False),
    ],
)
def test_only_the_exact_host_may_be_called(target, passes):
    text = f"SELECT * {{ SERVICE {target} {{ ?s ?p ?o }} }}"

    if passes:
        assert guard.check_query(text, ["example.org"]) == text
    else:
        with pytest.raises(QueryError) as caught:
            guard.check_query(text, ["example.org"])

        assert caught.value.code == "WS703"


@given(
    st.sampled_from(['"{}"', "'{}'", '"""{}"""', "<http://example.org/{}>", "?x{}"]),
    st.text("abcserviceSERVICE", max_size=6),
    st.sampled_from(["service", "SERVICE", "sErViCe"]),
    st.text("abcserviceSERVICE", max_size=6),
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_service_inside_text_never_changes_the_answer(shape, before, word, after):
    value = shape.format(before + word + after)
    text = f"SELECT * {{ ?a ?b ?c BIND({value} AS ?y) }} # {word}"

    guarded = guard.check_query(text)

    assert sorted(map(str, ask(guarded))) == sorted(map(str, ask(text)))


TEMPLATE = "SELECT * { ?a ex:b 'c' , 2 ; <a:b> ?d . FILTER(?d < 3 || true) }"


@given(st.integers(0, len(TEMPLATE)), st.sampled_from(["", " ", "}", ".", ")"]))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_a_call_pasted_anywhere_is_refused_or_is_text(index, glue):
    """Port 1 is closed, and an attempt to connect would raise OSError."""
    call = f"{glue}SERVICE<http://127.0.0.1:1/>{{}}"
    text = TEMPLATE[:index] + call + TEMPLATE[index:]

    try:
        ask(guard.check_query(text))
    except (QueryError, SyntaxError):
        pass


DEPTHS: dict[str, tuple[Callable[[int], str], int]] = {
    "round": (lambda n: f"ASK {{ FILTER({'(' * n}1{')' * n}) }}", 190),
    "calls": (lambda n: f"ASK {{ FILTER({'STR(' * n}1{')' * n}) }}", 190),
    "groups": (lambda n: f"ASK {'{' * n}{'}' * n}", 200),
    "selects": (lambda n: f"ASK {{{'{SELECT * ' * n}{{}}{'}' * n}}}", 95),
    "square": (lambda n: f"ASK {{ ?a ?b {'[ ?p ' * n}1{' ]' * n} }}", 90),
    "list": (lambda n: f"ASK {{ ?a ?b ({' 1' * n} ) }}", 190),
    "path": (lambda n: f"ASK {{ ?a {'/'.join(['<a:b>'] * n)} ?b }}", 380),
    "operators": (lambda n: f"ASK {{ FILTER({'||'.join(['?a'] * n)}) }}", 1900),
    "sums": (lambda n: f"ASK {{ FILTER({'+'.join(['1'] * n)}) }}", 1900),
    "not": (lambda n: f"ASK {{ FILTER({'!' * n}?a) }}", 1900),
    "unions": (lambda n: f"ASK {{ {' UNION '.join(['{}'] * n)} }}", 490),
    "optionals": (lambda n: f"ASK {{ {'OPTIONAL {} ' * n} }}", 490),
    "binds": (
        lambda n: "ASK {" + "".join(f"BIND(1 AS ?b{i})" for i in range(n)) + "}",
        490,
    ),
}


@pytest.mark.parametrize("name", DEPTHS)
def test_twice_the_limit_is_refused(name):
    make, limit = DEPTHS[name]
    text = make(2 * limit + 30)

    with pytest.raises(QueryError) as caught:
        guard.check_query(text)

    assert caught.value.code == "WS704"
    assert caught.value.line == 1


@pytest.mark.parametrize("name", DEPTHS)
def test_just_below_the_limit_the_engine_lives(name):
    make, limit = DEPTHS[name]

    try:
        answer = run(Job(query=guard.check_query(make(limit))), Limits(seconds=1))
    except LimitReached:
        return  # ended by the clock, which is what the clock is for

    assert answer.kind == "ask"


HIDDEN = [
    # To the engine "1<((((" opens brackets and "#" begins a comment.
    "ASK { FILTER(" + "1<((((#))))>\n" * 400 + "1) }",
    "ASK { FILTER(" + "((((1<:x#>))))\n+" * 400 + "1) }",
    "ASK { FILTER(?a<'''b>'''+" + "((((#))))\n" * 400 + "''') }",
    'ASK { ?a ?b "' + "(" * 500 + '" }',
]


@pytest.mark.parametrize("text", HIDDEN, ids=range(len(HIDDEN)))
def test_brackets_hidden_in_what_looks_like_text_are_refused(text):
    with pytest.raises(QueryError) as caught:
        guard.check_query(text)

    assert caught.value.code == "WS704"


def test_many_brackets_beside_ordinary_iris_are_no_alarm():
    rows = "".join(f"(<http://example.org/a_(b)#c{i}> 1)" for i in range(600))

    text = f"SELECT * {{ VALUES (?a ?b) {{ {rows} }} }}"

    assert guard.check_query(text) == text


@pytest.mark.parametrize(
    ("text", "code", "fragment"),
    [
        (b"ASK { ?a ?b '\xff' }", "WS702", "not UTF-8"),
        ("ASK { ?a ?b 'a\x00' }", "WS702", "U+0000"),
        ("ASK { ?a ?b '\ud800' }", "WS702", "half a character"),
        ("ASK { ?a ?b 'open }", "WS702", "not closed"),
        ("ASK { ?a ?b '''open }", "WS702", "not closed"),
        ("ASK { } #" + "x" * guard.MAX_BYTES, "WS704", "bytes"),
        (b"x" * (guard.MAX_BYTES + 1), "WS704", "bytes"),
    ],
)
def test_what_is_no_text_is_refused(text, code, fragment):
    with pytest.raises(QueryError, match=re.escape(fragment)) as caught:
        guard.check_query(text)

    assert caught.value.code == code


@pytest.mark.parametrize(
    "piece", ["'", '"', '"\\', "'''a", '"""\\"', "<", "a-", ":", "(", "\\", "#", "?"]
)
def test_a_full_text_of_one_piece_is_read_to_its_end(piece):
    text = "ASK { " + piece * (guard.MAX_BYTES // len(piece) - 10)

    with suppress(QueryError):
        assert guard.check_query(text) == text


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_any_text_is_passed_or_refused_and_nothing_else(text):
    try:
        guarded = guard.check_query(text)
    except QueryError:
        return

    assert "service" in text.lower() or guarded == text.removeprefix("\ufeff")


@given(st.text("ab'\"\\<>#{}()?:@ \n", max_size=60))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_tokens_cover_all_but_white_space(text):
    try:
        found = guard.tokens(text)
    except QueryError:
        return

    covered = "".join(token.text for token in found if token.kind != "space")

    assert "".join(text.split()) == "".join(covered.split())


def test_the_graphs_of_from_are_found():
    found = guard.tokens("SELECT * FROM <a:g> FROM NAMED ex:h # FROM <a:x>\n { }")

    assert [token.text for token in guard.from_graphs(found)] == ["<a:g>", "ex:h"]
