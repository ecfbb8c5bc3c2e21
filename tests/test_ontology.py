"""The Turtle in ``ontology/``: complete, consistent, and told alike by code and README.

Each rule of ``ontology/checks`` has a graph that breaks it and one that does not.
"""

import re
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from whosays import model, resources
from whosays.matching import fold
from whosays.problems import CATALOGUE
from whosays.vocab import prefixes

ONTOLOGY = Path(str(resources.data_root())) / "ontology"
CHECKS = sorted((ONTOLOGY / "checks").glob("*.rq"))
WS = rdflib.Namespace("https://w3id.org/whosays/ns#")
REL = rdflib.Namespace("https://w3id.org/whosays/rel/")
SAID = "https://w3id.org/whosays/said/"
DENIED = "https://w3id.org/whosays/denied/"
VALUES: dict[str, tuple[str, type[StrEnum]]] = {
    "Stance": ("", model.Stance),
    "Modality": ("", model.Modality),
    "Mood": ("", model.Mood),
    "Status": ("", model.Status),
    "Framing": ("framing-", model.Framing),
    "ActorType": ("type-", model.ActorType),
    "NameKind": ("name-", model.NameKind),
    "DisputeKind": ("dispute-", model.DisputeKind),
    "Context": ("context-", model.Context),
}
ROLES = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, WS.Incompatibility)

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
GOOD = (
    HEAD
    + """
actor:aldoria a ws:Actor, ws:Place ; ws:actorType ws:type-state ;
    skos:prefLabel "Aldoria"@en ; ws:rollsUpTo actor:aldoria .
actor:aldorian-navy a ws:Actor ; ws:actorType ws:type-armedForce ;
    skos:prefLabel "Aldorian Navy"@en ; skos:altLabel "the fleet"@en ;
    ws:partOf actor:aldoria ; ws:within actor:aldoria .
actor:belmark a ws:Actor, ws:Place ; ws:actorType ws:type-state ;
    skos:prefLabel "Belmark"@en .
actor:cedar-front a ws:Actor ; ws:actorType ws:type-militia ;
    skos:prefLabel "Cedar Front"@en .
actor:port-vale a ws:Place ; ws:actorType ws:type-place ;
    skos:prefLabel "Port Vale"@en .
src:bulletin a ws:Source ; dcterms:title "Night bulletin"@en ;
    dcterms:date "2031-04?" ; ws:defaultVoice actor:belmark .
st:a a ws:Statement ; ws:subject actor:aldorian-navy ; ws:relation rel:arms ;
    ws:object actor:cedar-front ; ws:proposition prop:aldorian-navy_arms_cedar-front ;
    ws:stance ws:affirms ; ws:modality ws:actual ; ws:mood ws:realis ;
    ws:status ws:accepted ; ws:source src:bulletin ; ws:voice actor:belmark ;
    ws:locator "l12" ; ws:confidence 0.9 ; ws:place actor:port-vale ;
    ws:gist "Crates for the Front came ashore."@en ; ws:valid "2031-03" ;
    ws:validFrom "2031-03-01"^^xsd:date ; ws:validTo "2031-03-31"^^xsd:date .
prop:aldorian-navy_arms_cedar-front a ws:Proposition ;
    ws:subject actor:aldorian-navy ; ws:relation rel:arms ;
    ws:object actor:cedar-front .
st:b a ws:Statement ; ws:subject actor:cedar-front ; ws:relation rel:fights ;
    ws:object actor:belmark ; ws:proposition prop:belmark_fights_cedar-front ;
    ws:stance ws:denies ; ws:modality ws:actual ; ws:mood ws:realis ;
    ws:status ws:accepted ; ws:source src:bulletin ; ws:voice actor:belmark ;
    ws:locator "l13" .
prop:belmark_fights_cedar-front a ws:Proposition ; ws:subject actor:belmark ;
    ws:relation rel:fights ; ws:object actor:cedar-front .
actor:aldorian-navy said:arms actor:cedar-front .
actor:cedar-front denied:fights actor:belmark .
actor:belmark denied:fights actor:cedar-front .
"""
)
GRAPHS = """
<https://w3id.org/whosays/data/graph/voice.belmark> {
    actor:aldorian-navy said:arms actor:cedar-front .
    actor:belmark denied:fights actor:cedar-front . }
<https://w3id.org/whosays/data/graph/source.bulletin> {
    actor:aldorian-navy said:arms actor:cedar-front .
    actor:cedar-front denied:fights actor:belmark . }
"""
STATEMENT = """
st:c a ws:Statement ; ws:subject actor:aldorian-navy ; ws:relation rel:arms ;
    ws:object actor:cedar-front ; ws:proposition prop:aldorian-navy_arms_cedar-front ;
    ws:modality ws:actual ; ws:mood ws:realis ; ws:source src:bulletin ;
    ws:locator "l14" ;
"""
ACTOR = "https://w3id.org/whosays/data/actor/"
ST = "https://w3id.org/whosays/data/st/"

