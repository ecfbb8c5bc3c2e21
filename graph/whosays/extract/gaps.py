"""What belongs together over a gap: "had for years armed", "positions held by A", "A armed B, C D"."""

from __future__ import annotations

from whosays.extract.asides import Asides
from whosays.extract.chunks import Mark, named
from whosays.extract.nodes import Phrase, Verb

_LONGEST = 9
"""Items that may stand between an auxiliary and its verb."""
_MADE = frozenset({"by", "between", "against", "on", "with"})
_APART = {"have": "n", "be": "ng", "will": "b"}
"""Auxiliaries that may stand apart from their verb, and its forms behind them."""


class Gaps(Asides):
    """Joins items in place."""

    def _apposed(self, at: int) -> Phrase | None:
        """Give the phrase there, or whom it tells more of."""
        raise NotImplementedError

    def _split_groups(self) -> None:
        """Join auxiliary and verb: "had for years been armed", "has, he said, armed"."""
        items = self.items
        for at in range(len(items) - 3, -1, -1):
            opener = items[at] if at < len(items) else None
            if isinstance(opener, Phrase):
                continue
            if self._low(at) == "never" and self._is(at + 1, "CM"):
                apart = self._awaited(at, "dsb", "")  # "never, at any time, armed"
                if apart is not None:
                    apart.aux.insert(0, "never")
                    del self.items[at]
                continue
            if not isinstance(opener, Verb) or len(opener.lemmas) != 1:
                continue
            form = _APART.get(opener.lemma, "")
            found = self._awaited(at, form, opener.lemma) if form else None
            if found is None:
                continue
            verb = found
            verb.aux = [*opener.aux, self.words[opener.head].low, *verb.aux]
            forms = self.words[verb.head].forms
            by_be = opener.lemma == "be" and not self.words[verb.head].low.endswith(
                "ing"
            )
            verb.passive = verb.passive or (
                "n" in forms and (by_be or "been" in verb.aux)
            )
            verb.kind = opener.kind
            del self.items[at]

    def _awaited(self, at: int, form: str, opener: str) -> Verb | None:
        comma = self._is(at + 1, "CM")
        quoted = self._item(at + 2)
        if self._is(at + 1, "QO") and isinstance(quoted, Verb):  # 'would "crush" it'
            fits = set(form) & set(self.words[quoted.head].forms)
            return quoted if fits and not quoted.aux else None
        if not comma and not (
            opener == "have" and self._is(at + 1, "IN") and self._phrase(at + 2)
        ):
            return None
        for step in range(at + 2, min(at + _LONGEST, len(self.items))):
            item = self.items[step]
            if isinstance(item, Verb):
                fits = set(form) & set(self.words[item.head].forms)
                bare = item.aux in ([], ["been"], ["not"], ["never"])
                ends = self._is(step - 1, "CM") if comma else self._phrase(step - 1)
                if fits and bare and ends:
                    return item
                if not (comma and self._speaks(item)):
                    return None
            elif isinstance(item, Mark) and item.tag in ("SM", "FS", "CC", "WD"):
                return None
        return None

    def _contrasted(self) -> None:
        """Read "not with A but with B": the second is meant, the first is not."""
        if "but" not in self.lows:
            return
        for at in range(len(self.items) - 3, 1, -1):
            if self._low(at) != "but":
                continue
            first, step = self._phrase(at - 1), at + 1
            if first is None:
                continue
            linked = self._is(at - 2, "IN") or self._is(at - 2, "TO")
            if linked and self._low(at - 2) == self._low(step):
                step += 1
            elif linked:
                continue
            second = self._phrase(step)
            if second is None or self._verb(step + 1):
                continue
            before = at - 2 - linked
            verb = self._verb_left(at)
            if self._low(before) == "not" and self._is(before, "NG"):
                meant = first
                del self.items[at : step + 1]
                del self.items[before]
            elif verb is not None and "not" in verb.aux:
                meant = second
                del self.items[at : step + 1]
            else:
                continue
            words = self.words[meant.first : meant.last + 1]
            self.structure.negated |= {one.start for one in words if one.mention}
            members = [*first.all, *second.all]
            for member in members:
                member.members = members

    def _belonging(self) -> None:
        """Read "positions held by A", "jets belonging to A" as "of A"."""
        if "by" not in self.lows and "to" not in self.lows:
            return
        items = self.items
        for at in range(len(items) - 4, -1, -1):
            head = items[at]
            if (
                not isinstance(head, Phrase)
                or head.noun not in self.lexicon.heads
                or at + 3 >= len(items)
            ):
                continue
            link, by, owner = items[at + 1 : at + 4]
            if (
                not isinstance(owner, Phrase)
                or not isinstance(by, Mark)
                or head.owners
                or head.mods
                or self.words[owner.head].mention is None
            ):
                continue
            held = (
                isinstance(link, Verb)
                and not link.aux
                and bool(set(link.lemmas) & self.lexicon.classes["holding"])
                and by.low in ("by", "to")
            )
            loyal = isinstance(link, Mark) and link.low == "loyal" and by.low == "to"
            if held or loyal:
                head.preps.append(("of", owner))
                head.last = owner.last
                owner.gov, owner.role = head, "of"
                self.structure.phrases.append(owner)
                self.structure.phrases += [m for m in owner.members if m is not owner]
                del self.items[at + 1 : at + 4]

    def _made(self) -> None:
        """Read "the embargo imposed by A on B" as "the embargo by A on B"."""
        if self.lows.isdisjoint(_MADE):
            return
        for at in range(len(self.items) - 3, -1, -1):
            head, verb = self.items[at], self.items[at + 1]
            if (
                isinstance(head, Phrase)
                and isinstance(verb, Verb)
                and not verb.aux
                and self._low(at + 2) in _MADE
                and "n" in self.words[verb.head].forms
                and self._phrase(at + 3) is not None
                and (
                    head.noun in self.lexicon.nouns
                    or (
                        head.noun in self.lexicon.contents and self._low(at + 2) == "by"
                    )
                )
                and not head.owners
                and not head.mods
                and self._done(verb)
            ):
                del self.items[at + 1]

    def _done(self, verb: Verb) -> bool:
        return any(
            row["role"] == "does" or lemma in self.lexicon.classes["making"]
            for lemma in verb.lemmas
            for row in (*self.lexicon.light.get(lemma, ()), {"role": ""})
        )

    def _whose(self) -> None:
        """Let "whose" be the name before it: "the Front, whose men"."""
        if "whose" not in self.lows:
            return
        for at, item in enumerate(self.items):
            if not isinstance(item, Phrase) or self.words[item.first].low != "whose":
                continue
            left = at - 1 - self._is(at - 1, "CM")
            owner = self._phrase(left)
            if owner is None:
                continue
            word = self.words[owner.head]
            if word.mention is not None:
                item.owners = [named(word), *item.owners]
            else:
                item.preps.append(("of", owner))

    def _object_relatives(self) -> None:
        """Give a verb the object that stands before it: "the Front, which A armed"."""
        for verb in self.structure.verbs:
            if verb.subj is None or verb.passive:
                continue
            if verb.obj is not None and (
                verb.obj2 is not None or not self._given(verb)
            ):
                continue
            at = next((i for i, x in enumerate(self.items) if x is verb.subj), 0) - 1
            joined = self._low(at) in ("that", "which", "whom", "who")
            left = at - joined
            left -= joined and self._is(left, "CM")
            before = self._phrase(left)
            if before is None or before is verb.subj or before.pronoun:
                continue
            if not joined and (
                self.words[before.head].tag != "NN"
                or not (before.det or before.noun in self.lexicon.themes)
                or at != left
                or isinstance(verb.gov, Phrase)
                or (self._verb(left - 1) and verb.link == "ccomp")
            ):
                continue
            if self._low(at) == "that" and (
                before.noun in self.lexicon.contents
                or (isinstance(verb.gov, Verb) and self._speaks(verb.gov))
            ):
                continue
            if verb.obj is not None:
                if before.noun in self.lexicon.themes:  # "the money that A gave B"
                    verb.obj2, verb.link = before, "rel"
                continue
            if self._phrase(verb.item + 1) is not None:
                continue
            if verb.link in ("ccomp", ""):
                verb.link = "rel"
            if not joined and before.noun in self.lexicon.contents:
                verb.gov = verb.gov or before  # "a charge it denies"
            after = verb.item + 1
            if self._is(after, "IN") and self._phrase(after + 1) is None:
                verb.obl.append((self._low(after), before))
            elif not self._speaks(verb) or "accuse" in verb.lemmas:
                apposed = (
                    None if joined else self._apposed(left)
                )  # "A, a group B funds,"
                verb.obj = apposed or before
                self._controlled(verb)

    def _given(self, verb: Verb) -> bool:
        """Tell whether a verb may have two objects: "gave the Front money"."""
        return any(
            row["role"] == "gives"
            for lemma in verb.lemmas
            for row in self.lexicon.light.get(lemma, ())
        )

    def _controlled(self, verb: Verb) -> None:
        """Let "whom A accused of arming B" be who arms."""
        for other in self.structure.verbs:
            name = other.link.partition(":")[2]
            if (
                other.gov is verb
                and other.subj is verb.subj
                and name in self.lexicon.classes["object-preposition"]
            ):
                other.subj = verb.obj

    def _pied(self) -> None:
        """Read "the Front, to whom A sent arms": what stands before is the receiver."""
        if "whom" not in self.lows and "which" not in self.lows:
            return
        for at in range(2, len(self.items) - 1):
            if not self._is(at, "WD"):
                continue
            preposition = self._low(at - 1)
            left = at - 2 - self._is(at - 2, "CM")
            before = self._phrase(left)
            if (
                self._low(at) not in ("whom", "which")
                or before is None
                or not (self._is(at - 1, "IN") or self._is(at - 1, "TO"))
            ):
                continue
            for verb in self.structure.verbs:
                if verb.item > at:
                    if preposition == "of" and verb.pred is None:
                        break
                    if before.noun in self.lexicon.predicates and before.preps:
                        before = before.preps[0][1]  # "the head of A, with whom"
                    verb.obl.append((preposition, before))
                    verb.link = verb.link or "rel"
                    break

    def _opening_clause(self) -> None:
        """Read "That A armed B is a lie": the clause is what the copula is about."""
        if self._low(0) != "that":
            return
        said = next((one for one in self.structure.verbs if one.mark == "that"), None)
        if said is None or said.gov is not None:
            return
        for verb in self.structure.verbs:
            if verb.lemmas[-1:] == ("be",) and verb.item > said.item and not verb.mark:
                said.gov, said.link = verb, "ccomp"
                verb.subj = None
                return

    def _gap_follows(self, at: int) -> bool:
        """Tell whether two names side by side stand there: "…, Corvia the Brigade"."""
        first, second = self._phrase(at), self._phrase(at + 1)
        return (
            first is not None
            and second is not None
            and self.words[first.head].mention is not None
            and self.words[second.head].mention is not None
            and not self._verb(at + 2)
        )

    def _gapped(self) -> None:
        """Let a verb go on without being said again: "A armed the Front, B the League"."""
        for verb in list(self.structure.verbs):
            if verb.subj is None or verb.obj is None or verb.passive:
                continue
            at = next((i for i, x in enumerate(self.items) if x is verb.obj), -1) + 1
            while at and (self._is(at, "CM") or self._is(at, "CC")):
                at += 1
                if self._gap_follows(at):
                    made = Verb(verb.first, verb.head, verb.lemmas, verb.kind)
                    made.aux, made.end, made.item = verb.aux, verb.end, verb.item
                    made.subj, made.obj = self._phrase(at), self._phrase(at + 1)
                    made.gov, made.link, made.mark = verb.gov, verb.link, verb.mark
                    self.structure.verbs.append(made)
                    at += 2
