"""Turtle and TriG, written from sorted quads: readable, short and repeatable.

Own code, because a repeatable order is the point: an engine writes in the order of its
loading. Subjects come in the order of their IRIs, ``a`` first among the predicates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from whosays.export.content import Content, Written
from whosays.rdf import Block
from whosays.text import clean_text
from whosays.vocab import prefixes

_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_XSD = "http://www.w3.org/2001/XMLSchema#"
# Names that need no escape in Turtle and one dot at most: some readers stumble on more.
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)?|[0-9][A-Za-z0-9_-]*")
_SHORT = re.compile(r'"(-?[0-9]+|true|false)"\^\^<' + re.escape(_XSD) + r"(\w+)>")
_BARE = {"integer", "boolean"}
_EXTRA = {
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
}

GRAPHS_LEFT_OUT = (
    "Turtle has no named graphs. Each statement still names its source; the "
    "graphs per voice, per source and of disputes are only in .trig, .nq and .jsonld"
)


def write_turtle(content: Content) -> Written:
    """Write the default graph as Turtle; a comment says what is not in it."""
    lines = [_title(content)]
    lines += [f"# {line}" for line in _folded(GRAPHS_LEFT_OUT)]
    writer = _Writer(content)
    plain = content.plain
    lines += [*writer.header(), *writer.subjects(plain, "")]
    return _written(lines, _size(plain), "triples", (GRAPHS_LEFT_OUT,))


def write_trig(content: Content) -> Written:
    """Write everything as TriG, the default graph first."""
    writer = _Writer(content)
    lines = [_title(content)]
    lines += writer.header()
    for graph, blocks in groupby(content.blocks, key=lambda block: block.graph):
        if not graph:
            lines += writer.subjects(blocks, "")
        else:
            lines += ["", f"{writer.term(graph)} {{"]
            lines += writer.subjects(blocks, "    ")
            lines.append("}")
    return _written(lines, _size(content.blocks), "quads")


def _size(blocks: Iterable[Block]) -> int:
    return sum(len(block.pairs) for block in blocks)


def _title(content: Content) -> str:
    """Write the title as a comment, which the end of a line would end."""
    return f"# {' '.join(clean_text(content.collection.settings.title).split())}"


def _written(
    lines: Iterable[str], count: int, unit: str, notes: tuple[str, ...] = ()
) -> Written:
    data = ("\n".join(lines) + "\n").encode("utf-8")
    return Written(data=data, count=count, unit=unit, notes=notes)


def _folded(text: str, size: int = 78) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and len(line) + len(word) >= size:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line


class _Writer:
    """Shortens terms with the prefixes that are really used."""

    def __init__(self, content: Content) -> None:
        base = content.collection.settings.base
        self.prefixes: Mapping[str, str] = {**prefixes(base), **_EXTRA}
        self._by_space = sorted(
            ((space, name) for name, space in self.prefixes.items()),
            key=lambda pair: -len(pair[0]),
        )
        self._known: dict[str, str] = {}

    def header(self) -> list[str]:
        """Declare the prefixes, all of them: a reader adds to the file more easily."""
        return [
            "",
            *(f"@prefix {name}: <{space}> ." for name, space in self.prefixes.items()),
        ]

    def subjects(self, blocks: Iterable[Block], indent: str) -> Iterator[str]:
        """Write each block with ``a`` first and its objects side by side."""
        between = f" ;\n{indent}    "
        term = self.term
        for subject, pairs, *_ in blocks:
            yield ""
            parts: list[str] = []
            last = ""
            for predicate, object, _ in pairs:
                if predicate == last:
                    parts[-1] += f", {term(object)}"
                else:
                    parts.append(f"{self._verb(predicate)} {term(object)}")
                    last = predicate
            parts.sort(key=_after_classes)
            yield f"{indent}{term(subject)} {between.join(parts)} ."

    def _verb(self, predicate: str) -> str:
        return "a" if predicate == _TYPE else self.term(predicate)

    def term(self, text: str) -> str:
        """Shorten a term of N-Quads."""
        if text[0] == '"' and text[-1] != ">":
            return text  # a text has nothing to shorten, and hardly comes again
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._shorten(text)
        return known

    def _shorten(self, text: str) -> str:
        if text.startswith("<"):
            return self._name(text[1:-1]) or text
        match = _SHORT.fullmatch(text)
        if match and match[2] in _BARE:
            return match[1]
        head, mark, datatype = text.rpartition("^^<")
        if mark and datatype.endswith(">"):
            return f"{head}^^{self._name(datatype[:-1]) or f'<{datatype}'}"
        return text

    def _name(self, iri: str) -> str:
        for space, name in self._by_space:
            if iri.startswith(space):
                local = iri[len(space) :]
                return f"{name}:{local}" if _LOCAL.fullmatch(local) else ""
        return ""


def _after_classes(part: str) -> bool:
    return not part.startswith("a ")
