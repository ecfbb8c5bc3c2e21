"""What only one source speaks of: library, SPARQL and view tell the same."""

from __future__ import annotations

from hypothesis import given, settings

import whosays
from tests.strategies import collections
from whosays import rdf, store
from whosays.blindspots import blind_spots, single_sourced
from whosays.model import Collection
from whosays.queries import bind, find


@settings(max_examples=20, deadline=None, derandomize=True)
@given(collections())
def test_the_named_query_finds_the_same_claims(collection: Collection) -> None:
    quads = rdf.nquads(collection)
    query = find("single-sourced")
    with_them = store.Store.memory(quads)

    rows = with_them.query(bind(query, {}, lambda kind, name: name)).rows()

    found = {str(row["proposition"]): str(row["source"]) for row in rows}
    assert found == single_sourced(collection)


def test_the_query_about_an_actor_and_a_source_gives_its_part() -> None:
    kg = whosays.load()
    (spot,) = [one for one in kg.blind_spots("ISIS") if one.source == "voa-last-page"]

    rows = kg.query("single-sourced", actor="isis", source="voa-last-page")

    assert tuple(row["proposition"] for row in rows) == spot.alone
    assert 0 < len(spot.alone) < spot.claims


def test_sources_stand_in_the_order_of_what_they_alone_say() -> None:
    kg = whosays.load()

    spots = blind_spots(kg.collection)

    sizes = [len(one.alone) for one in spots]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(sizes) == len(single_sourced(kg.collection))
    assert {one.source for one in spots} == set(kg.collection.sources)
