"""Participles: whose they are, and what only looks like a finite verb."""

from __future__ import annotations

from dataclasses import replace

from whosays.extract.chunks import Item, Mark
from whosays.extract.grouping import Grouping
from whosays.extract.nodes import Phrase, Verb


class Participles(Grouping):
    """Links participles that follow what they tell of."""

    def _conjoin(self, at: int, verb: Verb) -> None:
        """Hang a verb behind "and" on its fellow."""
        raise NotImplementedError

    def _first_subject(self, index: int) -> Phrase | None:
        """Find the subject of the main clause behind an opening participle."""
        raise NotImplementedError

    def _reduced(self, index: int, verb: Verb) -> bool:
        """Tell whether a form in -ed is a participle: "groups armed by Aldoria"."""
        if verb.aux and any(a not in ("not", "never") for a in verb.aux if a != "so"):
            tags = {self.words[i].tag for i in range(verb.first, verb.head)}
            if tags & {"MD", "BE", "HV", "DO", "TO"}:
                return False
        forms = self.words[verb.head].forms
        if "n" not in forms:
            return False
        after = self._item(index + 1)
        before = self._item(self._left(index - 1))
        if isinstance(before, Mark) and before.tag == "CC":
            fellow = self._verb_left(index)  # "backed by A and trained by B"
            joined = fellow is not None and fellow.kind == "part" and fellow.passive
            behind = after.low if isinstance(after, Mark) else ""
            return joined and behind in ("by", "under")
        if isinstance(before, Mark) and before.tag in ("WD", "PR"):
            return False
        if (
            isinstance(after, Mark)
            and after.low == "by"
            and (self._phrase(index + 2) is not None)
        ):
            return True
        if isinstance(before, Phrase) and self._fellow_by(index):
            return True
        if set(verb.lemmas) & self.lexicon.classes["ascribing"] and self._charged(
            index, before
        ):
            return True
        apart = isinstance(before, Phrase) or self._is(index - 1, "CM")
        if apart and self._by_name(index):
            return True
        if self._enclosed(index):
            return True
        if before is None:
            return True
        if isinstance(before, Phrase) and self._another(index):
            opener = self._left(index - 1) - 1
            return not (
                self._phrase(opener - 1)
                and (self._is(opener, "WD") or self._low(opener) == "that")
            )  # "the rifles that A sent to B were"
        if isinstance(before, Phrase):
            left = self._verb_left(self._left(index - 1))
            chain = self._left(self._left(index - 1) - 1)
            chain -= self._is(chain, "IN")  # "consists of groups linked to"
            return (
                isinstance(self._item(chain), Verb)
                and left is not None
                and not self._speaks(left)
                and "d" in forms
                and isinstance(after, Mark)
                and after.tag in ("IN", "TO")
            )
        return False

    def _charged(self, index: int, before: Item | None) -> bool:
        """Tell whether it is said whose deed it is: "the raid, blamed on A, was"."""
        to = self._low(index + 1) in ("on", "to") and self._phrase(index + 2)
        return bool(to) and (isinstance(before, Phrase) or self._is(index - 1, "CM"))

    def _enclosed(self, index: int) -> bool:
        """Tell "Aldoria, accused of arming the Front, slept" from "Vale, shot, ran"."""
        opened = self._left(index - 1)
        name = self._phrase(opened - 1)
        if not self._is(opened, "CM") or name is None or not self._is(index + 1, "IN"):
            return False
        if self.words[name.head].mention is None or self._verb_left(opened) is not None:
            return False
        for at in range(index + 1, len(self.items)):
            item = self.items[at]
            if self._is(at, "CM"):
                after = self._item(at + 1)
                return isinstance(after, Verb) and after.kind == "fin"
            if isinstance(item, Verb) and item.kind != "ing":
                return False
        return False

    def _by_name(self, index: int) -> bool:
        """Tell whether an agent follows a place: "a rocket fired from Corvia by A"."""
        at = index + 1
        while (self._is(at, "IN") and self._low(at) != "by") and self._phrase(at + 1):
            at += 2
        agent = self._phrase(at + 1)
        return (
            at > index + 1
            and self._low(at) == "by"
            and agent is not None
            and any(w.mention for w in self.words[agent.first : agent.last + 1])
        )

    def _fellow_by(self, index: int) -> bool:
        """Tell whether two participles share their agent: "trained and paid by A"."""
        fellow = self._item(index + 2)
        return (
            self._is(index + 1, "CC")
            and isinstance(fellow, Verb)
            and not fellow.aux
            and "n" in self.words[fellow.head].forms
            and self._low(index + 3) == "by"
            and self._phrase(index + 4) is not None
        )

    def _another(self, index: int) -> bool:
        """Tell whether the clause has its verb later: "rifles sent to B were found"."""
        at = index + 1
        while (self._is(at, "IN") or self._is(at, "TO")) and self._phrase(at + 1):
            at += 2
        later = self._item(at)
        return (
            at > index + 1
            and isinstance(later, Verb)
            and later.kind == "fin"
            and "n" in self.words[self.items[index].head].forms  # type: ignore[union-attr]
            and bool(later.aux or later.lemmas[-1:] == ("be",) or self._speaks(later))
        )

    def _participle(self, index: int, verb: Verb) -> None:
        verb.kind, verb.passive, verb.link = "part", True, "rel"
        at = self._left(index - 1)
        if self._is(at, "CC"):
            self._conjoin(at, verb)
            verb.passive = True
            return
        if self._is(at, "CM"):
            at = self._left(at - 1)
        if self._is(at, "RP"):  # "the army (LNA) led by"
            at = self._opening(at)
        found = self._apposed(at)
        action = self._phrase(at - 2)
        if (
            action is not None
            and (self._is(at - 1, "IN") or self._is(at - 1, "TO"))
            and action.noun in self.lexicon.nouns
            and not set(verb.lemmas) & self.lexicon.classes["heading"]
            and (
                (self._low(index + 1) in ("by", "in") and self._done(verb))
                or set(verb.lemmas) & self.lexicon.classes["ascribing"]
            )
        ):
            found = action  # "the attack on A, carried out by B"
        if (
            found is not None
            and len(found.all) > 1
            and set(verb.lemmas) & self.lexicon.classes["heading"]
        ):  # "between A and the Front, led by Vale"
            found = replace(found.all[-1], members=[])
            self.structure.phrases.append(found)
        verb.gov = self._verb_left(index)
        if found is None:
            found = verb.gov.subj if verb.gov else self._first_subject(index)
        verb.subj = found

    def _apposed(self, at: int) -> Phrase | None:
        """Give the phrase there, or whom it tells more of: "the Front, a group led by"."""
        found = self._phrase(at)
        named = self._phrase(at - 2)
        if (
            found is None
            or named is None
            or not self._is(at - 1, "CM")
            or found.det not in ("a", "an")
            or self.words[found.head].mention is not None
            or not (
                self.words[named.head].mention is not None
                or ((named.mods or named.owners) and named.noun in self.lexicon.heads)
            )
            or found.noun
            not in self.lexicon.generics.keys() | self.lexicon.heads.keys()
        ):
            return found
        return named.all[-1]

    def _opening(self, at: int) -> int:
        for left in range(at - 1, -1, -1):
            if self._is(left, "LP"):
                return left - 1
        return at - 1

    def _modal_group(self, verb: Verb) -> bool:
        return any(
            self.words[i].tag == "MD" for i in range(verb.first, verb.head)
        ) and bool(verb.aux)
