"""The answers of the reading verbs, as records."""

import json
from dataclasses import FrozenInstanceError, replace
from datetime import date
from pathlib import Path

import pytest

from whosays import answers, disputes, lookup, project
from whosays.errors import UnknownName, UsageError
from whosays.model import Actor, ActorType, Alias, Mood, Stance

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def vale():
    return project.read(HERE / "fixtures" / "answers").collection


@pytest.fixture(scope="module")
def clashes(vale):
    return disputes.find(vale)


@pytest.fixture(scope="module")
def seeds():
    return project.read(HERE.parent / "seeds" / "iran-isis").collection


@pytest.fixture(scope="module")
def seed_clashes(seeds):
    return disputes.find(seeds)


@pytest.fixture(scope="module")
def arms(vale, clashes):
    return answers.that(vale, clashes, "Aldoria", "arms", "Cedar Front")


# that


def test_a_card_groups_by_stance_and_sets_demands_apart(arms):
    groups = [(group.stance, group.mood) for group in arms.claims[0].groups]

    assert groups == [
        (Stance.AFFIRMS, Mood.REALIS),
        (Stance.AFFIRMS, Mood.DEONTIC),
        (Stance.DENIES, Mood.REALIS),
        (Stance.DENIES, Mood.DEONTIC),
        (Stance.QUESTIONS, Mood.REALIS),
        (Stance.REPORTS, Mood.REALIS),
    ]


def test_a_card_counts_voices_and_rejected_quotations_apart(arms):
    backing = arms.claims[0].groups[0].backing

    assert backing.voices == ("essayist", "front-spokesman")
    assert backing.rejected == ("belmark-radio",)
    assert len(arms.claims[0].groups[0].statements) == 4


def test_a_card_gives_its_statements_by_stance(arms):
    assert {one.voice for one in arms.denied} == {
        "aldorian-minister",
        "belmark-premier",
    }
    assert [one.voice for one in arms.questioned] == ["dun-brigade"]
    assert [one.voice for one in arms.reported] == ["harbour-talk"]
    assert len(arms.affirmed) == 5


def test_candidates_and_retracted_rows_are_hidden_and_counted(arms, vale, clashes):
    shown = answers.that(vale, clashes, "aldoria", "arms", "cedar-front", status="all")

    assert [str(one) for one in arms.hidden] == [
        "1 candidate not shown: --status all",
        "1 retracted not shown: --status all",
    ]
    assert len(shown) == len(arms) + 2
    assert shown.hidden == ()
    assert shown.claims[0].groups[0].backing == arms.claims[0].groups[0].backing


def test_statements_stand_by_date_and_undated_ones_last(vale, clashes):
    card = answers.that(vale, clashes, "aldoria", "arms", "cedar-front")

    dates = [one.said for one in card.claims[0].groups[0].statements]
    assert dates == ["2031-04-02", "2031-04-02", "2031-05?", "2031-06/2031-07"]


def test_conflicts_with_other_claims_stand_apart_from_denials(arms, vale):
    conflicts = {
        (answers.phrase(one.key, vale), one.stance, one.against)
        for one in arms.claims[0].conflicts
    }

    assert conflicts == {
        ("Aldoria supports Cedar Front", Stance.DENIES, Stance.AFFIRMS),
        ("Aldorian Navy arms Cedar Front", Stance.AFFIRMS, Stance.DENIES),
    }
    assert all(one.strong for one in arms.claims[0].conflicts)


def test_incompatible_relations_of_a_pair_are_a_conflict_without_any_denial(
    vale, clashes
):
    card = answers.that(vale, clashes, "belmark", "fights", "cedar-front")

    assert card.denied == ()
    assert [one.key for one in card.claims[0].conflicts] == [
        ("cedar-front", "cooperatesWith", "belmark")
    ]


def test_related_shows_what_a_claim_implies_and_what_implies_it(vale, clashes):
    card = answers.that(vale, clashes, "aldoria", "arms", "cedar-front", related=True)

    assert [claim.title for claim in card.wider] == ["Aldoria supports Cedar Front"]
    assert [claim.title for claim in card.narrower] == [
        "Aldorian Navy arms Cedar Front"
    ]


