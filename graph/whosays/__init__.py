"""whosays: a knowledge graph of contested claims.

Who says what about whom, who denies it, where, when, and on whose word.

    >>> import whosays
    >>> kg = whosays.load()
    >>> kg.collection.settings.title
    'Iran, ISIS, Assad: five accounts'
"""

from typing import TYPE_CHECKING

from whosays.lazily import loader as _loader

if TYPE_CHECKING:
    from whosays.curating import rename, set_status
    from whosays.difference import Difference, diff, history
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
    from whosays.measuring import Evaluation, evaluate
    from whosays.model import Dispute, Issue, Modality, Stance, Statement, Status
    from whosays.problems import Problem
    from whosays.readers import Agreement, agreement
    from whosays.starter import init

# A command imports this module before any other, so a name loads its module only when
# somebody asks for it (PEP 562).
_HOMES = {
    "curating": ("rename", "set_status"),
    "difference": ("Difference", "diff", "history"),
    "readers": ("Agreement", "agreement"),
    "errors": (
        "DataError",
        "NotAProject",
        "NothingFound",
        "OutsideError",
        "QueryError",
        "UnknownName",
        "UsageError",
        "WhosaysError",
    ),
    "kg": ("KG", "check", "load"),
    "measuring": ("Evaluation", "evaluate"),
    "model": ("Dispute", "Issue", "Modality", "Stance", "Statement", "Status"),
    "problems": ("Problem",),
    "starter": ("init",),
}

__all__ = [
    "KG",
    "Agreement",
    "DataError",
    "Difference",
    "Dispute",
    "Evaluation",
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
    "agreement",
    "check",
    "diff",
    "evaluate",
    "history",
    "init",
    "load",
    "rename",
    "set_status",
]


__getattr__ = _loader(__name__, _HOMES)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
