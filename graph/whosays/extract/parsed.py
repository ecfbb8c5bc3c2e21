"""A parse → the nodes that rules see: the second of the two readers."""

from __future__ import annotations

from whosays.extract.chunks import named
from whosays.extract.lexicon import Lexicon
from whosays.extract.nodes import Phrase, Structure, Verb
from whosays.extract.roles import Roles
from whosays.extract.verbgroups import expressed
from whosays.extract.words import Word

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_TENSED = frozenset(
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
_OBJECT_CONTROL = frozenset({"of", "for", "from", "into", "over"})


class ParseReader:
    """Builds the structure of one parsed sentence; use ``read``."""

    def __init__(self, words: list[Word], roles: Roles, lexicon: Lexicon) -> None:
        """Keep words and roles, which have the same indices."""
        self.words = words
        self.roles = roles
        self.lexicon = lexicon
        self.structure = Structure(words)
        self._phrases: dict[int, Phrase] = {}
        self._verbs: dict[int, Verb] = {}

    def read(self) -> Structure:
        """Build all nodes and give the structure."""
        tokens = self.roles.tokens
        for token in tokens:
            word = self.words[token.index]
            if word.mention is not None or token.pos in _NOMINAL:
                self._phrases[token.index] = self._phrase(token.index)
        for token in tokens:
            if self._verbal(token.index):
                self._verbs[token.index] = self._verb(token.index)
        for index, phrase in self._phrases.items():
            self._relate(index, phrase)
        for index, verb in self._verbs.items():
            self._fill(index, verb)
        for index, verb in self._verbs.items():
            self._hang(index, verb)
        self.structure.phrases = list(self._phrases.values())
        self.structure.verbs = sorted(self._verbs.values(), key=lambda v: v.first)
        self.structure.question = any(w.low == "?" for w in self.words[-2:])
        self._according()
        self._shared_subjects()
        return self.structure

    # --- phrases

    def _phrase(self, index: int) -> Phrase:
        roles, words = self.roles, self.words
        left = [c for c in roles.children[index] if c < index]
        first = min(
            [
                index,
                *(
                    c
                    for c in left
                    if roles.tokens[c].dep
                    not in ("case", "mark", "cc", "punct", "cop", "nsubj")
                ),
            ]
        )
        phrase = Phrase(first, index, index)
        word = words[index]
        token = roles.tokens[index]
        if word.mention is None:
            if token.pos == "PRON":
                phrase.pronoun, phrase.noun = True, word.low
            else:
                run = tuple(words[i].low for i in range(first, index + 1))
                phrase.noun = self.lexicon.noun(run)
        for child in roles.children[index]:
            low, dep = words[child].low, roles.tokens[child].dep
            if dep in ("det", "predet", "cc:preconj", "preconj", "neg"):
                phrase.det = phrase.det or low
                phrase.negated |= low in ("no", "neither", "not", "never")
        if word.low in ("nobody", "none"):
            phrase.negated = True
        return phrase

    def _relate(self, index: int, phrase: Phrase) -> None:
        roles, words = self.roles, self.words
        for owner in roles.owners(index):
            if words[owner].mention is not None:
                phrase.owners.append(named(words[owner]))
            elif roles.tokens[owner].pos in ("PRON", "DET"):
                phrase.titles.append(f"@{owner}")
            else:
                inner = self._phrases.get(owner)
                phrase.titles.append("@owned" if inner is None else "")
        for child in roles.modifiers(index):
            if words[child].mention is not None:
                phrase.mods.append(named(words[child]))
                for other in roles.conjuncts(child):
                    if words[other].mention is not None:
                        phrase.mods.append(named(words[other]))
            elif child < index and words[index].mention is not None:
                phrase.titles.append(self.lexicon.noun((words[child].low,)))
            self._participle(child, phrase)
        for preposition, noun in roles.obliques(index):
            if (inner := self._phrases.get(noun)) is not None:
                phrase.preps.append((preposition, inner))
                if inner.gov is None:
                    inner.gov, inner.role = phrase, "of"
        for other in roles.appositions(index):
            if (inner := self._phrases.get(other)) is not None:
                phrase.appositions.append(inner)
                inner.gov, inner.role = phrase, "appos"
        members = [
            self._phrases[c] for c in roles.conjuncts(index) if c in self._phrases
        ]
        if members and roles.tokens[index].dep != "conj":
            every = [phrase, *members]
            for member in every:
                member.members = every
            for before, member in zip(every, members, strict=False):
                between = [w.low for w in words[before.head + 1 : member.head]]
                if "not" in between:
                    self.structure.negated.add(words[member.head].start)

    def _participle(self, child: int, phrase: Phrase) -> None:
        """Read "Aldoria-backed", however the parser hangs it."""
        words = self.words
        if words[child].low not in self.lexicon.participles or child < 2:
            return
        if words[child - 1].low in ("-", "\u2010", "\u2011") and (
            words[child - 2].mention is not None
        ):
            phrase.participles.append((child, named(words[child - 2])))

    # --- verbs

    def _verbal(self, index: int) -> bool:
        token = self.roles.tokens[index]
        if self.words[index].mention is not None and self.roles.scheme == "clear":
            return False
        if token.pos == "VERB":
            return True
        if self.roles.scheme == "ud":
            return self.roles.copula(index) is not None
        return token.pos == "AUX" and token.dep not in ("aux", "auxpass", "aux:pass")

    def _verb(self, index: int) -> Verb:
        roles, words = self.roles, self.words
        aux = roles.auxiliaries(index)
        cop = [c for c in aux if roles.tokens[c].dep == "cop"]
        head = cop[-1] if cop else index
        before = [c for c in aux if c < index and c != head and c not in cop]
        verb = Verb(min([head, *before]), head, end=index if cop else head, item=index)
        verb.aux = [
            words[c].low
            for c in before
            if not (words[c].low == "not" and self._only(c))
        ]
        if cop or words[index].low in (
            "is",
            "are",
            "was",
            "were",
            "be",
            "been",
            "being",
            "am",
            "'s",
            "'re",
        ):
            verb.lemmas = ("be",)
        else:
            readings = self.lexicon.verb_forms.get(words[index].low)
            words[index].lemmas = tuple(sorted(readings)) if readings else ()
            expressed(verb, words, self.lexicon)
        verb.passive = not cop and roles.passive(index)
        lows = set(verb.aux)
        if "to" in lows:
            verb.kind = "inf"
        elif words[index].low.endswith("ing") and not lows & _TENSED:
            verb.kind = "ing"
        elif verb.passive and not lows & _TENSED:
            verb.kind = "part"
        return verb

    def _only(self, index: int) -> bool:
        following = self.words[index + 1 : index + 2]
        return any(w.low in ("only", "just", "merely", "simply") for w in following)

    def _fill(self, index: int, verb: Verb) -> None:
        """Give a verb its subject, objects, obliques and predicate."""
        roles = self.roles
        subject = roles.passive_subject(index) if verb.passive else None
        if subject is None:
            subject = roles.subject(index)
        verb.subj = self._phrases.get(subject) if subject is not None else None
        if subject is not None and self.words[subject].low in ("who", "which", "that"):
            verb.subj = None
        objects = [self._phrases[i] for i in roles.objects(index) if i in self._phrases]
        if objects:
            verb.obj, verb.obj2 = objects[0], objects[1] if objects[1:] else None
            for role, phrase in zip(("obj", "obj2"), objects, strict=False):
                phrase.gov, phrase.role = verb, role
        for preposition, noun in roles.obliques(index):
            if (found := self._phrases.get(noun)) is not None:
                verb.obl.append((preposition, found))
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
                c for c in roles.auxiliaries(index) if self.words[c].low in _TENSED
            ]
            verb.question = bool(starts) and starts[0] < verb.subj.first

    def _predicate(self, verb: Verb, index: int) -> None:
        verb.end = index
        if (phrase := self._phrases.get(index)) is not None:
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

    # --- what governs

    def _hang(self, index: int, verb: Verb) -> None:
        roles = self.roles
        head, link = roles.link(index)
        verb.mark = roles.mark(index)
        if head is None:
            return
        gov = self._verbs.get(head)
        noun = self._phrases.get(head)
        if link == "conj" and gov is not None:
            verb.gov, verb.link = self._conjunct(head, gov)
            verb.subj = verb.subj or gov.subj
            if not set(verb.aux) & _TENSED:
                verb.aux = [a for a in gov.aux if a in _TENSED | {"to"}] + verb.aux
            return
        if link == "parataxis" and gov is not None:
            if self._speaks(verb) and not self._speaks(gov):
                gov.gov, gov.link = verb, "quote"
            elif self._speaks(gov):
                verb.gov, verb.link = gov, "quote"
            return
        if link == "rel" or link == "acl":
            verb.link = "rel"
            verb.gov = self._above(head)
            if noun is not None and verb.subj is None:
                if (
                    verb.kind == "ing"
                    or verb.passive
                    or verb.kind == "part"
                    or (self._relative_subject(index))
                ):
                    verb.subj = noun
                elif verb.obj is None:
                    verb.obj = noun
            if link == "acl" and not verb.passive and verb.kind != "ing":
                verb.passive, verb.kind = True, "part"
            return
        if noun is not None and gov is None:
            verb.gov, verb.link = noun, link
            self._owned(verb, noun)
            return
        verb.gov, verb.link = gov, link
        if gov is None:
            verb.link = ""
            return
        if verb.subj is None:
            self._control(verb, gov, link)

    def _conjunct(self, head: int, gov: Verb) -> tuple[Verb | Phrase | None, str]:
        above, link = self.roles.link(head)
        if link == "conj" and above is not None and above in self._verbs:
            return self._conjunct(above, self._verbs[above])
        if above is None:
            return None, ""
        return self._verbs.get(above) or self._phrases.get(above), link

    def _control(self, verb: Verb, gov: Verb, link: str) -> None:
        preposition = link.partition(":")[2]
        directive = any(
            row["kind"] == "directive"
            for lemma in gov.lemmas
            for row in self.lexicon.scope.get(("verb", lemma), ())
        )
        if (
            gov.obj is not None
            and not gov.passive
            and (
                preposition in _OBJECT_CONTROL
                or (
                    link == "xcomp"
                    and (
                        directive
                        or set(gov.lemmas) & {"help", "force", "allow", "enable"}
                    )
                )
            )
        ):
            verb.subj = gov.obj
        else:
            verb.subj = gov.subj

    def _owned(self, verb: Verb, noun: Phrase) -> None:
        if noun.owners or noun.mods:
            made = Phrase(noun.first, noun.first, noun.first)
            made.fillers = (noun.owners or noun.mods)[-1:]
            verb.subj = verb.subj or made
        elif isinstance(noun.gov, Verb):
            verb.subj = verb.subj or noun.gov.subj

    def _relative_subject(self, index: int) -> bool:
        subject = self.roles.subject(index)
        if subject is None:
            subject = self.roles.passive_subject(index)
        return subject is not None and self.words[subject].low in (
            "who",
            "which",
            "that",
        )

    def _above(self, index: int) -> Verb | None:
        """Find the verb over a noun."""
        seen: set[int] = set()
        while index not in seen:
            seen.add(index)
            index = self.roles.tokens[index].head
            if index in self._verbs:
                return self._verbs[index]
        return None

    def _speaks(self, verb: Verb) -> bool:
        return self.lexicon.speaks(verb.lemmas)

    def _shared_subjects(self) -> None:
        """Let conjuncts share the object, as in "attacked and looted the town"."""
        for index, verb in self._verbs.items():
            for other in self.roles.conjuncts(index):
                fellow = self._verbs.get(other)
                if fellow is not None and verb.obj is None and not verb.obl:
                    verb.obj = fellow.obj

    def _according(self) -> None:
        for index, word in enumerate(self.words):
            if word.low == "according":
                for phrase in self.structure.phrases:
                    if index < phrase.first <= index + 3 or phrase.head == index + 2:
                        self.structure.according = phrase
                        return
