"""Asking servers elsewhere: only hosts that the user named, with an end to everything.

No redirect is followed, no proxy is used, sizes and times are limited, and credentials
come from the environment, go to that host only, and into no message.
"""

from __future__ import annotations

import http.client
import io
import os
import socket
import ssl
import time
from collections.abc import Callable, Collection, Mapping
from time import monotonic
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

from whosays.errors import LimitReached, OutsideError, UsageError

USER = "WHOSAYS_ENDPOINT_USER"
PASSWORD = "WHOSAYS_ENDPOINT_PASSWORD"
TOKEN = "WHOSAYS_ENDPOINT_TOKEN"

MOST_TRIES = 5
_PIECE = 64 * 1024
_LONGEST_PAUSE = 30.0  # seconds, whatever the server wishes
_BUSY = (429, 503)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_WHY = "Try again later, or check the address"


class TimedReader(io.RawIOBase):
    """Reads a socket until a moment that does not move.

    A time limit for each read alone would let a peer that sends a byte now and then
    hold the connection for ever. ``idle`` is the longest time without a byte.
    """

    def __init__(
        self, connection: socket.socket, seconds: float, idle: float | None = None
    ) -> None:
        """Read from now on for at most so many seconds."""
        self._connection = connection
        self._seconds = seconds
        self._idle = seconds if idle is None else idle
        self.restart()

    def restart(self) -> None:
        """Begin to count anew."""
        self._until = monotonic() + self._seconds

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401  (a writable buffer)
        """Read what is there.

        Raises:
            TimeoutError: the time is over.
        """
        left = self._until - monotonic()
        if left <= 0:
            raise TimeoutError("the time for reading is over")
        self._connection.settimeout(min(left, self._idle))
        return self._connection.recv_into(buffer)


class Patience(NamedTuple):
    """How long an exchange may take, with or without a byte, and how much may come."""

    seconds: float = 60.0
    idle: float = 30.0
    most: int = 256 * 1024**2


class Reply(NamedTuple):
    """A complete reply; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def type(self) -> str:
        """The media type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def delimited(self) -> bool:
        """Tell whether the server said where its reply ends."""
        return "content-length" in self.headers or "chunked" in self.headers.get(
            "transfer-encoding", ""
        )


class Lost(OutsideError):
    """The connection ended before the whole reply was there."""


class Credentials:
    """Name and password, or a token; shown to nobody but the host that asks."""

    def __init__(self, user: str = "", password: str = "", token: str = "") -> None:
        """Keep them."""
        self._user = user
        self._password = password
        self._token = token
        self._digest: Any = None
        self._challenge: dict[str, str] | None = None

    @classmethod
    def of_environment(cls) -> Credentials:
        """Take them from the environment, where they are in no list of processes."""
        return cls(*(os.environ.get(name, "") for name in (USER, PASSWORD, TOKEN)))

    def __repr__(self) -> str:
        """Hide them."""
        return "Credentials(…)"

    def known(self) -> str:
        """Give the value of a header that needs no challenge, or nothing."""
        return f"Bearer {self._token}" if self._token else ""

    def answer(self, method: str, url: str, challenge: str = "") -> str:
        """Answer the challenge of a 401; without one, the last that there was.

        Raises:
            OutsideError: there is nothing to answer it with.
        """
        scheme, _, rest = challenge.partition(" ")
        if not challenge:
            return self._by_digest(method, url) if self._challenge else self.known()
        if not self._user:
            raise _no_credentials(url)
        if scheme.lower() == "digest":
            from urllib.request import parse_http_list, parse_keqv_list

            self._challenge = parse_keqv_list(parse_http_list(rest))
            return self._by_digest(method, url)
        if scheme.lower() == "basic":
            from base64 import b64encode

            pair = f"{self._user}:{self._password}".encode()
            return f"Basic {b64encode(pair).decode()}"
        raise OutsideError(
            f"{shown(url)} asks for credentials in a way that is not known here",
            "Basic, Digest and Bearer are",
            "WS903",
        )

    def _by_digest(self, method: str, url: str) -> str:
        from urllib.request import (
            AbstractDigestAuthHandler,
            HTTPPasswordMgrWithDefaultRealm,
            Request,
        )

        if self._digest is None:  # kept: it counts how often a nonce was used
            self._digest = AbstractDigestAuthHandler(HTTPPasswordMgrWithDefaultRealm())
        self._digest.passwd.add_password(None, url, self._user, self._password)
        value = self._digest.get_authorization(
            Request(url, method=method), self._challenge
        )
        return f"Digest {value}"


