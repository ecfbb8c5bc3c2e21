"""Turtle and TriG, written from sorted quads: readable, short and repeatable.

Own code, because a repeatable order is the point: an engine writes in the order of its
loading. Subjects come in the order of their IRIs, ``a`` first among the predicates.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from whosays.export.content import Content, Written
from whosays.export.forms import Said, Turtle
from whosays.export.streams import joined, put, write_default, write_graphs
from whosays.model import Settings
from whosays.rdf import Quad
from whosays.text import clean_text
from whosays.vocab import prefixes

_EXTRA = {
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
}

GRAPHS_LEFT_OUT = (
    "Turtle has no named graphs. Each statement still names its source; the "
    "graphs per voice, per source and of disputes are only in .trig, .nq and .jsonld"
)


def write_turtle(content: Content, file: BinaryIO) -> Written:
    """Write the default graph as Turtle; a comment says what is not in it."""
    settings = content.index.settings()
    comment = [f"# {line}" for line in _folded(GRAPHS_LEFT_OUT)]
    file.write(_head(settings, comment))
    count = write_default(content, file, _form(settings))
    return Written(count=count, unit="triples", notes=(GRAPHS_LEFT_OUT,))


def write_trig(content: Content, file: BinaryIO) -> Written:
    """Write everything as TriG, the default graph first."""
    settings = content.index.settings()
    file.write(_head(settings))
    count = write_graphs(content, file, _form(settings))
    return Written(count=count, unit="quads")


def text_of(quads: Iterable[Quad], settings: Settings) -> bytes:
    """Write a few triples as Turtle, sorted as everywhere."""
    held: dict[str, list[Said]] = {}
    for subject, predicate, object, _ in quads:
        held.setdefault(subject, []).append((predicate, object, ""))
    file = io.BytesIO(_head(settings))
    file.seek(0, io.SEEK_END)
    put(file, joined(_form(settings), [], held))
    return file.getvalue()


def _head(settings: Settings, comment: Sequence[str] = ()) -> bytes:
    """Write the title as a comment, which the end of a line would end, and prefixes.

    All of them are declared: a reader adds to the file more easily.
    """
    title = f"# {' '.join(clean_text(settings.title).split())}"
    declared = [
        f"@prefix {name}: <{space}> ." for name, space in _prefixes(settings).items()
    ]
    return "".join(f"{line}\n" for line in (title, *comment, "", *declared)).encode()


def _form(settings: Settings) -> Turtle:
    return Turtle(_prefixes(settings))


def _prefixes(settings: Settings) -> dict[str, str]:
    return {**prefixes(settings.base), **_EXTRA}


def _folded(text: str, size: int = 78) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and len(line) + len(word) >= size:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line