# check, what is added to the good graph, the focus nodes that the check must name
BREAKING = [
    (
        "bare-edge",
        "actor:cedar-front <https://example.org/hits> actor:belmark .",
        {f"{ACTOR}cedar-front"},
    ),
    (
        "bare-edge",
        "<https://example.org/g> { actor:cedar-front ws:voice actor:belmark . }",
        {f"{ACTOR}cedar-front"},
    ),
    (
        "bare-relation",
        "actor:belmark rel:arms actor:aldoria .",
        {f"{ACTOR}belmark"},
    ),
    (
        "bare-relation",
        "<https://example.org/g> { actor:belmark rel:arms actor:aldoria . }",
        {f"{ACTOR}belmark"},
    ),
    (
        "both-sides",
        STATEMENT
        + """ws:stance ws:denies ; ws:status ws:accepted ; ws:voice actor:belmark .""",
        {f"{ACTOR}belmark"},
    ),
    (
        "circle",
        "actor:aldoria ws:actsFor actor:aldorian-navy .",
        {f"{ACTOR}aldoria", f"{ACTOR}aldorian-navy"},
    ),
    (
        "edge-of-another-voice",
        "g:voice.aldoria { actor:aldorian-navy said:arms actor:cedar-front . }",
        {f"{ACTOR}aldorian-navy"},
    ),
    (
        "edge-of-another-voice",
        "g:source.other { actor:belmark denied:fights actor:cedar-front . }",
        {f"{ACTOR}belmark"},
    ),
    (
        "edge-without-statement",
        "actor:cedar-front said:fights actor:belmark .",
        {f"{ACTOR}cedar-front"},
    ),
    (
        "edge-without-statement",
        "<https://example.org/g> { actor:aldorian-navy denied:arms actor:cedar-front .}",
        {f"{ACTOR}aldorian-navy"},
    ),
    (
        "edge-without-statement",
        "actor:cedar-front said:arms actor:aldorian-navy .",  # not symmetric
        {f"{ACTOR}cedar-front"},
    ),
    (
        "narrower-circle",
        "rel:fights ws:narrowerThan rel:attacks .",
        {str(REL.fights), str(REL.attacks)},
    ),
    (
        "no-locator",
        "st:d ws:source src:bulletin ; ws:stance ws:reports ; ws:status ws:accepted .",
        {f"{ST}d"},
    ),
    (
        "place-speaks",
        "st:b ws:via actor:port-vale .",
        {f"{ST}b"},
    ),
    (
        "relation-name",
        "<https://example.org/rel/blocks> a ws:Relation ; skos:prefLabel 'IS-armed by'.",
        {str(REL.arms), "https://example.org/rel/blocks"},
    ),
    (
        "self-loop",
        "st:d ws:subject actor:belmark ; ws:object actor:belmark .",
        {f"{ACTOR}belmark"},
    ),
    (
        "shared-name",
        "actor:belmark skos:altLabel 'The Fleet'@en .",
        {f"{ACTOR}aldorian-navy", f"{ACTOR}belmark"},
    ),
    (
        "superseded-counts",
        "st:b ws:supersedes st:a .",
        {f"{ST}a"},
    ),
    (
        "two-parents",
        "actor:aldorian-navy ws:actsFor actor:belmark .",
        {f"{ACTOR}aldorian-navy"},
    ),
    (
        "undeclared-term",
        "st:a ws:stanse ws:affirms .",
        {f"{ST}a"},
    ),
    (
        "undeclared-term",
        "<https://example.org/g> { actor:belmark said:figths actor:aldoria . }",
        {f"{ACTOR}belmark"},
    ),
    (
        "undeclared-term",
        "st:d ws:relation rel:figths .",
        {f"{ST}d"},
    ),
]

