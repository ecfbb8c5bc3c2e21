"""What one verb or noun does to a reading: negation, modality, question, speaker."""

from __future__ import annotations

from whosays.extract.lexicon import Lexicon, Row
from whosays.extract.nodes import Phrase, Structure, Verb
from whosays.extract.reading import Reading

_QUOTES = frozenset({'"', "\u201c", "\u2018"})


class Operators:
    """Reads single verbs and nouns by the tables."""

    _structure: Structure

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the tables."""
        self.lexicon = lexicon
        self._hedges = {
            word
            for (ends, word), rows in lexicon.scope.items()
            if ends == "adverb" and rows[0]["kind"] == "hedge"
        }

    def _foremost(self, verb: Verb) -> bool:
        """Tell whether it has been done: "was the first to arm", "the only one to"."""
        said = verb.pred if verb.lemmas[-1:] == ("be",) else None
        inside = self._structure.words[said.first : said.last + 1] if said else ()
        return any(word.low in self.lexicon.classes["foremost"] for word in inside)

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

    def _speak(self, verb: Verb, reading: Reading, *, first: bool = False) -> None:
        """Add who speaks: the subject, or the agent of a passive.

        Who rejects another's claim comes ``first``: the stance is theirs.
        """
        phrase = verb.subj
        if verb.passive:
            below = (  # "accused of arming the Front by Belmark"
                pair
                for one in self._structure.verbs
                if one.gov is verb and one.link.startswith("prep:") and not one.passive
                for pair in one.obl
            )
            agents = (p for prep, p in (*verb.obl, *below) if prep == "by")
            phrase = next(agents, None)
        if phrase is None or (
            phrase.pronoun and phrase.noun in ("it", "there") and not phrase.fillers
        ):
            return
        if phrase.negated or self._structure.words[phrase.first].low == "nobody":
            return  # "nobody in Belmark doubts that"
        if first:
            reading.sources.insert(0, phrase)
        else:
            reading.sources.append(phrase)

    def _noun(self, noun: Phrase, reading: Reading) -> None:
        for row in self.lexicon.contents.get(noun.noun, ())[:1]:
            if self._dismissed(noun) or noun.noun in self.lexicon.classes["belying"]:
                reading.sign = -reading.sign
                return
            if row["sign"] == "-1":
                reading.sign = -reading.sign
            elif row["sign"] == "0":
                reading.question = True
            owner = self._owner(noun)
            if owner is not None:
                reading.sources.append(owner)
                reading.claimed = owner, reading.sign
            return
        for row in self.lexicon.scope_nouns.get(noun.noun, ())[:1]:
            self._operate(row, noun.noun, reading)
            if noun.noun in self.lexicon.classes["stop-noun"]:
                reading.stopped = True

    def _called_so(self, verb: Verb, reading: Reading) -> None:
        """Read "one of the lies is its link to", "the claim is that"."""
        subject = verb.subj if verb.lemmas[-1:] == ("be",) else None
        of = [q for p, q in subject.preps if p == "of"][:1] if subject else []
        for noun in (subject, *of) if subject is not None else ():
            rows = self.lexicon.contents.get(noun.noun, ())
            if rows and rows[0]["sign"] != "0":  # "the question is why"
                self._noun(noun, reading)

    def _dismissed(self, noun: Phrase) -> bool:
        """Tell whether a claim is called baseless: "the claim that … is false"."""
        words = self._structure.words
        named = self.lexicon.classes["namer"]
        belying = self.lexicon.classes["belying"]
        for verb in self._structure.verbs:
            pred = verb.pred if verb.lemmas[-1:] == ("be",) else verb.obj
            if (
                pred is not None
                and pred.negated
                and pred.noun in self.lexicon.classes["proof"]
                and (
                    verb.subj is noun
                    or any(one is noun for _, one in (*pred.preps, *verb.obl))
                )
            ):
                return True  # "there is no truth in the claim"
            if verb.subj is noun and verb.passive:
                made = {word.low for word in words[verb.head : verb.head + 2]}
                later = {word.low for word in words[verb.head + 1 : verb.head + 8]}
                if made & belying or made == {"made", "up"}:
                    return True
                if set(verb.lemmas) & named and "as" in later and later & belying:
                    return True
        for verb in self._structure.verbs:  # "described the claim as laughable"
            if verb.obj is noun and set(verb.lemmas) & named:
                lows = [word.low for word in words[noun.head :]]
                quoted = [i for i, low in enumerate(lows) if low in _QUOTES]
                if quoted and set(lows[quoted[0] :]) & belying:
                    return True
                after = lows[lows.index("as") :][:4] if "as" in lows else []
                return bool(set(after) & belying)
        return any(
            verb.lemmas[-1:] == ("be",)
            and verb.head > noun.head
            and not set(verb.aux) & self.lexicon.classes["negator"]
            and {w.low for w in words[verb.head + 1 : verb.head + 4]}
            & self.lexicon.classes["belying"]
            for verb in self._structure.verbs
        )

    def _belied(self, verb: Verb) -> bool:
        """Tell whether "an attack" is called unthinkable, or out of the question."""
        if (
            verb.lemmas[-1:] != ("be",)
            or (verb.subj is not None and verb.subj.noun in self.lexicon.contents)
            or set(verb.aux) & self.lexicon.classes["negator"]
        ):
            return False
        words = self._structure.words
        lows = [word.low for word in words[verb.head + 1 : verb.head + 11]]
        if lows[:1] in (["over"], ["dead"], ["finished"]):
            return True
        return bool(set(lows[:3]) & self.lexicon.classes["belying"]) or (
            "out of the question" in " ".join(lows)
        )

    def _owner(self, noun: Phrase) -> Phrase | None:
        fillers = noun.owners or noun.mods
        if not fillers:
            return next((p for prep, p in noun.preps if prep in ("by", "from")), None)
        made = Phrase(noun.first, noun.first, noun.first)
        made.fillers = list(fillers[:1])
        return made

    def _own(self, verb: Verb, reading: Reading) -> None:
        """Read auxiliaries, negation, mark and question of a verb."""
        aux = verb.aux
        for word in aux:
            if word in self.lexicon.classes["negator"]:
                reading.sign = -reading.sign
            elif word in self.lexicon.classes["rare"]:
                reading.sign = -reading.sign
                reading.hedge("hedged")
            elif word in self.lexicon.classes["future"]:
                reading.hedge("future")
            elif word in self.lexicon.classes["doubtful"]:
                reading.hedge("hedged")
            elif word in ("can", "ca", "cannot"):
                reading.hedge("possible")
            elif word in self._hedges:
                reading.hedge("hedged")
        for phrase in (verb.subj, verb.obj, verb.obj2 if verb.obj else None):
            if (
                phrase is not None
                and phrase.negated
                and not any(phrase is one for one in reading.passed)
                and not (phrase is verb.obj2 and self._leads(phrase))
                and not phrase.fillers
                and (not phrase.noun or phrase.noun not in self.lexicon.nouns)
            ):
                reading.sign = -reading.sign
        for phrase in (verb.subj, verb.obj):
            if phrase is not None and phrase.negated and phrase.fillers:
                reading.sign = -reading.sign
        self._modal(verb, reading)
        if verb.mark in self.lexicon.classes["condition"] and verb.link == "advcl":
            reading.dropped = "conditional"
        if verb.kind == "inf" and any(
            one.gov is verb and one.mark == "unless" for one in self._structure.verbs
        ):
            reading.dropped = "conditional"  # "voted to cut aid to A unless"
        if (
            verb.gov is None
            and set(verb.aux) & {"will", "shall", "'ll", "may", "can", "could", "might"}
            and (
                any(
                    v.mark in self.lexicon.classes["condition"] and v.link == "advcl"
                    for v in self._structure.verbs
                    if v is not verb
                )
            )
        ):
            reading.dropped = "conditional"
        first = self._structure.words[0]
        if verb.gov is None and first.low == "let" and verb.first < 6:
            reading.dropped = "wished"  # "Let Aldoria arm it, for all I care"
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

    def _leads(self, phrase: Phrase) -> bool:
        """Tell whether a phrase is rather the subject of another verb."""
        return any(verb.subj is phrase for verb in self._structure.verbs)

    def _modal(self, verb: Verb, reading: Reading) -> None:
        aux = verb.aux
        if "would" in aux or "'d" in aux:
            reported = verb.link == "ccomp" and verb.gov is not None
            reported &= not any(
                one.gov is verb and one.mark in self.lexicon.classes["condition"]
                for one in self._structure.verbs
            )
            if reported and "have" not in aux:
                reading.hedge("future")
            else:
                reading.dropped = "hypothetical"
        elif set(aux) & self.lexicon.classes["deontic"]:
            if "must" in aux and "have" in aux:
                reading.hedge("hedged")
            elif reading.stopped and "should" not in aux:
                reading.sign = -reading.sign  # "must stop arming the Front": it does
            else:
                reading.dropped = "deontic"
        elif "could" in aux and "have" in aux:
            reading.hedge("hedged")

    def _asks(self, gov: Verb) -> bool:
        """Tell whether a clause is what a question asks about."""
        return (
            self._structure.question
            and gov.gov is None
            and (gov.question or gov.lemmas[-1:] == ("be",))
            and not self._asked_for(gov)
        )

    def _asked_for(self, verb: Verb) -> bool:
        """Tell whether a question takes its content for granted: who, when, why."""
        words = self._structure.words
        for word in words[max(0, verb.first - 12) : verb.head]:
            if word.low in self.lexicon.classes["wh"]:
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

    def _complement(
        self, verb: Verb, gov: Verb, reading: Reading, presupposed: bool
    ) -> None:
        row = self._speech(gov)
        negated = bool(set(gov.aux) & self.lexicon.classes["negator"]) != bool(
            gov.subj is not None and gov.subj.negated
        )
        if presupposed:
            if row is not None:
                self._speak(gov, reading)
            return
        if gov.lemmas[-1:] == ("be",):
            self._judged(gov, negated, reading)
            return
        if gov.kind == "inf" and isinstance(gov.gov, Verb) and self._belied(gov.gov):
            reading.sign = -reading.sign  # "it is absurd to say that"
        if row is None:
            operator = self._operator(gov)
            if operator and operator[1]["kind"] in ("desire", "directive"):
                if not reading.stopped:
                    reading.dropped = operator[1]["kind"]
                reading.sign = -reading.sign  # "demands that it stop arming"
                self._speak(gov, reading)
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
        elif gov.subj is not None and self._few(gov.subj):
            reading.question = True  # "few believe that"
        elif negated:
            nothing = gov.subj is not None and gov.subj.negated
            shows = nothing and set(gov.lemmas) & self.lexicon.classes["showing"]
            if shows or set(gov.lemmas) & self.lexicon.classes["opinion"]:
                reading.sign = -reading.sign
            elif not set(gov.lemmas) & self.lexicon.classes["factive"]:
                reading.dropped = "unsaid"
        if set(gov.aux) & self.lexicon.classes["deontic"] and not gov.passive:
            reading.dropped = "deontic"
        if (
            "would" in gov.aux or gov.mark in self.lexicon.classes["condition"]
        ) and gov.link != "ccomp":
            reading.dropped = "hypothetical"
        if gov.passive or (
            gov.subj is not None and gov.subj.noun in ("it",) and not gov.subj.fillers
        ):
            reading.hedge("hedged")
        if set(gov.lemmas) & self.lexicon.classes["suspecting"]:
            reading.hedge("hedged")
        self._speak(gov, reading)

    def _cleft(self, verb: Verb, gov: Verb) -> bool:
        return (
            gov.lemmas[-1:] == ("be",)
            and gov.subj is not None
            and gov.subj.noun == "it"
            and gov.pred is not None
            and verb.subj is gov.pred
        )

    def _few(self, phrase: Phrase) -> bool:
        return self._structure.words[phrase.first].low == "few"

    def _judged(self, gov: Verb, negated: bool, reading: Reading) -> None:
        """Read "it is false that", "there is no evidence that"."""
        words = self._structure.words
        first = min(gov.head, gov.end) + 1
        near = {w.low for w in words[first : gov.end + 6]}
        noun = gov.pred.noun if gov.pred is not None else ""
        self._called_so(gov, reading)
        none = negated or (gov.pred is not None and gov.pred.negated)
        if (
            near & self.lexicon.classes["belying"]
            or noun in self.lexicon.classes["belying"]
        ):
            if not negated:
                reading.sign = -reading.sign
        elif near & self.lexicon.classes["unclear"]:
            reading.question = True
        elif near & self.lexicon.classes["likely"]:
            reading.hedge("hedged")
        elif none and (
            noun in self.lexicon.classes["proof"]
            or near & {"true", "correct", "clear", "case"}
        ):
            reading.sign = -reading.sign
