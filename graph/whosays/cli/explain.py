"""The verb explain."""

from __future__ import annotations

from typing import Annotated

import typer

from whosays.cli.app import example, verb
from whosays.cli.output import say


@verb(epilog=example("whosays explain WS104"))
def explain(
    code: Annotated[str, typer.Argument(help="A problem code, for example WS104.")],
) -> None:
    """Say what a problem code means, with a wrong and a right row."""
    from whosays import problems

    say(problems.explain(code))
