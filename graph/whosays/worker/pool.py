"""Warm children for many questions at once: short ones first, none without an end.

As many questions as there are cores may take long; two more places are kept for short
ones, so that those are answered while others run away. A question starts in any free
place. Once it has run for a moment it needs one of the long places, and once it has run
for a fifth of its time one of those but one; if none is free it is ended and begins anew
when one is. So whatever runs away never takes all places from what takes a little long.

The time of a question is the work done for it: what it spends waiting while others are
served is no reason to refuse it, up to a patience of its own.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from enum import IntEnum
from itertools import chain
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import IO, NamedTuple

from whosays.errors import LimitReached, OutsideError
from whosays.worker import Job, Limits, explain_death, explain_refusal
from whosays.worker.warm import Warm

MOST_WAITING = 16
"""The longest questions that may wait for a place; the next one is refused."""

_KILLED = -9  # exit code of a child that was ended from outside
_SHORT = 0.25  # CPU seconds after which a question counts as a long one
_SHORT_AT_MOST = 5.0  # seconds after which it does so in any case
_MIDDLE = 0.2  # of its time, after which a question counts as one of the longest
_STRETCH = 3.0  # times its time that it may run where others keep the cores busy
_PATIENCE = 6.0  # times its time that it may wait for a place
_LONG_PLACES = 2  # at least, so that one is left when something runs away
_SHORT_PLACES = 2
_TICK = 0.05  # seconds between two looks at what runs
_MOST_ASKED = 1000  # questions to one child, in case the engine leaks
_MOST_SHORT = 1000  # questions that wait and are none of the longest


class Answer(NamedTuple):
    """A complete answer; ``file`` stands at its start and is the receiver's to close."""

    kind: str
    format: str
    file: IO[bytes]
    length: int
    variables: tuple[str, ...] = ()


class AskerLeft(Exception):
    """Nobody waits for the answer any more, so the question was ended."""


class Busy(LimitReached):
    """There was no place for a question, which may well be answered later."""


class _Level(IntEnum):
    """How long a question is known to take."""

    SHORT = 0
    LONG = 1
    LONGEST = 2


class _Ticket:
    """A question on its way; ``verdict`` says why it was ended before its answer."""

    def __init__(self, left: Callable[[], bool]) -> None:
        self.left = left
        self.go = Event()
        self.level = _Level.SHORT
        self.patience = 0.0
        self.started = 0.0
        self.used = 0.0
        self.verdict = ""
        self.child: Warm | None = None

    def work(self, now: float) -> float:
        """CPU seconds of this run; a core may have had other work to do meanwhile."""
        if now - self.started < _SHORT or self.child is None:
            return 0.0
        return self.child.used() - self.used

    def end(self, verdict: str) -> None:
        self.verdict = self.verdict or verdict
        self.go.set()
        if self.child is not None:
            self.child.kill()


