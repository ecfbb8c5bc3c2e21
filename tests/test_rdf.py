"""A claim is expressed and never asserted; what is written can be read back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings

from tests.digests import digest
from tests.plain_quads import counts, described
from tests.strategies import RELATIONS, collections, crowd
from whosays import disputes, rdf
from whosays.model import Collection, Stance
from whosays.rdf.terms import VOID, Names, Quad, iri, literal
from whosays.store import read_folder, write_folder
from whosays.vocab import prefixes

QUERIES = sorted((Path(__file__).parent / "queries").glob("*.rq"))
FEW = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


def store_of(collection: Collection) -> pyoxigraph.Store:
    found = disputes.find(collection)
    store = pyoxigraph.Store()
    store.load(
        rdf.nquads(collection, found, disputes.issues(collection, found)),
        pyoxigraph.RdfFormat.N_QUADS,
    )
    return store


def ask(store: pyoxigraph.Store, query: str, *, union: bool) -> bool:
    return bool(
        store.query(query, prefixes=prefixes(), use_default_graph_as_union=union)
    )


def flattened(store: pyoxigraph.Store) -> pyoxigraph.Store:
    """Drop the names of graphs, as somebody does who converts to Turtle."""
    flat = pyoxigraph.Store()
    flat.bulk_extend(
        pyoxigraph.Quad(quad.subject, quad.predicate, quad.object) for quad in store
    )
    return flat


@FEW
@given(collections())
def test_denied_content_is_never_a_bare_triple(collection):
    store = store_of(collection)

    for query in QUERIES:
        text = query.read_text("utf-8")
        assert not ask(store, text, union=False), query.stem
        assert not ask(store, text, union=True), query.stem
        assert not ask(flattened(store), text, union=False), query.stem


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.stem)
@pytest.mark.parametrize("union", [False, True], ids=["default", "union"])
def test_the_rule_holds_in_a_crowd(query, union, seed):
    store = store_of(crowd(seed, size=60))

    assert not ask(store, query.read_text("utf-8"), union=union)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.stem)
def test_a_loader_that_breaks_the_rule_is_caught(query):
    broken = pyoxigraph.Store()
    broken.load(rdf.nquads(crowd(1)), pyoxigraph.RdfFormat.N_QUADS)
    base = "https://w3id.org/whosays/"
    plain, said = f"<{base}rel/fights>", f"<{base}said/exploits>"
    for edge in (plain, said):
        broken.update(
            f"INSERT DATA {{ <{base}data/actor/belmark> {edge} "
            f"<{base}data/actor/cedar-front> . {plain} a <{base}ns#Relation> . "
            f"{said} <{base}ns#edgeStance> <{base}ns#affirms> ; "
            f"<{base}ns#relation> <{base}rel/exploits> }}"
        )

    assert ask(broken, query.read_text("utf-8"), union=False)


@FEW
@given(collections())
def test_no_statement_but_an_affirmation_gives_a_plain_or_said_edge(collection):
    store = store_of(collection)
    affirmed = {
        ends
        for s in collection.statements
        if s.edge is Stance.AFFIRMS
        for ends in (
            (s.subject, s.relation, s.object),
            *([(s.object, s.relation, s.subject)] * RELATIONS[s.relation].symmetric),
        )
    }

    for s in collection.statements:
        if s.stance is Stance.AFFIRMS or (s.subject, s.relation, s.object) in affirmed:
            continue
        for space in ("rel", "said"):
            query = f"ASK {{ actor:{s.subject} {space}:{s.relation} actor:{s.object} }}"
            assert not ask(store, query, union=True)


@FEW
@given(collections())
def test_edges_of_a_voice_and_of_a_source_have_a_statement_there(collection):
    names = Names(collection.settings.base)
    expected = set()
    for s in collection.statements:
        if s.edge is None:
            continue
        for graph in (f"voice.{s.voice}", f"source.{s.source}"):
            expected.add((graph, s.subject, s.relation, s.object, s.edge))
            if RELATIONS[s.relation].symmetric:
                expected.add((graph, s.object, s.relation, s.subject, s.edge))

    found = {
        quad
        for quad in rdf.quads(collection)
        if quad.graph and "/graph/disputes" not in quad.graph
    }

    spaces = {Stance.AFFIRMS: "said", Stance.DENIES: "denied"}
    assert found == {
        (
            names.actor(subject),
            f"<https://w3id.org/whosays/{spaces[stance]}/{relation}>",
            names.actor(object),
            names.graph(graph),
        )
        for graph, subject, relation, object, stance in expected
    }


@FEW
@given(collections())
def test_blocks_say_what_plain_quads_say(collection):
    given = (collection, found := disputes.find(collection))
    folded = disputes.issues(collection, found)

    written = b"".join(rdf.chunks(*given, folded)).decode().split("\n")[:-1]

    plain = described(*given, folded)
    about_itself = {
        quad
        for quad in rdf.quads(*given, folded)
        if quad.subject.startswith(Names(collection.settings.base).dataset[:-1])
    }
    assert set(written) == {quad.line() for quad in plain | about_itself}
    assert counted(about_itself) == counts(plain)


def counted(quads: set[Quad]) -> dict[str, Counter[str]]:
    """Read what a data set says of its classes and properties."""
    values = {(quad.subject, quad.predicate): quad.object for quad in quads}
    found = {}
    for amount, key in (("triples", "property"), ("entities", "class")):
        found[f"<{VOID}{amount}>"] = Counter(
            {
                values[node, f"<{VOID}{key}>"]: int(value.split('"')[1])
                for (node, predicate), value in values.items()
                if predicate == f"<{VOID}{amount}>"
            }
        )
    return found


def test_a_part_with_repeated_statements_counts_each_once():
    collection = crowd(5, 30)
    twice = replace(collection, statements=collection.statements * 2)

    assert set(rdf.quads(twice)) == set(rdf.quads(collection))


@pytest.mark.parametrize("part", [1, 5_000, 1_000_000])
def test_a_store_filled_in_parts_holds_the_same(part, tmp_path, monkeypatch):
    monkeypatch.setattr("whosays.store.folder.PART", part)
    collection = crowd(5, 30)

    write_folder(tmp_path / "store", rdf.chunks(collection))

    lines = read_folder(tmp_path / "store").splitlines(keepends=True)
    assert digest(b"".join(sorted(lines))) == digest(rdf.nquads(collection))


@FEW
@given(collections())
def test_statements_survive_the_way_through_rdf(collection):
    store = store_of(collection)

    back = rdf.statements(store, RELATIONS)

    assert back == list(collection.statements)


@FEW
@given(collections())
def test_loading_twice_adds_nothing(collection):
    nquads = rdf.nquads(collection)
    store = pyoxigraph.Store()
    store.load(nquads, pyoxigraph.RdfFormat.N_QUADS)
    once = len(store)

    store.load(nquads, pyoxigraph.RdfFormat.N_QUADS)

    assert len(store) == once == nquads.count(b"\n")


@FEW
@given(collections(max_size=5))
def test_the_order_of_records_changes_no_byte(collection):
    turned = replace(
        collection,
        statements=tuple(reversed(collection.statements)),
        actors=dict(reversed(collection.actors.items())),
    )

    assert digest(rdf.nquads(turned)) == digest(rdf.nquads(collection))


@FEW
@given(collections(max_size=4))
def test_there_are_no_blank_nodes(collection):
    store = store_of(collection)

    assert not any(
        isinstance(term, pyoxigraph.BlankNode)
        for quad in store
        for term in (quad.subject, quad.object)
    )


@pytest.mark.parametrize(
    ("given_iri", "written"),
    [
        ("https://a.example/x", "<https://a.example/x>"),
        ("https://a.example/a b<c>", "<https://a.example/a%20b%3Cc%3E>"),
    ],
)
def test_an_iri_cannot_break_out_of_its_brackets(given_iri, written):
    assert iri(given_iri) == written


def test_controls_and_quotes_in_a_literal_are_escaped():
    assert literal('a"b\\c\nd\x01', "FA-ir") == '"a\\"b\\\\c\\nd\\u0001"@fa-ir'
