"""Random projects: few actors and relations, so that statements really collide."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

from hypothesis import strategies as st

from whosays import ids, vocab
from whosays.model import (
    Actor,
    ActorType,
    Alias,
    Collection,
    Context,
    Framing,
    Modality,
    Settings,
    Source,
    Stance,
    Statement,
    Status,
    Step,
    Tour,
)

RELATIONS = vocab.load().relations
INCOMPATIBILITIES = vocab.load().incompatibilities

SLUGS = (
    "aldoria",
    "aldorian-navy",
    "aldorian-minister",
    "belmark",
    "cedar-front",
    "dun-brigade",
    "port-vale",
)
USED = (
    "fights",
    "attacks",
    "spares",
    "cooperatesWith",
    "alliedWith",
    "supports",
    "arms",
    "opposes",
    "deploysTo",
    "withdrawsFrom",
    "activeIn",
    "interferesIn",
    "invites",
    "created",
)
DATES = ("", "", "2014", "2014-06", "2015/2016", "../2014-05", "2016/..", "2014-06-25?")
# Text that has broken programs before; what XML forbids is tried where XML is written.
NASTY = st.sampled_from(
    [
        "",
        "plain words",
        'quotes " and \\ backslash',
        "two\nlines",
        "</script><img src=x onerror=alert(1)>",
        "{{7*7}} {% raw %}",
        "[sic] [/b] :100:",
        "داعش می‌رود",
        "=1+1",
        "a;b,c\td",
        "\u2028\u00a0é",
        "😀 𐍈",
    ]
)

SOURCES = ("strait-interview", "night-bulletin")


def settings() -> Settings:
    """Make the settings of an invented project."""
    return Settings(name="strait", title="The strait", licence="CC-BY-4.0")


_PARENTS = [st.sampled_from(["", "", *SLUGS[:number]]) for number in range(len(SLUGS))]


@st.composite
def actors(draw: st.DrawFn) -> dict[str, Actor]:
    """Draw the actors; each may belong to one that stands before it."""
    found: dict[str, Actor] = {}
    for number, slug in enumerate(SLUGS):
        parent = draw(_PARENTS[number])
        place = slug == "port-vale"
        found[slug] = Actor(
            slug=slug,
            label=slug.replace("-", " ").title(),
            type=ActorType.PLACE if place else ActorType.STATE,
            part_of=parent,
            aliases=(Alias(text=draw(NASTY) or "x", lang="fa"),),
        )
    return found


# Made once: to make a strategy costs more than to draw from it.
_SPEAKERS = [slug for slug in SLUGS if slug != "port-vale"]
_FIELDS = st.fixed_dictionaries(
    {
        "ends": st.lists(
            st.sampled_from(_SPEAKERS), min_size=2, max_size=2, unique=True
        ),
        "relation": st.sampled_from(USED),
        "stance": st.sampled_from([*Stance, Stance.AFFIRMS, Stance.DENIES]),
        "chain": st.lists(st.sampled_from(_SPEAKERS), min_size=1, max_size=2),
        "modality": st.sampled_from([*Modality, Modality.ACTUAL, Modality.ACTUAL]),
        "locator": st.integers(1, 30),
        "valid": st.sampled_from(DATES),
        "source": st.sampled_from(SOURCES),
        "places": st.sets(st.sampled_from(["port-vale", "belmark", "aldoria"])),
        "placed": st.booleans(),
        "contexts": st.sets(st.sampled_from(list(Context)), max_size=2),
        "framing": st.sampled_from([None, *Framing]),
        "confidence": st.sampled_from([0.3, 0.6, 0.9, 0.25]),
        "status": st.sampled_from([*Status, Status.ACCEPTED, Status.ACCEPTED]),
        "gist": NASTY,
        "note": NASTY,
        "run": st.sampled_from(["", "import-1"]),
    }
)


def _statement(drawn: dict[str, Any]) -> Statement:
    subject, object = drawn["ends"]
    relation, source, stance = drawn["relation"], drawn["source"], drawn["stance"]
    chain, modality = tuple(drawn["chain"]), drawn["modality"]
    locator, valid = f"p{drawn['locator']}", drawn["valid"]
    id = ids.statement_id(
        subject, relation, object, source, stance, chain, modality, locator, valid
    )
    return Statement(
        id=id,
        subject=subject,
        relation=relation,
        object=object,
        source=source,
        stance=stance,
        chain=chain,
        modality=modality,
        locator=locator,
        valid=valid,
        place=tuple(sorted(drawn["places"] if drawn["placed"] else ())),
        context=tuple(sorted(drawn["contexts"])),
        framing=drawn["framing"],
        confidence=drawn["confidence"],
        status=drawn["status"],
        gist=drawn["gist"],
        note=drawn["note"],
        run=drawn["run"],
        proposition=ids.proposition_id(
            subject, relation, object, RELATIONS[relation].symmetric
        ),
    )


def statements() -> st.SearchStrategy[Statement]:
    """Draw a statement of any stance, mood and status."""
    return _FIELDS.map(_statement)


def tours() -> st.SearchStrategy[Tour]:
    """Draw a guided tour of a few steps."""
    steps = st.builds(Step, title=NASTY, text=NASTY, link=st.just("sel=n:aldoria"))
    return st.builds(
        Tour,
        slug=st.sampled_from(SLUGS),
        steps=st.lists(steps, min_size=1, max_size=3).map(tuple),
    )


@cache
def _lists(max_size: int) -> st.SearchStrategy[list[Statement]]:
    return st.lists(statements(), max_size=max_size, unique_by=lambda one: one.id)


_ACTORS = actors()
_TOURS = st.lists(tours(), max_size=2).map(tuple)


@st.composite
def collections(draw: st.DrawFn, max_size: int = 12) -> Collection:
    """Draw a whole project."""
    drawn = draw(_lists(max_size))
    return Collection(
        settings=settings(),
        actors=draw(_ACTORS),
        sources={
            slug: Source(slug=slug, title=slug.title(), voice="aldorian-minister")
            for slug in SOURCES
        },
        relations=RELATIONS,
        incompatibilities=INCOMPATIBILITIES,
        statements=tuple(sorted(drawn, key=lambda statement: statement.id)),
        tours=draw(_TOURS),
    )


def crowd(seed: int, size: int = 30) -> Collection:
    """Make a project in which statements collide often, from a seed.

    Drawing each field by itself seldom makes two statements meet; a test of disputes on
    such data could not fail.
    """
    random = Random(seed)
    ends = ("aldoria", "aldorian-navy", "belmark", "cedar-front")
    pairs = [r for r in INCOMPATIBILITIES if r.first in USED and r.second in USED]
    pair = random.choice(pairs)
    relations = [pair.first, pair.second, *random.sample(USED, 2)]
    made: dict[str, Statement] = {}
    for number in range(size):
        subject, object = random.sample(ends, 2)
        relation = random.choice(relations)
        sides = [Stance.AFFIRMS, Stance.DENIES] * 3
        stance = random.choice([*sides, Stance.AFFIRMS, *Stance])
        chain = tuple(random.sample(ends, random.choice([1, 1, 1, 2])))
        modality = random.choice([Modality.ACTUAL] * 12 + list(Modality))
        valid = random.choice([""] * 6 + list(DATES))
        locator = f"p{number}"
        places = random.choice(
            [(), (), (), (), (), ("port-vale",), ("belmark",), ("aldoria",)]
        )
        status = random.choice([Status.ACCEPTED] * 15 + list(Status))
        id = ids.statement_id(
            subject, relation, object, "s", stance, chain, modality, locator, valid
        )
        made[id] = Statement(
            id=id,
            subject=subject,
            relation=relation,
            object=object,
            source=random.choice(SOURCES),
            stance=stance,
            chain=chain,
            modality=modality,
            locator=locator,
            valid=valid,
            place=places,
            status=status,
            proposition=ids.proposition_id(
                subject, relation, object, RELATIONS[relation].symmetric
            ),
        )
    parents = {"aldorian-navy": "aldoria", "port-vale": "belmark"}
    people = {
        slug: Actor(
            slug=slug,
            label=slug.title(),
            type=ActorType.PLACE if slug == "port-vale" else ActorType.STATE,
            part_of=parents.get(slug, ""),
        )
        for slug in (*ends, "port-vale")
    }
    return Collection(
        settings=settings(),
        actors=people,
        sources={
            slug: Source(slug=slug, title=slug, voice=ends[0]) for slug in SOURCES
        },
        relations=RELATIONS,
        incompatibilities=INCOMPATIBILITIES,
        statements=tuple(made[id] for id in sorted(made)),
    )
