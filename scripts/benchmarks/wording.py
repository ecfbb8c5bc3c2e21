"""Our queries beside other wordings of them, all asked of pyoxigraph in memory.

``wordings/NAME.WHAT.rq`` is the query NAME in other words. What was tried and lost stays
there: a new release of the engine may turn the tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("wordings")
OURS = "ours"


@cache
def others() -> Mapping[str, Mapping[str, Path]]:
    """List the other wordings by query."""
    found: dict[str, dict[str, Path]] = {}
    for path in sorted(FOLDER.glob("*.rq")):
        name, what = path.stem.split(".")
        found.setdefault(name, {})[what] = path
    return found


def texts(name: str, ours: str) -> dict[str, str]:
    """Give all wordings of a query, ours first."""
    known = others().get(name, {})
    return {OURS: ours} | {
        what: path.read_text("utf-8") for what, path in known.items()
    }


def ratio(facts: Mapping[str, float]) -> float:
    """Tell how much longer ours takes than the quickest; what was ended lost.

    What takes less than two milliseconds is all the same.
    """
    known = [seconds for seconds in facts.values() if seconds >= 0]
    return max(facts[OURS], _TICK) / max(min(known), _TICK)


_TICK = 0.002
