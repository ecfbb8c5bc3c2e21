"""What is sent to a model, part by part, and what it answered the last time.

The same text, actors, relations and prompt make the same request; an answer is
remembered under it, so a second run asks nothing and gives the same candidates.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from whosays.extract.document import Document
from whosays.extract.llm.answers import Lists, opened, schema
from whosays.extract.llm.endpoint import BadAnswer, Chat, Endpoint
from whosays.extract.llm.refusals import HOLDS_KEY
from whosays.extract.proposals import Context
from whosays.files import write_atomic
from whosays.model import Relation

PART = 4_000
"""Characters of text in one request, where a sentence is not longer."""

BACK = 4_096
"""Tokens that an answer may have."""

OPTIONAL = ("response_format", "temperature", "max_tokens")
"""Fields of a request that not every server knows."""

_ACTORS = 300  # of one request
_SEED = 20_260


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One part of a text, as it is sent: sentences ``first`` to ``last`` of a batch."""

    first: int
    last: int
    characters: int
    lists: Lists
    body: Mapping[str, Any]

    @property
    def tokens(self) -> int:
        """Estimate what it costs there, rather too much: three letters are a token."""
        sent = json.dumps(self.body["messages"], ensure_ascii=False)
        plain = sum(char.isascii() for char in sent)
        return plain // 3 + (len(sent) - plain) + 1

    def key(self, where: str) -> str:
        """Hash what decides an answer: where, which model, and the words."""
        sent = json.dumps([where, self.body["model"], self.body["messages"]])
        return hashlib.sha256(sent.encode("ascii")).hexdigest()


@cache
def prompt() -> str:
    """Give what a model is told before every text."""
    return Path(__file__).with_name("prompt.txt").read_text("utf-8")


def prompt_digest() -> str:
    """Hash the prompt, for provenance."""
    return hashlib.sha256(prompt().encode("utf-8")).hexdigest()[:12]


def requests(
    doc: Document,
    ctx: Context,
    relations: Mapping[str, Relation],
    model: str,
    *,
    shuffled: bool = False,
) -> Iterator[Request]:
    """Yield the requests of a batch of sentences, in the order of the text.

    ``shuffled`` sends the relations in another order, always the same one.
    """
    listed = [
        {"id": one.id, "label": one.label, "definition": one.definition}
        for one in relations.values()
    ]
    if shuffled:
        random.Random(_SEED).shuffle(listed)
    for first, last in parts(ctx):
        sentences = ctx.sentences
        text = doc.text[sentences[first].start : sentences[last].end]
        actors = _actors(doc, ctx, first, last)
        if not actors:
            continue
        lists = Lists(
            actors=tuple(actors), relations=tuple(str(one["id"]) for one in listed)
        )
        known = ctx.registry.actors
        given = {
            "actors": [
                {"id": slug, "name": known[slug].label, "type": str(known[slug].type)}
                for slug in actors
            ],
            "relations": listed,
            "text": text,
        }
        body = {
            "model": model,
            "messages": [
                {"role": "system", "content": prompt()},
                {"role": "user", "content": json.dumps(given, ensure_ascii=False)},
            ],
            "temperature": 0,
            "max_tokens": BACK,
            "response_format": {
                "type": "json_schema",
                "json_schema": {
                    "name": "statements",
                    "strict": True,
                    "schema": schema(lists),
                },
            },
        }
        yield Request(
            first=first, last=last, characters=len(text), lists=lists, body=body
        )


def parts(ctx: Context) -> Iterator[tuple[int, int]]:
    """Part a batch at ends of sentences, where one can at ends of blocks."""
    first = 0
    for index, sentence in enumerate(ctx.sentences):
        following = index + 1
        if following == len(ctx.sentences):
            yield first, index
            return
        begin = ctx.sentences[first].start
        block = sentence.block
        end = following
        while end + 1 < len(ctx.sentences) and (
            ctx.sentences[end + 1].block == ctx.sentences[following].block
        ):
            end += 1
        new_block = ctx.sentences[following].block != block
        reach = ctx.sentences[end if new_block else following].end
        if reach - begin > PART:
            yield first, index
            first = following


