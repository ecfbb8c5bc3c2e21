"""Verbs that are no such deed here: "left B weak", "traded insults with B"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from whosays.extract.chunks import TIMES
from whosays.extract.lexicon import Lexicon, Row
from whosays.extract.nodes import Phrase, Structure, Verb
from whosays.extract.words import Filler, Word
from whosays.model import ActorType

Types = Callable[[Filler], ActorType | None]

_IDLE = frozenset({"and", "while", "as", "when", "idly", "or"})
_PARTING = frozenset({"leave", "depart", "exit"})
_PLACES = frozenset({ActorType.STATE, ActorType.PLACE})
_UNCOMMANDED = frozenset({ActorType.STATE, ActorType.PEOPLE})
_BODIES = frozenset(
    {"association", "union", "exchange", "fellowship", "friendship", "cooperation"}
)
_LONG = 4
"""Letters of a word that no heading writes small."""


def means_else(
    verb: Verb, row: Row, structure: Structure, lexicon: Lexicon, type_of: Types
) -> bool:
    """Tell whether a verb with an object is not what its row says."""
    relation = row["relation"]
    sent = lexicon.classes["sent"]
    if relation == "leads":
        led = verb.subj if verb.passive else verb.obj
        return led is not None and led.noun in sent
    if relation in ("withdraws-from", "member-of"):
        return _travels(verb, structure, lexicon, type_of)
    if relation == "attacks" and _fined(verb, lexicon):
        return True
    if relation == "supports" and verb.lemma == "stand by":
        behind = structure.words[verb.end + 1 : verb.end + 2]
        return bool(behind) and behind[0].low in _IDLE  # "stands by and watches"
    if relation == "harbours" and verb.lemma == "host":
        return _received(verb.subj if verb.passive else verb.obj, lexicon, type_of)
    if verb.obj is None or verb.passive:
        return False
    if relation == "commands":  # "ordered Belmark to close its consulate"
        types = {type_of(one) for one in verb.obj.actors() if one.via != "head"}
        return bool(types & _UNCOMMANDED)
    if relation == "negotiates-with":  # "met them with a hail of shells"
        return any(
            p == "with" and not q.actors() and _warlike(q, lexicon) for p, q in verb.obl
        )
    if relation == "created" and verb.lemma == "build up":
        return any(
            one.via != "name" or type_of(one) is ActorType.ARMED_FORCE
            for one in verb.obj.actors()
        )
    if relation == "detains":  # "seized the Belmarkian capital"
        if row["frame"] == "obj" and verb.lemma == "hold":
            return not people(verb.obj, structure, lexicon)
        return verb.obj.noun in lexicon.classes["ground"]
    if relation == "uses":  # "used Aldorian rockets"
        rows = lexicon.themes.get(verb.obj.noun, ())
        return any(one["relation"] == "arms" for one in rows)
    if relation in ("opposes", "supports") and verb.obj.noun == "resolution":
        return True  # "vetoed a League resolution"
    if relation == "supports" and any(p == "from" for p, _ in verb.obj.preps):
        return any(  # "sustained attacks from Belmark"
            one["relation"] in ("attacks", "fights", "threatens")
            for one in lexicon.nouns.get(verb.obj.noun, ())
        )
    if relation == "becomes":
        return verb.obj.det in ("a", "an", "another")
    if relation == "controls" and verb.lemma == "hold":
        behind = structure.words[verb.obj.last + 1 : verb.obj.last + 2]
        return bool(behind) and behind[0].tag == "JJ"  # "holds B responsible"
    return False


def people(phrase: Phrase | None, structure: Structure, lexicon: Lexicon) -> bool:
    """Tell whether persons are meant: "seven of the Front's leaders"."""
    if phrase is None:
        return False
    of = [inner for name, inner in phrase.preps if name == "of"]
    lows = {structure.words[one.head].low for one in (phrase, *of)}
    return any(low.removesuffix("s") in lexicon.classes["human"] for low in lows)


def shouted(verb: Verb, structure: Structure) -> bool:
    """Tell whether a verb in capitals is a name's: "the Aldorian House Republicans".

    Where a sentence begins, and in headings, any word may be in capitals.
    """
    words = structure.words
    word, before = words[verb.head], words[verb.head - 1]
    return (
        word.text[:1].isupper()
        and verb.head > 0
        and not word.text.isupper()
        and before.tag in ("PN", "PA", "PP", "NN")
        and any(w.text.islower() and len(w.text) > _LONG for w in words)
    )


def called_so(phrase: Phrase, structure: Structure) -> bool:
    """Tell whether a noun is a body's name: "the Aldorian Medical Association"."""
    if phrase.noun not in _BODIES or phrase.head <= phrase.first:
        return False
    word, before = structure.words[phrase.head], structure.words[phrase.head - 1]
    return (
        word.text[:1].isupper()
        and before.text[:1].isupper()
        and before.mention is None
        and any(w.text.islower() and len(w.text) > _LONG for w in structure.words)
    )


