"""What a voice, a source or a whole side says, and how two of them compare."""

from whosays.perspectives.comparison import compare
from whosays.perspectives.findings import Comparison, Finding, Match, Silence
from whosays.perspectives.graph import comparison_nquads, perspective_nquads
from whosays.perspectives.naming import named
from whosays.perspectives.perspective import Held, Perspective, select
from whosays.perspectives.table import (
    COMPARISON_COLUMNS,
    PERSPECTIVE_COLUMNS,
    comparison_rows,
    perspective_rows,
)

__all__ = [
    "COMPARISON_COLUMNS",
    "PERSPECTIVE_COLUMNS",
    "Comparison",
    "Finding",
    "Held",
    "Match",
    "Perspective",
    "Silence",
    "compare",
    "comparison_nquads",
    "comparison_rows",
    "named",
    "perspective_nquads",
    "perspective_rows",
    "select",
]
