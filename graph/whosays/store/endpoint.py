"""Questions to a SPARQL server elsewhere, with answers as from a store of our own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from whosays import guard, worker
from whosays.errors import OutsideError, QueryError
from whosays.remote import Patience, Remote, Reply, shown
from whosays.store import dialects
from whosays.store.results import Result
from whosays.store.vocabulary import declared_prefixes, expand

_ROWS = "application/sparql-results+json"
_GRAPH = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.8"
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_READING = {"SELECT": "rows", "ASK": "rows", "CONSTRUCT": "graph", "DESCRIBE": "graph"}
_WRITING = frozenset(
    {
        *("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP"),
        *("COPY", "MOVE", "ADD", "MODIFY"),
    }
)
_CODE = re.compile(r"\s+(WS7\d\d)\b")
_ESCAPE = re.compile(r"\\u00[0-7][0-9A-Fa-f]|\\U000000[0-7][0-9A-Fa-f]")
_MOST_WORDS = 600  # characters of a server's own complaint
_DEEPEST = 8  # triple terms in triple terms
_COPY = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def ask_endpoint(
    url: str,
    text: str,
    *,
    default_graph: str = "",
    prefixes: Mapping[str, str] | None = None,
    rows: str = "json",
    graph: str = "turtle",
    limits: worker.Limits | None = None,
    remote: Remote | None = None,
    patient: bool = False,
) -> Result:
    """Ask a server; the text is sent as it is, after the same refusals as here.

    Args:
        url: Where it takes queries.
        text: SPARQL that declares its prefixes.
        default_graph: The graph to read as the default graph, where the server keeps
            none of its own.
        prefixes: For a graph in a format that has them.
        rows: Format of SELECT and ASK.
        graph: Format of CONSTRUCT and DESCRIBE.
        limits: Of time and size.
        remote: What sends; by default with the credentials of the environment.
        patient: Ask again when the server is busy, which a long question would only
            keep busy.

    Raises:
        QueryError: the text is refused here or there.
        OutsideError: there is no whole answer (WS903).
    """
    limits = limits or worker.Limits()
    kind = _checked(text)
    patience = Patience(limits.seconds, min(limits.seconds, 30.0), limits.output)
    fields = [("query", text)]
    if default_graph:
        fields.append(("default-graph-uri", default_graph))
        fields += [("named-graph-uri", name) for name in _opened(text)]
    accept = {"Accept": _ROWS if kind == "rows" else _GRAPH}
    remote = remote or Remote(patience=patience)
    send = remote.send_patiently if patient else remote.send
    reply = send("POST", url, body=urlencode(fields).encode(), headers=_FORM | accept)
    refuse(reply, url)
    if missing := dialects.shortened(reply):
        raise _no_answer(url, f"sends a part of the answer: {missing}")
    if kind == "graph":
        return _graph(reply, url, graph, prefixes or {}, limits)
    return _rows(reply, url, rows)


def _opened(text: str) -> list[str]:
    declared = declared_prefixes(text, {})
    found = [token for token in guard.tokens(text) if token.kind != "comment"]
    return dialects.graphs_opened(found, lambda token: expand(token, declared))


def refuse(reply: Reply, url: str) -> None:
    """Raise unless a reply is a success.

    Raises:
        QueryError: the server says that the query is wrong.
        OutsideError: it cannot or will not answer.
    """
    where = shown(url)
    if 200 <= reply.status < 300:
        return
    words = _words(reply)
    if reply.status == 400:
        words, code = _coded(words)
        told = f"{where} refuses this: {words or 'it does not say why'}"
        raise QueryError(told, code=code)
    if reply.status in (401, 403):
        raise OutsideError(
            f"{where} does not let this user in ({reply.status})",
            "See the user, the password and the rights there",
            "WS903",
        )
    message = f"{where} answered {reply.status}"
    raise OutsideError(
        f"{message}: {words}" if words else message, _hint(reply), "WS903"
    )


def _hint(reply: Reply) -> str:
    if reply.status in (404, 405, 501):
        return "Check the address: many end in /sparql"
    if reply.status == 413:
        return "It takes only smaller requests"
    return "Try again later, or ask for less"


def _words(reply: Reply) -> str:
    """Quote what a server says in plain text; of a page nothing."""
    from whosays.text import clean_text

    if reply.type not in ("text/plain", ""):
        return ""
    text = reply.body[: 4 * _MOST_WORDS].decode("utf-8", "replace").strip()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return clean_text(" ".join(lines))[:_MOST_WORDS]


def _coded(words: str) -> tuple[str, str]:
    """Take the code out of what a server of ours says; it is told once, at the end."""
    found = _CODE.search(words)
    if found is None:
        return words, "WS702"
    return words[: found.start()] + words[found.end() :], found[1]


def _checked(text: str) -> str:
    """Tell whether the answer will be rows or a graph; refuse what is no question.

    Raises:
        QueryError: it would write, reach out, or is no query.
    """
    guard.check_query(text)
    found = [token for token in guard.tokens(text) if token.kind != "comment"]
    if match := _ESCAPE.search(text):
        # Other engines read escapes before they look for quotation marks.
        raise guard.error(
            text,
            match.start(),
            "an escape of a plain letter could mean something else to that server",
            hint="Write the letter itself",
        )
    kind = ""
    for token in found:
        if token.keyword in _WRITING:
            raise guard.error(
                text,
                token.start,
                f"{token.keyword} would change data there; query only reads",
                hint="To send a project to a server: whosays push URL",
                code="WS703",
            )
        kind = kind or _READING.get(token.keyword, "")
    if not kind:
        hint = "An example: SELECT * { ?s ?p ?o } LIMIT 10"
        raise QueryError("there is no SELECT, ASK, CONSTRUCT or DESCRIBE", hint=hint)
    return kind


def _no_answer(url: str, what: str) -> OutsideError:
    return OutsideError(
        f"{shown(url)} {what}", "Is that its address for SPARQL?", "WS903"
    )


def _rows(reply: Reply, url: str, format: str) -> Result:
    if reply.type not in (_ROWS, "application/json"):
        raise _no_answer(url, f"sends {reply.type or 'nothing'} instead of an answer")
    names: tuple[str, ...] = ()
    try:
        answer = dialects.standard(json.loads(reply.body.decode("utf-8")))
        if "boolean" in answer:
            clean: dict[str, Any] = {"head": {}, "boolean": _boolean(answer["boolean"])}
            kind = "ask"
        else:
            names = tuple(_text(name) for name in answer["head"]["vars"])
            bindings = [_binding(row, names) for row in answer["results"]["bindings"]]
            clean = {"head": {"vars": [*names]}, "results": {"bindings": bindings}}
            kind = "select"
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _no_answer(url, "sends an answer that is cut or ill-formed") from error
    content = json.dumps(clean, ensure_ascii=False, separators=(",", ":")).encode()
    found = Result(kind=kind, format="json", content=content, variables=names)
    return found._replace(format=format, content=found.convert(format))


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("no answer to ASK")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    value.encode("utf-8")  # a lone surrogate is no character
    return value


def _binding(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    if not set(row) <= set(names):
        raise ValueError("a column that the head does not name")
    return {name: _term(value) for name, value in row.items()}


def _term(term: dict[str, Any], depth: int = 0) -> dict[str, Any]:
    kind = dialects.standard_type(_text(term["type"]))
    match kind:
        case "uri" | "bnode":
            return {"type": kind, "value": _text(term["value"])}
        case "literal":
            extra = {
                key: _text(term[key]) for key in ("xml:lang", "datatype") if key in term
            }
            return {"type": kind, "value": _text(term["value"])} | extra
        case "triple" if depth < _DEEPEST:
            parts = ("subject", "predicate", "object")
            inner = {part: _term(term["value"][part], depth + 1) for part in parts}
            return {"type": kind, "value": inner}
        case _:
            raise ValueError("no term")


def _graph(
    reply: Reply,
    url: str,
    format: str,
    prefixes: Mapping[str, str],
    limits: worker.Limits,
) -> Result:
    """Read a graph by strangers, which a child of its own does."""
    from tempfile import NamedTemporaryFile

    from whosays.errors import RdfError, UnknownName
    from whosays.store.formats import format_named

    if not reply.delimited:
        raise _no_answer(url, "does not say where its answer ends, so it may be cut")
    try:
        form = format_named(reply.type)
    except UnknownName as error:
        message = f"sends {reply.type or 'nothing'} instead of a graph"
        raise _no_answer(url, message) from error
    if form.rows:
        raise _no_answer(url, f"sends {reply.type} instead of a graph")
    with NamedTemporaryFile(suffix=form.suffix) as file:
        file.write(reply.body)
        file.flush()
        job = worker.Job(
            inputs=(worker.Input(path=file.name, format=form.name, base=url),),
            query=_COPY,
            prefixes=prefixes,
            graph=format,
        )
        try:
            outcome = worker.run(job, limits)
        except RdfError as error:
            raise _no_answer(url, "sends a graph that is cut or ill-formed") from error
    return Result(kind="graph", format=format, content=outcome.content)
