"""Make up a project of any size: the same seed and size always give the same one.

A few actors are spoken of by nearly everybody and most by hardly anyone (a power law);
half of the actors belong to a bigger one; every relation of the vocabulary occurs.
"""

from __future__ import annotations

from bisect import bisect
from itertools import accumulate
from math import isqrt
from pathlib import Path
from random import Random

from whosays import files, ids, project, vocab
from whosays.model import (
    Actor,
    ActorType,
    Collection,
    Context,
    Framing,
    Modality,
    ObjectKind,
    Settings,
    Source,
    Stance,
    Statement,
)
from whosays.project import writing

STEEPNESS = 1.3
"""Rank r is drawn with a weight of 1 / (r + 2) to this power."""

STANCES = (Stance.AFFIRMS, Stance.DENIES, Stance.QUESTIONS)
SHARES = (70, 85, 100)
"""Out of 100: 70 affirm, 15 deny, 15 question (sums)."""

_MODALITIES = (*[Modality.ACTUAL] * 14, Modality.SUSPECTED, *Modality)
_NOT_HERE = {"partOf"}  # background of the editors, not a claim like the others
_WORDS = ("harbour", "talks", "envoy", "convoy", "border", "letter", "radio", "bridge")
_DATED = 0.8
_PLACED = 0.25
_QUOTED = 0.4


def make(size: int, seed: int = 0, steepness: float = STEEPNESS) -> Collection:
    """Make a project with about so many statements (repetitions are left out).

    The steeper, the more of them speak of the same few actors and so collide.
    """
    random = Random(seed)
    vocabulary = vocab.load()
    sources = min(max(5 * isqrt(size), 200), 5_000)
    actors = _actors(random, 2 * sources)
    spoken = [slug for slug, one in actors.items() if one.type is not ActorType.PLACE]
    places = [slug for slug, one in actors.items() if one.type.is_place]
    maker = _Maker(random, vocabulary, spoken, places, steepness)
    made_sources = _sources(random, sources, spoken)
    made: dict[str, Statement] = {}
    for _ in range(size):
        statement = maker.statement(made_sources)
        made.setdefault(statement.id, statement)
    return Collection(
        settings=Settings(name="benchmark", title="A made-up project of many claims"),
        actors=actors,
        sources={source.slug: source for source in made_sources},
        relations=vocabulary.relations,
        incompatibilities=vocabulary.incompatibilities,
        statements=tuple(made[id] for id in sorted(made)),
    )


def write(collection: Collection, folder: Path) -> None:
    """Write a project as the tables that a curator would keep."""
    (folder / "statements").mkdir(parents=True, exist_ok=True)
    settings = collection.settings
    toml = f'[project]\nname = "{settings.name}"\ntitle = "{settings.title}"\n'
    files.write_atomic(folder / "whosays.toml", toml)
    tables = {
        "actors.csv": writing.csv_text(
            ("slug", "label", "type", "part_of"),
            (
                {
                    "slug": one.slug,
                    "label": one.label,
                    "type": one.type.value,
                    "part_of": one.part_of,
                }
                for one in collection.actors.values()
            ),
        ),
        "sources.csv": writing.csv_text(
            ("slug", "title", "default_voice", "date"),
            (
                {
                    "slug": one.slug,
                    "title": one.title,
                    "default_voice": one.default_voice,
                    "date": one.date,
                }
                for one in collection.sources.values()
            ),
        ),
        **project.tables_of(collection),
    }
    for name, text in tables.items():
        files.write_atomic(folder / name, text)


def _actors(random: Random, count: int) -> dict[str, Actor]:
    """Make actors, best known first; each second one is part of a better known one."""
    made: dict[str, Actor] = {}
    wholes: list[str] = []  # may have parts
    lands: list[str] = []  # may hold places
    for number in range(count):
        draw = random.random()
        if number < 8 or draw < 0.1:
            type, parents = ActorType.STATE, []
        elif draw < 0.2:
            type, parents = ActorType.PLACE, lands
        else:
            type = random.choice(
                (ActorType.MILITIA, ActorType.ARMED_FORCE, ActorType.PARTY)
            )
            parents = wholes if random.random() < 0.6 else []
        slug = f"{type.value.lower()}-{number:05}"
        # The product of two draws prefers those who stand first.
        place = int(random.random() * random.random() * len(parents))
        made[slug] = Actor(
            slug=slug,
            label=f"{type.value.title()} {number}",
            type=type,
            part_of=parents[place] if parents else "",
        )
        if type.is_place:
            lands.append(slug)
        if type is not ActorType.PLACE:
            wholes.append(slug)
    return dict(sorted(made.items()))


