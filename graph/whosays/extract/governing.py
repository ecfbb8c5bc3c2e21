"""Finite verbs: their subject to the left, and the clause they hang on."""

from __future__ import annotations

from whosays.extract.chunks import Mark
from whosays.extract.nodes import Phrase, Verb
from whosays.extract.relatives import Relatives


class Governing(Relatives):
    """Links finite verbs."""

    def _inverted(self, index: int, verb: Verb) -> bool:
        """Tell whether an auxiliary before the subject waits: "Is Aldoria arming"."""
        if verb.kind not in ("ing", "part", "fin") or verb.lemma in (
            "be",
            "do",
            "have",
        ):
            return False
        at = self._left(index - 1)
        if self._phrase(at) is None:
            return False
        opener = self._item(self._left(at - 1))
        return (
            isinstance(opener, Verb)
            and opener.kind == "fin"
            and opener.lemma in ("be", "do", "have", "will")
            and (verb.kind != "fin" or opener.lemma != "be")
            and self._bare_question(opener)
        )

    def _finite(self, index: int, verb: Verb) -> None:
        if self._helped_to(index, verb):
            return
        at = self._left(index - 1)
        if self._is(at, "WD") or (
            self._is(at, "SC") and self._low(at) == "that" and self._phrase(at - 1)
        ):
            self._relative(at, verb)
            return
        if self._is(at, "CC"):
            self._conjoin(at, verb)
            return
        if self._is(at, "CM"):  # "…, and, when the time came, turned"
            opened = next((i for i in range(at - 1, 0, -1) if self._is(i, "CM")), 0)
            if self._is(opened - 1, "CC") and not self._phrase(opened + 1):
                self._conjoin(opened - 1, verb)
                return
        behind = self._phrase(index + 1)
        if (
            behind is not None
            and self._speaks(verb)
            and self._may_speak(behind)
            and (
                self._is(index - 1, "QO")
                or (
                    self._is(index - 1, "CM")
                    and verb.lemma in self.lexicon.classes["invert"]
                )
            )
        ):
            verb.subj, verb.mark = behind, "said"
            return
        found, left = self._subject(index)
        if found is None and self._is(index - 1, "CM") and self._listed(index, verb):
            self._conjoin(index - 1, verb)
            return
        verb.subj = found
        if found is None:
            inverted = self._item(index + 1)
            if isinstance(inverted, Phrase) and verb.lemma in ("be", "have", "do"):
                verb.subj = inverted
        self._govern(left, index, verb)

    def _helped_to(self, index: int, verb: Verb) -> bool:
        """Read "which helped Belmark crush the Front": Belmark crushes."""
        helped, helper = self._phrase(index - 1), self._item(index - 2)
        bare = "b" in self.words[verb.head].forms and not verb.aux
        if (
            helped is None
            or not bare
            or not isinstance(helper, Verb)
            or helper.link != "rel"
            or not set(helper.lemmas) & {"help", "let"}
        ):
            return False
        verb.subj, verb.gov, verb.link = helped, helper.gov, "rel"
        return True

    def _may_speak(self, phrase: Phrase) -> bool:
        """Tell "wrote its constitution" from "wrote its secretary"."""
        owned = self.words[phrase.first].low in ("its", "their", "his", "her", "our")
        lexicon = self.lexicon
        return (
            not owned or phrase.noun in lexicon.heads or phrase.noun in lexicon.generics
        )

    def _subject(self, index: int) -> tuple[Phrase | None, int]:
        """Seek the subject to the left; give it and where it begins."""
        at = index - 1
        fallback: tuple[Phrase | None, int] = (None, at)
        while at >= 0:
            item = self.items[at]
            if isinstance(item, Phrase):
                if self._is(at - 1, "IN") or self._is(at - 1, "TO"):
                    if fallback[0] is None:
                        fallback = (None, at - 2)
                    at -= 2
                    continue
                claim = self._inside_claim(at)
                if claim is not None:
                    return claim
                jump = self._inside_relative(at)
                if jump is not None:
                    at = jump
                    continue
                return item, at - 1
            if isinstance(item, Verb):
                if item.link == "rel" and item.kind == "fin":
                    at = self._relative_start(at)
                    continue
                if item.kind in ("part", "inf", "ing"):
                    at -= 1
                    continue
                return fallback[0], at
            if item.tag == "CM":
                jump = self._parenthesis(at)
                if jump is None:
                    return fallback[0], at
                at = jump
                continue
            if item.tag == "RP":
                at = self._opening(at)
                continue
            if item.tag in ("RB", "QO", "JJ", "HY", "POS", "IN", "NG"):
                at -= 1
                continue
            return fallback[0], at
        return fallback[0], at

    def _inside_claim(self, at: int) -> tuple[Phrase, int] | None:
        """Leave what a claim says: "the charge that A armed B was rejected"."""
        verb = self._item(at - 1)
        if (
            not isinstance(verb, Verb)
            or verb.link != "ccomp"
            or not isinstance(verb.gov, Phrase)
        ):
            return None
        for left in range(at - 2, -1, -1):
            if self.items[left] is verb.gov:
                return verb.gov, left - 1
        return None

    def _parenthesis(self, at: int) -> int | None:
        """Jump over ``, … ,`` between subject and verb."""
        for left in range(at - 1, 0, -1):
            if self._is(left, "CM") and self._phrase(left - 1) is not None:
                inner = self.items[left + 1 : at]
                if inner and not (isinstance(inner[-1], Verb) and False):
                    return left - 1
            if self._is(left, "SM") or self._is(left, "FS"):
                return None
        return None

    def _govern(self, left: int, index: int, verb: Verb) -> None:
        """Hang a finite verb on what stands before its subject."""
        at = self._left(left)
        item = self._item(at)
        if isinstance(item, Mark) and item.tag == "SC":
            verb.mark = item.low
            before = self._item(self._left(at - 1))
            if item.low == "than" and self._low(at - 1) == "rather":
                verb.link, verb.gov = "prep:without", self._verb_left(at)
                verb.subj = verb.gov.subj if verb.gov else self._first_subject(index)
                return
            if item.low in ("that", "whether", "if", "how", "why", "what", "where"):
                self._complement(at, verb)
                if item.low == "why" and verb.gov is None:
                    verb.question = False
                return
            verb.link = "advcl"
            verb.gov = self._verb_left(at)
            if item.low == "as" and isinstance(before, Mark) and before.low == "just":
                verb.mark = ""
            return
        if (
            isinstance(item, Verb)
            and item.lemma in ("do", "have", "be", "will")
            and (item.subj is verb.subj or item.subj is None)
            and item.kind == "fin"
            and verb.subj is not None
            and self._bare_question(item)
        ):
            verb.aux = [self.words[item.head].low, *item.aux, *verb.aux]
            verb.question = True
            opened = self._phrase(item.item - 1)
            turned = self._low(item.item - 1) == "nor"  # "Nor does …"
            if turned or (opened is not None and opened.negated):  # "At no point …"
                verb.aux.append("never")
                verb.question = False
            elif self.words[-1].low != "?" and any(
                low in self.lexicon.classes["negator"] for low in item.aux
            ):
                verb.question = False  # "Never has …"
            word = self.words[verb.head]
            verb.passive = verb.passive or (
                "n" in word.forms and (item.lemma == "be" or "been" in verb.aux)
            )
            item.link = "auxiliary"
            self._govern(at - 1, index, verb)
            if verb.mark == "why":
                verb.question = False
            return
        said = self._said_when(at)
        if said is not None:
            verb.gov, verb.link = said, "ccomp"
            return
        if (
            isinstance(item, Phrase)
            and self._item(at - 1) is not None
            and (isinstance(self._item(at - 1), Verb))
        ):
            speaking = self._item(at - 1)
            if isinstance(speaking, Verb) and speaking.lemma in (
                "tell",
                "inform",
                "assure",
                "warn",
            ):
                verb.gov, verb.link = speaking, "ccomp"
                return
            if item.noun in self.lexicon.contents and self._claimed(index, verb):
                verb.gov, verb.link = item, "ccomp"  # "denied allegations it armed B"
                return
            if isinstance(speaking, Verb) and speaking.lemma not in ("do", "have"):
                verb.link = "rel"
                verb.gov = speaking
                return
        if isinstance(item, Mark) and item.tag == "CC":
            before = self._verb_left(at)
            if before is not None:
                verb.gov, verb.link = before.gov, before.link or "conj"
                if before.link in ("rel", "xcomp", "purpose", "quote", "") or (
                    before.link.startswith("prep")
                ):
                    root = before
                    while isinstance(root.gov, Verb) and root.link not in ("ccomp",):
                        root = root.gov
                    verb.gov = root.gov if root.link == "ccomp" else None
                    verb.link = "ccomp" if root.link == "ccomp" else ""
            return
        if isinstance(item, Mark) and item.tag == "WD":
            verb.link = "rel"
            verb.gov = self._verb_left(at)

    def _claimed(self, index: int, verb: Verb) -> bool:
        """Tell "allegations it armed B" from "allegations it made"."""
        behind = self._item(index + 1)
        return isinstance(behind, (Phrase, Verb)) or (
            isinstance(behind, Mark)
            and behind.tag in ("IN", "TO")
            and any(lemma in self.lexicon.verbs for lemma in verb.lemmas)
        )

    def _said_when(self, at: int) -> Verb | None:
        """Find the verb of speech of "said it", "said on Friday it"."""
        item = self._item(at)
        if isinstance(item, Phrase):
            if self.words[item.head].low not in self.lexicon.classes["when"]:
                return None
            item = self._item(at - 1 - self._is(at - 1, "IN"))
        if isinstance(item, Verb) and (self._speaks(item) or self._wishes(item)):
            return item
        return None

    def _wishes(self, verb: Verb) -> bool:
        """Tell whether what follows is wished for: "hopes that", "wishes it did"."""
        return bool(set(verb.lemmas) & self.lexicon.classes["wishing"])

    def _bare_question(self, verb: Verb) -> bool:
        """Tell whether an auxiliary opens a question: "Did Aldoria …"."""
        before = self._item(self._left(verb.item - 1))
        if isinstance(before, Phrase) and before.negated:  # "At no point did …"
            return True
        return before is None or (
            isinstance(before, Mark)
            and before.tag in ("CM", "SM", "QO", "SC", "WD", "CC", "FS", "RB", "NG")
        )

    def _aside(self, at: int) -> int:
        """Step over "…, as is often said, that"."""
        if not self._is(at, "CM"):
            return at
        opened = next((i for i in range(at - 1, 0, -1) if self._is(i, "CM")), 0)
        inside = self._low(opened + 1) in ("as", "according", "contrary", "to")
        return self._left(opened - 1) if opened and inside else at

    def _complement(self, at: int, verb: Verb) -> None:
        """Hang a clause behind "that" on the nearest verb or noun that takes one."""
        verb.link = "ccomp"
        left = self._aside(self._left(at - 1))
        item = self._item(left)
        if self._is(left, "CC") or self._is(left, "CM"):
            for before in range(left - 1, -1, -1):
                found = self.items[before]
                if isinstance(found, Verb) and found.link == "ccomp":
                    verb.gov = found.gov
                    return
            left = self._left(left - 1)
            item = self._item(left)
        if isinstance(item, Phrase) and item.noun in self.lexicon.contents:
            verb.gov = item
            return
        for before in range(left, -1, -1):
            found = self.items[before]
            if isinstance(found, Verb):
                if self._speaks(found) or self._wishes(found) or found.lemma == "be":
                    verb.gov = found
                    return
                if found.lemma in self.lexicon.classes["meaning"] and item is found:
                    verb.gov = found
                    return
                if isinstance(item, Phrase) and verb.mark == "that":
                    verb.link, verb.gov = "rel", found
                    return
                if verb.mark != "that":
                    break
            elif isinstance(found, Phrase) and found.noun in self.lexicon.contents:
                verb.gov = found
                return
        if verb.mark == "if" and verb.gov is None:
            verb.link = "advcl"
            verb.gov = self._verb_left(at)
