"""Quads in memory, answers in every format, and errors that a person can use."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest

from whosays import worker
from whosays.errors import (
    MissingFile,
    QueryError,
    RdfError,
    UnknownName,
    UsageError,
    WhosaysError,
)
from whosays.store import (
    FORMATS,
    Store,
    evaluate,
    format_named,
    format_of,
    read_rdf,
    to_nquads,
    unknown_terms,
    with_prefixes,
)
from whosays.vocab import DENIED, SAID, WS, prefixes

BASE = "https://w3id.org/whosays/data/"
XSD = "http://www.w3.org/2001/XMLSchema#"
ALDORIA = f"<{BASE}actor/aldoria>"
FRONT = f"<{BASE}actor/cedar-front>"
VOICE = f"<{BASE}graph/voice.belmark-radio>"
NQUADS = f"""\
{ALDORIA} <{SAID}arms> {FRONT} .
{ALDORIA} <{SAID}arms> {FRONT} {VOICE} .
{ALDORIA} <{DENIED}arms> {FRONT} .
{ALDORIA} <{WS}note> "[sic], \\"quoted\\"" .
{ALDORIA} <{WS}count> "3"^^<{XSD}integer> .
{ALDORIA} <{WS}open> "true"^^<{XSD}boolean> .
{ALDORIA} <{WS}day> "2031-04-02"^^<{XSD}date> .
{ALDORIA} <{WS}score> "0.8"^^<{XSD}decimal> .
{ALDORIA} <{WS}valid> "2031?" .
""".encode()


@pytest.fixture
def store():
    found = Store.memory(NQUADS)
    yield found
    found.close()


# -- answers ---------------------------------------------------------------------------


def test_prefixes_need_no_declaration(store):
    answer = store.query("SELECT ?o { actor:aldoria said:arms ?o }")

    assert answer.kind == "select"
    assert answer.rows().records == ((f"{BASE}actor/cedar-front",),)


def test_iris_of_the_project_can_be_shown_by_slug(store):
    short = {f"{BASE}actor/": "", SAID: "said:"}

    rows = store.query("SELECT ?o ?p { actor:aldoria ?p ?o }").rows(short)

    assert ("cedar-front", "said:arms") in rows.records


def test_integers_booleans_and_full_days_arrive_typed(store):
    rows = store.query(
        "SELECT ?n ?b ?d ?s ?v { ?a ws:count ?n ; ws:open ?b ; ws:day ?d ; "
        "ws:score ?s ; ws:valid ?v }"
    ).rows()

    assert rows.records == ((3, True, date(2031, 4, 2), 0.8, "2031?"),)


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        (f'"x"^^<{XSD}integer>', "x"),
        (f'"1.5"^^<{XSD}double>', 1.5),
        (f'"2031-04-02Z"^^<{XSD}date>', "2031-04-02Z"),
        (f'"2031"^^<{XSD}gYear>', "2031"),
        ('"سلام"@fa', "سلام"),
        (f'"{"9" * 5000}"^^<{XSD}integer>', "9" * 5000),
    ],
)
def test_what_is_no_value_of_its_type_stays_text(store, literal, value):
    assert store.query(f"SELECT ({literal} AS ?x) {{}}").rows()[0]["x"] == value


def test_an_unbound_cell_is_none(store):
    assert store.query("SELECT ?x { VALUES ?x { UNDEF } }").rows()[0] == {"x": None}


def test_ask_answers_yes_or_no(store):
    assert store.query("ASK { actor:aldoria denied:arms ?o }").boolean is True
    assert store.query("ASK { ?s rel:arms ?o }").rows().records == ((False,),)


def test_a_bare_relation_is_never_found_also_in_the_union(store):
    text = "SELECT * { ?s rel:arms ?o }"

    assert len(store.query(text).rows()) == 0
    assert len(store.query(text, union=True).rows()) == 0


@pytest.mark.parametrize("format", [name for name in FORMATS if FORMATS[name].rows])
def test_rows_come_in_every_standard_format(store, format):
    answer = store.query("SELECT ?v ?n { ?a ws:valid ?v ; ws:count ?n }", rows=format)

    match format:
        case "csv":
            assert list(csv.reader(io.StringIO(answer.text))) == [
                ["v", "n"],
                ["2031?", "3"],
            ]
        case "tsv":
            assert answer.text.splitlines()[1].startswith('"2031?"\t3')
        case "json":
            assert json.loads(answer.content)["head"]["vars"] == ["v", "n"]
        case "xml":
            assert "http://www.w3.org/2005/sparql-results#" in answer.text
    if format == "csv":
        with pytest.raises(UsageError, match="lost the types"):
            answer.rows()
    else:
        assert answer.rows().records == (("2031?", 3),)
    assert store.query("ASK {}", rows=format).boolean is True


@pytest.mark.parametrize("format", [name for name in FORMATS if not FORMATS[name].rows])
def test_graphs_come_in_every_standard_format_and_read_back(store, format):
    text = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"

    answer = store.query(text, graph=format)
    back = Store.memory()
    back.load(answer.content, format)

    assert answer.kind == "graph"
    assert len(back) == 8


def test_describe_gives_a_graph_with_prefixes(store):
    assert "said:arms" in store.query("DESCRIBE actor:aldoria").text


def test_an_answer_is_converted_within_its_kind(store):
    rows = store.query("SELECT ?n { ?a ws:count ?n }")
    graph = store.query("CONSTRUCT WHERE { ?s said:arms ?o }", graph="nquads")

    assert rows.convert("csv") == b"n\r\n3\r\n"
    assert b"<https://w3id.org/whosays/said/arms>" in graph.convert("turtle")
    with pytest.raises(UsageError, match="cannot hold"):
        rows.convert("turtle")
    with pytest.raises(UsageError, match="not rows"):
        graph.rows()
    with pytest.raises(UsageError, match="no yes or no"):
        _ = rows.boolean


@pytest.mark.parametrize("format", [name for name in FORMATS if not FORMATS[name].rows])
def test_a_dump_reads_back(store, format):
    back = Store.memory()

    back.load(store.dump(format), format)

    assert len(back) == (9 if FORMATS[format].graphs else 8)


def test_loading_what_is_broken_says_where_and_takes_nothing(store):
    with pytest.raises(RdfError) as caught:
        store.load(b"<a:1> <a:p> 1 .\n<a:1> x:p 2 .", "turtle")

    assert (caught.value.line, caught.value.column) == (2, 7)
    assert len(store) == 9


def test_turtle_of_ours_becomes_lines_of_quads():
    assert to_nquads(b"\xef\xbb\xbf<a:1> <a:p> 1, 2 .").count(b"\n") == 2
    with pytest.raises(RdfError, match=r"own\.ttl"):
        to_nquads(b"<a:1> <a:p>", path="own.ttl")


# -- refusals --------------------------------------------------------------------------

WRONG = [
    (
        "SELECT ?a (COUNT(?b) AS ?n) { ?a ?p ?b }",
        (1, 8),
        "?a is selected but not grouped",
        "Add: GROUP BY ?a",
    ),
    (
        "SELECT ?s ?n { ?s ?p ?n }\nGROUP BY ?n",
        (1, 8),
        "?s is selected but not grouped",
        "Add to GROUP BY: ?s",
    ),
    (
        "SELECT ?s { { SELECT ?s ?n { ?s ?p ?n } GROUP BY ?s } }",
        (1, 25),
        "?n is selected but not grouped",
        "Add to GROUP BY: ?n",
    ),
    ("SELECT * { ?s ?p ?o } GROUP BY ?s", (1, 8), "GROUP BY", "Name the variables"),
    ("SELECT * { ?s siad:arms ?o }", (1, 15), "“siad:” is not declared", "said:arms"),
    (
        "SELECT * { ?s zzz:arms ?o }",
        (1, 15),
        "“zzz:” is not declared",
        "ws: rel: said:",
    ),
    ("SELECT * {\n ?s ?p ?o", (1, 10), "never closed", "Add: }"),
    ("SELECT * { ?s ?p ?o }}", (1, 22), "no { for this }", ""),
    ("SELECT * { ?s ?p [ ?a ?b }", (1, 26), "] is missing before this }", ""),
    ("SELCT * { ?s ?p ?o }", (1, 1), "cannot begin with “SELCT”", "SELECT"),
    ("hello", (1, 1), "cannot begin with “hello”", "Begin with SELECT"),
    ("", (1, 1), "empty", "SELECT *"),
    ("# only a comment", (1, 1), "empty", "SELECT *"),
    ("ASK", (1, 1), "lacks the group", "{ ?s ?p ?o }"),
    ("CONSTRUCT { ?s ?p ?o }", (1, 1), "lacks the group", "{ ?s ?p ?o }"),
    ("INSERT DATA { <a:b> <a:c> <a:d> }", (1, 1), "only reads", "tables"),
    ("DROP ALL", (1, 1), "only reads", "tables"),
    ("LOAD <http://example.org/>", (1, 1), "only reads", "tables"),
    ("WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", (1, 1), "only reads", ""),
    ("SELECT ?s { ?s <a b> ?o }", (1, 16), "<a b> is no IRI", "blank"),
    ("SELECT * { <rel> ?p ?o }", (1, 12), "relative IRI", "BASE"),
    ("SELECT ?s { ?s ?p <http://e/\\x> }", (1, 19), "is no IRI", ""),
    ('SELECT * { ?s ?p "abc }', (1, 18), "not closed", "three quotation marks"),
    ("SELECT * { ?s said:arms }", (1, 15), "three parts", ""),
    ("SELECT ?s { ?s ?p ?o } ORDER ?s", (1, 24), "BY is missing", ""),
    ("SELECT ?s { ?s ?p ?o } GROUP BY", (1, 30), "BY wants", ""),
    ("SELECT ?s { ?s ?p ?o } LIMIT -1", (1, 30), "LIMIT wants a number", ""),
    ("SELECT ?s WEHRE { ?s ?p ?o }", (1, 11), "“WEHRE” is no word", "WHERE"),
    ("SELECT ?s { ?s ?p ?o FILTR(?o) }", (1, 22), "“FILTR” is no function", ""),
    ("SELECT ?s { ?s ?p ?o FILTER(STARTSWITH(?o)) }", (1, 29), "is no function", ""),
    ("SELECT ?s { ?s ?p ?o FILTER ?o > 3 }", (1, 29), "in brackets", "FILTER (…)"),
    ("SELECT (COUNT(?s)) { ?s ?p ?o }", (1, 8), "needs a name", "(COUNT(?s) AS ?name)"),
    ("SELECT COUNT(?s) { ?s ?p ?o }", (1, 8), "needs brackets and a name", "AS ?name"),
    ("SELECT ?s, ?o { ?s ?p ?o }", (1, 10), "no comma", "Leave it out"),
    ("SELECT (1 AS ?x) { ?x ?p ?o }", (1, 14), "has a value already", "another name"),
    ("SELECT ?s { ?s ?p ?o BIND(1 AS ?o) }", (1, 32), "has a value already", ""),
    ("SELECT ?s { ?s ?p ?o BIND(?o) }", (1, 22), "BIND wants AS", ""),
    ("SELECT ?s { VALUES (?a ?b) { (1) } }", (1, 32), "1 values for 2 variables", ""),
    ("SELECT ?s { ?s ?p prop:a.b.c }", (1, 19), "two dots", "in full: <https://"),
    ("PREFIX ex <http://e/> ASK {}", (1, 8), "ends in a colon", "PREFIX ex:"),
    ("PREFIX ex: http://e/ ASK {}", (1, 12), "wants an IRI", "PREFIX ex:"),
    ("SELECT ?s {\n\n  ?s ?p 1a }", (3, 10), "missing before this", ""),
    ("SELECT ?s { ?s 'x' ?o }", (1, None), "cannot be read", ""),
    ("SELECT * FROM <http://e/g> { ?s ?p ?o }", (1, 15), "nothing is fetched", "FROM"),
    ("SELECT * FROM NAMED <file:///etc/passwd> {}", (1, 21), "nothing is fetched", ""),
]


@pytest.mark.parametrize(("text", "place", "message", "hint"), WRONG)
def test_a_mistake_is_named_with_its_place_and_a_way_out(
    store, text, place, message, hint
):
    with pytest.raises(QueryError) as caught:
        store.query(text)

    error = caught.value
    assert message in error.message
    assert hint in error.hint
    assert error.line == place[0]
    assert place[1] is None or error.column == place[1]
    assert error.exit_code == 2
    assert error.code in ("WS702", "WS703")
    if error.excerpt:
        line, caret = error.excerpt.split("\n")
        assert line in text.replace("\t", " ")
        assert caret.index("^") == (error.column or 1) - 1


@pytest.mark.parametrize("text", [text for text, *_ in WRONG if text])
def test_no_message_shows_the_grammar_of_the_engine(store, text):
    with pytest.raises(QueryError) as caught:
        store.query(text)

    for noise in ("[_]", "\\u{", "error at", "expected one of", "Parser", "Traceback"):
        assert noise not in str(caught.value)


def test_the_worker_names_the_same_mistake(tmp_path):
    path = tmp_path / "data.nq"
    path.write_bytes(NQUADS)

    with pytest.raises(QueryError, match=r"Add: GROUP BY \?a") as caught:
        evaluate("SELECT ?a (COUNT(?b) AS ?n) { ?a ?p ?b }", quads=path)

    assert caught.value.line == 1
    assert caught.value.__cause__ is not None


def test_from_selects_a_graph_that_is_there(store):
    text = "SELECT ?s FROM g:voice.belmark-radio { ?s said:arms ?o }"

    assert len(store.query(text).rows()) == 1
    with pytest.raises(QueryError, match="no graph of these data") as caught:
        store.query("SELECT ?s\nFROM g:voice.nobody { ?s ?p ?o }")

    assert (caught.value.line, caught.value.column) == (2, 6)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {",
        "?",
        "}{",
        "SELECT",
        "PREFIX",
        "BASE",
        "SELECT * { ?s ?p ?o } VALUES",
        "ASK { VALUES ( }",
        "SELECT (",
        "DESCRIBE",
        "ASK { BIND }",
        "GROUP BY",
    ],
)
def test_a_fragment_is_refused_and_never_a_crash(store, text):
    with pytest.raises(QueryError) as caught:
        store.query(text)

    assert caught.value.message


# -- asking other people's files -------------------------------------------------------


def test_the_project_is_asked_from_a_file_or_from_memory(tmp_path):
    path = tmp_path / "data.nq"
    path.write_bytes(NQUADS)
    text = "SELECT ?o { actor:aldoria denied:arms ?o }"

    for quads in (path, NQUADS):
        assert len(evaluate(text, quads=quads).rows()) == 1


def test_files_are_asked_as_default_graph_or_as_named_graphs(tmp_path):
    one, two = tmp_path / "one.ttl", tmp_path / "two.rdf"
    one.write_bytes(b"\xef\xbb\xbf<a:1> <a:p> 1 .")
    two.write_bytes(Store.memory(b"<a:2> <a:p> <a:1> .\n").dump("rdfxml"))

    default = evaluate("SELECT ?s { ?s ?p ?o }", on=[str(one), str(two)])
    named = evaluate("SELECT ?g { GRAPH ?g { ?s ?p ?o } }", on_named=[str(one)])
    apart = evaluate("SELECT ?s { ?s ?p ?o }", on_named=[str(one)])
    union = evaluate("SELECT ?s { ?s ?p ?o }", on_named=[str(one)], union=True)

    assert set(default.rows().column("s")) == {"a:1", "a:2"}
    assert named.rows().column("g") == (one.as_uri(),)
    assert (len(apart.rows()), len(union.rows())) == (0, 1)


def test_a_broken_file_is_refused_with_path_and_place(tmp_path):
    path = tmp_path / "bad.ttl"
    path.write_text("<a:1> <a:p> <b> .")

    with pytest.raises(RdfError, match=r"bad\.ttl:1:13: “b” is a relative IRI"):
        evaluate("ASK {}", on=[str(path)])


def test_a_base_is_used_for_files_and_text(tmp_path):
    path = tmp_path / "a.ttl"
    path.write_text("<x> <y> <z> .")

    answer = evaluate("ASK { <x> <y> <z> }", on=[str(path)], base="http://e/")

    assert answer.boolean is True


def test_an_unknown_suffix_is_answered_with_the_nearest(tmp_path):
    with pytest.raises(UnknownName, match=r"\.ttl"):
        evaluate("ASK {}", on=[str(tmp_path / "a.tll")])
    with pytest.raises(MissingFile):
        evaluate("ASK {}", on=[str(tmp_path / "a.ttl")])


def test_foreign_rdf_is_read_into_quads(tmp_path):
    path = tmp_path / "a.trig"
    path.write_text("GRAPH <a:g> { <a:1> <a:p> 1 }")

    assert read_rdf(str(path)).endswith(b"<a:g> .\n")


def test_limits_reach_the_worker(tmp_path):
    path = tmp_path / "a.ttl"
    path.write_text("<a:1> <a:p> 1 .")

    with pytest.raises(RdfError, match="the limit is 4"):
        evaluate("ASK {}", on=[str(path)], limits=worker.Limits(input=4))


def test_bytes_are_decoded_strictly():
    assert evaluate(b"\xef\xbb\xbfASK {}").boolean is True
    with pytest.raises(QueryError, match="not UTF-8"):
        evaluate(b"ASK { ?s ?p '\xe9' }")


# -- rdflib ----------------------------------------------------------------------------


def test_rdflib_sees_the_same_store_and_never_evaluates_itself(store, monkeypatch):
    import rdflib
    from rdflib.plugins.sparql import evaluate as evaluator
    from rdflib.plugins.sparql import processor

    def entered(*_given, **_options):
        raise AssertionError("rdflib's own evaluator was entered")

    monkeypatch.setattr(evaluator, "evalQuery", entered)
    monkeypatch.setattr(processor, "evalQuery", entered)
    monkeypatch.setattr(processor.SPARQLProcessor, "query", entered)
    dataset = store.dataset()

    rows = list(dataset.query("SELECT ?o { actor:aldoria said:arms ?o }"))
    named = list(dataset.query("SELECT ?g { GRAPH ?g { ?s said:arms ?o } }"))

    assert isinstance(dataset, rdflib.Dataset)
    assert [str(row[0]) for row in rows] == [f"{BASE}actor/cedar-front"]
    assert [str(row[0]) for row in named] == [f"{BASE}graph/voice.belmark-radio"]


def test_rdflib_can_neither_call_out_nor_update(store):
    from rdflib.plugins.sparql import prepareQuery

    dataset = store.dataset()

    with pytest.raises(QueryError, match="SERVICE"):
        dataset.query("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    with pytest.raises(UsageError, match="prepared"):
        dataset.query(prepareQuery("SELECT * { ?s ?p ?o }"))
    with pytest.raises(UsageError, match="takes no updates"):
        dataset.update("LOAD <http://127.0.0.1:1/>")
    with pytest.raises(UsageError):
        dataset.query("ASK {}", unknown_option=1)
    with pytest.raises(QueryError, match="never closed"):
        dataset.query("ASK {")


# -- names -----------------------------------------------------------------------------

KNOWN = {
    f"{SAID}fights",
    f"{SAID}arms",
    f"{DENIED}fights",
    f"{WS}stance",
    f"{WS}Statement",
    f"{BASE}actor/aldoria",
    f"{BASE}actor/belmark",
}


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            "SELECT * { ?s said:figths ?o }",
            ["said:figths is not in the vocabulary. Did you mean: said:fights"],
        ),
        (
            f"SELECT * {{ ?s <{WS}stanc> ?o }}",
            [f"<{WS}stanc> is not in the vocabulary. Did you mean: ws:stance"],
        ),
        (
            "SELECT * { actor:aldora said:arms actor:zzz }",
            [
                "actor:aldora is not in the vocabulary. Did you mean: actor:aldoria",
                "actor:zzz is not in the vocabulary.",
            ],
        ),
        (
            "SELECT * { ?s denied:arms ?o }",
            ["denied:arms is not in the vocabulary. Did you mean: said:arms"],
        ),
        (f"PREFIX s: <{SAID}> SELECT * {{ ?s s:arms ?o }}", []),
        (
            f"PREFIX s: <{SAID}> ASK {{ ?s s:arm ?o }}",
            ["s:arm is not in the vocabulary. Did you mean: said:arms"],
        ),
        ("SELECT * { ?s ws:stance 'said:figths' } # said:figths", []),
        ("SELECT * { st:unknown ?p rel:unknown , skos:unknown }", []),
    ],
)
def test_terms_that_the_vocabulary_lacks_are_named(text, messages):
    found = unknown_terms(text, KNOWN, prefixes(BASE))

    assert [str(term) for term in found] == messages


def test_a_shown_query_runs_elsewhere():
    text = "SELECT * { ?s said:arms actor:aldoria }"

    shown = with_prefixes(text, prefixes(BASE))

    assert shown.splitlines() == [
        f"PREFIX said: <{SAID}>",
        f"PREFIX actor: <{BASE}actor/>",
        text,
    ]
    assert len(Store.memory(NQUADS, prefixes={}).query(shown).rows()) == 0
    assert with_prefixes(shown, prefixes(BASE)) == shown


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("ttl", "turtle"),
        ("Turtle", "turtle"),
        ("text/turtle; charset=utf-8", "turtle"),
        ("n-triples", "ntriples"),
        ("srj", "json"),
        ("application/sparql-results+json", "json"),
        ("rdf/xml", "rdfxml"),
    ],
)
def test_formats_go_by_many_names(name, format):
    assert format_named(name).name == format


def test_a_misspelt_format_is_answered_with_the_nearest():
    with pytest.raises(UnknownName, match="turtle"):
        format_named("turtel")


@pytest.mark.parametrize(
    ("path", "format"),
    [
        ("a.ttl", "turtle"),
        ("a.NT", "ntriples"),
        ("a.nq", "nquads"),
        ("a.trig", "trig"),
        ("a.rdf", "rdfxml"),
        ("a.owl", "rdfxml"),
        ("a.xml", "rdfxml"),
        ("a.jsonld", "jsonld"),
        ("a.json", "jsonld"),
    ],
)
def test_a_suffix_tells_the_format(path, format):
    assert format_of(path).name == format


def test_every_refusal_is_an_error_of_ours(store):
    for text in (text for text, *_ in WRONG):
        with pytest.raises(WhosaysError):
            store.query(text)


def test_a_refused_file_carries_no_code_that_explains_something_else(tmp_path):
    file = tmp_path / "cut.ttl"
    file.write_text("<http://a.example/a> <http://a.example/b> ;", "utf-8")

    with pytest.raises(RdfError) as caught:
        evaluate("ASK {}", on=[str(file)])

    assert (caught.value.line, caught.value.code) == (1, "")