def _sources(random: Random, count: int, voices: list[str]) -> list[Source]:
    made = []
    for number in range(count):
        voice = random.choice(voices)
        date = f"{random.randint(2003, 2024)}-{random.randint(1, 12):02}"
        made.append(
            Source(
                slug=f"source-{number:05}",
                title=f"Source {number}",
                voice=voice,
                default_voice=voice,
                date=date,
            )
        )
    return made


class _Maker:
    """Draws statements; the weights are summed up once."""

    def __init__(
        self,
        random: Random,
        vocabulary: vocab.Vocabulary,
        actors: list[str],
        places: list[str],
        steepness: float,
    ) -> None:
        self.random = random
        # Slugs carry the rank; those who were made first are the best known.
        self.actors = _Ranked(random, sorted(actors, key=_rank), steepness)
        self.places = _Ranked(random, sorted(places, key=_rank), steepness)
        self.relations = [
            relation
            for relation in vocabulary.relations.values()
            if relation.id not in _NOT_HERE
        ]

    def statement(self, sources: list[Source]) -> Statement:
        random = self.random
        relation = random.choice(self.relations)
        subject = self.actors.draw()
        wants_place = relation.object_kind is ObjectKind.PLACE
        ends = self.places if wants_place else self.actors
        object = subject
        while object == subject:
            object = ends.draw()
        source = random.choice(sources)
        stance = STANCES[bisect(SHARES, random.random() * 100)]
        chain: tuple[str, ...] = (source.voice,)
        framing = None
        if random.random() < _QUOTED:
            chain = tuple(dict.fromkeys((source.voice, self.actors.draw())))
            framing = random.choice((None, *Framing))
        modality = random.choice(_MODALITIES)
        locator = f"p{random.randint(1, 80)}"
        valid = self._valid() if random.random() < _DATED else ""
        placed = random.random() < _PLACED
        return Statement(
            id=ids.statement_id(
                subject,
                relation.id,
                object,
                source.slug,
                stance,
                chain,
                modality,
                locator,
                valid,
            ),
            subject=subject,
            relation=relation.id,
            object=object,
            source=source.slug,
            stance=stance,
            chain=chain,
            modality=modality,
            locator=locator,
            valid=valid,
            place=(self.places.draw(),) if placed else (),
            said=source.date,
            context=(random.choice(tuple(Context)),),
            framing=framing,
            gist=" ".join(random.choices(_WORDS, k=8)).capitalize() + ".",
            proposition=ids.proposition_id(
                subject, relation.id, object, relation.symmetric
            ),
        )

    def _valid(self) -> str:
        """Draw a day, a month, a year or a span, some of them open or unsure."""
        random = self.random
        year = random.randint(2003, 2024)
        month = f"{year}-{random.randint(1, 12):02}"
        match random.randrange(10):
            case 0 | 1 | 2:
                return f"{month}-{random.randint(1, 28):02}"
            case 3 | 4 | 5:
                return month
            case 6:
                return f"{month}?"
            case 7:
                return f"{year}"
            case 8:
                return f"{month}/{year + random.randint(1, 3)}"
            case _:
                return random.choice((f"{month}/..", f"../{month}"))


class _Ranked:
    """Draws by rank: who stands first is drawn most often."""

    def __init__(self, random: Random, slugs: list[str], steepness: float) -> None:
        self.random = random
        self.slugs = slugs
        self.sums = list(
            accumulate(1 / (rank + 2) ** steepness for rank in range(len(slugs)))
        )

    def draw(self) -> str:
        at = bisect(self.sums, self.random.random() * self.sums[-1])
        return self.slugs[min(at, len(self.slugs) - 1)]


def _rank(slug: str) -> str:
    return slug.rpartition("-")[2]
