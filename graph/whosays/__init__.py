"""whosays: a knowledge graph of contested claims.

Who says what about whom, who denies it, where, when, and on whose word.

    >>> import whosays
    >>> kg = whosays.load()
    >>> kg.collection.settings.title
    'Iran, ISIS, Assad: five accounts'
"""

from whosays.errors import (
    DataError,
    NotAProject,
    NothingFound,
    OutsideError,
    QueryError,
    UnknownName,
    UsageError,
    WhosaysError,
)
from whosays.kg import KG, check, load
from whosays.model import Dispute, Issue, Modality, Stance, Statement, Status
from whosays.problems import Problem

__all__ = [
    "KG",
    "DataError",
    "Dispute",
    "Issue",
    "Modality",
    "NotAProject",
    "NothingFound",
    "OutsideError",
    "Problem",
    "QueryError",
    "Stance",
    "Statement",
    "Status",
    "UnknownName",
    "UsageError",
    "WhosaysError",
    "check",
    "load",
]
