"""Extractors that others bring along, by entry point; each checked before it runs.

``[project.entry-points."whosays.extractors"]`` names them. Loading happens only when
one is asked for, so no help text and no other verb imports one.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import entry_points

from whosays.errors import UsageError
from whosays.extract.proposals import Proposer
from whosays.matching import nearest

GROUP = "whosays.extractors"
NEEDS = frozenset({"parse", "network"})


def available() -> tuple[str, ...]:
    """Name the extractors that are installed."""
    return tuple(sorted({one.name for one in entry_points(group=GROUP)}))


def load(names: Iterable[str]) -> list[Proposer]:
    """Load extractors by name.

    Raises:
        UsageError: there is no such extractor, or it is none.
    """
    found = []
    for name in names:
        points = list(entry_points(group=GROUP, name=name))
        if not points:
            known = available()
            near = nearest(name, known)
            hint = (
                f"Did you mean: {near}"
                if near
                else (
                    f"Installed: {', '.join(known)}" if known else "None is installed"
                )
            )
            raise UsageError(f"no extractor “{name}”", hint)
        try:
            made = points[0].load()()
        except (ImportError, AttributeError, TypeError) as error:
            raise UsageError(
                f"extractor {name} cannot be loaded", str(error)
            ) from error
        found.append(checked(made, name))
    return found


def checked(proposer: object, name: str = "") -> Proposer:
    """Accept what has the shape of a proposer.

    Raises:
        UsageError: it lacks a name, a version, its needs or ``propose``.
    """
    shown = name or type(proposer).__name__
    if not isinstance(proposer, Proposer) or not callable(proposer.propose):
        raise UsageError(
            f"{shown} is no extractor", "It needs name, version, needs and propose()"
        )
    if not frozenset(proposer.needs) <= NEEDS:
        raise UsageError(f"{shown} needs what is not known", f"Known: {sorted(NEEDS)}")
    return proposer
