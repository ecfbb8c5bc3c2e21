"""How long a step may take, and how often it is repeated.

A step that was ended stands in the figures as its limit below zero: -60 for “> 60”.
"""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic, process_time

LIMIT = 60.0
"""CPU seconds after which a step is ended, unless told otherwise."""

MAKING = 20
"""How many times longer that may take without which there is nothing to measure."""

LONG = 10.0
"""CPU seconds of all runs of a step after which it is not repeated: its noise is small."""


_LOOK = 0.05  # seconds between two looks at the clock

NOTHING = "\N{EN DASH}"
"""Stands where nothing was measured."""


class TooLong(Exception):
    """A step took longer than anybody waits."""


def timed(work: Callable[[], object], limit: float) -> dict[str, float]:
    """Do work and give its seconds of CPU and of the wall; 0 is no limit.

    At the limit the system ends this process, also while the engine works, which no
    exception could; within `raising` there is an exception instead. A thread looks at
    the clock, as a timer of the system makes the clock coarse on some.
    """
    done = Event()
    watch = Thread(target=_end, args=(done, _used() + limit), daemon=True)
    if limit:
        watch.start()
    try:
        cpu, wall = _used(), monotonic()
        work()
        return {"seconds": _used() - cpu, "wall": monotonic() - wall}
    finally:
        done.set()
        if limit:
            watch.join()


def _end(done: Event, most: float) -> None:
    while not done.wait(_LOOK):
        if _used() > most:
            os.kill(os.getpid(), signal.SIGPROF)
            return


def _used() -> float:
    """CPU seconds of this process and of the children that it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def enough(runs: Sequence[float]) -> bool:
    """Tell by the CPU seconds of its runs whether a step need not be repeated.

    >>> enough([0.4] * 5), enough([4.0, 4.2, 4.1]), enough([-60.0])
    (False, True, True)
    """
    return any(one < 0 for one in runs) or sum(runs) > LONG


@contextmanager
def raising() -> Iterator[None]:
    """Let `timed` raise at its limit, for work in Python of which more follows."""

    def end(number: int, frame: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGPROF, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGPROF, before)


def ended(code: int) -> bool:
    """Tell by its exit code whether a process was ended at its limit."""
    return code == -signal.SIGPROF


def words(seconds: float) -> str:
    """Write CPU seconds with three digits.

    >>> words(0.01234), words(12.34), words(-60.0)
    ('0.0123', '12.3', '> 60')
    """
    if seconds < 0:
        return f"> {-seconds:g}"
    return f"{seconds:.0f}" if seconds >= 100 else f"{seconds:.3g}"
