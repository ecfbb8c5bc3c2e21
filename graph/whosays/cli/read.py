"""Verbs that read: that, about, by, in, disputes, show."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from whosays.cli import reading
from whosays.cli.app import OutputOption, ProjectOption, QuietOption, example, verb
from whosays.cli.reading import Out

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
Text = Annotated[
    str,
    typer.Option("--text", metavar="WORDS", help="Only where the gist has the words."),
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


@verb(
    epilog=example(
        "whosays that iran cooperates-with isis",
        "whosays that iran - isis",
        "whosays that - fights isis --at 2014 -f csv",
        "whosays that - --text oil",
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
    text: Text = "",
    own_voice: OwnVoice = False,
    must_find: MustFind = False,
    project: ProjectOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """Say who affirms, denies or questions a claim, and where.

    Headings count voices, not rows. What is passed on by a voice that rejects it is
    counted apart. An inverse label (“is attacked by”) turns the claim round.
    """
    reading.that(
        subject,
        relation,
        object,
        out=Out(project, format, output, quiet),
        related=related,
        must_find=must_find,
        at=at,
        place=place,
        source=source,
        by=by,
        status=status,
        text=text,
        own_voice=own_voice,
    )


@verb(
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
    text: Text = "",
    own_voice: OwnVoice = False,
    must_find: MustFind = False,
    project: ProjectOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """Show everything said of an actor, its names, and its disputes."""
    reading.about(
        actor,
        out=Out(project, format, output, quiet),
        related=related,
        must_find=must_find,
        at=at,
        place=place,
        source=source,
        by=by,
        status=status,
        text=text,
        own_voice=own_voice,
    )


@verb(epilog=example("whosays by rouhani", "whosays by broomand -f csv"))
def by(
    voice: Annotated[str, typer.Argument(metavar="VOICE", help="In any spelling.")],
    at: At = "",
    place: Place = "",
    source: InSource = "",
    status: StatusOption = "accepted",
    text: Text = "",
    own_voice: OwnVoice = False,
    must_find: MustFind = False,
    project: ProjectOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """Show what a voice says, its own words apart from what it passes on."""
    reading.by(
        voice,
        out=Out(project, format, output, quiet),
        must_find=must_find,
        at=at,
        place=place,
        source=source,
        status=status,
        text=text,
        own_voice=own_voice,
    )


@verb(
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
    text: Text = "",
    own_voice: OwnVoice = False,
    must_find: MustFind = False,
    project: ProjectOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """Show what a source holds, in the order of its passages."""
    reading.within(
        source,
        out=Out(project, format, output, quiet),
        must_find=must_find,
        at=at,
        place=place,
        by=by,
        status=status,
        text=text,
        own_voice=own_voice,
    )


@verb(
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
    text: Text = "",
    whole: Annotated[
        bool, typer.Option("--all", help="All issues and all clashes of each.")
    ] = False,
    must_find: MustFind = False,
    project: ProjectOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """Show what some affirm and others deny, or what cannot both hold.

    By pair of actors, those that most sources touch first. The score orders the list;
    it is no probability. A voice against itself is no dispute: see whosays check.
    """
    reading.disputes(
        actors or (),
        out=Out(project, format, output, quiet),
        whole=whole,
        must_find=must_find,
        at=at,
        place=place,
        source=source,
        by=by,
        text=text,
    )


@verb(
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
    history: Annotated[
        bool,
        typer.Option(
            "--history", help="Who changed a statement's row, when, and how: from git."
        ),
    ] = False,
    project: ProjectOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """Show one statement, claim, actor, source or issue with all its fields."""
    reading.show(id, out=Out(project, format, output, quiet), history=history)
