"""A chat endpoint: asked within limits, its key kept to itself, its faults told.

The address, the model and the key come from the user, never from data. The key stands
in one header to that host; whatever comes back is searched for it before it is shown
or kept.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from whosays.errors import LimitReached, OutsideError, UsageError, WhosaysError
from whosays.extract.llm import refusals
from whosays.remote import Credentials, Patience, Remote, Reply, checked, shown
from whosays.text import one_line

URL = "WHOSAYS_LLM_ENDPOINT"
MODEL = "WHOSAYS_LLM_MODEL"
KEY = "WHOSAYS_LLM_KEY"

_BUSY = frozenset({429, 500, 502, 503, 504, 529})
_REFUSED = (400, 422)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_PATH = "/chat/completions"
_WORDS = 200  # characters of a server's own complaint
_HINT = "Try again later, or check the address"


class BadAnswer(ValueError):
    """The model answered, but with nothing that can be read; ``reason`` is ours."""

    def __init__(self, reason: str, detail: str = "") -> None:
        """Keep the reason of the refusal."""
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


class Key(Credentials):
    """The key of an endpoint; known by the name of its variable only."""

    def __init__(self, variable: str = KEY) -> None:
        """Take it from the environment.

        Raises:
            UsageError: it cannot stand in a header.
        """
        value = os.environ.get(variable, "").strip()
        if not all("!" <= char <= "~" for char in value):
            raise UsageError(
                f"the variable {variable} holds what cannot be a key",
                "A key has no blanks and only plain letters, digits and marks",
            )
        self.variable = variable
        self._value = value
        super().__init__(token=value)

    @property
    def given(self) -> bool:
        """Tell whether there is one."""
        return bool(self._value)

    def answer(self, method: str, url: str, challenge: str = "") -> str:
        """Give the header; a challenge cannot be answered in another way.

        Raises:
            OutsideError: the key is not accepted.
        """
        if challenge:
            raise self.refused(url)
        return self.known()

    def refused(self, url: str) -> OutsideError:
        """Say that the server does not let this key in."""
        said = "does not accept the key" if self.given else "asks for a key"
        hint = f"Set the variable {self.variable} in the environment"
        return OutsideError(f"{shown(url)} {said}", hint, "WS903")

    def inside(self, text: str) -> bool:
        """Tell whether the key can be read in a text."""
        if not self._value:
            return False
        return self._value in text or quote(self._value, safe="") in text

    def hide(self, text: str) -> str:
        """Put a mark in the place of the key."""
        if not self._value:
            return text
        for form in {self._value, quote(self._value, safe="")}:
            text = text.replace(form, "[key]")
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What may be spent: seconds of one reply and of all, bytes of a reply, tokens.

    ``tokens`` are estimated, there and back, and count every try.
    """

    seconds: float = 120.0
    total: float = 3600.0
    most: int = 4 * 1024**2
    tokens: int = 200_000


class Endpoint:
    """Where to ask and which model."""

    def __init__(self, url: str = "", model: str = "", *, variable: str = "") -> None:
        """Check address, model and key; what is not given is in the environment.

        Raises:
            UsageError: one is missing, or the key would travel readable.
        """
        url = url or os.environ.get(URL, "")
        model = model or os.environ.get(MODEL, "")
        if not url:
            hint = f"Name one with --endpoint URL, or set {URL}"
            raise UsageError("no endpoint of a language model is named", hint)
        address = checked(url)
        if not model or model != one_line(model, 200):
            hint = f"Name one with --endpoint-model NAME, or set {MODEL}"
            raise UsageError("no language model is named", hint)
        self.key = Key(variable or KEY)
        self.host = str(address.hostname)
        if address.port is not None:
            self.host += f":{address.port}"
        self.model = model
        if self.key.inside(url) or self.key.inside(model):
            raise UsageError("the key stands in the address or the name of the model")
        readable = address.scheme == "http" and address.hostname not in _LOOPBACK
        if self.key.given and readable:
            raise UsageError(
                f"the key for {self.host} would travel readable",
                "Use https, or a tunnel to localhost",
            )
        path = address.path.rstrip("/")
        if not path.endswith(_PATH):
            path += _PATH
        self.url = urlunsplit(address._replace(path=path))

    @property
    def where(self) -> str:
        """The address without parameters: what answers are remembered under."""
        address = urlsplit(self.url)
        return f"{address.scheme}://{self.host}{address.path}"


