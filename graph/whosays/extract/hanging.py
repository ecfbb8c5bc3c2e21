"""Infinitives, forms in -ing and participles: their subject, and what they hang on."""

from __future__ import annotations

from whosays.extract.chunks import TIMES, Mark
from whosays.extract.nodes import Phrase, Verb
from whosays.extract.participles import Participles

_PRESENT = frozenset({"is", "are", "has", "have", "does", "do", "'s", "'re", "'ve"})
_MEANS = frozenset({"contact", "network", "route", "channel", "territory", "airspace"})
_DOERS = ("by", "from", "of")
"""What is used to do something by whoever uses it."""


class Hanging(Participles):
    """Links verbs that are not finite."""

    def _infinitive(self, index: int, verb: Verb) -> None:
        at = self._left(index - 1)
        item = self._item(at)
        if isinstance(item, Mark) and item.tag == "CC":
            self._conjoin(at, verb)
            return
        verb.link = "xcomp"
        while isinstance(item, (Phrase, Mark)):
            if isinstance(item, Phrase) and self._governs(item):
                verb.gov = item
                verb.subj = self._owner(item, at)
                return
            if isinstance(item, Mark) and item.tag not in ("IN", "TO", "RB", "JJ"):
                break
            at = self._left(at - 1)
            item = self._item(at)
        if not isinstance(item, Verb):
            verb.link = "purpose"
            if (
                index == 1
                and verb.aux == ["to"]
                and not any(
                    isinstance(one, Verb) and one.kind == "fin" for one in self.items
                )
            ):  # a headline: "Aldoria to arm the Front"
                verb.subj, verb.link, verb.kind = self._phrase(0), "", "fin"
                verb.aux = [*verb.aux, "will"]
            return
        verb.gov = item
        between = self._item(self._left(index - 1))
        controls = bool(set(item.lemmas) & self.lexicon.classes["control"]) or any(
            "directive" in row["kind"]
            for lemma in item.lemmas
            for row in self.lexicon.scope.get(("verb", lemma), ())
        )
        held = verb.lemma == "be" and set(item.lemmas) & self.lexicon.classes["namer"]
        thing = (
            isinstance(between, Phrase)
            and "use" in item.lemmas
            and item.obj is None
            and (used := self._phrase_right(item.item, index)) is not None
            and (used.det in ("its", "their", "his", "her") or used.noun in _MEANS)
        )
        if (
            isinstance(between, Phrase)
            and (controls or held)
            and not item.passive
            and not thing
        ):
            sent = self._phrase_right(item.item, index) or between
            verb.subj = item.subj if self._nameless(sent, item) else sent
        elif (
            item.lemmas[-1:] in (("be",), ("remain",))
            and item.subj is not None
            and item.subj.noun in self.lexicon.scope_nouns
        ):
            verb.subj = self._owner(item.subj, item.item)  # "its goal is to …"
            verb.link, verb.gov = "goal", item
        else:
            verb.subj = item.subj

    def _nameless(self, phrase: Phrase, verb: Verb) -> bool:
        """Tell whether the sender's own men are sent: "sent fighters to support B"."""
        inside = self.words[phrase.first : phrase.last + 1]
        return (
            any(self.lexicon.light.get(lemma) for lemma in verb.lemmas)
            and not phrase.pronoun
            and not any(word.mention or word.tag == "PS" for word in inside)
        )

    def _owner(self, phrase: Phrase, at: int) -> Phrase | None:
        """Find who plans, of "Aldoria's plan to" and "Aldoria made plans to"."""
        if phrase.owners or phrase.mods:
            made = Phrase(phrase.first, phrase.first, phrase.first)
            made.fillers = (phrase.owners or phrase.mods)[-1:]
            return made
        for title in phrase.titles:
            if title.startswith("@") and title[1:].isdigit():  # "our goal"
                place = int(title[1:])
                low = self.words[place].low
                made = Phrase(place, place, place, low, pronoun=True)
                self.structure.phrases.append(made)
                return made
        if phrase.preps and phrase.preps[0][0] in ("of", "by"):
            return phrase.preps[0][1]
        for left in range(at - 1, -1, -1):
            item = self.items[left]
            if isinstance(item, Verb):
                return item.subj
        return None

    def _gerund(self, index: int, verb: Verb) -> None:
        at = self._left(index - 1)
        item = self._item(at)
        if item is None:
            verb.link = "advcl"
            verb.subj = self._first_subject(index)
            return
        if isinstance(item, Mark) and item.tag == "CC":
            self._conjoin(at, verb)
            return
        if isinstance(item, Verb):
            verb.gov, verb.link, verb.subj = item, "xcomp", item.subj
            return
        if isinstance(item, Mark) and item.tag in ("IN", "TO", "SC"):
            self._prepositional(at, item, verb)
            return
        if isinstance(item, Phrase):
            verb.link, verb.subj = "rel", self._apposed(at)
            verb.gov = self._verb_left(at)
            aside = self._is(at - 1, "IN") and self._low(at - 1) not in _DOERS
            if self._low(at - 1) == "with" and (at == 1 or self._is(at - 2, "CM")):
                aside = False  # "…, with the Front attacking B"
            if verb.gov is not None and (
                self._timed(at) or (aside and self._tells(verb))
            ):
                verb.link, verb.subj = "advcl", verb.gov.subj
                return  # "advanced in May taking", "sued at court accusing"
            if item.noun in self.lexicon.classes["document"]:
                verb.subj = self._owner(item, at)  # "a statement condemning A"
            told = None
            if self._low(at - 1) in ("about", "on"):
                told = self._phrase(at - 2)
                if self._low(at - 3) in (
                    "by",
                    "from",
                ):  # "charges by A about it arming"
                    told = self._phrase(at - 4) or told
            if item.noun in self.lexicon.contents and item.preps:
                told, verb.subj = item, item.preps[-1][1]  # "reports of A arming B"
            if told is not None and told.noun in self.lexicon.contents:
                verb.gov, verb.link = told, "ccomp"
                return
            if isinstance(verb.gov, Verb) and verb.gov.lemma in (
                "see",
                "catch",
                "stop",
                "prevent",
                "watch",
                "film",
                "find",
                "have",
            ):
                verb.link = "xcomp"
            return
        before = self._verb_left(at)
        if self._is(at, "CM"):
            if self._tells(verb):
                before = self._main(before)  # "objected to Vale leading it, accusing"
            while before is not None and before.link == "rel" and before.kind != "fin":
                if not isinstance(before.gov, Verb):
                    break
                before = before.gov  # "hit a convoy escorted by B, killing"
        verb.gov, verb.link = before, "advcl"
        verb.subj = before.subj if before is not None else self._first_subject(index)
        named = self._phrase(at - 1) if before is None and self._is(at, "CM") else None
        if named is not None and not self._is(at - 2, "IN"):
            verb.subj = named  # "The Front, fighting B for years, has"
        if before is not None and before.passive:
            verb.subj = self._by(before, at) or verb.subj

    def _by(self, verb: Verb, stop: int) -> Phrase | None:
        """Find who does it, of "shots were fired by A, injuring men"."""
        if verb.subj is not None and self.words[verb.subj.head].mention is not None:
            return None
        for at in range(verb.item + 1, stop):
            if self._low(at) == "by":
                return self._phrase(at + 1)
        return None

    def _main(self, verb: Verb | None) -> Verb | None:
        """Leave forms in -ing, and what somebody says, for the verb above them."""
        while verb is not None and verb.kind != "fin" and verb.item:
            left = self._verb_left(verb.item)
            if left is None:
                return verb
            verb = left
        while (
            verb is not None
            and verb.link == "ccomp"
            and isinstance(verb.gov, Verb)
            and self._speaks(verb.gov)
        ):
            verb = verb.gov
        return verb

    def _tells(self, verb: Verb) -> bool:
        return any(lemma in self.lexicon.speech for lemma in verb.lemmas)

    def _timed(self, at: int) -> bool:
        """Tell whether a time stands there: "on Friday"."""
        phrase = self._phrase(at)
        if phrase is None or not self._is(at - 1, "IN"):
            return False
        low = self.words[phrase.head].low
        return low in TIMES or low in self.lexicon.classes["when"]

    def _prepositional(self, at: int, mark: Mark, verb: Verb) -> None:
        verb.link = f"prep:{mark.low}"
        if self._low(at - 1) in ("instead", "rather", "far"):
            verb.link = "prep:without"
            verb.gov = self._verb_left(at)
            verb.subj = verb.gov.subj if verb.gov else self._first_subject(at)
            return
        left = self._item(self._left(at - 1))
        if isinstance(left, Phrase) and (
            left.noun in self.lexicon.contents or self._governs(left)
        ):
            verb.gov = left
            verb.subj = self._owner(left, self._left(at - 1))
            return
        before = self._verb_left(at)
        while before is not None and before.link == "rel" and self._is(at - 1, "CM"):
            before = self._verb_left(before.item)  # ", which denies it, of arming"
        verb.gov = before
        if before is None:
            verb.link = verb.link if mark.low == "without" else "advcl"
            verb.subj = self._first_subject(at)
            return
        verb.subj = before.subj
        if (
            mark.low in self.lexicon.classes["object-preposition"]
            or (mark.low == "by" and "accuse" in before.lemmas)
        ) and not before.passive:
            between = self._phrase_right(before.item, at) or self._whom(before)
            step = between is not None and between.noun in self.lexicon.classes["step"]
            if between is not None and not (step and "take" in before.lemmas):
                verb.subj = between
        blamed = mark.low == "by" and "accuse" in before.lemmas
        if (
            mark.low in ("after", "before", "while", "when", "since", "by", "in", "as")
            and not blamed
        ):
            verb.subj = before.subj
            if mark.low not in ("by", "in"):
                verb.link = "advcl"
            helped = self._phrase_right(before.item, at)
            if (
                mark.low == "by"
                and helped is not None
                and (
                    set(before.lemmas) & self.lexicon.classes["charging"]
                    and not before.passive
                )
            ):
                verb.subj, verb.link = helped, "prep:of"  # "accused A of a crime by"
                return
            if (
                mark.low == "in"
                and helped is not None
                and set(before.lemmas) & self.lexicon.classes["aiding"]
            ):
                verb.subj = helped  # "helped the Front in attacking B"

    def _whom(self, verb: Verb) -> Phrase | None:
        """Find the object that stands before: "the Front, whom A accuses of arming"."""
        if verb.subj is None:
            return None
        at = next((i for i, x in enumerate(self.items) if x is verb.subj), 0) - 1
        if self._low(at) not in ("whom", "which", "who", "that"):
            return None
        return self._phrase(at - 1 - self._is(at - 1, "CM"))

    def _first_subject(self, index: int) -> Phrase | None:
        """Find the subject of the main clause behind an opening participle."""
        for at in range(index + 1, len(self.items)):
            if self._is(at, "CM"):
                return self._phrase(at + 1)
        return None

    def _told_since(self, said: Verb, verb: Verb) -> bool:
        """Tell whether who speaks goes on: "said that B is near, and vowed to help"."""
        lows = (*said.aux, self.words[said.head].low)
        return (
            said.link == "ccomp"
            and self._tells(verb)
            and self.words[verb.head].low.endswith("d")
            and not _PRESENT.isdisjoint(lows)
        )

    def _conjoin(self, at: int, verb: Verb) -> None:
        """Hang a verb behind "and" on its fellow."""
        form = verb.kind
        fellow: Verb | None = None
        for left in range(at - 1, -1, -1):
            item = self.items[left]
            if isinstance(item, Verb):
                base = "b" in self.words[verb.head].forms and not verb.aux
                same = item.kind == form or (item.kind == "inf" and base)
                if (
                    base
                    and form == "fin"
                    and item.kind == "fin"
                    and not (set(self.words[verb.head].forms) & {"d"})
                ):
                    same = bool(item.aux) or "b" in self.words[item.head].forms
                elif form == "fin" == item.kind and not verb.aux:
                    same = not self._modal_group(item)  # "would …, and argued"
                    same &= not (
                        self._is(at - 1, "CM") and self._told_since(item, verb)
                    )
                if same and not self._aside_verb(item):
                    fellow = item
                    break
            elif self._is(left, "SM"):
                break
        if fellow is None:
            verb.gov = self._verb_left(at)
            verb.link = "advcl"
            verb.subj = verb.gov.subj if verb.gov else None
            return
        verb.subj, verb.gov, verb.link = fellow.subj, fellow.gov, fellow.link
        verb.mark, verb.question = fellow.mark, fellow.question
        bare = not any(
            self.words[i].tag in ("MD", "BE", "HV", "DO", "TO")
            for i in range(verb.first, verb.head)
        )
        if bare and fellow.aux:
            forms = set(self.words[verb.head].forms)
            negated = [a for a in fellow.aux if a in ("not", "n't", "never")]
            modal = "b" in forms and "d" not in forms
            if modal or (fellow.passive and "n" in forms):
                verb.aux = [a for a in fellow.aux if a not in negated] + verb.aux
            if modal and self._low(at) in ("or", "nor", "and"):
                verb.aux += negated
            elif self._low(at) == "nor":
                verb.aux += ["not"]
            if fellow.passive and "n" in forms and self._phrase(verb.item + 1) is None:
                verb.passive = True
            if fellow.kind == "inf" and modal:
                verb.kind = "inf"
