"""The index finds what the definitions say, and SPARQL finds the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings

from tests.strategies import INCOMPATIBILITIES, RELATIONS, collections, crowd
from whosays import dates, disputes, ids, rdf, resources, vocab
from whosays.model import (
    Actor,
    ActorType,
    Collection,
    DisputeKind,
    Ends,
    Family,
    Modality,
    Mood,
    Settings,
    Source,
    Stance,
    Statement,
    Status,
    Strength,
)

TWINS = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


# --- the brute-force twin: every pair against the definitions, one by one ------------


def brute(collection):
    counted = [s for s in collection.statements if s.status is Status.ACCEPTED]
    return {
        (kind, a.id, b.id)
        for a, b in product(counted, counted)
        for kind in kinds_of(a, b, collection)
    }


def kinds_of(a, b, collection):
    if a.stance is not Stance.AFFIRMS or a.id == b.id or not times_meet(a, b):
        return
    if b.stance is Stance.AFFIRMS:
        if a.modality.mood is b.modality.mood is Mood.REALIS:
            strength = colliding(a, b)
            if strength is not None:
                strong = strength is Strength.STRONG
                yield DisputeKind.RELATIONAL if strong else DisputeKind.TENSE
        return
    if b.stance is not Stance.DENIES or a.modality.mood is not b.modality.mood:
        return
    if not places_meet(a, b, collection):
        return
    if a.proposition == b.proposition:
        yield DisputeKind.DIRECT
        return
    ends = [(a.subject, a.object)]
    if RELATIONS[a.relation].symmetric:
        ends.append((a.object, a.subject))
    rel = RELATIONS[a.relation]
    if b.relation in vocab.implied(RELATIONS, a.relation) and any(
        below(s, b.subject, rel.rolls_up_subject, collection)
        and below(o, b.object, rel.rolls_up_object, collection)
        for s, o in ends
    ):
        yield DisputeKind.ENTAILED
    through = rel.rolls_up_object and rel.family is not Family.SPACE
    if a.relation == b.relation and any(
        below(b.subject, s, rel.rolls_up_subject, collection)
        and below(b.object, o, through, collection)
        for s, o in (turned_partial(a, b))
    ):
        yield DisputeKind.PARTIAL


def turned_partial(a, b):
    yield a.subject, a.object
    if RELATIONS[a.relation].symmetric:
        # The denied claim may be written the other way round.
        yield a.object, a.subject


def below(part, whole, allowed, collection):
    return part == whole or (allowed and whole in collection.lineage(part))


def colliding(a, b):
    found = None
    for row in INCOMPATIBILITIES:
        if row.first not in vocab.implied(RELATIONS, a.relation):
            continue
        if row.second not in vocab.implied(RELATIONS, b.relation):
            continue
        if a.relation == b.relation:
            continue
        if row.strength is Strength.STRONG or found is None:
            found = row.strength
    if found is None:
        return None
    symmetric = RELATIONS[a.relation].symmetric or RELATIONS[b.relation].symmetric
    straight = (a.subject, a.object) == (b.subject, b.object)
    turned = (a.subject, a.object) == (b.object, b.subject)
    for row in INCOMPATIBILITIES:
        if (
            row.strength is found
            and row.first in vocab.implied(RELATIONS, a.relation)
            and row.second in vocab.implied(RELATIONS, b.relation)
            and (
                (straight and (row.ends is not Ends.CROSSED or symmetric))
                or (turned and (row.ends is not Ends.SAME or symmetric))
            )
        ):
            return found
    return None


def times_meet(a, b):
    one = dates.parse(a.valid) if a.valid else None
    other = dates.parse(b.valid) if b.valid else None
    if one is None or other is None:
        return True
    apart = (one.latest and other.earliest and one.latest < other.earliest) or (
        other.latest and one.earliest and other.latest < one.earliest
    )
    return not apart


def places_meet(a, b, collection):
    if not a.place or not b.place:
        return True
    return any(
        outer in collection.lineage(inner) for inner in a.place for outer in b.place
    )


# --- the SPARQL twin -------------------------------------------------------------------


def by_sparql(collection):
    store = pyoxigraph.Store()
    ontology = resources.ontology_file("whosays.ttl").read_bytes()
    store.load(ontology, pyoxigraph.RdfFormat.TURTLE)
    store.load(rdf.nquads(collection), pyoxigraph.RdfFormat.N_QUADS)
    folder = Path(str(resources.ontology_file("disputes")))
    found = set()
    for file in sorted(folder.glob("*.rq")):
        rows = store.query(file.read_text("utf-8"), prefixes=vocab.prefixes())
        assert isinstance(rows, pyoxigraph.QuerySolutions)
        for row in rows:
            found.add(
                (
                    DisputeKind(row["kind"].value),
                    row["affirmed"].value.rpartition("/")[2],
                    row["contested"].value.rpartition("/")[2],
                )
            )
    return found


def by_index(collection):
    return {(d.kind, d.affirmed, d.contested) for d in disputes.find(collection)}


@TWINS
@given(collections(max_size=16))
def test_the_index_finds_what_the_definitions_say(collection):
    assert by_index(collection) == brute(collection)


@pytest.mark.parametrize("seed", range(40))
def test_in_a_crowd_the_index_finds_what_the_definitions_say(seed):
    collection = crowd(seed)

    assert by_index(collection) == brute(collection)


@pytest.mark.parametrize("seed", range(12))
def test_sparql_finds_the_same_disputes_as_the_index(seed):
    collection = crowd(seed)

    assert by_sparql(collection) == by_index(collection)


def test_crowds_hold_disputes_of_every_kind():
    found = {kind for seed in range(40) for kind, _, _ in by_index(crowd(seed))}

    assert found == set(DisputeKind)


# --- examples that people can read -----------------------------------------------------


def actor(slug, parent="", type=ActorType.STATE):
    return Actor(slug=slug, label=slug.title(), type=type, part_of=parent)


def statement(subject, relation, object, stance="affirms", voice="radio", **more):
    fields = {"locator": "p1", "valid": "", "modality": Modality.ACTUAL} | more
    id = ids.statement_id(
        subject,
        relation,
        object,
        "src",
        stance,
        [voice],
        fields["modality"],
        fields["locator"],
        fields["valid"],
    )
    return Statement(
        id=id,
        subject=subject,
        relation=relation,
        object=object,
        source="src",
        stance=Stance(stance),
        chain=(voice,),
        proposition=ids.proposition_id(
            subject, relation, object, RELATIONS[relation].symmetric
        ),
        **fields,
    )


def project(*statements):
    actors = [
        actor("aldoria"),
        actor("navy", "aldoria", ActorType.ARMED_FORCE),
        actor("belmark"),
        actor("front", type=ActorType.MILITIA),
        actor("radio", "belmark", ActorType.MEDIA_OUTLET),
        actor("paper", type=ActorType.MEDIA_OUTLET),
        actor("port", "belmark", ActorType.PLACE),
        actor("quay", "port", ActorType.PLACE),
    ]
    return Collection(
        settings=Settings(name="t", title="T"),
        actors={one.slug: one for one in actors},
        sources={"src": Source(slug="src", title="Src", voice="radio")},
        relations=RELATIONS,
        incompatibilities=INCOMPATIBILITIES,
        statements=statements,
    )


def kinds(*statements):
    return [dispute.kind.value for dispute in disputes.find(project(*statements))]


def test_what_the_navy_does_its_state_does():
    denial = statement("aldoria", "arms", "front", "denies", "paper")

    assert kinds(statement("navy", "arms", "front"), denial) == ["entailed"]


def test_denying_it_of_the_navy_only_undercuts_what_is_said_of_the_state():
    denial = statement("navy", "arms", "front", "denies", "paper")

    assert kinds(statement("aldoria", "arms", "front"), denial) == ["partial"]


def test_being_ready_to_cooperate_does_not_collide_with_not_having_cooperated():
    ready = statement(
        "aldoria", "cooperatesWith", "belmark", modality=Modality.INTENDED
    )
    denial = statement("aldoria", "cooperatesWith", "belmark", "denies", "paper")

    assert kinds(ready, denial) == []


def test_a_base_in_one_year_and_absence_in_another_do_not_collide():
    present = statement("front", "activeIn", "port", valid="2014-03")
    absent = statement("front", "activeIn", "port", "denies", "paper", valid="2017-06")

    assert kinds(present, absent) == []


def test_absence_from_a_town_says_nothing_against_presence_in_the_country():
    present = statement("front", "activeIn", "belmark")
    absent = statement("front", "activeIn", "port", "denies", "paper")

    assert kinds(present, absent) == []


def test_presence_in_a_town_collides_with_absence_from_the_country():
    present = statement("front", "activeIn", "port")
    absent = statement("front", "activeIn", "belmark", "denies", "paper")

    assert kinds(present, absent) == ["entailed"]


def test_questions_and_candidates_dispute_nothing():
    asked = statement("aldoria", "arms", "front", "questions", "paper")
    proposed = replace(
        statement("aldoria", "arms", "front", "denies", "paper"),
        status=Status.CANDIDATE,
    )

    assert kinds(statement("aldoria", "arms", "front"), asked, proposed) == []


def test_to_be_attacked_is_not_yet_to_fight():
    attacked = statement("front", "attacks", "aldoria")
    denial = statement("aldoria", "fights", "front", "denies", "paper")

    assert kinds(attacked, denial) == []


def test_a_denial_in_another_place_does_not_meet_the_affirmation():
    here = statement("front", "attacks", "aldoria", place=("quay",))
    there = statement(
        "front", "attacks", "aldoria", "denies", "paper", place=("aldoria",)
    )
    around = statement(
        "front", "attacks", "aldoria", "denies", "paper", place=("port",)
    )

    assert kinds(here, there) == []
    assert kinds(here, around) == ["direct"]


def test_a_voice_against_itself_is_marked_and_makes_no_issue():
    collection = project(
        statement("aldoria", "arms", "front"),
        statement("aldoria", "arms", "front", "denies", locator="p2"),
    )

    (found,) = disputes.find(collection)

    assert found.own
    assert disputes.issues(collection, [found]) == []


@TWINS
@given(collections(max_size=20))
def test_a_stream_gives_what_is_found_at_once(collection):
    found = disputes.find(collection)
    issues = disputes.issues(collection, found)

    stream = list(disputes.quarrels(collection))

    given = [one for quarrel in stream for one in quarrel.disputes]
    assert sorted(given, key=lambda one: (-one.score, one.id)) == found
    by_id = {one.id: one for quarrel in stream for one in quarrel.issues}
    assert [by_id[issue.id] for issue in issues] == issues
    assert len(by_id) == len(issues)
    outlined = {one.id: one for quarrel in stream for one in quarrel.outlines}
    expected = disputes.outlines(collection, found, issues)
    assert [outlined[issue.id] for issue in issues] == expected


@pytest.mark.parametrize("seed", range(3))
def test_a_crowd_is_streamed_whole_and_by_pair_of_actors(seed):
    collection = crowd(seed, 60)
    statements = {one.id: one for one in collection.statements}

    stream = list(disputes.quarrels(collection))

    given = [one for quarrel in stream for one in quarrel.disputes]
    assert sorted(given, key=lambda one: one.id) == sorted(
        disputes.find(collection), key=lambda one: one.id
    )
    for quarrel in stream:
        tops = {
            tuple(sorted(map(collection.top, (one.subject, one.object))))
            for dispute in quarrel.disputes
            for one in (statements[dispute.affirmed],)
        }
        assert len(tops) == min(1, len(quarrel.disputes))


def test_voices_of_one_camp_are_marked():
    collection = project(
        statement("aldoria", "arms", "front", voice="belmark"),
        statement("aldoria", "arms", "front", "denies", "radio"),
    )

    (found,) = disputes.find(collection)

    assert (found.own, found.camp) == (False, True)


@pytest.mark.parametrize("row", INCOMPATIBILITIES, ids=str)
def test_every_declared_incompatibility_is_found(row):
    objects = {"deploysTo", "withdrawsFrom", "activeIn", "controls"}
    far = "belmark" if {row.first, row.second} & objects else "front"
    ends = (far, "aldoria") if row.ends is Ends.CROSSED else ("aldoria", far)
    one = statement("aldoria", row.first, far)
    other = statement(ends[0], row.second, ends[1], voice="paper")

    (found,) = disputes.find(project(one, other))

    strong = row.strength is Strength.STRONG
    assert found.kind is (DisputeKind.RELATIONAL if strong else DisputeKind.TENSE)
    assert (found.affirmed, found.contested) == (one.id, other.id)


@pytest.mark.parametrize(
    ("affirmed", "denied", "score"),
    [
        ({}, {}, 1.0),
        ({}, {"valid": "2014"}, 0.8),
        ({"valid": "2014"}, {"valid": "2014"}, 1.0),
        ({}, {"place": ("port",)}, 0.8),
        ({"modality": Modality.SUSPECTED}, {}, 0.8),
        ({"modality": Modality.ADVOCATED}, {"modality": Modality.ADVOCATED}, 0.7),
    ],
)
def test_the_score_falls_for_stated_reasons(affirmed, denied, score):
    collection = project(
        statement("aldoria", "arms", "front", **affirmed),
        statement("aldoria", "arms", "front", "denies", "paper", **denied),
    )

    (found,) = disputes.find(collection)

    assert found.score == score


def test_issues_stand_for_pairs_of_tops_and_count_voices_once():
    collection = project(
        statement("navy", "arms", "front"),
        statement("navy", "arms", "front", locator="p2"),
        statement("aldoria", "arms", "front", "denies", "paper", locator="p3"),
    )

    (issue,) = disputes.issues(collection, disputes.find(collection))

    assert issue.id == "aldoria_front"
    assert len(issue.disputes) == 2
    assert issue.voices == ("paper", "radio")
    assert issue.score == 0.8


def test_the_reason_names_the_part_and_the_whole():
    collection = project(
        statement("navy", "arms", "front"),
        statement("aldoria", "supports", "front", "denies", "paper"),
    )

    (found,) = disputes.find(collection)

    sides = {one.id: one for one in collection.statements}
    both = sides[found.affirmed], sides[found.contested]
    assert disputes.reason(found.kind, both, collection) == (
        "the affirmation is of Navy, the denial of Aldoria; "
        "“arms” is affirmed, the wider “supports” denied"
    )
