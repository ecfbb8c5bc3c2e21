"""Two readers of one source: where their rows agree, and where they have to talk.

Each codes the source in a table of their own. Rows are paired, compared variable by
variable, and what differs is listed to be settled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from whosays.errors import DataError, UsageError
from whosays.model import Statement
from whosays.problems import Ledger
from whosays.project.batch import read_batch
from whosays.project.loose import with_tables
from whosays.project.sheets import sheets_of
from whosays.readers.coefficients import Coded, alpha, installed, kappa
from whosays.readers.pairing import VARIABLES, Pair, paired, value_of
from whosays.readers.records import Agreement, Variable

__all__ = [
    "VARIABLES",
    "Agreement",
    "Pair",
    "Variable",
    "agreement",
    "alpha",
    "compared",
    "kappa",
    "variable",
]


def agreement(
    one: str | Path,
    other: str | Path,
    *,
    path: str | Path = ".",
    stdin: bytes = b"",
    imported: Mapping[Path, bytes] | None = None,
    encoding: str = "",
) -> Agreement:
    """Compare how two people coded the same source.

    Args:
        one: The table of the first reader, of any kind that `check_tables` reads.
        other: The table of the second one.
        path: The project that has the actors, sources and relations of both.
        stdin: The bytes of a table that is called ``-``.
        imported: Tables that a plug-in has made of some of the files.
        encoding: Of files that do not say theirs; default UTF-8.

    Raises:
        MissingFile: a table is not there.
        MissingExtra: a workbook, and openpyxl is not installed.
        DataError: nothing can be read in a table.
        UsageError: they have no source in common.
    """
    names = (str(one), str(other))
    sides = [
        _read(Path(path), Path(name), stdin, imported or {}, encoding) for name in names
    ]
    (first, second), errors = [list(side) for side, _ in sides], [n for _, n in sides]
    common = {said.source for said in first} & {said.source for said in second}
    if not common:
        raise UsageError(
            f"{names[0]} and {names[1]} have no source in common",
            "Two readers are compared on the same source",
        )
    found = compared(
        [said for said in first if said.source in common],
        [said for said in second if said.source in common],
    )
    left_out = tuple(
        sum(said.source not in common for said in side) for side in (first, second)
    )
    return replace(
        found,
        names=names,
        sources=tuple(sorted(common)),
        errors=(errors[0], errors[1]),
        elsewhere=(left_out[0], left_out[1]),
    )


def _read(
    path: Path,
    table: Path,
    stdin: bytes,
    imported: Mapping[Path, bytes],
    encoding: str,
) -> tuple[Sequence[Statement], int]:
    """Read a table as if it were the only one of the project; count its errors."""
    ledger = Ledger()
    sheets = sheets_of(
        [table], ledger, stdin=stdin, imported=imported, encoding=encoding
    )
    with with_tables(path, ()) as (folder, _):
        batch = read_batch(folder, sheets, ledger, keep=True)
    errors = [problem for problem in ledger if problem.level == "error"]
    if errors and not batch.statements:
        raise DataError(errors)
    return batch.statements, len(errors)


def compared(first: Sequence[Statement], second: Sequence[Statement]) -> Agreement:
    """Pair the statements of two readers and measure how far they agree.

    Without the package that computes them, the coefficients stay empty.
    """
    pairs, only_first, only_second = paired(first, second)
    variables = [
        variable(
            name,
            [
                (value_of(pair.first, name), value_of(pair.second, name))
                for pair in pairs
            ],
        )
        for name in VARIABLES
    ]
    return Agreement(
        rows=(len(first), len(second)),
        pairs=tuple(pairs),
        only=(tuple(only_first), tuple(only_second)),
        variables=tuple(variables),
        measured=installed(),
    )


def variable(name: str, coded: Coded) -> Variable:
    """Measure one column: what either coded, empty where the question did not arise."""
    both = [(one, other) for one, other in coded if one and other]
    measured = installed()
    return Variable(
        name=name,
        pairs=len(both),
        same=sum(one == other for one, other in both),
        alpha=alpha(both) if measured else None,
        kappa=kappa(both) if measured else None,
    )
