"""The options of a language model: the cost is told before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from whosays.cli.output import note, say
from whosays.errors import UsageError

if TYPE_CHECKING:
    from whosays.extract.document import Document
    from whosays.extract.llm.route import Route
    from whosays.extract.pipeline import Extractor


def check_asked(named: Sequence[str], given: Sequence[tuple[str, object]]) -> bool:
    """Tell whether a model is asked for; its options alone do not ask for it.

    Raises:
        UsageError: an option of it is given, but it is not named.
    """
    if "llm" in named:
        return True
    for option, value in given:
        if value:
            raise UsageError(f"{option} is for a language model", "Add --with llm")
    return False


def tell_cost(
    route: Route,
    documents: Iterable[Document],
    *,
    twice: bool,
    dry_run: bool,
    quiet: bool,
) -> None:
    """Say whom is asked how much, before it is.

    Raises:
        UsageError: it is more than the budget.
    """
    key = route.endpoint.key
    with_key = f"with the key of {key.variable}" if key.given else "without a key"
    planned = route.plan(documents, twice=twice, spend=not dry_run)
    whom = f"{route.endpoint.host}, model {route.endpoint.model}, {with_key}"
    if dry_run:
        for line in (whom, *planned.told, "nothing was sent"):
            say(line)
    else:
        note(f"asking {whom}: {', '.join(planned.told)}", quiet=quiet)


def flips_told(route: Route, document: Document, extractor: Extractor) -> str:
    """Say how many readings change when the relations come in another order.

    Raises:
        OutsideError: the endpoint fails.
    """
    from whosays.extract.llm.route import flips

    return flips(route, document, extractor).told
