"""The page that explains the server and takes questions, and the page of an answer.

They work without scripts and hold none: the policy forbids them, so nothing that came
with the data can run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from whosays.resources import version
from whosays.text import clean_text, safe_url
from whosays.worker import Limits
from whosays.worker.pool import Answer

if TYPE_CHECKING:
    from jinja2 import Environment

    from whosays.server.generations import State

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
MOST_ROWS = 1000
"""Rows that a page shows; the rest is counted and linked to."""

_MOST_BYTES = 8 * 1024**2  # of an answer that is laid out
_MOST_TEXT = 256 * 1024  # of a graph that is shown
_ROW_FORMATS = ("csv", "json", "tsv", "xml")
_GRAPH_FORMATS = ("turtle", "ntriples", "rdfxml", "jsonld", "trig", "nquads")
_TEMPLATES = Path(__file__).parent / "templates"


class Cell(NamedTuple):
    """A value in a table; ``link`` is empty unless it is an address of the web."""

    text: str
    link: str = ""
    title: str = ""


def start(state: State, limits: Limits) -> bytes:
    """Write the first page: what there is, a field for SPARQL, the named queries."""
    queries = [query for query in state.kg.queries().values() if not query.fault]
    return _render(
        "start.html",
        state,
        queries=queries,
        limits=limits,
        prefixes=state.asked.prefixes,
        example=_file("example.rq"),
    )


def result(
    state: State,
    answer: Answer,
    query: str,
    name: str,
    values: dict[str, str],
    next: int = 0,
) -> bytes:
    """Write an answer as a page; rows come as JSON, a graph as Turtle.

    ``next`` is the number of the row after a full page.
    """
    shown: dict[str, Any] = {"kind": answer.kind, "too_long": False}
    if answer.kind == "graph":
        data = answer.file.read(_MOST_TEXT + 1)
        shown["text"] = data[:_MOST_TEXT].decode("utf-8", "ignore")
        shown["too_long"] = len(data) > _MOST_TEXT
    elif answer.length > _MOST_BYTES:
        shown["too_long"] = True
    else:
        found = json.loads(answer.file.read())
        shown |= _laid_out(found, state) if answer.kind == "select" else found
    formats = _GRAPH_FORMATS if answer.kind == "graph" else _ROW_FORMATS
    return _render(
        "result.html",
        state,
        name=name,
        values=values,
        query=query.replace("\r\n", "\n"),
        named=state.kg.queries().get(name) if name else None,
        links=list(_links(formats, query, name, values)),
        following=f"?{urlencode({**values, 'offset': next})}" if next else "",
        **shown,
    )


@cache
def style() -> bytes:
    """Give the style sheet."""
    return _file("style.css").encode("utf-8")


def _laid_out(found: dict[str, Any], state: State) -> dict[str, Any]:
    columns = found["head"]["vars"]
    rows = found["results"]["bindings"]
    spaces = sorted(state.asked.prefixes.items(), key=lambda item: -len(item[1]))
    return {
        "columns": columns,
        "count": len(rows),
        "rows": [
            [_cell(row.get(name), spaces) for name in columns]
            for row in rows[:MOST_ROWS]
        ],
    }


def _cell(value: dict[str, Any] | None, spaces: list[tuple[str, str]]) -> Cell:
    if value is None:
        return Cell("")
    if value["type"] == "triple":
        parts = (value["value"][part] for part in ("subject", "predicate", "object"))
        inner = " ".join(_cell(part, spaces).text for part in parts)
        return Cell(f"<<( {inner} )>>")
    text = str(value["value"])
    if value["type"] == "bnode":
        return Cell(f"_:{text}")
    if value["type"] != "uri":
        return Cell(text, title=str(value.get("xml:lang", "")))
    for prefix, space in spaces:
        if text.startswith(space) and len(text) > len(space):
            return Cell(f"{prefix}:{text[len(space) :]}", safe_url(text) or "", text)
    return Cell(text, safe_url(text) or "", text)


def _links(
    formats: tuple[str, ...], query: str, name: str, values: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """List the addresses of the same answer in the formats for programs."""
    for format in formats:
        if name:
            fields = f"?{urlencode(values)}" if values else ""
            yield format, f"/query/{name}.{format}{fields}"
        else:
            yield format, f"/sparql?{urlencode({'query': query, 'format': format})}"


def _render(template: str, state: State, **values: object) -> bytes:
    html = (
        _environment()
        .get_template(template)
        .render(site=state.title, version=version(), **values)
    )
    return html.encode("utf-8", "replace")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        autoescape=True,
        loader=FunctionLoader(_file),
        undefined=StrictUndefined,
        finalize=lambda value: clean_text(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _file(name: str) -> str:
    return (_TEMPLATES / name).read_text("utf-8")
