"""Nouns of action and titles: "Aldoria's attack on Belmark", "Belmark's ally Corvia"."""

from __future__ import annotations

from collections.abc import Iterator

from whosays.extract.amounts import quantity
from whosays.extract.fitting import STANDING, SYMMETRIC, Hit
from whosays.extract.lexicon import Row
from whosays.extract.nodes import Phrase, Structure, Verb
from whosays.extract.undergoing import Undergoing
from whosays.extract.words import Filler

_DONE = frozenset({"attacks", "fights", "detains", "sanctions", "represses"})


class Actions(Undergoing):
    """Reads what a noun phrase relates by itself, or with the verb that it hangs on."""

    def _phrase(self, phrase: Phrase, structure: Structure) -> Iterator[Hit]:
        for apposed in phrase.appositions:
            stranger = phrase.personal and phrase.noun not in self.lexicon.heads
            subjects = [] if stranger else phrase.actors()
            named = structure.words[apposed.head].mention is not None
            if named and phrase.noun in self.lexicon.predicates and apposed.fillers:
                yield from self._noun_predicate(phrase, apposed.actors())
            elif subjects:
                for one in apposed.all:
                    yield from self._noun_predicate(one, subjects)
            elif apposed.fillers:
                yield from self._noun_predicate(phrase, apposed.actors())
        if structure.words[phrase.head].mention is not None:
            for title in phrase.titles:
                for row in self.lexicon.predicates.get(title, ()):
                    yield from self._titled(phrase, row)
        elif phrase.owners and phrase.mods:  # "its Aldorian partners"
            for row in self.lexicon.predicates.get(phrase.noun, ()):
                ours = row["relation"] == "affiliated-with" and all(
                    map(self._is_force, phrase.mods)
                )  # "Aldoria's Cedar Front proxy"
                if ours or row["relation"] in SYMMETRIC | {"opposes"}:
                    at, inverted = phrase.head, row["invert"] == "yes"
                    mods, ends = phrase.mods, phrase.owners
                    yield Hit(at, at, mods, ends, row, row["relation"], inverted)
        for at, doer in phrase.participles:
            for row in self.lexicon.participles[structure.words[at].low]:
                inverted = row["invert"] == "yes"
                ends = phrase.fillers
                if phrase.owners and structure.words[at].start < phrase.owners[0].start:
                    ends = phrase.owners  # "Aldoria-led Belmark's envoy Vale"
                if inverted:  # "Belmark's anti-Aldorian policy"
                    of = [f for p, q in phrase.preps if p == "of" for f in q.actors()]
                    ends = phrase.owners or of or ends
                yield Hit(at, at, [doer], ends, row, row["relation"], inverted)
        yield from self._under(phrase)
        yield from self._exemplified(phrase)
        for row in self.lexicon.nouns.get(phrase.noun, ()):
            yield from self._action(phrase, row)
        if phrase.noun in self.lexicon.classes["handing"]:
            yield from self._handing(phrase)

    def _under(self, phrase: Phrase) -> Iterator[Hit]:
        """Read "a band under the command of Vale", "towns under Aldorian control"."""
        subjects = phrase.actors() if phrase.fillers else []
        if not subjects and isinstance(phrase.gov, Verb) and phrase.gov.pred is phrase:
            subjects = phrase.gov.subj.actors() if phrase.gov.subj is not None else []
        for preposition, inner in phrase.preps if subjects else ():
            if (
                isinstance(phrase.gov, Verb)
                and phrase.role == "obj"
                and (inner.noun in self.lexicon.classes["concert"])
            ):
                continue  # "toppled it in collusion with": the verb's
            for row, behind in self._fixed(preposition, inner):
                ends = inner.owners or inner.mods or behind
                at, inverted = inner.head, row["invert"] == "yes"
                yield Hit(at, at, subjects, ends, row, row["relation"], inverted)

    def _titled(self, phrase: Phrase, row: Row) -> Iterator[Hit]:
        """Read "Belmark's ally Corvia", "Cedar Front commander Oren Vale"."""
        at = phrase.head - 1
        ends = phrase.owners
        if row["relation"] in STANDING:  # "Belmark's Cedar Front leader Vale"
            near = [one for one in phrase.mods if not self._is_place(one)]
            sited = any(not self._is_state(one) for one in phrase.mods)
            ends = near or ([] if sited else ends)  # "Corvia's Saltmere governor"
        if not ends and row["relation"] in STANDING | SYMMETRIC | {"affiliated-with"}:
            ends = self._not_of_all(phrase.mods, row)
        if row["relation"] in STANDING:
            ends = [one for one in ends if not self._in_office(one, phrase)]
        if ends:
            yield Hit(
                at,
                at,
                phrase.fillers,
                ends,
                row,
                row["relation"],
                row["invert"] == "yes",
            )

    def _handing(self, phrase: Phrase) -> Iterator[Hit]:
        """Read "Aldoria's delivery of rifles to the Front"."""
        takers = [f for p, q in phrase.preps if p in ("to", "for") for f in q.actors()]
        for preposition, given in phrase.preps:
            for theme in self._themes(given) if preposition == "of" and takers else ():
                givers = phrase.owners or phrase.mods
                givers = givers or [
                    f
                    for p, q in phrase.preps
                    if p in ("by", "from")
                    for f in q.actors()
                ]
                givers = givers or self._borrowed(phrase, theme)
                givers = givers or given.mods  # "shipments of Aldorian rifles to"
                relation = theme["relation"]
                if relation == "deploys-to" and not all(map(self._is_place, takers)):
                    relation = "supports"
                yield Hit(phrase.head, phrase.head, givers, takers, theme, relation)

    def _action(self, phrase: Phrase, row: Row) -> Iterator[Hit]:
        """Read "Aldoria's attack on Belmark", "talks between A and B"."""
        if self._told(phrase, row):
            return
        at = self._structure.words[phrase.head].start
        if row["relation"] == "fights" and any(
            start <= at < end for start, end in self._structure.scared
        ):
            return  # "its 'war' on the Front" is called none
        slots = row["doer_slots"].split(";")
        wanted = row["patient_preps"].split(";")
        symmetric = row["relation"] in SYMMETRIC
        preps = phrase.preps
        patients = [
            f
            for p, inner in preps
            if p in wanted
            and p not in ("of", "between")
            and not (p == "on" and inner.noun in self.lexicon.classes["margin"])
            for f in inner.actors()
        ]
        if not patients and row["relation"] in ("attacks", "fights"):
            patients = self._aimed(phrase)
        of = [f for p, inner in preps if p == "of" for f in inner.actors()]
        if not patients and "of" in wanted:
            patients, of = of, []
        if not patients and row["relation"] == "trades-with" and phrase.owners:
            bought = [inner for p, inner in preps if p == "of"]  # "of Belmarkian gas"
            patients = [f for one in bought for f in one.owners or one.mods]
        between = [f for p, inner in preps if p == "between" for f in inner.actors()]
        if not between and symmetric:
            between = self._between(phrase)
        if not between and len(of) > 1 and not (phrase.owners or phrase.mods):
            between = of  # "the link of A and B"
        rivals = row["relation"] == "opposes" and "between" in wanted
        if len(between) > 1 and (symmetric or rivals):
            yield self._noun_hit(phrase, between, between, row)
            return
        doers = phrase.owners or phrase.mods or self._waging(phrase)
        if not doers and not patients and phrase.gov is None:
            doers, patients = self._launched(phrase, wanted)
        if not doers and row["relation"] in _DONE:
            doers = self._ascribed(phrase)
        by = [f for p, inner in preps if p == "by" for f in inner.actors()]
        if by and not patients and not of and "of" in wanted and "by" in slots:
            patients, doers = doers, by  # "his arrest by Belmark"
        alone = not {"in", "on", "against", "over"} & {p for p, _ in preps}
        if symmetric and not patients and len(phrase.mods) > 1 and alone:
            yield self._noun_hit(phrase, phrase.mods, phrase.mods, row)
            return
        doers = doers or [
            f
            for p, inner in preps
            if p in ("by", "from") and p in slots
            for f in inner.actors()
        ]
        if not doers and "of" in slots and patients:
            doers = of
        if not doers and not phrase.participles and not self._enjoyed(phrase, row):
            doers = self._borrowed(phrase, row)
        fought = row["relation"] == "fights" and (
            phrase.role.startswith("obl") or not alone or self._halted(phrase)
        )
        if symmetric and not patients and len(doers) > 1 and not fought:
            patients = doers
        if not patients and not symmetric and phrase.owners and phrase.mods:
            patients, doers = phrase.mods, phrase.owners
        if not patients and row["relation"] == "threatens":
            for verb in self._structure.verbs:  # "its threat to attack B"
                if verb.gov is phrase and verb.obj is not None:
                    patients = verb.obj.actors() or verb.obj.owners
        if not patients and row["relation"] in _DONE:
            patients = self._sufferers(phrase)
            doers = doers or [
                f
                for p, inner in preps
                if p == "from" and patients
                for f in inner.actors()
            ]
        if doers and patients:
            yield self._noun_hit(phrase, doers, patients, row)

    def _halted(self, phrase: Phrase) -> bool:
        """Tell "to cease the war", "accused them of starting a war" from waging it."""
        verb = phrase.gov
        return (
            isinstance(verb, Verb)
            and phrase.det == "the"
            and bool(set(verb.lemmas) & self.lexicon.classes["stop"])
        ) or (isinstance(verb, Verb) and verb.link == "prep:of")

    def _enjoyed(self, phrase: Phrase, row: Row) -> bool:
        """Tell whether others give it: "gained the support of Belmark"."""
        verb = phrase.gov
        return (
            isinstance(verb, Verb)
            and phrase.det == "the"
            and row["relation"] in ("supports", "arms", "funds", "defends")
            and bool(set(verb.lemmas) & self.lexicon.classes["enjoying"])
        ) or (
            row["id"] == "n-grip-leads" and phrase.role.startswith(("obl:in", "pred"))
        )

    def _between(self, phrase: Phrase) -> list[Filler]:
        """Find the two sides behind the verb: "Clashes broke out between A and B"."""
        for verb in self._structure.verbs:
            if verb.subj is phrase and verb.obj is None:
                return [
                    f for p, inner in verb.obl if p == "between" for f in inner.actors()
                ]
        return []

    def _borrowed(self, phrase: Phrase, row: Row) -> list[Filler]:
        """Find who does it in the verb: "launched an attack", "denied any link"."""
        verb = phrase.gov
        role = phrase.role
        if verb is None and row["relation"] not in SYMMETRIC:
            for one in self._structure.verbs:  # "No attack was carried out by"
                of = one.subj
                if of is None or not one.passive:
                    continue
                if of is phrase:
                    return self._agents(one) if self._done_by(one, phrase) else []
                if of.noun in ("responsibility", "credit", "blame") and any(
                    inner is phrase for _, inner in of.preps
                ):
                    return self._agents(one)
        if (
            isinstance(verb, Phrase)
            and role == "of"
            and self._structure.words[verb.head].low in self.lexicon.classes["portion"]
        ):
            role = verb.role  # "five hours of talks"
            verb = verb.gov
        if isinstance(verb, Phrase):
            if role == "such as":  # "its advances, including the capture of"
                return verb.owners or verb.mods
            counted = quantity(verb, self._structure.words)  # "dozens of strikes"
            if role == "of" and (
                counted
                or verb.noun in self.lexicon.scope_nouns
                or verb.noun in self.lexicon.contents
            ):
                return verb.owners or verb.mods or self._borrowed(verb, row)
            return []
        if verb is None or set(verb.lemmas) & self.lexicon.classes["namer"]:
            return []
        if row["relation"] == "controls" and "lose" in verb.lemmas:
            return []  # the verb says it
        if isinstance(verb.gov, Verb) and phrase.det == "the":
            helped = "help" in verb.gov.lemmas and verb.kind != "fin"
            if helped and set(verb.lemmas) & self.lexicon.classes["stop"]:
                return []  # "help us end the occupation"
        subjects = verb.subj.actors() if verb.subj is not None else []
        if role in ("obj", "subj") and phrase in (
            verb.obj,
            *(verb.obj.all if verb.obj else ()),
        ):
            if verb.passive:
                return []
            return subjects if self._done_by(verb, phrase) else []
        told = role in ("obl:behind", "obl:for", "obl:of", "obl:in", "obl:with")
        if told and self._answers(verb):
            return subjects
        met = row["relation"] == "negotiates-with" and not verb.passive
        if met and role in ("obl:during", "obl:in", "obl:at"):
            return subjects if any(p == "with" for p, _ in phrase.preps) else []
        apart = verb.obj is not None  # "recalled their envoys for consultations"
        if row["relation"] == "negotiates-with" and role in ("obl:for", "obl:to"):
            return [] if apart and role == "obl:for" else subjects
        replied = role == "obl:with" and row["relation"] in _DONE
        if replied and set(verb.lemmas) & self.lexicon.classes["replying"]:
            return subjects  # "responded with air strikes on"
        if (
            role.startswith("obl:in")
            and set(verb.lemmas) & self.lexicon.classes["engaged"]
        ) or (
            role.startswith("obl")
            and not apart
            and any(" " in lemma for lemma in verb.lemmas)
            and any(self.lexicon.light.get(lemma) for lemma in verb.lemmas)
        ):
            return subjects
        if role in ("obl:of", "obl:for", "obl:over", "obl:with") and any(
            lemma in self.lexicon.speech for lemma in verb.lemmas
        ):
            if verb.passive:
                return subjects
            return verb.obj.actors() if verb.obj is not None else []
        if role == "subj" and verb.passive and self._done_by(verb, phrase):
            return self._agents(verb)
        return []

    def _done_by(self, verb: Verb, phrase: Phrase) -> bool:
        """Tell who "launches" or "denies" a deed from who condemns or foils it."""
        if set(verb.lemmas) & self.lexicon.classes["foiling"]:
            return False
        lexicon = self.lexicon
        light = any(
            ("verb", lemma) in lexicon.scope
            or any(r["role"] in ("does", "gives") for r in lexicon.light.get(lemma, ()))
            or any(row["sign"] == "-1" for row in lexicon.speech.get(lemma, ()))
            for lemma in verb.lemmas
        )
        return light and not self._backs(verb, phrase)

    def _backs(self, verb: Verb, phrase: Phrase) -> bool:
        """Tell whether another's deed is backed: "supports the invasion of Belmark"."""
        return phrase.det == "the" and any(
            row["relation"] in ("supports", "opposes")
            for lemma in verb.lemmas
            for row in self.lexicon.verbs.get(lemma, ())
        )

    def _answers(self, verb: Verb) -> bool:
        """Tell whether it names who did it: "was behind", "claimed responsibility for"."""
        after = [
            word.low for word in self._structure.words[verb.head + 1 : verb.head + 5]
        ]
        words = " ".join(
            low
            for low in after
            if self.lexicon.tags.get(low) not in ("RB", "NG", "DT", "JJ")
        )
        return any(
            words.startswith(rest)
            for first, _, rest in (
                one.partition(" ") for one in self.lexicon.classes["culprit"]
            )
            if first in verb.lemmas
        )

    def _noun_hit(
        self, phrase: Phrase, doers: list[Filler], patients: list[Filler], row: Row
    ) -> Hit:
        verb, relation = phrase.gov, row["relation"]
        if (relation, phrase.role) == ("attacks", "obj") and isinstance(verb, Verb):
            threat = set(verb.lemmas) & {"threaten", "vow", "swear"}
            relation = "threatens" if threat else relation
        fell = relation == "controls" and phrase.noun in self.lexicon.classes["falling"]
        return Hit(phrase.head, phrase.head, doers, patients, row, relation, fell)
