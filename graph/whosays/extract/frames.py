"""Cues and the roles around them → who relates how to whom.

The rules see nodes only, so they serve both readers. Polarity, modality and speaker
are none of their business.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from whosays.extract.fitting import SYMMETRIC, Hit
from whosays.extract.lexicon import Row
from whosays.extract.nodes import Phrase, Structure, Verb
from whosays.extract.predicating import Predicating
from whosays.extract.proposals import Proposal
from whosays.extract.words import Filler


class Frames(Predicating):
    """All rules over one set of tables."""

    _structure: Structure

    def propose(self, structure: Structure) -> Iterator[Proposal]:
        """Yield what the cues of a sentence relate."""
        self._structure = structure
        for verb in structure.verbs:
            if verb.link != "auxiliary":
                for hit in self._verb(verb, structure):
                    yield from self._checked(hit, structure)
        seen: set[int] = set()
        for phrase in structure.phrases:
            if id(phrase) not in seen:
                seen.add(id(phrase))
                for hit in self._phrase(phrase, structure):
                    yield from self._checked(hit, structure)

    def _verb(self, verb: Verb, structure: Structure) -> Iterator[Hit]:
        light = list(self._light(verb, structure))
        yield from light
        if verb.lemmas[-1:] == ("be",) or verb.lemma in (
            "become",
            "remain",
            "stay",
            "be",
        ):
            yield from self._predicate(verb, structure)
        if set(verb.lemmas) & {"serve", "act", "function", "operate", "emerge"}:
            yield from self._predicate(verb, structure)
        if set(verb.lemmas) & self.lexicon.classes["namer"]:
            yield from self._named(verb, structure)
        given = {hit.relation for hit in light}
        content = any(
            other.gov is verb
            and other.link.startswith("prep:")
            and other.link not in ("prep:by", "prep:in", "prep:after")
            for other in structure.verbs
        ) or self._speaks_of(verb)
        for lemma in verb.lemmas:
            for row in self.lexicon.verbs.get(lemma, ()):
                if row["relation"] == "trades-with" and given:
                    continue
                if row["relation"] == "opposes" and content:
                    continue
                yield from self._frames(verb, row, structure)

    def _frames(self, verb: Verb, row: Row, structure: Structure) -> Iterator[Hit]:
        doers, patients = self._ends(verb)
        for frame in row["frame"].split("|"):
            if frame == "obj":
                if not patients and row["relation"] == "threatens":
                    patients = self._threatened(verb, structure)
                if doers and patients:
                    yield self._hit(verb, doers, patients, row)
            elif frame == "recip":
                pair = doers or (patients if verb.passive else [])
                alone = verb.passive or verb.obj is None or not verb.obj.noun
                if (
                    len(pair) > 1
                    and alone
                    and not patients
                    and not self._with(verb, row)
                ):
                    yield self._hit(verb, pair, pair, row)
            elif frame.startswith("obj="):
                noun, _, wanted = frame[4:].partition("+prep:")
                if doers and verb.obj is not None and verb.obj.noun == noun:
                    ends = self._reached(verb, wanted)
                    yield self._hit(verb, doers, ends, row)
            elif frame.startswith("at="):
                preposition, _, noun = frame[3:].partition(":")
                for p, phrase in verb.obl:
                    if p == preposition and phrase.noun == noun and doers:
                        yield self._hit(verb, doers, self._of(phrase), row)
            elif frame.startswith("obj/"):
                preposition, _, noun = frame[4:].partition(":")
                if doers and patients and self._has(verb, preposition, noun):
                    yield self._hit(verb, doers, patients, row)
            else:
                wanted = frame.rpartition(":")[2]
                if (
                    frame.startswith("obj+")
                    and verb.obj is None
                    and not (verb.passive and verb.subj is not None)
                ):
                    continue
                if frame.startswith("obj+") and verb.passive:
                    doers = self._agents(verb)
                out = f"{verb.lemma.rpartition(' ')[2]} {wanted}"  # "pull A out of B"
                for preposition, phrase in verb.obl:
                    if preposition in (wanted, out) and doers:
                        yield self._hit(verb, doers, phrase.actors(), row)
                if wanted == "from" and doers and self._helps(verb.obj):
                    yield self._hit(verb, doers, verb.obj.owners, row)  # "our help"

    def _reached(self, verb: Verb, preposition: str) -> list[Filler]:
        """Find whom "turned its guns on" leads to, or whose it is: "took A's side"."""
        if not preposition:
            return self._of(verb.obj) if verb.obj is not None else []
        inner = verb.obj.preps if verb.obj is not None else []
        return [
            f for p, q in (*verb.obl, *inner) if p == preposition for f in q.actors()
        ]

    def _of(self, phrase: Phrase) -> list[Filler]:
        """Find whose it is: "to Aldoria's rescue", "to the rescue of Aldoria"."""
        of = [f for p, inner in phrase.preps if p == "of" for f in inner.actors()]
        return of or phrase.owners or phrase.mods

    def _helps(self, phrase: Phrase | None) -> TypeGuard[Phrase]:
        """Tell whether somebody's help is meant: "sought Aldoria's assistance"."""
        return phrase is not None and any(
            row["relation"] in ("supports", "arms", "funds", "defends")
            for table in (self.lexicon.nouns, self.lexicon.themes)
            for row in table.get(phrase.noun, ())
        )

    def _speaks_of(self, verb: Verb) -> bool:
        """Tell whether an accusation says what it is about: "of attacks on Belmark"."""
        return any(
            preposition in ("of", "for", "over")
            and any(
                one.noun in self.lexicon.nouns and (one.preps or one.mods)
                for one in phrase.all
            )
            for preposition, phrase in verb.obl
        )

    def _ends(self, verb: Verb) -> tuple[list[Filler], list[Filler]]:
        subjects = self._meant(verb.subj)
        if verb.passive:
            if not subjects and verb.subj is not None and self._waged(verb.subj):
                subjects = verb.subj.owners or verb.subj.mods
            return self._agents(verb) or (
                [] if self._has(verb, "by") else subjects if verb.obl else []
            ), subjects if self._agents(verb) else []
        return subjects, self._meant(verb.obj)

    def _meant(self, phrase: Phrase | None) -> list[Filler]:
        """Find who stands there; "a band that A armed" is who is said to be one."""
        if phrase is None:
            return []
        found = phrase.actors()
        if not found and phrase.det in ("a", "an", "the"):
            for verb in self._structure.verbs:
                if verb.pred is phrase and verb.subj is not None:
                    return verb.subj.actors()
        return found

    def _waged(self, phrase: Phrase) -> bool:
        """Tell whether "its wars were fought against" names who fights."""
        return any(
            row["relation"] in ("fights", "attacks")
            for row in self.lexicon.nouns.get(phrase.noun, ())
        )

    def _has(self, verb: Verb, preposition: str, noun: str = "") -> bool:
        return any(
            p == preposition and (not noun or phrase.noun == noun)
            for p, phrase in verb.obl
        )

    def _with(self, verb: Verb, row: Row) -> bool:
        """Tell whether the other side of a mutual verb is named apart."""
        frames = row["frame"]
        return any(f"prep:{p}" in frames and ph.actors() for p, ph in verb.obl)

    def _threatened(self, verb: Verb, structure: Structure) -> list[Filler]:
        """Find whom a threat is about: "threatened to attack Belmark"."""
        for other in structure.verbs:
            if other.gov is verb and other.link == "xcomp" and other.obj is not None:
                return other.obj.actors()
        return []

    def _hit(
        self, verb: Verb, doers: list[Filler], patients: list[Filler], row: Row
    ) -> Hit:
        return Hit(
            verb.head,
            verb.end,
            doers,
            patients,
            row,
            row["relation"],
            row.get("invert") == "yes",
        )

    def _phrase(self, phrase: Phrase, structure: Structure) -> Iterator[Hit]:
        for apposed in phrase.appositions:
            subjects = phrase.actors()
            if subjects:
                for one in apposed.all:
                    yield from self._noun_predicate(one, subjects)
            elif apposed.fillers:
                yield from self._noun_predicate(phrase, apposed.actors())
        if structure.words[phrase.head].mention is not None:
            for title in phrase.titles:
                if title in self.lexicon.predicates and phrase.owners:
                    for row in self.lexicon.predicates[title]:
                        yield Hit(
                            phrase.head - 1,
                            phrase.head - 1,
                            phrase.fillers,
                            phrase.owners,
                            row,
                            row["relation"],
                            row["invert"] == "yes",
                        )
        for at, doer in phrase.participles:
            for row in self.lexicon.participles[structure.words[at].low]:
                inverted = row["invert"] == "yes"
                ends = phrase.fillers
                if inverted:  # "Belmark's anti-Aldorian policy"
                    of = [f for p, q in phrase.preps if p == "of" for f in q.actors()]
                    ends = phrase.owners or of or ends
                yield Hit(at, at, [doer], ends, row, row["relation"], inverted)
        for row in self.lexicon.nouns.get(phrase.noun, ()):
            yield from self._action(phrase, row)
        if phrase.noun in self.lexicon.classes["handing"]:
            yield from self._handing(phrase)

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
                relation = theme["relation"]
                if relation == "deploys-to" and not all(map(self._is_place, takers)):
                    relation = "supports"
                yield Hit(phrase.head, phrase.head, givers, takers, theme, relation)

    def _action(self, phrase: Phrase, row: Row) -> Iterator[Hit]:
        """Read "Aldoria's attack on Belmark", "talks between A and B"."""
        slots = row["doer_slots"].split(";")
        wanted = row["patient_preps"].split(";")
        symmetric = row["relation"] in SYMMETRIC
        preps = phrase.preps
        patients = [
            f
            for p, inner in preps
            if p in wanted and p not in ("of", "between")
            for f in inner.actors()
        ]
        of = [f for p, inner in preps if p == "of" for f in inner.actors()]
        if not patients and "of" in wanted:
            patients, of = of, []
        between = [f for p, inner in preps if p == "between" for f in inner.actors()]
        if not between and len(of) > 1 and not (phrase.owners or phrase.mods):
            between = of  # "the link of A and B"
        if len(between) > 1 and symmetric:
            yield self._noun_hit(phrase, between, between, row)
            return
        doers = [*phrase.owners] or [*phrase.mods]
        by = [f for p, inner in preps if p == "by" for f in inner.actors()]
        if by and not patients and not of and "of" in wanted and "by" in slots:
            patients, doers = doers, by  # "his arrest by Belmark"
        if symmetric and not patients and len(phrase.mods) > 1:
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
        doers = doers or self._borrowed(phrase, row)
        if symmetric and not patients and len(doers) > 1:
            patients = doers
        if not patients and not symmetric and phrase.owners and phrase.mods:
            patients, doers = phrase.mods, phrase.owners
        if doers and patients:
            yield self._noun_hit(phrase, doers, patients, row)

    def _borrowed(self, phrase: Phrase, row: Row) -> list[Filler]:
        """Find who does it in the verb: "launched an attack", "denied any link"."""
        verb = phrase.gov
        role = phrase.role
        if verb is None and row["relation"] not in SYMMETRIC:
            for one in self._structure.verbs:  # "No attack was carried out by"
                if one.passive and one.subj is phrase:
                    return self._agents(one)
        if isinstance(verb, Phrase):
            if role == "of" and verb.noun in self.lexicon.scope_nouns | (
                self.lexicon.contents
            ):
                return verb.owners or verb.mods or self._borrowed(verb, row)
            return []
        if verb is None or set(verb.lemmas) & self.lexicon.classes["namer"]:
            return []
        subjects = verb.subj.actors() if verb.subj is not None else []
        if role in ("obj", "subj") and phrase in (
            verb.obj,
            *(verb.obj.all if verb.obj else ()),
        ):
            light = any(
                r["role"] in ("does", "gives")
                for lemma in verb.lemmas
                for r in self.lexicon.light.get(lemma, ())
            ) or any(
                ("verb", lemma) in self.lexicon.scope
                or any(r["sign"] == "-1" for r in self.lexicon.speech.get(lemma, ()))
                for lemma in verb.lemmas
            )
            if light and not verb.passive:
                return subjects
            return []
        if role in ("obl:behind", "obl:for", "obl:of", "obl:in") and self._answers(
            verb
        ):
            return subjects
        if row["relation"] == "negotiates-with" and role in ("obl:for", "obl:to"):
            return subjects
        if (
            role.startswith("obl:in")
            and set(verb.lemmas) & self.lexicon.classes["engaged"]
        ) or (
            role.startswith("obl")
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
        if role == "subj" and verb.passive:
            return self._agents(verb)
        return []

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
        return Hit(phrase.head, phrase.head, doers, patients, row, row["relation"])
