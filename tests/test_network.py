"""The network has an edge per statement, and says of each who takes which stance."""

from __future__ import annotations

import networkx
import pytest
from hypothesis import HealthCheck, given, settings

from tests.strategies import collections, crowd
from whosays.model import Collection, Stance
from whosays.network import to_networkx

FEW = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


@FEW
@given(collections())
def test_every_accepted_statement_is_an_edge(collection: Collection) -> None:
    graph = to_networkx(collection)

    found = {
        key: (start, end, data["relation"], data["stance"], data["voice"])
        for start, end, key, data in graph.edges(keys=True, data=True)
    }
    assert found == {
        one.id: (one.subject, one.object, one.relation, one.stance, one.voice)
        for one in collection.statements
        if one.counts
    }
    assert set(graph) == set(collection.actors)


def test_a_denial_cannot_be_taken_for_a_tie() -> None:
    graph = to_networkx(crowd(2, 60))

    stances = set()
    for *_, data in graph.edges(data=True):
        stances.add(data["stance"])
        assert data["label"].startswith(f"{data['stance']}: ")
    assert {Stance.AFFIRMS, Stance.DENIES} <= stances


def test_the_statements_may_be_chosen() -> None:
    collection = crowd(2, 60)
    chosen = collection.statements[:5]

    graph = to_networkx(collection, chosen)

    assert {key for *_, key in graph.edges(keys=True)} == {one.id for one in chosen}


def test_actors_of_whom_nothing_is_said_stay() -> None:
    graph = to_networkx(crowd(1, 0))

    assert graph.number_of_edges() == 0
    assert set(graph) == set(crowd(1, 0).actors)


@pytest.mark.parametrize("seed", range(3))
def test_all_values_are_plain(seed: int) -> None:
    graph = to_networkx(crowd(seed))

    for *_, data in (*graph.nodes(data=True), *graph.edges(data=True)):
        assert {type(value) for value in data.values()} <= {str, float}


def test_it_is_a_network_that_algorithms_take() -> None:
    graph = to_networkx(crowd(1, 60))

    assert networkx.number_weakly_connected_components(graph) >= 1
    assert sum(networkx.degree_centrality(graph).values()) > 0
