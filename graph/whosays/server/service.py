"""The addresses of the server, and what each of them answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar, TypeVar
from urllib.parse import urlencode

from whosays.errors import WhosaysError
from whosays.paging import Page
from whosays.server import description, pages
from whosays.server.generations import Generations, State
from whosays.server.messages import HTML, Refusal, Request, Response, refused
from whosays.server.negotiation import GRAPHS, Wanted, choose, media_type, named
from whosays.server.negotiation import HTML as PAGE
from whosays.server.protocol import Desk, Parameters, formats_of, read
from whosays.worker import Limits
from whosays.worker.pool import Answer

Text = TypeVar("Text", str, bytes, str | bytes)

_NAMED = re.compile(r"/query/(?P<name>[a-z0-9-]{1,100})(?:\.(?P<suffix>[a-z]{2,6}))?")
_SUFFIXES = {"srj": "json", "srx": "xml"}
_FORMATS = ("format", "output")
_READS = "GET, HEAD, OPTIONS"


class Service:
    """Answers requests about one project."""

    def __init__(self, project: Generations, desk: Desk, limits: Limits) -> None:
        """Answer about what the project is at the time of each request."""
        self._project = project
        self._desk = desk
        self._limits = limits
        self._views: tuple[State, bytes] | None = None

    def respond(self, request: Request) -> Response:
        """Give the response to a request.

        Raises:
            Refusal: a response as well.
        """
        if request.method == "OPTIONS":
            return Response(status=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})
        path = request.path
        if path == "/sparql":
            return self._sparql(request)
        if request.method == "POST":
            raise Refusal(
                405, "questions are sent by POST to /sparql", {"Allow": _READS}
            )
        if match := _NAMED.fullmatch(path):
            return self._named(request, match["name"], match["suffix"] or "")
        route = self._ROUTES.get(path)
        if route is None:
            raise Refusal(404, "there is nothing at this address; the start is /")
        return route(self, request)

    def _sparql(self, request: Request) -> Response:
        text, parameters = read(request)
        if text is None:
            return self._start(request, fallback="turtle")
        formats = formats_of(request, parameters)
        query = text if isinstance(text, str) else text.decode("utf-8", "replace")
        state, _, answer = self._answered(lambda _: text, parameters, formats, request)
        return self._delivered(state, answer, formats, query=query)

    def _named(self, request: Request, name: str, suffix: str) -> Response:
        given = request.parameters
        if suffix:
            chosen = named(_SUFFIXES.get(suffix, suffix))
            if chosen is None:
                raise Refusal(404, f"there is no format .{suffix}; .csv is one")
            formats = chosen
        else:
            formats = formats_of(request, given)
        values: dict[str, str | int] = {}
        for key, value in given:
            if key in values:
                raise Refusal(400, f"the parameter {key} is given twice")
            if value and key not in _FORMATS:
                values[key] = value

        def written(state: State) -> str:
            try:
                return state.written(name, values)
            except WhosaysError as error:
                raise refused(error) from error

        state, text, answer = self._answered(written, (), formats, request)
        shown = {key: str(value) for key, value in values.items()}
        next = _next(answer, state.page(name, values))
        response = self._delivered(
            state, answer, formats, query=text, name=name, values=shown, next=next
        )
        if not next:
            return response
        again = [(key, value) for key, value in given if value and key != "offset"]
        address = f"{request.path}?{urlencode([*again, ('offset', next)])}"
        link = {"Link": f'<{address}>; rel="next"'}
        return replace(response, headers={**response.headers, **link})

    def _answered(
        self,
        query: Callable[[State], Text],
        parameters: Parameters,
        formats: Wanted,
        request: Request,
    ) -> tuple[State, Text, Answer]:
        """Answer about the newest state, and about the next if that is just removed."""
        while True:
            state = self._project.current
            try:
                text = query(state)
                answer = self._desk.answer(state, text, parameters, formats, request)
            except Refusal as refusal:
                if refusal.response.status != 500 or not self._project.replaced(state):
                    raise
            else:
                return state, text, answer

    def _delivered(
        self,
        state: State,
        answer: Answer,
        formats: Wanted,
        *,
        query: str,
        name: str = "",
        values: dict[str, str] | None = None,
        next: int = 0,
    ) -> Response:
        if PAGE not in ((formats.graph if answer.kind == "graph" else formats.rows),):
            return self._desk.response(answer, formats)
        with answer.file:
            body = pages.result(state, answer, query, name, values or {}, next)
        return _page(body)

    def _start(self, request: Request, fallback: str = PAGE) -> Response:
        """Show the page to people and the description of the service to programs."""
        offered = {"text/html": PAGE} | dict(GRAPHS) if fallback == PAGE else GRAPHS
        format = choose(request.header("Accept"), offered) or fallback
        state = self._project.current
        if format == PAGE:
            return _page(pages.start(state, self._limits))
        host = request.header("Host")
        return _described(description.service(state, f"http://{host}/"), format)

    def _start_page(self, request: Request) -> Response:
        return self._start(request)

    def _void(self, request: Request) -> Response:
        format = choose(request.header("Accept"), _RDF_ONLY) or "turtle"
        formats = Wanted("", format)
        query = description.dataset_query
        _, _, answer = self._answered(query, (), formats, request)
        return self._desk.response(answer, formats)

    def _view(self, request: Request) -> Response:
        state = self._project.current
        if self._views is None or self._views[0] is not state:
            with state.lock:
                html = state.kg.view(endpoint="/sparql").html
            self._views = (state, html.encode("utf-8"))
        # The page carries a policy of its own, with the hashes of its scripts.
        return Response(body=self._views[1], type=HTML)

    def _style(self, request: Request) -> Response:
        return Response(body=pages.style(), type="text/css; charset=utf-8")

    _ROUTES: ClassVar[dict[str, Callable[[Service, Request], Response]]] = {
        "/": _start_page,
        "/style.css": _style,
        "/view": _view,
        "/.well-known/void": _void,
    }


def _next(answer: Answer, page: Page) -> int:
    """Number the row after a full page, from 0; 0 if nothing follows."""
    if answer.kind != "select" or not page.limit:
        return 0
    content = answer.file.read()
    answer.file.seek(0)
    return page.next(content, answer.format)


_RDF_ONLY = {type: format for type, format in GRAPHS.items() if format != PAGE}


def _page(body: bytes) -> Response:
    headers = {
        "Content-Security-Policy": pages.POLICY,
        "Vary": "Accept",
        "Cache-Control": "no-cache",
    }
    return Response(body=body, type=HTML, headers=headers)


def _described(turtle: bytes, format: str) -> Response:
    return Response(
        body=description.convert(turtle, format),
        type=media_type(format),
        headers={"Vary": "Accept"},
    )
