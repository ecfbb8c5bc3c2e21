"""Where the quads lie and which engine answers: nobody else needs to know.

``Store`` holds quads in memory; ``evaluate`` answers one question in a process that
can be killed, and is the way for every text and file that others wrote.
"""

from typing import TYPE_CHECKING

from whosays.lazily import loader as _loader

if TYPE_CHECKING:
    from whosays.store.complaints import explain
    from whosays.store.endpoint import ask_endpoint
    from whosays.store.evaluation import Prepared, evaluate, prepared, read_rdf
    from whosays.store.filling import Filling
    from whosays.store.folder import ask_folder, read_folder, write_folder
    from whosays.store.formats import FORMATS, format_named, format_of
    from whosays.store.memory import Store, to_nquads
    from whosays.store.results import Result
    from whosays.store.vocabulary import UnknownTerm, unknown_terms, with_prefixes

# Asking one question needs few of these; a name loads its module when it is used.
_HOMES = {
    "complaints": ("explain",),
    "endpoint": ("ask_endpoint",),
    "evaluation": ("Prepared", "evaluate", "prepared", "read_rdf"),
    "filling": ("Filling",),
    "folder": ("ask_folder", "read_folder", "write_folder"),
    "formats": ("FORMATS", "format_named", "format_of"),
    "memory": ("Store", "to_nquads"),
    "results": ("Result",),
    "vocabulary": ("UnknownTerm", "unknown_terms", "with_prefixes"),
}

__all__ = [
    "FORMATS",
    "Filling",
    "Prepared",
    "Result",
    "Store",
    "UnknownTerm",
    "ask_endpoint",
    "ask_folder",
    "evaluate",
    "explain",
    "format_named",
    "format_of",
    "prepared",
    "read_folder",
    "read_rdf",
    "to_nquads",
    "unknown_terms",
    "with_prefixes",
    "write_folder",
]


__getattr__ = _loader(__name__, _HOMES)
