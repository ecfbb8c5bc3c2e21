"""The answers of the reading verbs: who says so, who denies it, and where.

Each function takes records, resolves the names asked for, selects, groups, and counts
what it leaves out. Nothing is printed and nothing but records is read, so the same
question gets the same answer from the command line, a notebook and a test.
"""

from whosays.answers.claims import resolved, that
from whosays.answers.columns import (
    ACTOR_COLUMNS,
    DISPUTE_COLUMNS,
    FULL_STATEMENT_COLUMNS,
    SOURCE_COLUMNS,
    STATEMENT_COLUMNS,
)
from whosays.answers.contested import (
    Disputed,
    Widest,
    contested,
    counted,
    dispute_rows,
    disputed,
    hidden,
    left_out,
    outlined,
    widest,
)
from whosays.answers.dossiers import about, dossier
from whosays.answers.entries import show
from whosays.answers.narrowing import Narrowing
from whosays.answers.records import (
    Card,
    Claim,
    Clash,
    Conflict,
    Contested,
    Dossier,
    Entry,
    Group,
    Hidden,
    Key,
    Outlined,
    Reading,
    Speech,
    phrase,
)
from whosays.answers.voices import by, within
from whosays.ids import short_id

__all__ = [
    "ACTOR_COLUMNS",
    "DISPUTE_COLUMNS",
    "FULL_STATEMENT_COLUMNS",
    "SOURCE_COLUMNS",
    "STATEMENT_COLUMNS",
    "Card",
    "Claim",
    "Clash",
    "Conflict",
    "Contested",
    "Disputed",
    "Dossier",
    "Entry",
    "Group",
    "Hidden",
    "Key",
    "Narrowing",
    "Outlined",
    "Reading",
    "Speech",
    "Widest",
    "about",
    "by",
    "contested",
    "counted",
    "dispute_rows",
    "disputed",
    "dossier",
    "hidden",
    "left_out",
    "outlined",
    "phrase",
    "resolved",
    "short_id",
    "show",
    "that",
    "widest",
    "within",
]
