"""Make up networks with a given number of actors, as pages draw them.

Each actor that joins speaks of three that are there already, the known ones first, so
that a few have many lines; about one claim in ten is told twice, half of these against
each other. The same number always gives the same network.
"""

from __future__ import annotations

from random import Random

from whosays import vocab
from whosays.model import (
    Actor,
    ActorType,
    Collection,
    ObjectKind,
    Settings,
    Source,
    Stance,
    Statement,
)

_SOURCES = 8
_LINES = 3  # claims for each actor
_TWICE = 0.12
_KINDS = (ActorType.STATE, ActorType.MILITIA, ActorType.PERSON, ActorType.MEDIA_OUTLET)


def make(actors: int, seed: int = 0) -> Collection:
    """Make a network of so many actors, three claims each, some of them disputed."""
    random = Random(seed)
    vocabulary = vocab.load()
    relations = sorted(
        slug
        for slug, one in vocabulary.relations.items()
        if one.object_kind is ObjectKind.ACTOR
    )
    slugs = [f"actor-{number:04}" for number in range(actors)]
    known = slugs[: _LINES + 1]  # as often as they have lines
    made: dict[str, Statement] = {}
    for slug in slugs[_LINES + 1 :]:
        for other in sorted({random.choice(known) for _ in range(_LINES)}):
            ends = (slug, random.choice(relations), other)
            _tell(random, made, ends, Stance.AFFIRMS)
            if random.random() < _TWICE:
                _tell(random, made, ends, random.choice((*Stance,)[:2]))
            known += [slug, other]
    return Collection(
        settings=Settings(name="crowd", title=f"A made-up network of {actors} actors"),
        actors={
            slug: Actor(
                slug=slug, label=f"Actor {slug[6:]}", type=_KINDS[number % len(_KINDS)]
            )
            for number, slug in enumerate(slugs)
        },
        sources={
            f"source-{number}": Source(
                slug=f"source-{number}",
                title=f"Source {number}",
                voice="",
                date=f"{2020 + number}",
            )
            for number in range(_SOURCES)
        },
        relations=vocabulary.relations,
        incompatibilities=vocabulary.incompatibilities,
        statements=tuple(made[id] for id in sorted(made)),
    )


def _tell(
    random: Random,
    made: dict[str, Statement],
    ends: tuple[str, str, str],
    stance: Stance,
) -> None:
    subject, relation, object_ = ends
    number = random.randrange(_SOURCES)
    id = f"s{len(made):011}"
    made[id] = Statement(
        id=id,
        subject=subject,
        relation=relation,
        object=object_,
        source=f"source-{number}",
        stance=stance,
        chain=(f"actor-{random.randrange(4):04}",),
        locator=f"p{random.randrange(1, 40)}",
        said=f"{2020 + number}",
        valid=f"{random.randrange(2010, 2020)}-{random.randrange(1, 13):02}/..",
        gist="Says what was seen at the crossing by night.",
        proposition=f"{subject}_{relation}_{object_}",
    )
