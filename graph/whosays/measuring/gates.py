"""Gates: figures that must be reached, as `strict.p=.85` or `interview:strict.r=.6`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whosays.errors import UsageError
from whosays.measuring.figuring import SHARES, Part
from whosays.measuring.units import METRICS

_GATE = re.compile(r"(?:(?P<group>[^:=]+):)?(?P<figure>[^:=]+)=(?P<bound>[^=]+)")
_SIDES = ("p", "r", "f1")
_SCORES = {metric.replace(" ", "-"): metric for metric in METRICS}
_SHARES = {share.replace(" ", "-"): share for share in SHARES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A bound that a figure of every part must not pass; ``least`` or most."""

    text: str
    group: str
    figure: str
    bound: float
    least: bool = True

    def fails(self, part: Part) -> str:
        """Say how a part fails, or nothing; a figure without a value fails."""
        value = self._value(part)
        if value is not None and (
            value >= self.bound if self.least else value <= self.bound
        ):
            return ""
        shown = "nothing to measure" if value is None else f"{value:.4f}"
        wanted = "at least" if self.least else "at most"
        name = f"{self.group}:{self.figure}" if self.group else self.figure
        return f"{part.name}: {name} is {shown}, and should be {wanted} {self.bound:g}"

    def _value(self, part: Part) -> float | None:
        if not self.group and self.figure in _SHARES:
            return part.shares[_SHARES[self.figure]].figure.value
        name, _, side = self.figure.rpartition(".")
        if not self.group:
            score = part.scores[_SCORES[name]]
        else:
            named = [one for one in part.groups if one.name == self.group]
            if not named:
                return None
            score = named[0].score
        return {"p": score.p, "r": score.r, "f1": score.f1}[side].value


def gate(text: str, *, least: bool = True) -> Gate:
    """Read a gate.

    Raises:
        UsageError: it names no figure, or no number.
    """
    found = _GATE.fullmatch(text.replace(" ", ""))
    group = (found["group"] or "") if found else ""
    figure = found["figure"].lower() if found else ""
    known = [f"{score}.{side}" for score in _SCORES for side in _SIDES]
    known = [one for one in known if one.startswith("strict.") or not group]
    known += [] if group else [*_SHARES]
    if found is None or figure not in known:
        shown = ", ".join(known)
        raise UsageError(
            f"“{text}” names no figure", f"Write one of {shown}, =, a number"
        )
    try:
        bound = float(found["bound"])
    except ValueError:
        bound = -1.0
    if not 0 <= bound <= 1:
        raise UsageError(f"“{found['bound']}” is no share", "Write .85, or 0 to 1")
    return Gate(text=text, group=group, figure=figure, bound=bound, least=least)
