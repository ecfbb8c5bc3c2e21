"""Where the quads lie and which engine answers: nobody else needs to know.

``Store`` holds quads in memory; ``evaluate`` answers one question in a process that
can be killed, and is the way for every text and file that others wrote.
"""

from whosays.store.complaints import explain
from whosays.store.evaluation import evaluate, read_rdf
from whosays.store.folder import read_folder, write_folder
from whosays.store.formats import FORMATS, format_named, format_of
from whosays.store.memory import Store, to_nquads
from whosays.store.results import Result
from whosays.store.vocabulary import UnknownTerm, unknown_terms, with_prefixes

__all__ = [
    "FORMATS",
    "Result",
    "Store",
    "UnknownTerm",
    "evaluate",
    "explain",
    "format_named",
    "format_of",
    "read_folder",
    "read_rdf",
    "to_nquads",
    "unknown_terms",
    "with_prefixes",
    "write_folder",
]
