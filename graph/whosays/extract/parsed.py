"""A parse → the nodes that rules see: the second of the two readers."""

from __future__ import annotations

from whosays.extract.chunks import named
from whosays.extract.filling import TENSED
from whosays.extract.lexicon import Lexicon
from whosays.extract.linking import Linking
from whosays.extract.nodes import Phrase, Structure, Verb
from whosays.extract.roles import Roles, Token
from whosays.extract.verbgroups import expressed
from whosays.extract.words import Word

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_OTHERS = frozenset({"NOUN", "ADJ", "ADV", "ADP"})
_CLAUSES = frozenset({"ROOT", "root", "ccomp", "advcl", "acl:relcl", "relcl", "conj"})
_PLACES = frozenset({"obj", "iobj", "obl", "nmod", "nsubj", "nsubj:pass", "appos"})


class ParseReader(Linking):
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
        self.structure.question = any(w.low == "?" for w in self.words[-2:])
        for token in tokens:
            word = self.words[token.index]
            if word.mention is not None or token.pos in _NOMINAL or self._noun(token):
                self._phrases[token.index] = self._phrase(token.index)
        for token in tokens:
            if self._verbal(token.index):
                self._verbs[token.index] = self._verb(token.index)
        for index, phrase in self._phrases.items():
            self._relate(index, phrase)
        self._expressions()
        for index, verb in self._verbs.items():
            self._fill(index, verb)
        for index, verb in self._verbs.items():
            self._hang(index, verb)
        self.structure.phrases = list(self._phrases.values())
        self.structure.verbs = sorted(self._verbs.values(), key=lambda v: v.first)
        self._according()
        self._relatives()
        self._shared_subjects()
        return self.structure

    # --- phrases

    def _phrase(self, index: int) -> Phrase:
        roles, words = self.roles, self.words
        cop = max(roles.with_role(index, "cop"), default=-1)
        left = [c for c in roles.children[index] if cop < c < index]
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
            elif dep == "advmod" and low == "not" and cop < 0 and child < index:
                phrase.negated |= not self._only(child)  # "not a single soldier"
        if word.low in ("nobody", "none", "nothing"):
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
            for one in self._compounded(child):
                phrase.mods.append(named(words[one]))
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

    def _compounded(self, child: int) -> list[int]:
        """Find the names within a modifier: "Aldorian customs officers"."""
        words = self.words
        if words[child].mention is not None or self.roles.tokens[child].pos != "NOUN":
            return []
        return [
            one
            for one in self.roles.modifiers(child)
            if words[one].mention is not None and one == child - 1
        ]

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
        named = self.words[index].mention is not None
        if token.dep in ("aux", "aux:pass", "auxpass"):
            return False
        if (token.pos == "VERB" and not named) or self._mistagged(index):
            return not self._noun(token)
        if self.roles.scheme == "ud":
            return self.roles.copula(index) is not None or self._full(token)
        return token.pos == "AUX" and token.dep not in ("aux", "auxpass", "aux:pass")

    def _full(self, token: Token) -> bool:
        """Tell whether "did" or "has" is a verb of its own: "did nothing"."""
        helps = ("aux", "aux:pass", "cop")
        return (
            token.pos == "AUX"
            and token.dep not in helps
            and bool(self.roles.with_role(token.index, "obj"))
            and not self.roles.with_role(token.index, *helps)
        )

    def _noun(self, token: Token) -> bool:
        """Tell whether what was taken for another has the place and words of a noun."""
        if token.pos not in ("VERB", "ADJ", "ADV", "X"):
            return False
        roles = self.roles
        kinds = ["case", "det", "nummod", "nmod:poss", "poss"]
        if token.pos != "VERB":
            kinds = ["nmod:poss", "poss"]  # "A's raid on B": no adjective
            if token.dep in _PLACES and token.low in self.lexicon.predicates:
                kinds.append("compound")  # "the army chief"
        return (
            (token.dep in _PLACES or token.pos != "VERB")
            and bool(roles.with_role(token.index, *kinds))
            and not roles.with_role(token.index, "aux", "aux:pass", "obj", "nsubj")
        )

    def _mistagged(self, index: int) -> bool:
        """Tell whether a noun heads a clause: parsers take verbs of such forms for nouns.

        "Did France create it?" has an auxiliary and a subject; a noun has neither.
        """
        roles = self.roles
        token = roles.tokens[index]
        if token.pos not in _OTHERS or self.words[index].mention is not None:
            return False
        low = self.words[index].low
        if low not in self.lexicon.verb_forms or roles.copula(index) is not None:
            return False
        if low.endswith("ing") and token.dep in ("xcomp", "ccomp", "advcl"):
            return not roles.with_role(index, "det", "case", "amod", "nmod:poss")
        held = roles.with_role(index, "aux", "aux:pass", "auxpass", "obj", "dobj")
        if roles.with_role(index, "det", "nmod:poss", "poss", "case"):
            return bool(held) and self._subject(index) is not None
        clausal = held or token.dep in _CLAUSES
        return bool(clausal) and (
            self._subject(index) is not None or self._compound(index, index) is not None
        )

    def _subject(self, index: int) -> int | None:
        subject = self.roles.subject(index)
        return self.roles.passive_subject(index) if subject is None else subject

    def _verb(self, index: int) -> Verb:
        roles, words = self.roles, self.words
        aux = roles.auxiliaries(index)
        cop = [c for c in aux if roles.tokens[c].dep == "cop"]
        head = cop[-1] if cop else index
        before = [
            c
            for c in aux
            if (c < index or roles.tokens[c].dep == "neg") and c not in (head, *cop)
        ]
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
        elif words[index].low.endswith("ing") and not lows & TENSED:
            verb.kind = "ing"
        elif verb.passive and not lows & TENSED:
            verb.kind = "part"
        return verb

    def _expressions(self) -> None:
        """Leave out verbs within another's expression: "came to blows with"."""
        inside = {
            at
            for verb in self._verbs.values()
            if verb.lemmas != ("be",)
            for at in range(verb.head + 1, verb.end + 1)
        }
        for at in inside & self._verbs.keys():
            del self._verbs[at]

    def _relatives(self) -> None:
        """Let "B, with whom it fights" be B."""
        for verb in self.structure.verbs:
            for at, (preposition, phrase) in enumerate(verb.obl):
                if phrase.pronoun and phrase.noun in ("whom", "which"):
                    before = self._before(phrase.first - len(preposition.split()))
                    verb.obl[at] = (preposition, before or phrase)

    def _before(self, index: int) -> Phrase | None:
        """Find the phrase that ends before a word; brackets and commas aside."""
        marks = (",", "(", ")")
        while index and self.words[index - 1].low in marks:
            index -= 1
        return self._phrases.get(index - 1) if index else None

    def _only(self, index: int) -> bool:
        following = self.words[index + 1 : index + 2]
        return any(w.low in ("only", "just", "merely", "simply") for w in following)

    def _according(self) -> None:
        for index, word in enumerate(self.words):
            if word.low == "according":
                for phrase in self.structure.phrases:
                    if index < phrase.first <= index + 3 or phrase.head == index + 2:
                        self.structure.according = phrase
                        return
