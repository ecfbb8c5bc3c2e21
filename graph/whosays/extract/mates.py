"""Who stands beside a pronoun in its clause, and so is not meant by it."""

from __future__ import annotations

from whosays.extract.amounts import quantity
from whosays.extract.lexicon import Lexicon
from whosays.extract.nodes import Phrase, Structure, Verb

_DEEDS = frozenset({"deed", "affair"})
_ONES_OWN = frozenset({"uses", "controls", "leads", "yields-to", "withdraws-from"})
"""Relations of verbs that one also does to what is one's own: "used its raids"."""


def clause_mates(phrase: Phrase, structure: Structure, lexicon: Lexicon) -> set[str]:
    """Name who stands beside a pronoun or a description: "Aldoria attacked it".

    Of "charges by Belmark about it arming the Front" that is Belmark too.
    """
    words = structure.words
    for verb in structure.verbs:
        if verb.subj is phrase and phrase.pronoun:
            beside = [verb.obj, *(p for _, p in verb.obl), *_accusers(verb)]
            heads = [words[m.head] for p in beside if p for m in p.all]
            return {word.mention.actor for word in heads if word.mention}
    if phrase.pronoun or (
        phrase.noun in lexicon.heads or phrase.noun in lexicon.predicates
    ):
        while phrase.role == "of" and isinstance(phrase.gov, Phrase):
            if not quantity(phrase.gov, words):
                break
            phrase = phrase.gov  # "one of its drones"
        for verb in structure.verbs:
            objects = [verb.obj, verb.obj2, *(p for _, p in verb.obl)]
            objects += verb.pred.all if verb.pred is not None else []
            if any(phrase is one for one in objects) and verb.subj is not None:
                if not phrase.pronoun and own_doing(phrase, verb, lexicon):
                    return set()
                return {f.actor for f in verb.subj.actors()}
    return set()


def own_doing(phrase: Phrase, verb: Verb, lexicon: Lexicon) -> bool:
    """Tell "lost its war with Belmark" from "condemned its war with Belmark".

    A deed is its doer's own, but where the verb does something to somebody by it.
    """
    kinds = {row["kind"] for row in lexicon.heads.get(phrase.noun, ())}
    return (
        phrase.noun in lexicon.nouns
        and kinds <= _DEEDS
        and not any(lemma in lexicon.speech for lemma in verb.lemmas)
        and not any(
            row["relation"] not in _ONES_OWN
            for lemma in verb.lemmas
            for row in lexicon.verbs.get(lemma, ())
        )
    )


def _accusers(verb: Verb) -> list[Phrase]:
    """Find who makes the claim that a verb is the content of."""
    if not isinstance(verb.gov, Phrase) or verb.link != "ccomp":
        return []
    return [inner for name, inner in verb.gov.preps if name in ("by", "from")]
