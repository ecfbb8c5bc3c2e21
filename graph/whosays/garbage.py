"""Python's collector of cycles, and work that is better done without it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_alone() -> Iterator[None]:
    """Spare the collector what is being made, and the work its walks through it.

    It would walk through all that lives again and again, for up to a third of the time.
    What is left over by then it finds later.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
