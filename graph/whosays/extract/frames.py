"""Cues and the roles around them → who relates how to whom.

The rules see nodes only, so they serve both readers. Polarity, modality and speaker
are none of their business.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeGuard

from whosays.extract.actions import Actions
from whosays.extract.blows import dealt
from whosays.extract.fitting import Hit
from whosays.extract.lexicon import Row
from whosays.extract.nodes import Phrase, Structure, Verb
from whosays.extract.proposals import Proposal
from whosays.extract.senses import (
    called_so,
    exchanged,
    means_else,
    people,
    shouted,
    voted_down,
)
from whosays.extract.words import Filler


class Frames(Actions):
    """All rules over one set of tables."""

    def propose(self, structure: Structure) -> Iterator[Proposal]:
        """Yield what the cues of a sentence relate."""
        self._structure = structure
        for verb in structure.verbs:
            if verb.link != "auxiliary" and not shouted(verb, structure):
                for hit in self._verb(verb, structure):
                    yield from self._checked(hit, structure)
        seen: set[int] = set()
        for phrase in structure.phrases:
            if id(phrase) not in seen and not called_so(phrase, structure):
                seen.add(id(phrase))
                for hit in self._phrase(phrase, structure):
                    yield from self._checked(hit, structure)

    def _verb(self, verb: Verb, structure: Structure) -> Iterator[Hit]:
        light = list(self._light(verb, structure))
        if any(
            row["relation"] == "trades-with"
            for lemma in verb.lemmas
            for row in self.lexicon.verbs.get(lemma, ())
        ):  # "sells it rice" is no support
            light = [hit for hit in light if hit.relation != "supports"]
        yield from light
        if verb.lemmas[-1:] == ("be",) or verb.lemma in (
            "become",
            "remain",
            "stay",
            "be",
        ):
            yield from self._predicate(verb, structure)
        else:
            yield from self._beside(verb)
        classes = self.lexicon.classes
        if set(verb.lemmas) & (classes["acting"] | classes["turning"]):
            yield from self._predicate(verb, structure)
        if set(verb.lemmas) & (classes["namer"] | classes["choosing"]):
            yield from self._named(verb, structure)
        given = {hit.relation for hit in light}
        content = any(
            other.gov is verb
            and other.link.startswith("prep:")
            and other.link not in ("prep:by", "prep:in", "prep:after")
            for other in structure.verbs
        ) or self._speaks_of(verb)
        content = content or voted_down(verb, self.lexicon)
        for lemma in verb.lemmas:
            for row in self.lexicon.verbs.get(lemma, ()):
                if row["relation"] == "trades-with" and (
                    given or exchanged(verb, self.lexicon)
                ):
                    continue
                if row["relation"] == "opposes" and content:
                    continue
                for hit in self._frames(verb, row, structure):
                    yield self._warned(verb, hit)

    def _frames(self, verb: Verb, row: Row, structure: Structure) -> Iterator[Hit]:
        doers, patients = self._ends(verb)
        if row["relation"] == "attacks":
            of = (doers, patients), structure.words, self.lexicon, self._type
            doers, patients = dealt(verb, row, *of)
        leaning = self.lexicon.classes["leaning"]
        for frame in row["frame"].split("|"):
            if frame in ("obj", "in:attack"):
                if means_else(verb, row, structure, self.lexicon, self._type) or (
                    row["relation"] == "asks-help-from"
                    and verb.obj is not None
                    and verb.obj.noun in self.lexicon.classes["envoy"]
                ):
                    continue
                if not patients and row["relation"] == "threatens":
                    patients = self._threatened(verb, structure)
                if doers and patients:
                    yield self._hit(verb, doers, patients, row)
            elif frame == "xcomp:attacks":
                ends = self._hostile(verb, structure)
                if doers and ends:
                    yield self._hit(verb, doers, ends, row)
            elif frame == "obj+will":
                if doers and patients and self._foretold(verb, structure):
                    yield self._hit(verb, doers, patients, row)
            elif frame.startswith("help:"):
                asked = self._asked_whom(verb, frame[5:])
                if doers and asked and self._relieved(verb, doers, structure):
                    yield self._hit(verb, doers, asked, row)
            elif frame == "pass:obj":
                for other in structure.verbs:
                    moves = set(other.lemmas) & self.lexicon.classes["passing"]
                    if other.subj is verb.obj and moves and doers and patients:
                        yield self._hit(verb, doers, patients, row)
            elif frame == "recip":
                pair = doers or (patients if verb.passive else [])
                alone = verb.passive or verb.obj is None or not verb.obj.noun
                alone = alone or self._told_again(verb, row)
                alone |= row["relation"] == "trades-with"  # "A and B traded oil"
                if (
                    len(pair) > 1
                    and alone
                    and not patients
                    and not self._with(verb, row)
                    and not self._side_by_side(verb)
                ):
                    yield self._hit(verb, pair, pair, row)
            elif frame.startswith("obj="):
                noun, _, wanted = frame[4:].partition("+prep:")
                if row["relation"] == "deploys-to" and verb.obj is None:
                    sent = verb.subj  # "Aldorian troops are stationed in Belmark"
                    if sent is not None and sent.noun == noun:
                        own = self._agents(verb) or sent.actors()
                        yield self._hit(verb, own, self._reached(verb, wanted), row)
                elif doers and verb.obj is not None and verb.obj.noun == noun:
                    ends = self._reached(verb, wanted)
                    yield self._hit(verb, doers, ends, row)
            elif frame.startswith("to:"):  # "lost control of Saltmere to Belmark"
                lost = verb.obj if verb.obj is not None else verb.subj
                takers = self._reached(verb, "to") if lost is not None else []
                if lost is not None and lost.noun == frame[3:]:
                    yield self._hit(verb, takers, self._of(lost), row)
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
                frame, _, beside = frame.partition("/for:")
                wanted = frame.rpartition(":")[2]
                if beside and not any(
                    p == "for" and (ph.noun == beside or self._helps(ph))
                    for p, ph in verb.obl
                ):
                    continue  # "turned to A for help"
                if row["relation"] == "yields-to" and people(
                    verb.obj, structure, self.lexicon
                ):
                    continue  # "handed two suspects to A"
                if (
                    frame.startswith("obj+")
                    and verb.obj is None
                    and not (verb.passive and verb.subj is not None)
                ):
                    continue
                if frame.startswith("obj+") and verb.passive:
                    doers = self._agents(verb)
                elif (
                    frame == "obj+prep:to"
                    and verb.obj2 is not None
                    and patients
                    and (
                        row["relation"] != "trades-with" or any(self._themes(verb.obj2))
                    )
                ):
                    yield self._hit(verb, doers, patients, row)  # "sold B rifles"
                elif (
                    frame == "obj+prep:from"
                    and row["relation"] == "trades-with"
                    and verb.obj is not None
                    and any(self._themes(verb.obj))
                ):
                    ends = verb.obj.owners or verb.obj.mods
                    yield self._hit(verb, doers, ends, row)  # "buys Aldorian gas"
                joins = set(verb.lemmas) & self.lexicon.classes["joining"]
                if joins and not verb.passive and verb.obj is not None:
                    doers = verb.obj.actors()  # "folded the Guard into the army"
                out = f"{verb.lemma.rpartition(' ')[2]} {wanted}"  # "pull A out of B"
                for preposition, phrase in verb.obl:
                    if preposition == "as" and wanted == "with":
                        break  # "worked as a go-between in talks with Belmark"
                    if preposition in (wanted, out) and doers:
                        if self._helps(phrase) and set(verb.lemmas) & leaning:
                            continue  # "benefits from Belmark's support"
                        ends = phrase.actors()
                        if row["relation"] == "becomes":
                            ends = ends or [
                                f for a in phrase.appositions for f in a.actors()
                            ]
                        yield self._hit(verb, doers, ends, row)
                if wanted == "from" and doers and self._helps(verb.obj):
                    yield self._hit(verb, doers, verb.obj.owners, row)  # "our help"

    def _warned(self, verb: Verb, hit: Hit) -> Hit:
        """Let what one warns that one would do be a threat: "warned it would strike"."""
        gov = verb.gov
        if (
            hit.relation != "attacks"
            or hit.inverted
            or not isinstance(gov, Verb)
            or verb.link != "ccomp"
            or gov.subj is None
            or not (set(gov.lemmas) & self.lexicon.classes["warning"])
            or not set(verb.aux) & (self.lexicon.classes["future"] | {"would"})
        ):
            return hit
        own = {one.actor for one in gov.subj.actors()}
        if not own & {one.actor for one in hit.subjects}:
            return hit
        return replace(hit, relation="threatens")

    def _relieved(self, verb: Verb, doers: list[Filler], structure: Structure) -> bool:
        """Tell whether help is asked for: "called on A to defend it", "to intervene"."""
        own = {one.actor for one in doers}
        for other in structure.verbs:
            if other.gov is not verb or other.link not in ("xcomp", "purpose"):
                continue
            if set(other.lemmas) & self.lexicon.classes["relieving"]:
                ends = other.obj.actors() if other.obj is not None else []
                ends += [f for _, phrase in other.obl for f in phrase.actors()]
                if not ends or own & {one.actor for one in ends}:
                    return True
        return False

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
        found = found or self._shooters(phrase, self._structure)
        if not found and phrase.det in ("a", "an", "the"):
            for verb in self._structure.verbs:
                if verb.pred is phrase and verb.subj is not None:
                    return verb.subj.actors()
        return found

    def _ground(self, phrase: Phrase) -> bool:
        """Tell whether a place or a piece of land is meant: "from the town of"."""
        return phrase.noun in self.lexicon.classes["ground"] or any(
            self._is_place(one) for one in phrase.actors()
        )

    def _has(self, verb: Verb, preposition: str, noun: str = "") -> bool:
        return any(
            p == preposition
            and (
                not noun
                or phrase.noun == noun
                or (noun == "ground" and self._ground(phrase))
            )
            for p, phrase in verb.obl
        )

    def _with(self, verb: Verb, row: Row) -> bool:
        """Tell whether the other side of a mutual verb is named apart."""
        frames = row["frame"]
        return any(f"prep:{p}" in frames and ph.actors() for p, ph in verb.obl)

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
