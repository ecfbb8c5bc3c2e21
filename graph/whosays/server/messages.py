"""What comes in and what goes out over HTTP, apart from sockets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import IO
from urllib.parse import parse_qsl

from whosays.errors import (
    LimitReached,
    OutsideError,
    QueryError,
    UnknownName,
    WhosaysError,
)
from whosays.text import clean_text
from whosays.worker.pool import Busy

TEXT = "text/plain; charset=utf-8"
HTML = "text/html; charset=utf-8"
MOST_FIELDS = 200  # of a form or of an address


class Refusal(Exception):
    """A request that is answered with a status and a line of plain text."""

    def __init__(
        self, status: int, text: str, headers: Mapping[str, str] | None = None
    ) -> None:
        """Keep what the response will be made of."""
        super().__init__(text)
        self.response = Response(
            status=status, body=f"{text}\n".encode(), type=TEXT, headers=headers or {}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request that was read whole; ``left`` tells whether its client went away."""

    method: str
    path: str
    query: str
    headers: Message
    body: bytes = b""
    left: Callable[[], bool] = field(default=lambda: False)

    def header(self, name: str) -> str:
        """Give a header, or an empty text; several become one list."""
        return ", ".join(self.headers.get_all(name) or ())

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The fields of the address."""
        return fields(self.query)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A complete response: ``body`` is bytes, or a file of ``length`` bytes."""

    status: int = 200
    body: bytes | IO[bytes] = b""
    type: str = ""
    length: int = -1
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many bytes the body has."""
        return len(self.body) if isinstance(self.body, bytes) else self.length


def fields(text: str) -> list[tuple[str, str]]:
    """Decode a form or the query part of an address.

    Raises:
        Refusal: it is no UTF-8 or has too many fields.
    """
    try:
        return parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except UnicodeDecodeError as error:
        raise Refusal(400, "a parameter is not UTF-8") from error
    except ValueError as error:
        raise Refusal(400, f"more than {MOST_FIELDS} parameters") from error


def refused(error: WhosaysError) -> Refusal:
    """Say in plain text what went wrong; the status says whose matter it is."""
    headers = {}
    match error:
        case LimitReached():
            status = 503
            if isinstance(error, Busy):  # the others would come to the same end again
                headers["Retry-After"] = "10"
        case OutsideError():
            status = 500
        case UnknownName() if error.kind == "query":
            status = 404
        case _:
            status = 400
    lines = [f"{error.message}   {error.code}".rstrip()]
    if isinstance(error, QueryError):
        if error.line is not None and not error.message.startswith("line "):
            lines[0] = f"line {error.line}, {lines[0]}"
        if error.column is not None:
            lines[0] = lines[0].replace(
                f"line {error.line},", f"line {error.line}, column {error.column},", 1
            )
        lines += [f"  {line}" for line in error.excerpt.splitlines()]
    if error.hint:
        lines.append(error.hint)
    return Refusal(status, clean_text("\n".join(lines)), headers)
