"""Cues and the roles around them → who relates how to whom.

The rules see nodes only, so they serve both readers. Polarity, modality and speaker
are none of their business.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from whosays.extract.document import Registry
from whosays.extract.lexicon import Lexicon, Row
from whosays.extract.nodes import Phrase, Structure, Verb
from whosays.extract.proposals import Proposal
from whosays.extract.words import Filler
from whosays.model import ActorType

_PLACES = frozenset({"attacks", "controls", "intervenes-in", "withdraws-from", "defends",
                     "threatens", "part-of"})
_DEEDS = frozenset({"opposes", "supports", "intervenes-in", "defends", "uses"})
_AFFAIRS = frozenset({"intervenes-in"})
_PLACE_OBJECTS = frozenset(
    {"intervenes-in", "withdraws-from", "controls", "defends", "part-of"}
)
SYMMETRIC = frozenset(
    {"fights", "cooperates-with", "allied-with", "trades-with", "negotiates-with"}
)
_ACTORS_ONLY = frozenset(
    {"arms", "funds", "opposes", "supports", "negotiates-with", "harbours"}
)
_RECIPIENT = ("to", "for", "into")
_NAMERS = frozenset({"call", "label", "brand", "describe", "term", "dub", "consider",
                     "name", "regard", "portray", "depict"})
_ENGAGED = frozenset({"engage", "involve", "participate", "take", "join", "be"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue with its two ends, before types are checked."""

    first: int
    last: int
    subjects: list[Filler]
    objects: list[Filler]
    row: Row
    relation: str
    inverted: bool = False


