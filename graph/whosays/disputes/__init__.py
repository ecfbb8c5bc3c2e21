"""Disagreement as a result: who affirms what others deny, and what cannot both hold.

Statements dispute when one affirms and the other denies the same thing, or a special
case of it, in the same mood, with times and places that can meet; or when two affirmed
relations of one pair exclude each other. An index over statements finds the pairs: the
cost grows with statements plus findings, not with pairs.
"""

from whosays.disputes.clashing import LISTED, clashing, outlines
from whosays.disputes.finding import find
from whosays.disputes.folding import fold as issues
from whosays.disputes.reasons import reason
from whosays.disputes.scores import BASE, factors
from whosays.disputes.streaming import Quarrel, quarrels

__all__ = [
    "BASE",
    "LISTED",
    "Quarrel",
    "clashing",
    "factors",
    "find",
    "issues",
    "outlines",
    "quarrels",
    "reason",
]
