"""Stance, modality and speaker of a cue: climbing from it through what governs it.

Each step reads the tables: negators and auxiliaries of the verb, then the operator
that the verb hangs on. The nodes come from whichever reader made the proposal, so two
proposers that agree agree on stance by two readings.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from whosays.extract.lexicon import Lexicon, Row
from whosays.extract.nodes import Node, Phrase, Structure, Verb
from whosays.extract.records import ModalityName, StanceName
from whosays.extract.words import Filler

_NEGATORS = frozenset({"not", "n't", "never", "hardly", "scarcely", "barely", "nowhere",
                       "no", "cannot"})
_RARE = frozenset({"rarely", "seldom"})
_FUTURE = frozenset({"will", "shall", "'ll", "wo"})
_DROP = frozenset({"should", "must", "ought"})
_HEDGE = frozenset({"may", "might", "could"})
_CONDITION = frozenset({"if", "unless", "lest", "provided"})
_STOP = frozenset({"stop", "cease", "halt", "end", "quit", "suspend", "discontinue",
                   "terminate", "give up", "cut off", "abandon", "drop", "cut"})
_STOP_NOUNS = frozenset({"end", "halt", "cessation", "stop", "suspension",
                         "termination", "freeze"})
_OPINION = frozenset({"believe", "think", "see", "feel", "expect", "accept", "agree"})
_FACTIVE = frozenset({"know", "realise", "realize", "admit", "acknowledge", "regret",
                      "forget", "reveal", "disclose", "remember", "mention", "conceal"})
_COMMISSIVE = frozenset({"vow", "pledge", "promise", "threaten", "swear", "announce",
                         "claim", "profess", "agree"})
_QUIET = frozenset({"continue", "see", "find", "hold", "show", "expect", "fear", "hear",
                    "prefer", "prove", "agree", "know", "remember", "order"})
_NAMERS = frozenset({"call", "label", "brand", "describe", "term", "dub", "consider",
                     "name", "regard", "portray", "depict"})
_WH = frozenset({"who", "what", "when", "where", "how", "why", "which", "whom"})
_PREDICATES = {
    "-": frozenset("false untrue wrong incorrect nonsense lie myth fiction fabrication "
                   "slander absurd baseless unfounded impossible unthinkable "
                   "inaccurate ridiculous unimaginable mistaken".split()),
    "0": frozenset("unlikely doubtful unclear questionable uncertain unproven".split()),
    "h": frozenset("possible likely probable conceivable plausible".split()),
}
_PROOF = frozenset({"evidence", "proof", "sign", "indication", "truth", "suggestion",
                    "question", "basis", "reason", "case", "claim"})
_RANK: dict[ModalityName, int] = {"asserted": 0, "hedged": 1, "possible": 2, "future": 3}


@dataclass(slots=True)
class Reading:
    """What a speaker conveys; ``dropped`` says why nothing is conveyed.

    ``sources`` are the phrases that speak, innermost first.
    """

    sign: int = 1
    question: bool = False
    modality: ModalityName = "asserted"
    sources: list[Phrase] = field(default_factory=list)
    dropped: str = ""
    operators: list[str] = field(default_factory=list)
    stopped: bool = False
    author: bool = False

    @property
    def stance(self) -> StanceName:
        """The stance of the innermost source."""
        if self.question:
            return "questions"
        return "affirms" if self.sign > 0 else "denies"

    def hedge(self, modality: ModalityName) -> None:
        """Let the stronger modality win."""
        if _RANK[modality] > _RANK[self.modality]:
            self.modality = modality


class Scope:
    """Reads the scope of cues by the tables of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the tables."""
        self.lexicon = lexicon
        self._hedges = {
            word for (ends, word), rows in lexicon.scope.items()
            if ends == "adverb" and rows[0]["kind"] == "hedge"
        }

    def read(self, structure: Structure, cue: int, row: Row | None,
             ends: tuple[Filler, Filler]) -> Reading:
        """Read the scope of the cue that starts at an offset of the stored text."""
        reading = Reading()
        if row is not None and row.get("negate") == "yes":
            reading.sign = -1
        for end in ends:
            if end.start in structure.negated:
                reading.sign = -reading.sign
        self._structure = structure
        node = structure.node_at(cue)
        if node is None:
            return reading
        if row is not None and isinstance(node, Verb) and row["id"].startswith("c-"):
            operator = self._operator(node)
            if operator is not None and operator[1]["kind"] in ("future", "possible"):
                self._operate(operator[1], operator[0], reading)
                self._speak(node, reading)
        self._climb(node, reading, presupposed=False)
        if structure.according is not None:
            reading.sources.append(structure.according)
        return reading

    # --- climbing

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
        if not presupposed and phrase.negated and phrase.noun:
            reading.sign = -reading.sign
        gov = phrase.gov
        if gov is None:
            gov, role = self._holder(phrase)
        else:
            role = phrase.role
        if gov is None:
            self._hedged_near(phrase.first, reading)
            return None, presupposed
        if isinstance(gov, Phrase):
            return self._noun_over(gov, role, reading, presupposed)
        return self._verb_over_noun(gov, role, phrase, reading, presupposed)

    def _holder(self, phrase: Phrase) -> tuple[Node | None, str]:
        """Find the verb that a phrase is the subject of, or the list it is in."""
        for verb in self._structure.verbs:
            if verb.subj is not None and any(phrase is p for p in verb.subj.all):
                return verb, "subj"
            if verb.obj is not None and any(phrase is p for p in verb.obj.all):
                return verb, "obj"
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

    def _noun(self, noun: Phrase, reading: Reading) -> None:
        for row in self.lexicon.contents.get(noun.noun, ())[:1]:
            if row["sign"] == "-1":
                reading.sign = -reading.sign
            elif row["sign"] == "0":
                reading.question = True
            owner = self._owner(noun)
            if owner is not None:
                reading.sources.append(owner)
            return
        for row in self.lexicon.scope_nouns.get(noun.noun, ())[:1]:
            self._operate(row, noun.noun, reading)
            if noun.noun in _STOP_NOUNS:
                reading.stopped = True

    def _owner(self, noun: Phrase) -> Phrase | None:
        fillers = noun.owners or noun.mods
        if not fillers:
            return next((p for prep, p in noun.preps if prep in ("by", "from")), None)
        made = Phrase(noun.first, noun.first, noun.first)
        made.fillers = list(fillers[:1])
        return made

    def _verb_over_noun(
        self, verb: Verb, role: str, phrase: Phrase, reading: Reading, presupposed: bool
    ) -> tuple[Node | None, bool]:
        """Pass the verb whose object or subject a noun of action is."""
        if presupposed:
            return verb, True
        if role == "subj" or role.startswith("pred"):
            for lemma in verb.lemmas:
                rows = self.lexicon.scope.get(("verb", lemma), ())
                stops = rows and rows[0]["kind"] == "implicative" and (
                    rows[0]["sign"] == "-"
                )
                if stops and not verb.obj and role == "subj":
                    reading.sign = -reading.sign
                    return verb, False
            light = verb.lemmas[-1:] == ("be",) or verb.passive or (
                verb.lemma in ("exist", "take", "occur", "happen", "begin", "continue")
            )
            return verb, not light
        speech = self._speech(verb)
        scope = self._operator(verb) if verb.lemma != "have" else None
        if speech is not None and speech["sign"] == "-1":
            reading.sign = -reading.sign
            self._speak(verb, reading)
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
            if lemma in _STOP:
                reading.stopped = True
            if lemma in _COMMISSIVE or (speech is not None and lemma not in _QUIET):
                self._speak(verb, reading)
            return verb, False
        if set(verb.lemmas) & _NAMERS and role in ("obj2", "obl:as", "obj"):
            self._speak(verb, reading)
            return verb, True
        light = any(
            r["role"] in ("does", "gives", "receives")
            for lemma in verb.lemmas for r in self.lexicon.light.get(lemma, ())
        )
        if speech is not None and not light:
            self._speak(verb, reading)
            return verb, True
        return verb, not (light or verb.lemmas[-1:] == ("be",) or "in" in role)

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
            return gov, True if self._outer(gov) else presupposed
        if link in ("rel", "advcl", "conj", ""):
            return gov, True
        if link == "purpose":
            reading.dropped = reading.dropped or "purpose"
            return None, presupposed
        if presupposed:
            return gov, True
        return self._operated(verb, gov, link, reading)

    def _outer(self, verb: Verb) -> bool:
        """Above a speech verb only further speakers count, unless it is modified."""
        return True

    # --- one verb

    def _own(self, verb: Verb, reading: Reading) -> None:
        """Read auxiliaries, negation, mark and question of a verb."""
        aux = verb.aux
        for word in aux:
            if word in _NEGATORS:
                reading.sign = -reading.sign
            elif word in _RARE:
                reading.sign = -reading.sign
                reading.hedge("hedged")
            elif word in _FUTURE:
                reading.hedge("future")
            elif word in _HEDGE:
                reading.hedge("hedged")
            elif word in ("can", "ca", "cannot"):
                reading.hedge("possible")
            elif word in self._hedges:
                reading.hedge("hedged")
        for phrase in (verb.subj, verb.obj):
            if phrase is not None and phrase.negated and not phrase.fillers and (
                not phrase.noun or phrase.noun not in self.lexicon.nouns
            ):
                reading.sign = -reading.sign
        for phrase in (verb.subj, verb.obj):
            if phrase is not None and phrase.negated and phrase.fillers:
                reading.sign = -reading.sign
        self._modal(verb, reading)
        if verb.mark in _CONDITION and verb.link == "advcl":
            reading.dropped = "conditional"
        if verb.gov is None and set(verb.aux) & {"will", "shall", "'ll", "may", "can"} and (
            any(v.mark in _CONDITION and v.link == "advcl"
                for v in self._structure.verbs if v is not verb)
        ):
            reading.dropped = "conditional"
        if verb.mark in ("whether",):
            reading.question = True
        if verb.question or (
            self._structure.question and verb.gov is None and not self._asked_for(verb)
        ):
            if self._structure.question:
                if not self._asked_for(verb):
                    reading.question = True
            elif verb.question and verb.gov is None:
                reading.dropped = "conditional"
        self._hedged_near(verb.first, reading)

    def _modal(self, verb: Verb, reading: Reading) -> None:
        aux = verb.aux
        if "would" in aux or "'d" in aux:
            reported = verb.link == "ccomp"
            if reported and "have" not in aux:
                reading.hedge("future")
            else:
                reading.dropped = "hypothetical"
        elif set(aux) & _DROP:
            if "must" in aux and "have" in aux:
                reading.hedge("hedged")
            else:
                reading.dropped = "deontic"
        elif "could" in aux and "have" in aux:
            reading.hedge("hedged")

    def _asked_for(self, verb: Verb) -> bool:
        """Tell whether a question takes its content for granted: who, when, why."""
        words = self._structure.words
        for word in words[max(0, verb.first - 12) : verb.head]:
            if word.low in _WH:
                return True
            if word.low in ("?", ";"):
                return False
        return False

    def _hedged_near(self, first: int, reading: Reading) -> None:
        """Look for "reportedly" and its like before the clause."""
        words = self._structure.words
        for at in range(first - 1, max(-1, first - 7), -1):
            word = words[at]
            if word.tag in ("SC", "SM", "VB", "WD"):
                break
            if word.low in self._hedges and word.tag != "MD":
                reading.hedge("hedged")

    # --- what governs

    def _complement(
        self, verb: Verb, gov: Verb, reading: Reading, presupposed: bool
    ) -> None:
        row = self._speech(gov)
        negated = bool(set(gov.aux) & _NEGATORS) != bool(
            gov.subj is not None and gov.subj.negated
        )
        if presupposed:
            if row is not None:
                self._speak(gov, reading)
            return
        if gov.lemmas[-1:] == ("be",):
            self._judged(gov, negated, reading)
            return
        if row is None:
            operator = self._operator(gov)
            if operator and operator[1]["kind"] in ("desire", "directive"):
                reading.dropped = operator[1]["kind"]
            return
        unsure = verb.mark in ("whether", "if")
        asked = verb.mark in ("why", "how", "when", "where", "who", "what")
        if row["sign"] == "-1":
            if negated:
                reading.hedge("hedged")
            else:
                reading.sign = -reading.sign
        elif (row["sign"] == "0" and not asked) or unsure:
            reading.question = not negated or unsure
        elif negated:
            if set(gov.lemmas) & _OPINION:
                reading.sign = -reading.sign
            elif not set(gov.lemmas) & _FACTIVE:
                reading.dropped = "unsaid"
        if set(gov.aux) & _DROP and not gov.passive:
            reading.dropped = "deontic"
        if ("would" in gov.aux or gov.mark in _CONDITION) and gov.link != "ccomp":
            reading.dropped = "hypothetical"
        if gov.passive or (gov.subj is not None and gov.subj.noun in ("it",)
                           and not gov.subj.fillers):
            reading.hedge("hedged")
        if set(gov.lemmas) & {"suspect", "speculate", "suggest", "assume", "hint",
                              "fear", "guess", "imply"}:
            reading.hedge("hedged")
        self._speak(gov, reading)

    def _judged(self, gov: Verb, negated: bool, reading: Reading) -> None:
        """Read "it is false that", "there is no evidence that"."""
        words = self._structure.words
        near = {w.low for w in words[gov.end + 1 : gov.end + 6]}
        noun = gov.pred.noun if gov.pred is not None else ""
        none = negated or (gov.pred is not None and gov.pred.negated)
        if near & _PREDICATES["-"] or noun in _PREDICATES["-"]:
            if not negated:
                reading.sign = -reading.sign
        elif near & _PREDICATES["0"]:
            reading.question = True
        elif near & _PREDICATES["h"]:
            reading.hedge("hedged")
        elif none and (noun in _PROOF or near & {"true", "correct", "clear", "case"}):
            reading.sign = -reading.sign

    def _operated(
        self, verb: Verb, gov: Verb, link: str, reading: Reading
    ) -> tuple[Node | None, bool]:
        """Pass the verb that an infinitive or a form in -ing hangs on."""
        preposition = link.partition(":")[2]
        if preposition == "without":
            reading.sign = -reading.sign
            return gov, True
        if preposition in ("against",):
            reading.dropped = "advice"
            return None, False
        speech = self._speech(gov)
        scope = self._operator(gov)
        if "threaten" in gov.lemmas:
            reading.dropped = "threat"
            return None, False
        if speech is not None and preposition and self._takes(speech, preposition):
            if speech["sign"] == "-1":
                reading.sign = -reading.sign
            elif set(gov.aux) & _NEGATORS:
                reading.dropped = "unsaid"
            self._speak(gov, reading)
            if gov.passive and not reading.sources:
                reading.hedge("hedged")
            if "suspect" in gov.lemmas:
                reading.hedge("hedged")
            return gov, True
        if gov.passive and speech is not None and link == "xcomp" and not (
            scope is not None and scope[1]["kind"] == "directive"
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
            if lemma in _STOP:
                reading.stopped = True
            if lemma in _COMMISSIVE or (
                speech is not None and lemma not in _QUIET
            ):
                self._speak(gov, reading)
            return gov, False
        if speech is not None:
            if speech["sign"] == "-1":
                reading.sign = -reading.sign
            self._speak(gov, reading)
            return gov, False
        if link == "xcomp" and verb.kind == "inf":
            reading.dropped = "purpose"
            return None, False
        return gov, preposition in ("by", "in", "after", "before")

    def _operate(self, row: Row, lemma: str, reading: Reading) -> None:
        reading.operators.append(row["id"])
        kind = row["kind"]
        if kind in ("implicative", "counter"):
            if row["sign"] == "-":
                reading.sign = -reading.sign
        elif kind == "hedge":
            reading.hedge("hedged")
        elif kind == "future":
            reading.hedge("future")
        elif kind == "possible":
            reading.hedge("possible")
        elif kind in ("desire", "directive"):
            if reading.stopped:
                reading.sign = -reading.sign
            else:
                reading.dropped = kind

    def _operator(self, verb: Verb) -> tuple[str, Row] | None:
        for lemma in verb.lemmas:
            rows = self.lexicon.scope.get(("verb", lemma))
            if rows:
                if verb.passive and f"be {verb.lemma}" and rows[0]["kind"] == "future":
                    continue
                return lemma, rows[0]
        return None

    def _speech(self, verb: Verb) -> Row | None:
        for lemma in verb.lemmas:
            rows = self.lexicon.speech.get(lemma)
            if rows:
                return rows[0]
        return None

    def _takes(self, row: Row, preposition: str) -> bool:
        return any(
            frame.startswith(f"{preposition}+") for frame in row["frames"].split("|")
        ) or (row["sign"] == "-1" and preposition == "")

    def _speak(self, verb: Verb, reading: Reading) -> None:
        """Add who speaks: the subject, or the agent of a passive."""
        phrase = verb.subj
        if verb.passive:
            phrase = next((p for prep, p in verb.obl if prep == "by"), None)
        if phrase is None or (phrase.pronoun and phrase.noun in ("it", "there")
                              and not phrase.fillers):
            return
        reading.sources.append(phrase)