@pytest.mark.parametrize(
    ("slots", "claims"),
    [
        (("belmark", "-", "cedar-front"), 2),  # both relations are symmetric
        (("cedar-front", "-", "belmark"), 3),
        (("-", "arms", "-"), 2),
        (("nur-al-din",), 1),
        (("-", "-", "belmark"), 4),
    ],
)
def test_slots_may_be_left_open(vale, clashes, slots, claims):
    card = answers.that(vale, clashes, *slots)

    assert len(card.claims) == claims
    assert len({claim.id for claim in card.claims}) == claims


def test_a_symmetric_claim_is_one_claim_from_either_end(vale, clashes):
    one = answers.that(vale, clashes, "belmark", "fights", "cedar-front")
    other = answers.that(vale, clashes, "cedar-front", "fights", "belmark")

    assert one.id == other.id == "belmark_fights_cedar-front"
    assert one.statements == other.statements
    assert other.title == "Cedar Front fights Belmark"


def test_an_inverse_label_turns_the_claim_round_and_says_so(vale, clashes):
    card = answers.that(vale, clashes, "cedar-front", "is armed by", "aldoria")

    assert card.id == "aldoria_arms_cedar-front"
    assert card.notes == ("“is armed by” turned round: Aldoria arms Cedar Front",)


def test_an_actor_in_the_place_of_a_relation_is_answered_with_the_open_slot(
    vale, clashes
):
    with pytest.raises(UsageError) as caught:
        answers.that(vale, clashes, "aldoria", "belmark")

    assert caught.value.message == "“belmark” is an actor, not a relation"
    assert caught.value.hint == "Any relation: that aldoria - belmark"


def test_a_relation_in_the_place_of_an_actor_is_named_as_one(vale, clashes):
    with pytest.raises(UsageError, match="“fights” is a relation, not an actor"):
        answers.that(vale, clashes, "fights", "-", "belmark")


def test_three_open_slots_are_no_question(vale, clashes):
    with pytest.raises(UsageError, match="all three slots are open"):
        answers.that(vale, clashes, "-", "-", "")


def test_a_claim_that_nobody_makes_is_an_empty_card(vale, clashes):
    card = answers.that(vale, clashes, "belmark", "arms", "dun-brigade")

    assert len(card) == 0
    assert card
    assert card.claims[0].groups == ()
    assert card.id == "belmark_arms_dun-brigade"


# narrowing


@pytest.mark.parametrize(
    ("narrowing", "kept", "hidden"),
    [
        ({"source": "Port interview"}, 4, ["in other sources"]),
        ({"by": "front-spokesman"}, 3, ["by other voices"]),
        ({"at": "2030"}, 8, ["of another time"]),
        ({"at": "2031-03-15"}, 9, []),
        ({"own_voice": True}, 3, ["passed on"]),
        ({"place": "belmark"}, 0, ["placed elsewhere or nowhere"]),
    ],
)
def test_narrowing_counts_what_it_leaves_out(vale, clashes, narrowing, kept, hidden):
    card = answers.that(vale, clashes, "aldoria", "arms", "cedar-front", **narrowing)

    counted = [one for one in card.hidden if one.option != "--status all"]
    assert len(card) == kept
    assert [one.what for one in counted] == hidden
    total = len(card) + sum(one.count for one in card.hidden)
    assert total == 11  # all rows of the claim, whatever the question


def test_a_place_holds_its_parts(vale, clashes):
    card = answers.that(vale, clashes, "-", "-", "cedar-front", place="Belmark")

    assert [one.subject for one in card] == ["aldorian-navy"]


@pytest.mark.parametrize(
    ("narrowing", "message"),
    [
        ({"at": "June 2031"}, "June 2031"),
        ({"status": "acepted"}, "Did you mean: accepted"),
        ({"source": "gazete-essay"}, "Did you mean: gazette-essay"),
        ({"by": "essaist"}, "Did you mean: essayist"),
    ],
)
def test_a_filter_that_is_not_understood_ends_with_usage(
    vale, clashes, narrowing, message
):
    with pytest.raises((UsageError, UnknownName), match=message) as caught:
        answers.that(vale, clashes, "aldoria", **narrowing)

    assert caught.value.exit_code == 2