class Remote:
    """Sends requests and gives whole replies."""

    def __init__(
        self,
        credentials: Credentials | None = None,
        patience: Patience = Patience(),  # noqa: B008  (immutable)
        pause: Callable[[float], None] = time.sleep,
        busy: Collection[int] = _BUSY,
    ) -> None:
        """Use credentials, or those of the environment; ask again after ``busy``."""
        self._credentials = (
            Credentials.of_environment() if credentials is None else credentials
        )
        self._patience = patience
        self._pause = pause
        self._busy = busy

    def send(
        self,
        method: str,
        url: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send a request once, and again with credentials if the server asks for them.

        Raises:
            UsageError: that is no address of the web.
            Lost: the connection ended before the whole reply was there.
            LimitReached: it took too long or was too large.
            OutsideError: the server cannot be reached, or sends elsewhere.
        """
        address = checked(url)
        given = dict(headers or {})
        if known := self._credentials.answer(method, url):
            given["Authorization"] = known
        reply = self._exchange(method, address, body, given)
        if reply.status == 401 and (
            challenge := reply.headers.get("www-authenticate", "")
        ):
            self._check_hidden(address, challenge)
            given["Authorization"] = self._credentials.answer(method, url, challenge)
            reply = self._exchange(method, address, body, given)
        if 300 <= reply.status < 400:
            to = shown(reply.headers.get("location", "nowhere"))
            message = f"{shown(url)} sends elsewhere, to {to}"
            raise OutsideError(message, "Name that address if it is meant", "WS903")
        return reply

    def send_patiently(
        self,
        method: str,
        url: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send what does no harm twice, up to five times, while the server is busy.

        Raises:
            Lost: see `send`; and so for the others.
        """
        for number in range(1, MOST_TRIES + 1):
            last = number == MOST_TRIES
            wish = ""
            try:
                reply = self.send(method, url, body=body, headers=headers)
            except Lost:
                if last:
                    raise
            else:
                if reply.status not in self._busy or last:
                    return reply
                wish = reply.headers.get("retry-after", "")
            least = float(wish) if wish.isascii() and wish.isdigit() else 0.0
            self._pause(min(max(0.5 * 2 ** (number - 1), least), _LONGEST_PAUSE))
        raise AssertionError("the loop returns or raises")

    def _check_hidden(self, address: SplitResult, challenge: str) -> None:
        """Send no readable password over a network that others may listen to."""
        basic = challenge.lower().startswith("basic")
        if basic and address.scheme == "http" and address.hostname not in _LOOPBACK:
            raise OutsideError(
                f"{address.hostname} asks for a password over a readable connection",
                "Use https, or a tunnel to localhost",
                "WS903",
            )

    def _exchange(
        self, method: str, address: SplitResult, body: bytes, headers: dict[str, str]
    ) -> Reply:
        where = shown(address.geturl())
        seconds, idle, _ = self._patience
        connection = _connection(address, min(seconds, idle))
        raw: socket.socket | None = None
        try:
            connection.connect()
            raw = connection.sock
            connection.sock = _Clocked(raw, seconds, idle)
            target = address.path or "/"
            if address.query:
                target += f"?{address.query}"
            from whosays.resources import version

            own = {"User-Agent": f"whosays/{version()}", "Connection": "close"}
            connection.request(method, target, body or None, own | headers)
            return self._whole(connection.getresponse(), where)
        except OutsideError:  # ours: it is a kind of OSError, or of TimeoutError
            raise
        except TimeoutError as error:
            raise LimitReached(f"{where} took too long", _WHY, code="WS903") from error
        except (http.client.HTTPException, ConnectionError) as error:
            if raw is None:
                raise _unreachable(where, error) from error
            raise Lost(f"{where} ended the connection", _WHY, "WS903") from error
        except (OSError, UnicodeError) as error:
            raise _unreachable(where, error) from error
        finally:
            if raw is not None:
                raw.close()
            connection.close()

    def _whole(self, response: http.client.HTTPResponse, where: str) -> Reply:
        headers = {name.lower(): value for name, value in response.getheaders()}
        if headers.get("content-encoding", "identity") not in ("identity", ""):
            raise OutsideError(f"{where} packs its reply unasked", code="WS903")
        pieces, size = [], 0
        while piece := response.read(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > self._patience.most:
                message = f"{where} sends more than {self._patience.most:,} bytes"
                raise LimitReached(message, "Add a LIMIT", code="WS903")
        if response.length:  # bytes that were announced and never came
            raise Lost(f"{where} cut its reply", _WHY, "WS903")
        return Reply(response.status, headers, b"".join(pieces))


def checked(url: str) -> SplitResult:
    """Take an address apart.

    Raises:
        UsageError: it is none of the web, or holds credentials.
    """
    try:
        address = urlsplit(url)
        port_is_fine = address.port != 0
    except ValueError:
        address, port_is_fine = urlsplit(""), False
    if (
        address.scheme not in ("http", "https")
        or not address.hostname
        or not port_is_fine
        or any(ord(char) <= 32 or ord(char) >= 127 for char in url)
    ):
        hint = "Write it in full: https://example.org/sparql"
        raise UsageError(f"“{shown(url)}” is no address of a server", hint)
    if address.username is not None or address.password is not None:
        raise UsageError(
            "an address holds no credentials, as others can read it",
            f"Set {USER} and {PASSWORD}, or {TOKEN}",
        )
    return address._replace(fragment="")


def shown(url: str) -> str:
    """Show an address without what may be secret in it: user and parameters."""
    from whosays.text import one_line

    head, mark, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    plain = f"{head}{mark}{host.rpartition('@')[2]}{slash}{path}" if mark else url
    return one_line(plain.partition("?")[0].partition("#")[0], 120)


class _Clocked:
    """A socket as http.client uses it, with an end to sending and receiving.

    Closing is left to whoever opened it: http.client closes sockets that it still
    reads from.
    """

    def __init__(self, connection: socket.socket, seconds: float, idle: float) -> None:
        self._connection = connection
        self._reader = TimedReader(connection, seconds, idle)
        self._idle = idle

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._reader, _PIECE)

    def sendall(self, data: bytes) -> None:
        self._connection.settimeout(self._idle)
        rest = memoryview(data)
        while rest:
            self._connection.sendall(rest[:_PIECE])
            rest = rest[_PIECE:]

    def close(self) -> None:
        """Leave it open."""


def _connection(address: SplitResult, seconds: float) -> Any:  # noqa: ANN401
    host = str(address.hostname)
    if address.scheme == "http":
        return http.client.HTTPConnection(host, address.port, timeout=seconds)
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(
        host, address.port, timeout=seconds, context=context
    )


def _unreachable(where: str, error: Exception) -> OutsideError:
    if isinstance(error, ssl.SSLError):
        reason = "its certificate or its encryption is not accepted"
    elif isinstance(error, socket.gaierror):
        reason = "there is no such host"
    else:
        reason = str(getattr(error, "strerror", None) or "it is no web server")
        reason = reason[:1].lower() + reason[1:]
    return OutsideError(f"{where} cannot be reached: {reason}", _WHY, "WS903")


def _no_credentials(url: str) -> OutsideError:
    return OutsideError(
        f"{shown(url)} asks for credentials",
        f"Set {USER} and {PASSWORD}, or {TOKEN}, in the environment",
        "WS903",
    )
