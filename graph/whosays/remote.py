"""Sockets with an end: reading that stops at a moment, however slowly bytes drip."""

from __future__ import annotations

import io
import socket
from time import monotonic
from typing import Any


class TimedReader(io.RawIOBase):
    """Reads a socket until a moment that does not move.

    A time limit for each read alone would let a peer that sends a byte now and then
    hold the connection for ever.
    """

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        """Read from now on for at most so many seconds."""
        self._connection = connection
        self._seconds = seconds
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
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)
