"""Named queries: each gives what the tables say, and no value leaves its term."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import crowd
from whosays import disputes, project, rdf, resources, vocab
from whosays.errors import QueryError, UnknownName, WhosaysError
from whosays.model import (
    Collection,
    DisputeKind,
    Family,
    Framing,
    Mood,
    Stance,
    Statement,
)
from whosays.queries import NamedQuery, bind, catalogue, find
from whosays.queries.catalogue import read_query
from whosays.rows import Rows
from whosays.store import Store, to_nquads, unknown_terms

FILES = {
    "whosays.toml": '[project]\nname = "strait"\ntitle = "The strait"\n',
    "actors.csv": """\
slug,label,type,part_of,acts_for
aldoria,Aldoria,state,,
aldorian-navy,Aldorian Navy,armedForce,aldoria,
aldorian-minister,Minister of Aldoria,person,,aldoria
admiral-orne,Admiral Orne,person,,aldorian-navy
belmark,Belmark,state,,
belmark-premier,Premier of Belmark,person,,belmark
belmark-radio,Belmark Radio,mediaOutlet,,
cedar-front,Cedar Front,oppositionGroup,,
front-spokesman,Spokesman of the Front,person,,cedar-front
dun-brigade,Dun Brigade,militia,,
harbour-post,Harbour Post,mediaOutlet,,
port-vale,Port Vale,place,belmark,
grey-strait,Grey Strait,place,,
""",
    "sources.csv": """\
slug,title,kind,publisher,author,default_voice,date
strait-interview,Strait interview,interview,harbour-post,harbour-post,aldorian-minister,2031-04-02
night-bulletin,Night bulletin,report,belmark-radio,,,2031-04?
old-leaflet,Old leaflet,post,,,front-spokesman,2029
""",
    "names.csv": """\
actor,name,lang,kind,used_by,source,locator
cedar-front,the Rabble,en,delegitimising,belmark-radio,night-bulletin,l3
cedar-front,the Patriots,en,honorific,front-spokesman,old-leaflet,p1
dun-brigade,DB,en,acronym,harbour-post > belmark-premier,strait-interview,p2
""",
    "statements/strait-interview.csv": """\
subject,relation,object,source,stance,speaker,modality,locator,valid,place,framing,gist
aldoria,arms,cedar-front,strait-interview,denies,,,p4,,,,No weapons went out.
aldoria,negotiatesWith,belmark,strait-interview,affirms,,intended,p7,,,,Ready for talks.
aldoria,negotiatesWith,belmark,strait-interview,denies,belmark-premier,advocated,p8,,,neutral,No talks.
aldoria,cooperatesWith,dun-brigade,strait-interview,affirms,belmark-radio,,p9,,grey-strait,rejected,Joint patrols.
aldoria,cooperatesWith,dun-brigade,strait-interview,denies,,,p9,,,,Alone at sea.
admiral-orne,commands,aldorian-navy,strait-interview,affirms,,,p10,2031,,,Orne has the fleet.
belmark,fights,cedar-front,strait-interview,affirms,,,p11,2031-04,,,A war next door.
aldoria,attacks,belmark,strait-interview,denies,,,p12,2031-01/2031-03,port-vale,,No raid.
aldoria,deploysTo,port-vale,strait-interview,questions,harbour-post,,p13,,,,Any soldiers there?
""",
    "statements/night-bulletin.csv": """\
subject,relation,object,source,stance,speaker,modality,locator,valid,place,framing,gist
aldorian-navy,arms,cedar-front,night-bulletin,affirms,,,l12,2031-03,port-vale,,Crates came ashore.
belmark,fights,cedar-front,night-bulletin,affirms,,,l13,,,,War goes on.
cedar-front,attacks,belmark,night-bulletin,affirms,harbour-post > front-spokesman,,l15,2031-03-28,port-vale,neutral,A raid.
aldorian-navy,attacks,belmark,night-bulletin,affirms,,,l16,2031-03,port-vale,,Shells fell.
aldorian-navy,attacks,belmark,night-bulletin,affirms,,,l17,2030,port-vale,,Shells fell before.
aldorian-navy,attacks,belmark,night-bulletin,affirms,,,l18,2031-02,grey-strait,,Shells at sea.
aldoria,cooperatesWith,cedar-front,night-bulletin,affirms,belmark-premier,,l19,2031,,,Hand in hand.
dun-brigade,leads,cedar-front,night-bulletin,reports,,,l20,2031,,,There is talk.
""",
    "statements/old-leaflet.csv": """\