# check, what is added to the good graph and must not disturb the check
HARMLESS = [
    ("bare-edge", "actor:cedar-front ws:actsFor actor:belmark ."),
    (
        "both-sides",
        STATEMENT
        + """ws:stance ws:denies ; ws:status ws:accepted ; ws:voice actor:belmark ;
        ws:valid "2032" ; ws:validFrom "2032-01-01"^^xsd:date ;
        ws:validTo "2032-12-31"^^xsd:date .""",
    ),
    (
        "both-sides",
        STATEMENT
        + "ws:stance ws:denies ; ws:status ws:retracted ; ws:voice actor:belmark .",
    ),
    (
        "both-sides",
        STATEMENT
        + "ws:stance ws:denies ; ws:status ws:accepted ; ws:voice actor:aldoria .",
    ),
    ("no-locator", "st:d ws:source src:bulletin ; ws:stance ws:reports ."),
    ("place-speaks", "st:b ws:via actor:aldoria ."),
    ("shared-name", "actor:aldoria skos:altLabel 'Aldoria'@de, 'ALDORIA'@en ."),
    ("superseded-counts", "st:b ws:supersedes st:gone ."),
    ("undeclared-term", "st:d ws:relation <https://example.org/rel/blocks> ."),
]


def numbered(cases: list[Any]) -> list[str]:
    return [f"{case[0]}-{number}" for number, case in enumerate(cases, 1)]


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(ONTOLOGY / "whosays.ttl")


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ONTOLOGY / "shapes.ttl")


def ontology_store() -> ox.Store:
    store = ox.Store()
    store.load(path=ONTOLOGY / "whosays.ttl", format=ox.RdfFormat.TURTLE)
    return store


def findings(check: Path, trig: str) -> list[tuple[str, str]]:
    store = ontology_store()
    store.load(trig, ox.RdfFormat.TRIG)
    solutions = store.query(check.read_text("utf-8"))
    assert isinstance(solutions, ox.QuerySolutions)
    return [(row["focus"].value, row["value"].value) for row in solutions]


def terms(graph: rdflib.Graph) -> set[rdflib.term.Node]:
    return {
        node
        for node in graph.subjects()
        if str(node).startswith((str(WS), str(REL), SAID, DENIED))
    }


@pytest.mark.parametrize("name", ["whosays.ttl", "shapes.ttl"])
def test_both_libraries_read_the_same_number_of_triples(name):
    path = ONTOLOGY / name

    by_rdflib = len(rdflib.Graph().parse(path))
    by_oxigraph = len(set(ox.parse(path=path, format=ox.RdfFormat.TURTLE)))

    assert by_rdflib == by_oxigraph > 500


def test_the_vocabulary_has_no_blank_nodes(graph):
    blank = [
        node for triple in graph for node in triple if isinstance(node, rdflib.BNode)
    ]

    assert blank == []


def test_the_header_says_title_licence_and_version(graph):
    header = rdflib.URIRef("https://w3id.org/whosays/ns")

    stated = set(graph.predicates(header))

    assert (header, RDF.type, OWL.Ontology) in graph
    assert {
        OWL.versionInfo,
        rdflib.DCTERMS.title,
        rdflib.DCTERMS.license,
        SKOS.definition,
    } <= stated


def test_every_term_has_one_english_label_and_one_definition(graph):
    incomplete = {}

    for term in terms(graph):
        labels = [
            *graph.objects(term, RDFS.label),
            *graph.objects(term, SKOS.prefLabel),
        ]
        definitions = list(graph.objects(term, SKOS.definition))
        if [text.language for text in labels + definitions] != ["en", "en"]:
            incomplete[str(term)] = (labels, definitions)

    assert incomplete == {}


def test_no_term_has_two_roles(graph):
    roles: dict[str, set[str]] = {}
    kinds = {WS[name] for name in VALUES} | {WS.Relation, *ROLES}

    for term in terms(graph):
        roles[str(term)] = {str(kind) for kind in graph.objects(term, RDF.type)} & {
            str(kind) for kind in kinds
        }

    assert {term: found for term, found in roles.items() if len(found) != 1} == {}


def test_every_term_of_ours_that_is_used_is_declared(graph, shapes):
    declared = terms(graph)
    used = {
        node
        for triple in [*graph, *shapes]
        for node in triple
        if isinstance(node, rdflib.URIRef)
        and str(node).startswith((str(WS), str(REL), SAID, DENIED))
    }

    assert used - declared == set()


