"""HTTP on the standard library: what is read, from whom, how long, and how it is sent.

Every request is read whole within a time and a size before anybody looks at it, and
every response is complete before its first byte goes out.
"""

from __future__ import annotations

import io
import re
import select
import socket
from collections.abc import Callable, Collection
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any, NamedTuple

from whosays.errors import OutsideError
from whosays.remote import TimedReader
from whosays.resources import version
from whosays.server.messages import Refusal, Request, Response
from whosays.text import clean_text

if TYPE_CHECKING:
    from socketserver import _RequestType as RequestType

MOST_BODY = 1024 * 1024
MOST_CONNECTIONS = 256
READ_SECONDS = 30.0  # for a whole request
_PIECE = 64 * 1024  # bytes sent at a time; each may take READ_SECONDS

_NO_REQUEST = {414: "an address may have 65,536 bytes"}
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_ANYWHERE = ("0.0.0.0", "::", "")
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^\[\]:/@\s]+)(?::[0-9]{1,5})?")
_METHODS = "GET, HEAD, POST, OPTIONS"


class Doors(NamedTuple):
    """Who may come in: names of this computer, and pages of other origins."""

    hosts: Collection[str] = ()
    origins: Collection[str] = ()

    def host(self, header: str) -> bool:
        """Tell whether a Host header is a name of ours.

        A page elsewhere may let its own name lead to this computer; then the browser
        says that name.
        """
        match = _HOST.fullmatch(header.strip().lower())
        if match is None:
            return False
        name = match["name"]
        return name in _LOOPBACK or name in self.hosts

    def origin(self, header: str) -> bool:
        """Tell whether pages of an origin may read answers."""
        return "*" in self.origins or header in self.origins