# about, by, in


def test_a_dossier_knows_names_parts_disputes_and_claims(vale, clashes):
    dossier = answers.about(vale, clashes, "جبهة الأرز")

    assert dossier.actor.slug == "cedar-front"
    assert dossier.parts == ("front-spokesman",)
    assert [(name.name, name.used_by) for name in dossier.names] == [
        ("our lads", ("harbour-post", "front-spokesman")),
        ("the Cutters", ("belmark-radio",)),
    ]
    assert {one.issue.id for one in dossier.contested} == {
        "aldoria_cedar-front",
        "belmark_cedar-front",
    }
    assert all("cedar-front" in (c.key[0], c.key[2]) for c in dossier.claims)
    assert len(dossier) == sum(len(claim) for claim in dossier.claims)


def test_a_dossier_takes_in_the_parts_only_when_asked(vale, clashes):
    alone = answers.about(vale, clashes, "aldoria")
    whole = answers.about(vale, clashes, "aldoria", related=True)

    assert not any(one.subject == "aldorian-navy" for one in alone)
    assert any(one.subject == "aldorian-navy" for one in whole)


def test_a_voice_is_told_apart_from_what_it_passes_on(vale):
    speech = answers.by(vale, "Harbour Post")

    assert [one.stance for one in speech.own] == [Stance.QUESTIONS]
    assert [one.voice for one in speech.passed_on] == ["front-spokesman"]


def test_the_words_of_officials_are_counted_and_not_given_to_the_state(vale):
    speech = answers.by(vale, "Aldoria")

    assert len(speech) == 0
    assert speech.delegates == {"aldorian-minister": 3}


def test_a_source_is_read_in_the_order_of_its_passages(vale):
    reading = answers.within(vale, "gazette-essay")

    assert [one.locator for one in reading] == ["p2", "p3", "p4", "p6", "p9", "p10"]


# disputes


def test_issues_have_both_sides_reason_and_explained_score(vale, clashes):
    (issue,) = answers.contested(vale, clashes, ["aldoria", "CF"])

    direct, entailed = issue.clashes[0], issue.clashes[-1]
    assert direct.reason == "one side affirms what the other denies"
    assert direct.factors == (("direct", 1.0),)
    assert {one.stance for one in direct.against_it} == {Stance.DENIES}
    assert "Aldorian Navy" in " ".join(clash.reason for clash in issue.clashes)
    for clash in issue.clashes:
        score = 1.0
        for _, factor in clash.factors:
            score *= factor
        assert clash.score == pytest.approx(score)
    assert entailed.score <= direct.score


def test_issues_of_a_part_are_found_by_its_name(vale, clashes):
    (issue,) = answers.contested(vale, clashes, ["aldorian-navy"])

    assert issue.issue.id == "aldoria_cedar-front"
    assert {clash.affirmed[0] for clash in issue.clashes} == {"aldorian-navy"}


def test_disputes_count_what_they_leave_out(vale, clashes):
    everything = sum(one.pairs for one in answers.contested(vale, clashes))
    narrowed = answers.Narrowing(source="port-interview")

    shown = answers.contested(vale, clashes, **narrowed)
    hidden, own = answers.left_out(vale, clashes, shown, **narrowed)

    assert sum(one.pairs for one in shown) + hidden.count == everything
    assert hidden.option == "--source port-interview"
    assert everything + own.count == len(clashes)
    issues = answers.contested(vale, clashes)
    assert answers.left_out(vale, clashes, issues) == (own,)


def test_a_voice_against_itself_is_counted_and_not_listed(vale, clashes):
    own = replace(clashes[0], own=True)

    (hidden,) = answers.left_out(vale, [own], ())

    assert answers.contested(vale, [own]) == ()
    assert str(hidden) == "1 pair of one voice with itself not shown: whosays check"


def test_wishes_and_facts_do_not_share_a_clash(vale, clashes):
    for issue in answers.contested(vale, clashes):
        for clash in issue.clashes:
            both = (*clash.for_it, *clash.against_it)
            assert len({one.mood for one in both}) == 1


