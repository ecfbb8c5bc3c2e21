"""Be an ally of: nouns and adjectives that are predicated of an actor."""

from __future__ import annotations

from collections.abc import Iterator

from whosays.extract.fitting import SYMMETRIC, Hit
from whosays.extract.giving import Giving
from whosays.extract.lexicon import Row
from whosays.extract.nodes import Phrase, Structure, Verb
from whosays.extract.words import Filler
from whosays.model import ActorType

_ARMED = frozenset({ActorType.ARMED_FORCE, ActorType.MILITIA, ActorType.JIHADIST_GROUP})


class Predicating(Giving):
    """Reads copulas, appositions and names given to actors."""

    _structure: Structure

    def _predicate(self, verb: Verb, structure: Structure) -> Iterator[Hit]:
        subjects = verb.subj.actors() if verb.subj is not None else []
        pred = verb.pred or (
            verb.obj if verb.lemma in ("become", "remain", "stay") else None
        )
        if pred is not None:
            for member in pred.all:
                yield from self._noun_predicate(member, subjects, verb.obl)
        if set(verb.lemmas) & self.lexicon.classes["acting"]:
            for preposition, phrase in verb.obl:
                if preposition == "as":
                    for member in phrase.all:
                        yield from self._noun_predicate(member, subjects, verb.obl)
        if set(verb.lemmas) & self.lexicon.classes["turning"]:
            for preposition, phrase in verb.obl:
                if preposition == "into":  # "turned into a branch of"
                    for member in phrase.all:
                        yield from self._noun_predicate(member, subjects)
        names = [lemma[3:] for lemma in verb.lemmas if lemma.startswith("be ")]
        if verb.lemma in ("become", "remain", "stay", "be"):
            names += self._adjective(verb, structure)
            names += self._placed(verb, names)
        elif names and verb.obl:  # "is in Belmarkian custody"
            names += self._placed(verb, names)
        for name in dict.fromkeys(names):
            if pred is not None and name == pred.noun:
                continue
            if verb.mark in self.lexicon.classes["asking"] and name in ("in", "inside"):
                continue  # "what has been its share in Saltmere"
            for row in self.lexicon.predicates.get(name, ()):
                yield from self._predicated(
                    verb.end, verb.end, row, subjects, verb.obl, name, structure
                )

    def _beside(self, verb: Verb) -> Iterator[Hit]:
        """Read "attacked at the request of Belmark", "under pressure from A, B left"."""
        subjects = verb.subj.actors() if verb.subj is not None else []
        if verb.passive:
            subjects = self._agents(verb)
        for preposition, phrase in verb.obl if subjects else ():
            for row, behind in self._fixed(preposition, phrase):
                ends = behind or _whose(phrase)
                at, inverted = phrase.head, row["invert"] == "yes"
                yield Hit(at, at, subjects, ends, row, row["relation"], inverted)

    def _fixed(
        self, preposition: str, phrase: Phrase
    ) -> Iterator[tuple[Row, list[Filler]]]:
        """Look up "at the request", with who stands behind its own preposition."""
        for article in ("", "the "):
            name = f"{preposition} {article}{phrase.noun}"
            for row in self.lexicon.predicates.get(name, ()):
                wanted = row["preps"].split(";")
                yield (
                    row,
                    [f for p, q in phrase.preps if p in wanted for f in q.actors()],
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

    def _placed(self, verb: Verb, names: list[str]) -> list[str]:
        """Name "under intense pressure" by its preposition and noun."""
        if not verb.obl:
            return []
        preposition, phrase = verb.obl[0]
        if names and names != [preposition]:
            return []
        return [
            name
            for name in (
                f"{preposition} {phrase.noun}",
                f"{preposition} the {phrase.noun}",
            )
            if phrase.noun and name in self.lexicon.predicates
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
        if name in wanted:  # "is in Saltmere": people pay visits, forces are there
            subjects = [one for one in subjects if self._stays(one)]
        for at in range(max(0, first - 3), min(first + 6, len(structure.words))):
            if structure.words[at].low == name.split()[0]:
                first, last = at, at + len(name.split()) - 1
                break
        if name == "behind":  # "behind the attack": a deed, no support
            nouns = self.lexicon.nouns
            obliques = [(p, ph) for p, ph in obliques if ph.noun not in nouns]
        inner = [pair for _, phrase in obliques for pair in phrase.preps]
        reached = [*obliques, *(inner if " " in name else ())]  # "in charge of"
        found = [f for p, phrase in reached if p in wanted for f in phrase.actors()]
        found = found or [  # "on Aldoria's payroll", "under its control"
            f
            for p, phrase in obliques
            if name in (f"{p} {phrase.noun}", f"{p} the {phrase.noun}")
            for f in _whose(phrase)
        ]
        inverted = row["invert"] == "yes"
        if found:
            yield Hit(first, last, subjects, found, row, row["relation"], inverted)
        elif len(subjects) > 1 and (
            row["relation"] in SYMMETRIC
            or (row["relation"] == "opposes" and wanted == ["with"])
        ):  # "A and B are at loggerheads"
            yield Hit(first, last, subjects, subjects, row, row["relation"])

    def _stays(self, filler: Filler) -> bool:
        """Tell whether being somewhere says more of an actor than where it travels."""
        actor = self.registry.actors.get(filler.actor)
        if actor is None or actor.type is not ActorType.PERSON or filler.via == "head":
            return True
        above = self.registry.actors.get(actor.parent)
        return above is not None and above.type in _ARMED

    def _foretold(self, verb: Verb, structure: Structure) -> bool:
        """Tell whether a warning is of what will come: "warned A that it would pay"."""
        return any(
            other.gov is verb
            and other.link in ("ccomp", "quote")
            and bool(set(other.aux) & {"will", "would", "'ll", "wo"})
            for other in structure.verbs
        )

    def _told_again(self, verb: Verb, row: Row) -> bool:
        """Tell whether the object says no more than the verb: "fought two wars"."""
        noun = verb.obj.noun if verb.obj is not None else ""
        rows = self.lexicon.nouns.get(noun, ())
        return any(one["relation"] == row["relation"] == "fights" for one in rows)

    def _side_by_side(self, verb: Verb) -> bool:
        """Tell "fought together against Corvia" from "fought"."""
        behind = self._structure.words[verb.end + 1 : verb.end + 3]
        return any(word.low in ("together", "alongside", "jointly") for word in behind)

    def _threatened(self, verb: Verb, structure: Structure) -> list[Filler]:
        """Find whom a threat is about: "threatened to attack Belmark"."""
        for other in structure.verbs:
            if other.gov is verb and other.link == "xcomp" and other.obj is not None:
                return other.obj.actors()
        return []

    def _hostile(self, verb: Verb, structure: Structure) -> list[Filler]:
        """Find whom "vowed to crush Belmark" is against."""
        for other in structure.verbs:
            if other.gov is verb and other.link == "xcomp" and other.obj is not None:
                relations = {
                    row["relation"]
                    for lemma in other.lemmas
                    for row in self.lexicon.verbs.get(lemma, ())
                }
                if "attacks" in relations and "never" not in verb.aux:
                    return other.obj.actors()
        return []

    def _asked_whom(self, verb: Verb, where: str) -> list[Filler]:
        if where == "obj":
            return verb.obj.actors() if verb.obj is not None else []
        return [f for p, phrase in verb.obl if p == where for f in phrase.actors()]

    def _told(self, phrase: Phrase, row: Row) -> bool:
        """Tell whether the verb says it already: "lost control of Saltmere"."""
        verb = phrase.gov
        return (
            isinstance(verb, Verb)
            and verb.obj is phrase
            and any(
                one["relation"] == row["relation"]
                and one["negate"] == "yes"
                and f"obj={phrase.noun}+" in one["frame"]
                for lemma in verb.lemmas
                for one in self.lexicon.verbs.get(lemma, ())
            )
        )

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
            found = found or phrase.owners or self._not_of_all(phrase.mods, row)
            inverted = row["invert"] == "yes"
            if found:
                yield Hit(
                    phrase.head,
                    phrase.head,
                    subjects,
                    found,
                    row,
                    row["relation"],
                    inverted,
                )
            elif len(subjects) > 1 and (
                row["relation"] in SYMMETRIC
                or (row["relation"] == "opposes" and self._several(phrase))
            ):  # "A and B are allies", "are enemies"
                yield Hit(
                    phrase.head, phrase.head, subjects, subjects, row, row["relation"]
                )

    def _exemplified(self, phrase: Phrase) -> Iterator[Hit]:
        """Read "backers of the Front such as Aldoria", "Aldoria and other allies of it"."""
        if phrase.noun not in self.lexicon.predicates:
            return
        for preposition, inner in phrase.preps:
            if preposition == "such as":
                yield from self._noun_predicate(phrase, inner.actors())
        if len(phrase.members) > 1 and (
            self._structure.words[phrase.first].low == "other"
            or self._structure.words[phrase.first + 1].low == "other"
        ):
            others = [one for one in phrase.members if one is not phrase]
            yield from self._noun_predicate(
                phrase, [f for one in others for f in one.fillers if f.via == "name"]
            )

    def _waging(self, phrase: Phrase) -> list[Filler]:
        """Find who does it in "the Aldorian-led war on the Front"."""
        words, verb = self._structure.words, phrase.gov
        if isinstance(verb, Verb) and any(
            ("verb", lemma) in self.lexicon.scope for lemma in verb.lemmas
        ):
            return []  # "evaded Aldorian-led sanctions"
        return [
            one
            for at, one in phrase.participles
            if words[at].low in self.lexicon.classes["waging"]
        ]

    def _not_of_all(self, fillers: list[Filler], row: Row) -> list[Filler]:
        """Leave out whom no adjective can mean: "a Pact ally", "an Aldorian general".

        The first is an ally within the Pact, the second is but from Aldoria.
        """
        apart = {
            "allied-with": (ActorType.INTERNATIONAL_ORGANISATION,),
            "commands": (ActorType.STATE,),
        }.get(row["relation"], ())
        return [one for one in fillers if self._type(one) not in apart]

    def _in_office(self, state: Filler, phrase: Phrase) -> bool:
        """Tell whether a title only says whom one knows, as "Aldorian President Vale"."""
        actor = self.registry.actors.get(state.actor)
        return (
            actor is not None
            and actor.type is ActorType.STATE
            and any(self.registry.kin(one.actor, state.actor) for one in phrase.fillers)
        )

    def _several(self, phrase: Phrase) -> bool:
        word = self._structure.words[phrase.head]
        return not phrase.det and word.low != phrase.noun

    def _named(self, verb: Verb, structure: Structure) -> Iterator[Hit]:
        """Read "called the Front a creation of Aldoria"."""
        whom = verb.subj if verb.passive else verb.obj
        what = [verb.obj if verb.passive else verb.obj2]
        what += [phrase for p, phrase in verb.obl if p in ("as", "among")]
        for phrase in what:
            if phrase is not None and whom is not None:
                for member in phrase.all:
                    hits = list(self._felt(verb, member, whom))
                    yield from hits or self._noun_predicate(
                        member, whom.actors(), verb.obl
                    )

    def _felt(self, verb: Verb, phrase: Phrase, whom: Phrase) -> Iterator[Hit]:
        """Read "regards the Front as an enemy": that is how the regarding one stands."""
        if verb.subj is None or verb.passive:
            return
        feeling = verb.subj.actors()
        owners = {f.actor for f in (*phrase.owners, *phrase.mods)}
        owners |= {f.actor for p, q in phrase.preps if p == "of" for f in q.actors()}
        if owners - {one.actor for one in feeling}:
            return
        for row in self.lexicon.predicates.get(phrase.noun, ()):
            threat = row["relation"] == "threatens" and not phrase.preps
            if threat or row["relation"] in SYMMETRIC | {"opposes"}:
                at, ends = phrase.head, (feeling, whom.actors())
                first, second = reversed(ends) if threat else ends
                yield Hit(at, at, first, second, row, row["relation"])


def _whose(phrase: Phrase) -> list[Filler]:
    """Find whose "orders" or "payroll" it is; "the Aldorian side" is but a place."""
    return phrase.owners or (phrase.mods if phrase.noun != "side" else [])
