"""SPARQL 1.1 Protocol: a request becomes a question, an answer becomes a response."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from threading import Lock
from typing import TYPE_CHECKING

from whosays.errors import QueryError, WhosaysError
from whosays.server.messages import Refusal, Request, Response, fields, refused
from whosays.server.negotiation import HTML, Wanted, media_type, wanted
from whosays.store import prepared
from whosays.worker import Job
from whosays.worker.pool import Answer, AskerLeft, Pool

if TYPE_CHECKING:
    from whosays.server.generations import State

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_DEFAULT_GRAPH = ("urn:x-rdflib:default", "urn:x-arq:DefaultGraph")
_LONG_TEXT = 16 * 1024  # a query that takes a while to read
_READ_ONLY = "this endpoint is read-only and takes no updates"

Parameters = Sequence[tuple[str, str]]


def read(request: Request) -> tuple[str | bytes | None, Parameters]:
    """Find the query of a request and its other parameters; None if it asks nothing.

    Raises:
        Refusal: it is no request of the protocol, or an update.
    """
    given = request.parameters
    text: str | bytes | None = None
    if request.method == "POST":
        type, _, rest = request.header("Content-Type").partition(";")
        type, charset = type.strip().lower(), _charset(rest)
        if charset not in ("", "utf-8", "utf8", "us-ascii"):
            raise Refusal(415, "send the query as UTF-8")
        if type == _UPDATE:
            raise _read_only()
        if type == _QUERY:
            text = request.body
            if any(key == "query" for key, _ in given):
                raise Refusal(400, "the query is given twice")
        elif type == _FORM:
            given = [*given, *_form(request.body)]
        else:
            raise Refusal(415, f"POST takes {_FORM} or {_QUERY}")
    if any(key == "update" for key, _ in given):
        raise _read_only()
    queries = [value for key, value in given if key == "query"]
    if len(queries) > 1:
        raise Refusal(400, "the query is given twice")
    if queries:
        text = queries[0]
    if text is None and (request.method == "POST" or _names_graphs(given)):
        raise Refusal(400, "there is no query: send it in the parameter query")
    return text, [(key, value) for key, value in given if key != "query"]


def _form(body: bytes) -> list[tuple[str, str]]:
    try:
        return fields(body.decode("ascii"))
    except UnicodeDecodeError as error:
        raise Refusal(400, "a form is sent in ASCII, with %HH for the rest") from error


def _charset(rest: str) -> str:
    for part in rest.split(";"):
        key, _, value = part.partition("=")
        if key.strip().lower() == "charset":
            return value.strip().strip('"').lower()
    return ""


def _names_graphs(given: Parameters) -> bool:
    return any(key in ("default-graph-uri", "named-graph-uri") for key, _ in given)


def _read_only() -> Refusal:
    return Refusal(405, _READ_ONLY, {"Allow": "GET, HEAD, POST, OPTIONS"})


class Desk:
    """Takes questions and gives whole answers."""

    def __init__(self, pool: Pool, allow_service: Collection[str] = ()) -> None:
        """Answer through a pool; SERVICE may name the hosts that are listed."""
        self._pool = pool
        self._allow_service = tuple(allow_service)
        self._reading = Lock()
        limits = pool.limits
        rows = f", rows={limits.rows}" if limits.rows else ""
        self.limits = f"seconds={limits.seconds:g}{rows}, bytes={limits.output}"

    def answer(
        self,
        state: State,
        text: str | bytes,
        parameters: Parameters,
        formats: Wanted,
        request: Request,
    ) -> Answer:
        """Answer a query by anyone.

        Long texts are read one at a time, as their readers share one interpreter with
        everybody else.

        Raises:
            Refusal: with the status and the text that the client gets.
        """
        turn = self._reading if len(text) > _LONG_TEXT else nullcontext()
        try:
            with turn:
                question = prepared(
                    text,
                    prefixes=state.asked.prefixes,
                    rows=_native(formats.rows, "json"),
                    graph=_native(formats.graph, "turtle"),
                    allow_service=self._allow_service,
                )
            job = _with_graphs(question.job, parameters)
            try:
                return self._pool.answer(state.store, job, request.left)
            except QueryError as problem:
                with turn:
                    readable = question.readable(problem)
                unknown = _unknown_graph(problem, job, question.graphs)
                raise (unknown or readable) from problem
        except WhosaysError as error:
            raise refused(error) from error
        except AskerLeft as left:
            raise Refusal(499, "the client has left") from left

    def response(self, answer: Answer, formats: Wanted) -> Response:
        """Give a complete answer to the client in its format.

        Raises:
            Refusal: the format has no place for this kind of answer.
        """
        graph = answer.kind == "graph"
        if not (formats.graph if graph else formats.rows):
            answer.file.close()
            kind, use = ("a graph", "turtle") if graph else ("rows", "csv")
            raise Refusal(
                406, f"the answer is {kind} and has no place there: format={use}"
            )
        headers = {"Whosays-Limits": self.limits, "Cache-Control": "no-cache"}
        headers["Vary"] = "Accept"
        return Response(
            body=answer.file,
            length=answer.length,
            type=media_type(answer.format),
            headers=headers,
        )


def formats_of(request: Request, parameters: Parameters) -> Wanted:
    """Choose the formats of a request."""
    return wanted(parameters, request.header("Accept"))


def _native(format: str, default: str) -> str:
    """Give the format that the engine writes; a page is made from the default."""
    return default if format in ("", HTML) else format


def _with_graphs(job: Job, parameters: Parameters) -> Job:
    """Take over the data set of the protocol, which goes before the query's own."""
    default = [value for key, value in parameters if key == "default-graph-uri"]
    named = [value for key, value in parameters if key == "named-graph-uri"]
    default, named = [iri for iri in default if iri], [iri for iri in named if iri]
    if not default and not named:  # forms send the field also when it is empty
        return job
    for iri in (*default, *named):
        if not iri.partition(":")[1] or set(iri) & set(' <>"{}|\\^`\n\r\t'):
            raise Refusal(400, "a graph is named by an absolute IRI")
    own = ["" if iri in _DEFAULT_GRAPH else iri for iri in default]
    return job._replace(
        default_graphs=tuple(own),
        named_graphs=tuple(named),
        given=tuple(iri for iri in (*own, *named) if iri),
    )


def _unknown_graph(
    problem: QueryError, job: Job, written: Mapping[str, int]
) -> QueryError | None:
    """Name the graph of the protocol that is not there."""
    if problem.code != "WS703" or problem.message in written:
        return None
    return QueryError(
        f"<{problem.message}> is no graph of these data, and nothing is fetched",
        hint="All graphs: SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }",
        code="WS703",
    )