def test_dispute_rows_are_one_per_pair_of_statements(vale, clashes):
    found = answers.contested(vale, clashes)

    rows = answers.dispute_rows(found, clashes, vale)

    assert rows.columns == answers.DISPUTE_COLUMNS
    assert len(rows) == sum(one.pairs for one in found)
    assert set(rows.column("issue")) == {one.issue.id for one in found}


# show


def test_a_statement_is_shown_at_any_unambiguous_length(vale, clashes):
    statement = vale.statements[0]
    ids = sorted(one.id for one in vale.statements)

    for size in range(len(answers.short_id(statement.id, ids)), 13):
        entry = answers.show(vale, clashes, statement.id[:size].upper())

        assert entry.statement == statement
    assert entry.rows.columns == answers.FULL_STATEMENT_COLUMNS


def test_five_characters_are_no_id(vale, clashes):
    with pytest.raises(UnknownName):
        answers.show(vale, clashes, vale.statements[0].id[:5])


def test_an_ambiguous_beginning_lists_the_ids(vale, clashes):
    one, other, *rest = vale.statements
    twins = (replace(one, id="abcdef222222"), replace(other, id="abcdef333333"))
    few = replace(vale, statements=(*twins, *rest))

    with pytest.raises(UnknownName) as caught:
        answers.show(few, (), "abcdef")

    assert set(caught.value.nearest) == {"abcdef222222", "abcdef333333"}
    ids = sorted(one.id for one in few.statements)
    assert answers.short_id("abcdef222222", ids) == "abcdef2"


def test_a_replaced_id_is_answered_with_its_successor(vale, clashes):
    entry = answers.show(vale, clashes, "aaaaaaaaaaaa")

    assert entry.statement is not None
    assert entry.statement.subject == "aldorian-navy"
    assert entry.notes == (f"aaaaaaaaaaaa was replaced by {entry.id}",)


@pytest.mark.parametrize(
    ("id", "kind", "found"),
    [
        ("aldoria_arms_cedar-front", "claim", "aldoria_arms_cedar-front"),
        ("cedar-front_fights_belmark", "claim", "belmark_fights_cedar-front"),
        ("cedar-front_aldoria", "issue", "aldoria_cedar-front"),
        ("Kingdom of Belmark", "actor", "belmark"),
        ("Old leaflet", "source", "old-leaflet"),
    ],
)
def test_show_finds_every_kind_of_thing(vale, clashes, id, kind, found):
    entry = answers.show(vale, clashes, id)

    assert (entry.kind, entry.id) == (kind, found)
    assert len(entry.to_rows()) >= 1


def test_show_suggests_for_an_unknown_thing(vale, clashes):
    with pytest.raises(UnknownName, match="Did you mean: belmark"):
        answers.show(vale, clashes, "Belmrak")


# rows


def test_the_columns_of_statements_are_an_interface():
    assert answers.STATEMENT_COLUMNS == (
        "subject", "subject_label", "relation", "relation_label", "object",
        "object_label", "stance", "modality", "mood", "voice", "voice_label", "chain",
        "reported_by", "reported_by_label", "depth", "framing", "source",
        "source_title", "locator", "said_on", "said_from", "said_to", "valid",
        "valid_from", "valid_to", "place", "place_label", "context", "confidence",
        "status", "gist", "note", "claim", "id", "iri",
    )  # fmt: skip


@pytest.mark.parametrize(
    "columns",
    [
        answers.STATEMENT_COLUMNS,
        answers.FULL_STATEMENT_COLUMNS,
        answers.DISPUTE_COLUMNS,
        answers.ACTOR_COLUMNS,
        answers.SOURCE_COLUMNS,
    ],
)
def test_every_table_ends_with_id_and_iri(columns):
    assert columns[-2:] == ("id", "iri")
    assert len(set(columns)) == len(columns)


