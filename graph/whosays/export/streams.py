"""Sections and all the rest brought together: the subjects of a graph in their order.

The text is sorted by subject and then by property, or by line, in the order of code
points; TriG begins with the default graph and goes on by the names of the others. So
equal data are equal bytes, and a change of one row is a change of a few lines.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import chain, islice
from operator import itemgetter
from typing import BinaryIO

from whosays.export.content import Content
from whosays.export.forms import Form, Lines, Said, Turtle
from whosays.export.sections import Sections
from whosays.export.templates import Row
from whosays.rdf import Block

Others = dict[str, list[Said]]
"""What is said, by subject."""

Graph = tuple[str, Iterable[Row], Others]
"""The name of a graph, and what is in it."""

_AT_ONCE = 512
"""Subjects whose text is written at once."""


def write_default(content: Content, file: BinaryIO, form: Form) -> int:
    """Write the default graph and give the number of its triples."""
    sections = Sections(content.index)
    others = sections.others()
    put(file, default_graph(sections, form, others))
    return _size(others) + sections.default_counts.total()


def write_lines(content: Content, file: BinaryIO) -> int:
    """Write everything as lines, whatever its graph, and give their number."""
    sections = Sections(content.index)
    others = sections.others()
    _put_in(others, content.more)
    form = Lines()
    rows = chain(
        sections.all_edges(form),
        sections.disputes(form),
        sections.issues(form),
        sections.claims(form),
        sections.statements(form),
    )
    put(file, joined(form, rows, others))
    return _total(sections, others)


def write_graphs(content: Content, file: BinaryIO, form: Turtle) -> int:
    """Write everything graph by graph and give the number of quads."""
    sections = Sections(content.index)
    others = sections.others()
    put(file, default_graph(sections, form, others))
    inner = form.within("    ")
    found = chain(sections.disputes(inner), sections.issues(inner))
    told: Iterator[Graph] = (
        (graph, rows, {})
        for graph, rows in chain(
            [(sections.disputes_graph, found)], sections.graphs(inner)
        )
    )
    size = 0
    for graph, rows, rest in merge(told, _by_graph(content.more), key=itemgetter(0)):
        subjects = joined(inner, rows, rest)
        size += _size(rest)
        if first := next(subjects, ""):
            head = f"\n{form.term(graph)} {{\n"
            put(file, chain([head, first], subjects, ["}\n"]))
    return size + _total(sections, others)


def default_graph(sections: Sections, form: Form, others: Others) -> Iterator[str]:
    """Write the subjects of the default graph."""
    rows = chain(sections.edges(form), sections.claims(form), sections.statements(form))
    return joined(form, rows, others)


def joined(form: Form, rows: Iterable[Row], others: Others) -> Iterator[str]:
    """Write rows, which are in order, and others wherever they belong."""
    block = form.block
    waiting = deque(sorted(others))
    first = waiting[0] if waiting else _LAST
    for subject, template, values in rows:
        while first <= subject:
            waiting.popleft()
            if first == subject:
                said = chain(template.said(values), others[first])
                yield block(subject, form.sorted(said))
            else:
                yield block(first, form.sorted(others[first]))
            same = first == subject
            first = waiting[0] if waiting else _LAST
            if same:
                break
        else:
            yield block(subject, template.pieces(values))
    for subject in waiting:
        yield block(subject, form.sorted(others[subject]))


_LAST = "\U0010ffff"


def put(file: BinaryIO, texts: Iterable[str]) -> None:
    """Write texts, many at once."""
    texts = iter(texts)
    while some := list(islice(texts, _AT_ONCE)):
        file.write("".join(some).encode("utf-8"))


def _put_in(others: Others, blocks: Iterable[Block]) -> None:
    for subject, pairs, graph, _ in blocks:
        others.setdefault(subject, []).extend((p, o, graph) for p, o, _ in pairs)


def _by_graph(blocks: Iterable[Block]) -> list[Graph]:
    held: dict[str, Others] = {}
    for block in blocks:
        _put_in(held.setdefault(block.graph, {}), [block])
    return [(graph, (), held[graph]) for graph in sorted(held)]


def _size(others: Others) -> int:
    return sum(len(set(said)) for said in others.values())


def _total(sections: Sections, others: Others) -> int:
    """Count everything, once it has been written."""
    return (
        _size(others)
        + sections.default_counts.total()
        + sections.disputes_counts.total()
        + sections.drawn
        - sections.default_edges
    )
