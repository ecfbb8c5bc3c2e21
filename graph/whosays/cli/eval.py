"""The verb eval: how well statements are read out of texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from whosays.cli import llm
from whosays.cli.app import OutputOption, QuietOption, example, verb
from whosays.cli.formats import ROWS, encoded, format_of
from whosays.cli.output import deliver, note, write_data
from whosays.cli.output import table as lay_out

if TYPE_CHECKING:
    from whosays.measuring import Evaluation

FORMATS = ("text", *ROWS)


@verb(
    "eval",
    epilog=example(
        "whosays eval",
        "whosays eval --part dev --cases -f csv -o cases.csv",
        "whosays eval --min strict.p=.85 --max distractors=.09",
        "whosays eval mine.jsonl --predictions other-tool.jsonl --map relations.csv",
        "whosays eval --curated --texts texts/",
        "whosays eval --with llm --endpoint URL --endpoint-model NAME",
    ),
)
def evaluate(
    gold: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Argument(
            metavar="[GOLD...]",
            help="Files of gold, or of PLOVER's records; default: the bundled ones.",
            show_default=False,
        ),
    ] = None,
    curated: Annotated[
        bool,
        typer.Option(
            "--curated", help="Against what the project has curated, per paragraph."
        ),
    ] = False,
    predictions: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            metavar="FILE", help="Measure what this file says, and extract nothing."
        ),
    ] = None,
    map: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            metavar="FILE", help="A table theirs,ours for relations of the other tool."
        ),
    ] = None,
    part: Annotated[
        str, typer.Option(metavar="PART", help="Only this part: dev, frozen ...")
    ] = "",
    cases: Annotated[
        bool,
        typer.Option(
            "--cases", help="List what is missed and wrong, never of a frozen part."
        ),
    ] = False,
    min: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            metavar="FIGURE=N",
            help="End with 1 if a figure of a part is lower (repeatable).",
        ),
    ] = None,
    max: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            metavar="FIGURE=N",
            help="End with 1 if a figure of a part is higher (repeatable).",
        ),
    ] = None,
    model: llm.ModelOption = "",
    with_: llm.WithOption = None,
    endpoint: llm.EndpointOption = "",
    endpoint_model: llm.EndpointModelOption = "",
    budget: llm.BudgetOption = 200_000,
    timeout: llm.TimeoutOption = 120,
    fresh: llm.FreshOption = False,
    shuffle_labels: llm.ShuffleOption = False,
    texts: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            metavar="DIR", help="Where texts lie that the gold names by their hash."
        ),
    ] = None,
    project: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--project",
            "-p",
            metavar="DIR",
            help="The project with the gold's actors; default: the one around it.",
            show_default=False,
        ),
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="text csv tsv json ndjson md html.")
    ] = "",
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> int:
    """Measure how well statements are read out of texts, against gold.

    Precision, recall and F1 with 95 % intervals, by tier, genre and relation; stance
    and speaker; what is found where nothing is claimed; beside them what mere
    co-occurrence reaches. The gold that comes along is invented; its frozen part is
    measured and never tuned on.
    """
    from whosays import measuring

    gates = [measuring.gate(text) for text in min or ()]
    gates += [measuring.gate(text, least=False) for text in max or ()]
    form = format_of(format, output, FORMATS)
    asking = None
    if llm.check_asked(
        with_ or (),
        endpoint=endpoint,
        endpoint_model=endpoint_model,
        fresh=fresh,
        shuffle_labels=shuffle_labels,
    ):
        from whosays.extract.llm.endpoint import Limits
        from whosays.measuring.asking import Asking

        asking = Asking(
            endpoint=endpoint,
            model=endpoint_model,
            limits=Limits(seconds=timeout, tokens=budget),
            fresh=fresh,
            shuffle=shuffle_labels,
            tell=partial(note, quiet=quiet),
        )
    found = measuring.evaluate(
        *(gold or ()),
        path=project,
        predictions=predictions,
        relations=map,
        texts=texts,
        part=part,
        model=model,
        extractors=with_ or (),
        asking=asking,
        curated=curated,
    )
    if cases:
        _list_cases(found, form, output)
    else:
        _show(found, form, output)
    for text in _notes(found, cases=cases):
        note(text, quiet=quiet)
    failing = found.failing(gates)
    for text in failing:
        note(text)
    return 1 if failing else 0


def _show(found: Evaluation, form: str, output: Path | None) -> None:
    """Write the figures."""
    match form:
        case "text":
            deliver("\n".join(_lines(found)), output)
        case "md":
            deliver("\n".join(_markdown(found)), output)
        case "json":
            whole = json.dumps(found.to_dict(), ensure_ascii=False, indent=1)
            write_data(f"{whole}\n".encode(), output)
        case _:
            write_data(encoded(found.to_rows(), form), output)


def _list_cases(found: Evaluation, form: str, output: Path | None) -> None:
    """Write what is missed and wrong."""
    rows = found.cases()
    if form == "text":
        deliver("\n".join(_cases(found)), output)
    else:
        write_data(encoded(rows, form), output)


def _lines(found: Evaluation) -> Iterator[str]:
    from whosays.measuring.reporting import heading, sections

    yield f"{found.what}, on {', '.join(found.golds)}"
    for part in found.parts:
        yield ""
        yield heading(part)
        for section in sections(part):
            if not len(section.rows):
                continue
            yield ""
            if section.title:
                yield section.title
            yield lay_out(section.rows.columns, section.rows.records)


def _markdown(found: Evaluation) -> Iterator[str]:
    from whosays.measuring.reporting import heading, sections

    yield f"# {found.what}, on {', '.join(found.golds)}"
    for part in found.parts:
        yield ""
        yield f"## {heading(part)}"
        for section in sections(part):
            if not len(section.rows):
                continue
            yield ""
            if section.title:
                yield f"### {section.title}"
                yield ""
            yield section.rows.to_markdown().rstrip("\n")


def _cases(found: Evaluation) -> Iterator[str]:
    last = ""
    for row in found.cases():
        if row["sentence"] != last:
            yield ""
            yield f"{row['gold']} {row['sentence']} {row['locator']}  {row['text']}"
            last = str(row["sentence"])
        claim = " ".join(
            str(row[key])
            for key in ("subject", "relation", "object", "stance", "speaker")
        )
        seen = f"  {row['tier']} {row['patterns']}".rstrip()
        yield f"    {row['case']}: {claim} ({row['modality']}){seen}"


def _notes(found: Evaluation, *, cases: bool) -> Iterator[str]:
    from whosays.measuring import FROZEN

    if cases and any(part.name == FROZEN for part in found.parts):
        yield "cases of the frozen part are not listed: it is never tuned on"
    if found.skipped:
        reasons = dict.fromkeys(reason for _, reason in found.skipped)
        rows = "1 row" if len(found.skipped) == 1 else f"{len(found.skipped)} rows"
        yield f"{rows} of the gold not measured: {'; '.join(reasons)}"
    if found.flips is not None:
        yield found.flips.told
    if found.elsewhere:
        yield f"{found.elsewhere} predictions stand in no sentence of the gold: ignored"
    if found.unknown:
        shown = list(found.unknown)[:5]
        more = f" and {len(found.unknown) - 5} more" if len(found.unknown) > 5 else ""
        yield f"unknown to the gold, and so never a hit: {', '.join(shown)}{more}"
