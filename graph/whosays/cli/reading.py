"""What the reading verbs do; parsing their options is another module's job."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from whosays.cli.formats import format_of, written
from whosays.cli.locate import opened
from whosays.cli.output import next_steps, note, prepare_streams, write_data
from whosays.errors import NothingFound, UsageError

if TYPE_CHECKING:
    from typing import Unpack

    from whosays.answers import Entry, Hidden, Narrowing
    from whosays.cli.cards import Print, Printer
    from whosays.kg import KG
    from whosays.model import Collection
    from whosays.rows import Rows, Streamed

ISSUES = 20
"""How many are printed for people before the rest is counted in one line."""

FORMATS = ("card", "csv", "tsv", "json", "ndjson", "md", "html")

_CARD = ("card", "table", "text", "txt")


class Out:
    """Which project is asked, where the answer goes, and in which form."""

    def __init__(
        self,
        project: Path | None = None,
        format: str = "",
        output: Path | None = None,
        quiet: bool = False,
    ) -> None:
        """Choose the format: the option, the suffix, else terminal or pipe."""
        self._project = project
        self._output = None if output is None or str(output) == "-" else output
        self.format = _format(format, self._output)
        self.quiet = quiet

    def opened(self) -> KG:
        """Open the project that is asked."""
        return opened(self._project, quiet=self.quiet)

    def write(
        self,
        of: Collection,
        rows: Callable[[], Rows | Streamed],
        lines: Print,
        hidden: Sequence[Hidden] = (),
    ) -> None:
        """Write the answer; what programs do not get told is counted on stderr."""
        if self.format == "card":
            self.show(of, lines)
            return
        self.rows(rows(), hidden)

    def rows(self, rows: Rows | Streamed, hidden: Sequence[Hidden] = ()) -> None:
        """Write an answer for programs, some rows at a time."""
        write_data(written(rows, self.format), self._output)
        for one in hidden:
            note(str(one), quiet=self.quiet)

    def next(self, text: str) -> None:
        """Say what to do next, to a person at a terminal."""
        next_steps(text, quiet=self.quiet)

    def show(self, of: Collection, lines: Print) -> None:
        """Write the answer for people."""
        from whosays.cli.cards import Printer
        from whosays.cli.paper import paper

        prepare_streams()
        text = "\n".join(lines(Printer(of, paper())))
        if self._output is None:
            print(text)
        else:
            write_data(f"{text}\n".encode(), self._output)


def _format(given: str, output: Path | None) -> str:
    if given.lower() in _CARD or (output and output.suffix.lower() == ".txt"):
        return "card"
    for_people = output is not None or sys.stdout.isatty()
    known = FORMATS if for_people else ("csv", *(f for f in FORMATS if f != "csv"))
    return format_of(given, output, known)


def that(
    subject: str,
    relation: str = "-",
    object: str = "-",
    *,
    out: Out,
    related: bool = False,
    must_find: bool = False,
    **narrowing: Unpack[Narrowing],
) -> None:
    """Say who affirms, denies or questions a claim."""
    kg = out.opened()
    card = kg.that(subject, relation, object, related=related, **narrowing)
    out.write(
        card.collection, card.to_rows, lambda printer: printer.card(card), card.hidden
    )
    _demand(must_find, len(card), card.title)
    if card.id:
        left, middle, right = card.claims[0].key
        steps = [f"whosays show {card.id}"]
        if not related:
            steps.append(f"whosays that {left} {middle} {right} --related")
        out.next(" · ".join(steps))


def about(
    actor: str,
    *,
    out: Out,
    related: bool = False,
    must_find: bool = False,
    **narrowing: Unpack[Narrowing],
) -> None:
    """Show everything said of an actor."""
    kg = out.opened()
    found = kg.about(actor, related=related, **narrowing)
    out.write(
        found.collection,
        found.to_rows,
        lambda printer: printer.dossier(found),
        found.hidden,
    )
    _demand(must_find, len(found), f"about {found.actor.label}")
    if found.claims:
        left, middle, right = found.claims[0].key
        slug = found.actor.slug
        out.next(f"whosays that {left} {middle} {right} · whosays disputes {slug}")


def by(
    voice: str,
    *,
    out: Out,
    must_find: bool = False,
    **narrowing: Unpack[Narrowing],
) -> None:
    """Show what a voice says."""
    kg = out.opened()
    found = kg.by(voice, **narrowing)
    out.write(
        found.collection,
        found.to_rows,
        lambda printer: printer.speech(found),
        found.hidden,
    )
    _demand(must_find, len(found), f"by {found.voice.label}")


def within(
    source: str,
    /,
    *,
    out: Out,
    must_find: bool = False,
    **narrowing: Unpack[Narrowing],
) -> None:
    """Show what a source holds."""
    kg = out.opened()
    found = kg.within(source, **narrowing)
    out.write(
        found.collection,
        found.to_rows,
        lambda printer: printer.reading(found),
        found.hidden,
    )
    _demand(must_find, len(found), f"in {found.source.title}")


def disputes(
    actors: Sequence[str] = (),
    *,
    out: Out,
    whole: bool = False,
    must_find: bool = False,
    **narrowing: Unpack[Narrowing],
) -> None:
    """Show what some affirm and others deny, or what cannot both hold."""
    if len(actors) > 2:
        raise UsageError("disputes are between two actors", "Name one or two")
    kg = out.opened()
    if out.format == "card" and not (whole or actors or any(narrowing.values())):
        _widest(kg, out, must_find=must_find)
        return
    if out.format != "card":
        _pairs(kg, actors, out, must_find=must_find, **narrowing)
        return
    found = kg.disputes(*actors, **narrowing)

    def lines(printer: Printer) -> list[str]:
        whole_lists = whole or len(actors) == 2
        return printer.issues(found.issues, found.hidden, whole=whole_lists)

    out.write(found.collection, found.to_rows, lines, found.hidden)
    _demand(must_find, len(found), "disputes")
    if found:
        out.next(f"whosays that {' '.join(found[0].clashes[0].affirmed)}")


def _pairs(
    kg: KG,
    actors: Sequence[str],
    out: Out,
    *,
    must_find: bool,
    **narrowing: Unpack[Narrowing],
) -> None:
    """Write every pair of statements that collides, as they are read."""
    found = kg.colliding(*actors, **narrowing)
    out.rows(found.to_rows(), found.hidden)
    _demand(must_find, len(found), "disputes")
    if found:
        out.next(f"whosays disputes {' '.join(found.issues[0])}")


def _widest(kg: KG, out: Out, *, must_find: bool) -> None:
    """List what is disputed at all, without going through every pair."""
    found = kg.widest(ISSUES)
    out.show(
        found.collection, lambda printer: printer.issues(found.issues, found.hidden)
    )
    _demand(must_find, len(found), "disputes")
    if found:
        out.next(f"whosays that {' '.join(found.issues[0].clashes[0].affirmed)}")


def show(id: str, *, out: Out, history: bool = False) -> None:
    """Show one statement, claim, actor, source or issue with all its fields."""
    kg = out.opened()
    entry = kg.show(id)
    if history:
        _history(kg, entry, out)
        return

    def lines(printer: Printer) -> list[str]:
        from whosays.cli.history import latest

        row = entry.statement
        found = latest(kg.path, row) if row is not None else []
        return [*printer.entry(entry), *printer.history(found)]

    out.write(entry.collection, entry.to_rows, lines)
    for text in entry.notes if out.format != "card" else ():
        note(text, quiet=out.quiet)
    if entry.kind in ("actor", "source"):
        verb = "about" if entry.kind == "actor" else "in"
        out.next(f"whosays {verb} {entry.id}")


def _history(kg: KG, entry: Entry, out: Out) -> None:
    """Show who changed the row of a statement, when, and what it said before."""
    if entry.statement is None:
        what = f"{entry.id} is {'an' if entry.kind[0] in 'aeiou' else 'a'} {entry.kind}"
        raise UsageError(f"{what}, and only statements have a history", "Name one's id")
    from whosays.cli.history import lines_of
    from whosays.difference import History, history

    try:
        found = history(kg.path, entry.statement.id)
    except UsageError as error:  # without git the statement is there all the same
        note(str(error), quiet=out.quiet)
        found = History(id=entry.id, steps=())

    def lines(printer: Printer) -> list[str]:
        told = printer.told(lines_of(found))
        return [*printer.entry(entry), *([""] if told else []), *told]

    out.write(entry.collection, found.to_rows, lines)


def _demand(must_find: bool, found: int, question: str) -> None:
    if must_find and not found:
        raise NothingFound(f"nothing found: {question}")
