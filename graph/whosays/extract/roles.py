"""One set of roles over two sets of labels: Universal Dependencies and CLEAR.

Rules speak of roles. UD comes from own-trained or Stanza-like parsers, CLEAR from the
common English pipelines; in CLEAR a preposition is the parent of its noun, in UD it is
a child, and a predicate noun is the head in UD and hangs on "be" in CLEAR.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from whosays.errors import UsageError

_UD = frozenset({"obj", "obl", "nmod", "case", "nsubj:pass", "nmod:poss", "acl:relcl"})
_CLEAR = frozenset({"dobj", "pobj", "prep", "nsubjpass", "relcl", "auxpass", "attr"})


def scheme(labels: Sequence[str]) -> str:
    """Recognise a set of labels: ``ud`` or ``clear``.

    Raises:
        UsageError: it is neither, and is not guessed.

    >>> scheme(["nsubj", "obj", "obl"]), scheme(["nsubj", "dobj", "prep", "pobj"])
    ('ud', 'clear')
    """
    found = set(labels)
    ud, clear = len(found & _UD), len(found & _CLEAR)
    if ud == clear:
        shown = ", ".join(sorted(found)[:6])
        raise UsageError(
            f"the parser's labels are neither Universal Dependencies nor CLEAR: {shown}",
            "Use a pipeline that was trained on one of the two",
        )
    return "ud" if ud > clear else "clear"


@dataclass(frozen=True, slots=True)
class Token:
    """A word as a parser sees it; ``head`` is its own index at the root."""

    index: int
    low: str
    head: int
    dep: str
    pos: str
    morph: str = ""


@dataclass(slots=True)
class Roles:
    """The roles of a parsed sentence; all indices are of its words."""

    tokens: Sequence[Token]
    scheme: str
    children: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        """Collect the children of each word."""
        self.children = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                self.children[token.head].append(token.index)

    def with_role(self, index: int, *deps: str) -> list[int]:
        """Children of a word with one of these labels."""
        found = self.children[index]
        return [c for c in found if self.tokens[c].dep in deps] if found else []

    def subject(self, verb: int) -> int | None:
        """The subject of an active verb."""
        found = self.with_role(verb, "nsubj", "nsubj:outer")
        return next(iter(found or self.with_role(verb, "expl")), None)

    def passive_subject(self, verb: int) -> int | None:
        """The subject of a passive verb."""
        return next(iter(self.with_role(verb, "nsubj:pass", "nsubjpass")), None)

    def objects(self, verb: int) -> list[int]:
        """Direct and indirect objects, the receiver first."""
        found = self.with_role(verb, "iobj", "dative")
        found = [i for i in found if self.tokens[i].pos != "ADP"]
        return [*found, *self.with_role(verb, "obj", "dobj")]

    def obliques(self, head: int) -> Iterator[tuple[str, int]]:
        """Nouns behind prepositions, of a verb or a noun: (preposition, noun)."""
        if self.scheme == "ud":
            deps = ("obl", "nmod", "obl:agent", "obl:tmod", "obl:npmod")
            for noun in self.with_role(head, *deps):
                cases = [
                    *self.with_role(noun, "case"),
                    *(c for c in self.with_role(noun, "mark") if c < noun),
                ]
                cases += [f for c in cases for f in self.with_role(c, "fixed")]
                if cases:
                    name = " ".join(self.tokens[c].low for c in sorted(cases))
                    yield name, noun
            return
        for prep in self.with_role(head, "prep", "agent", "dative"):
            yield from self._behind(prep, self.tokens[prep].low)

    def _behind(self, prep: int, name: str) -> Iterator[tuple[str, int]]:
        for noun in self.with_role(prep, "pobj"):
            yield name, noun
        for inner in self.with_role(prep, "prep", "pcomp"):
            if self.tokens[inner].pos == "ADP":
                yield from self._behind(inner, f"{name} {self.tokens[inner].low}")

    def owners(self, noun: int) -> list[int]:
        """Possessors."""
        return self.with_role(noun, "nmod:poss", "poss")

    def modifiers(self, noun: int) -> list[int]:
        """Compounds and adjectives."""
        bare = [
            c for c in self.with_role(noun, "nmod") if not self.with_role(c, "case")
        ]
        return [*self.with_role(noun, "compound", "amod", "nmod:unmarked", "nn"), *bare]

    def conjuncts(self, index: int) -> list[int]:
        """What is coordinated with a word, itself left out, in order."""
        found: list[int] = []
        for child in self.with_role(index, "conj"):
            found += [child, *self.conjuncts(child)]
        return sorted(found)

    def appositions(self, noun: int) -> list[int]:
        """What stands beside a noun for the same."""
        return self.with_role(noun, "appos")

    def auxiliaries(self, verb: int) -> list[int]:
        """Auxiliaries, negation, particles "to" and adverbs, in order."""
        deps = ("aux", "aux:pass", "auxpass", "neg", "advmod", "mark", "cop")
        found = self.with_role(verb, *deps)
        for one in self.with_role(verb, "aux"):  # "should never" hung on "have"
            found += self.with_role(one, "aux", "neg", "advmod")
        return sorted(one for one in found if not self._exclaimed(one))

    def _exclaimed(self, index: int) -> bool:
        """Tell whether "No, A does not" is an answer rather than a negation."""
        after = self.tokens[index + 1 : index + 2]
        return self.tokens[index].low in ("no", "yes") and any(
            token.low in (",", ".", "!", "-", "\u2014") for token in after
        )

    def passive(self, verb: int) -> bool:
        """Tell whether a verb is passive."""
        marks = self.with_role(
            verb, "aux:pass", "auxpass", "nsubj:pass", "nsubjpass", "agent", "obl:agent"
        )
        return bool(marks)

    def copula(self, index: int) -> int | None:
        """The predicate of a copula: the noun or adjective, whoever is the head."""
        if self.scheme == "ud":
            return index if self.with_role(index, "cop") else None
        return next(iter(self.with_role(index, "attr", "acomp")), None)

    def link(self, verb: int) -> tuple[int | None, str]:
        """What a verb hangs on, and how: see ``nodes.Verb.link``."""
        token = self.tokens[verb]
        dep = token.dep
        if token.head == verb or dep in ("ROOT", "root"):
            return None, ""
        head = token.head
        if dep == "pcomp":  # CLEAR: accuse → of → arming
            return self.tokens[head].head, f"prep:{self.tokens[head].low}"
        if dep in ("acl:relcl", "relcl"):
            return head, "rel"
        if dep == "conj":
            return head, "conj"
        if dep in ("ccomp", "xcomp", "oprd", "csubj", "nsubj:outer"):
            return head, {"oprd": "xcomp", "csubj": "subj"}.get(dep, dep)
        marks = [self.tokens[c].low for c in self.with_role(verb, "mark", "case")]
        if dep in ("advcl", "acl", "obl", "nmod"):
            if marks and marks[0] not in ("to", "that") and self._gerund(verb):
                return head, f"prep:{marks[0]}"
            if "to" in marks or any(
                self.tokens[c].low == "to" for c in self.with_role(verb, "aux")
            ):
                return head, "xcomp" if dep == "acl" else "purpose"
            if dep == "acl":
                return head, "ccomp" if "that" in marks else "acl"
            return head, "advcl"
        if dep in ("parataxis", "dep"):
            return head, "parataxis"
        return head, "advcl"

    def mark(self, verb: int) -> str:
        """The word that opens a clause: that, if, whether, why."""
        for child in self.with_role(verb, "mark", "advmod"):
            low = self.tokens[child].low
            if child < verb and low in (
                "that",
                "if",
                "whether",
                "unless",
                "why",
                "how",
                "because",
                "while",
                "lest",
                "when",
                "where",
            ):
                return low
        return ""

    def _gerund(self, verb: int) -> bool:
        return self.tokens[verb].low.endswith("ing") or any(
            self.tokens[c].low.endswith("ing")
            for c in self.with_role(verb, "aux", "cop")
        )
