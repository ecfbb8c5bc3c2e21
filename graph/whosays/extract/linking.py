"""What a verb of a parse hangs on, and whom it shares its subject with."""

from __future__ import annotations

from whosays.extract.filling import TENSED, Filling
from whosays.extract.nodes import Phrase, Verb

_OBJECT_CONTROL = frozenset({"of", "for", "from", "into", "over"})


class Linking(Filling):
    """The links between the clauses of one parsed sentence."""

    def _hang(self, index: int, verb: Verb) -> None:
        roles = self.roles
        head, link = roles.link(index)
        verb.mark = roles.mark(index)
        if head is None:
            return
        if link in ("rel", "acl") and self._claimed(index, head, verb):
            link = "ccomp"
        gov = self._verbs.get(head)
        noun = self._phrases.get(head)
        if link == "conj" and gov is not None:
            if self._adds(index, verb) and not self._speaks(gov):
                gov.gov, gov.link = verb, "quote"  # "A arms B, Vale announced"
                return
            verb.gov, verb.link = self._conjunct(head, gov)
            shares = verb.subj is None
            verb.subj = verb.subj or gov.subj
            if shares and not set(verb.aux) & TENSED:
                verb.aux = [a for a in gov.aux if a in TENSED | {"to"}] + verb.aux
            return
        if link == "parataxis" and gov is not None:
            apart = any(w.low in (";", ":") for w in self.words[head:index])
            if self._speaks(verb) and not self._speaks(gov) and not apart:
                gov.gov, gov.link = verb, "quote"
            elif self._speaks(gov):
                verb.gov, verb.link = gov, "quote"
            return
        if link == "subj" and gov is not None and index < head and self._speaks(gov):
            verb.gov, verb.link = gov, "quote"  # "We have not," she told them
            return
        if link == "acl" and noun is not None and self._asked(head, noun):
            verb.subj, verb.question = noun, True
            return
        if link == "rel" or link == "acl":
            verb.link = "rel"
            if link == "acl" and not verb.passive and verb.kind != "ing":
                verb.passive, verb.kind = True, "part"
            cleft = self._verbs.get(head)
            if cleft is None or cleft.subj is None or cleft.subj.noun != "it":
                cleft = self._above(head)
            verb.gov = cleft
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
            return
        if noun is not None and gov is None and self._told_of(noun, link):
            gov = noun.gov if isinstance(noun.gov, Verb) else None
        if noun is not None and gov is None:
            verb.gov, verb.link = noun, link
            self._owned(verb, noun)
            return
        if link == "purpose" and gov is not None and self._wanted(verb, gov):
            link = "xcomp"
        if link == "prep:by" and gov is not None and self._accuses(gov):
            link = "prep:of"  # "accused A of complicity by arming B"
        verb.gov, verb.link = gov, link
        if gov is None:
            verb.link = ""
            return
        if verb.subj is None:
            self._control(verb, gov, link)

    def _told_of(self, noun: Phrase, link: str) -> bool:
        """Tell whether what hangs on an object is said of it: "accused A of arming B"."""
        gov = noun.gov
        if not isinstance(gov, Verb) or link.partition(":")[2] not in _OBJECT_CONTROL:
            return False
        held = [gov.obj] if gov.obj is not None else []
        if gov.passive:  # "A was accused by B of arming C"
            held = [phrase for preposition, phrase in gov.obl if preposition == "by"]
        return (
            any(noun is one for phrase in held for one in phrase.all)
            and noun.noun not in self.lexicon.contents
            and noun.noun not in self.lexicon.scope_nouns
            and self._accuses(gov)
        )

    def _accuses(self, gov: Verb) -> bool:
        return (gov.obj is not None or gov.passive) and any(
            "of+ing" in row["frames"]
            for lemma in gov.lemmas
            for row in self.lexicon.speech.get(lemma, ())
        )

    def _wanted(self, verb: Verb, gov: Verb) -> bool:
        """Tell whether an infinitive is what a verb is about: "ended up to arm"."""
        return (
            verb.first == gov.end + 1
            and gov.obj is None
            and any(("verb", lemma) in self.lexicon.scope for lemma in gov.lemmas)
        )

    def _adds(self, index: int, verb: Verb) -> bool:
        """Tell whether a verb behind a comma names who says what is before it."""
        subject = verb.subj
        start = verb.first if subject is None else min(subject.first, verb.first)
        return (
            subject is not None
            and self._speaks(verb)
            and verb.obj is None
            and self.words[start - 1].low in (",", "\u201d", '"')
            and not self.roles.with_role(index, "cc", "ccomp", "xcomp")
        )

    def _claimed(self, index: int, head: int, verb: Verb) -> bool:
        """Tell whether "the claim that A arms B" was taken for a relative clause."""
        noun = self._phrases.get(head)
        return (
            noun is not None
            and verb.mark == "that"
            and verb.kind == "fin"
            and (verb.obj is not None or bool(verb.obl) or verb.pred is not None)
            and not self._relative_subject(index)
            and (
                noun.noun in self.lexicon.contents
                or noun.noun in self.lexicon.scope_nouns
                or noun.noun in self.lexicon.classes["proof"]
            )
        )

    def _asked(self, head: int, noun: Phrase) -> bool:
        """Tell whether "is Aldoria arming the Front?" was parsed as if it were a noun."""
        roles = self.roles
        copula = roles.with_role(head, "cop")
        before = bool(copula) and copula[0] < noun.first
        free = roles.subject(head) is None or copula[:1] == [noun.first - 1]
        return before and self.structure.question and free

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
