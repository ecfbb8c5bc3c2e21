"""The options of a reader of texts: parser, further readers, and a language model.

What a model costs is told before anything is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from whosays.cli.output import note, say
from whosays.errors import UsageError

if TYPE_CHECKING:
    from whosays.extract.document import Document
    from whosays.extract.llm.route import Route
    from whosays.extract.pipeline import Extractor

ModelOption = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="A spaCy pipeline with a parser, as a second opinion.",
        show_default=False,
    ),
]
WithOption = Annotated[
    Optional[list[str]],  # noqa: UP045  (Typer reads this annotation at run time)
    typer.Option(
        "--with",
        metavar="NAME",
        help="Also this extractor (repeatable); llm is a language model.",
    ),
]
EndpointOption = Annotated[
    str,
    typer.Option(
        metavar="URL",
        help="Where the language model is asked: an OpenAI-compatible endpoint.",
        show_default=False,
    ),
]
EndpointModelOption = Annotated[
    str,
    typer.Option(
        metavar="NAME", help="The model that is asked there.", show_default=False
    ),
]
BudgetOption = Annotated[
    int,
    typer.Option(
        min=1, metavar="TOKENS", help="Most tokens that may be spent in a run."
    ),
]
TimeoutOption = Annotated[
    float,
    typer.Option(
        min=1, max=3600, metavar="SECONDS", help="Longest wait for one answer."
    ),
]
FreshOption = Annotated[
    bool, typer.Option("--fresh", help="Ask again what was answered before.")
]
PlanOption = Annotated[
    bool,
    typer.Option("--dry-run", help="Say what would be sent, and send nothing."),
]
ShuffleOption = Annotated[
    bool,
    typer.Option(
        "--shuffle-labels",
        help="Ask twice, relations in another order, and count what changes.",
    ),
]


def check_asked(named: Sequence[str], **given: object) -> bool:
    """Tell whether a model is asked for; its options alone do not ask for it.

    Raises:
        UsageError: an option of it is given, but it is not named.
    """
    if "llm" in named:
        return True
    for name, value in given.items():
        if value:
            option = f"--{name.replace('_', '-')}"
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
    planned = route.plan(documents, twice=twice, spend=not dry_run)
    if dry_run:
        for line in (route.whom, *planned.told, "nothing was sent"):
            say(line)
    else:
        note(f"asking {route.whom}: {', '.join(planned.told)}", quiet=quiet)


def flips_told(route: Route, document: Document, extractor: Extractor) -> str:
    """Say how many readings change when the relations come in another order.

    Raises:
        OutsideError: the endpoint fails.
    """
    from whosays.extract.llm.route import flips

    return flips(route, document, extractor).told
