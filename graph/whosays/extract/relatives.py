"""Clauses that say more of a name before them, and clauses in a list."""

from __future__ import annotations

from dataclasses import replace

from whosays.extract.chunks import Mark
from whosays.extract.hanging import Hanging
from whosays.extract.nodes import Phrase, Verb

_DASHES = frozenset({"-", "\u2013", "\u2014"})


class Relatives(Hanging):
    """Finds whom a relative clause is about."""

    def _relative(self, at: int, verb: Verb) -> None:
        left = self._left(at - 1)
        while self._is(left, "CM") or self._is(left, "IN"):
            left -= 1
        if self._is(left, "SM") and self._low(left) in _DASHES:
            left -= 1  # "Aldoria - which arms"
        verb.subj = self._apposed(left)
        outer = self._phrase(left - 2)
        grouped = outer is not None and outer.noun in self.lexicon.generics
        if (
            (
                self._low(at) == "who"
                or (self._low(at) == "that" and grouped and left == at - 1)
            )
            and self._low(left - 1) in ("in", "from", "at", "of")
            and outer is not None
            and self.words[outer.head].mention is None
            and verb.subj is not None
            and self.words[verb.subj.head].mention is not None
        ):
            verb.subj = self._apposed(left - 2)  # "figures in Aldoria who deny it"
        if self._low(at) == "which" and verb.subj is not None:
            verb.subj = self._innermost(verb.subj)
        verb.subj = self._last_of(verb.subj, verb, apart=self._is(at - 1, "CM"))
        agent = self._item(left - 2)
        if (
            self._low(at) == "which"
            and self._low(left - 1) == "by"
            and self._is(at - 1, "CM")
            and isinstance(agent, Verb)
            and agent.kind == "part"
        ):
            verb.subj = agent.subj  # "a faction, led by Vale, which holds"
        verb.link = "rel"
        verb.gov = self._verb_left(at)

    def _innermost(self, phrase: Phrase) -> Phrase:
        """Give the Front, of "an offshoot of the Front, which has fought"."""
        inner = phrase.preps[-1][1] if phrase.preps else phrase
        named = self.words[inner.head].mention is not None
        if (
            named
            and inner.last == phrase.last
            and phrase.noun in self.lexicon.predicates
        ):
            return inner
        return phrase

    def _last_of(
        self, phrase: Phrase | None, verb: Verb, *, apart: bool
    ) -> Phrase | None:
        """Give the last of a list, where what follows says of it alone.

        That is so of one (", which has"), and of a noun that the clause picks out
        ("A and the junta that toppled B").
        """
        if phrase is None or len(phrase.members) < 2:
            return phrase
        last = phrase.members[-1]
        forms = self.words[verb.head].forms
        one = self.words[verb.first].low in ("has", "is", "was", "does") or (
            not verb.aux and "s" in forms and not set(forms) & {"b", "d"}
        )
        picked = not apart and self.words[last.head].mention is None
        if not (one if apart else picked):
            return phrase
        alone = replace(last, members=[])
        self.structure.phrases.append(alone)
        return alone

    def _inside_relative(self, at: int) -> int | None:
        """Leave a relative clause that a phrase is the object of."""
        for left in range(at - 1, -1, -1):
            item = self.items[left]
            if isinstance(item, Verb):
                if item.link != "rel" or item.subj is None:
                    return None
                if item.kind == "fin":
                    return self._relative_start(left)
                return left - 1 if item.kind == "ing" else None
            if isinstance(item, Mark) and item.tag not in ("RB", "IN", "JJ"):
                return None
        return None

    def _relative_start(self, at: int) -> int:
        for left in range(at - 1, -1, -1):
            if self._is(left, "WD") or self._is(left, "SC"):
                return left - 1 - self._is(left - 1, "CM")
        return -1

    def _listed(self, index: int, verb: Verb) -> bool:
        """Tell whether a verb goes on with a list: "sent drones, fired shells and took"."""
        before = self._verb_left(index)
        if (
            before is None
            or before.kind != "fin"
            or before.subj is None
            or verb.aux
            or self._speaks(before)
            or self._speaks(verb)
            or not set(self.words[before.head].forms) & set(self.words[verb.head].forms)
        ):
            return False
        between = self.items[before.item + 1 : index - 1]
        if any(
            isinstance(i, Mark) and i.tag in ("CM", "SM", "SC", "WD") for i in between
        ):
            return False
        for at in range(index + 1, len(self.items) - 1):
            if self._is(at, "CC") and self._verb(at + 1):
                return True
            if not (
                self._phrase(at) or self._is(at, "IN") or self._is(at, "TO")
            ) and not (self._is(at, "RB") or self._is(at, "CM")):
                return False
        return False
