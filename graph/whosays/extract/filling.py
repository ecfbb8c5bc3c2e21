"""What fills the places of a parsed verb: subject, objects, obliques, predicate."""

from __future__ import annotations

from collections.abc import Iterable

from whosays.extract.lexicon import Lexicon
from whosays.extract.nodes import Phrase, Structure, Verb
from whosays.extract.roles import Roles
from whosays.extract.words import Word

TENSED = frozenset(
    {
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "do",
        "does",
        "did",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "be",
        "been",
        "being",
        "'s",
        "'re",
        "'ve",
        "'d",
    }
)
QUOTES = frozenset({'"', "\u201c", "\u201d"})


class Filling:
    """Fills the places of verbs."""

    words: list[Word]
    roles: Roles
    lexicon: Lexicon
    structure: Structure
    _phrases: dict[int, Phrase]
    _verbs: dict[int, Verb]

    def _speaks(self, verb: Verb) -> bool:
        return self.lexicon.speaks(verb.lemmas)

    def _fill(self, index: int, verb: Verb) -> None:
        """Give a verb its subject, objects, obliques and predicate."""
        roles = self.roles
        subject = roles.passive_subject(index) if verb.passive else None
        if subject is None:
            subject = roles.subject(index)
        if subject is not None and self._called(subject, index, verb):
            subject = None
        if subject is None and verb.kind == "fin" and not verb.passive:
            subject = self._compound(index, verb.first)
        verb.subj = self._phrases.get(subject) if subject is not None else None
        if subject is not None and self.words[subject].low in ("who", "which", "that"):
            verb.subj = None
        inside = range(verb.head + 1, verb.end + 1) if verb.lemma != "be" else ()
        held = [index, *(i for i in inside if i not in self._verbs)]
        objects = [
            self._phrases[i]
            for at in held
            for i in roles.objects(at)
            if i in self._phrases
        ]
        if objects:
            verb.obj, verb.obj2 = objects[0], objects[1] if objects[1:] else None
            for role, phrase in zip(("obj", "obj2"), objects, strict=False):
                phrase.gov, phrase.role = verb, role
        self._unmarked(index, verb)
        for preposition, noun in (pair for at in held for pair in roles.obliques(at)):
            if (found := self._phrases.get(noun)) is not None:
                preposition = self._left_over(preposition, found, verb)
                if not preposition:
                    if verb.obj is None:
                        verb.obj = found
                        found.gov, found.role = verb, "obj"
                    continue
                verb.obl.append((preposition, found))
                if verb.obj is not None and found.first <= verb.obj.head + 3:
                    self._behind(preposition, found, verb.obj)
                if found.det == "neither":  # "belongs neither to A nor to B"
                    denied = {self.words[each.head].start for each in found.all}
                    self.structure.negated |= denied
                if found.gov is None:
                    found.gov, found.role = verb, f"obl:{preposition}"
                for inner_prep, inner in found.preps:
                    if inner_prep in ("to", "for", "with", "against"):
                        verb.obl.append((inner_prep, inner))
        if verb.obj is not None:
            verb.obl += [
                (p, ph)
                for p, ph in verb.obj.preps
                if p in ("to", "for", "from", "with", "into", "against")
            ]
        predicate = roles.copula(index)
        if predicate is not None and verb.lemmas == ("be",):
            self._predicate(verb, predicate)
        if verb.subj is not None and verb.subj.gov is None:
            verb.subj.gov, verb.subj.role = verb, "subj"
        if "to" not in verb.aux and verb.subj is not None:
            starts = [
                c for c in roles.auxiliaries(index) if self.words[c].low in TENSED
            ]
            inverted = self.words[max(verb.subj.first - 1, 0)].low in TENSED
            asked = bool(starts) and starts[0] < verb.subj.first
            if asked and not self.structure.question:  # "Had it", no "will," he said
                asked = verb.subj.first - starts[0] <= 2
            verb.question = asked or (
                inverted and self.structure.question and not verb.mark
            )

    def _compound(self, index: int, first: int) -> int | None:
        """Find a name that was taken for a part of the verb behind it: "A supports"."""
        before = first - 1
        parts = ("compound", "nmod", "amod", "nmod:unmarked", "obl:unmarked")
        if before in self.roles.with_role(index, *parts) and (
            self.words[before].mention is not None
        ):
            return before
        return None

    def _unmarked(self, index: int, verb: Verb) -> None:
        """Mend objects: what an expression holds is none, a name behind a verb is one."""
        if verb.obj is not None and verb.head < verb.obj.head <= verb.end:
            verb.obl += verb.obj.preps  # "traded fire with"
            verb.obj, verb.obj2 = verb.obj2, None
        words, head = self.words, verb.head
        if verb.obj is None and words[head].low.endswith("ing"):
            for child in self.roles.with_role(index, "obl:unmarked", "nmod:unmarked"):
                if child == head + 1 and words[child].mention is not None:
                    verb.obj = self._phrases[child]
                    verb.obj.gov, verb.obj.role = verb, "obj"
        if (
            verb.subj is None
            and verb.obj is not None
            and not verb.aux
            and verb.obj.first == head + 1
            and words[head - 1].low in (",", *QUOTES)
            and self._speaks(verb)
            and words[head].low.endswith(("d", "s"))
        ):  # "…, said Vale"
            verb.subj, verb.obj = verb.obj, verb.obj2

    def _left_over(self, preposition: str, phrase: Phrase, verb: Verb) -> str:
        """Take from a preposition what the verb's expression holds: "called in A"."""
        held = [word.low for word in self.words[verb.head + 1 : verb.end + 1]]
        said = preposition.split()
        if (
            not held
            or verb.pred is not None
            or verb.lemmas[:1] == ("be",)
            or phrase.first > verb.end + len(said) + 2
        ):
            return preposition
        while held and said and said[0] == held[-1]:
            held.pop()
            said.pop(0)
        return " ".join(said)

    def _behind(self, preposition: str, phrase: Phrase, obj: Phrase) -> None:
        """Let what stands right behind an object belong to it too: "contempt for A"."""
        words = self.words
        place = obj.head + 1
        if (
            words[obj.head].mention is None
            and words[place].low == preposition.split()[0]
            and all(inner is not phrase for _, inner in obj.preps)
        ):
            obj.preps.append((preposition, phrase))

    def _called(self, subject: int, index: int, verb: Verb) -> bool:
        """Tell whether a name is called on to do it: "Aldoria, stop arming the Front"."""
        words = self.words
        low = words[index].low
        between = [word.low for word in words[subject + 1 : index]]
        return (
            between == [","]
            and words[subject].mention is not None
            and not verb.aux
            and not low.endswith(("s", "ed", "ing"))
            and any("b" in forms for forms in self._readings(low))
        )

    def _readings(self, low: str) -> Iterable[set[str]]:
        return self.lexicon.verb_forms.get(low, {}).values()

    def _predicate(self, verb: Verb, index: int) -> None:
        verb.end = index
        phrase = self._phrases.get(index)
        cases = self.roles.with_role(index, "case") if phrase is not None else []
        if phrase is not None and cases:  # "is in talks with" is said as with a verb
            preposition = " ".join(self.words[case].low for case in cases)
            verb.end = verb.head
            verb.obl.insert(0, (preposition, phrase))
            phrase.gov, phrase.role = verb, f"obl:{preposition}"
            return
        if phrase is not None:
            verb.pred = phrase
            if phrase.gov is None or phrase.gov is verb:
                phrase.gov, phrase.role = verb, "pred"
            verb.lemmas = (f"be {phrase.noun}", "be")
            verb.obl += phrase.preps
            return
        verb.lemmas = (f"be {self.words[index].low}", "be")
        for preposition, noun in self.roles.obliques(index):
            if noun in self._phrases:
                verb.obl.append((preposition, self._phrases[noun]))

    def _shared_subjects(self) -> None:
        """Let conjuncts share the object, as in "attacked and looted the town"."""
        for index, verb in self._verbs.items():
            for other in self.roles.conjuncts(index):
                fellow = self._verbs.get(other)
                if fellow is not None and verb.obj is None and not verb.obl:
                    verb.obj = fellow.obj
