"""What a sentence takes for granted, whatever it denies: "its ally Belmark"."""

from __future__ import annotations

from whosays.extract.lexicon import Lexicon, Row
from whosays.extract.nodes import Node, Phrase, Verb

_OPEN = frozenset({"fact", "case", "truth", "reality", "certainty", "possibility"})
"""What a deed is not, where it is not there at all."""
_PREDICATED = ("pred", "obj2", "obl:as")
_ATTACHED = frozenset({"", "of", "by", "obl:by"})


def in_passing(node: Node, row: Row) -> bool:
    """Tell whether a row is said in passing: "its ally Belmark", "Aldoria-backed".

    What denies or asks the sentence leaves that as it is.
    """
    if not isinstance(node, Phrase) or node.noun or node.negated:
        return False
    if node.role.startswith(_PREDICATED):
        return False
    if row["id"].startswith("t-"):
        return node.role in _ATTACHED
    return row["id"].startswith("p-") and bool(node.titles and node.fillers)


def granted(phrase: Phrase, verb: Verb, lexicon: Lexicon) -> bool:
    """Tell "its withdrawal was no concession" from "its withdrawal is not a fact".

    What is told of a deed with an owner leaves the deed as it is.
    """
    return (
        verb.lemmas[-1:] == ("be",)
        and verb.pred is not None
        and bool(phrase.owners or phrase.mods)
        and bool(set(verb.aux) & lexicon.classes["negator"])
        and verb.pred.det in ("a", "an", "the")
        and verb.pred.noun not in lexicon.classes["proof"]
        and verb.pred.noun not in _OPEN
    )


def known(phrase: Phrase, lexicon: Lexicon) -> bool:
    """Tell whether a deed is spoken of as known: "the talks with Belmark"."""
    return phrase.det == "the" and phrase.noun in lexicon.nouns


def anothers(phrase: Phrase, verb: Verb) -> bool:
    """Tell whether a deed is somebody else's: "has no say in its raids on"."""
    subjects = {f.actor for f in verb.subj.actors()} if verb.subj else set()
    return any(owner.actor not in subjects for owner in phrase.owners)


def ends_it(verb: Verb, lexicon: Lexicon) -> bool:
    """Tell "ended the war" from "ended years ago"."""
    when = lexicon.classes["when"]
    return verb.obj is not None and not (
        verb.obj.noun in when or verb.obj.noun.removesuffix("s") in when
    )


def suffered(phrase: Phrase, lexicon: Lexicon) -> bool:
    """Tell whether "of" names whom a deed is done to: "the invasion of Belmark"."""
    return any(
        row["relation"] in ("attacks", "controls", "represses", "detains")
        and "of" in row["patient_preps"].split(";")
        for row in lexicon.nouns.get(phrase.noun, ())
    )