def test_rows_carry_labels_typed_dates_and_addresses(vale, clashes):
    card = answers.that(vale, clashes, "nur-al-din", "leads", "cedar-front")

    row = card.to_rows()[0]

    assert row["subject_label"] == "نور الدين قائد جبهة الأرز"
    assert (row["valid"], row["valid_from"], row["valid_to"]) == (
        "2031-01/..",
        date(2031, 1, 1),
        None,
    )
    assert row["said_from"] == row["said_to"] == date(2031, 4, 2)
    assert str(row["iri"]).endswith(f"/st/{row['id']}")
    assert json.loads(card.to_rows().to_json())[0]["depth"] == 0


def test_rows_name_everyone_who_passes_a_statement_on(arms):
    rows = {row["locator"]: row for row in arms.to_rows()}

    assert rows["p3"]["chain"] == "harbour-post > front-spokesman"
    assert rows["p3"]["reported_by"] == "essayist > harbour-post"
    assert rows["p3"]["depth"] == 2


def test_answers_become_data_frames_and_notebook_tables(arms):
    frame = arms.to_pandas()

    assert list(frame.columns) == list(answers.STATEMENT_COLUMNS)
    assert len(frame) == len(arms)
    assert arms.to_polars().height == len(arms)
    assert "<table>" in arms._repr_html_()


def test_answers_are_frozen(arms):
    with pytest.raises(FrozenInstanceError):
        arms.asked = ("a", "b", "c")


# names


def test_names_that_sound_alike_are_decided_by_their_spelling(vale):
    assert lookup.actor(vale, "the heron") == "heron-league"
    assert lookup.actor(vale, "Al Heron") == "heron-club"


def test_a_name_that_two_actors_share_is_answered_with_both(vale):
    with pytest.raises(UnknownName) as caught:
        lookup.actor(vale, "Heron")

    assert caught.value.nearest == ("heron-club (Al Heron)", "heron-league (The Heron)")


def test_an_empty_name_is_nobody_even_beside_an_alias_without_letters(vale):
    odd = Actor(
        slug="odd", label="…", type=ActorType.UNNAMED, aliases=(Alias(text=" "),)
    )
    few = replace(vale, actors={**vale.actors, "odd": odd})

    for text in ("", "  ", "\u200f"):
        with pytest.raises(UnknownName):
            lookup.actor(few, text)


@pytest.mark.parametrize(
    "name",
    [
        "داعش",
        "Daesh",
        "Da'esh",
        "ISIL",
        "\u200f\u062f\u0627\u0639\u0634",
        "islamic state",
    ],
)
def test_a_group_is_known_under_its_names_in_any_script(seeds, name):
    assert lookup.actor(seeds, name) == "isis"


@pytest.mark.parametrize("name", ["ایران", "ايران", "Иран", "IRAN"])
def test_letters_of_neighbouring_alphabets_are_one_name(seeds, name):
    assert lookup.actor(seeds, name) == "iran"


# the bundled project


def test_the_bundled_project_answers_who_says_that_iran_works_with_isis(
    seeds, seed_clashes
):
    card = answers.that(seeds, seed_clashes, "iran", "cooperates-with", "داعش")

    claim = card.claims[0]
    assert claim.groups[0].backing.voices == ("faustian-pact-author",)
    assert [one.voice for one in card.denied] == ["broomand"]
    against = {one.key for one in claim.conflicts if one.strong}
    assert ("iran", "fights", "isis") in against


def test_the_bundled_project_has_the_issues_it_is_known_for(seeds, seed_clashes):
    issues = [one.issue.id for one in answers.contested(seeds, seed_clashes)]

    assert issues[0] == "iran_isis"
    assert {"iran_united-states", "iran_syrian-opposition", "iran_iraq"} <= set(issues)


def test_every_statement_of_the_bundled_project_is_found_from_each_of_its_sides(
    seeds, seed_clashes
):
    for one in seeds.statements[::25]:
        key = (one.subject, one.relation, one.object)

        assert one in answers.that(seeds, seed_clashes, *key, status="all").statements
        assert one in answers.by(seeds, one.voice, status="all").own
        assert one in answers.within(seeds, one.source, status="all").statements
        assert (
            one
            in answers.about(seeds, seed_clashes, one.object, status="all").statements
        )
