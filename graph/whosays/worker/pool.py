"""Warm children for many questions at once: short ones first, none without an end.

As many questions as there are cores may take long; two more places are kept for short
ones, so that those are answered while others run away. A question starts in any free
place. Once it has run for a moment it needs one of the long places; if none is free it
is ended and begins anew when one is. No question outlives its time, waiting included.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import IO, NamedTuple

from whosays.errors import LimitReached, OutsideError
from whosays.worker import Job, Limits, explain_death, explain_refusal
from whosays.worker.warm import Warm

MOST_WAITING = 16
"""Long questions that may wait for a place; the next one is refused."""

_KILLED = -9  # exit code of a child that was ended from outside
_SHORT = 0.25  # CPU seconds after which a question counts as a long one
_SHORT_AT_MOST = 5.0  # seconds after which it does so in any case
_SHORT_PLACES = 2
_TICK = 0.05  # seconds between two looks at what runs
_MOST_ASKED = 1000  # questions to one child, in case the engine leaks
_MOST_SHORT = 1000  # questions that wait for their first moment


class Answer(NamedTuple):
    """A complete answer; ``file`` stands at its start and is the receiver's to close."""

    kind: str
    format: str
    file: IO[bytes]
    length: int
    variables: tuple[str, ...] = ()


class AskerLeft(Exception):
    """Nobody waits for the answer any more, so the question was ended."""


class _Ticket:
    """A question on its way; ``verdict`` says why it was ended before its answer."""

    def __init__(self, deadline: float, left: Callable[[], bool]) -> None:
        self.deadline = deadline
        self.left = left
        self.go = Event()
        self.long = False
        self.started = 0.0
        self.used = 0.0
        self.verdict = ""
        self.child: Warm | None = None

    def takes_long(self, now: float) -> bool:
        """Tell by what it has used of a core, which may have had other work to do."""
        taken = now - self.started if self.started else 0.0
        if taken < _SHORT or self.child is None:
            return False
        return self.child.used() - self.used > _SHORT or taken > _SHORT_AT_MOST

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
        self.cores = cores or os.cpu_count() or 1
        self._network = network
        self._lock = Lock()
        self._short: deque[_Ticket] = deque()
        self._long: deque[_Ticket] = deque()
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
            LimitReached: time, memory, size or room was not enough.
            AskerLeft: nobody waits for the answer any more.
            OutsideError: the store cannot be opened, or the pool was closed.
        """
        ticket = _Ticket(monotonic() + self.limits.seconds, left)
        with self._lock:
            self._line_up(ticket, self._short, _MOST_SHORT)
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
                for queue in (self._short, self._long):
                    if ticket in queue:
                        queue.remove(ticket)
                self._dispatch()

    def close(self) -> None:
        """End all children; questions that wait are refused."""
        with self._lock:
            self._closed = True
            tickets = [*self._short, *self._long, *self._running]
            children = [*self._idle, *self._ended]
            for ticket in tickets:
                ticket.end("closed")
                if ticket.child is not None:
                    children.append(ticket.child)
        self._work.set()
        for child in children:
            child.close()

    def _line_up(self, ticket: _Ticket, queue: deque[_Ticket], most: int) -> None:
        """Let it wait for a place; the lock is held."""
        if self._closed:
            ticket.end("closed")
        elif len(queue) >= most:
            ticket.end("busy")
        else:
            queue.append(ticket)
            self._dispatch()

    def _move(self, ticket: _Ticket) -> None:
        """Let it begin anew when a long place is free."""
        with self._lock:
            self._running.discard(ticket)
            ticket.go.clear()
            ticket.long, ticket.started, ticket.verdict = True, 0.0, ""
            self._line_up(ticket, self._long, MOST_WAITING)

    def _dispatch(self) -> None:
        """Start what may start; the lock is held."""
        while len(self._running) < self.cores + _SHORT_PLACES:
            longs = sum(one.long for one in self._running)
            if self._long and longs < self.cores:
                ticket = self._long.popleft()
            elif self._short:
                ticket = self._short.popleft()
            else:
                return
            self._running.add(ticket)
            ticket.go.set()

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
            if ticket.long:
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
                raise LimitReached(
                    "too many long questions at once",
                    hint="Try again in a while",
                    code="WS704",
                )
            case _:
                raise OutsideError("the server is ending")

    def _watch(self) -> None:
        """End what has run too long or is not waited for."""
        while not self._closed:
            with self._lock:
                tickets = [*self._short, *self._long, *self._running]
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
        now = monotonic()
        if ticket.left():
            ticket.end("left")
        elif now > ticket.deadline:
            ticket.end("late")
        elif not ticket.long and ticket.takes_long(now):
            if sum(one.long for one in self._running) < self.cores:
                ticket.long = True
                if ticket.child is not None:
                    ticket.child.lower()
            else:
                ticket.end("moved" if len(self._long) < MOST_WAITING else "busy")


class _Moved(Exception):
    """The question has to begin anew in a place for long ones."""
