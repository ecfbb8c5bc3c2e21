"""GraphML and GEXF for network programs: an edge per accepted statement.

Every edge carries its stance, so a denial cannot be taken for a tie. What XML forbids
in a text is replaced by its code point, with a note.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, BinaryIO

from whosays.export.content import Content, Written
from whosays.export.syntaxes import CLEANED
from whosays.network import to_networkx
from whosays.text import clean_text

if TYPE_CHECKING:
    import networkx

_DAY = re.compile(rb' lastmodifieddate="[^"]*"')


def graphml(content: Content, file: BinaryIO) -> Written:
    """Write the network as GraphML."""
    return _written(content, file, as_graphml)


def gexf(content: Content, file: BinaryIO) -> Written:
    """Write the network as GEXF 1.2."""
    return _written(content, file, as_gexf)


def as_graphml(graph: networkx.MultiDiGraph[str]) -> bytes:
    """Write any network of statements as GraphML; its texts are cleaned in place."""
    import networkx

    return _bytes(graph, networkx.write_graphml_xml)


def as_gexf(graph: networkx.MultiDiGraph[str]) -> bytes:
    """Write any network of statements as GEXF 1.2, without the library's date."""
    import networkx

    for _, _, id, values in graph.edges(keys=True, data=True):
        values["id"] = id  # or edges would be numbered
    return _without_day_and_version(_bytes(graph, networkx.write_gexf))


def _bytes(graph: networkx.MultiDiGraph[str], write: Callable[..., None]) -> bytes:
    _clean(graph)
    output = io.BytesIO()
    write(graph, output)
    # As it stands a carriage return would be read as a line end.
    data = output.getvalue().replace(b"\r", b"&#13;")
    return data + b"\n" * (not data.endswith(b"\n"))


def _written(
    content: Content,
    file: BinaryIO,
    write: Callable[[networkx.MultiDiGraph[str]], bytes],
) -> Written:
    graph = to_networkx(content.collection)
    notes = [_left_out(content)]
    if _clean(graph):
        notes.append(CLEANED)
    file.write(write(graph))
    return Written(
        count=graph.number_of_edges(),
        unit="edges",
        notes=tuple(note for note in notes if note),
    )


def _left_out(content: Content) -> str:
    count = sum(not statement.counts for statement in content.collection.statements)
    names = len(content.collection.names)
    parts = [f"{count} statements that are not accepted"] if count else []
    if names:
        parts.append(f"{names} names and who uses them")
    return f"not in this format: {', '.join(parts)}" if parts else ""


def _clean(graph: networkx.MultiDiGraph[str]) -> bool:
    """Replace in place what XML forbids; tell whether there was any."""
    cleaned = False
    data: list[dict[str, Any]] = [graph.graph]
    data += [values for _, values in graph.nodes(data=True)]
    data += [values for _, _, values in graph.edges(data=True)]
    for values in data:
        for key, value in values.items():
            if isinstance(value, str) and (better := clean_text(value, "xml")) != value:
                values[key] = better
                cleaned = True
    return cleaned


def _without_day_and_version(data: bytes) -> bytes:
    """Take out what the library adds: the same data must give the same bytes."""
    head, _, rest = data.partition(b"<creator>")
    head = _DAY.sub(b"", head)
    return head + b"<creator>whosays" + rest[rest.index(b"</creator>") :]
