"""Each named query gives the rows that its other wordings give, whatever is asked for."""

from collections.abc import Iterator

import pytest

from scripts.benchmarks import wording
from tests.strategies import SOURCES, crowd
from whosays import disputes, rdf, resources
from whosays.model import Collection
from whosays.namespaces import DEFAULT_BASE, REL
from whosays.queries import bind, find
from whosays.queries.catalogue import NamedQuery, read_query
from whosays.store import Store, to_nquads

KNOWN: dict[str, str | int] = {
    "actor": "aldoria",
    "source": SOURCES[0],
    "relation": "attacks",
    "stance": "denies",
    "int": 2031,
}


def filled(collection: Collection, held: int) -> Store:
    """Fill a store; of the disputes found the graph holds so many."""
    found = disputes.find(collection)[:held]
    terms = to_nquads(resources.ontology_file("whosays.ttl").read_bytes())
    return Store.memory(rdf.nquads(collection, found) + terms)


def lookup(kind: str, text: str) -> str:
    spaces = {"actor": "actor/", "source": "source/"}
    return REL + text if kind == "relation" else DEFAULT_BASE + spaces[kind] + text


def rows(store: Store, query: NamedQuery, values: dict[str, str | int]) -> list[str]:
    found = store.query(bind(query, values, lookup), rows="csv")
    return sorted(found.content.decode().splitlines())


def asked(query: NamedQuery) -> Iterator[dict[str, str | int]]:
    """Ask for everything, then by each parameter alone."""
    yield {}
    for param in query.params:
        yield {param.name: KNOWN[param.type]}


@pytest.fixture(scope="module")
def store() -> Store:
    """Fill a store with a crowd whose graph is bounded: it holds few of its disputes."""
    return filled(crowd(6, size=30), 12)


@pytest.mark.parametrize("name", wording.others())
def test_whatever_is_asked_for_all_wordings_give_the_same(store: Store, name: str):
    ours = find(name)
    others = [
        read_query(path.read_bytes(), f"{name}.rq")
        for path in wording.others()[name].values()
    ]

    different = [
        (other.summary, values)
        for values in asked(ours)
        for other in others
        if rows(store, ours, values) != rows(store, other, values)
    ]

    assert different == []
