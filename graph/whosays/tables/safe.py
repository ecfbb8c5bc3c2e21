"""Cells that a spreadsheet would take for formulas, there and back."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_QUOTED = re.compile(r"'+[=+\-@\t\r]")


def neutralise(cell: str, *, formulas: bool = True) -> str:
    """Put a ``'`` before a cell that a spreadsheet would calculate.

    With ``formulas=False`` (tables for machines and for git) only cells that
    ``restore`` would change get one, so that both forms are read back exactly.

    >>> neutralise("=1+1"), neutralise("=1+1", formulas=False), neutralise("'=1")
    ("'=1+1", '=1+1', "''=1")
    """
    pattern = _FORMULA if formulas else _QUOTED
    return f"'{cell}" if pattern.match(cell) else cell


def restore(cell: str) -> str:
    """Take the ``'`` of ``neutralise`` back.

    >>> restore("'=1+1"), restore("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if _QUOTED.match(cell) else cell
