"""A project as one page: names understood, statements chosen, the picture drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from whosays import lookup, views
from whosays.citations import finding
from whosays.errors import NothingFound, UnknownName, UsageError
from whosays.export import FORMATS
from whosays.model import Dispute
from whosays.views import opening

if TYPE_CHECKING:
    from whosays.export import Content
    from whosays.model import Collection, Statement
    from whosays.views import Panel, View

__all__ = ["Options", "draw"]


class Options(TypedDict, total=False):
    """What a caller of `draw` may choose; names may be given in any spelling.

    ``about``, ``sources``, ``voices`` and ``limit`` say what the page holds; the
    others what it shows at first, which a reader can change.
    """

    about: Sequence[str]
    sources: Sequence[str]
    voices: Sequence[str]
    limit: int | None
    title: str
    compare: tuple[str, str] | None
    claim: str
    issue: str
    at: str
    since: str
    until: str
    tour: str
    sparql: bool | None
    endpoint: str


def draw(
    content: Content,
    project: Path,
    *,
    layout_cache: Path | None = None,
    **options: Unpack[Options],
) -> View:
    """Draw the network of a project as one HTML page.

    Args:
        content: The collection with its disputes and issues.
        project: Its folder.
        layout_cache: Where the positions of the drawing are kept.
        options: ``about`` keeps claims that touch one of these actors, ``sources``
            and ``voices`` keep statements of these, ``limit`` is the largest number
            of actors, ``title`` the heading. The page opens with two sources or
            voices beside each other (``compare``), with a ``claim`` (its id or that
            of a statement), with an ``issue`` (its id, the names of its two actors,
            or the id of a dispute), with what holds ``at``
            a date or was said between ``since`` and ``until``, or with a ``tour``.
            ``sparql`` says whether readers can ask in SPARQL (None: if the engine is
            here and the project not too large); with an ``endpoint``, the address on
            the server that hands out the page, they ask that.

    Raises:
        MissingFile: ``sparql`` is true and the engine was not fetched.
        UnknownName: a name is not known; near ones are suggested.
        UsageError: what was chosen cannot be shown at once.
        NothingFound: nothing in the project is of that time, or of that voice.
    """
    collection = content.collection
    about = [lookup.actor(collection, name) for name in options.get("about", ())]
    sources = [lookup.source(collection, name) for name in options.get("sources", ())]
    voices = [lookup.actor(collection, name) for name in options.get("voices", ())]
    shown = views.wanted_of(collection, about=about, sources=sources, voices=voices)
    return views.render(
        collection,
        content.held,
        title=options.get("title", ""),
        about=about,
        sources=sources,
        voices=voices,
        limit=options.get("limit"),
        opening=_opening(content, shown, about, options),
        layout_cache=layout_cache,
        panel=_panel(content, project, options),
        notice=content.left_out,
    )


def _panel(content: Content, project: Path, options: Options) -> Panel | None:
    """Prepare what lets readers ask: a server, or an engine in the page."""
    if endpoint := options.get("endpoint", ""):
        return views.served(content.collection, project, endpoint)
    return views.panel(
        content.collection,
        project,
        lambda: FORMATS["trig"].data(content),
        wanted=options.get("sparql"),
    )


def _opening(
    content: Content,
    shown: Sequence[Statement],
    about: Sequence[str],
    options: Options,
) -> str:
    """Say what the page shows at first; no two of the options contradict each other."""
    collection = content.collection
    tour, issue = options.get("tour", ""), options.get("issue", "")
    claim = options.get("claim", "")
    pair, at = options.get("compare"), options.get("at", "")
    period = options.get("since", ""), options.get("until", "")
    if sum(map(bool, (tour, issue, claim, pair))) > 1:
        raise UsageError(
            "a page opens with a comparison, a claim, an issue or a tour",
            "Choose one of them",
        )
    if at and any(period):
        raise UsageError(
            "a page narrows one kind of time: what it is about, or when it was said",
            "Choose --at, or --from and --to",
        )
    keys: dict[str, str] = {}
    if tour:
        keys["tour"] = lookup.tour(collection, tour)
    elif pair:
        keys["p"], keys["c"] = (
            opening.perspective(collection, shown, name) for name in pair
        )
    elif claim:
        keys["sel"] = _claimed(collection, shown, claim)
    elif issue:
        keys["sel"] = opening.claim(collection, _disputed(content, shown, issue))
    elif len(about) == 1 and shown:
        keys["sel"] = opening.actor(shown, about[0])
    if at:
        keys |= opening.period(shown, "about", at, at)
    elif any(period):
        keys |= opening.period(shown, "said", *period)
    return opening.address(**keys)


def _claimed(collection: Collection, shown: Sequence[Statement], text: str) -> str:
    """Select a claim, or a statement on it, that is shown."""
    found = finding.find(collection, text.replace("|", "_"))
    ids = {one.id for one in found.statements}
    here = [one for one in shown if one.id in ids]
    if not found.statements:
        raise UsageError(
            f"“{text}” is a source, and no claim", "Write subject_relation_object"
        )
    if not here:
        raise NothingFound(f"nothing here is about “{text}”", "Leave out a filter")
    if found.kind is finding.Kind.STATEMENT:
        return f"s:{here[0].id}"
    return opening.claim(collection, here[0])


def _disputed(content: Content, shown: Sequence[Statement], text: str) -> Statement:
    """Find the statement that stands for an issue: of its best dispute, as far as shown.

    All pairs are looked through, also those that the graph does not hold.
    """
    here = {statement.id: statement for statement in shown}
    for dispute in _collisions(content, text.strip()):
        for side in (dispute.affirmed, dispute.contested):
            if side in here:
                return here[side]
    raise NothingFound(f"nothing here belongs to “{text}”", "Leave out a filter")


def _collisions(content: Content, wanted: str) -> Iterator[Dispute]:
    """Read the dispute of an id, or all of an issue, the best score first."""
    if one := content.index.where(Dispute, "id = ?", wanted):
        yield from one
        return
    pair = _issue(content, wanted)
    collection = content.collection
    ends = {
        one.id
        for one in collection.statements
        if tuple(sorted(map(collection.top, (one.subject, one.object)))) == pair
    }
    for dispute in content.index.stream(Dispute, "NOT own"):
        if dispute.affirmed in ends:
            yield dispute


def _issue(content: Content, wanted: str) -> tuple[str, str]:
    """Find the actors of an issue by its id or by their names."""
    issues = {one.id: one.actors for one in content.issues}
    if wanted in issues:
        return issues[wanted]
    collection = content.collection
    parts = [part.strip() for part in wanted.replace(" — ", "_").split("_")]
    if len(parts) == 2 and all(parts):
        pair = sorted(lookup.actor(collection, name) for name in parts)
        if "_".join(pair) in issues:
            return issues["_".join(pair)]
        names = " and ".join(map(collection.label, pair))
        raise NothingFound(f"nothing between {names} is disputed", "whosays disputes")
    near = get_close_matches(wanted, [*issues], 3, 0.5)
    raise UnknownName("issue or dispute", wanted, near)
