"""SPARQL inside a page: the engine, the data and the questions that are ready to ask.

The panel asks the whole project, whatever the page draws of it: the default graph and
the named graphs are those of ``whosays query``, so the answers are the same. All of it
is data to the page until a reader opens the panel. A page that a server hands out
needs none of it but the questions: its panel asks that server.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from whosays.errors import MissingFile, QueryError
from whosays.inputs import ontology_files
from whosays.model import Collection, Stance
from whosays.namespaces import WS, prefixes
from whosays.paging import whole
from whosays.queries import NamedQuery, catalogue, pieces
from whosays.resources import ontology_file
from whosays.views.appearance import page_text, panel_texts
from whosays.views.engine import engine

LARGEST = 10_000
"""Statements of the largest project whose page carries the engine unasked."""

FETCH = "scripts/sparql-engine"
"""What fetches the engine."""

_BLOCK = re.compile(
    r'<script type="application/octet-stream" id="sparql-[a-z0-9-]+">[^<]*</script>\n'
)
Json = dict[str, object]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What a page needs for its SPARQL panel.

    ``about`` goes into the page as JSON, ``blocks`` as text in base64 by name; a
    panel without an engine and without an endpoint says why it cannot answer.
    """

    about: Json
    blocks: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""

    @property
    def has_engine(self) -> bool:
        """Tell whether the page evaluates queries itself."""
        return "engine" in self.blocks

    @property
    def endpoint(self) -> str:
        """The address that queries are sent to, if the page is served."""
        return str(self.about.get("endpoint", ""))

    @property
    def size(self) -> int:
        """Count the bytes that the blocks add to the page."""
        return sum(map(len, self.blocks.values()))


def panel(
    collection: Collection,
    project: Path,
    trig: Callable[[], bytes],
    *,
    wanted: bool | None = None,
) -> Panel | None:
    """Prepare the panel of a page that stands by itself.

    Args:
        collection: All records of the project.
        project: Its folder; its own queries and vocabulary go in too.
        trig: Gives the project's graph as ``whosays export graph.trig`` writes it.
        wanted: True insists on the engine, False wants no panel, None takes the
            engine if it is here and the project is not too large.

    Raises:
        MissingFile: the engine is insisted on and not here.
    """
    if wanted is False:
        return None
    about = _about(collection)
    if wanted is None and len(collection.statements) > LARGEST:
        notice = (
            f"no SPARQL in this page: it has more than {LARGEST:,} statements; "
            "--with-sparql puts it in all the same"
        )
        return Panel(about={**about, "without": "large"}, notice=notice)
    found = engine()
    if found is None:
        why = "the SPARQL engine of pages is not here"
        if wanted:
            raise MissingFile(why, f"{FETCH} fetches it through npm")
        notice = f"no SPARQL in this page: {FETCH} fetches the engine through npm"
        return Panel(about={**about, "without": "absent"}, notice=notice)
    core = ontology_file("whosays.ttl").read_bytes()
    terms = [core, *(file.read_bytes() for file in ontology_files(project))]
    worker = page_text("worker/sparql.js")
    return Panel(
        about={**about, "engine": found.title, "licence": found.licence},
        blocks={
            "questions": _packed(questions(collection, project)),
            "program": _packed(f"{found.glue}\n{worker}".encode()),
            "data": _packed(trig()),
            **{f"terms-{n}": _packed(turtle) for n, turtle in enumerate(terms)},
            "engine": base64.b64encode(found.code).decode("ascii"),
        },
    )


def served(collection: Collection, project: Path, endpoint: str = "/sparql") -> Panel:
    """Prepare the panel of a page that a server hands out: it asks the endpoint.

    The endpoint takes a query by POST, as ``application/sparql-query``, and answers
    with SPARQL results in JSON or with Turtle; a refusal is a text.
    """
    return Panel(
        about={**_about(collection), "endpoint": endpoint},
        blocks={"questions": _packed(questions(collection, project))},
    )


def _about(collection: Collection) -> Json:
    return {"statements": len(collection.statements), "texts": panel_texts()}


def without_engine(html: str) -> str:
    """Take the data and the engine out of a page; its panel says that they are gone.

    A notebook keeps what it shows: two megabytes for each picture would be too much.
    """
    return _BLOCK.sub("", html)


def questions(collection: Collection, project: Path) -> bytes:
    """Write the named queries, what their parameters can be, and the prefixes.

    Values go in where `queries.bind` puts them: the places are worked out here.
    """
    base = collection.settings.base
    content = {
        "prefixes": prefixes(base),
        "queries": [
            _question(query) for query in catalogue(project).values() if not query.fault
        ],
        "names": {
            "actor": [[one.slug, one.label] for one in _sorted(collection.actors)],
            "source": [[one.slug, one.title] for one in _sorted(collection.sources)],
            "relation": [
                [one.id, one.label, one.iri] for one in _sorted(collection.relations)
            ],
            "stance": [[str(one), str(one), f"{WS}{one}"] for one in Stance],
        },
    }
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return written.encode("utf-8", "replace")


def _question(query: NamedQuery) -> Json:
    """Describe a query; one whose values have no place is asked without them."""
    query = replace(query, text=whole(query.text))  # the panel has a bound of its own
    try:
        parts = pieces(query)
    except QueryError:
        query = replace(query, params=())
        parts = pieces(query)
    lines = parts[0].splitlines(keepends=True)
    parts[0] = "".join(line for line in lines if not line.startswith("#+"))
    return {
        "name": query.name,
        "title": query.title or query.name,
        "summary": query.summary,
        "params": [[param.name, param.type] for param in query.params],
        "pieces": parts,
    }


def _sorted(records: Mapping[str, T]) -> Iterable[T]:
    return (records[key] for key in sorted(records))


def _packed(data: bytes) -> str:
    """Compress for a browser; same data, same text (of one version of zlib)."""
    return base64.b64encode(zlib.compress(data, 9)).decode("ascii")
