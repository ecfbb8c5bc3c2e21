"""Give and receive: "sent weapons to", "was given shelter by", "received funds from"."""

from __future__ import annotations

from collections.abc import Iterator

from whosays.extract.fitting import Fitting, Hit
from whosays.extract.lexicon import Row
from whosays.extract.nodes import Phrase, Structure, Verb
from whosays.extract.words import Filler
from whosays.model import ActorType

_HELP = frozenset({"help", "support", "backing", "aid", "assistance", "blessing"})
_RECIPIENT = ("to", "for", "into")


class Giving(Fitting):
    """Reads verbs that mean little without their object."""

    def _light(self, verb: Verb, structure: Structure) -> Iterator[Hit]:
        rows = [
            row for lemma in verb.lemmas for row in self.lexicon.light.get(lemma, ())
        ]
        roles = {row["role"] for row in rows}
        if self._trades(verb):
            roles = {role for role in roles if role != "receives"}  # "imports grain"
        if "gives" in roles:
            yield from self._gives(verb, structure)
        if "gives" not in roles:
            yield from self._helped(verb)
        if set(verb.lemmas) & self.lexicon.classes["leaning"]:
            yield from self._leans(verb)
        if set(verb.lemmas) & self.lexicon.classes["flowing"]:
            yield from self._flows(verb)
        enjoys = bool(set(verb.lemmas) & self.lexicon.classes["enjoying"])
        if enjoys:
            roles.add("receives")
        if "receives" in roles and not verb.passive and verb.subj is not None:
            for theme in self._themes(verb.obj):
                if enjoys and theme["relation"] == "deploys-to":
                    continue  # "commands fighters of the Front"
                givers = [
                    f
                    for p, phrase in verb.obl
                    if p == ("to" if "owe" in verb.lemmas else "from")
                    for f in phrase.actors()
                ] or (verb.obj.owners or verb.obj.mods if verb.obj else [])
                if not givers and verb.obj is not None and verb.obj.det == "the":
                    of = [q for p, q in verb.obj.preps if p == "of"]
                    if theme["word"] == verb.obj.noun:  # "enjoys the backing of"
                        givers = [f for q in of for f in q.actors()]
                yield self._theme_hit(verb, givers, verb.subj.actors(), theme)

    def _leans(self, verb: Verb) -> Iterator[Hit]:
        """Read "benefits from Aldoria's support", "relies on Aldorian money"."""
        takers = verb.subj.actors() if verb.subj is not None else []
        if set(verb.aux) & self.lexicon.classes["negator"] and verb.lemmas[-1:] == (
            "be",
        ):
            takers = []  # "is not wholly dependent on its help" may well have it
        for preposition, phrase in verb.obl if takers else ():
            if preposition not in ("from", "on", "upon"):
                continue
            phrase = next((one for one in phrase.all if any(self._themes(one))), phrase)
            givers = (
                phrase.owners
                or phrase.mods
                or [
                    f
                    for p, q in phrase.preps
                    if p in ("from", "of")
                    for f in q.actors()
                ]
            )
            for theme in self._themes(phrase):
                if theme["relation"] in ("arms", "funds", "supports", "defends"):
                    yield self._theme_hit(verb, givers, takers, theme)

    def _aided(self, verb: Verb, structure: Structure) -> list[Filler]:
        """Find whom it is for, where it goes into a land: "to aid the rebels"."""
        if any(p != "into" for p, q in verb.obl if p in _RECIPIENT and q.actors()):
            return []
        for other in structure.verbs:
            if other.gov is verb and other.kind == "inf" and other.obj is not None:
                helps = {
                    row["relation"]
                    for lemma in other.lemmas
                    for row in self.lexicon.verbs.get(lemma, ())
                }
                if helps & {"supports", "defends", "arms"}:
                    return other.obj.actors()
        return []

    def _gives(self, verb: Verb, structure: Structure) -> Iterator[Hit]:
        subject = verb.subj
        if verb.passive:
            givers = self._agents(verb)
            if subject is not None and not givers:
                givers = subject.owners or subject.mods  # "no Aldorian rifle was given"
            for theme in self._themes(subject):
                yield self._theme_hit(verb, givers, self._recipients(verb), theme)
            if subject is not None and subject.actors():
                found = [*self._themes(verb.obj)]
                found += [
                    t for p, ph in verb.obl if p == "with" for t in self._themes(ph)
                ]
                for theme in found:
                    yield self._theme_hit(verb, givers, subject.actors(), theme)
            return
        givers = subject.actors() if subject is not None else []
        themes = [*self._themes(verb.obj)]
        if themes and verb.obj is not None:
            takers = self._aided(verb, structure) or self._recipients(verb)
            takers = takers or self._dative(verb.obj)
            asked = [f for p, q in verb.obl if p in ("from", "of") for f in q.actors()]
            for theme in themes:
                invites = theme["relation"] == "asks-help-from"
                ends = takers or asked if invites else takers
                yield self._theme_hit(verb, givers, ends, theme)
        elif verb.obj is not None and verb.obj.actors():
            found = [*self._themes(verb.obj2)]
            found += [t for p, ph in verb.obl if p == "with" for t in self._themes(ph)]
            for theme in found:
                yield self._theme_hit(verb, givers, verb.obj.actors(), theme)
            sites = [f for f in self._recipients(verb) if self._is_place(f)]
            sent = () if verb.obj.pronoun else verb.obj.actors()
            forces = [f for f in sent if self._is_force(f)]
            for theme in self.lexicon.themes.get("force", ())[: bool(sites)]:
                yield self._theme_hit(verb, forces, sites, theme)  # "sent the Corps to"

    def _helped(self, verb: Verb) -> Iterator[Hit]:
        """Read "took the town with Aldorian help", "was built with money from A"."""
        takers = verb.subj.actors() if verb.subj is not None else []
        for preposition, phrase in verb.obl if takers else ():
            if preposition not in ("with", "through"):
                continue
            for theme in self._themes(phrase):
                if theme["relation"] not in ("arms", "funds", "supports", "defends"):
                    continue
                wanted = ("from", "of") if theme["word"] in _HELP else ("from",)
                givers = (
                    phrase.owners
                    or phrase.mods
                    or [f for p, q in phrase.preps if p in wanted for f in q.actors()]
                )
                if givers:
                    yield Hit(
                        phrase.head,
                        phrase.head,
                        givers,
                        takers,
                        theme,
                        theme["relation"],
                    )

    def _flows(self, verb: Verb) -> Iterator[Hit]:
        """Read "Aldorian rifles flowed to the Front", "money from A reached B"."""
        if verb.passive or verb.subj is None:
            return
        takers = self._recipients(verb)
        if verb.obj is not None and not takers:
            takers = verb.obj.actors()
        held = [q for p, q in verb.subj.preps if p == "of"]  # "most of its rifles"
        whose = [f for q in (verb.subj, *held) for f in q.owners]
        come = [f for p, q in verb.obl if p == "from" for f in q.actors()]
        if whose and come and not takers:
            for theme in self._themes(verb.subj):
                if theme["relation"] in ("arms", "funds"):
                    yield self._theme_hit(verb, come, whose, theme)
            return
        for theme in self._themes(verb.subj):
            givers = verb.subj.owners or verb.subj.mods
            givers = givers or [
                f for p, q in verb.subj.preps if p == "from" for f in q.actors()
            ]
            givers = givers or [
                f for p, q in verb.obl if p == "from" for f in q.actors()
            ]
            if set(verb.lemmas) & {"come", "stem"}:  # "its money comes from A"
                givers = [f for p, q in verb.obl if p == "from" for f in q.actors()]
                takers = takers or self._owners(verb.subj)
            if theme["relation"] in ("arms", "funds", "supports"):
                yield self._theme_hit(verb, givers, takers, theme)

    def _owners(self, phrase: Phrase) -> list[Filler]:
        """Find whose "most of its money" is."""
        of = [inner for p, inner in phrase.preps if p == "of"]
        return phrase.owners or [f for one in of for f in one.owners or one.mods]

    def _recipients(self, verb: Verb) -> list[Filler]:
        return [f for p, phrase in verb.obl if p in _RECIPIENT for f in phrase.actors()]

    def _is_force(self, filler: Filler) -> bool:
        actor = self.registry.actors.get(filler.actor)
        return actor is not None and actor.type in (
            ActorType.ARMED_FORCE,
            ActorType.MILITIA,
        )

    def _shooters(self, phrase: Phrase, structure: Structure) -> list[Filler]:
        """Find who hits, of "rockets fired by the Front hit"."""
        for verb in structure.verbs if phrase.noun in self.lexicon.heads else ():
            fired = set(verb.lemmas) & self.lexicon.classes["firing"]
            if fired and verb.subj is phrase and verb.passive:
                return self._agents(verb)
        return []

    def _waged(self, phrase: Phrase) -> bool:
        """Tell whether "its wars were fought against" names who fights."""
        return any(
            row["relation"] in ("fights", "attacks")
            for row in self.lexicon.nouns.get(phrase.noun, ())
        )

    def _dative(self, theme: Phrase) -> list[Filler]:
        """Read "gave the Front weapons", where the words make one phrase."""
        return [f for phrase in theme.all for f in phrase.mods[-1:]]

    def _themes(self, phrase: Phrase | None) -> Iterator[Row]:
        if phrase is None:
            return
        seen: set[str] = set()
        for member in phrase.all:
            inner = [p for prep, p in member.preps if prep in ("of", "such as")]
            for one in (*self._paid_in(member), *inner):
                for row in self.lexicon.themes.get(one.noun, ()):
                    if row["relation"] not in seen:
                        seen.add(row["relation"])
                        yield row

    def _paid_in(self, phrase: Phrase) -> list[Phrase]:
        """Give the rifles of "$2bn in rifles", the money of "$2bn in aid"."""
        if phrase.noun not in ("", "dollar", "euro", "pound"):
            return [phrase]
        behind = [inner for preposition, inner in phrase.preps if preposition == "in"]
        arms = [
            one
            for one in behind
            if any(
                r["relation"] == "arms" for r in self.lexicon.themes.get(one.noun, ())
            )
        ]
        return arms or ([phrase] if phrase.noun else behind)

    def _theme_hit(
        self, verb: Verb, givers: list[Filler], takers: list[Filler], theme: Row
    ) -> Hit:
        relation = theme["relation"]
        if relation == "deploys-to" and not all(map(self._is_place, takers)):
            relation = "supports"
        if relation == "deploys-to" and verb.passive:  # "Vale's plane was diverted to"
            givers = [one for one in givers if not self._is_person(one)]
        if relation == "supports" and self._trades(verb):
            relation = "trades-with"  # "sells us rice"
        return Hit(verb.head, verb.end, givers, takers, theme, relation)

    def _trades(self, verb: Verb) -> bool:
        return any(
            row["relation"] == "trades-with"
            for lemma in verb.lemmas
            for row in self.lexicon.verbs.get(lemma, ())
        )

    def _agents(self, verb: Verb) -> list[Filler]:
        return [f for p, phrase in verb.obl if p == "by" for f in phrase.actors()]
