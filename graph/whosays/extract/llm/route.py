"""The way to a language model, made ready once: plan first, then ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from whosays.cache import build_dir
from whosays.errors import UsageError
from whosays.extract.document import Document, Registry
from whosays.extract.llm.asking import Answers, Planned, Remembered
from whosays.extract.llm.endpoint import Chat, Endpoint, Limits
from whosays.extract.pipeline import Extractor
from whosays.extract.proposers.llm import LanguageModel
from whosays.project import Project

FOLDER = "llm"
"""Where answers are remembered, in the build folder."""


@dataclass(slots=True, kw_only=True)
class Route:
    """An endpoint with its limits and the folder of its answers.

    ``fresh`` asks again what was answered before; ``tell`` hears how many requests
    were asked and how many were remembered.
    """

    endpoint: Endpoint
    registry: Registry
    limits: Limits = Limits()  # noqa: RUF009  (immutable)
    folder: Path | None = None
    fresh: bool = False
    tell: Callable[[int, int], None] = lambda asked, kept: None
    _answers: Remembered = field(init=False)

    def __post_init__(self) -> None:
        """Open the folder of answers."""
        self._answers = Remembered(
            endpoint=self.endpoint,
            chat=Chat(self.endpoint, self.limits),
            folder=self.folder,
            fresh=self.fresh,
            tell=self.tell,
        )

    @property
    def whom(self) -> str:
        """Say who is asked, and whether with a key."""
        key = self.endpoint.key
        with_key = f"with the key of {key.variable}" if key.given else "without a key"
        return f"{self.endpoint.host}, model {self.endpoint.model}, {with_key}"

    def proposer(self, *, shuffled: bool = False) -> LanguageModel:
        """Make the proposer that asks."""
        return self._made(self._answers, shuffled)

    def plan(
        self, documents: Iterable[Document], *, twice: bool = False, spend: bool = True
    ) -> Planned:
        """Count what documents would cost; nothing is sent.

        ``twice`` counts the other order of relations too; ``spend`` holds it against
        the budget.

        Raises:
            UsageError: it is more than the budget.
        """
        planned = Planned(None if self.fresh else self._answers)
        proposers = [self._made(planned, False)]
        if twice:
            proposers.append(self._made(planned, True))
        extractor = Extractor(self.registry, proposers=proposers)
        for doc in documents:
            extractor.extract(doc)
        if spend:
            self.afford(planned)
        return planned

    def afford(self, planned: Planned) -> None:
        """Hold what was planned against the budget.

        Raises:
            UsageError: it is more.
        """
        if planned.total > self.limits.tokens:
            raise UsageError(
                f"{self.endpoint.host} is asked too much, {', '.join(planned.told)}: "
                f"more than the budget of {self.limits.tokens:,} tokens",
                f"Give it more (--budget {planned.total}), or fewer texts",
            )

    def _made(self, answers: Answers, shuffled: bool) -> LanguageModel:
        return LanguageModel(
            answers,
            self.endpoint.model,
            self.endpoint.host,
            self.registry.relations,
            shuffled,
        )


def route_of(
    project: Project,
    registry: Registry,
    *,
    endpoint: str = "",
    model: str = "",
    limits: Limits = Limits(),  # noqa: B008  (immutable)
    fresh: bool = False,
    tell: Callable[[int, int], None] = lambda asked, kept: None,
) -> Route:
    """Make the way to a model for a project, with the answers of former runs.

    Address and model may stand in the environment; the key does, in the variable that
    ``whosays.toml`` names.

    Raises:
        UsageError: address, model or key are missing or cannot be used.
    """
    variable = project.collection.settings.key_variable
    return Route(
        endpoint=Endpoint(endpoint, model, variable=variable),
        registry=registry,
        limits=limits,
        folder=build_dir(project.path) / FOLDER,
        fresh=fresh,
        tell=tell,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Flips:
    """How many readings stay when the relations are listed in another order."""

    both: int = 0
    either: int = 0

    def __add__(self, other: Flips) -> Flips:
        """Count the readings of several texts together."""
        return Flips(both=self.both + other.both, either=self.either + other.either)

    @property
    def told(self) -> str:
        """The line that a person reads."""
        if not self.either:
            return "no reading in either order of the relations"
        lost = self.either - self.both
        return (
            f"{lost} of {self.either} readings change when the relations are listed in "
            f"another order ({lost / self.either:.0%})"
        )


def flips(route: Route, doc: Document, extractor: Extractor) -> Flips:
    """Ask about a document in both orders of the relations, and compare."""
    seen = []
    for shuffled in (False, True):
        alone = Extractor(
            route.registry,
            language=extractor.language,
            proposers=(route.proposer(shuffled=shuffled),),
            nlp=extractor.nlp,
        )
        found = alone.extract(doc).candidates
        seen.append({(one.selector.start, *one.reading) for one in found})
    return Flips(both=len(seen[0] & seen[1]), either=len(seen[0] | seen[1]))
