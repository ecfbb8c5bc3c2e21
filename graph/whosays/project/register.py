"""The slugs in force and all that leads to them, for look-up and for suggestions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from whosays import matching

_NEAR = 0.7
_AHEAD = 0.08
SUGGESTIONS = 100  # names per table that are looked for; more is another table


def winner(text: str, found: Sequence[str], names: Mapping[str, Iterable[str]]) -> str:
    """Choose the suggestion that can be pasted: the only one, or far the nearest.

    >>> names = {"aldoria": ["Aldoria"], "aldorian-navy": ["Aldorian Navy"]}
    >>> winner("aldorai", ["aldoria", "aldorian-navy"], names)
    'aldoria'
    """
    if len(found) < 2:
        return found[0] if found else ""
    wanted = matching.normalise(text)
    scores = [
        max(
            SequenceMatcher(None, matching.normalise(name), wanted).ratio()
            for name in (id, *names[id])
        )
        for id in found[:2]
    ]
    clear = scores[0] >= _NEAR and scores[0] - scores[1] >= _AHEAD
    return found[0] if clear else ""


@dataclass(slots=True, kw_only=True)
class Register:
    """The slugs of actors or of sources, with their former slugs and other names.

    ``taken`` tells the table and the row of each slug, current or former.
    """

    noun: str
    table: str
    code: str
    names: dict[str, list[str]] = field(default_factory=dict)
    former: dict[str, str] = field(default_factory=dict)
    taken: dict[str, tuple[str, int]] = field(default_factory=dict)
    _found: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    _by_name: dict[str, list[str]] | None = None
    _matcher: matching.Matcher | None = None
    _suggested: int = 0

    def find(self, text: str) -> tuple[str, list[str]]:
        """Resolve the text of a cell: ("slug" | "former" | "named" | "", slugs).

        Only slugs, current or former, are taken; a label or an alias is recognised
        so that the right slug can be named, and else the nearest are suggested.
        """
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = self._search(text)
        return found

    def forget(self) -> None:
        """Look for every name anew: more were added since."""
        self._found.clear()
        self._by_name = self._matcher = None

    def rows(self) -> dict[str, dict[str, int]]:
        """Give the rows of all slugs by table."""
        found: dict[str, dict[str, int]] = {}
        for slug, (table, row) in self.taken.items():
            found.setdefault(table, {})[slug] = row
        return found

    def _search(self, text: str) -> tuple[str, list[str]]:
        if text in self.names:
            return "slug", [text]
        if text in self.former:
            return "former", [self.former[text]]
        if self._by_name is None:
            self._by_name = defaultdict(list)
            for slug, names in self.names.items():
                for name in dict.fromkeys(map(matching.written, (slug, *names))):
                    self._by_name[name].append(slug)
        if named := self._by_name.get(matching.written(text)):
            return "named", named
        if self._matcher is None:
            self._matcher = matching.Matcher(self.names)
        if self._suggested >= SUGGESTIONS:
            return "", []
        self._suggested += 1
        return "", self._matcher.suggest(text)
