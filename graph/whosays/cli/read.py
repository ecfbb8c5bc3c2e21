"""Verbs that read: that, about, by, in, disputes, show."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from whosays.cli.app import ProjectOption, QuietOption, app, example
from whosays.cli.output import next_steps, note, prepare_streams, say, write_data
from whosays.errors import NothingFound, UsageError

if TYPE_CHECKING:
    from whosays.answers import Hidden, Narrowing
    from whosays.cli.cards import Print, Printer
    from whosays.kg import KG
    from whosays.rows import Rows

FORMATS = ("card", "csv", "tsv", "json", "ndjson", "md", "html")

At = Annotated[
    str,
    typer.Option(
        "--at", metavar="DATE", help="What may hold then; undated claims stay."
    ),
]
Place = Annotated[
    str, typer.Option("--place", metavar="PLACE", help="What is said to hold there.")
]
InSource = Annotated[
    str, typer.Option("--source", metavar="SOURCE", help="Only from this source.")
]
ByVoice = Annotated[
    str, typer.Option("--by", metavar="VOICE", help="Only by this voice.")
]
StatusOption = Annotated[
    str, typer.Option("--status", metavar="accepted|all", help="Candidates too: all.")
]
OwnVoice = Annotated[
    bool, typer.Option("--own-voice", help="Leave out what is only passed on.")
]
Related = Annotated[
    bool,
    typer.Option("--related", "--also-broader", help="Wider and narrower claims too."),
]
Parts = Annotated[
    bool, typer.Option("--related", help="Its parts and who acts for it, too.")
]
MustFind = Annotated[
    bool, typer.Option("--must-find", help="End with 1 when there is nothing.")
]
FormatOption = Annotated[
    str, typer.Option("--format", "-f", help="card csv tsv json ndjson md html.")
]
OutputOption = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--output", "-o", metavar="FILE", help="Where to; the suffix is the format."
    ),
]
Ascii = Annotated[bool, typer.Option("--ascii", help="Marks in plain ASCII.")]
Width = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option("--width", min=40, max=400, metavar="N", help="Columns of a line."),
]


@app.command(
    epilog=example(
        "whosays that iran cooperates-with isis",
        "whosays that iran - isis",
        "whosays that - fights isis --at 2014 -f csv",
    )
)
def that(
    subject: Annotated[str, typer.Argument(metavar="S", help="Who; - is anybody.")],
    relation: Annotated[
        str, typer.Argument(metavar="[R]", help="Does what; - is anything.")
    ] = "-",
    object: Annotated[
        str, typer.Argument(metavar="[O]", help="To whom; - is anybody.")
    ] = "-",
    related: Related = False,
    at: At = "",
    place: Place = "",
    source: InSource = "",
    by: ByVoice = "",
    status: StatusOption = "accepted",
    own_voice: OwnVoice = False,
    must_find: MustFind = False,
    project: ProjectOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
    ascii: Ascii = False,
    width: Width = None,
    quiet: QuietOption = False,
) -> None:
    """Say who affirms, denies or questions a claim, and where.

    Headings count voices, not rows. What is passed on by a voice that rejects it is
    counted apart. An inverse label (“is attacked by”) turns the claim round.
    """
    kg = _opened(project, quiet)
    narrowing = _narrowing(at, place, source, by, status, own_voice)
    card = kg.that(subject, relation, object, related=related, **narrowing)
    out = _Out(format, output, ascii, width, quiet)
    out.write(kg, card.to_rows, lambda printer: printer.card(card), card.hidden)
    _demand(must_find, len(card), card.title)
    if card.id:
        left, middle, right = card.claims[0].key
        steps = [f"whosays show {card.id}"]
        if not related:
            steps.append(f"whosays that {left} {middle} {right} --related")
        next_steps(" · ".join(steps), quiet=quiet)


@app.command(
    epilog=example(
        "whosays about isis",
        "whosays about داعش --source habilian-rapprochement",
        "whosays about iran --related -f csv",
    )
)
def about(
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help="In any spelling.")],
    related: Parts = False,
    at: At = "",
    place: Place = "",
    source: InSource = "",
    by: ByVoice = "",
    status: StatusOption = "accepted",
    own_voice: OwnVoice = False,
    must_find: MustFind = False,
    project: ProjectOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
    ascii: Ascii = False,
    width: Width = None,
    quiet: QuietOption = False,
) -> None:
    """Show everything said of an actor, its names, and its disputes."""
    kg = _opened(project, quiet)
    narrowing = _narrowing(at, place, source, by, status, own_voice)
    found = kg.about(actor, related=related, **narrowing)
    out = _Out(format, output, ascii, width, quiet)
    out.write(kg, found.to_rows, lambda printer: printer.dossier(found), found.hidden)
    _demand(must_find, len(found), f"about {found.actor.label}")
    if found.claims:
        left, middle, right = found.claims[0].key
        slug = found.actor.slug
        steps = f"whosays that {left} {middle} {right} · whosays disputes {slug}"
        next_steps(steps, quiet=quiet)


@app.command(epilog=example("whosays by rouhani", "whosays by broomand -f csv"))
def by(
    voice: Annotated[str, typer.Argument(metavar="VOICE", help="In any spelling.")],
    at: At = "",
    place: Place = "",
    source: InSource = "",
    status: StatusOption = "accepted",
    own_voice: OwnVoice = False,
    must_find: MustFind = False,
    project: ProjectOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
    ascii: Ascii = False,
    width: Width = None,
    quiet: QuietOption = False,
) -> None:
    """Show what a voice says, its own words apart from what it passes on."""
    kg = _opened(project, quiet)
    narrowing = _narrowing(at, place, source, "", status, own_voice)
    found = kg.by(voice, **narrowing)
    out = _Out(format, output, ascii, width, quiet)
    out.write(kg, found.to_rows, lambda printer: printer.speech(found), found.hidden)
    _demand(must_find, len(found), f"by {found.voice.label}")


@app.command(
    "in",
    epilog=example(
        "whosays in habilian-rapprochement", "whosays in voa-last-page -f csv"
    ),
)
def within(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Id or title.")],
    at: At = "",
    place: Place = "",
    by: ByVoice = "",
    status: StatusOption = "accepted",
    own_voice: OwnVoice = False,
    must_find: MustFind = False,
    project: ProjectOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
    ascii: Ascii = False,
    width: Width = None,
    quiet: QuietOption = False,
) -> None:
    """Show what a source holds, in the order of its passages."""
    kg = _opened(project, quiet)
    narrowing = _narrowing(at, place, "", by, status, own_voice)
    found = kg.within(source, **narrowing)
    out = _Out(format, output, ascii, width, quiet)
    out.write(kg, found.to_rows, lambda printer: printer.reading(found), found.hidden)
    _demand(must_find, len(found), f"in {found.source.title}")


@app.command(
    epilog=example(
        "whosays disputes",
        "whosays disputes isis",
        "whosays disputes iran iraq -f csv",
    )
)
def disputes(
    actors: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Argument(metavar="[ACTOR [ACTOR]]", help="Only with these, parts too."),
    ] = None,
    at: At = "",
    place: Place = "",
    source: InSource = "",
    by: ByVoice = "",
    whole: Annotated[
        bool, typer.Option("--all", help="All clashes, not the strongest of each.")
    ] = False,
    must_find: MustFind = False,
    project: ProjectOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
    ascii: Ascii = False,
    width: Width = None,
    quiet: QuietOption = False,
) -> None:
    """Show what some affirm and others deny, or what cannot both hold.

    By pair of actors, those that most sources touch first. The score orders the list;
    it is no probability. A voice against itself is no dispute: see whosays check.
    """
    from whosays.answers import contested, dispute_rows, left_out

    given = actors or []
    if len(given) > 2:
        raise UsageError("disputes are between two actors", "Name one or two")
    kg = _opened(project, quiet)
    narrowing = _narrowing(at, place, source, by, "", False)
    pairs = kg.disputes()
    found = contested(kg.collection, pairs, given, **narrowing)
    hidden = left_out(kg.collection, pairs, given, **narrowing)

    def rows() -> Rows:
        return dispute_rows(found, pairs, kg.collection)

    def lines(printer: Printer) -> list[str]:
        return printer.issues(found, hidden, whole=whole or len(given) == 2)

    _Out(format, output, ascii, width, quiet).write(kg, rows, lines, hidden)
    _demand(must_find, len(found), "disputes")
    if found:
        first = found[0].clashes[0].affirmed
        next_steps(f"whosays that {' '.join(first)}", quiet=quiet)


@app.command(
    epilog=example(
        "whosays show iran_fights_isis",
        "whosays show iran_isis",
        "whosays show habilian-rapprochement -f json",
    )
)
def show(
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="Of a statement (six characters or more), claim, actor, source, issue.",
        ),
    ],
    project: ProjectOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
    ascii: Ascii = False,
    width: Width = None,
    quiet: QuietOption = False,
) -> None:
    """Show one statement, claim, actor, source or issue with all its fields."""
    kg = _opened(project, quiet)
    entry = kg.show(id)
    out = _Out(format, output, ascii, width, quiet)
    out.write(kg, entry.to_rows, lambda printer: printer.entry(entry), ())
    for text in entry.notes if out.format != "card" else ():
        note(text, quiet=quiet)
    if entry.kind in ("actor", "source"):
        verb = "about" if entry.kind == "actor" else "in"
        next_steps(f"whosays {verb} {entry.id}", quiet=quiet)


class _Out:
    """Where an answer goes, and in which form."""

    def __init__(
        self,
        format: str,
        output: Path | None,
        ascii: bool,
        width: int | None,
        quiet: bool,
    ) -> None:
        self._output = None if output is None or str(output) == "-" else output
        self.format = _format(format, self._output)
        self._ascii = ascii
        self._width = width
        self._quiet = quiet

    def write(
        self,
        kg: KG,
        rows: Callable[[], Rows],
        lines: Print,
        hidden: Sequence[Hidden],
    ) -> None:
        """Write the answer; what programs do not get told is counted on stderr."""
        try:
            self._write(kg, rows, lines)
        except BrokenPipeError as gone:
            # A reader may go away; click would make an error of it.
            raise typer.Exit from gone
        for one in hidden if self.format != "card" else ():
            note(str(one), quiet=self._quiet)

    def _write(self, kg: KG, rows: Callable[[], Rows], lines: Print) -> None:
        if self.format == "card":
            self._print(kg, lines)
            return
        from whosays.cli.formats import encoded

        write_data(encoded(rows(), self.format), self._output)

    def _print(self, kg: KG, lines: Print) -> None:
        from whosays.cli.cards import Printer
        from whosays.cli.paper import paper

        prepare_streams()
        sheet = paper(width_given=self._width, ascii=self._ascii)
        text = "\n".join(lines(Printer(kg.collection, sheet)))
        if self._output is None:
            say(text)
        else:
            write_data(f"{text}\n".encode(), self._output)


def _format(given: str, output: Path | None) -> str:
    """Choose: the option, else the suffix of the file, else terminal or pipe."""
    from whosays.cli.formats import format_of

    if given.lower() in _CARD or (output and output.suffix.lower() == ".txt"):
        return "card"
    for_people = output is not None or sys.stdout.isatty()
    known = FORMATS if for_people else ("csv", *(f for f in FORMATS if f != "csv"))
    return format_of(given, output, known)


_CARD = ("card", "table", "text", "txt")


def _opened(project: Path | None, quiet: bool) -> KG:
    from whosays.cli.locate import opened

    return opened(project, quiet=quiet)


def _narrowing(
    at: str, place: str, source: str, by: str, status: str, own_voice: bool
) -> Narrowing:
    from whosays.answers import Narrowing

    return Narrowing(
        at=at, place=place, source=source, by=by, status=status, own_voice=own_voice
    )


def _demand(must_find: bool, found: int, question: str) -> None:
    if must_find and not found:
        raise NothingFound(f"nothing found: {question}")
