"""How far long work has come, told to whoever waits.

The work does not know who that is: a terminal draws a line, a program need not listen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, int, float, str], None]
"""Is told what is done, how much of it, the share of the whole (0 to 1), and its unit."""

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def told(listener: Listener) -> Iterator[None]:
    """Let somebody be told of what is done within."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def tell(what: str, amount: int, share: float, unit: str = "rows") -> None:
    """Tell whoever listens; costs nothing if nobody does."""
    listener = _listener.get()
    if listener is not None:
        listener(what, amount, min(share, 1.0), unit)
