"""Review: a person decides about the candidates of a text, and what comes of it.

A `Desk` has the candidates of one source and makes decisions; each is in the log before
the next one can be made, and what is accepted is a row of the tables at once.
"""

from whosays.review.comparing import Compared, compared, side
from whosays.review.deciding import Decided, Desk, NotReady
from whosays.review.drafts import Draft, NewActor, draft
from whosays.review.listing import COLUMNS as SHEET
from whosays.review.listing import write_sheet
from whosays.review.queue import Item, Queue, sources
from whosays.review.sheet import Imported, SheetRefused, read_sheet
from whosays.review.statistics import COLUMNS, OVERVIEW, overview, statistics

__all__ = [
    "COLUMNS",
    "OVERVIEW",
    "SHEET",
    "Compared",
    "Decided",
    "Desk",
    "Draft",
    "Imported",
    "Item",
    "NewActor",
    "NotReady",
    "Queue",
    "SheetRefused",
    "compared",
    "draft",
    "overview",
    "read_sheet",
    "side",
    "sources",
    "statistics",
    "write_sheet",
]
