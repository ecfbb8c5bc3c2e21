"""Items → phrases that belong together: "of", lists, appositions, examples."""

from __future__ import annotations

from whosays.extract.amounts import quantity
from whosays.extract.apposing import Apposing
from whosays.extract.chunks import Mark
from whosays.extract.nodes import Phrase, Verb
from whosays.extract.words import Word

_FORMERLY = frozenset(
    {"once", "earlier", "formerly", "previously", "now", "today", "long", "then"}
    | {"currently", "still", "until", "perhaps", "arguably", "already", "also"}
)
_NAMELY = frozenset({"including", "like", "notably", "especially", "namely"})
_EXAMPLES = _NAMELY | {"such", "particular"}
_JOINS = frozenset({"CM", "CC"})
_WITH = ("along", "together", "coupled")


class Grouping(Apposing):
    """Joins phrases in place."""

    def _join_of(self) -> None:
        """Join "leader of the Front": a phrase takes in what follows its "of"."""
        if "of" not in self.lows and "among" not in self.lows:
            return
        items = self.items
        index = len(items) - 3
        while index >= 0:
            head, inner = items[index], self._item(index + 2)
            if (
                isinstance(head, Phrase)
                and self._low(index + 1) in ("of", "among")
                and isinstance(inner, Phrase)
                and not head.pronoun
            ):
                head.preps.append(("of", inner))
                inner.gov, inner.role = head, "of"
                head.last = inner.last
                self._one_of(head, inner)
                if quantity(head, self.words) and head.noun not in ("part",):
                    head.negated |= self.words[head.head].low == "none"
                self.structure.phrases.append(inner)
                self.structure.phrases += [m for m in inner.members if m is not inner]
                del items[index + 1 : index + 3]
            index -= 1

    def _coordinate(self) -> None:
        """Join lists, and "groups such as A and B"."""
        items = self.items
        lows = self.lows
        opposed = "not" in lows and "but" in lows
        index = 0 if opposed or not self.tags.isdisjoint(_JOINS) else len(items)
        while index < len(items):
            first = items[index]
            if isinstance(first, Phrase):
                if opposed and self._instead(index, first):
                    index -= 1
                    continue
                taken = self._list(index, first)
                if taken:
                    del items[index + 1 : index + 1 + taken]
                    self._last_apposed(index, first.all[-1])
                    continue  # a list may go on
            index += 1
        if not lows.isdisjoint(_EXAMPLES):
            for index in range(len(items) - 1, -1, -1):
                if index < len(items) and isinstance(head := items[index], Phrase):
                    self._examples(index, head)
        if ":" in lows:
            self._colon()

    def _instead(self, index: int, first: Phrase) -> bool:
        """Read "not A but B" as a list whose first is not meant."""
        second = self._phrase(index + 2)
        if (
            second is None
            or not self._is(index - 1, "NG")
            or self._low(index - 1) != "not"
            or self._low(index + 1) != "but"
            or self._verb(index - 2)
        ):
            return False
        self.structure.negated |= {word.start for word in self._ends(first)}
        members = [*first.all, *second.all]
        for member in members:
            member.members = members
        del self.items[index + 1 : index + 3]
        del self.items[index - 1]
        return True

    def _list(self, index: int, first: Phrase) -> int:
        """Read ``, B, and C`` behind A; say how many items it takes."""
        well = 2 * (self._low(index + 1) == "as" and self._is(index + 3, "CC"))
        if not (self._is(index + 1, "CM") or self._is(index + 1 + well, "CC")):
            return 0
        if self._opens(index, first):
            return 0
        between = self._low(index - 1) == "between"
        found: list[Phrase] = []
        at = index + 1 + well
        ends = 0
        while at < len(self.items):
            comma = self._is(at, "CM")
            conjunction = self._is(at + comma, "CC")
            step = at + comma + conjunction
            if comma and self._low(step) in _WITH and self._is(step + 1, "CC"):
                conjunction, step = True, step + 2  # "A, together with B,"
            step += comma and self._low(step) in _FORMERLY  # "Vale, once a member of"
            step += conjunction and self._is(step, "RB")  # "or even the means of"
            if (
                comma
                and not conjunction
                and self._predicative(first, self._phrase(step))
            ):
                if found:
                    break
                return self._apposition(index, first, self._fellows(step))
            negated = self._is(step, "NG") or (
                self._is(step, "RB") and self._low(step) in ("not",)
            )
            if negated:
                step += 1
            if not (comma or conjunction or (negated and conjunction)):
                break
            phrase = self._phrase(step)
            if phrase is None or self._gap_follows(step):
                break
            if comma and not conjunction and not found and self._headed(index, step):
                ends = step + 1  # "Vale, Brandt meet in Saltmere"
                found.append(phrase)
                break
            if not (between and conjunction) and self._clause_follows(index, step):
                break
            if conjunction and self._each_doing(index, step):
                break
            but = conjunction and self._low(at + comma) == "but"
            if negated:
                phrase.negated = True
                self.structure.negated |= {f.start for f in self._ends(phrase)}
            elif but and not negated:
                break
            found.append(phrase)
            at = step + 1
            if conjunction or negated:
                ends = at
                if conjunction and not self._is(at, "CC"):
                    break
        if not ends:
            return self._apposition(index, first, found)
        if self._is(index + 1, "CM") and self._is(ends, "CM") and self._verb(ends + 1):
            ends += 1  # "A, as well as B, oppose"
        count = [p for p in found if self._before(p, ends)]
        if self._parted(first, count):
            first.last = count[-1].last
            first = first.preps[-1][1]
            self.structure.phrases += [m for p in count for m in p.all]
        members = [first, *(m for p in count for m in p.all)]
        if self.words[first.first].low == "neither":
            for member in members:
                member.negated = True
        for member in members:
            member.members = members
        return ends - index - 1

    def _each_doing(self, index: int, step: int) -> bool:
        """Tell whether each does something: "with A backing B and C arming D"."""
        first, second = self._item(index - 1), self._item(step + 1)
        return (
            isinstance(first, Verb)
            and isinstance(second, Verb)
            and first.kind == second.kind == "ing"
            and not first.aux
            and not second.aux
            and self._phrase(index - 2) is not None
            and self._is(index - 3, "IN")
        )

    def _parted(self, first: Phrase, others: list[Phrase]) -> bool:
        """Tell whether "of" leads to both: "the link of A and B", "a convoy of A and"."""
        if not first.preps or first.preps[-1][0] != "of":
            return False
        rows = self.lexicon.nouns.get(first.noun, ())
        if "mixed" in first.noun:
            return any(row["relation"] == "cooperates-with" for row in rows)
        inner = (first.preps[-1][1], *others)
        return bool(rows) and all(self._bare_name(one) for one in inner)

    def _bare_name(self, phrase: Phrase) -> bool:
        """Tell a name alone from "the Front's leader" and "a town of Belmark"."""
        return (
            self.words[phrase.head].mention is not None
            and not phrase.preps
            and not phrase.titles
        )

    def _opens(self, index: int, first: Phrase) -> bool:
        """Tell whether a comma ends what opens a sentence: "In March, A and B left"."""
        if index != 1 or not self._is(0, "IN") or not self._is(2, "CM"):
            return False
        if self.words[first.head].mention is None:
            return True
        at = index + 1
        while self._is(at, "CM") or self._is(at, "CC") or self._phrase(at) is not None:
            at += 1
        return self._verb(at) and not self._is(at - 1, "CM")

    def _ends(self, phrase: Phrase) -> list[Word]:
        inside = self.words[phrase.first : phrase.last + 1]
        return [word for word in inside if word.mention is not None]

    def _before(self, phrase: Phrase, end: int) -> bool:
        return any(item is phrase for item in self.items[:end])

    def _fellows(self, step: int) -> list[Phrase]:
        """Join "an ally of A and a rival of B"."""
        other = self._phrase(step)
        if other is None:
            return []
        second = self._phrase(step + 2)
        if (
            second is not None
            and self._is(step + 1, "CC")
            and (second.det in ("a", "an") or self._held(second))
        ):
            other.members = second.members = [other, second]
            del self.items[step + 1 : step + 3]
        return [other]

    def _told_where(self, other: Phrase, after: int) -> int:
        """Step over where and since when it is so: "A, B's proxy in C, denied"."""
        at, places = after, []
        while self._is(at, "IN") and (inner := self._phrase(at + 1)) is not None:
            if inner.noun in self.lexicon.nouns:
                return after
            places.append(inner)
            at += 2
        if not places or not self._is(at, "CM") or not self._says_what(other):
            return after
        self.structure.phrases += places
        return at

    def _apposition(self, index: int, first: Phrase, found: list[Phrase]) -> int:
        """Read ``, the minister,`` or ``, an ally of Belmark,`` behind a name."""
        if len(found) != 1 or self.words[found[0].head].tag not in ("NN", "PN"):
            return 0
        after = next(i for i, x in enumerate(self.items) if x is found[0]) + 1
        after = self._told_where(found[0], after)
        closed = self._is(after, "CM")
        at_end = after >= len(self.items) or self._is(after, "FS")
        other = found[0]
        named = self.words[first.head].mention is not None or (
            (self._stands(first) and self._says_what(other))
            or self._officer(first, other)
        )
        if self._clause_follows(index, after - 1):
            return 0
        open_ = self._is(after, "WD") and self._predicative(first, other)
        if not (closed or at_end or open_) or not (
            named or self.words[other.head].mention
        ):
            return 0
        if (
            index
            and isinstance(self.items[index - 1], Mark)
            and (self._is(index - 1, "IN") and not named)
            and not self._described(first, other)
        ):
            return 0
        if not named and other.det and not self._described(first, other):
            return 0
        first.appositions.append(other)
        other.gov, other.role = first, "appos"
        self.structure.phrases.append(other)
        step = after + 1 + self._is(after + 1, "RB")
        if self._is(step, "IN") and self._timed_at(step + 1):
            step += 2  # "Aldoria, an ally of Belmark, on Friday bombed"
        return after - index - 1 + (closed and self._verb(step))

    def _described(self, first: Phrase, other: Phrase) -> bool:
        """Tell whether a name says which one is meant: "a militia, the Cedar Front,"."""
        return (
            self.words[other.head].mention is not None
            and other.det in ("", "the")
            and first.det != ""
            and (first.noun in self.lexicon.generics or self._says_what(first))
        )

    def _clause_follows(self, index: int, step: int) -> bool:
        """Tell whether ``A … and B`` is rather ``A … and B does``."""
        after = self._item(step + 1)
        if self._is(step + 1, "CM"):  # "and Corvia, for once, believes"
            closed = next(
                (i for i in range(step + 2, step + 7) if self._is(i, "CM")), step
            )
            inside = self._is(step + 2, "IN") or self._is(step + 2, "RB")
            after = self._item(closed + 1) if inside else after
        if not isinstance(after, Verb) or after.kind in ("ing", "part", "inf"):
            return False
        at = index - 1
        while at >= 0:
            item = self.items[at]
            if isinstance(item, Verb):
                return not self._speaks(item) or (
                    at + 1 < index
                    and not isinstance(self.items[at + 1], Phrase)
                    and not self._is(at + 1, "SC")
                )
            if self._is(at, "SC") or self._is(at, "SM") or self._is(at, "WD"):
                return False
            at -= 1
        return False

    def _examples(self, index: int, phrase: Phrase) -> None:
        """Let "groups such as A and B" stand for A and B."""
        at = index + 1 + self._is(index + 1, "CM")
        if not isinstance(self._item(at), Mark):
            return
        if (self._low(at) == "such" and self._low(at + 1) == "as") or (
            self._low(at) == "in" and self._low(at + 1) == "particular"
        ):
            at += 1
        elif self._low(at) not in _NAMELY:
            return
        inner = self._phrase(at + 1)
        if inner is not None:
            phrase.preps.append(("such as", inner))
            inner.gov, inner.role = phrase, "such as"
            self.structure.phrases.append(inner)
            self.structure.phrases += [m for m in inner.members if m is not inner]
            stop = at + 2 + (self._is(at + 2, "CM") and self._verb(at + 3))
            del self.items[index + 1 : stop]

    def _colon(self) -> None:
        """Let "four groups …: A, B and C" stand for what is listed to the end."""
        at = len(self.items) - 2 - self._is(len(self.items) - 1, "FS")
        inner = self._phrase(at + 1)
        if self._low(at) != ":" or inner is None or len(inner.all) < 2:
            return
        for left in range(at - 1, max(at - 6, -1), -1):
            phrase = self._phrase(left)
            low = self.words[phrase.head].low if phrase is not None else ""
            if phrase is not None and low in self.lexicon.classes["listed"]:
                phrase.preps.append(("such as", inner))
                inner.gov, inner.role = phrase, "such as"
                self.structure.phrases.append(inner)
                self.structure.phrases += [m for m in inner.members if m is not inner]
                del self.items[at : at + 2]
                return

    def _attach(self) -> None:
        """Give each phrase the prepositional phrases that follow it."""
        for index, item in enumerate(self.items):
            if not isinstance(item, Phrase) or (
                item.pronoun and not item.noun.endswith(("body", "one"))
            ):
                continue
            at = index + 1
            while self._is(at, "IN") or self._is(at, "TO"):
                step = at
                names = []
                while self._is(step, "IN") or self._is(step, "TO"):
                    names.append(self._low(step))
                    step += 1
                inner = self._phrase(step)
                if inner is None or len(item.preps) > 6:
                    break
                item.preps.append((" ".join(names), inner))
                if (
                    at == index + 1
                    and inner.gov is None
                    and (self._governs(item) or item.noun in self.lexicon.contents)
                ):
                    inner.gov, inner.role = item, "of"
                self._handed_down(item, item.preps[-1])
                at = step + 1

    def _handed_down(self, phrase: Phrase, last: tuple[str, Phrase]) -> None:
        """Give what follows to the noun behind "of" too: "evidence of support for B"."""
        while phrase.preps and phrase.preps[0][0] == "of":
            phrase = phrase.preps[0][1]
            if phrase.pronoun or phrase is last[1]:
                return
            phrase.preps.append(last)