def test_every_term_of_ours_in_the_checks_is_declared(graph):
    declared = {str(term).removeprefix(str(WS)) for term in terms(graph)}
    used = {
        (check.name, name)
        for check in CHECKS
        for name in re.findall(r"\bws:([\w-]+)", check.read_text("utf-8"))
    }

    assert {(check, name) for check, name in used if name not in declared} == set()


@pytest.mark.parametrize("kind", VALUES)
def test_code_and_turtle_list_the_same_values(graph, kind):
    prefix, enum = VALUES[kind]

    values = {
        str(value).removeprefix(f"{WS}{prefix}")
        for value in graph.subjects(RDF.type, WS[kind])
    }

    assert values == set(enum)


def test_every_controlled_class_is_compared_with_the_code(graph):
    classes = {
        str(name).removeprefix(str(WS))
        for name in graph.subjects(RDFS.subClassOf, SKOS.Concept)
    }

    assert classes == {*VALUES, "Relation"}


def test_code_and_turtle_give_a_modality_the_same_mood(graph):
    moods = {
        str(modality).removeprefix(str(WS)): str(mood).removeprefix(str(WS))
        for modality, mood in graph.subject_objects(WS.mood)
    }

    assert moods == {modality: modality.mood for modality in model.Modality}


@pytest.mark.parametrize(
    ("predicate", "enum"),
    [
        (WS.family, model.Family),
        (WS.objectKind, model.ObjectKind),
        (WS.ends, model.Ends),
        (WS.strength, model.Strength),
    ],
)
def test_code_and_turtle_agree_on_plain_values(graph, predicate, enum):
    values = {str(value) for value in graph.objects(predicate=predicate)}

    assert values == set(enum)


def test_there_are_32_relations_with_all_their_flags(graph):
    wanted = {
        SKOS.prefLabel,
        SKOS.definition,
        SKOS.altLabel,
        WS.family,
        WS.polarity,
        WS.symmetric,
        WS.rollsUpSubject,
        WS.rollsUpObject,
        WS.objectKind,
    }

    missing = {
        str(relation): wanted - set(graph.predicates(relation))
        for relation in graph.subjects(RDF.type, WS.Relation)
    }

    assert len(missing) == 32
    assert {name: gaps for name, gaps in missing.items() if gaps} == {}


def test_the_label_of_a_relation_is_its_id_in_words(graph):
    labels = {
        str(relation).removeprefix(str(REL)): str(graph.value(relation, SKOS.prefLabel))
        for relation in graph.subjects(RDF.type, WS.Relation)
    }

    differing = {
        id: label
        for id, label in labels.items()
        if re.sub("([A-Z])", lambda match: " " + match[1].lower(), id) != label
    }

    assert differing == {}


def test_exactly_the_symmetric_relations_have_no_inverse_label(graph):
    relations = set(graph.subjects(RDF.type, WS.Relation))

    symmetric = set(graph.subjects(WS.symmetric, rdflib.Literal(True)))
    inverse = set(graph.subjects(WS.inverseLabel))

    assert symmetric | inverse == relations
    assert symmetric & inverse == set()


def test_no_name_means_two_relations(graph):
    owners: dict[str, set[str]] = {}

    for relation in graph.subjects(RDF.type, WS.Relation):
        names = [str(relation).removeprefix(str(REL))]
        for predicate in (SKOS.prefLabel, SKOS.altLabel, WS.inverseLabel):
            names += [str(name) for name in graph.objects(relation, predicate)]
        for name in names:
            owners.setdefault(fold(name), set()).add(str(relation))

    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_narrower_relations_lead_to_a_wider_one_and_end(graph):
    wider = dict(graph.subject_objects(WS.narrowerThan))

    for start in wider:
        path = [start]
        while path[-1] in wider:
            path.append(wider[path[-1]])

            assert len(set(path)) == len(path), path


def test_a_narrower_relation_has_family_and_sign_of_the_wider(graph):
    differing = [
        (narrow, wide)
        for narrow, wide in graph.subject_objects(WS.narrowerThan)
        if graph.value(narrow, WS.family) != graph.value(wide, WS.family)
        or graph.value(narrow, WS.polarity).value * graph.value(wide, WS.polarity).value
        < 0
    ]

    assert differing == []