def _actors(doc: Document, ctx: Context, first: int, last: int) -> list[str]:
    """List whom a part may speak of: named in it, its speakers, and their "we"."""
    found: set[str] = set()
    named: list[str] = []
    for index in range(first, last + 1):
        structure = ctx.structures[index]
        for word in structure.words if structure is not None else ():
            if word.mention is not None:
                named += [word.mention.actor, *word.mention.others]
        for phrase in structure.phrases if structure is not None else ():
            named += [one.actor for one in (*phrase.fillers, *phrase.owners)]
        speaker = ctx.speakers[index] if ctx.speakers else ""
        named += [speaker, doc.we.get(speaker, "")]
    if named:
        found = {one for one in (*named, doc.voice) if one in ctx.registry.actors}
    return sorted(found)[:_ACTORS]


class Answers(Protocol):
    """Whoever gives answers to requests."""

    def get(self, request: Request) -> str:
        """Give an answer, asked for or remembered.

        Raises:
            BadAnswer: there is none that can be read.
            OutsideError: the endpoint fails.
        """
        ...


@dataclass(slots=True)
class Planned:
    """Counts what would be asked, and asks nothing."""

    remembered: Remembered | None = None
    requests: int = 0
    known: int = 0
    characters: int = 0
    tokens: int = 0

    def get(self, request: Request) -> str:
        """Count, and answer with nothing."""
        if self.remembered is not None and self.remembered.known(request) is not None:
            self.known += 1
        else:
            self.requests += 1
            self.characters += request.characters
            self.tokens += request.tokens
        return '{"statements": []}'

    def __add__(self, other: Planned) -> Planned:
        """Count both together."""
        return Planned(
            requests=self.requests + other.requests,
            known=self.known + other.known,
            characters=self.characters + other.characters,
            tokens=self.tokens + other.tokens,
        )

    @property
    def total(self) -> int:
        """Tokens that may be spent, there and back, if nothing has to be sent twice."""
        return self.tokens + self.requests * BACK

    @property
    def told(self) -> tuple[str, ...]:
        """What a person wants to know before anything is sent."""
        before = (f"{self.known:,} parts were answered before",) if self.known else ()
        if not self.requests:
            return (*before, "nothing to ask")
        noun = "request" if self.requests == 1 else "requests"
        back = self.requests * BACK
        return (
            f"{self.requests:,} {noun} with {self.characters:,} characters of text",
            f"about {self.tokens:,} tokens there and at most {back:,} back",
            *before,
        )


@dataclass(slots=True)
class Remembered:
    """Asks an endpoint what it was not asked before; answers lie in a folder.

    Only an answer that can be opened is kept, so that a broken one is asked for again.
    """

    endpoint: Endpoint
    chat: Chat | None = None
    folder: Path | None = None
    fresh: bool = False
    tell: Callable[[int, int], None] = lambda asked, kept: None
    asked: int = field(init=False, default=0)
    kept: int = field(init=False, default=0)
    _now: dict[str, str] = field(init=False, default_factory=dict)

    def get(self, request: Request) -> str:
        """Give an answer; see ``Answers``."""
        key = request.key(self.endpoint.where)
        known = self._now.get(key) or (None if self.fresh else self.known(request))
        if known is not None:
            self.kept += 1
            return known
        if self.chat is None:
            self.chat = Chat(self.endpoint)
        said = self.chat.ask(request.body, OPTIONAL, request.tokens + BACK)
        self.asked += 1
        self.tell(self.asked, self.kept)
        self._check(said)  # what cannot be opened is not remembered
        self._now[key] = said
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            record = {"answer": said, "digest": digest(said)}
            text = json.dumps(record)
            write_atomic(self._path(request), f"{text}\n")
        return said

    def known(self, request: Request) -> str | None:
        """Give the answer of a former run; a damaged file is no answer."""
        if self.folder is None:
            return None
        try:
            record = json.loads(self._path(request).read_bytes())
            said = record["answer"]
            if digest(said) != record["digest"]:
                return None
            self._check(said)
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return None
        return str(said)

    def _check(self, said: str) -> None:
        """Refuse an answer that cannot be opened or holds the key, spelt as it may."""
        if self.endpoint.key.inside(json.dumps(opened(said), ensure_ascii=False)):
            raise BadAnswer(HOLDS_KEY)

    def _path(self, request: Request) -> Path:
        key = request.key(self.endpoint.where)
        return Path(self.folder or ".") / f"{key}.json"


def digest(said: str) -> str:
    """Hash an answer, for provenance."""
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