def exchanged(verb: Verb, lexicon: Lexicon) -> bool:
    """Tell whether words or blows are traded: "traded insults with Belmark"."""
    return verb.obj is not None and verb.obj.noun in lexicon.classes["exchanged"]


def voted_down(verb: Verb, lexicon: Lexicon) -> bool:
    """Tell whether only a text says it: "vetoed a resolution condemning Belmark"."""
    over = verb.gov
    if verb.kind != "ing" or not isinstance(over, Verb):
        return False
    refused = [phrase for p, phrase in over.obl if p == "against"]  # "voted against"
    if over.obj is not None and set(over.lemmas) & lexicon.classes["vetoing"]:
        refused.append(over.obj)
    return any(
        phrase.noun in lexicon.classes["measure"] and verb.first == phrase.last + 1
        for phrase in refused
    )


def _travels(
    verb: Verb, structure: Structure, lexicon: Lexicon, type_of: Types
) -> bool:
    """Tell who goes away from who gives up: "Vale left Belmark on Friday"."""
    subject = verb.subj
    if subject is not None and subject.noun in lexicon.classes["sent"]:
        return True  # "Aldoria's envoy left Belmark"
    if verb.obj is None or verb.passive:
        return False
    if verb.lemma in _PARTING and subject is not None:
        who = {type_of(one) for one in subject.actors()}
        where = {type_of(one) for one in verb.obj.actors()}
        if who == {ActorType.PERSON} and where <= _PLACES:
            return True
    if verb.lemma != "leave":
        return False
    behind = structure.words[verb.obj.last + 1 : verb.obj.last + 3]
    return bool(behind) and (
        behind[0].tag in ("JJ", "VB")
        or behind[0].low in ("with", "without", "to", "at", "alone")
        or (behind[0].low == "in" and not _when(behind[1:]))
        or [one.tag for one in behind] == ["RB", "JJ"]
    )


def _fined(verb: Verb, lexicon: Lexicon) -> bool:
    """Tell whether it strikes with sanctions: "hit Belmark with tariffs"."""
    return any(
        frame.startswith("obj/with:")
        and any(p == "with" and q.noun == frame[9:] for p, q in verb.obl)
        for lemma in verb.lemmas
        for row in lexicon.verbs.get(lemma, ())
        if row["relation"] == "sanctions"
        for frame in row["frame"].split("|")
    )


def _when(behind: Sequence[Word]) -> bool:
    """Tell "left Belmark in 2010", "in May" from "left Belmark in ruins"."""
    return any(one.tag == "CD" or one.low in TIMES for one in behind)


def _received(hosted: Phrase | None, lexicon: Lexicon, type_of: Types) -> bool:
    """Tell whether talks, guests or a match are hosted, which hides nobody."""
    if hosted is None:
        return False
    if hosted.noun in lexicon.nouns or any(
        row["types"] == "person" for row in lexicon.generics.get(hosted.noun, ())
    ):
        return True
    return any(type_of(one) is ActorType.STATE for one in hosted.actors())


def _warlike(phrase: Phrase, lexicon: Lexicon) -> bool:
    """Tell whether somebody is met with force: "with our brigades", "with fire"."""
    return (
        phrase.noun in lexicon.classes["exchanged"]
        or "side" in {row["kind"] for row in lexicon.heads.get(phrase.noun, ())}
        or any(row["relation"] == "arms" for row in lexicon.themes.get(phrase.noun, ()))
    )
