"""How answers are laid out in this call: marks, width, how much is told.

Every verb understands these options, so they are kept here instead of being handed
through all of them.
"""

from __future__ import annotations

NARROWEST, WIDEST = 40, 400
"""Bounds of ``--width``, in terminal columns."""


class Manner:
    """The layout options of one call; the defaults ask the terminal."""

    __slots__ = ("ascii", "verbose", "width")

    def __init__(
        self, *, ascii: bool = False, width: int | None = None, verbose: int = 0
    ) -> None:
        """Keep what was asked for; ``width`` is in terminal columns."""
        self.ascii = ascii
        self.width = width
        self.verbose = verbose

    def adopt(
        self, *, ascii: bool = False, width: int | None = None, verbose: int = 0
    ) -> None:
        """Take the options of another call, those not given at their defaults."""
        self.ascii = ascii
        self.width = width
        self.verbose = verbose


manner = Manner()
"""The manner of this call."""
