"""What stands beside a name and says who it is: "Oren Vale, leader of the Front"."""

from __future__ import annotations

from whosays.extract.chunks import TIMES, Mark
from whosays.extract.gaps import Gaps
from whosays.extract.nodes import Phrase, Verb

_WHICH_TIME = frozenset({"last", "this", "next", "that", "earlier", "late", "early"})


class Apposing(Gaps):
    """Joins names and what they are said to be, in place."""

    def _brackets(self) -> None:
        """Let an editor's bracket stand for the pronoun before it: "they [the Front]"."""
        if "LP" not in self.tags:
            return
        items = self.items
        for at in range(len(items) - 4, -1, -1):
            pronoun, named = items[at], items[at + 2]
            if (
                isinstance(pronoun, Phrase)
                and pronoun.pronoun
                and self._is(at + 1, "LP")
                and isinstance(named, Phrase)
                and self._is(at + 3, "RP")
            ):
                items[at : at + 4] = [named]

    def _known(self) -> None:
        """Let "rebels known as the Front" be the Front."""
        if "as" not in self.lows:
            return
        items = self.items
        for at in range(len(items) - 4, -1, -1):
            four = items[at : at + 4]  # shorter behind what was just taken out
            if len(four) < 4:
                continue
            head, verb, link, named = four
            if (
                isinstance(verb, Verb)
                and isinstance(head, Phrase)
                and verb.lemmas[:1] == ("know",)
                and not verb.aux
                and isinstance(link, Mark)
                and link.low == "as"
                and isinstance(named, Phrase)
                and self.words[head.head].mention is None
                and self.words[named.head].mention is not None
                and not head.pronoun
            ):
                named.first = head.first
                named.negated |= head.negated
                del items[at : at + 3]

    def _timed_between(self) -> None:
        """Let Belmark speak in "Belmark last week said", "Belmark itself said"."""
        items = self.items
        for at in range(len(items) - 2, 0, -1):
            time, before = self._phrase(at), self._phrase(at - 1)
            if time is None or before is None or not self._verb(at + 1):
                continue
            last = self.words[time.head].low
            if (
                time.head == time.first + 1
                and self.words[time.first].low in _WHICH_TIME
                and last in self.lexicon.classes["when"]
            ) or (
                last.endswith(("self", "selves"))
                and not before.pronoun
                and not self._own_next(at + 2)
            ):
                del items[at]

    def _own_next(self, at: int) -> bool:
        """Tell whether one's own is meant: "it itself shelled its clinic"."""
        found = self._phrase(at)
        return found is not None and found.det in ("its", "their", "his", "her")

    def _fronted(self) -> None:
        """Read "The head of the Front, Oren Vale was" as "Oren Vale, the head of it, was"."""
        items = self.items
        at = int(self._is(0, "RB"))
        role, name = self._phrase(at), self._phrase(at + 2)
        if (
            role is None
            or name is None
            or not self._is(at + 1, "CM")
            or not self._verb(at + 3 + self._is(at + 3, "RB"))
            or self.words[name.head].mention is None
            or not self._says_what(role)
            or self._is(at + 4, "CM")  # "…, Aldoria said, …"
        ):
            return
        name.appositions.append(role)
        role.gov, role.role = name, "appos"
        self.structure.phrases.append(role)
        del items[at : at + 2]

    def _last_apposed(self, index: int, last: Phrase) -> None:
        """Read "the Front and its leader, Oren Vale," where a list ends."""
        named = self._phrase(index + 2)
        if (
            self._is(index + 1, "CM")
            and named is not None
            and self.words[named.head].mention is not None
            and self.words[last.head].mention is None
            and last.noun in self.lexicon.predicates
            and (self._item(index + 3) is None or self._is(index + 3, "CM"))
            and not last.appositions
        ):
            last.appositions.append(named)

    def _predicative(self, first: Phrase, other: Phrase | None) -> bool:
        """Tell whether an indefinite noun says what a name is: "Corvia, an ally of"."""
        return (
            other is not None
            and self._stands(first)
            and self.words[other.head].mention is None
            and other.noun in self.lexicon.predicates
            and (other.det in ("a", "an") or self._office(other))
        )

    def _stands(self, phrase: Phrase) -> bool:
        """Tell whether a phrase is a name or who stands for one: "Aldoria's army"."""
        return self.words[phrase.head].mention is not None or (
            bool(phrase.mods or phrase.owners) and phrase.noun in self.lexicon.heads
        )

    def _officer(self, first: Phrase, other: Phrase) -> bool:
        """Tell whether a strange name is said to act for one: "Ahmed Yen, a Front leader"."""
        words = self.words
        head = words[first.head]
        capitals = [w.text[:1].isupper() for w in words[first.first : first.head + 1]]
        return (
            head.tag == "NN"
            and not first.det
            and not first.mods
            and len(capitals) > 1
            and all(capitals)
            and words[other.head].mention is None
            and bool(other.mods or other.owners or other.preps)
            and any(
                row["kind"] == "side" for row in self.lexicon.heads.get(other.noun, ())
            )
        )

    def _office(self, other: Phrase) -> bool:
        """Tell whether a noun without article is an office: "leader of the Front"."""
        held = any(
            row["relation"] in ("leads", "commands", "created")
            for row in self.lexicon.predicates[other.noun]
        )
        return held and bool(other.preps) and other.det in ("", "the")

    def _held(self, phrase: Phrase) -> bool:
        return phrase.noun in self.lexicon.predicates and self._office(phrase)

    def _one_of(self, head: Phrase, inner: Phrase) -> None:
        """Read "one of its closest allies" as "its close ally"."""
        if self.words[head.head].tag != "CD" or not self._says_what(inner):
            return
        head.noun, head.det = inner.noun, head.det or "a"
        head.owners, head.mods, head.preps = inner.owners, inner.mods, inner.preps
        head.titles = [*inner.titles]
        head.head = inner.head

    def _says_what(self, phrase: Phrase) -> bool:
        """Tell whether a noun says what somebody is to a named one: "its ally"."""
        return (
            phrase.noun in self.lexicon.predicates
            and self.words[phrase.head].mention is None
            and bool(
                phrase.owners
                or phrase.mods
                or phrase.preps
                or any(one.startswith("@") for one in phrase.titles)
            )
        )

    def _dashed(self) -> None:
        """Read "Corvia and Belmark - Aldoria's allies - met"."""
        if "SM" not in self.tags:
            return
        items = self.items
        for at in range(len(items) - 4, -1, -1):
            first, other = items[at], self._phrase(at + 2)
            if (
                isinstance(first, Phrase)
                and self._is(at + 1, "SM")
                and other is not None
                and self.words[first.head].mention is not None
                and self._says_what(other)
                and (self._is(at + 3, "SM") or self._is(at + 3, "FS"))
            ):
                first.appositions.append(other)
                other.gov, other.role = first, "appos"
                self.structure.phrases.append(other)
                del items[at + 1 : at + 3 + self._is(at + 3, "SM")]

    def _postposed(self) -> None:
        """Read "Front units loyal to Vale", "the Front, long hostile to Belmark,"."""
        adjectives = self.lexicon.predicates
        if "JJ" not in self.tags:
            return
        items = self.items
        for at in range(1, len(items) - 2):
            mark = items[at]
            if (
                not isinstance(mark, Mark)
                or mark.tag != "JJ"
                or mark.low not in adjectives
                or not (self._is(at + 1, "IN") or self._is(at + 1, "TO"))
            ):
                continue
            left = at - 1
            while self._is(left, "RB"):
                left -= 1
            comma = self._is(left, "CM")
            whose, inner = self._phrase(left - comma), self._phrase(at + 2)
            closed = self._item(at + 3) is None or items[at + 3].tag in ("CM", "FS")
            if (
                whose is None
                or inner is None
                or (comma and not closed)
                or not (comma or self._picked(left, whose))
                or not self._stands(whose)
            ):
                continue
            made = Verb(mark.index, mark.index, (f"be {mark.low}", "be"), "part")
            made.end, made.item, made.link = mark.index, at, "rel"
            made.subj, made.obl = whose, [(self._low(at + 1), inner)]
            made.gov = self._verb_left(at)
            self.structure.verbs.append(made)

    def _picked(self, at: int, whose: Phrase) -> bool:
        """Tell "Front units loyal to Vale" from "found the Front hostile", "officers"."""
        return (
            not self._verb(at - 1)
            and not whose.negated
            and self.words[whose.head].mention is None
            and all(w.tag != "PA" for w in self.words[whose.first : whose.head])
        )

    def _timed_at(self, at: int) -> bool:
        phrase = self._phrase(at)
        low = self.words[phrase.head].low if phrase is not None else ""
        return low in TIMES or low in self.lexicon.classes["when"]

    def _headed(self, index: int, step: int) -> bool:
        """Tell whether two names share the verb of a headline, a plural."""
        verb = self._item(step + 1)
        first, second = self._phrase(index), self._phrase(step)
        return (
            index == 0
            and isinstance(verb, Verb)
            and not verb.aux
            and self.words[verb.head].forms[:1] == "b"
            and "d" not in self.words[verb.head].forms
            and first is not None
            and second is not None
            and self.words[first.head].mention is not None
            and self.words[second.head].mention is not None
        )
