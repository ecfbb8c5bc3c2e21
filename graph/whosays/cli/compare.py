"""The verb `compare`: what a source, a voice or a side says, alone or beside another."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from whosays.cli.app import OutputOption, ProjectOption, QuietOption, example, verb
from whosays.cli.formats import ROWS, encoded, format_of
from whosays.cli.output import note, write_data
from whosays.errors import UsageError
from whosays.text import count_of

if TYPE_CHECKING:
    from whosays.kg import KG
    from whosays.perspectives import Comparison, Perspective

_NETWORKS = ("graphml", "gexf")
_FORMATS = ("text", *ROWS, "turtle", *_NETWORKS)


@verb(
    epilog=example(
        "whosays compare voa-last-page khamenei-ahmadian-interview",
        "whosays compare --side iran --side united-states -f csv",
        "whosays compare ali-javanmardi",
        "whosays compare --side iran --split 2015",
    )
)
def compare(
    a: Annotated[
        str,
        typer.Argument(
            metavar="[A]", help="A source or a voice; a+b is both.", show_default=False
        ),
    ] = "",
    b: Annotated[
        str, typer.Argument(metavar="[B]", help="Another.", show_default=False)
    ] = "",
    voice: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(metavar="ACTOR", help="What this voice says, as A or B."),
    ] = None,
    source: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(metavar="SOURCE", help="What this source holds, as A or B."),
    ] = None,
    side: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(metavar="ACTOR", help="All who roll up to this actor, as A or B."),
    ] = None,
    since: Annotated[
        str, typer.Option("--from", metavar="DATE", help="Said on or after this date.")
    ] = "",
    until: Annotated[
        str, typer.Option("--to", metavar="DATE", help="Said on or before this date.")
    ] = "",
    split: Annotated[
        str,
        typer.Option(metavar="DATE", help="Compare what A said before and since."),
    ] = "",
    limit: Annotated[
        int, typer.Option(min=0, help="Entries of each list in text; 0: all.")
    ] = 10,
    project: ProjectOption = None,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help="text csv tsv json ndjson md html turtle graphml gexf.",
        ),
    ] = "",
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """Lay two perspectives side by side: agree, contradict, cannot both hold, silent.

    Give one source or voice to see its perspective alone. What a source quotes in order
    to reject it counts as agreement with nobody. Contradictions are those that
    `whosays disputes` lists. Text on a terminal, CSV in a pipe.
    """
    from whosays.cli.locate import opened

    format = _format(format, output)
    parties = [name for name in (a, b) if name]
    parties += [f"voice:{name}" for name in voice or ()]
    parties += [f"source:{name}" for name in source or ()]
    parties += [f"side:{name}" for name in side or ()]
    kg = opened(project, quiet=quiet)
    found = _asked(kg, parties, since, until, split)
    if format == "turtle":
        data = found.to_turtle()
    elif format in _NETWORKS:
        data = _network(found, format)
    elif format == "text":
        from whosays.cli.comparing import lines
        from whosays.cli.paper import paper

        data = ("\n".join(lines(found, paper(), limit)) + "\n").encode(errors="replace")
    else:
        data = encoded(found.to_rows(), format)
    write_data(data, output)
    for text in _notes(found):
        note(text, quiet=quiet)


def _network(found: Perspective | Comparison, format: str) -> bytes:
    from whosays import overlay
    from whosays.export import networks
    from whosays.perspectives import Comparison

    if isinstance(found, Comparison):
        graph = overlay.comparison_network(found)
    else:
        graph = overlay.perspective_network(found)
    write = networks.as_graphml if format == "graphml" else networks.as_gexf
    return write(graph)


def _format(given: str, output: Path | None) -> str:
    """Choose: the option, else the suffix of the file, else terminal or pipe."""
    if given.lower() in ("card", "table"):
        return "text"
    for_people = output is not None or sys.stdout.isatty()
    known = _FORMATS if for_people else ("csv", *(f for f in _FORMATS if f != "csv"))
    return format_of(given, output, known)


def _asked(
    kg: KG, parties: list[str], since: str, until: str, split: str
) -> Perspective | Comparison:
    if not parties:
        raise UsageError(
            "nothing to compare",
            "Name one or two sources or voices: whosays ref sources",
        )
    if len(parties) > 2:
        hint = "Join those of one party: whosays compare a+b c"
        raise UsageError(f"{len(parties)} to compare, and only two can be", hint)
    if split:
        if len(parties) != 1 or since or until:
            raise UsageError("--split needs one source or voice and no other dates")
        before, since_then = kg.perspective(parties[0]).split(split)
        return kg.compare(before, since_then)
    found = [kg.perspective(name, since=since, until=until) for name in parties]
    return found[0] if len(found) == 1 else kg.compare(found[0], found[1])


def _notes(found: Perspective | Comparison) -> list[str]:
    from whosays.perspectives import Comparison

    if not isinstance(found, Comparison):
        parties = {"": found}
        notes = []
    else:
        parties = {"A: ": found.a, "B: ": found.b}
        both = count_of(found.shared, "statement")
        told = f"left out of both: {both} that belong to both"
        notes = [told] if found.shared else []
    notes += [
        f"{lead}left out: {count_of(party.unplaced, 'statement')} "
        "whose date may lie outside the period"
        for lead, party in parties.items()
        if party.unplaced
    ]
    return notes
