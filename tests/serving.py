"""A server of a small project in this process, and how tests speak to it."""

from __future__ import annotations

import http.client
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import whosays
from whosays.server import Server

GOOD = Path(__file__).parent / "fixtures" / "good"
ENDLESS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?k ?l ?m . ?n ?o ?p }"
)


class Reply(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def type(self) -> str:
        return self.headers["Content-Type"]


def project(folder: Path, name: str = "strait") -> Path:
    """Copy a project with its caches, so that they lie in a folder of the test.

    They are built once, in the folder of this run: a cache depends on no path.
    """
    built = folder.parent / f"built-{name}"
    if not built.exists():
        shutil.copytree(GOOD / name, built, ignore=shutil.ignore_patterns("build"))
        whosays.load(built)
    return Path(shutil.copytree(built, folder / name))


@contextmanager
def served(path: Path, **options) -> Iterator[Server]:
    """Serve a project in a thread."""
    with Server(path, port=0, **options) as server:
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield server
        server.stop()
        thread.join(200)


def call(
    server: Server,
    path: str,
    *,
    method: str = "GET",
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> Reply:
    """Send one request and read its whole answer; a short one raises."""
    address = urlsplit(server.url)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, 200)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read())
    finally:
        connection.close()


def ask(server: Server, text: str, **options) -> Reply:
    """Send a query by GET; options are parameters, or ``headers``."""
    headers = options.pop("headers", None)
    query = urlencode({"query": text, **options})
    return call(server, f"/sparql?{query}", headers=headers)


def raw(server: Server, data: bytes, *, seconds: float = 20) -> bytes:
    """Send bytes as they are and read until the server closes."""
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port), seconds) as link:
        link.sendall(data)
        received = b""
        while piece := link.recv(65536):
            received += piece
        return received
