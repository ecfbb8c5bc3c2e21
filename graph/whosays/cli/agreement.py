"""The verb that compares two readers of one source: agreement."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whosays.cli.app import OutputOption, ProjectOption, QuietOption, example, verb
from whosays.cli.check import EncodingOption
from whosays.cli.formats import ROWS, encoded, format_of
from whosays.cli.locate import folder
from whosays.cli.output import deliver, note, write_data
from whosays.cli.output import table as lay_out
from whosays.cli.plugged import ImporterOption, imported

if TYPE_CHECKING:
    from whosays.model import Statement
    from whosays.readers import Agreement, Variable

FORMATS = ("text", *ROWS)

_COLUMNS = ("column", "pairs", "same", "alpha", "kappa")


@verb(
    epilog=example(
        "whosays agreement ann.csv ben.xlsx",
        "whosays agreement ann.csv ben.csv -f csv -o to-settle.csv",
    )
)
def agreement(
    first: Annotated[
        Path,
        typer.Argument(
            metavar="A",
            help="The table of one reader: .csv, .tsv, .xlsx, .jsonl; - is stdin.",
        ),
    ],
    second: Annotated[
        Path, typer.Argument(metavar="B", help="The table of the other one.")
    ],
    project: ProjectOption = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="text csv tsv json ndjson md html.")
    ] = "",
    output: OutputOption = None,
    encoding: EncodingOption = "",
    importer: ImporterOption = "",
    quiet: QuietOption = False,
) -> None:
    """Say how far two people agree who coded the same source, and what to settle.

    Rows are paired by passage and claim. Krippendorff's alpha and Cohen's kappa are of
    the paired rows, column by column. The data formats list what differs.
    """
    from whosays import readers
    from whosays.cli.paper import paper

    form = format_of(format, output, FORMATS)
    tables = [first, second]
    found = readers.agreement(
        first,
        second,
        path=folder(project, quiet=quiet),
        stdin=sys.stdin.buffer.read() if Path("-") in tables else b"",
        imported=imported(tables, importer, quiet=quiet),
        encoding=encoding,
    )
    match form:
        case "text":
            lines = [line for text in _lines(found) for line in text.split("\n")]
            deliver("\n".join(paper().folded(lines)), output)
        case "json":
            whole = json.dumps(found.to_dict(), ensure_ascii=False, indent=1)
            write_data(f"{whole}\n".encode(), output)
        case _:
            write_data(encoded(found.to_rows(), form), output)
    for text in _notes(found):
        note(text, quiet=quiet)


def _lines(found: Agreement) -> Iterator[str]:
    one, other = found.names
    yield f"{one} and {other} on {', '.join(found.sources)}"
    yield (
        f"  {found.rows[0]} and {found.rows[1]} rows: {len(found.pairs)} pairs, "
        f"{len(found.alike)} of them alike"
    )
    yield f"  only in {one}: {len(found.only[0])} · only in {other}: {len(found.only[1])}"
    yield ""
    yield variables_table(found.variables)
    if found.differing:
        yield ""
        yield "TO SETTLE"
    for pair in found.differing:
        yield f"  {_named(pair.first)}   rows {pair.first.row} and {pair.second.row}"
        for name, *values in pair.compared():
            yield f"      {name}: {' | '.join(value or '(empty)' for value in values)}"
    for name, alone in zip(found.names, found.only, strict=True):
        if alone:
            yield ""
            yield f"ONLY IN {name}"
        for said in alone:
            yield f"  {_named(said)}   row {said.row}"


def variables_table(variables: Iterable[Variable]) -> str:
    """Lay out how far two people agree, column by column."""
    rows = (
        (each.name, each.pairs, _share(each.same, each.pairs), *map(_number, values))
        for each in variables
        for values in [(each.alpha, each.kappa)]
    )
    return lay_out(_COLUMNS, rows)


def _named(one: Statement) -> str:
    claim = f"{one.subject} {one.relation} {one.object}"
    return f"{one.locator or 'no locator'}  {one.voice} {one.stance}: {claim}"


def _share(same: int, pairs: int) -> str:
    return f"{100 * same / pairs:.0f} %" if pairs else ""


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _notes(found: Agreement) -> Iterator[str]:
    if not found.measured:
        yield 'alpha and kappa need nltk: install "whosays[agreement]"'
    elif any(each.pairs and each.alpha is None for each in found.variables):
        yield "a column in which both used one value has no alpha and no kappa"
    for name, errors, elsewhere in zip(
        found.names, found.errors, found.elsewhere, strict=True
    ):
        if errors:
            rows = "1 error" if errors == 1 else f"{errors} errors"
            yield f"{name} has {rows}, and such rows are left out: whosays check {name}"
        if elsewhere:
            rows = "1 row" if elsewhere == 1 else f"{elsewhere} rows"
            yield f"{name} has {rows} on sources that the other lacks"