class _Counted(Remote):
    """Counts every try against the budget and the time."""

    def __init__(
        self, key: Key, limits: Limits, pause: Callable[[float], None]
    ) -> None:
        patience = Patience(limits.seconds, limits.seconds, limits.most)
        super().__init__(key, patience, pause, _BUSY)
        self._limits = limits
        self._until = time.monotonic() + limits.total
        self.price = 0  # tokens of the next try
        self.spent = 0
        self.tries = 0

    def send(
        self,
        method: str,
        url: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        if time.monotonic() > self._until:
            raise LimitReached(
                f"{shown(url)} took more than {self._limits.total:,.0f} seconds in all",
                "What was answered is kept: run the same command again",
                "WS903",
            )
        if self.spent + self.price > self._limits.tokens:
            raise LimitReached(
                f"the budget of {self._limits.tokens:,} tokens is used up",
                "What was answered is kept: raise --budget and run it again",
                "WS903",
            )
        self.spent += self.price
        self.tries += 1
        return super().send(method, url, body=body, headers=headers)


class Chat:
    """Asks an endpoint, one request after another."""

    def __init__(
        self,
        endpoint: Endpoint,
        limits: Limits = Limits(),
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Begin to count time and tokens."""
        self.endpoint = endpoint
        self._remote = _Counted(endpoint.key, limits, pause)
        self._plain = False

    @property
    def tries(self) -> int:
        """How many requests were sent."""
        return self._remote.tries

    def ask(
        self, body: Mapping[str, Any], optional: tuple[str, ...], price: int
    ) -> str:
        """Send a request and give what the model said.

        ``optional`` are fields that not every server knows: when it refuses them, the
        request is sent without, and so are all after it. ``price`` are tokens.

        Raises:
            BadAnswer: there is a reply, but the model said nothing that can be read.
            LimitReached: time, size or budget are used up.
            OutsideError: the server cannot be reached or fails.
        """
        with self._hidden():
            reply = self._sent(body, optional, price)
            if reply.status in _REFUSED and not self._plain:
                self._plain = True
                reply = self._sent(body, optional, price)
            self._check(reply)
            said = _said(reply, shown(self.endpoint.url))
        if self.endpoint.key.inside(said):
            raise BadAnswer(refusals.HOLDS_KEY)
        return said

    def _sent(
        self, body: Mapping[str, Any], optional: tuple[str, ...], price: int
    ) -> Reply:
        left_out = optional if self._plain else ()
        sent = {name: value for name, value in body.items() if name not in left_out}
        self._remote.price = price
        return self._remote.send_patiently(
            "POST",
            self.endpoint.url,
            body=json.dumps(sent).encode("ascii"),
            headers={"Content-Type": "application/json", "Accept": "application/json"},
        )

    def _check(self, reply: Reply) -> None:
        """Raise unless a reply is a success."""
        if 200 <= reply.status < 300:
            return
        url = self.endpoint.url
        if reply.status in (401, 403):
            raise self.endpoint.key.refused(url)
        words = _complaint(reply)
        said = f": {words}" if words else ""
        hint = "See the address and the name of the model"
        if reply.status in _BUSY:
            hint = "What was answered is kept: run the same command again later"
        message = f"{shown(url)} answered {reply.status}{said}"
        raise OutsideError(message, hint, "WS903")

    @contextmanager
    def _hidden(self) -> Iterator[None]:
        """Let no error that a server had a hand in show the key."""
        hide = self.endpoint.key.hide
        try:
            yield
        except BadAnswer as error:
            raise BadAnswer(error.reason, hide(error.detail)) from None
        except OutsideError as error:
            kind = LimitReached if isinstance(error, LimitReached) else OutsideError
            hint = error.hint if error.hint != "Add a LIMIT" else _HINT
            raise kind(hide(error.message), hide(hint), error.code) from None
        except WhosaysError as error:
            raise UsageError(hide(error.message), hide(error.hint)) from None


def strict_json(text: str) -> Any:  # noqa: ANN401  (whatever it holds)
    """Read JSON that a stranger wrote: no doubled keys, no NaN, no endless nesting.

    Raises:
        ValueError: it is none.
    """
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _said(reply: Reply, where: str) -> str:
    """Take what the model said out of a reply."""
    envelope: Any = None
    try:
        envelope = strict_json(reply.body.decode("utf-8"))
        choice = envelope["choices"][0]
        message = choice["message"]
        content, finish = message.get("content"), choice.get("finish_reason")
    except (ValueError, LookupError, TypeError, AttributeError):
        kind = one_line(reply.type or "nothing", 40)
        what = f"its reply ({kind}) is no JSON"
        if envelope is not None:
            what = "its reply holds no choices"
        message_ = f"{where} is no chat endpoint: {what}"
        raise OutsideError(message_, _HINT, "WS903") from None
    if isinstance(content, list):
        content = "".join(
            part["text"]
            for part in content
            if isinstance(part, dict) and isinstance(part.get("text"), str)
        )
    if finish == "length":
        raise BadAnswer(refusals.CUT)
    if not isinstance(content, str) or not content.strip():
        raise BadAnswer(refusals.NO_TEXT)
    return content


def _complaint(reply: Reply) -> str:
    """Show what a server says of its refusal, short and on one line."""
    try:
        data = strict_json(reply.body[:65_536].decode("utf-8"))
        words = data["error"]["message"]
    except (ValueError, LookupError, TypeError):
        return ""
    return one_line(words, _WORDS) if isinstance(words, str) else ""
