"""A language model measured on a gold: what it costs, its way, and how steady it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from whosays.cache import build_dir
from whosays.extract.document import Document, document
from whosays.extract.llm.asking import Planned
from whosays.extract.llm.endpoint import Endpoint, Limits
from whosays.extract.llm.route import FOLDER, Flips, Route, flips
from whosays.extract.running import registry_of
from whosays.measuring.records import Gold

if TYPE_CHECKING:
    from whosays.extract.pipeline import Extractor


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Which model is asked and at what cost; what is left out is in the environment.

    ``shuffle`` asks a second time, with the relations in another order. ``tell`` hears
    whom it costs what before anything is sent.
    """

    endpoint: str = ""
    model: str = ""
    limits: Limits = Limits()  # noqa: RUF009  (immutable)
    fresh: bool = False
    shuffle: bool = False
    tell: Callable[[str], None] = lambda text: None


def documents(gold: Gold) -> list[Document]:
    """Give the texts of a gold as they are extracted from."""
    sources = gold.collection.sources
    wanted = dict.fromkeys(one.source for one in gold.passages)
    return [document(gold.texts[one], sources.get(one) or one) for one in wanted]


def routes(golds: Iterable[Gold], asking: Asking) -> dict[Path | None, Route]:
    """Make the way to the model for each registry, when all texts fit the budget.

    Answers are remembered in the build folder of the gold's project.

    Raises:
        UsageError: address, model or key cannot be used, or it is too much.
    """
    made: dict[Path | None, Route] = {}
    whole = Planned()
    for gold in golds:
        if gold.folder not in made:
            folder = build_dir(gold.folder) / FOLDER if gold.folder else None
            variable = gold.collection.settings.key_variable
            made[gold.folder] = Route(
                endpoint=Endpoint(asking.endpoint, asking.model, variable=variable),
                registry=registry_of(gold.collection),
                limits=asking.limits,
                folder=folder,
                fresh=asking.fresh,
            )
        route = made[gold.folder]
        whole += route.plan(documents(gold), twice=asking.shuffle, spend=False)
    for route in [*made.values()][:1]:
        route.afford(whole)
        asking.tell(f"asking {route.whom}: {', '.join(whole.told)}")
    return made


def flipped(
    golds: Iterable[Gold],
    made: Mapping[Path | None, Route],
    prepared: Mapping[Path | None, Extractor],
) -> Flips:
    """Ask about all texts in both orders of the relations, and compare."""
    found = Flips()
    for gold in golds:
        for doc in documents(gold):
            found += flips(made[gold.folder], doc, prepared[gold.folder])
    return found
