"""One screen of review: the passage with its marks, the readings, what just happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from whosays.answers import phrase
from whosays.cli.paper import Paper
from whosays.cli.words import locator
from whosays.extract.records import AUTHOR, Candidate, Span
from whosays.model import Collection
from whosays.project.decisions import Reading
from whosays.review import Draft, draft

KEYS = "y accept · n refuse · s stance · d direction · r relation · w speaker · ? keys"
HELP = (
    ("y", "accept as it stands on the screen"),
    ("Y", "accept all of tier A in this sentence"),
    ("n 1-6", "refuse: relation, direction, stance, speaker, actor, no statement"),
    ("s d", "next stance; let subject and object change places"),
    ("r", "another relation"),
    ("w 1 2", "another speaker; another subject or object, also a new actor"),
    ("m t", "next modality; when it is said to hold"),
    ("a", "the next reading that lost against this one"),
    ("g", "gist in your own words"),
    ("+", "a statement that nobody proposed, read in this sentence"),
    ("space", "put off: it comes again, behind the others"),
    ("Tab b", "next candidate; the one before"),
    ("/", "only candidates that hold these words, or A, B or C"),
    ("u", "take the latest decision back, again and again"),
    ("q", "leave; everything is written already"),
)
MARKS = {
    "open": " ",
    "changed": "*",
    "accepted": "+",
    "corrected": "+",
    "added": "+",
    "rejected": "-",
    "skipped": "~",
    "decided": "=",
    "again": "=",
    "gone": "x",
}
"""How the candidates of a sentence are marked, by state or decision."""
_NOBODY: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a screen shows; ``states`` are of the candidates of the sentence."""

    source: str
    sentence: int
    sentences: int
    waiting: Mapping[str, int]
    done: int
    context: tuple[str, str]
    group: Sequence[Candidate]
    states: Sequence[str]
    draft: Draft
    filter: str = ""
    message: Sequence[str] = ()


def screen(scene: Scene, paper: Paper, of: Collection, height: int) -> list[str]:
    """Lay a scene out; what surrounds the passage gives way where there is no room."""
    head = [*_head(scene, paper), ""]
    body = [*_readings(scene, paper, of), *_details(scene, paper, of)]
    foot = ["", *paper.lines(KEYS)]
    message = ["", *scene.message] if scene.message else []
    passage = _passage(scene, paper, context=True)
    room = height - 1 - len(head) - len(body) - len(foot)
    if len(passage) + len(message) > room:
        passage = _passage(scene, paper, context=False)
    left = max(room - len(passage), 3)
    if len(message) > left:
        message = [*message[: left - 1], f"… {len(message) - left + 1} more lines"]
    return [*head, *passage, "", *body, *message, *foot]


def end_screen(source: str, paper: Paper, message: Sequence[str]) -> list[str]:
    """Lay out what is shown when nothing waits any more."""
    told = f"{source}: nothing waits for a decision"
    foot = paper.lines("u take the latest decision back · q leave")
    return [*paper.lines(told), "", *message, "", *foot]


def help_screen(paper: Paper) -> list[str]:
    """Lay out all keys."""
    return [*paper.columns(HELP), "", "any key: back"]


def said(
    reading: Reading, source: str, of: Collection, new: Mapping[str, str] = _NOBODY
) -> str:
    """Put a reading into words: who takes which stance on what.

    ``new`` are the names of actors that the project will have, by slug.
    """
    voice = of.sources[source].voice if reading.speaker == AUTHOR else reading.speaker
    ends = (
        new.get(slug) or name_of(slug, of)
        for slug in (voice, reading.subject, reading.object)
    )
    who, subject, object = ends
    return f"{who} {reading.stance}: {phrase((subject, reading.relation, object), of)}"


def name_of(slug: str, of: Collection) -> str:
    """Show an actor by name, one that the project does not know in quotes."""
    kind, colon, words = slug.partition(":")
    return f"“{words}”" if colon and kind in ("text", "new") else of.label(slug)


def _head(scene: Scene, paper: Paper) -> list[str]:
    where = locator(scene.draft.candidate.locator)
    left = f"{scene.source} · {where} · sentence {scene.sentence} of {scene.sentences}"
    if scene.filter:
        left += f" · only “{scene.filter}”"
    counts = " · ".join(f"{tier} {scene.waiting.get(tier, 0)}" for tier in "ABC")
    return paper.ends(left, f"{counts} · done {scene.done}")


def _passage(scene: Scene, paper: Paper, *, context: bool) -> list[str]:
    before, after = scene.context
    one = scene.draft.candidate
    lines: list[str] = []
    if context and before.strip():
        lines += paper.lines(f"… {before}", 2)
    marked = paper.lines(_marked(one), 2)
    lines += ["> " + line[2:] for line in marked]
    if context and after.strip():
        lines += paper.lines(f"{after} …", 2)
    return lines


def _marked(one: Candidate) -> str:
    """Mark ends, cue and speaker in the words of a candidate."""
    start, text = one.selector.start, one.selector.exact
    marks: list[tuple[Span, str, str]] = [
        (one.subject_mention, "[1 ", "]"),
        (one.object_mention, "[2 ", "]"),
        (one.cue, "«", "»"),
    ]
    if one.speaker_mention is not None:
        marks.append((one.speaker_mention, "[w ", "]"))
    events: list[tuple[int, int, int, str]] = []
    for (first, last), opening, closing in marks:
        a, b = first - start, last - start
        if 0 <= a < b <= len(text):
            events.append((a, 1, -(b - a), opening))
            events.append((b, 0, b - a, closing))
    for at, _, _, mark in sorted(events, reverse=True):
        text = text[:at] + mark + text[at:]
    return text


def _readings(scene: Scene, paper: Paper, of: Collection) -> Iterator[str]:
    current = scene.draft.candidate
    for one, state in zip(scene.group, scene.states, strict=True):
        here = one.id == current.id
        begun = scene.draft if here else draft(one)
        reading = begun.reading
        mark = ">" if here else MARKS.get(state, " ")
        right = f"{one.tier} · {'+'.join(one.proposers)} · {reading.modality}"
        new = {actor.slug: actor.label for actor in begun.actors}
        lines = paper.ends(said(reading, scene.source, of, new), right, 2)
        yield mark + lines[0][1:].rstrip()
        yield from lines[1:]
        if here and scene.draft.added:
            yield from paper.lines("a statement that nobody proposed", 4)


def _details(scene: Scene, paper: Paper, of: Collection) -> Iterator[str]:
    begun = scene.draft
    one, reading = begun.candidate, begun.reading
    parts = []
    if begun.changed and not begun.added:
        parts.append(f"proposed was: {said(_reading(one), scene.source, of)}")
    if reading.chain:
        names = ", ".join(of.label(slug) for slug in reading.chain)
        parts.append(f"passed on by {names}")
    if reading.also:
        names = ", ".join(of.label(slug) for slug in reading.also)
        parts.append(f"said with {names}")
    if reading.time:
        parts.append(f"holds {reading.time}")
    if one.flags:
        parts.append(f"flags: {', '.join(one.flags)}")
    if one.alternatives:
        others = "; ".join(
            f"{phrase((x.subject, x.relation, x.object), of)}, {x.stance}"
            for x in one.alternatives
        )
        parts.append(f"other readings (a): {others}")
    if begun.gist:
        parts.append(f"gist: {begun.gist}")
    if lacking := begun.lacking():
        parts.append(f"before it can be accepted: {lacking}")
    for part in parts:
        yield from paper.lines(part, 2, hang=2)


def _reading(one: Candidate) -> Reading:
    return draft(one).reading