class Listener(ThreadingHTTPServer):
    """Accepts connections and gives each a thread, up to a number."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(
        self,
        host: str,
        port: int,
        respond: Callable[[Request], Response],
        doors: Doors,
        log: Callable[[str], None] | None = None,
    ) -> None:
        """Listen at an address; port 0 takes any that is free.

        Raises:
            OutsideError: the address is taken or none of ours.
        """
        self.respond = respond
        self.doors = doors
        self.log = log
        self._free = BoundedSemaphore(MOST_CONNECTIONS)
        if ":" in host:
            self.address_family = socket.AF_INET6
        try:
            super().__init__((host.strip("[]"), port), Connection)
        except (OSError, OverflowError) as error:
            raise _cannot_listen(host, port, error) from error

    @property
    def url(self) -> str:
        """The address to open, with a slash at its end."""
        host, port = str(self.server_address[0]), self.server_address[1]
        if host in _ANYWHERE:
            host = "localhost"
        return f"http://{f'[{host}]' if ':' in host else host}:{port}/"

    def server_bind(self) -> None:
        """Bind without asking the network for the name of this computer."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "", self.server_address[1]

    def process_request(self, request: RequestType, client_address: Any) -> None:  # noqa: ANN401
        """Give a connection its thread, or turn it away."""
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
            return
        if isinstance(request, socket.socket):
            with suppress(OSError):
                request.settimeout(1)
                request.sendall(_FULL)
        self.shutdown_request(request)

    def process_request_thread(
        self,
        request: RequestType,
        client_address: Any,  # noqa: ANN401
    ) -> None:
        """Serve a connection and give its place back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: RequestType, client_address: Any) -> None:  # noqa: ANN401
        """Tell of a mistake of ours; a client that went away is none."""
        import sys

        error = sys.exception()
        if not isinstance(error, OSError) and self.log is not None:
            self.log(f"a bug of whosays: {type(error).__name__}: {error}")


_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Retry-After: 10\r\nConnection: close\r\nContent-Length: 21\r\n\r\n"
    b"too many connections\n"
)


def _cannot_listen(host: str, port: int, error: Exception) -> OutsideError:
    import errno

    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        message = f"port {port} of {host} is in use by another program"
        return OutsideError(message, f"Choose another: --port {port + 1}", "WS905")
    if number == errno.EACCES:
        hint = "Choose one above 1023: --port 7878"
        return OutsideError(f"port {port} is not for everybody to use", hint, "WS905")
    reason = getattr(error, "strerror", None) or str(error)
    hint = "Use --host 127.0.0.1, or an address of this computer"
    return OutsideError(
        f"cannot listen at {host}, port {port}: {reason}", hint, "WS905"
    )


class Connection(BaseHTTPRequestHandler):
    """One connection, which may bring several requests one after the other."""

    protocol_version = "HTTP/1.1"
    server: Listener
    rfile: Any

    def setup(self) -> None:
        """Read through a clock, so that nobody drips for ever."""
        super().setup()
        self._clock = TimedReader(self.connection, READ_SECONDS)
        self.rfile = io.BufferedReader(self._clock, _PIECE)
        with suppress(OSError):
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def handle_one_request(self) -> None:
        """Read one request within its time."""
        self._clock.restart()
        self.command = ""
        super().handle_one_request()

    def do_GET(self) -> None:
        """Answer; all methods go one way."""
        try:
            response = self.server.respond(self._request())
        except Refusal as refusal:
            response = refusal.response
        except TimeoutError:
            self.close_connection = True
            response = Refusal(408, "the request took too long to arrive").response
        if response.status == 499:  # nobody is there to read it
            self.close_connection = True
            return
        self._send(response)

    do_HEAD = do_POST = do_OPTIONS = do_GET
    do_PUT = do_DELETE = do_PATCH = do_TRACE = do_CONNECT = do_GET

    def send_error(
        self, code: int, message: str | None = None, explain: str | None = None
    ) -> None:
        """Refuse what is no HTTP, in plain text."""
        self.close_connection = True
        text = message or _NO_REQUEST.get(code, "this is no request")
        text = clean_text(text).replace("\n", " ")
        self._send(Refusal(code, text).response)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: ANN401
        """Say nothing; `_send` logs each request once."""

    def _request(self) -> Request:
        self._check_who()
        if self.command not in _METHODS.split(", "):
            raise self._wrong_method()
        path, _, query = self._target().partition("?")
        return Request(
            method=self.command,
            path=path,
            query=query.partition("#")[0],
            headers=self.headers,
            body=self._body(),
            left=lambda: _left(self.connection),
        )

    def _target(self) -> str:
        """Read the address; what is not escaped in it is UTF-8, as `curl` sends it.

        As RFC 9112 (3.2.2) demands, a whole address, as to a proxy, is taken too, with
        its host in place of that in ``Host``.
        """
        try:
            target = self.path.encode("latin-1").decode("utf-8")
        except UnicodeError as error:
            self.close_connection = True
            raise Refusal(
                400, "the address is not UTF-8: escape it with %HH"
            ) from error
        if not target.lower().startswith("http://"):
            return target
        host, slash, rest = target[len("http://") :].partition("/")
        if not self.server.doors.host(host):
            raise self._not_called(host)
        return slash + rest or "/"

    def _not_called(self, host: str) -> Refusal:
        return Refusal(403, f"this server is not called {clean_text(host)[:100]}")

    def _wrong_method(self) -> Refusal:
        self.close_connection = True  # its body was not read
        text = "this endpoint is read-only: GET, HEAD, POST of a query, OPTIONS"
        return Refusal(405, text, {"Allow": _METHODS})

    def _check_who(self) -> None:
        """Refuse what a page of strangers may send through its reader's browser."""
        doors, headers = self.server.doors, self.headers
        hosts = headers.get_all("Host") or []
        try:
            if headers.defects:  # whoever stands in front may have read them otherwise
                raise Refusal(400, "a header is written Name: value")
            if len(hosts) != 1:
                raise Refusal(400, "a request names its host once, in Host")
            if not doors.host(hosts[0]):
                raise self._not_called(hosts[0])
            origin = headers.get("Origin")
            if origin is not None:
                own = origin.lower() in (f"http://{hosts[0]}".lower(),)
                if not own and not doors.origin(origin):
                    name = clean_text(origin)[:100]
                    raise Refusal(
                        403,
                        f"pages of {name} may not ask here; to let them: "
                        f"whosays serve --cors {name}",
                    )
            elif (
                headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
                and headers.get("Sec-Fetch-Mode") != "navigate"
            ):
                raise Refusal(403, "other pages may link here, not load from here")
        except Refusal:
            self.close_connection = True  # its body was not read
            raise

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding"):
            self.close_connection = True
            raise Refusal(411, "send the length of the body in Content-Length")
        lengths = set(self.headers.get_all("Content-Length") or ["0"])
        length = lengths.pop().strip()
        if lengths or not (length.isascii() and length.isdigit() and len(length) < 20):
            self.close_connection = True
            raise Refusal(400, "Content-Length is no number")
        if int(length) > MOST_BODY:
            self.close_connection = True
            raise Refusal(413, f"a body may have {MOST_BODY:,} bytes")
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.send_response_only(100)
            self.end_headers()
        body: bytes = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            raise Refusal(400, "the body was cut on its way")
        return body

    def handle_expect_100(self) -> bool:
        """Wait with the invitation until the length is known."""
        return True

    def _send(self, response: Response) -> None:
        self.connection.settimeout(READ_SECONDS)
        self.request_version = "HTTP/1.1"  # never the bare body of HTTP/0.9
        self.send_response_only(response.status)
        self.send_header("Server", f"whosays/{version()}")
        self.send_header("Date", self.date_time_string())
        if response.type:
            self.send_header("Content-Type", response.type)
        if response.status != 204:
            self.send_header("Content-Length", str(response.size))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        for name, value in (*self._cors(), *response.headers.items()):
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        try:
            if self.command != "HEAD":
                self._send_body(response.body)
        finally:
            if not isinstance(response.body, bytes):
                response.body.close()
        if self.server.log is not None and self.command:
            path = clean_text(self.path.partition("?")[0])[:200]
            self.server.log(f"{self.command} {path} {response.status} {response.size}")

    def _send_body(self, body: Any) -> None:  # noqa: ANN401
        if isinstance(body, bytes):
            body = io.BytesIO(body)
        while piece := body.read(_PIECE):
            self.wfile.write(piece)

    def _cors(self) -> list[tuple[str, str]]:
        """Let pages of the origins that were named read the answer; nobody else."""
        doors = self.server.doors
        if not doors.origins:
            return [("Cross-Origin-Resource-Policy", "same-origin")]
        headers = getattr(self, "headers", None)
        origin = headers.get("Origin") if headers is not None else None
        found = [("Vary", "Origin")]
        if origin and doors.origin(origin):
            found += [
                ("Access-Control-Allow-Origin", origin),
                ("Access-Control-Allow-Methods", _METHODS),
                ("Access-Control-Allow-Headers", "Accept, Content-Type"),
                ("Access-Control-Expose-Headers", "Link, Whosays-Limits"),
                ("Access-Control-Allow-Private-Network", "true"),
                ("Access-Control-Max-Age", "600"),
            ]
        return found


def _left(connection: socket.socket) -> bool:
    """Tell whether the client has closed its end; nothing is taken from it."""
    try:
        if hasattr(select, "poll"):
            poll = select.poll()
            poll.register(connection, select.POLLIN)
            ready: bool = bool(poll.poll(0))
        else:  # Windows
            ready = bool(select.select([connection], [], [], 0)[0])
        return ready and connection.recv(1, socket.MSG_PEEK) == b""
    except (OSError, ValueError):
        return True
