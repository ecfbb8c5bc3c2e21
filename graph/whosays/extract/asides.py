"""Words between commas that name nobody, and clauses that tell when."""

from __future__ import annotations

from whosays.extract.chunks import Mark
from whosays.extract.nodes import Verb
from whosays.extract.sight import Sight

_SINCE = frozenset({"after", "before", "since", "until"})


class Asides(Sight):
    """Takes them apart from the clause around them, in place."""

    def _interjected(self) -> None:
        """Leave out what names nobody: "A and, to a lesser extent, B armed it"."""
        for at in range(len(self.items) - 4, 0, -1):
            if not self._is(at, "CM") or not self._is(at - 1, "CC"):
                continue
            step = at + 1 + self._is(at + 1, "RB")
            inner = self._phrase(step + 1)
            if {self._low(at + 1), self._low(step)} & {"according", "as"}:
                continue  # it says who says so
            if not (self._is(step, "IN") or self._is(step, "TO")) or inner is None:
                if step == at + 1:
                    continue
                step, inner = at, None  # "and, increasingly,"
            closed = step + 1 + (inner is not None)
            if self._is(closed, "IN") and self._phrase(closed + 1) is not None:
                closed += 2  # "by the standards of the day"
            spoken = self.words[self.items[at].index : self._word(closed)]  # type: ignore[union-attr]
            if self._is(closed, "CM") and not any(word.mention for word in spoken):
                del self.items[at : closed + 1]

    def _when_done(self) -> None:
        """Let "after" open a clause: "it withdrew after ten of its men were shot"."""
        for at in range(len(self.items) - 2, 0, -1):
            mark = self.items[at]
            if isinstance(mark, Mark) and mark.low == "once" and self._verb(at + 1):
                mark.tag = "RB"  # "who once led the Front"
            verb = self._item(at + 2 + self._is(at + 2, "RB"))
            if (
                not isinstance(mark, Mark)
                or mark.tag != "IN"
                or mark.low not in _SINCE
                or self._phrase(at + 1) is None
                or not isinstance(verb, Verb)
                or verb.kind != "fin"
                or self._low(at + 2) == "by"
            ):
                continue
            before = self._verb_left(at)
            opened = before is not None and any(
                self._is(i, "WD") for i in range(self.items.index(before))
            )
            if before is not None and before.kind == "fin" and not opened:
                mark.tag = "SC"

    def _word(self, at: int) -> int:
        """Give the first word of an item."""
        item = self._item(at)
        if isinstance(item, Mark):
            return item.index
        return item.first if item is not None else len(self.words)
