"""A project's quads, parted by graph, each with a hash that tells whether it changed."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from whosays.errors import OutsideError

DEFAULT = ""
"""Stands for the default graph among names of graphs."""

_LINE = re.compile(
    rb"(?P<triple>(?:<[^>]*>|_:\S+) <[^>]*> "
    rb"(?:<[^>]*>|_:\S+"
    rb'|"(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?))'
    rb"(?: <(?P<graph>[^>]*)>)? \."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """The triples of one graph, as sorted lines of N-Triples without their end."""

    name: str
    lines: tuple[bytes, ...]
    sha256: str

    @property
    def size(self) -> int:
        """How many triples it has."""
        return len(self.lines)


def parted(nquads: bytes) -> list[Graph]:
    """Part N-Quads that whosays wrote by graph, the default graph first.

    Raises:
        OutsideError: a line is none that whosays writes.
    """
    found: dict[str, list[bytes]] = {}
    lines = map(bytes.rstrip, io.BytesIO(nquads))  # one by one: they may be millions
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise OutsideError(f"line {number} of the quads cannot be sent")
        name = (match["graph"] or b"").decode("utf-8")
        found.setdefault(name, []).append(match["triple"])
    return [_graph(name, found[name]) for name in sorted(found)]


def bundled(graphs: Sequence[Graph]) -> Iterator[list[Graph]]:
    """Put small graphs together, in their order: a hundredth of them at most.

    Whatever is done for each bundle, such as writing a list of all graphs, is then
    done a hundred times or so for thousands of graphs, and little is lost of one.
    """
    most = max(len(graphs) // 100, 1)
    bundle: list[Graph] = []
    size = 0
    for graph in graphs:
        if bundle and (len(bundle) == most or size + graph.size > _TOGETHER):
            yield bundle
            bundle, size = [], 0
        bundle.append(graph)
        size += graph.size
    if bundle:
        yield bundle


_TOGETHER = 20_000  # triples, which are quickly sent again


def document(lines: Iterable[bytes]) -> bytes:
    """Write triples as N-Triples."""
    return b"".join(line + b" .\n" for line in lines)


def _graph(name: str, lines: list[bytes]) -> Graph:
    sorted_lines = tuple(sorted(set(lines)))
    return Graph(
        name=name,
        lines=sorted_lines,
        sha256=hashlib.sha256(document(sorted_lines)).hexdigest(),
    )