class Frames:
    """All rules over one set of tables."""

    def __init__(self, lexicon: Lexicon, registry: Registry) -> None:
        """Keep tables and registry."""
        self.lexicon = lexicon
        self.registry = registry

    def propose(self, structure: Structure) -> Iterator[Proposal]:
        """Yield what the cues of a sentence relate."""
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

    # --- verbs

    def _verb(self, verb: Verb, structure: Structure) -> Iterator[Hit]:
        light = list(self._light(verb, structure))
        yield from light
        if verb.lemmas[-1:] == ("be",) or verb.lemma in (
            "become", "remain", "stay", "be",
        ):
            yield from self._predicate(verb, structure)
        if set(verb.lemmas) & _NAMERS:
            yield from self._named(verb, structure)
        given = {hit.relation for hit in light}
        content = any(
            other.gov is verb and other.link.startswith("prep:")
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
                if len(pair) > 1 and not patients and not self._with(verb):
                    yield self._hit(verb, pair, pair, row)
            elif frame.startswith("obj/"):
                if doers and patients and self._has(verb, frame[4:]):
                    yield self._hit(verb, doers, patients, row)
            else:
                wanted = frame.rpartition(":")[2]
                if frame.startswith("obj+") and verb.obj is None and not (
                    verb.passive and verb.subj is not None
                ):
                    continue
                if frame.startswith("obj+") and verb.passive:
                    doers = self._agents(verb)
                for preposition, phrase in verb.obl:
                    if preposition == wanted and doers:
                        yield self._hit(verb, doers, phrase.actors(), row)

    def _speaks_of(self, verb: Verb) -> bool:
        """Tell whether an accusation says what it is about: "of attacks on Belmark"."""
        return any(
            preposition in ("of", "for", "over")
            and any(one.noun in self.lexicon.nouns and (one.preps or one.mods)
                    for one in phrase.all)
            for preposition, phrase in verb.obl
        )

    def _ends(self, verb: Verb) -> tuple[list[Filler], list[Filler]]:
        subjects = verb.subj.actors() if verb.subj is not None else []
        if verb.passive:
            return self._agents(verb) or (
                [] if self._has(verb, "by") else subjects if verb.obl else []
            ), subjects if self._agents(verb) else []
        return subjects, verb.obj.actors() if verb.obj is not None else []

    def _agents(self, verb: Verb) -> list[Filler]:
        return [f for p, phrase in verb.obl if p == "by" for f in phrase.actors()]

    def _has(self, verb: Verb, preposition: str) -> bool:
        return any(p == preposition for p, _ in verb.obl)

    def _with(self, verb: Verb) -> bool:
        return any(p in ("with", "against") and phrase.actors() for p, phrase in verb.obl)

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
            verb.head, verb.end, doers, patients, row, row["relation"],
            row.get("invert") == "yes",
        )

    # --- give and receive

    def _light(self, verb: Verb, structure: Structure) -> Iterator[Hit]:
        rows = [row for lemma in verb.lemmas for row in self.lexicon.light.get(lemma, ())]
        roles = {row["role"] for row in rows}
        if "gives" in roles:
            yield from self._gives(verb)
        if "receives" in roles and not verb.passive and verb.subj is not None:
            for theme in self._themes(verb.obj):
                givers = [
                    f for p, phrase in verb.obl if p == "from" for f in phrase.actors()
                ] or (verb.obj.owners or verb.obj.mods if verb.obj else [])
                yield self._theme_hit(verb, givers, verb.subj.actors(), theme)

    def _gives(self, verb: Verb) -> Iterator[Hit]:
        subject = verb.subj
        if verb.passive:
            givers = self._agents(verb)
            for theme in self._themes(subject):
                yield self._theme_hit(verb, givers, self._recipients(verb), theme)
            if subject is not None and subject.actors():
                found = [*self._themes(verb.obj)]
                found += [t for p, ph in verb.obl if p == "with" for t in self._themes(ph)]
                for theme in found:
                    yield self._theme_hit(verb, givers, subject.actors(), theme)
            return
        givers = subject.actors() if subject is not None else []
        themes = [*self._themes(verb.obj)]
        if themes and verb.obj is not None:
            takers = self._recipients(verb) or self._dative(verb.obj)
            for theme in themes:
                yield self._theme_hit(verb, givers, takers, theme)
        elif verb.obj is not None and verb.obj.actors():
            found = [*self._themes(verb.obj2)]
            found += [
                t for p, ph in verb.obl if p == "with" for t in self._themes(ph)
            ]
            for theme in found:
                yield self._theme_hit(verb, givers, verb.obj.actors(), theme)

    def _recipients(self, verb: Verb) -> list[Filler]:
        return [
            f for p, phrase in verb.obl if p in _RECIPIENT for f in phrase.actors()
        ]

    def _dative(self, theme: Phrase) -> list[Filler]:
        """Read "gave the Front weapons", where the words make one phrase."""
        return [f for phrase in theme.all for f in phrase.mods[-1:]]

    def _themes(self, phrase: Phrase | None) -> Iterator[Row]:
        if phrase is None:
            return
        seen: set[str] = set()
        for member in phrase.all:
            inner = [p for prep, p in member.preps if prep in ("of", "such as")]
            for one in (member, *inner):
                for row in self.lexicon.themes.get(one.noun, ()):
                    if row["relation"] not in seen:
                        seen.add(row["relation"])
                        yield row

    def _theme_hit(
        self, verb: Verb, givers: list[Filler], takers: list[Filler], theme: Row
    ) -> Hit:
        relation = theme["relation"]
        if relation == "intervenes-in" and not all(map(self._is_place, takers)):
            relation = "supports"
        return Hit(verb.head, verb.end, givers, takers, theme, relation)

    def _is_place(self, filler: Filler) -> bool:
        actor = self.registry.actors.get(filler.actor)
        return actor is not None and actor.type in (ActorType.PLACE, ActorType.STATE)

    # --- be an ally of

    def _predicate(self, verb: Verb, structure: Structure) -> Iterator[Hit]:
        subjects = verb.subj.actors() if verb.subj is not None else []
        pred = verb.pred or (verb.obj if verb.lemma in ("become", "remain", "stay")
                             else None)
        if pred is not None:
            for member in pred.all:
                yield from self._noun_predicate(member, subjects, verb.obl)
        names = [lemma[3:] for lemma in verb.lemmas if lemma.startswith("be ")]
        if verb.lemma in ("become", "remain", "stay", "be"):
            names += self._adjective(verb, structure)
        for name in names:
            if pred is not None and name == pred.noun:
                continue
            for row in self.lexicon.predicates.get(name, ()):
                yield from self._predicated(
                    verb.end, verb.end, row, subjects, verb.obl, name, structure
                )

    def _adjective(self, verb: Verb, structure: Structure) -> list[str]:
        start = min(verb.end, verb.head) + 1
        words = structure.words[start : start + 4]
        lows = [w.low for w in words if w.tag not in ("RB", "NG")]
        return [
            " ".join(lows[:size])
            for size in (4, 3, 2, 1)
            if " ".join(lows[:size]) in self.lexicon.predicates
        ][:1]

    def _predicated(
        self,
        first: int,
        last: int,
        row: Row,
        subjects: list[Filler],
        obliques: list[tuple[str, Phrase]],
        name: str,
        structure: Structure,
    ) -> Iterator[Hit]:
        wanted = row["preps"].split(";")
        for at in range(max(0, first - 3), min(first + 6, len(structure.words))):
            if structure.words[at].low == name.split()[0]:
                first, last = at, at + len(name.split()) - 1
                break
        found = [f for p, phrase in obliques if p in wanted for f in phrase.actors()]
        inverted = row["invert"] == "yes"
        if found:
            yield Hit(first, last, subjects, found, row, row["relation"], inverted)
        elif row["relation"] in SYMMETRIC and len(subjects) > 1:
            yield Hit(first, last, subjects, subjects, row, row["relation"])

    def _noun_predicate(
        self,
        phrase: Phrase,
        subjects: list[Filler],
        obliques: list[tuple[str, Phrase]] = (),  # type: ignore[assignment]
    ) -> Iterator[Hit]:
        """Read "an ally of Belmark", "Belmark's ally", "a Belmarkian puppet"."""
        for row in self.lexicon.predicates.get(phrase.noun, ()):
            wanted = row["preps"].split(";")
            found = [
                f
                for p, inner in (*phrase.preps, *obliques)
                if p in wanted
                for f in inner.actors()
            ]
            found = found or phrase.owners or phrase.mods
            inverted = row["invert"] == "yes"
            if found:
                yield Hit(phrase.head, phrase.head, subjects, found, row,
                          row["relation"], inverted)
            elif row["relation"] in SYMMETRIC and len(subjects) > 1:
                yield Hit(phrase.head, phrase.head, subjects, subjects, row,
                          row["relation"])

    def _named(self, verb: Verb, structure: Structure) -> Iterator[Hit]:
        """Read "called the Front a creation of Aldoria"."""
        whom = verb.subj if verb.passive else verb.obj
        what = [verb.obj if verb.passive else verb.obj2]
        what += [phrase for p, phrase in verb.obl if p == "as"]
        for phrase in what:
            if phrase is not None and whom is not None:
                for member in phrase.all:
                    yield from self._noun_predicate(member, whom.actors(), verb.obl)

    # --- nouns

    def _phrase(self, phrase: Phrase, structure: Structure) -> Iterator[Hit]:
        for apposed in phrase.appositions:
            subjects = phrase.actors()
            if subjects:
                yield from self._noun_predicate(apposed, subjects)
            elif apposed.fillers:
                yield from self._noun_predicate(phrase, apposed.actors())
        if structure.words[phrase.head].mention is not None:
            for title in phrase.titles:
                if title in self.lexicon.predicates and phrase.owners:
                    for row in self.lexicon.predicates[title]:
                        yield Hit(phrase.head - 1, phrase.head - 1, phrase.fillers,
                                  phrase.owners, row, row["relation"],
                                  row["invert"] == "yes")
        for at, doer in phrase.participles:
            for row in self.lexicon.participles[structure.words[at].low]:
                yield Hit(at, at, [doer], phrase.actors(), row, row["relation"])
        for row in self.lexicon.nouns.get(phrase.noun, ()):
            yield from self._action(phrase, row)

    def _action(self, phrase: Phrase, row: Row) -> Iterator[Hit]:
        """Read "Aldoria's attack on Belmark", "talks between A and B"."""
        slots = row["doer_slots"].split(";")
        wanted = row["patient_preps"].split(";")
        symmetric = row["relation"] in SYMMETRIC
        preps = phrase.preps
        patients = [
            f for p, inner in preps if p in wanted and p not in ("of", "between")
            for f in inner.actors()
        ]
        of = [f for p, inner in preps if p == "of" for f in inner.actors()]
        if not patients and "of" in wanted:
            patients, of = of, []
        between = [f for p, inner in preps if p == "between" for f in inner.actors()]
        if len(between) > 1 and symmetric:
            yield self._noun_hit(phrase, between, between, row)
            return
        doers = [*phrase.owners] or [*phrase.mods]
        if symmetric and not patients and len(phrase.mods) > 1:
            yield self._noun_hit(phrase, phrase.mods, phrase.mods, row)
            return
        doers = doers or [
            f for p, inner in preps if p in ("by", "from") and p in slots
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
        if isinstance(verb, Phrase):
            if role == "of" and verb.noun in self.lexicon.scope_nouns | (
                self.lexicon.contents
            ):
                return verb.owners or verb.mods or self._borrowed(verb, row)
            return []
        if verb is None:
            return []
        subjects = verb.subj.actors() if verb.subj is not None else []
        if role in ("obj", "subj") and phrase in (verb.obj, *(
            verb.obj.all if verb.obj else ()
        )):
            light = any(
                r["role"] in ("does", "gives")
                for lemma in verb.lemmas
                for r in self.lexicon.light.get(lemma, ())
            ) or any(("verb", lemma) in self.lexicon.scope for lemma in verb.lemmas)
            if light and not verb.passive:
                return subjects
            return []
        if role.startswith("obl:in") and set(verb.lemmas) & _ENGAGED or (
            role.startswith("obl") and any(" " in lemma for lemma in verb.lemmas)
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

    def _noun_hit(
        self, phrase: Phrase, doers: list[Filler], patients: list[Filler], row: Row
    ) -> Hit:
        return Hit(phrase.head, phrase.head, doers, patients, row, row["relation"])

    # --- types

    def _checked(self, hit: Hit, structure: Structure) -> Iterator[Proposal]:
        words = structure.words
        cue = (words[hit.first].start, words[hit.last].end)
        subjects, objects = hit.subjects, hit.objects
        if hit.inverted:
            subjects, objects = objects, subjects
        symmetric = hit.relation in SYMMETRIC
        done: set[frozenset[str]] = set()
        for subject in subjects:
            for object_ in objects:
                pair = frozenset((subject.actor, object_.actor))
                if symmetric and pair in done:
                    continue
                if self._fit(subject, object_, hit.relation):
                    done.add(pair)
                    yield Proposal(cue, subject, object_, hit.relation, hit.row["id"])

    def _fit(self, subject: Filler, object_: Filler, relation: str) -> bool:
        if subject.actor == object_.actor:
            return False
        first = self.registry.actors.get(subject.actor)
        second = self.registry.actors.get(object_.actor)
        if first is None or second is None:
            return False
        if first.type is ActorType.PLACE and relation != "part-of":
            return False
        if second.type is ActorType.PLACE and relation not in _PLACE_OBJECTS:
            return False
        if relation in ("intervenes-in", "withdraws-from") and (
            second.type not in (ActorType.PLACE, ActorType.STATE)
        ):
            return False
        if subject.via in ("asset", "affair", "deed"):
            return False
        if object_.via == "asset" and relation not in _PLACES:
            return False
        if object_.via == "deed" and relation not in _DEEDS:
            return False
        if object_.via == "affair" and relation not in _AFFAIRS:
            return False
        if relation == "opposes" and second.type is ActorType.PLACE:
            return False
        kin = self.registry.kin(subject.actor, object_.actor)
        return not kin or relation in (
            "part-of", "commands", "created", "controls", "uses", "opposes",
        )
