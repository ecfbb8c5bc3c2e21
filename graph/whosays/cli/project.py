"""Verbs about the project itself: status and ref."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from whosays.cli.app import OutputOption, ProjectOption, QuietOption, example, verb
from whosays.cli.formats import ROWS, chosen, encoded, format_of
from whosays.cli.output import deliver, say, write_data
from whosays.cli.output import table as lay_out
from whosays.cli.reference import KINDS, SHOWN
from whosays.cli.reference import table as reference
from whosays.model import Stance
from whosays.text import count_of

if TYPE_CHECKING:
    from whosays.coverage import Coverage, Part

FORMATS = ("text", *ROWS)

_SOURCES = ("source", "all", "affirms", "denies", "other", "undated", "voices")
_PAIRS = ("actors", "all", "affirms", "denies", "one voice", "disputes")


@verb(
    epilog=example(
        "whosays status",
        "whosays status -p my-topic -f csv",
    )
)
def status(
    project: ProjectOption = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="text csv tsv json ndjson md html.")
    ] = "",
    output: OutputOption = None,
    limit: Annotated[
        int, typer.Option(min=0, help="Pairs of actors in text; 0: all.")
    ] = 10,
    quiet: QuietOption = False,
) -> int:
    """Count what is curated and what is missing; tell what is stale and what installed.

    For each source and each pair of actors: statements by stance, those without a date
    or a passage, claims with a single voice, disputes that a date might end.
    """
    from whosays.cli.locate import folder, opened
    from whosays.cli.surroundings import facts
    from whosays.errors import DataError

    form = format_of(format, output, FORMATS)
    path = folder(project, quiet=quiet)
    try:
        kg = opened(path, quiet=quiet)
    except DataError as error:
        count = len(error.problems)
        say(f"{path.name}: {count_of(count, 'error')}: whosays check")
        return error.exit_code
    counted = kg.coverage()
    known = facts(project, kg)
    match form:
        case "json":
            rows = counted.to_rows().to_dicts()
            about = {name: value for name, value, _ in known}
            text = json.dumps(
                {"about": about, "coverage": rows}, ensure_ascii=False, indent=1
            )
            write_data(f"{text}\n".encode(), output)
        case "text":
            title = kg.summary().title
            lines = [*_report(title, counted, limit, str(kg.found()))]
            lines.append(lay_out(("what", "is", ""), known))
            deliver("\n".join(lines), output)
        case _:
            write_data(encoded(counted.to_rows(), form), output)
    return 0


def _report(title: str, counted: Coverage, limit: int, left_out: str) -> Iterator[str]:
    total = counted.total
    stances = ", ".join(f"{count} {stance}" for stance, count in total.stances if count)
    yield title
    yield f"  {counted}"
    yield f"  {total.claims} claims: {stances or 'nothing'}"
    yield (
        f"  {total.undated} undated, {total.unlocated} without locator, "
        f"{total.waiting} candidates"
    )
    yield f"  {total.single_voiced} claims have a single voice behind them"
    yield (
        f"  {total.disputes} disputes, {total.undated_disputes} of them with "
        "a side that has no date"
    )
    if left_out:
        yield f"  {left_out}: [graph] in whosays.toml"
    yield ""
    yield lay_out(_SOURCES, (_source(part) for part in counted.sources))
    yield ""
    shown = counted.pairs[:limit] if limit else counted.pairs
    yield lay_out(_PAIRS, (_pair(part) for part in shown))
    if len(shown) < len(counted.pairs):
        yield f"… {len(counted.pairs) - len(shown)} more: --limit 0, or -f csv"
    doubtful = [part.label for part in counted.pairs if part.only_undated]
    if doubtful:
        yield ""
        yield "disputed, perhaps only because dates are missing:"
        yield from (f"  {label}" for label in doubtful)
    yield ""


def _source(part: Part) -> list[object]:
    other = part.count(Stance.QUESTIONS) + part.count(Stance.REPORTS)
    sides = [part.count(Stance.AFFIRMS), part.count(Stance.DENIES), other]
    return [part.id, part.statements, *sides, part.undated, part.voices]


def _pair(part: Part) -> list[object]:
    sides = [part.count(Stance.AFFIRMS), part.count(Stance.DENIES)]
    return [part.label, part.statements, *sides, part.single_voiced, part.disputes]


@verb(
    epilog=example(
        "whosays ref relations",
        "whosays ref actors -f csv",
        "whosays ref codes",
    )
)
def ref(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND", help="actors, relations, sources, queries or codes."
        ),
    ],
    project: ProjectOption = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="text csv tsv json ndjson md html.")
    ] = "",
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """List the vocabulary in force: names, aliases, named queries, problem codes.

    These are the names that every other verb understands, in any case and script.
    """
    from whosays.cli.locate import folder, opened

    chosen("table", kind, KINDS)
    form = format_of(format, output, FORMATS)
    path = folder(project, quiet=quiet or kind == "codes")
    rows = reference(kind, lambda: opened(path, quiet=quiet).collection, path)
    if form == "text":
        shown = SHOWN[kind]
        cells = ([row[name] for name in shown] for row in rows)
        deliver(lay_out(shown, cells), output)
    else:
        write_data(encoded(rows, form), output)
