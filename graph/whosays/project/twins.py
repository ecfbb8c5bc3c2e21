"""Sources that are one and the same: by web address, or by title and date.

Two addresses are two sources, whatever their titles: the same report in two papers is
found twice, and each of them can be asked.
"""

from __future__ import annotations

import re

from whosays.matching import written

_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)


class Twins:
    """The sources so far, by what no two of them should share."""

    def __init__(self) -> None:
        """Start with no source."""
        self._by_address: dict[str, str] = {}
        self._by_title: dict[tuple[str, str], list[tuple[str, str]]] = {}

    def find(self, url: str, title: str, date: str) -> tuple[str, str] | None:
        """Name the source that this one is already, and the column that tells."""
        address = _address(url)
        if owner := self._by_address.get(address):
            return owner, "url"
        for owner, other in self._by_title.get((written(title), date), ()):
            if not (address and other):
                return owner, "title"
        return None

    def add(self, owner: str, url: str, title: str, date: str) -> None:
        """Remember a source under the name that messages use."""
        address = _address(url)
        if address:
            self._by_address.setdefault(address, owner)
        titled = self._by_title.setdefault((written(title), date), [])
        titled.append((owner, address))


def _address(url: str) -> str:
    return _SCHEME.sub("", url).rstrip("/")
