"""Choosing in review: relations, speakers and actors, by one key or by their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from whosays import ids, matching
from whosays.cli.output import columns_of
from whosays.cli.paper import paper
from whosays.cli.terminal import END, ENTER, ESCAPE, Terminal
from whosays.extract.records import AUTHOR, PROPOSED, STRANGER, Candidate, Span
from whosays.model import Actor, ActorType, Relation
from whosays.review import Desk, Draft, NewActor

_KEYS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST = 9

Option = tuple[str, str]
"""A key, and what it chooses in words."""


class Chooser:
    """Asks a person at a terminal to choose; Escape changes nothing."""

    def __init__(self, terminal: Terminal, desk: Desk) -> None:
        """Choose among what the project of a desk knows."""
        self._terminal = terminal
        self._desk = desk

    def menu(self, title: str, options: Sequence[Option]) -> str | None:
        """Let one of several keys be pressed; None if it was given up."""
        known = {key for key, _ in options}
        sheet = paper()
        wide = max(len(key) for key in known)
        cells = [f"{key:<{wide}}  {text}" for key, text in options]
        lines = _in_columns(cells, sheet.width) if len(cells) > 12 else cells
        self._terminal.show([title, "", *lines, "", "Escape: change nothing"])
        typed = ""
        while True:
            key = self._terminal.key()
            if key in (ESCAPE, END, ENTER):
                return None
            typed += key
            if typed in known:
                return typed
            if not any(one.startswith(typed) for one in known):
                typed = ""

    def relation(self, draft: Draft) -> Draft | None:
        """Let another relation be chosen, by at most two keys."""
        held = self._desk.collection
        used = held.settings.relations
        found = sorted(
            (one for one in held.relations.values() if not used or one.id in used),
            key=lambda one: (one.family, one.id),
        )
        labels = _labels(len(found))
        options = [
            (key, _relation(one)) for key, one in zip(labels, found, strict=True)
        ]
        chosen = self.menu("which relation?", options)
        if chosen is None:
            return None
        return draft.saying(relation=found[labels.index(chosen)].id)

    def speaker(self, draft: Draft, sentence: Iterable[Candidate]) -> Draft | None:
        """Let another speaker be chosen; the author is the source's own voice."""
        voice = self._desk.collection.sources[self._desk.source].voice
        own = f"the source's own voice: {self._label(voice, draft)}"
        name = _proposed(draft.reading.speaker, draft.candidate, None)
        more = [("0", AUTHOR, own)]
        found = self._actor("who says so?", draft, sentence, more, name)
        return found and found[0].saying(speaker=found[1], also=())

    def end(
        self, end: str, draft: Draft, sentence: Iterable[Candidate]
    ) -> Draft | None:
        """Let another subject or object be chosen."""
        one = draft.candidate
        span = one.subject_mention if end == "subject" else one.object_mention
        name = _proposed(getattr(draft.reading, end), one, span)
        found = self._actor(f"which {end}?", draft, sentence, [], name)
        return found and found[0].saying(**{end: found[1]})

    def _actor(
        self,
        title: str,
        draft: Draft,
        sentence: Iterable[Candidate],
        more: list[tuple[str, str, str]],
        name: str,
    ) -> tuple[Draft, str] | None:
        """Let an actor be chosen: of the sentence, by name, or a new one."""
        near = self._near(draft.candidate, sentence)
        while True:
            listed = [
                *more,
                *(
                    (str(number), slug, self._label(slug, draft))
                    for number, slug in enumerate(near[:_MOST], 1)
                ),
                ("/", "/", "look for a name"),
                ("+", "+", f"a new actor: {name}" if name else "a new actor"),
            ]
            key = self.menu(title, [(key, text) for key, _, text in listed])
            if key is None:
                return None
            if key == "+":
                return self._new(draft, name)
            if key != "/":
                slug = next(slug for one, slug, _ in listed if one == key)
                return draft, slug
            text = self._terminal.ask("name:")
            if text:
                near = self._named(text)
                title = f"“{text}”: which one?" if near else f"nobody is “{text}”"

    def _near(self, one: Candidate, sentence: Iterable[Candidate]) -> list[str]:
        """List the actors of a sentence: those read there, then those named there."""
        actors = self._desk.collection.actors
        found: dict[str, None] = {}
        for other in sentence:
            for slug in (other.speaker, other.subject, other.object, *other.chain):
                if slug in actors:
                    found[slug] = None
        words = f" {matching.written(one.selector.exact)} "
        for actor in actors.values():
            if any(_stands(matching.written(name), words) for name in _names(actor)):
                found[actor.slug] = None
        return [*found]

    def _named(self, text: str) -> list[str]:
        """Look for actors by slug, label or alias, or the beginning of one."""
        wanted = matching.written(text)
        names = {one.slug: _names(one) for one in self._desk.collection.actors.values()}
        spelled = {
            slug: [matching.written(name) for name in (slug, *found)]
            for slug, found in names.items()
        }
        exact = [slug for slug, keys in spelled.items() if wanted in keys]
        begun = [s for s, keys in spelled.items() if any(wanted in k for k in keys)]
        found = [*exact, *begun, *matching.suggest(text, names)]
        return [*dict.fromkeys(found)][:_MOST]

    def _new(self, draft: Draft, name: str) -> tuple[Draft, str] | None:
        given = self._terminal.ask("name of the new actor:", name)
        label = given or name
        if given is None or not label:
            return None
        slug = ids.make_slug(label)
        if slug in self._desk.collection.actors:
            return draft, slug
        types = [kind.value for kind in ActorType]
        labels = _labels(len(types))
        chosen = self.menu(f"what is {label}?", list(zip(labels, types, strict=True)))
        if chosen is None:
            return None
        new = NewActor(slug=slug, label=label, type=types[labels.index(chosen)])
        others = tuple(one for one in draft.actors if one.slug != slug)
        return replace(draft, actors=(*others, new)), slug

    def _label(self, slug: str, draft: Draft) -> str:
        for one in draft.actors:
            if one.slug == slug:
                return one.label
        return self._desk.collection.label(slug)


def _proposed(slug: str, one: Candidate, span: Span | None) -> str:
    """Give the name that an end is called by which the project does not know yet."""
    kind, colon, words = slug.partition(":")
    if not colon or f"{kind}:" not in (PROPOSED, STRANGER):
        return ""
    if span is None:
        return words
    at = one.selector.start
    said = one.selector.exact[max(span[0] - at, 0) : max(span[1] - at, 0)]
    return " ".join(said.split()) or words


def _labels(count: int) -> list[str]:
    """Give keys for so many choices: one letter each, two where those do not do."""
    if count <= len(_KEYS):
        return list(_KEYS[:count])
    return [a + b for a in _KEYS for b in _KEYS][:count]


def _relation(one: Relation) -> str:
    return f"{one.label} ({one.family})"


def _names(actor: Actor) -> list[str]:
    return [actor.label, *(alias.text for alias in actor.aliases)]


def _stands(name: str, words: str) -> bool:
    at = words.find(name)
    while at > 0:
        if not words[at - 1].isalnum() and not words[at + len(name)].isalnum():
            return True
        at = words.find(name, at + 1)
    return False


def _in_columns(cells: Sequence[str], width: int) -> list[str]:
    """Set many short texts side by side, read downwards."""
    wide = max(columns_of(cell) for cell in cells) + 2
    across = max(width // wide, 1)
    down = -(-len(cells) // across)
    return [
        "".join(
            cell + " " * (wide - columns_of(cell)) for cell in cells[row::down]
        ).rstrip()
        for row in range(down)
    ]