def test_every_relation_has_its_two_edges(graph):
    relations = set(graph.subjects(RDF.type, WS.Relation))

    for namespace, stance in ((SAID, WS.affirms), (DENIED, WS.denies)):
        edges = {
            edge: graph.value(edge, WS.relation)
            for edge in graph.subjects(WS.edgeStance, stance)
        }

        assert set(edges.values()) == relations
        assert all(
            str(edge) == namespace + str(relation).removeprefix(str(REL))
            for edge, relation in edges.items()
        )


def test_affirmed_edges_follow_the_wider_relation_and_denied_ones_do_not(graph):
    wanted = {
        (
            str(narrow).replace(str(REL), SAID),
            str(wide).replace(str(REL), SAID),
        )
        for narrow, wide in graph.subject_objects(WS.narrowerThan)
    }

    found = {
        (str(edge), str(wide))
        for edge, wide in graph.subject_objects(RDFS.subPropertyOf)
        if str(edge).startswith((SAID, DENIED))
    }

    assert found == wanted


def test_plain_links_and_records_of_incompatibility_agree(graph):
    links = {
        (first, second, strength)
        for predicate, strength in (
            (WS.incompatibleWith, "strong"),
            (WS.tension, "weak"),
        )
        for first, second in graph.subject_objects(predicate)
    }

    records = {
        (
            graph.value(node, WS.first),
            graph.value(node, WS.second),
            str(graph.value(node, WS.strength)),
        )
        for node in graph.subjects(RDF.type, WS.Incompatibility)
    }

    assert records == links
    assert len(records) == 12


def test_a_pair_with_a_symmetric_relation_takes_either_order_of_ends(graph):
    for node in graph.subjects(RDF.type, WS.Incompatibility):
        symmetric = any(
            graph.value(graph.value(node, end), WS.symmetric).value
            for end in (WS.first, WS.second)
        )

        assert (str(graph.value(node, WS.ends)) == "either") is symmetric, node


def test_the_readme_table_equals_the_turtle(graph):
    text = (ONTOLOGY / "README.md").read_text("utf-8")
    table = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in text.splitlines()
        if re.match(r"\| `rel:\w", line)
    ]

    wanted = [
        row_of(graph, relation) for relation in graph.subjects(RDF.type, WS.Relation)
    ]

    assert sorted(table) == sorted(wanted)


def row_of(graph: rdflib.Graph, relation: rdflib.URIRef) -> tuple[str, ...]:
    def text(predicate: rdflib.URIRef) -> str:
        value = graph.value(relation, predicate)
        return "" if value is None else str(value)

    def flag(predicate: rdflib.URIRef) -> str:
        return "x" if text(predicate) == "true" else "\N{EN DASH}"

    wider = text(WS.narrowerThan).removeprefix(str(REL))
    return (
        f"`rel:{relation.removeprefix(str(REL))}`",
        text(WS.inverseLabel) or "(itself)",
        f"`{wider}`" if wider else "",
        text(WS.family),
        f"{int(text(WS.polarity)):+d}".replace("+0", "0"),
        f"{flag(WS.rollsUpSubject)}/{flag(WS.rollsUpObject)}",
        text(WS.objectKind),
        text(SKOS.definition),
    )


def test_the_readme_table_of_incompatible_relations_equals_the_turtle(graph):
    text = (ONTOLOGY / "README.md").read_text("utf-8")
    pattern = r"^\| `(\w+)` \| `(\w+)` \| (same|either|crossed) \| (strong|weak) \|$"
    table = re.findall(pattern, text, re.MULTILINE)

    wanted = [
        tuple(
            str(graph.value(node, predicate)).removeprefix(str(REL))
            for predicate in (WS.first, WS.second, WS.ends, WS.strength)
        )
        for node in graph.subjects(RDF.type, WS.Incompatibility)
    ]

    assert sorted(table) == sorted(wanted)


def test_the_readme_defines_every_class_property_and_value_as_the_turtle_does(graph):
    lines = (ONTOLOGY / "README.md").read_text("utf-8").splitlines()
    wanted = {
        (f"`ws:{str(term).removeprefix(str(WS))}`", str(definition))
        for term, definition in graph.subject_objects(SKOS.definition)
        if str(term).startswith(str(WS)) and "#pair-" not in str(term)
    }

    missing = [
        name
        for name, definition in sorted(wanted)
        if not any(
            line.startswith((f"| {name}", f"- {name}")) and definition in line
            for line in lines
        )
    ]

    assert missing == []