class Pool:
    """Answers questions from many threads in a bounded number of children."""

    def __init__(
        self, limits: Limits, *, cores: int | None = None, network: bool = False
    ) -> None:
        """Start nothing yet; ``network`` leaves the children their sockets."""
        self.limits = limits
        self._places = max(cores or os.cpu_count() or 1, _LONG_PLACES)
        self._network = network
        self._lock = Lock()
        self._queues: dict[_Level, deque[_Ticket]] = {one: deque() for one in _Level}
        self._running: set[_Ticket] = set()
        self._idle: list[Warm] = []
        self._ended: list[Warm] = []  # killed; large ones take a while to be gone
        self._work = Event()
        self._closed = False
        self._watcher = Thread(target=self._watch, name="watcher", daemon=True)
        self._watcher.start()

    def answer(
        self, store: Path, job: Job, left: Callable[[], bool] = lambda: False
    ) -> Answer:
        """Answer a question about a store on disk.

        ``left`` is asked now and then whether whoever asked has gone away.

        Raises:
            QueryError: the engine refuses the question, or died of it.
            LimitReached: time, memory or size was not enough.
            Busy: there was no place for it.
            AskerLeft: nobody waits for the answer any more.
            OutsideError: the store cannot be opened, or the pool was closed.
        """
        ticket = _Ticket(left)
        with self._lock:
            self._line_up(ticket)
        self._work.set()
        try:
            while True:
                ticket.go.wait()
                try:
                    self._refuse(ticket)
                    return self._asked(ticket, store, job)
                except _Moved:
                    self._move(ticket)
        finally:
            with self._lock:
                self._running.discard(ticket)
                for queue in self._queues.values():
                    if ticket in queue:
                        queue.remove(ticket)
                self._dispatch()

    def close(self) -> None:
        """End all children; questions that wait are refused."""
        with self._lock:
            self._closed = True
            tickets = self._tickets()
            children = [*self._idle, *self._ended]
            for ticket in tickets:
                ticket.end("closed")
                if ticket.child is not None:
                    children.append(ticket.child)
        self._work.set()
        for child in children:
            child.close()

    def _tickets(self) -> list[_Ticket]:
        return [*chain.from_iterable(self._queues.values()), *self._running]

    def _line_up(self, ticket: _Ticket) -> None:
        """Let it wait for a place; the lock is held."""
        ticket.patience = monotonic() + self.limits.seconds * _PATIENCE
        if self._closed:
            ticket.end("closed")
        elif self._full(ticket.level):
            ticket.end("busy")
        else:
            self._queues[ticket.level].append(ticket)
            self._dispatch()

    def _full(self, level: _Level) -> bool:
        """Tell whether no more questions of a level may wait."""
        most = MOST_WAITING if level is _Level.LONGEST else _MOST_SHORT
        return len(self._queues[level]) >= most

    def _move(self, ticket: _Ticket) -> None:
        """Let it begin anew when a long place is free."""
        with self._lock:
            self._running.discard(ticket)
            ticket.go.clear()
            ticket.started, ticket.verdict = 0.0, ""
            self._line_up(ticket)

    def _dispatch(self) -> None:
        """Start what may start, the longest first; the lock is held."""
        while len(self._running) < self._places + _SHORT_PLACES:
            for level in reversed(_Level):
                if self._queues[level] and self._room(level):
                    ticket = self._queues[level].popleft()
                    break
            else:
                return
            self._running.add(ticket)
            ticket.go.set()

    def _room(self, level: _Level, ticket: _Ticket | None = None) -> bool:
        """Tell whether a question of a level may run beside the others.

        The lock is held.
        """
        others = [one.level for one in self._running if one is not ticket]
        long = len(others) - others.count(_Level.SHORT)
        if level is _Level.LONGEST and others.count(level) >= self._places - 1:
            return False
        return level is _Level.SHORT or long < self._places

    def _asked(self, ticket: _Ticket, store: Path, job: Job) -> Answer:
        child, fresh = self._child(store)
        with self._lock:
            ticket.child = child
            if ticket.verdict:
                child.kill()
        keep = False
        try:
            if fresh:
                child.wait()
            if ticket.level:
                child.lower()
            ticket.used, ticket.started = child.used(), monotonic()
            report, noise = child.ask(job)
            if report is None:
                self._refuse(ticket)
                code = child.close()
                if code != _KILLED:
                    raise explain_death(code, noise, "query", job)
                if not fresh:  # by others, perhaps before it was asked
                    raise _Moved
                raise LimitReached(
                    "the system ended the worker, perhaps for want of memory",
                    code="WS704",
                )
            if report["state"] != "done":
                keep = report["state"] in ("query", "graph")
                raise explain_refusal(report, self.limits)
            answer = Answer(
                kind=report["kind"],
                format=report["format"],
                file=child.result(report),
                length=report["length"],
                variables=tuple(report["variables"]),
            )
            keep = True
            return answer
        except OutsideError:
            self._refuse(ticket)  # a child that was ended on purpose
            raise
        finally:
            self._give_back(ticket, child, keep=keep)

    def _child(self, store: Path) -> tuple[Warm, bool]:
        """Take a child that has the store open, or start one."""
        with self._lock:
            fitting = [
                one for one in self._idle if one.store == store and not one.gone()
            ]
            stale = [child for child in self._idle if child not in fitting]
            self._idle = fitting[:-1]
            for child in stale:
                child.kill()
            self._ended += stale
        if fitting:
            return fitting[-1], False
        return Warm(store, self.limits, network=self._network), True

    def _give_back(self, ticket: _Ticket, child: Warm, *, keep: bool) -> None:
        with self._lock:
            ticket.child = None
            keep = (
                keep
                and not (ticket.verdict or child.lowered or self._closed)
                and child.asked < _MOST_ASKED
            )
            if not keep:
                child.kill()
            (self._idle if keep else self._ended).append(child)
        if self._closed:  # nobody looks after it any more
            child.close()

    def _refuse(self, ticket: _Ticket) -> None:
        """Say why a question was ended, if it was."""
        match ticket.verdict:
            case "":
                return
            case "moved":
                raise _Moved
            case "left":
                raise AskerLeft
            case "late":
                raise LimitReached(
                    f"the question took more than {self.limits.seconds:g} seconds "
                    "and was ended",
                    hint="Ask for less, or allow more time with --timeout",
                    code="WS704",
                )
            case "busy":
                raise Busy(
                    "too many questions at once: there was no place for this one",
                    hint="Try again in a while",
                    code="WS704",
                )
            case _:
                raise OutsideError("the server is ending")

    def _watch(self) -> None:
        """End what has run too long or is not waited for."""
        while not self._closed:
            with self._lock:
                tickets = self._tickets()
                for ticket in tickets:
                    self._look_at(ticket)
                gone = [child for child in self._ended if child.gone()]
                self._ended = [child for child in self._ended if child not in gone]
                if not tickets and not self._ended:
                    self._work.clear()
            for child in gone:
                child.close()
            self._work.wait()
            sleep(_TICK)

    def _look_at(self, ticket: _Ticket) -> None:
        """End a question, or let it count as a longer one; the lock is held."""
        now, seconds = monotonic(), self.limits.seconds
        if ticket.left():
            ticket.end("left")
        elif not ticket.started:
            if now > ticket.patience:
                ticket.end("busy")
        elif ticket.work(now) > seconds or now - ticket.started > seconds * _STRETCH:
            ticket.end("late")
        elif self._outgrown(ticket, now):
            ticket.level = longer = _Level(ticket.level + 1)
            if not self._room(longer, ticket):
                ticket.end("busy" if self._full(longer) else "moved")
            elif ticket.child is not None:
                ticket.child.lower()

    def _outgrown(self, ticket: _Ticket, now: float) -> bool:
        """Tell whether it takes longer than its level allows."""
        work = ticket.work(now)
        match ticket.level:
            case _Level.SHORT:
                return work > _SHORT or now - ticket.started > _SHORT_AT_MOST
            case _Level.LONG:
                return work > max(2 * _SHORT, _MIDDLE * self.limits.seconds)
            case _:
                return False


class _Moved(Exception):
    """The question has to begin anew in a place for long ones."""
