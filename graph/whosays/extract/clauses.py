"""Items of a sentence → who does what to whom, and what hangs on what.

A reader by position: subjects are sought to the left, objects to the right, and each
verb is hung on what governs it. It is the first of the two readers (the other one has
a parse); both fill the same nodes.
"""

from __future__ import annotations

from whosays.extract.chunks import Item, Mark, quantity
from whosays.extract.lexicon import Lexicon
from whosays.extract.nodes import Phrase, Structure, Verb
from whosays.extract.words import Word

_CLAUSE_STARTS = frozenset({"SC", "WD"})
_EXAMPLES = ("such", "including", "like")
_EXCEPT = frozenset({"except", "excluding", "besides"})
_CONTROLS = frozenset(
    "urge ask call order tell demand request beg advise implore press command instruct "
    "require recommend encourage invite exhort push lobby oblige appeal help force "
    "enable allow let lead induce persuade cause permit get compel pressure want expect "
    "warn convince send dispatch train pay see catch accuse commit use leave".split()
)
_OBJECT_PREPS = frozenset({"of", "for", "from", "into", "with", "over"})


class ClauseReader:
    """Links the items of one sentence; use ``read``."""

    def __init__(self, items: list[Item], words: list[Word], lexicon: Lexicon) -> None:
        """Keep what is needed to look around."""
        self.items = items
        self.words = words
        self.lexicon = lexicon
        self.structure = Structure(words)

    def read(self) -> Structure:
        """Link all items and give the structure."""
        self._join_of()
        self._coordinate()
        items, structure = self.items, self.structure
        for index, item in enumerate(items):
            if isinstance(item, Verb):
                item.item = index
                structure.verbs.append(item)
            elif isinstance(item, Phrase):
                structure.phrases.append(item)
                structure.phrases += [m for m in item.members if m is not item]
        self._attach()
        for index, item in enumerate(items):
            if isinstance(item, Verb):
                self._link(index, item)
        for item in structure.verbs:
            self._objects(item)
        self._share()
        self._quotes()
        self._according()
        structure.question = any(w.low == "?" for w in self.words[-2:])
        return structure

    # --- phrases

    def _join_of(self) -> None:
        """Join "leader of the Front": a phrase takes in what follows its "of"."""
        items = self.items
        index = len(items) - 3
        while index >= 0:
            head, of, inner = items[index : index + 3]
            if (
                isinstance(head, Phrase)
                and isinstance(of, Mark)
                and of.low in ("of", "among")
                and isinstance(inner, Phrase)
                and not head.pronoun
            ):
                head.preps.append(("of", inner))
                inner.gov, inner.role = head, "of"
                head.last = inner.last
                if quantity(head, self.words) and head.noun not in ("part",):
                    head.negated |= self.words[head.head].low == "none"
                self.structure.phrases.append(inner)
                self.structure.phrases += [m for m in inner.members if m is not inner]
                del items[index + 1 : index + 3]
            index -= 1

    def _coordinate(self) -> None:
        """Join lists, and "groups such as A and B"."""
        items = self.items
        index = 0
        while index < len(items):
            first = items[index]
            if isinstance(first, Phrase):
                taken = self._list(index, first)
                if taken:
                    del items[index + 1 : index + 1 + taken]
                    continue  # a list may go on
            index += 1
        for index in range(len(items) - 1, -1, -1):
            if index < len(items) and isinstance(head := items[index], Phrase):
                self._examples(index, head)

    def _list(self, index: int, first: Phrase) -> int:
        """Read ``, B, and C`` behind A; say how many items it takes."""
        found: list[Phrase] = []
        at = index + 1
        ends = 0
        while at < len(self.items):
            comma = self._is(at, "CM")
            conjunction = self._is(at + comma, "CC")
            step = at + comma + conjunction
            negated = self._is(step, "NG") or (
                self._is(step, "RB") and self._low(step) in ("not",)
            )
            if negated:
                step += 1
            if not (comma or conjunction or (negated and conjunction)):
                break
            phrase = self._phrase(step)
            if phrase is None:
                break
            if self._clause_follows(index, step):
                break
            but = conjunction and self._low(at + comma) == "but"
            if (but or (comma and not conjunction)) and negated:
                phrase.negated = True
                self.structure.negated |= {f.start for f in self._ends(phrase)}
            elif but and not negated:
                break
            found.append(phrase)
            at = step + 1
            if conjunction or negated:
                ends = at
                if conjunction and not self._is(at, "CC"):
                    break
        if not ends:
            return self._apposition(index, first, found)
        count = [p for p in found if self._before(p, ends)]
        members = [first, *(m for p in count for m in p.all)]
        for member in members:
            member.members = members
        return ends - index - 1

    def _ends(self, phrase: Phrase) -> list[object]:
        found = []
        for word in self.words[phrase.first : phrase.last + 1]:
            if word.mention is not None:
                found.append(word)
        return list(found)

    def _before(self, phrase: Phrase, end: int) -> bool:
        return any(item is phrase for item in self.items[:end])

    def _apposition(self, index: int, first: Phrase, found: list[Phrase]) -> int:
        """Read ``, the minister,`` or ``, an ally of Belmark,`` behind a name."""
        if len(found) != 1 or self.words[found[0].head].tag not in ("NN", "PN"):
            return 0
        closed = self._is(index + 3, "CM")
        at_end = index + 3 >= len(self.items) or self._is(index + 3, "FS")
        named = self.words[first.head].mention is not None
        other = found[0]
        if self._clause_follows(index, index + 2):
            return 0
        if not (closed or at_end) or not (named or self.words[other.head].mention):
            return 0
        if index and isinstance(self.items[index - 1], Mark) and (
            self._is(index - 1, "IN") and not named
        ):
            return 0
        if not named and other.det:
            return 0
        first.appositions.append(other)
        other.gov, other.role = first, "appos"
        self.structure.phrases.append(other)
        return 3 if closed and self._verb(index + 4) else 2

    def _clause_follows(self, index: int, step: int) -> bool:
        """Tell whether ``A … and B`` is rather ``A … and B does``."""
        after = self.items[step + 1] if step + 1 < len(self.items) else None
        if not isinstance(after, Verb) or after.kind in ("ing", "part", "inf"):
            return False
        at = index - 1
        while at >= 0:
            item = self.items[at]
            if isinstance(item, Verb):
                return not self._speaks(item) or (
                    at + 1 < index and not isinstance(self.items[at + 1], Phrase)
                    and not self._is(at + 1, "SC")
                )
            if self._is(at, "SC") or self._is(at, "SM") or self._is(at, "WD"):
                return False
            at -= 1
        return False

    def _examples(self, index: int, phrase: Phrase) -> None:
        """Let "groups such as A and B" stand for A and B."""
        at = index + 1 + self._is(index + 1, "CM")
        if not isinstance(self._item(at), Mark) and not (
            self._low(at) in _EXAMPLES
        ):
            return
        if self._low(at) == "such" and self._low(at + 1) == "as":
            at += 1
        elif self._low(at) not in ("including", "like"):
            return
        inner = self._phrase(at + 1)
        if inner is not None:
            phrase.preps.append(("such as", inner))
            inner.gov, inner.role = phrase, "such as"
            self.structure.phrases.append(inner)
            self.structure.phrases += [m for m in inner.members if m is not inner]
            stop = at + 2 + (self._is(at + 2, "CM") and self._verb(at + 3))
            del self.items[index + 1 : stop]

    def _attach(self) -> None:
        """Give each phrase the prepositional phrases that follow it."""
        for index, item in enumerate(self.items):
            if not isinstance(item, Phrase) or item.pronoun:
                continue
            at = index + 1
            while isinstance(self._item(at), Mark):
                step = at
                names = []
                while self._is(step, "IN") or self._is(step, "TO"):
                    names.append(self._low(step))
                    step += 1
                inner = self._phrase(step)
                if not names or inner is None or len(item.preps) > 6:
                    break
                item.preps.append((" ".join(names), inner))
                if at == index + 1 and inner.gov is None and (
                    self._governs(item) or item.noun in self.lexicon.contents
                ):
                    inner.gov, inner.role = item, "of"
                at = step + 1

    # --- verbs

    def _link(self, index: int, verb: Verb) -> None:
        if self._inverted(index, verb):
            self._finite(index, verb)
            return
        if verb.kind == "inf":
            self._infinitive(index, verb)
        elif verb.kind == "ing":
            self._gerund(index, verb)
        elif verb.kind == "part" or self._reduced(index, verb):
            self._participle(index, verb)
        else:
            self._finite(index, verb)

    def _inverted(self, index: int, verb: Verb) -> bool:
        """Tell whether an auxiliary before the subject waits: "Is Aldoria arming"."""
        if verb.kind not in ("ing", "part", "fin") or verb.lemma in ("be", "do", "have"):
            return False
        at = self._left(index - 1)
        if self._phrase(at) is None:
            return False
        opener = self._item(self._left(at - 1))
        return (
            isinstance(opener, Verb)
            and opener.kind == "fin"
            and opener.lemma in ("be", "do", "have", "will")
            and (verb.kind != "fin" or opener.lemma != "be")
            and self._bare_question(opener)
        )

    def _infinitive(self, index: int, verb: Verb) -> None:
        at = self._left(index - 1)
        item = self._item(at)
        if isinstance(item, Mark) and item.tag == "CC":
            self._conjoin(at, verb)
            return
        verb.link = "xcomp"
        while isinstance(item, (Phrase, Mark)):
            if isinstance(item, Phrase) and self._governs(item):
                verb.gov = item
                verb.subj = self._owner(item, at)
                return
            if isinstance(item, Mark) and item.tag not in ("IN", "RB", "JJ"):
                break
            at = self._left(at - 1)
            item = self._item(at)
        if not isinstance(item, Verb):
            verb.link = "purpose"
            return
        verb.gov = item
        between = self._item(self._left(index - 1))
        controls = bool(set(item.lemmas) & _CONTROLS) or any(
            "directive" in row["kind"]
            for lemma in item.lemmas
            for row in self.lexicon.scope.get(("verb", lemma), ())
        )
        if isinstance(between, Phrase) and controls and not item.passive:
            verb.subj = self._phrase_right(item.item, index) or between
        else:
            verb.subj = item.subj

    def _phrase_right(self, start: int, stop: int) -> Phrase | None:
        for at in range(start + 1, stop):
            if (found := self._phrase(at)) is not None:
                return found
        return None

    def _governs(self, phrase: Phrase) -> bool:
        noun = phrase.noun
        lexicon = self.lexicon
        return noun in lexicon.scope_nouns or noun in ("threat",)

    def _owner(self, phrase: Phrase, at: int) -> Phrase | None:
        """Find who plans, of "Aldoria's plan to" and "Aldoria made plans to"."""
        if phrase.owners or phrase.mods:
            made = Phrase(phrase.first, phrase.first, phrase.first)
            made.fillers = (phrase.owners or phrase.mods)[-1:]
            return made
        if phrase.preps and phrase.preps[0][0] == "of":
            return phrase.preps[0][1]
        for left in range(at - 1, -1, -1):
            item = self.items[left]
            if isinstance(item, Verb):
                return item.subj
        return None

    def _gerund(self, index: int, verb: Verb) -> None:
        at = self._left(index - 1)
        item = self._item(at)
        if item is None:
            verb.link = "advcl"
            verb.subj = self._first_subject(index)
            return
        if isinstance(item, Mark) and item.tag == "CC":
            self._conjoin(at, verb)
            return
        if isinstance(item, Verb):
            verb.gov, verb.link, verb.subj = item, "xcomp", item.subj
            return
        if isinstance(item, Mark) and item.tag in ("IN", "TO", "SC"):
            self._prepositional(at, item, verb)
            return
        if isinstance(item, Phrase):
            verb.link, verb.subj = "rel", item
            verb.gov = self._verb_left(at)
            if isinstance(verb.gov, Verb) and verb.gov.lemma in (
                "see", "catch", "stop", "prevent", "watch", "film", "find", "have",
            ):
                verb.link = "xcomp"
            return
        before = self._verb_left(at)
        verb.gov, verb.link = before, "advcl"
        verb.subj = before.subj if before is not None else self._first_subject(index)

    def _prepositional(self, at: int, mark: Mark, verb: Verb) -> None:
        verb.link = f"prep:{mark.low}"
        if self._low(at - 1) in ("instead", "rather"):
            verb.link = "prep:without"
            verb.gov = self._verb_left(at)
            verb.subj = verb.gov.subj if verb.gov else self._first_subject(at)
            return
        left = self._item(self._left(at - 1))
        if isinstance(left, Phrase) and (
            left.noun in self.lexicon.contents or self._governs(left)
        ):
            verb.gov = left
            verb.subj = self._owner(left, self._left(at - 1))
            return
        before = self._verb_left(at)
        verb.gov = before
        if before is None:
            verb.link = "advcl"
            verb.subj = self._first_subject(at)
            return
        verb.subj = before.subj
        if mark.low in _OBJECT_PREPS and not before.passive:
            between = self._phrase_right(before.item, at)
            if between is not None:
                verb.subj = between
        if mark.low in ("after", "before", "while", "when", "since", "by", "in", "as"):
            verb.subj = before.subj
            if mark.low not in ("by", "in"):
                verb.link = "advcl"

    def _first_subject(self, index: int) -> Phrase | None:
        """Find the subject of the main clause behind an opening participle."""
        for at in range(index + 1, len(self.items)):
            if self._is(at, "CM"):
                return self._phrase(at + 1)
        return None

    def _reduced(self, index: int, verb: Verb) -> bool:
        """Tell whether a form in -ed is a participle: "groups armed by Aldoria"."""
        if verb.aux and any(a not in ("not", "never") for a in verb.aux if a != "so"):
            tags = {self.words[i].tag for i in range(verb.first, verb.head)}
            if tags & {"MD", "BE", "HV", "DO", "TO"}:
                return False
        forms = self.words[verb.head].forms
        if "n" not in forms:
            return False
        after = self._item(index + 1)
        before = self._item(self._left(index - 1))
        if isinstance(before, Mark) and before.tag in ("WD", "CC", "PR"):
            return False
        if isinstance(after, Mark) and after.low == "by" and (
            self._phrase(index + 2) is not None
        ):
            return True
        if before is None:
            return True
        if isinstance(before, Phrase):
            left = self._verb_left(self._left(index - 1))
            chain = self._left(self._left(index - 1) - 1)
            return (
                isinstance(self._item(chain), Verb)
                and left is not None
                and not self._speaks(left)
                and "d" in forms
                and isinstance(after, Mark)
                and after.tag in ("IN", "TO")
            )
        return False

    def _participle(self, index: int, verb: Verb) -> None:
        verb.kind, verb.passive, verb.link = "part", True, "rel"
        at = self._left(index - 1)
        if self._is(at, "CC"):
            self._conjoin(at, verb)
            verb.passive = True
            return
        if self._is(at, "CM"):
            at = self._left(at - 1)
        found = self._phrase(at)
        verb.gov = self._verb_left(index)
        if found is None:
            found = verb.gov.subj if verb.gov else self._first_subject(index)
        verb.subj = found

    def _finite(self, index: int, verb: Verb) -> None:
        at = self._left(index - 1)
        if self._is(at, "WD") or (
            self._is(at, "SC") and self._low(at) == "that" and self._phrase(at - 1)
        ):
            self._relative(at, verb)
            return
        if self._is(at, "CC"):
            self._conjoin(at, verb)
            return
        behind = self._phrase(index + 1)
        if behind is not None and self._speaks(verb) and (
            self._is(index - 1, "CM") or self._is(index - 1, "QO")
        ):
            verb.subj, verb.mark = behind, "said"
            return
        found, left = self._subject(index)
        verb.subj = found
        if found is None:
            inverted = self._item(index + 1)
            if isinstance(inverted, Phrase) and verb.lemma in ("be", "have", "do"):
                verb.subj = inverted
        self._govern(left, index, verb)

    def _relative(self, at: int, verb: Verb) -> None:
        left = self._left(at - 1)
        while self._is(left, "CM") or self._is(left, "IN"):
            left -= 1
        verb.subj = self._phrase(left)
        verb.link = "rel"
        verb.gov = self._verb_left(at)

    def _conjoin(self, at: int, verb: Verb) -> None:
        """Hang a verb behind "and" on its fellow."""
        form = verb.kind
        fellow: Verb | None = None
        for left in range(at - 1, -1, -1):
            item = self.items[left]
            if isinstance(item, Verb):
                base = "b" in self.words[verb.head].forms and not verb.aux
                same = item.kind == form or (item.kind == "inf" and base)
                if base and form == "fin" and item.kind == "fin" and not (
                    set(self.words[verb.head].forms) & {"d"}
                ):
                    same = bool(item.aux) or "b" in self.words[item.head].forms
                if same:
                    fellow = item
                    break
            elif self._is(left, "SM"):
                break
        if fellow is None:
            verb.gov = self._verb_left(at)
            verb.link = "advcl"
            verb.subj = verb.gov.subj if verb.gov else None
            return
        verb.subj, verb.gov, verb.link = fellow.subj, fellow.gov, fellow.link
        verb.mark, verb.question = fellow.mark, fellow.question
        bare = not any(
            self.words[i].tag in ("MD", "BE", "HV", "DO", "TO")
            for i in range(verb.first, verb.head)
        )
        if bare and fellow.aux:
            forms = set(self.words[verb.head].forms)
            negated = [a for a in fellow.aux if a in ("not", "n't", "never")]
            modal = "b" in forms and "d" not in forms
            if modal or (fellow.passive and "n" in forms):
                verb.aux = [a for a in fellow.aux if a not in negated] + verb.aux
            if modal and self._low(at) in ("or", "nor", "and"):
                verb.aux += negated
            if fellow.passive and "n" in forms and self._phrase(verb.item + 1) is None:
                verb.passive = True
            if fellow.kind == "inf" and modal:
                verb.kind = "inf"

    def _subject(self, index: int) -> tuple[Phrase | None, int]:
        """Seek the subject to the left; give it and where it begins."""
        at = index - 1
        fallback: tuple[Phrase | None, int] = (None, at)
        while at >= 0:
            item = self.items[at]
            if isinstance(item, Phrase):
                if self._is(at - 1, "IN") or self._is(at - 1, "TO"):
                    if fallback[0] is None:
                        fallback = (None, at - 2)
                    at -= 2
                    continue
                jump = self._inside_relative(at)
                if jump is not None:
                    at = jump
                    continue
                return item, at - 1
            if isinstance(item, Verb):
                if item.link == "rel" and item.kind == "fin":
                    at = self._relative_start(at)
                    continue
                if item.kind in ("part", "inf", "ing"):
                    at -= 1
                    continue
                return fallback[0], at
            if item.tag == "CM":
                jump = self._parenthesis(at)
                if jump is None:
                    return fallback[0], at
                at = jump
                continue
            if item.tag == "RP":
                at = self._opening(at)
                continue
            if item.tag in ("RB", "QO", "JJ", "HY", "POS", "IN", "NG"):
                at -= 1
                continue
            return fallback[0], at
        return fallback[0], at

    def _inside_relative(self, at: int) -> int | None:
        """Leave a relative clause that a phrase is the object of."""
        for left in range(at - 1, -1, -1):
            item = self.items[left]
            if isinstance(item, Verb):
                if item.link != "rel" or item.subj is None:
                    return None
                if item.kind == "fin":
                    return self._relative_start(left)
                return left - 1 if item.kind == "ing" else None
            if isinstance(item, Mark) and item.tag not in ("RB", "IN", "JJ"):
                return None
        return None

    def _relative_start(self, at: int) -> int:
        for left in range(at - 1, -1, -1):
            if self._is(left, "WD") or self._is(left, "SC"):
                return left - 1 - self._is(left - 1, "CM")
        return -1

    def _parenthesis(self, at: int) -> int | None:
        """Jump over ``, … ,`` between subject and verb."""
        for left in range(at - 1, 0, -1):
            if self._is(left, "CM") and self._phrase(left - 1) is not None:
                inner = self.items[left + 1 : at]
                if inner and not (
                    isinstance(inner[-1], Verb) and False
                ):
                    return left - 1
            if self._is(left, "SM") or self._is(left, "FS"):
                return None
        return None

    def _opening(self, at: int) -> int:
        for left in range(at - 1, -1, -1):
            if self._is(left, "LP"):
                return left - 1
        return at - 1

    def _govern(self, left: int, index: int, verb: Verb) -> None:
        """Hang a finite verb on what stands before its subject."""
        at = self._left(left)
        item = self._item(at)
        if isinstance(item, Mark) and item.tag == "SC":
            verb.mark = item.low
            before = self._item(self._left(at - 1))
            if item.low in ("that", "whether", "if", "how", "why", "what", "where"):
                self._complement(at, verb)
                if item.low == "why" and verb.gov is None:
                    verb.question = False
                return
            verb.link = "advcl"
            verb.gov = self._verb_left(at)
            if item.low == "as" and isinstance(before, Mark) and before.low == "just":
                verb.mark = ""
            return
        if isinstance(item, Verb) and item.lemma in ("do", "have", "be", "will") and (
            item.subj is verb.subj or item.subj is None
        ) and item.kind == "fin" and verb.subj is not None and self._bare_question(item):
            verb.aux = [self.words[item.head].low, *item.aux, *verb.aux]
            verb.question = True
            word = self.words[verb.head]
            verb.passive = verb.passive or (
                "n" in word.forms and (item.lemma == "be" or "been" in verb.aux)
            )
            item.link = "auxiliary"
            self._govern(at - 1, index, verb)
            if verb.mark == "why":
                verb.question = False
            return
        if isinstance(item, Verb) and self._speaks(item):
            verb.gov, verb.link = item, "ccomp"
            return
        if isinstance(item, Phrase) and self._item(at - 1) is not None and (
            isinstance(self._item(at - 1), Verb)
        ):
            speaking = self._item(at - 1)
            if isinstance(speaking, Verb) and speaking.lemma in ("tell", "inform",
                                                                 "assure", "warn"):
                verb.gov, verb.link = speaking, "ccomp"
                return
            if isinstance(speaking, Verb) and speaking.lemma not in ("do", "have"):
                verb.link = "rel"
                verb.gov = speaking
                return
        if isinstance(item, Mark) and item.tag == "CC":
            before = self._verb_left(at)
            if before is not None:
                verb.gov, verb.link = before.gov, before.link or "conj"
                if before.link in ("rel", "xcomp", "purpose", "quote", "") or (
                    before.link.startswith("prep")
                ):
                    root = before
                    while isinstance(root.gov, Verb) and root.link not in ("ccomp",):
                        root = root.gov
                    verb.gov = root.gov if root.link == "ccomp" else None
                    verb.link = "ccomp" if root.link == "ccomp" else ""
            return
        if isinstance(item, Mark) and item.tag == "WD":
            verb.link = "rel"
            verb.gov = self._verb_left(at)

    def _bare_question(self, verb: Verb) -> bool:
        """Tell whether an auxiliary opens a question: "Did Aldoria …"."""
        before = self._item(self._left(verb.item - 1))
        return (
            before is None
            or isinstance(before, Mark)
            and before.tag in ("CM", "SM", "QO", "SC", "WD", "CC", "FS", "RB", "NG")
        )

    def _complement(self, at: int, verb: Verb) -> None:
        """Hang a clause behind "that" on the nearest verb or noun that takes one."""
        verb.link = "ccomp"
        left = self._left(at - 1)
        item = self._item(left)
        if self._is(left, "CC") or self._is(left, "CM"):
            for before in range(left - 1, -1, -1):
                found = self.items[before]
                if isinstance(found, Verb) and found.link == "ccomp":
                    verb.gov = found.gov
                    return
            left = self._left(left - 1)
            item = self._item(left)
        if isinstance(item, Phrase) and item.noun in self.lexicon.contents:
            verb.gov = item
            return
        for before in range(left, -1, -1):
            found = self.items[before]
            if isinstance(found, Verb):
                if self._speaks(found) or found.lemma == "be":
                    verb.gov = found
                    return
                if isinstance(item, Phrase) and verb.mark == "that":
                    verb.link, verb.gov = "rel", found
                    return
                if verb.mark != "that":
                    break
            elif isinstance(found, Phrase) and found.noun in self.lexicon.contents:
                verb.gov = found
                return
        if verb.mark == "if" and verb.gov is None:
            verb.link = "advcl"
            verb.gov = self._verb_left(at)

    # --- objects

    def _objects(self, verb: Verb) -> None:
        """Collect object, obliques and predicate to the right of a verb."""
        at = verb.item + 1
        items = self.items
        if verb.link == "auxiliary":
            return
        if verb.lemma == "be":
            self._predicate(verb)
        preposition = ""
        taken = 0
        while at < len(items) and taken < 8:
            item = items[at]
            if isinstance(item, Phrase):
                if item is verb.subj and not preposition:
                    at += 1
                    continue
                after = items[at + 1] if at + 1 < len(items) else None
                if not preposition and isinstance(after, Verb) and (
                    after.kind == "fin" and after.subj is item and verb.obj is None
                    and after.gov is verb
                ):
                    return
                if preposition:
                    verb.obl.append((preposition, item))
                    item.role = item.role or f"obl:{preposition}"
                    item.gov = item.gov or verb
                elif verb.obj is None and verb.pred is None:
                    verb.obj = item
                    item.role, item.gov = item.role or "obj", item.gov or verb
                elif verb.obj2 is None:
                    verb.obj2 = item
                    item.role, item.gov = item.role or "obj2", item.gov or verb
                preposition = ""
                taken += 1
            elif isinstance(item, Verb):
                if not (item.kind == "part" and verb.obj is not None) or item.item > (
                    verb.item + 4
                ):
                    return
            elif item.tag in ("IN", "TO") or (item.tag == "SC" and item.low in (
                "as", "before", "after", "since", "until",
            )):
                double = preposition and at and items[at - 1] is not None
                preposition = f"{preposition} {item.low}" if (
                    double and preposition in ("out", "up", "on", "in", "away")
                ) else item.low
            elif item.tag in ("RB", "JJ", "QO", "NG", "HY", "LP", "RP", "CD"):
                pass
            elif item.tag == "CM" and self._goes_on(at, verb):
                pass
            else:
                return
            at += 1

    def _goes_on(self, at: int, verb: Verb) -> bool:
        """Tell whether a clause goes on behind a comma: "…, with Belmark's help, …"."""
        return self._is(at + 1, "IN") and verb.obj is None and (
            self._phrase(at + 2) is not None and not verb.obl
        )

    def _predicate(self, verb: Verb) -> None:
        """Read what a copula predicates: a noun phrase, or an adjective as a lemma."""
        at = verb.item + 1
        if verb.subj is not None and self._item(at) is verb.subj:
            at += 1
        while isinstance(self._item(at), Mark) and self._is(at, "RB"):
            at += 1
        found = self._item(at)
        if isinstance(found, Phrase):
            verb.pred = found
            found.role, found.gov = found.role or "pred", found.gov or verb
            verb.lemmas = (f"be {found.noun}", *verb.lemmas)
        first = found.first if isinstance(found, Phrase) else (
            found.index if isinstance(found, Mark) else 0
        )
        if not first:
            return
        lows = [w.low for w in self.words[first : first + 4]]
        for size in (4, 3, 2, 1):
            phrase = " ".join(lows[:size])
            if phrase in self.lexicon.predicates or (
                ("verb", f"be {phrase}") in self.lexicon.scope
            ):
                verb.lemmas = (f"be {phrase}", *verb.lemmas)
                if isinstance(found, Mark):
                    verb.end = found.index
                break

    def _share(self) -> None:
        """Give coordinated verbs the object, and the subject, of their fellow."""
        verbs = self.structure.verbs
        for verb, after in zip(verbs, verbs[1:], strict=False):
            conjunct = [
                i for i in self.items[verb.item + 1 : after.item]
                if not (isinstance(i, Mark) and i.tag in ("RB", "CM"))
            ]
            joined = conjunct and all(
                isinstance(i, Mark) and i.tag == "CC" for i in conjunct
            )
            if joined and verb.obj is None and not verb.obl:
                verb.obj, verb.obl = after.obj, after.obl
                verb.pred = verb.pred or after.pred

    def _quotes(self) -> None:
        """Hang clauses on a verb of speech beside them: "…," said Vale."""
        verbs = self.structure.verbs
        governing = {id(verb.gov) for verb in verbs if verb.link != "advcl"}
        for speech in verbs:
            if not self._speaks(speech) or speech.gov is not None or (
                speech.kind != "fin" or id(speech) in governing or speech.passive
            ):
                continue
            if speech.obj is speech.subj:
                speech.obj = None
            left, right = self._extent(speech)
            before = self._is(left, "CM") or self._is(left, "QO") or self._is(left, "SM")
            after = self._is(right, "SM") or self._is(right, "QO") or (
                self._is(right, "CM") and (before or self._is(right + 1, "QO"))
            )
            if speech.obj is not None and not speech.mark and not self._is(right, "QO"):
                continue
            for verb in verbs:
                if verb is speech or verb.gov is not None or verb.link not in ("", "rel"):
                    continue
                if (verb.item < left and before) or (verb.item > right and after):
                    verb.gov, verb.link = speech, "quote"

    def _extent(self, speech: Verb) -> tuple[int, int]:
        """Give the items just before and just after a verb of speech and its subject."""
        left = right = speech.item
        for at, item in enumerate(self.items):
            if item is speech.subj:
                left, right = min(left, at), max(right, at)
        left -= 1
        while self._is(left, "RB"):
            left -= 1
        right += 1
        while right < len(self.items) and (
            isinstance(self._item(right), Phrase)
            or self._is(right, "IN") or self._is(right, "TO") or self._is(right, "RB")
        ):
            right += 1
        return left, right

    def _according(self) -> None:
        for at, item in enumerate(self.items):
            low = self._low(at)
            if low == "according" and (
                self._is(at + 1, "TO") or self._low(at + 1) == "to"
            ):
                self.structure.according = self._phrase(at + 2)
            elif isinstance(item, Verb) and "accord" in item.lemmas:
                self.structure.according = self._phrase(at + 2)

    # --- looking around

    def _item(self, at: int) -> Item | None:
        return self.items[at] if 0 <= at < len(self.items) else None

    def _phrase(self, at: int) -> Phrase | None:
        item = self._item(at)
        return item if isinstance(item, Phrase) else None

    def _verb(self, at: int) -> bool:
        return isinstance(self._item(at), Verb)

    def _is(self, at: int, tag: str) -> bool:
        item = self._item(at)
        return isinstance(item, Mark) and item.tag == tag

    def _low(self, at: int) -> str:
        item = self._item(at)
        return item.low if isinstance(item, Mark) else ""

    def _left(self, at: int) -> int:
        """Step over adverbs and quotation marks."""
        while self._is(at, "RB") or self._is(at, "QO") or self._is(at, "NG"):
            at -= 1
        return at

    def _verb_left(self, at: int) -> Verb | None:
        for left in range(min(at, len(self.items)) - 1, -1, -1):
            item = self.items[left]
            if isinstance(item, Verb) and item.link != "auxiliary":
                return item
        return None

    def _speaks(self, verb: Verb) -> bool:
        """Tell whether a verb takes a clause: says, denies, doubts that."""
        return any(
            "that" in row["frames"]
            for lemma in verb.lemmas
            for row in self.lexicon.speech.get(lemma, ())
        )
