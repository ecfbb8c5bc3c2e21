"""Checks for those who write extractors of their own."""

from __future__ import annotations

from whosays.errors import UsageError
from whosays.extract.document import Registry, document
from whosays.extract.pipeline import Extractor
from whosays.extract.plugins import checked
from whosays.extract.proposals import Proposer
from whosays.model import Actor, ActorType

_TEXT = (
    "Minister Oren Vale denied that Aldoria had armed the Cedar Front.\n"
    "Belmark\u2019s envoy \U0001f33f said: \u201cWe attacked nobody.\u201d\n"
    "Aldoria attacked Belmark. Aldoria attacked Belmark.\n"
)


def check_proposer(proposer: Proposer) -> None:
    """Run an extractor on a small text and check what it yields.

    Raises:
        UsageError: it has not the shape of one, gives spans that are not in the text,
            names strangers, or gives something else when asked again.
    """
    checked(proposer)
    actors = (
        ("aldoria", "Aldoria", ActorType.STATE),
        ("belmark", "Belmark", ActorType.STATE),
        ("cedar-front", "Cedar Front", ActorType.MILITIA),
        ("oren-vale", "Oren Vale", ActorType.PERSON),
    )
    registry = Registry(
        actors={
            slug: Actor(slug=slug, label=name, type=kind) for slug, name, kind in actors
        }
    )
    extractor = Extractor(registry, proposers=(proposer,))
    doc = document(_TEXT, "check")
    first = extractor.extract(doc)
    if first.refused:
        raise UsageError(f"{proposer.name} is refused", first.refused[0])
    if extractor.extract(doc) != first:
        raise UsageError(f"{proposer.name} gives something else when asked again")
