"""Items of a sentence → who does what to whom, and what hangs on what.

A reader by position: subjects are sought to the left, objects to the right, and each
verb is hung on what governs it. It is the first of the two readers (the other one has
a parse); both fill the same nodes.
"""

from __future__ import annotations

import itertools

from whosays.extract.chunks import Mark
from whosays.extract.governing import Governing
from whosays.extract.nodes import Phrase, Structure, Verb

_WHATEVER = frozenset({"whatever", "whichever", "however", "what"})


class ClauseReader(Governing):
    """Links the items of one sentence; use ``read``."""

    def read(self) -> Structure:
        """Link all items and give the structure."""
        self._brackets()
        self._interjected()
        self._split_groups()
        self._known()
        self._join_of()
        self._timed_between()
        self._fronted()
        self._coordinate()
        self._dashed()
        self._contrasted()
        self._belonging()
        self._made()
        self._whose()
        self._when_done()
        items, structure = self.items, self.structure
        for index, item in enumerate(items):
            if isinstance(item, Verb):
                item.item = index
                structure.verbs.append(item)
            elif isinstance(item, Phrase):
                structure.phrases.append(item)
                if item.members:
                    structure.phrases += [m for m in item.members if m is not item]
        self._attach()
        for index, item in enumerate(items):
            if isinstance(item, Verb):
                self._link(index, item)
        for item in structure.verbs:
            self._objects(item)
        self._opening_adjunct()
        self._object_relatives()
        self._pied()
        self._opening_clause()
        self._share()
        self._quotes()
        self._gapped()
        self._according()
        self._asides()
        self._postposed()
        last = [word.low == "?" for word in self.words[-2:]]
        structure.question = any(last)
        if all(last):  # "So it sends monitors??"
            structure.question = any(verb.question for verb in structure.verbs)
        return structure

    def _link(self, index: int, verb: Verb) -> None:
        if self._inverted(index, verb):
            self._finite(index, verb)
            return
        if verb.kind == "inf":
            self._infinitive(index, verb)
        elif verb.kind == "ing" or (not index and "having" in verb.aux):
            self._gerund(index, verb)
        elif verb.kind == "part" or self._reduced(index, verb):
            self._participle(index, verb)
        else:
            self._finite(index, verb)

    def _objects(self, verb: Verb) -> None:
        """Collect object, obliques and predicate to the right of a verb."""
        at = verb.item + 1
        items = self.items
        if verb.link == "auxiliary":
            return
        if verb.lemma == "be":
            self._predicate(verb)
        preposition = ""
        taken = 0
        while at < len(items) and taken < 8:
            item = items[at]
            if isinstance(item, Phrase):
                if item is verb.subj and not preposition:
                    at += 1
                    continue
                after = items[at + 1] if at + 1 < len(items) else None
                if (
                    preposition not in ("", "as")
                    and self._is(at - 1, "SC")
                    and isinstance(after, Verb)
                    and after.kind == "fin"
                    and after.subj is item
                ):
                    return  # "after ten of its men were shot"
                if (
                    not preposition
                    and isinstance(after, Verb)
                    and (
                        after.kind == "fin"
                        and after.subj is item
                        and after.gov in ((verb,) if verb.obj is None else (verb.obj,))
                    )
                ):
                    return
                if (
                    isinstance(after, Verb)
                    and after.link == "ccomp"
                    and after.kind == "ing"
                    and after.subj is item
                ):
                    return  # "charges about it arming B"
                if preposition:
                    verb.obl.append((preposition, item))
                    self._hang(item, verb, f"obl:{preposition}")
                elif verb.obj is None and verb.pred is None:
                    verb.obj = item
                    self._hang(item, verb, "obj")
                elif verb.obj2 is None:
                    verb.obj2 = item
                    self._hang(item, verb, "obj2")
                preposition = ""
                taken += 1
            elif isinstance(item, Verb):
                if not (item.kind == "part" and verb.obj is not None) or item.item > (
                    verb.item + 4
                ):
                    return
            elif item.tag in ("IN", "TO") or (
                item.tag == "SC"
                and item.low
                in (
                    "as",
                    "before",
                    "after",
                    "since",
                    "until",
                )
            ):
                double = preposition and at and items[at - 1] is not None
                preposition = (
                    f"{preposition} {item.low}"
                    if (double and preposition in ("out", "up", "on", "in", "away"))
                    else item.low
                )
            elif (
                item.tag in ("RB", "JJ", "QO", "NG", "HY", "LP", "RP", "CD")
                or (item.tag == "CM" and self._goes_on(at, verb))
                or self._again(at, verb)
            ):
                pass
            else:
                return
            at += 1

    def _opening_adjunct(self) -> None:
        """Give the main verb what opens its sentence: "With A's help, B …"."""
        if self._low(0) not in ("with", "under", "at", "through"):
            return
        first = self._phrase(1)
        if first is None:
            return
        at = 2
        while at < len(self.items) and not self._is(at, "CM"):
            if isinstance(self.items[at], Verb):
                return
            at += 1
        subject = self._phrase(at + 1)
        for verb in self.structure.verbs:
            if subject is not None and verb.subj is subject and not verb.link:
                verb.obl.append((self._low(0), first))
                self._hang(first, verb, f"obl:{self._low(0)}")
                return

    def _hang(self, phrase: Phrase, verb: Verb, role: str) -> None:
        """Hang a phrase and all of its list on a verb."""
        for one in phrase.all:
            one.role = one.role or role
            one.gov = one.gov or verb

    def _goes_on(self, at: int, verb: Verb) -> bool:
        """Tell whether a clause goes on behind a comma: "…, with Belmark's help, …"."""
        return (
            self._is(at + 1, "IN")
            and verb.obj is None
            and (self._phrase(at + 2) is not None and not verb.obl)
        )

    def _again(self, at: int, verb: Verb) -> bool:
        """Tell whether a preposition is said again: "depends on A, and on B"."""
        step = at + self._is(at, "CM")
        step += self._is(step, "CC")
        return (
            step > at
            and self._phrase(step + 1) is not None
            and not self._verb(step + 2)
            and any(self._low(step) == name for name, _ in verb.obl)
        )

    def _predicate(self, verb: Verb) -> None:
        """Read what a copula predicates: a noun phrase, or an adjective as a lemma."""
        at = verb.item + 1
        if verb.subj is not None and self._item(at) is verb.subj:
            at += 1
        while isinstance(self._item(at), Mark) and self._is(at, "RB"):
            at += 1
        found = self._item(at)
        if isinstance(found, Phrase):
            verb.pred = found
            self._hang(found, verb, "pred")
            verb.lemmas = (f"be {found.noun}", *verb.lemmas)
        first = (
            found.first
            if isinstance(found, Phrase)
            else (found.index if isinstance(found, Mark) else 0)
        )
        if not first:
            return
        lows = [w.low for w in self.words[first : first + 4]]
        for size in (4, 3, 2, 1):
            phrase = " ".join(lows[:size])
            if phrase in self.lexicon.predicates or (
                ("verb", f"be {phrase}") in self.lexicon.scope
            ):
                verb.lemmas = (f"be {phrase}", *verb.lemmas)
                if isinstance(found, Mark):
                    verb.end = found.index
                break

    def _share(self) -> None:
        """Give coordinated verbs the object, and the subject, of their fellow."""
        for verb, after in [*itertools.pairwise(self.structure.verbs)][::-1]:
            marks = [
                i.tag if isinstance(i, Mark) else ""
                for i in self.items[verb.item + 1 : after.item]
                if not (isinstance(i, Mark) and i.tag == "RB")
            ]
            listed = marks == ["CM"] and verb.kind == after.kind == "fin"
            joined = "CC" in marks and set(marks) <= {"CC", "CM"}
            if joined and self._aside_verb(verb):
                continue  # "…, Belmark said, and has armed"
            if joined and verb.link == "ccomp" and after.link == "":
                continue  # "said that B has left, and condemned A"
            if listed and after.subj is None and not self._speaks(verb):
                after.subj, after.gov, after.link = verb.subj, verb.gov, verb.link
                joined = True  # "trains, equips and pays"
            between = self.items[verb.item + 1 : after.item]
            raised = (
                len(between) == 2
                and self._is(verb.item + 1, "CC")
                and between[1] is after.subj
                and not self._speaks(verb)
                and any(lemma in self.lexicon.verbs for lemma in verb.lemmas)
            )  # "A armed and B paid the Front"
            both = verb.passive and after.passive and verb.subj is after.subj
            joined |= both and marks == ["CM"]  # "was trained, paid and led by A"
            if (joined or raised) and verb.obj is None and not verb.obl:
                verb.obj, verb.obl = after.obj, after.obl
                if joined and after.obj is None and after.obl:
                    beside = after.obl[0]  # "sheltering and working with the Front"
                    verb.obj = beside[1] if beside[0] == "with" else None
                verb.pred = verb.pred or after.pred

    def _quotes(self) -> None:
        """Hang clauses on a verb of speech beside them: "…," said Vale."""
        verbs = self.structure.verbs
        governing = {
            id(verb.gov) for verb in verbs if verb.link not in ("advcl", "rel")
        }
        for speech in verbs:
            if (
                not self._speaks(speech)
                or speech.gov is not None
                or (speech.kind != "fin" or id(speech) in governing or speech.passive)
            ):
                continue
            if speech.obj is speech.subj:
                speech.obj = None
            left, right = self._extent(speech)
            before = (
                self._is(left, "CM") or self._is(left, "QO") or self._is(left, "SM")
            )
            after = (
                self._is(right, "SM")
                or self._is(right, "QO")
                or (self._is(right, "CM") and (before or self._is(right + 1, "QO")))
            )
            if {"may", "might"} & {*speech.aux} or self._whatever(speech):
                continue  # "whatever Belmark may claim"
            told = set(speech.lemmas) & {"tell", "inform", "assure", "remind", "warn"}
            own = speech.obj is not None and not speech.mark and not told
            if own and not self._is(right, "QO"):
                continue
            for verb in verbs:
                aside = verb.gov is speech and verb.link == "advcl" and before
                if aside and after and verb.item > right:
                    verb.link = "quote"  # "…, its chairman said, because she had"
                    continue
                if (
                    verb is speech
                    or verb.gov is not None
                    or verb.link not in ("", "rel")
                ):
                    continue
                if (verb.item < left and before) or (verb.item > right and after):
                    verb.gov, verb.link = speech, "quote"

    def _whatever(self, speech: Verb) -> bool:
        """Tell whether what is said does not matter: "whatever Belmark says"."""
        first = speech.subj.first if speech.subj is not None else speech.first
        before = self.words[first - 1].low if first else ""
        return {self.words[first].low, before} & _WHATEVER != set()

    def _asides(self) -> None:
        """Read "as Belmark alleges" and "or so Belmark says": Belmark speaks."""
        for speech in self.structure.verbs:
            if speech.subj is None or speech.mark not in ("as", "so"):
                continue
            if not any(
                row["sign"] == "+1" and "that" in row["frames"]
                for lemma in speech.lemmas
                for row in self.lexicon.speech.get(lemma, ())
            ):
                continue
            after = self._item(speech.item + 1)
            closed = after is None or (
                isinstance(after, Mark) and after.tag in ("CM", "FS", "SM")
            )
            opener = next((i for i, x in enumerate(self.items) if x is speech.subj), 0)
            so = speech.mark == "as" or self._low(opener - 2) == "or"
            if closed and so and self.structure.according is None:
                self.structure.according = speech.subj
                speech.gov, speech.link = None, "aside"

    def _extent(self, speech: Verb) -> tuple[int, int]:
        """Give the items just before and just after a verb of speech and its subject."""
        left = right = speech.item
        for at, item in enumerate(self.items):
            if item is speech.subj:
                left, right = min(left, at), max(right, at)
        left -= 1
        while self._is(left, "RB"):
            left -= 1
        right += 1
        while right < len(self.items) and (
            isinstance(self._item(right), Phrase)
            or self._is(right, "IN")
            or self._is(right, "TO")
            or self._is(right, "RB")
        ):
            right += 1
        return left, right

    def _according(self) -> None:
        if not any(low.startswith("accord") for low in self.lows):
            return
        for at, item in enumerate(self.items):
            low = self._low(at)
            if (
                low == "according"
                and (self._is(at + 1, "TO") or self._low(at + 1) == "to")
            ) or (isinstance(item, Verb) and "accord" in item.lemmas):
                self.structure.according = self._phrase(at + 2)
                opened = self._is(at - 1, "CM") and (
                    self._is(at - 2, "CC") or self._is(at - 2, "WD")
                )  # "and, according to some, has armed": only what follows
                if opened and isinstance(item, Mark):
                    self.structure.according_from = item.index
