"""Extractors that others bring along, by entry point; each checked before it runs.

``[project.entry-points."whosays.extractors"]`` names them. Loading happens only when
one is asked for, so no help text and no other verb imports one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import entry_points
from typing import get_args

from whosays.errors import OutsideError, UsageError
from whosays.extract.document import Document
from whosays.extract.llm.refusals import Refusal
from whosays.extract.proposals import Context, Own, Proposal, Proposer
from whosays.extract.records import FLAGS, Alignment, ModalityName, StanceName
from whosays.extract.words import Filler
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


def proposed(
    proposer: Proposer, doc: Document, context: Context, failed: set[str]
) -> tuple[Sequence[Proposal | Refusal], str]:
    """Let a proposer work; one of others that raises is told once and skipped.

    ``failed`` holds the names of those that raised in this document. What a failing
    one gave for the sentences at hand is left out: half of its opinion is none.
    """
    if proposer.name in failed:
        return (), ""
    if ours(proposer):
        return list(proposer.propose(doc, context)), ""
    try:
        return list(proposer.propose(doc, context)), ""
    except OutsideError:
        raise  # our own disk or line, not the plug-in
    except Exception as error:  # noqa: BLE001  (a stranger's code may raise anything)
        failed.add(proposer.name)
        said = (str(error).splitlines() or [""])[0]
        shown = f"{type(error).__name__}: {said}".rstrip(": ")
        return (), f"{proposer.name} was left out: {shown}"


def ours(proposer: object) -> bool:
    """Tell whether a proposer came with the program."""
    return type(proposer).__module__.startswith("whosays.")


def misshapen(proposal: object) -> str:
    """Say what is wrong with the shape of a proposal, or nothing."""
    if not isinstance(proposal, Proposal):
        return f"gives {type(proposal).__name__}, and no proposal"
    if not (
        isinstance(proposal.subject, Filler) and isinstance(proposal.object, Filler)
    ):
        return "an end that is no filler"
    if not (isinstance(proposal.relation, str) and isinstance(proposal.pattern, str)):
        return "a relation or pattern that is no text"
    cue = proposal.cue if isinstance(proposal.cue, tuple) else ()
    numbers = (
        *cue,
        proposal.subject.start,
        proposal.subject.end,
        proposal.object.start,
        proposal.object.end,
    )
    if len(numbers) != 6 or not all(isinstance(one, int) for one in numbers):
        return "a span that is no pair of whole numbers"
    if proposal.own is not None and not _is_own(proposal.own):
        return "a reading of its own with values outside the lists"
    if proposal.subject.actor == proposal.object.actor:
        return "an actor that relates to itself"
    return ""


def _is_own(own: object) -> bool:
    return (
        isinstance(own, Own)
        and own.stance in get_args(StanceName)
        and own.modality in get_args(ModalityName)
        and own.alignment in get_args(Alignment)
        and {*own.flags} <= {*FLAGS}
    )


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
