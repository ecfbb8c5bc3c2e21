"""Names as people type them lead to one actor, or to a suggestion, never to a guess."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.strategies import RELATIONS, crowd
from whosays import lookup
from whosays.errors import UnknownName, UsageError
from whosays.model import Actor, ActorType, Alias, Collection, Source


def actor(slug: str, label: str, *aliases: str, former: tuple[str, ...] = ()) -> Actor:
    return Actor(
        slug=slug,
        label=label,
        type=ActorType.MILITIA,
        aliases=tuple(Alias(text=alias) for alias in aliases),
        former_slugs=former,
    )


@pytest.fixture
def collection() -> Collection:
    people = (
        actor("cedar-front", "Cedar Front", "CF", "جبهة الأرز", "the Cedars"),
        actor("dun-brigade", "Dun Brigade", "Brigada Duñ", former=("dun-army",)),
        actor("aldoria", "Aldoria", "Republic of Aldoria", "Алдория"),
        actor("aldorian-navy", "Aldorian Navy", "the Fleet"),
        actor("belmark-fleet", "Belmark's fleet", "The fleet"),
        actor("upper", "Ligã", "Shared"),
        actor("lower", "Liga"),
    )
    return replace(
        crowd(1, 0),
        actors={one.slug: one for one in people},
        sources={
            "night-bulletin": Source(
                slug="night-bulletin",
                title="Night bulletin",
                voice="aldoria",
                former_slugs=("evening-bulletin",),
            )
        },
    )


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("cedar-front", "cedar-front"),
        ("Cedar Front", "cedar-front"),
        ("  cedar front ", "cedar-front"),
        ("CEDAR FRONT", "cedar-front"),
        ("The Cedar Front", "cedar-front"),
        ("cf", "cedar-front"),
        ("جبهة الأرز", "cedar-front"),
        ("cedar\u200bfront"[:5] + " front", "cedar-front"),
        ("brigada dun", "dun-brigade"),
        ("Brigada Dun\u0303", "dun-brigade"),
        ("dun-army", "dun-brigade"),
        ("АЛДОРИЯ", "aldoria"),
        ("republic of aldoria", "aldoria"),
        ("liga", "lower"),
        ("ligã", "upper"),
        ("LIGA\u0303", "upper"),
    ],
)
def test_a_name_is_found_in_any_spelling(
    typed: str, slug: str, collection: Collection
) -> None:
    assert lookup.actor(collection, typed) == slug


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("cedar-frnot", "cedar-front"),
        ("Aldorya", "aldoria"),
        ("dun brigad", "dun-brigade"),
        ("Brigade", "dun-brigade"),
    ],
)
def test_a_near_miss_is_suggested_and_not_taken(
    typed: str, nearest: str, collection: Collection
) -> None:
    with pytest.raises(UnknownName) as caught:
        lookup.actor(collection, typed)

    label = collection.actors[nearest].label
    assert caught.value.nearest[0] == f"{nearest} ({label})"
    assert caught.value.exit_code == 2


def test_a_shared_name_is_answered_with_both(collection: Collection) -> None:
    with pytest.raises(UnknownName) as caught:
        lookup.actor(collection, "the fleet")

    assert caught.value.nearest == (
        "aldorian-navy (Aldorian Navy)",
        "belmark-fleet (Belmark's fleet)",
    )


@pytest.mark.parametrize(
    "typed", ["", " ", "\0", "?", "zzzzzz", "x" * 100_000, "\u202e"]
)
def test_a_stranger_is_nobody(typed: str, collection: Collection) -> None:
    with pytest.raises(UnknownName):
        lookup.actor(collection, typed)


@pytest.mark.parametrize(
    "typed",
    ["night-bulletin", "Night Bulletin", "the night bulletin", "evening-bulletin"],
)
def test_a_source_is_found_by_title_and_former_slug(
    typed: str, collection: Collection
) -> None:
    assert lookup.source(collection, typed) == "night-bulletin"


def test_a_source_that_is_not_there_is_suggested(collection: Collection) -> None:
    with pytest.raises(UnknownName, match="no source") as caught:
        lookup.source(collection, "nite bulletin")

    assert caught.value.nearest == ("night-bulletin (Night bulletin)",)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cooperatesWith", ("cooperatesWith", False)),
        ("cooperates-with", ("cooperatesWith", False)),
        ("Cooperates with", ("cooperatesWith", False)),
        ("COOPERATES_WITH", ("cooperatesWith", False)),
    ],
)
def test_a_relation_is_found_in_any_spelling(
    typed: str, found: tuple[str, bool], collection: Collection
) -> None:
    assert lookup.relation(collection, typed) == found


@pytest.mark.parametrize("id", RELATIONS)
def test_each_name_of_a_relation_leads_to_it(id: str, collection: Collection) -> None:
    one = RELATIONS[id]

    for name in (id, one.label, *one.aliases):
        assert lookup.relation(collection, name) == (id, False)
    if one.inverse_label and not one.symmetric:
        assert lookup.relation(collection, one.inverse_label) == (id, True)


def test_a_misspelt_relation_is_suggested(collection: Collection) -> None:
    with pytest.raises(UnknownName) as caught:
        lookup.relation(collection, "figths")

    assert "fights" in caught.value.nearest


@pytest.mark.parametrize(
    "find",
    [lookup.actor, lookup.source, lookup.relation, lookup.tour, lookup.statement],
    ids=["actor", "source", "relation", "tour", "statement"],
)
@pytest.mark.parametrize("given", [None, 3, ["aldoria"]], ids=["None", "int", "list"])
def test_what_is_no_text_names_nothing(
    find: Callable[[Collection, str], object], given: str, collection: Collection
) -> None:
    with pytest.raises(UsageError, match="is named by a text, not by"):
        find(collection, given)
