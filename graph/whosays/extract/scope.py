"""Stance, modality and speaker of a cue: climbing from it through what governs it.

Each step reads the tables: negators and auxiliaries of the verb, then the operator
that the verb hangs on. The nodes come from whichever reader made the proposal, so two
proposers that agree agree on stance by two readings.
"""

from __future__ import annotations

from whosays.extract.granting import anothers, ends_it, granted, in_passing, known
from whosays.extract.imagining import imagined, played
from whosays.extract.lexicon import Row
from whosays.extract.nodes import Node, Phrase, Structure, Verb
from whosays.extract.operators import Operators
from whosays.extract.reading import Reading
from whosays.extract.words import Filler


class Scope(Operators):
    """Reads the scope of cues by the tables of one language."""

    def read(
        self,
        structure: Structure,
        cue: int,
        row: Row | None,
        ends: tuple[Filler, Filler],
    ) -> Reading:
        """Read the scope of the cue that starts at an offset of the stored text."""
        reading = Reading()
        if row is not None and row.get("negate") == "yes":
            reading.sign = -1
        self._structure = structure
        node = structure.node_at(cue)
        apart = isinstance(node, Phrase) and node.negated  # "not an arm of Belmark"
        for end in ends:
            if end.start in structure.negated and not apart:
                reading.sign = -reading.sign
        if node is None:
            return reading
        if reading.sign < 0 and isinstance(node, Verb):  # "to sever its ties with"
            reading.stopped = bool(set(node.lemmas) & self.lexicon.classes["stop"])
        if imagined(structure, self.lexicon) or (
            row is not None and played(structure, self.lexicon, row)
        ):
            reading.dropped = "imagined"
            return reading
        if (
            row is not None
            and isinstance(node, Verb)
            and node.obj is not None
            and node.obj.negated
            and "obj=" in row.get("frame", "")
            and node.obj.noun in self.lexicon.nouns
        ):
            reading.sign = -reading.sign  # "signed no pact with"
        if row is not None and isinstance(node, Verb) and row["id"].startswith("c-"):
            if node.lemmas[-1:] == ("lose",):
                reading.sign = -reading.sign  # "lost the support of Belmark"
            operator = self._operator(node)
            if operator is not None and operator[1]["kind"] in ("future", "possible"):
                self._operate(operator[1], operator[0], reading)
                self._speak(node, reading)
        self._climb(
            node, reading, presupposed=row is not None and in_passing(node, row)
        )
        if reading.sign < 0 and self._unsaid(structure, node, cue):
            reading.dropped = "unsaid"
        if self._by_the_way(node, row):
            reading.sources.clear()
            return reading
        opened = structure.words[structure.according_from].start
        if structure.according is not None and (
            cue >= opened or not structure.according_from
        ):
            reading.sources.append(structure.according)
        return reading

    def _by_the_way(self, node: Node, row: Row | None) -> bool:
        """Tell whether a title says it, and not who is quoted: "Front leader Vale said"."""
        return (
            row is not None
            and row["relation"] in ("leads", "commands")
            and isinstance(node, Phrase)
            and not (isinstance(node.gov, Verb) and node.role.startswith("pred"))
        )

    def _unsaid(self, structure: Structure, node: Node, cue: int) -> bool:
        """Tell whether a denial is about the word in marks, or about the success.

        Who failed to defeat somebody has fought all the same.
        """
        if any(start <= cue < end for start, end in structure.scared):
            return True
        achieved = self.lexicon.classes["achieving"]
        return isinstance(node, Verb) and bool(achieved.intersection(node.lemmas))

    def _climb(self, node: Node, reading: Reading, *, presupposed: bool) -> None:
        seen: set[int] = set()
        current: Node | None = node
        while current is not None and id(current) not in seen and not reading.dropped:
            seen.add(id(current))
            if isinstance(current, Phrase):
                current, presupposed = self._from_phrase(current, reading, presupposed)
            else:
                current, presupposed = self._from_verb(current, reading, presupposed)

    def _from_phrase(
        self, phrase: Phrase, reading: Reading, presupposed: bool
    ) -> tuple[Node | None, bool]:
        reading.passed.append(phrase)
        if not presupposed and phrase.negated and phrase.noun:
            reading.sign = -reading.sign
        gov = phrase.gov
        if gov is None:
            gov, role = self._holder(phrase)
        else:
            role = phrase.role
        if gov is None:
            self._hedged_near(phrase.first, reading)
            if self._structure.question and not self._structure.verbs:
                reading.question = True  # a heading that asks
            return None, presupposed
        if isinstance(gov, Phrase):
            return self._noun_over(gov, role, reading, presupposed)
        return self._verb_over_noun(gov, role, phrase, reading, presupposed)

    def _holder(self, phrase: Phrase) -> tuple[Node | None, str]:
        """Find the verb that a phrase is the subject of, or the list it is in."""
        for verb in self._structure.verbs:
            for held, role in ((verb.subj, "subj"), (verb.obj, "obj")):
                if held is not None and any(phrase is p for p in held.all):
                    return verb, role
        for other in self._structure.phrases:
            if any(phrase is p for p in other.all) and other.gov is not None:
                return other.gov, other.role
        return None, ""

    def _noun_over(
        self, noun: Phrase, role: str, reading: Reading, presupposed: bool
    ) -> tuple[Node | None, bool]:
        """Pass a noun: "claims of", "an end to", "refusal of"."""
        if not presupposed and role != "appos":
            self._noun(noun, reading)
        return noun, presupposed or role == "appos"

    def _verb_over_noun(
        self, verb: Verb, role: str, phrase: Phrase, reading: Reading, presupposed: bool
    ) -> tuple[Node | None, bool]:
        """Pass the verb whose object or subject a noun of action is."""
        if presupposed:
            return verb, True
        if role == "subj" or role.startswith("pred"):
            told = self._speech(verb)
            if role == "subj" and verb.passive and told and told["sign"] == "-1":
                open_ = set(verb.lemmas) & self.lexicon.classes["disputing"]
                if open_ and not any(p == "by" for p, _ in verb.obl):
                    reading.question = True  # "its ties to the Front are disputed"
                elif not set(verb.aux) & self.lexicon.classes["negator"]:
                    reading.sign = -reading.sign  # "the charge was rejected by"
                self._speak(verb, reading, first=True)
                return verb, True
            if phrase.noun in self.lexicon.contents and verb.passive:
                self._speak(verb, reading)  # "allegations were made by"
            if role == "subj" and granted(phrase, verb, self.lexicon):
                return verb, True
            if role == "subj" and self._belied(verb):
                reading.sign = -reading.sign
            if role.startswith("pred"):
                self._called_so(verb, reading)
            if verb.passive and set(verb.lemmas) & self.lexicon.classes["ascribing"]:
                self._speak(verb, reading, first=True)  # "was blamed on A by B"
                if not reading.sources:
                    reading.hedge("hedged")
            if "would" in verb.aux and phrase.det in ("a", "an", "any", ""):
                reading.dropped = "hypothetical"  # "a war between A and B would"
                return None, False
            for lemma in verb.lemmas:
                rows = self.lexicon.scope.get(("verb", lemma), ())
                stops = (
                    rows
                    and rows[0]["kind"] == "implicative"
                    and (rows[0]["sign"] == "-")
                )
                ended = lemma in self.lexicon.classes["stop"]
                if (
                    stops
                    and ended
                    and role == "subj"
                    and not ends_it(verb, self.lexicon)
                ):
                    reading.sign = -reading.sign
                    return verb, False
            happens = ("exist", "take", "occur", "happen", "begin", "continue")
            light = verb.lemmas[-1:] == ("be",) or verb.passive
            return verb, not (light or verb.lemma in happens)
        if self._names(verb) and role in ("obj2", "obl:as", "obj"):
            self._speak(verb, reading)
            return verb, True
        if role == "obl:with" and set(verb.lemmas) & self.lexicon.classes["replying"]:
            return verb, False  # "responded with air strikes on"
        if role in ("obl:under", "obl:amid", "obl:despite"):
            return verb, True  # "under pressure from A, B cut off its aid"
        speech = self._speech(verb)
        scope = self._operator(verb) if verb.lemma != "have" else None
        if speech is not None and speech["sign"] == "-1":
            reading.sign = -reading.sign
            self._speak(verb, reading, first=True)
            return verb, False
        if speech is not None and speech["sign"] == "0":
            reading.question = True
            self._speak(verb, reading)
            return verb, False
        if scope is not None:
            lemma, row = scope
            if row["kind"] in ("directive", "desire") and reading.stopped:
                self._speak(verb, reading)
                reading.sign = -reading.sign
                return verb, True
            if row["kind"] in ("directive", "desire"):
                reading.dropped = row["kind"]
                return None, False
            self._operate(row, lemma, reading)
            if lemma in self.lexicon.classes["stop"]:
                reading.stopped = True
            if lemma in self.lexicon.classes["commissive"] or (
                speech is not None and lemma not in self.lexicon.classes["quiet"]
            ):
                self._speak(verb, reading)
            return verb, False
        light = any(
            r["role"] in ("does", "gives", "receives")
            for lemma in verb.lemmas
            for r in self.lexicon.light.get(lemma, ())
        )
        if speech is not None and not light:
            self._speak(verb, reading)
            return verb, True
        if "in" in role and anothers(phrase, verb):
            return verb, True
        if verb.kind == "inf" and verb.link == "xcomp" and phrase.det in ("a", "an"):
            return verb, False  # "would be ready to host a meeting between"
        if (
            role.startswith("obl")
            and verb.obj is not None
            and known(phrase, self.lexicon)
        ):
            light = False  # "did not bring its terms to the talks"
        inside = role == "obl:in" or (role == "obl:into" and verb.obj is None)
        return verb, not (light or verb.lemmas[-1:] == ("be",) or inside)

    def _from_verb(
        self, verb: Verb, reading: Reading, presupposed: bool
    ) -> tuple[Node | None, bool]:
        if not presupposed:
            self._own(verb, reading)
            if reading.dropped:
                return None, False
        gov, link = verb.gov, verb.link
        if link == "prep:without" and not presupposed:
            reading.sign = -reading.sign
            return gov, True
        if gov is None:
            return None, presupposed
        if isinstance(gov, Phrase):
            if presupposed:
                return gov, True
            self._noun(gov, reading)
            return gov, presupposed
        if link in ("ccomp", "quote"):
            self._complement(verb, gov, reading, presupposed)
            if self._asks(gov) and not presupposed:
                reading.question = True  # "Is it true that", "Are you saying that"
            spoken = self._speech(gov) is not None or gov.lemmas[-1:] == ("be",)
            return gov, spoken or presupposed
        if link == "rel" and not presupposed and self._cleft(verb, gov):
            reading.question |= self._asks(gov)  # "Was it A that armed B?"
            if set(gov.aux) & self.lexicon.classes["negator"]:
                reading.sign = -reading.sign  # "it is not A that arms B"
            return gov, True
        if link in ("rel", "advcl", "conj", ""):
            return gov, True
        if link == "goal" and gov.subj is not None:
            if not presupposed:
                self._noun(gov.subj, reading)
            return gov, presupposed
        if link == "purpose":
            reading.dropped = reading.dropped or "purpose"
            return None, presupposed
        if presupposed:
            return gov, True
        return self._operated(verb, gov, link, reading)

    def _names(self, verb: Verb) -> bool:
        """Tell whether it calls something so, or sees it as; not just sees it."""
        named = set(verb.lemmas) & self.lexicon.classes["namer"]
        seen = bool(verb.obj2) or any(p == "as" for p, _ in verb.obl)
        return bool(named) and (seen or not named <= {"see", "view"})

    def _dispatched(self, verb: Verb, gov: Verb) -> bool:
        """Tell whether men are sent to help: "sent fighters to support Belmark"."""
        men = gov.obj is not None and (
            {gov.obj.noun, *(q.noun for _, q in gov.obj.preps)}
            & self.lexicon.heads.keys()
        )
        helping = any(
            row["relation"] in ("supports", "defends")
            for lemma in verb.lemmas
            for row in self.lexicon.verbs.get(lemma, ())
        )
        given = any(self.lexicon.light.get(lemma) for lemma in gov.lemmas)
        return bool(men) and helping and given and verb.subj is gov.subj

    def _operated(
        self, verb: Verb, gov: Verb, link: str, reading: Reading
    ) -> tuple[Node | None, bool]:
        """Pass the verb that an infinitive or a form in -ing hangs on."""
        preposition = link.partition(":")[2]
        if preposition == "without":
            reading.sign = -reading.sign
            return gov, True
        if preposition == "against":
            if set(gov.lemmas) & {"vote", "decide"}:
                reading.sign = -reading.sign
                return gov, False
            reading.dropped = "advice"
            return None, False
        if preposition == "from" and gov.lemma in self.lexicon.classes["withholding"]:
            reading.sign = -reading.sign  # "kept A from arming B"
            return gov, False
        speech = self._speech(gov)
        scope = self._operator(gov)
        if "threaten" in gov.lemmas:
            reading.dropped = "threat"
            return None, False
        if speech is not None and preposition and self._takes(speech, preposition):
            if speech["sign"] == "-1":
                reading.sign = -reading.sign
            elif set(gov.aux) & self.lexicon.classes["negator"]:
                reading.dropped = "unsaid"
            self._speak(gov, reading)
            if gov.passive and not reading.sources:
                reading.hedge("hedged")
            if "suspect" in gov.lemmas:
                reading.hedge("hedged")
            return gov, True
        if (
            gov.passive
            and speech is not None
            and link == "xcomp"
            and not (scope is not None and scope[1]["kind"] == "directive")
        ):
            reading.hedge("hedged")
            self._speak(gov, reading)
            if speech["sign"] == "-1":
                reading.sign = -reading.sign
            return gov, True
        if scope is not None:
            lemma, row = scope
            kind = row["kind"]
            if kind in ("directive", "desire"):
                if reading.stopped:
                    reading.sign = -reading.sign
                    self._speak(gov, reading)
                    return gov, True
                reading.dropped = kind
                return None, False
            self._operate(row, lemma, reading)
            if lemma in self.lexicon.classes["stop"]:
                reading.stopped = True
            if lemma in self.lexicon.classes["commissive"] or (
                speech is not None and lemma not in self.lexicon.classes["quiet"]
            ):
                self._speak(gov, reading)
            return gov, False
        if preposition == "by" and not gov.passive:
            above = gov.gov if gov.link in ("xcomp", "prep:of") else None
            if isinstance(above, Verb) and self._speech(above) is not None:
                return gov, False  # "denied stoking the war by arming B"
            said = gov.link in ("", "ccomp", "quote")  # "that it wins by shelling B"
            return gov, not said or bool(set(gov.aux) & self.lexicon.classes["negator"])
        if speech is not None:
            if speech["sign"] == "-1":
                reading.sign = -reading.sign
            self._speak(gov, reading)
            return gov, False
        if self._foremost(gov):
            return gov, True
        if gov.lemmas[-1:] == ("be",) and verb.first == gov.end + 1:
            if gov.subj is None or not gov.subj.actors():
                reading.dropped = "aim"  # "the way is to withdraw"
            reading.hedge("future")  # "A is to withdraw"
            return gov, False
        if link == "xcomp" and verb.kind == "inf":
            if self._dispatched(verb, gov):
                return gov, False
            reading.dropped = "purpose"
            return None, False
        return gov, preposition in ("by", "in", "after", "before")
