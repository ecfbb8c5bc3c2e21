"""Names are found by an index as they are found by reading all of them."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import collections
from whosays import index, lookup, registers
from whosays.errors import UnknownName
from whosays.excerpts import Excerpts
from whosays.index.naming import alike
from whosays.model import (
    Actor,
    ActorType,
    Alias,
    Collection,
    Name,
    NameKind,
    Settings,
    Source,
)
from whosays.rows import Rows

WORDS = (
    *("Aldoria", "Belmark", "Cedar", "Front", "Dun", "Brigade", "al-Nahr", "the"),
    *(
        "Ministère",
        "Ağa",
        "Ωμέγα",
        "Кедр",
        "سدر",
        "杉",
        "St.",
        "O'Dun",
        "№7",
        "Front-2",
    ),
)


def project(seed: int, size: int = 40) -> Collection:
    """Make actors and sources with names that resemble each other."""
    chance = random.Random(seed)

    def name() -> str:
        return chance.choice((" ", "-", "  ")).join(
            chance.sample(WORDS, chance.randint(1, 3))
        )

    actors = {
        slug: Actor(
            slug=slug,
            label=name(),
            type=ActorType.PARTY,
            aliases=tuple(Alias(text=name()) for _ in range(chance.randint(0, 2))),
            former_slugs=(f"was-{slug}",) if chance.random() < 0.2 else (),
        )
        for slug in (f"{chance.choice(WORDS[:6]).lower()}-{n}" for n in range(size))
    }
    sources = {
        f"text-{n}": Source(
            slug=f"text-{n}",
            title=name(),
            voice="",
            url=f"https://example.org/{n}/cedar",
        )
        for n in range(size)
    }
    names = tuple(
        Name(
            id=slug,
            actor=slug,
            name=name(),
            kind=NameKind.NEUTRAL,
            used_by=(),
            source="text-1",
        )
        for slug in chance.sample(sorted(actors), 8)
    )
    return Collection(
        settings=Settings(name="names", title="Names"),
        actors=actors,
        sources=sources,
        relations={},
        names=names,
    )


def asked(collection: Collection, chance: random.Random) -> str:
    """Ask for a name as it is, in part, misspelt, or for nothing that is there."""
    known = [
        *(name for one in collection.actors.values() for name in one.spellings),
        *(name for one in collection.sources.values() for name in one.spellings),
        *(one.name for one in collection.names),
        "Zanzibar Tigers",
        "…",
        "a",
    ]
    text = chance.choice(known)
    match chance.randrange(5):
        case 0:
            return text.upper()
        case 1:
            return text[: chance.randint(1, 6)]
        case 2:
            place = chance.randrange(len(text))
            return (
                text[:place] + chance.choice(string.ascii_letters) + text[place + 1 :]
            )
        case 3 if len(text) > 2:
            place = chance.randrange(1, len(text) - 1)
            return text[:place] + text[place + 1 :]
    return text


def told(find: object, collection: Collection, text: str) -> object:
    """Give what is understood by a name, or what is said about it."""
    try:
        return find(collection, text)  # type: ignore[operator]
    except UnknownName as error:
        return str(error), tuple(error.nearest)


@pytest.mark.parametrize("seed", range(3))
def test_what_the_index_finds_is_what_reading_all_finds(seed: int) -> None:
    collection = project(seed)
    excerpts = Excerpts(index.build(None, collection))
    chance = random.Random(seed)
    texts = [asked(collection, chance) for _ in range(150)]

    for text in texts:
        for find in (registers.find_actors, registers.find_sources):
            whole, part = find(collection, text), find(excerpts.nothing, text)
            assert [*part] == [*whole], text
        for find_one in (lookup.actor, lookup.source):
            assert told(find_one, excerpts.nothing, text) == told(
                find_one, collection, text
            ), text


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(collections(), st.text(max_size=8))
def test_any_text_finds_the_same(collection: Collection, text: str) -> None:
    excerpts = Excerpts(index.build(None, collection))

    found = registers.find_actors(excerpts.nothing, text)

    assert isinstance(found, Rows)
    assert [*found] == [*registers.find_actors(collection, text)]


def test_a_search_leaves_most_names_unread() -> None:
    collection = project(1, 200)
    built = index.build(None, collection)

    assert 0 < len(alike(built, "actor", "Кедр")) < 150
    assert len(alike(built, "actor", "Zanzibar Tigers")) < 100
