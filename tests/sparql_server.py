"""A SPARQL server of strangers, small, and wrong on demand."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph

Fault = Callable[["Handler"], bool]
"""Does something instead of answering; gives True if the request is done with."""


class Handler(BaseHTTPRequestHandler):
    """Query, Update and Graph Store Protocol over a store in memory."""

    protocol_version = "HTTP/1.1"
    server: Any

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.body = self.rfile.read(length)
        self.server.seen.append(
            (self.command, self.path, dict(self.headers), self.body)
        )
        if self.server.faults and self.server.faults.pop(0)(self):
            return
        self.answer()

    do_POST = do_PUT = do_DELETE = do_OPTIONS = do_GET

    def answer(self) -> None:
        address = urlsplit(self.path)
        given = parse_qs(address.query, keep_blank_values=True)
        form = self.headers.get("Content-Type", "").startswith("application/x-www")
        fields = parse_qs(self.body.decode()) if form else {}
        if self.command == "OPTIONS":
            self.reply(204)
        elif address.path == "/update" and "update" in fields:
            self.server.store.update(fields["update"][0])
            self.reply(204)
        elif address.path == "/sparql" and "query" in fields:
            self.query(fields["query"][0])
        elif address.path == "/data":
            self.graph(given)
        else:
            self.reply(404, b"nothing here")

    def query(self, text: str) -> None:
        try:
            answer = self.server.store.query(text)
        except SyntaxError as error:
            self.reply(400, str(error).encode(), "text/plain")
            return
        if isinstance(answer, pyoxigraph.QueryTriples):
            body = answer.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES)
            self.reply(200, body or b"", "application/n-triples")
            return
        body = answer.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
        self.reply(200, body or b"", "application/sparql-results+json")

    def graph(self, given: dict[str, list[str]]) -> None:
        store = self.server.store
        name: Any = pyoxigraph.DefaultGraph()
        if "graph" in given:
            name = pyoxigraph.NamedNode(given["graph"][0])
        if self.command in ("PUT", "DELETE"):
            store.remove_graph(name)
        if self.command in ("PUT", "POST"):
            form = pyoxigraph.RdfFormat.N_TRIPLES
            store.load(self.body, form, to_graph=name)
        self.reply(204)

    def reply(
        self, status: int, body: bytes = b"", type: str = "text/plain", **headers: str
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", type)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def hang_up(self) -> bool:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        return True

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Stranger(ThreadingHTTPServer):
    """The server: its ``store``, the requests it has ``seen``, ``faults`` to come."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, handler: type[Handler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.store = pyoxigraph.Store()
        self.seen: list[tuple[str, str, dict[str, str], bytes]] = []
        self.faults: list[Fault] = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that went away."""


@contextmanager
def stranger(handler: type[Handler] = Handler) -> Iterator[Stranger]:
    """Run the server in a thread."""
    server = Stranger(handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join(10)
    server.server_close()


def fine(handler: Handler) -> bool:
    """Answer as one should."""
    return False


def status(number: int, **headers: str) -> Fault:
    """Answer with a status and nothing done."""

    def fault(handler: Handler) -> bool:
        handler.reply(number, b"", **headers)
        return True

    return fault


def text(
    body: bytes, type: str = "application/sparql-results+json", **headers: str
) -> Fault:
    """Answer with 200 and this."""

    def fault(handler: Handler) -> bool:
        handler.reply(200, body, type, **headers)
        return True

    return fault


def dropped_before(handler: Handler) -> bool:
    """Hang up with nothing done."""
    return handler.hang_up()


def dropped_after(handler: Handler) -> bool:
    """Do it, and hang up without a word."""
    handler.reply = lambda *given, **more: None  # type: ignore[method-assign]
    handler.answer()
    return handler.hang_up()


def half_done(handler: Handler) -> bool:
    """Take half of the triples, and hang up."""
    lines = handler.body.splitlines(keepends=True)
    handler.body = b"".join(lines[: len(lines) // 2])
    return dropped_after(handler)


def lied(handler: Handler) -> bool:
    """Say that it is done."""
    handler.reply(204)
    return True