subject,relation,object,source,stance,speaker,modality,locator,valid,place,framing,gist
cedar-front,fights,belmark,old-leaflet,denies,,,p1,2029,,,Peace reigns.
cedar-front,fights,belmark,old-leaflet,denies,,,p2,,,,No war ever.
dun-brigade,leads,cedar-front,old-leaflet,denies,,,p3,2029,,,Nobody leads us.
belmark,opposes,cedar-front,old-leaflet,affirms,,,p4,2029,,,They dislike us.
""",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("strait")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    read = project.read(folder)
    assert [p for p in read.problems if p.level == "error"] == []
    return read.collection


@pytest.fixture(scope="module")
def bundled():
    return project.read(resources.bundled_project()).collection


@pytest.fixture(scope="module", params=["small", "bundled"])
def asked(request):
    """A collection and a store with its quads, disputes and vocabulary."""
    collection: Collection = request.getfixturevalue(request.param)
    return collection, filled(collection)


_STORES: dict[int, Store] = {}


CROWD = crowd(3, size=60)  # passed on, questioned, undated: all of it


def filled(collection: Collection) -> Store:
    """Fill a store once for each of the two collections of this file."""
    if id(collection) not in _STORES:
        _STORES[id(collection)] = _fill(collection)
    return _STORES[id(collection)]


def _fill(collection: Collection) -> Store:
    terms = to_nquads(resources.ontology_file("whosays.ttl").read_bytes())
    return Store.memory(rdf.nquads(collection, disputes.find(collection)) + terms)


def lookup(kind: str, text: str) -> str:
    """Name a thing without looking whether it is there."""
    base = {"actor": "actor/", "source": "source/", "statement": "st/"}
    return (
        vocab.REL + text
        if kind == "relation"
        else vocab.DEFAULT_BASE + base[kind] + text
    )


def ask(store: Store, name: str, **values: str | int) -> Rows:
    return store.query(bind(find(name), values, lookup)).rows()


def ids(store: Store, name: str, **values: str | int) -> list[str]:
    return sorted(str(row["id"]) for row in ask(store, name, **values))


def accepted(collection: Collection) -> list[Statement]:
    return [s for s in collection.statements if s.counts]


def gold(statements) -> list[str]:
    return sorted(s.id for s in statements)


def some_actors(collection: Collection) -> list[str]:
    """Name the actors that most is said of, and one that nothing is said of."""
    used = Counter(end for s in accepted(collection) for end in (s.subject, s.object))
    return [slug for slug, _ in used.most_common(4)]


def some_voices(collection: Collection) -> list[str]:
    return [v for v, _ in Counter(s.voice for s in accepted(collection)).most_common(4)]


# -- the catalogue ---------------------------------------------------------------------

NAMES = sorted(catalogue())


def test_there_are_enough_queries_and_every_question_has_one():
    ten = {
        "both-sides",
        "network",
        "disputed",
        "names-of",
        "hostile-claims",
        "voice-in-year",
        "command",
        "agreed",
        "second-hand",
    }

    assert ten <= set(NAMES)
    assert len(NAMES) >= 18


@pytest.mark.parametrize("name", NAMES)
def test_every_query_has_a_whole_header(name):
    query = find(name)

    assert query.summary
    assert query.title
    assert query.columns
    assert query.origin == f"{name}.rq"
    assert not query.fault
    named = {match[1] for match in re.finditer(r"[?$]_(\w+)", query.text)}
    assert named == {param.name for param in query.params}


@pytest.mark.parametrize("name", NAMES)
def test_every_query_answers_with_the_columns_of_its_header(name, small):
    answer = filled(small).query(find(name).text)

    assert answer.variables == tuple(column.name for column in find(name).columns)


@pytest.mark.parametrize("name", NAMES)
def test_every_column_is_filled_somewhere(name, small, bundled):
    rows = [row for data in (small, bundled, CROWD) for row in ask(filled(data), name)]

    empty = {column for column in rows[0] if all(row[column] is None for row in rows)}

    assert empty == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_query_uses_only_terms_of_the_vocabulary(name):
    known = {*vocab.load().terms, *(r.iri for r in vocab.load().relations.values())}
    edges = {
        iri.replace("/rel/", f"/{kind}/")
        for iri in known
        for kind in ("said", "denied")
    }

    assert unknown_terms(find(name).text, known | edges, vocab.prefixes()) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_query_counts_inside_a_graph_variable(name):
    """`GRAPH ?g { SELECT (COUNT…) }` gives one row without ?g."""
    assert not re.search(r"GRAPH\s+\?\w+\s*\{\s*SELECT", find(name).text)


@pytest.mark.parametrize("name", NAMES)
def test_every_query_takes_each_parameter_in_every_group(name, small):
    values: dict[str, str | int] = {
        "actor": "aldoria",
        "relation": "arms",
        "source": "night-bulletin",
        "statement": "x",
        "stance": "affirms",
        "date": "2031-04-02",
        "text": "x",
        "int": 2031,
    }
    query = find(name)

    for param in query.params:
        text = bind(query, {param.name: values[param.type]}, lookup)

        assert text.count(f"VALUES ?_{param.name} {{") >= 1
        filled(small).query(text)


def test_a_project_adds_queries_and_may_replace_ours(tmp_path):
    (tmp_path / "queries").mkdir()
    own = tmp_path / "queries" / "own.rq"
    own.write_text("#+ summary: Mine\n#+ params: who=actor\nASK { ?_who ?p ?o }")
    (tmp_path / "queries" / "about.rq").write_text("#+ summary: Ours, replaced\nASK {}")

    found = catalogue(tmp_path)

    assert found["own"].params[0].name == "who"
    assert str(found["own"].params[0]) == "who=actor"
    assert found["about"].summary == "Ours, replaced"
    assert list(found) == sorted(found)


@pytest.mark.parametrize(
    ("data", "file", "fragment"),
    [
        (b"ASK { '\xff' }", "a.rq", "not UTF-8"),
        (b"#+ params: a=colour\nASK {}", "a.rq", "“a=colour” is no parameter"),
        (b"#+ params: a\nASK {}", "a.rq", "“a” is no parameter"),
        (b"#+ colour: red\nASK {}", "a.rq", "line 1: unknown header “colour”"),
        (b"#+ columns: only-a-name\nASK {}", "a.rq", "is no column"),
        (b"ASK {}", "A b.rq", "small letters"),
        (b"#" * 300_000, "a.rq", "bytes"),
    ],
)
def test_a_file_that_cannot_be_used_is_listed_with_the_reason(
    data, file, fragment, tmp_path
):
    query = read_query(data, file)
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / file).write_bytes(data)

    assert fragment in query.fault
    assert fragment in catalogue(tmp_path)[query.name].summary
    with pytest.raises(QueryError, match=re.escape(fragment)):
        find(query.name, tmp_path)


def test_an_unknown_query_is_answered_with_the_nearest():
    with pytest.raises(UnknownName, match="contested"):
        find("contestd")


# -- binding: the seven shapes ---------------------------------------------------------

SHAPES: dict[str, tuple[str, list[tuple[object, ...]]]] = {
    "aggregate": ("SELECT (COUNT(?s) AS ?n) { ?s <a:v> ?_v }", [(2,)]),
    "subselect": (
        "SELECT ?n { { SELECT (COUNT(?s) AS ?n) { ?s <a:v> ?_v } } }",
        [(2,)],
    ),
    "union": (
        "SELECT ?s { { ?s <a:w> ?_v } UNION { ?s <a:v> ?o FILTER(?o = ?_v) } }",
        [("a:1",), ("a:2",), ("a:3",)],
    ),
    "optional": (
        "SELECT ?s ?o { ?s <a:n> ?n OPTIONAL { ?s <a:v> ?o FILTER(?o = ?_v) } }",
        [("a:1", "a:x"), ("a:2", "a:x"), ("a:3", None)],
    ),
    "exists": (
        "SELECT ?s { ?s <a:n> ?n FILTER EXISTS { ?s <a:v> ?_v } }",
        [("a:1",), ("a:2",)],
    ),
    "not exists": (
        "SELECT ?s { ?s <a:n> ?n FILTER NOT EXISTS { ?s <a:v> ?_v } }",
        [("a:3",)],
    ),
    "minus": ("SELECT ?s { ?s <a:n> ?n MINUS { ?s <a:v> ?_v } }", [("a:3",)]),
    "graph": ("SELECT ?g { GRAPH ?g { ?s <a:v> ?_v } }", [("a:g1",)]),
    "grouped": (
        "SELECT ?_v (COUNT(?s) AS ?n) { ?s <a:v> ?_v } GROUP BY ?_v ORDER BY ?_v",
        [("a:x", 2)],
    ),
    "own values": (
        "SELECT ?s { VALUES ?_v { <a:x> <a:y> } ?s <a:v> ?_v }",
        [("a:1",), ("a:2",)],
    ),
    "where select": (
        "SELECT * WHERE { SELECT ?s { ?s <a:v> ?_v } }",
        [("a:1",), ("a:2",)],
    ),
    "head only": ("SELECT ?s (?_v AS ?x) { ?s <a:w> <a:x> }", [("a:3", "a:x")]),
    "nested": (
        "SELECT ?s { ?s <a:n> ?n { ?s <a:v> ?a { ?s <a:v> ?_v } } }",
        [("a:1",), ("a:2",)],
    ),
    "in text": (
        "SELECT ?s { ?s <a:v> ?_v FILTER(?s != '?_v {') } # ?_v {",
        [("a:1",), ("a:2",)],
    ),
    "ask": ("ASK { ?s <a:w> ?_v }", [(True,)]),
}
SHAPED = (
    b"<a:1> <a:v> <a:x> .\n<a:2> <a:v> <a:x> .\n<a:3> <a:v> <a:y> .\n"
    b"<a:1> <a:n> <a:x> .\n<a:2> <a:n> <a:x> .\n<a:3> <a:n> <a:x> .\n"
    b"<a:3> <a:w> <a:x> .\n<a:1> <a:w> <a:z> .\n"
    b"<a:1> <a:v> <a:x> <a:g1> .\n<a:3> <a:v> <a:y> <a:g2> .\n"
)


def shaped(text: str) -> NamedQuery:
    query = read_query(f"#+ params: v=actor n=int\n{text}".encode(), "shape.rq")
    assert not query.fault
    return query


@pytest.mark.parametrize("name", SHAPES)
def test_a_parameter_is_bound_right_in_every_shape(name):
    text, expected = SHAPES[name]
    bound = bind(shaped(text), {"v": "x"}, lambda _kind, text: f"a:{text}")

    rows = Store.memory(SHAPED).query(bound).rows()

    assert sorted(map(str, rows.records)) == sorted(map(str, expected))


@pytest.mark.parametrize("name", SHAPES)
def test_without_values_the_text_stays_as_it_is(name):
    query = shaped(SHAPES[name][0])

    assert bind(query, {}, lookup) == query.text


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(?s) AS ?n) { ?s <a:v> ?v } GROUP BY ?v HAVING (?n > ?_n)",
        "SELECT ?v (COUNT(?s) AS ?n) { ?s <a:v> ?v } GROUP BY ?v ORDER BY ?_n",
        "SELECT (SUM(?_n) AS ?n) { ?s <a:v> ?v }",
        "SELECT ?s { { SELECT (SUM(?_n) AS ?s) { ?s <a:v> ?v } } }",
        "DESCRIBE ?_n",
        "CONSTRUCT WHERE { ?s ?p ?_n }",
    ],
)
def test_a_parameter_that_no_value_can_reach_is_refused_with_its_place(text):
    with pytest.raises(QueryError) as caught:
        bind(shaped(text), {"n": 1}, lookup)

    assert caught.value.code == "WS612"
    assert caught.value.line == 2
    assert "?_n" in caught.value.excerpt


def test_a_parameter_in_having_is_bound_when_it_is_grouped():
    text = "SELECT ?v { ?s <a:v> ?v } GROUP BY ?v ?_n HAVING (COUNT(?s) > ?_n)"
    bound = bind(shaped(text), {"n": 2}, lookup)

    assert Store.memory(SHAPED).query(bound).rows().records == ()
    assert "VALUES ?_n { 2 }" in bound


def test_an_unknown_parameter_is_named_with_those_there_are():
    with pytest.raises(QueryError, match="no parameter “speakr”") as caught:
        bind(find("denied-by"), {"speakr": "belmark-radio"}, lookup)

    assert caught.value.code == "WS611"
    assert "speaker" in caught.value.hint


HOSTILE = [
    "x> } SELECT * { ?a ?b ?c",
    'x" } DROP ALL #',
    "x\\",
    "x\n}",
    "} UNION { ?s ?p ?o",
    "<a:b>",
    "x`",
    "a b",
    "\x00",
    "\ud800",
    "",
]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("kind", ["actor", "int", "date", "stance"])
def test_a_hostile_value_is_refused(kind, value):
    query = read_query(f"#+ params: v={kind}\nASK {{ ?s ?p ?_v }}".encode(), "a.rq")

    with pytest.raises(WhosaysError):
        bind(query, {"v": value}, lambda _kind, text: text)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_text_comes_back_as_the_same_literal(value):
    query = read_query(
        b"#+ params: v=text\nSELECT ?x { BIND(?_v AS ?x) } # ?_v", "a.rq"
    )

    rows = Store.memory().query(bind(query, {"v": value}, lookup)).rows()

    assert rows.records == ((value,),)


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("int", "2031", "2031"),
        ("int", -5, "-5"),
        ("date", "2031-04-02", '"2031-04-02"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("stance", "Denies", f"<{vocab.WS}denies>"),
        ("actor", "aldoria", f"<{vocab.DEFAULT_BASE}actor/aldoria>"),
        ("relation", "arms", f"<{vocab.REL}arms>"),
    ],
)
def test_values_become_terms_of_their_type(kind, value, term):
    query = read_query(f"#+ params: v={kind}\nASK {{ ?s ?p ?_v }}".encode(), "a.rq")

    assert f"VALUES ?_v {{ {term} }}" in bind(query, {"v": value}, lookup)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("int", "1.5"),
        ("int", "1e9"),
        ("date", "2031"),
        ("date", "2031-02-30"),
        ("stance", "agrees"),
        ("int", "9" * 40),
    ],
)
def test_a_value_of_the_wrong_type_is_refused(kind, value):
    query = read_query(f"#+ params: v={kind}\nASK {{ ?s ?p ?_v }}".encode(), "a.rq")

    with pytest.raises((QueryError, UnknownName)):
        bind(query, {"v": value}, lookup)


# -- answers against the tables --------------------------------------------------------


def test_statements_are_all_that_is_accepted(asked):
    collection, store = asked
    rows = ask(store, "statements")
    by_id = {s.id: s for s in accepted(collection)}

    assert sorted(map(str, rows.column("id"))) == sorted(by_id)
    for row in rows:
        one = by_id[str(row["id"])]
        assert row["subject"] == one.subject
        assert row["subject_label"] == collection.label(one.subject)
        assert row["relation"] == one.relation
        assert row["relation_label"] == collection.relations[one.relation].label
        assert row["object"] == one.object
        assert row["object_label"] == collection.label(one.object)
        assert row["stance"] == one.stance
        assert row["modality"] == one.modality
        assert row["voice"] == one.voice
        assert row["via"] == (collection.label(one.via[0]) if one.via else None)
        assert row["framing"] == (one.framing or None)
        assert row["source"] == one.source
        assert row["locator"] == (one.locator or None)
        assert row["valid"] == (one.valid or None)
        assert row["gist"] == (one.gist or None)
        assert row["confidence"] == pytest.approx(one.confidence)


def test_statements_are_chosen_by_any_parameter(asked):
    collection, store = asked
    one = accepted(collection)[0]
    for values in (
        {"subject": one.subject},
        {"relation": one.relation, "stance": one.stance},
        {"object": one.object, "source": one.source},
        {"voice": one.voice},
    ):
        expected = gold(
            s
            for s in accepted(collection)
            if all(getattr(s, key) == value for key, value in values.items())
        )

        assert ids(store, "statements", **values) == expected


def test_about_finds_both_ends(asked):
    collection, store = asked
    for actor in some_actors(collection):
        expected = gold(
            s for s in accepted(collection) if actor in (s.subject, s.object)
        )

        assert ids(store, "about", actor=actor) == expected


def test_voices_sources_and_stances_select(asked):
    collection, store = asked
    for voice in some_voices(collection):
        own = [s for s in accepted(collection) if s.voice == voice]

        assert ids(store, "by-voice", speaker=voice) == gold(own)
        for name, stance in (("affirmed-by", "affirms"), ("denied-by", "denies")):
            expected = gold(s for s in own if s.stance == stance)
            assert ids(store, name, speaker=voice) == expected
    for source in collection.sources:
        inside = [s for s in accepted(collection) if s.source == source]

        assert ids(store, "in-source", source=source) == gold(inside)
        assert ids(store, "undated", source=source) == gold(
            s for s in inside if not s.valid
        )


def test_both_sides_of_a_claim_also_when_it_is_turned_round(asked):
    collection, store = asked
    common = Counter(s.proposition for s in accepted(collection)).most_common(3)
    for proposition, _ in common:
        group = [s for s in accepted(collection) if s.proposition == proposition]
        one = group[-1]

        found = ids(
            store,
            "both-sides",
            subject=one.subject,
            relation=one.relation,
            object=one.object,
        )

        assert found == gold(group)


def test_disputed_propositions_are_those_of_one_mood(asked):
    collection, store = asked
    sides: dict[tuple[str, Mood], dict[str, set[str]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for s in accepted(collection):
        if s.stance in (Stance.AFFIRMS, Stance.DENIES):
            sides[s.proposition, s.mood][s.stance].add(s.voice)
            sides[s.proposition, s.mood]["sources"].add(s.source)
    expected = sorted(
        (p, mood, len(v["affirms"]), len(v["denies"]), len(v["sources"]))
        for (p, mood), v in sides.items()
        if v["affirms"] and v["denies"]
    )

    rows = ask(store, "disputed")

    assert (
        sorted(
            (r["proposition"], r["mood"], r["for"], r["against"], r["sources"])
            for r in rows
        )
        == expected
    )
    counted = Counter(
        end
        for p in {p for p, *_ in expected}
        for end in {p.split("_")[0], p.split("_")[2]}
    )
    assert {r["actor"]: r["disputed"] for r in ask(store, "most-disputed")} == dict(
        counted
    )


def test_contested_claims_are_those_of_the_index(asked):
    collection, store = asked
    by_id = {s.id: s for s in collection.statements}
    groups: dict[tuple[str, str, str, str], dict[str, set[str]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for found in disputes.find(collection):
        if found.own or found.kind not in (DisputeKind.DIRECT, DisputeKind.ENTAILED):
            continue
        yes, no = by_id[found.affirmed], by_id[found.contested]
        # A row per denied proposition; a symmetric one has its ends in order.
        subject, _, rest = no.proposition.partition("_")
        key = (subject, no.relation, rest.rpartition("_")[2], no.mood.value)
        groups[key]["yes"].add(yes.voice)
        groups[key]["no"].add(no.voice)
        groups[key]["sources"] |= {yes.source, no.source}
        groups[key]["kind"].add(found.kind)
    expected = {
        key: (len(v["yes"]), len(v["no"]), len(v["sources"]), "direct" in v["kind"])
        for key, v in groups.items()
    }

    rows = ask(store, "contested")

    assert {
        (r["subject"], r["relation"], r["object"], r["mood"]): (
            r["affirming"],
            r["denying"],
            r["sources"],
            r["kind"] == "direct",
        )
        for r in rows
    } == expected


def test_contested_names_voices_sources_and_the_special_case(small):
    rows = {str(r["claim"]): r for r in ask(filled(small), "contested")}

    arms = rows["Aldoria arms Cedar Front"]
    assert arms["kind"] == "entailed"
    assert arms["affirmed_as"] == "Aldorian Navy arms Cedar Front"
    assert arms["affirmed_by"] == "Belmark Radio (Night bulletin)"
    assert arms["denied_by"] == "Minister of Aldoria (Strait interview)"
    patrols = rows["Aldoria cooperates with Dun Brigade"]
    assert patrols["affirmed_by"] == "Belmark Radio (Strait interview, rejected there)"
    # A raid in another year or another place is none that was denied.
    raid = rows["Aldoria attacks Belmark"]
    assert (raid["affirming"], raid["denying"]) == (1, 1)
    # Readiness to talk is not disputed by a wish that there be no talks.
    assert not any("negotiates" in claim for claim in rows)


@pytest.mark.parametrize(
    ("subject", "relation", "object", "mood"),
    [
        ("iran", "fights", "isis", "realis"),
        ("iran", "cooperatesWith", "isis", "realis"),
        ("iran", "supports", "isis", "realis"),
        ("iran", "deploysTo", "iraq", "realis"),
        ("iran", "cooperatesWith", "united-states", "deontic"),
    ],
)
def test_the_bundled_project_has_its_known_disputes(
    bundled, subject, relation, object, mood
):
    rows = ask(filled(bundled), "contested", actor=subject)

    found = [
        row
        for row in rows
        if (row["subject"], row["relation"], row["object"], row["mood"])
        == (subject, relation, object, mood)
    ]
    assert len(found) == 1
    assert found[0]["affirmed_by"]
    assert found[0]["denied_by"]


def test_disputes_are_listed_as_computed(asked):
    collection, store = asked
    expected = sorted(
        (d.id, d.kind.value, d.affirmed, d.contested, round(d.score, 4))
        for d in disputes.find(collection)
    )

    rows = ask(store, "disputes")

    assert (
        sorted(
            (r["dispute"], r["kind"], r["affirmed_id"], r["contested_id"], r["score"])
            for r in rows
        )
        == expected
    )


def test_networks_count_stances_by_proposition(asked):
    collection, store = asked
    source = Counter(s.source for s in accepted(collection)).most_common(1)[0][0]
    voice = some_voices(collection)[0]
    for values in ({}, {"source": source}, {"voice": voice}):
        counts: Counter[tuple[str, str, str]] = Counter()
        for s in accepted(collection):
            if all(getattr(s, key) == value for key, value in values.items()):
                counts[s.proposition, s.mood.value, s.stance.value] += 1

        rows = ask(store, "network", **values)

        found = {
            (f"{r['subject']}_{r['relation']}_{r['object']}", r["mood"], stance): r[
                column
            ]
            for r in rows
            for stance, column in (
                ("affirms", "affirmed"),
                ("denies", "denied"),
                ("questions", "questioned"),
                ("reports", "reported"),
            )
            if r[column]
        }
        assert found == dict(counts)


def test_names_say_who_uses_them(asked):
    collection, store = asked

    rows = ask(store, "names-of")

    assert sorted(
        (
            r["actor"],
            r["name"],
            r["kind"],
            r["used_by"],
            r["source"],
            r["locator"] or "",
        )
        for r in rows
    ) == sorted(
        (n.actor, n.name, n.kind.value, n.used_by[-1], n.source, n.locator)
        for n in collection.names
    )


def test_names_of_one_actor(small):
    rows = ask(filled(small), "names-of", actor="cedar-front")

    assert rows.column("name") == ("the Patriots", "the Rabble")


def test_hostile_claims_come_from_adversaries(asked):
    collection, store = asked
    hostile: set[tuple[str, str]] = set()
    for s in accepted(collection):
        relation = collection.relations[s.relation]
        if s.edge is Stance.AFFIRMS and relation.family is Family.HOSTILITY:
            hostile.add((s.subject, s.object))
            if relation.symmetric:
                hostile.add((s.object, s.subject))
    expected = gold(
        s
        for s in accepted(collection)
        if s.edge is Stance.AFFIRMS
        and collection.relations[s.relation].family is Family.COOPERATION
        and any(
            pair in hostile
            for end in (s.subject, s.object)
            for pair in product(collection.lineage(s.voice), collection.lineage(end))
        )
    )

    assert ids(store, "hostile-claims") == expected
    assert expected


def test_a_side_in_a_year_includes_all_who_act_for_it(asked):
    collection, store = asked
    tops = Counter(collection.top(s.voice) for s in accepted(collection))
    side = tops.most_common(1)[0][0]
    about = some_actors(collection)[0]
    for year in (2014, 2020, 2029, 2031):
        expected = gold(
            s
            for s in accepted(collection)
            if side in collection.lineage(s.voice)
            and any(about in collection.lineage(end) for end in (s.subject, s.object))
            and _covers(s.said, year)
        )

        found = ids(store, "voice-in-year", side=side, about=about, year=year)

        assert found == expected


def _covers(said: str, year: int) -> bool:
    from whosays import dates

    if not said:
        return False
    period = dates.parse(said)
    return bool(
        period.earliest
        and period.latest
        and period.earliest.year <= year <= period.latest.year
    )


def test_command_goes_upwards_over_parents_and_commanders(asked):
    collection, store = asked
    units = {s.object for s in accepted(collection) if s.relation in _COMMAND}
    for unit in sorted(units)[:4]:
        levels, queue = {unit}, [unit]
        while queue:
            level = queue.pop()
            above = {collection.actors[level].parent} - {""}
            above |= {
                s.subject
                for s in accepted(collection)
                if s.edge is Stance.AFFIRMS
                and s.relation in _COMMAND
                and s.object == level
            }
            queue += above - levels
            levels |= above
        expected = gold(
            s
            for s in accepted(collection)
            if s.relation in _COMMAND and s.object in levels
        )

        assert ids(store, "command", unit=unit) == expected


_COMMAND = ("leads", "commands")


def test_agreement_leaves_rejected_quotations_out(asked):
    collection, store = asked
    groups: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for s in accepted(collection):
        if s.framing is not Framing.REJECTED and s.stance in ("affirms", "denies"):
            groups[s.proposition, s.stance.value, s.mood.value].append(s)
    expected = {
        key: (len({s.source for s in group}), len({s.voice for s in group}))
        for key, group in groups.items()
        if len({s.source for s in group}) > 1
    }

    rows = ask(store, "agreed")

    assert {
        (r["proposition"], r["stance"], r["mood"]): (r["sources"], r["voices"])
        for r in rows
    } == expected
    assert all(r["stance"] == "denies" for r in ask(store, "agreed", stance="denies"))


def test_two_sources_are_compared_in_both_directions(asked):
    collection, store = asked
    said: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for s in accepted(collection):
        if s.framing is not Framing.REJECTED and s.stance in ("affirms", "denies"):
            said[s.source].add((s.proposition, s.mood.value, s.stance.value))
    pairs = [(a, b) for a in said for b in said if a != b]
    for one, other in pairs[:6]:
        expected = {
            (p, mood, x, y, "agree" if x == y else "contradict")
            for p, mood, x in said[one]
            for q, other_mood, y in said[other]
            if (p, mood) == (q, other_mood)
        }

        rows = ask(store, "between-sources", one=one, other=other)

        assert {
            (
                r["proposition"],
                r["mood"],
                r["one_stance"],
                r["other_stance"],
                r["result"],
            )
            for r in rows
        } == expected
    whole = ask(store, "between-sources")
    assert all(str(r["one"]) < str(r["other"]) for r in whole)


def test_second_hand_gives_every_link_of_the_chain(asked):
    collection, store = asked

    rows = ask(store, "second-hand")

    assert sorted((r["id"], r["level"], r["link"]) for r in rows) == sorted(
        (s.id, level, link)
        for s in accepted(collection)
        if s.via
        for level, link in enumerate(s.chain, 1)
    )


def test_single_voiced_claims_hang_on_one_voice(asked):
    collection, store = asked
    groups: dict[str, list[Statement]] = defaultdict(list)
    for s in accepted(collection):
        if s.edge:
            groups[s.proposition].append(s)

    rows = ask(store, "single-voiced")

    assert {(r["proposition"], r["voice"], r["statements"]) for r in rows} == {
        (p, group[0].voice, len(group))
        for p, group in groups.items()
        if len({s.voice for s in group}) == 1
    }


@pytest.mark.parametrize(
    ("name", "key", "attribute"),
    [("counts-by-source", "source", "source"), ("voices", "voice", "voice")],
)
def test_counts_are_those_of_python(asked, name, key, attribute):
    collection, store = asked
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for s in accepted(collection):
        counts[getattr(s, attribute)][s.stance.value] += 1

    rows = ask(store, name)

    assert {
        r[key]: (r["statements"], *(r[stance.value] for stance in Stance)) for r in rows
    } == {
        slug: (count.total(), *(count[stance.value] for stance in Stance))
        for slug, count in counts.items()
    }


def test_actors_and_sources_are_all_there(asked):
    collection, store = asked
    mentions = Counter(
        end for s in accepted(collection) for end in {s.subject, s.object}
    )
    spoken = Counter(s.voice for s in accepted(collection))
    written = Counter(s.source for s in accepted(collection))

    actors = {r["actor"]: r for r in ask(store, "actors")}
    sources = {r["source"]: r for r in ask(store, "sources")}

    assert set(actors) == set(collection.actors)
    for slug, actor in collection.actors.items():
        row = actors[slug]
        assert (row["label"], row["type"]) == (actor.label, actor.type.value)
        assert (row["part_of"] or "", row["acts_for"] or "") == (
            actor.part_of,
            actor.acts_for,
        )
        assert (row["mentions"], row["statements"]) == (mentions[slug], spoken[slug])
    assert {slug: r["statements"] for slug, r in sources.items()} == {
        slug: written[slug] for slug in collection.sources
    }
    assert {slug: r["voice"] for slug, r in sources.items()} == {
        slug: source.voice for slug, source in collection.sources.items()
    }


def test_relations_are_the_vocabulary(asked):
    collection, store = asked
    used = Counter(s.relation for s in accepted(collection))

    rows = {r["relation"]: r for r in ask(store, "relations")}

    for id, relation in vocab.load().relations.items():
        row = rows[id]
        assert row["label"] == relation.label
        assert row["family"] == relation.family.value
        assert row["polarity"] == relation.polarity
        assert row["symmetric"] == relation.symmetric
        assert (row["narrower_than"] or "") == relation.narrower_than
        assert row["statements"] == used[id]


def test_a_query_file_runs_unchanged_in_any_tool():
    """Unset parameters are plain variables, and nothing but SPARQL stands in a file."""
    from rdflib.plugins.sparql import parser

    lines = "\n".join(
        f"PREFIX {name}: <{iri}>" for name, iri in vocab.prefixes().items()
    )
    for query in catalogue().values():
        parser.parseQuery(f"{lines}\n{query.text}")


def test_the_files_travel_with_the_package():
    import whosays.queries

    folder = Path(whosays.queries.__file__).parent

    assert {path.stem for path in folder.glob("*.rq")} == set(catalogue())
