"""The vocabulary as the programs see it, and what a project may add to it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays import vocab
from whosays.errors import OntologyError
from whosays.model import (
    Ends,
    Family,
    Incompatibility,
    ObjectKind,
    Relation,
    Stance,
    Strength,
)
from whosays.rdf.terms import edge

PREFIXES = """@prefix ws: <https://w3id.org/whosays/ns#> .
@prefix rel: <https://w3id.org/whosays/rel/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix hb: <https://example.org/harbour/rel/> .
@prefix wd: <http://www.wikidata.org/entity/> .

"""
BASE = "https://example.org/harbour/"
CORE = vocab.load()


def added(tmp_path: Path, turtle: str) -> vocab.Vocabulary:
    folder = tmp_path / "ontology"
    folder.mkdir()
    (folder / "harbour.ttl").write_text(PREFIXES + turtle, "utf-8")
    return vocab.load(folder)


def with_rows(
    *rows: dict[str, str],
) -> tuple[vocab.Vocabulary, tuple[vocab.Fault, ...]]:
    return vocab.with_project_relations(CORE, rows, BASE)


def test_the_core_holds_the_values_of_every_list():
    sizes = {
        "relations": len(CORE.relations),
        "stances": len(CORE.stances),
        "modalities": len(CORE.modalities),
        "moods": len(CORE.moods),
        "statuses": len(CORE.statuses),
        "framings": len(CORE.framings),
        "actor_types": len(CORE.actor_types),
        "name_kinds": len(CORE.name_kinds),
        "dispute_kinds": len(CORE.dispute_kinds),
        "contexts": len(CORE.contexts),
        "incompatibilities": len(CORE.incompatibilities),
    }

    assert sizes == {
        "relations": 32,
        "stances": 4,
        "modalities": 6,
        "moods": 3,
        "statuses": 4,
        "framings": 3,
        "actor_types": 14,
        "name_kinds": 8,
        "dispute_kinds": 5,
        "contexts": 11,
        "incompatibilities": 12,
    }


def test_a_relation_carries_all_that_the_turtle_says():
    relation = CORE.relations["finances"]

    assert relation == Relation(
        id="finances",
        iri="https://w3id.org/whosays/rel/finances",
        label="finances",
        inverse_label="is financed by",
        aliases=relation.aliases,
        definition="The subject gives the object money.",
        narrower_than="supports",
        family=Family.COOPERATION,
        polarity=2,
        rolls_up_subject=True,
        rolls_up_object=True,
        object_kind=ObjectKind.ACTOR,
        plover="AID",
        wikidata="P859",
        misp="sponsors",
    )
    assert "bankrolls" in relation.aliases


def test_relations_come_in_the_order_of_the_file():
    assert list(CORE.relations)[:4] == ["partOf", "memberOf", "leads", "commands"]
    assert list(CORE.relations)[-1] == "controls"


def test_a_value_has_id_iri_label_and_definition():
    value = CORE.actor_types["armedForce"]

    assert value.iri == "https://w3id.org/whosays/ns#type-armedForce"
    assert value.label == "armed force"
    assert value.definition.startswith("An army")


def test_a_symmetric_relation_is_its_own_inverse():
    assert CORE.relations["fights"].inverse_label == "fights"
    assert CORE.resolve_relation("fights") == ("fights", False)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cooperatesWith", ("cooperatesWith", False)),
        ("cooperates-with", ("cooperatesWith", False)),
        ("Cooperates  With", ("cooperatesWith", False)),
        ("cooperates_with", ("cooperatesWith", False)),
        ("colludes with", ("cooperatesWith", False)),
        ("is armed by", ("arms", True)),
        ("IS-ARMED-BY", ("arms", True)),
        ("was formerly", ("becomes", True)),
        ("figths", None),
        ("", None),
        ("  ", None),
        ("-", None),
    ],
)
def test_a_relation_is_found_however_it_is_typed(typed, found):
    assert CORE.resolve_relation(typed) == found


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("detains", "arrests"),
        ("funds", "finances"),
        ("harbours", "facilitates"),
        ("asks-help-from", "invites"),
        ("uses", "exploits"),
        ("intervenes-in", "activeIn"),
        ("yields-to", "cedesTo"),
        ("allied-with", "alliedWith"),
        ("part-of", "partOf"),
    ],
)
def test_the_relations_that_texts_carry_are_reached(typed, id):
    assert CORE.resolve_relation(typed) == (id, False)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(data=st.data())
def test_spacing_and_case_never_change_which_relation_is_meant(data):
    relation = data.draw(st.sampled_from(list(CORE.relations.values())))
    name = data.draw(st.sampled_from([relation.label, *relation.aliases]))
    parts = [
        data.draw(st.sampled_from([char.upper(), char.lower()]))
        + data.draw(st.sampled_from(["", "", " ", "-", "_"]))
        for char in name
    ]

    assert CORE.resolve_relation("".join(parts)) == (relation.id, False)


def test_a_relation_implies_itself_and_the_wider_ones():
    assert vocab.implied(CORE.relations, "attacks") == ("attacks", "fights")
    assert vocab.implied(CORE.relations, "fights") == ("fights",)
    assert vocab.implied(CORE.relations, "figths") == ()


def test_a_circle_of_relations_ends():
    one = Relation(
        id="one",
        iri="",
        label="",
        inverse_label="",
        family=Family.SPACE,
        narrower_than="two",
    )
    two = Relation(
        id="two",
        iri="",
        label="",
        inverse_label="",
        family=Family.SPACE,
        narrower_than="one",
    )

    assert vocab.implied({"one": one, "two": two}, "one") == ("one", "two")


def collision(
    first: str, second: str, ends: Ends, strength: Strength
) -> Incompatibility:
    return Incompatibility(first=first, second=second, ends=ends, strength=strength)


def test_edges_are_named_after_the_relation():
    arms = CORE.relations["arms"]

    assert edge(arms, Stance.AFFIRMS) == f"<{vocab.SAID}arms>"
    assert edge(arms, Stance.DENIES) == f"<{vocab.DENIED}arms>"
    assert {f"{vocab.SAID}arms", f"{vocab.DENIED}arms"} <= CORE.terms


def test_prefixes_follow_the_base_of_the_project():
    known = vocab.prefixes(BASE)

    assert known["actor"] == "https://example.org/harbour/actor/"
    assert known["said"] == vocab.SAID
    assert known["g"] == "https://example.org/harbour/graph/"


# --- a project's own Turtle


def test_turtle_of_a_project_adds_a_relation_that_inherits(tmp_path):
    whole = added(
        tmp_path,
        """hb:blocks a ws:Relation ; skos:prefLabel "sperrt"@de, "blocks"@en ;
        ws:inverseLabel "is blocked by"@en ; skos:altLabel "shuts out"@en ;
        ws:narrowerThan rel:opposes ; ws:incompatibleWith rel:invites ;
        ws:rollsUpObject true ; skos:closeMatch wd:P1 .""",
    )

    relation = whole.relations["blocks"]
    assert relation.label == "blocks"
    assert relation.iri == "https://example.org/harbour/rel/blocks"
    assert (relation.family, relation.polarity) == (Family.HOSTILITY, -1)
    assert (relation.rolls_up_subject, relation.rolls_up_object) == (False, True)
    assert relation.wikidata == "P1"
    assert whole.resolve_relation("is blocked by") == ("blocks", True)
    assert vocab.implied(whole.relations, "blocks") == ("blocks", "opposes")
    pair = collision("blocks", "invites", Ends.SAME, Strength.STRONG)
    assert pair in whole.incompatibilities
    said = edge(relation, Stance.AFFIRMS)
    assert said == "<https://example.org/harbour/said/blocks>"
    assert whole.ignored == ()


def test_turtle_of_a_project_leaves_the_core_as_it_was(tmp_path):
    whole = added(tmp_path, 'hb:blocks a ws:Relation ; skos:prefLabel "blocks"@en .')

    assert {id: whole.relations[id] for id in CORE.relations} == CORE.relations
    assert "blocks" not in vocab.load().relations


def test_a_record_of_incompatibility_says_the_order_of_ends(tmp_path):
    whole = added(
        tmp_path,
        """hb:blocks a ws:Relation ; skos:prefLabel "blocks" ;
            ws:tension rel:invites .
        hb:pair a ws:Incompatibility ; ws:first hb:blocks ; ws:second rel:invites ;
            ws:ends "crossed" ; ws:strength "weak" .""",
    )

    pair = collision("blocks", "invites", Ends.CROSSED, Strength.WEAK)
    assert pair in whole.incompatibilities


def test_a_project_adds_aliases_to_a_core_relation(tmp_path):
    whole = added(tmp_path, 'rel:arms skos:altLabel "outfits"@en .')

    assert whole.resolve_relation("outfits") == ("arms", False)


def test_a_label_takes_over_what_was_an_alias(tmp_path):
    whole = added(tmp_path, 'hb:trains a ws:Relation ; skos:prefLabel "trains" .')

    assert CORE.resolve_relation("trains") == ("arms", False)
    assert whole.resolve_relation("trains") == ("trains", False)
    assert "trains" not in whole.relations["arms"].aliases


def test_what_is_no_relation_is_told_as_ignored(tmp_path):
    whole = added(tmp_path, "hb:Quay a owl:Class .")

    assert whole.ignored == ("ontology/harbour.ttl:8: hb:Quay",)


@pytest.mark.parametrize(
    ("turtle", "line", "message"),
    [
        ("hb:x y", 8, "not Turtle"),
        ('\n\nhb:x a "', 10, "not Turtle"),
        ("hb:blocks a ws:Relation .", 8, "hb:blocks has no label"),
        (
            '\nhb:blocks a ws:Relation ; skos:prefLabel "b"; ws:narrowerThan hb:hind .',
            9,
            "hb:blocks is narrower than hb:hind, which is not defined",
        ),
        (
            (
                'hb:a a ws:Relation ; skos:prefLabel "a" ; ws:narrowerThan hb:b .\n'
                'hb:b a ws:Relation ; skos:prefLabel "b" ; ws:narrowerThan hb:a .'
            ),
            8,
            "leads back to it",
        ),
        ("hb:a a ws:Relatoin .", 8, "ws:Relatoin is not in the vocabulary"),
        ("hb:a ws:narowerThan rel:arms .", 8, "Did you mean: ws:narrowerThan"),
        ("rel:arms ws:polarity 1 .", 8, "rel:arms belongs to the core"),
        ("hb:a a ws:Stance .", 8, "that list is closed"),
        (
            "<https://example.org/a> a ws:Relation .",
            8,
            "outside a rel/ namespace",
        ),
        (
            'hb:a a ws:Relation ; skos:prefLabel "a" ; ws:polarity 7 .',
            8,
            "“7” is no polarity",
        ),
        (
            'hb:a a ws:Relation ; skos:prefLabel "a" ; ws:family "hostile" .',
            8,
            "“hostile” is not a family",
        ),
        (
            'hb:a a ws:Relation ; skos:prefLabel "a" ; ws:symmetric "maybe" .',
            8,
            "neither x nor empty",
        ),
        (
            'hb:a a ws:Relation ; skos:prefLabel "a" ; ws:polarity 1, 2 .',
            8,
            "more than one polarity",
        ),
        (
            'hb:a a ws:Relation ; skos:prefLabel "fights" .',
            8,
            "“fights” already means fights",
        ),
        ('rel:arms skos:altLabel "funds" .', 8, "“funds” already means finances"),
        (
            'hb:a a ws:Relation ; skos:prefLabel "a" ; ws:tension hb:b .',
            8,
            "hb:b is not defined",
        ),
        (
            (
                'hb:a a ws:Relation ; skos:prefLabel "a" ; ws:narrowerThan rel:arms ;\n'
                "ws:tension rel:supports ."
            ),
            8,
            "imply one another",
        ),
        ("hb:p a ws:Incompatibility .", 8, "needs exactly one ws:first"),
        (
            (
                "hb:p a ws:Incompatibility ; ws:first rel:arms ; ws:second hb:b ;\n"
                'ws:ends "same" ; ws:strength "weak" .'
            ),
            8,
            "hb:b is not defined",
        ),
        (
            (
                "hb:p a ws:Incompatibility ; ws:first rel:arms ; ws:second rel:spares ;\n"
                'ws:ends "some" ; ws:strength "weak" .'
            ),
            8,
            "“some” is not a ws:ends",
        ),
    ],
)
def test_broken_turtle_is_refused_with_file_and_line(tmp_path, turtle, line, message):
    with pytest.raises(OntologyError) as caught:
        added(tmp_path, turtle)

    assert str(caught.value).startswith(f"ontology/harbour.ttl:{line}: ")
    assert message in str(caught.value)
    assert (caught.value.path, caught.value.line) == ("ontology/harbour.ttl", line)


def test_a_byte_order_mark_is_taken_off(tmp_path):
    path = tmp_path / "harbour.ttl"
    path.write_bytes(
        b"\xef\xbb\xbf" + PREFIXES.encode() + b'rel:arms skos:altLabel "outfits" .'
    )

    assert vocab.load(path).resolve_relation("outfits") == ("arms", False)


def test_turtle_that_is_not_utf_8_is_refused(tmp_path):
    path = tmp_path / "harbour.ttl"
    path.write_bytes(PREFIXES.encode() + b'rel:arms skos:altLabel "\xe9quipe" .')

    with pytest.raises(OntologyError, match=r"harbour\.ttl:8: not UTF-8"):
        vocab.load(path)


def test_turtle_that_is_much_too_long_is_refused(tmp_path):
    path = tmp_path / "harbour.ttl"
    path.write_bytes(b"#" * (vocab.MAX_BYTES + 1))

    with pytest.raises(OntologyError, match="larger than 4 MB"):
        vocab.load(path)


def test_a_folder_that_is_not_there_adds_nothing(tmp_path):
    assert vocab.load(tmp_path / "ontology") == CORE


# --- rows of relations.csv


def test_a_row_adds_a_relation():
    whole, faults = with_rows(
        {
            "slug": "trains",
            "label": "trains",
            "inverse_label": "is trained by",
            "narrower_than": "supports",
            "incompatible_with": "fights",
            "aliases": "instructs; drills",
            "definition": "Gives military training to.",
        }
    )

    assert faults == ()
    assert whole.relations["trains"].iri == f"{BASE}rel/trains"
    assert whole.relations["trains"].aliases == ("instructs", "drills")
    assert whole.resolve_relation("is trained by") == ("trains", True)
    assert vocab.implied(whole.relations, "trains") == ("trains", "supports")


def test_a_row_names_other_relations_as_forgivingly_as_a_statement():
    whole, faults = with_rows(
        {
            "slug": "escorts",
            "label": "escorts",
            "narrower_than": "Cooperates with",
            "tension_with": "calls in (crossed); clashes with",
        }
    )

    assert faults == ()
    assert whole.relations["escorts"].narrower_than == "cooperatesWith"
    pair = collision("escorts", "invites", Ends.CROSSED, Strength.WEAK)
    assert pair in whole.incompatibilities


def test_rows_may_stand_in_any_order():
    whole, faults = with_rows(
        {"slug": "shells", "label": "fires on", "narrower_than": "harms"},
        {"slug": "harms", "label": "harms", "polarity": "-2", "symmetric": "no"},
    )

    assert faults == ()
    assert list(whole.relations)[-2:] == ["shells", "harms"]
    assert whole.relations["shells"].polarity == -2
    assert whole.relations["harms"].family is Family.HOSTILITY


def test_a_row_for_a_known_relation_adds_aliases():
    whole, faults = with_rows({"slug": "arms", "aliases": "outfits; Is-Arms; equips"})

    assert faults == ()
    assert whole.resolve_relation("outfits") == ("arms", False)
    assert whole.relations["arms"].aliases.count("equips") == 1


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ({"label": "blocks"}, "WS101", "slug"),
        ({"slug": "blocks"}, "WS601", "label"),
        ({"slug": "blocks", "label": " - "}, "WS601", "label"),
        ({"slug": "blocks", "label": "b", "aliases": "_"}, "WS601", "aliases"),
        ({"slug": "arms", "aliases": "_"}, "WS601", "aliases"),
        ({"slug": "blocks-access", "label": "b"}, "WS109", "slug"),
        ({"slug": "../etc", "label": "b"}, "WS109", "slug"),
        ({"slug": "arms", "label": "weapons"}, "WS606", "label"),
        ({"slug": "arms", "polarity": "1"}, "WS606", "polarity"),
        ({"slug": "arms", "aliases": "funds"}, "WS602", "aliases"),
        ({"slug": "b", "label": "fights"}, "WS602", "label"),
        ({"slug": "b", "label": "b", "aliases": "fights"}, "WS602", "aliases"),
        ({"slug": "b", "label": "b", "narrower_than": "c"}, "WS604", "narrower_than"),
        ({"slug": "b", "label": "b", "narrower_than": "b"}, "WS603", "narrower_than"),
        ({"slug": "b", "label": "b", "tension_with": "c"}, "WS604", "tension_with"),
        (
            {"slug": "b", "label": "b", "tension_with": "arms (some)"},
            "WS605",
            "tension_with",
        ),
        ({"slug": "b", "label": "b", "symmetric": "perhaps"}, "WS605", "symmetric"),
        ({"slug": "b", "label": "b", "polarity": "3"}, "WS605", "polarity"),
        ({"slug": "b", "label": "b", "family": "hostile"}, "WS108", "family"),
        ({"slug": "b", "label": "b", "object_kind": "thing"}, "WS108", "object_kind"),
        ({"slug": "b", "label": "b", "wikidata": "361"}, "WS115", "wikidata"),
    ],
)
def test_a_bad_cell_is_told_with_its_row_and_column(row, code, column):
    _whole, faults = with_rows({"slug": "fine", "label": "fine"}, row)

    assert [(fault.code, fault.index, fault.column) for fault in faults] == [
        (code, 1, column)
    ]
    assert faults[0].text


def test_a_misspelt_cell_gets_a_suggestion():
    _whole, faults = with_rows(
        {"slug": "a", "label": "a", "narrower_than": "figths"},
        {"slug": "bears-arms", "label": "b"},
        {"slug": "c", "label": "c", "family": "Hostilty"},
    )

    assert [fault.fix for fault in faults] == ["fights", "bearsArms", "hostility"]


def test_a_doubled_slug_keeps_the_first_row():
    whole, faults = with_rows(
        {"slug": "blocks", "label": "blocks"},
        {"slug": "blocks", "label": "shuts"},
    )

    assert whole.relations["blocks"].label == "blocks"
    assert [(fault.code, fault.index) for fault in faults] == [("WS109", 1)]


def test_what_is_narrower_than_a_bad_row_is_left_out_too():
    whole, faults = with_rows(
        {"slug": "wide", "label": "fights"},
        {"slug": "narrow", "label": "narrow", "narrower_than": "wide"},
    )

    assert {"wide", "narrow"} & set(whole.relations) == set()
    assert [(fault.index, fault.column) for fault in faults] == [
        (0, "label"),
        (1, "narrower_than"),
    ]


CELL = st.one_of(
    st.sampled_from(
        [
            "",
            "fights",
            "a",
            "b",
            "is armed by",
            "x",
            "fights (crossed)",
            "(",
            "; ;",
            "-1",
        ]
    ),
    st.text(max_size=8),
)


@settings(deadline=None, derandomize=True, max_examples=80)
@given(
    rows=st.lists(
        st.dictionaries(st.sampled_from(vocab.COLUMNS), CELL, max_size=8), max_size=4
    )
)
def test_no_row_whatever_it_holds_raises_or_breaks_the_vocabulary(rows):
    whole, faults = vocab.with_project_relations(CORE, rows, BASE)

    assert set(CORE.relations) <= set(whole.relations)
    assert all(fault.column in vocab.COLUMNS for fault in faults)
    for relation in whole.relations.values():
        assert not relation.narrower_than or relation.narrower_than in whole.relations
        assert whole.resolve_relation(relation.label) == (relation.id, False)
    for row in whole.incompatibilities:
        assert {row.first, row.second} <= set(whole.relations)