def test_the_vocabulary_meets_the_shapes(graph, shapes):
    conforms, _report, text = pyshacl.validate(graph, shacl_graph=shapes)

    assert conforms, text


def test_good_data_meet_the_shapes(graph, shapes):
    data = graph + rdflib.Graph().parse(data=GOOD, format="turtle")

    conforms, _report, text = pyshacl.validate(data, shacl_graph=shapes)

    assert conforms, text


@pytest.mark.parametrize(
    ("added", "message"),
    [
        ("st:a ws:stance ws:denies .", "exactly one ws:stance"),
        ("st:a ws:object actor:aldorian-navy .", "Subject and object are the same"),
        ("st:a ws:relation rel:figths .", "exactly one ws:relation"),
        ("st:a ws:voice actor:port-vale .", "exactly one ws:voice"),
        ("actor:belmark ws:actorType ws:type-place .", "A mere place cannot speak"),
        ("st:a ws:place actor:cedar-front .", "Each ws:place is a place"),
        ("st:a ws:context 'sports' .", "Use a context"),
        ("st:b ws:validTo '2031' .", "ws:validTo as xsd:date"),
        ("st:a ws:validFrom '2040-01-01'^^xsd:date .", "no later than ws:validTo"),
        ("st:b ws:locator 'near the end' .", "Write the locator as"),
        ("st:d a ws:Statement .", "Add a ws:locator"),
        (f"st:b ws:gist '{'x' * 241}' .", "at most 240 characters"),
        ("st:b ws:confidence 1.5 .", "between 0 and 1"),
        ("actor:dun-brigade a ws:Actor .", "Give a skos:prefLabel"),
        ("actor:aldorian-navy ws:actsFor actor:belmark .", "At most one parent"),
        ("src:other a ws:Source .", "Give the source a dcterms:title"),
        ("prop:x a ws:Proposition ; ws:stance ws:affirms .", "has no stance"),
        ("ws:type-hero a ws:ActorType .", "The list of ws:ActorType is closed"),
        ("denied:attacks rdfs:subPropertyOf denied:fights .", "Take rdfs:subProperty"),
        ("rel:fights ws:inverseLabel 'is fought by'@en .", "not both"),
        ("ws:other a owl:Class .", "Give the term an rdfs:label"),
    ],
)
def test_a_defect_is_told_by_the_shapes(graph, shapes, added, message):
    data = graph + rdflib.Graph().parse(data=GOOD + added, format="turtle")

    conforms, _report, text = pyshacl.validate(data, shacl_graph=shapes)

    assert not conforms
    assert message in text


def test_the_shapes_are_core_only_and_each_tells_what_to_do(shapes):
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    silent = [
        (shape, node)
        for shape in shapes.subjects(RDF.type, sh.NodeShape)
        for node in shapes.objects(shape, sh.property)
        if shapes.value(node, sh.message) is None
    ]

    assert not {sh.sparql, sh.select, sh.js} & set(shapes.predicates())
    assert not list(shapes.objects(predicate=sh.deactivated))
    assert silent == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.stem)
def test_a_check_has_a_complete_header_and_catalogued_code(check):
    text = check.read_text("utf-8")

    header = dict(re.findall(r"^# (severity|code|message): (.+)$", text, re.MULTILINE))

    assert text.startswith("# severity: ")
    assert header["severity"] == CATALOGUE[header["code"]].level
    assert set(re.findall(r"{(\w+)}", header["message"])) <= {"focus", "value"}
    assert "SELECT DISTINCT ?focus ?value" in text


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.stem)
def test_a_good_graph_passes_each_check(check):
    assert findings(check, GOOD + GRAPHS) == []


@pytest.mark.parametrize(("name", "added", "focus"), BREAKING, ids=numbered(BREAKING))
def test_a_check_names_what_breaks_it(name, added, focus):
    found = findings(ONTOLOGY / "checks" / f"{name}.rq", GOOD + GRAPHS + added)

    assert {node for node, _value in found} == focus


@pytest.mark.parametrize(("name", "added"), HARMLESS, ids=numbered(HARMLESS))
def test_a_check_keeps_quiet_about_what_is_allowed(name, added):
    assert findings(ONTOLOGY / "checks" / f"{name}.rq", GOOD + GRAPHS + added) == []


def test_every_check_is_broken_by_some_graph():
    broken = Counter(name for name, _added, _focus in BREAKING)

    assert set(broken) == {check.stem for check in CHECKS}
