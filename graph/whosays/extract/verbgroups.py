"""Verb groups: auxiliaries, negation, adverbs, the verb, and the expression it is part of."""

from __future__ import annotations

from whosays.extract.lexicon import Lexicon
from whosays.extract.nodes import Verb
from whosays.extract.words import Word

_GROUP = frozenset({"MD", "BE", "HV", "DO", "NG", "RB", "TO"})
_AUX = frozenset({"MD", "BE", "HV", "DO", "TO"})


def verb_group(
    words: list[Word], start: int, lexicon: Lexicon
) -> tuple[Verb | None, int]:
    """Read a verb group: auxiliaries, negation, adverbs, and the verb."""
    index = start
    aux: list[str] = []
    head = -1
    last_aux = ""
    while index < len(words):
        word = words[index]
        if word.tag == "VB":
            head = index
            break
        if word.tag not in _GROUP:
            break
        if (
            word.tag == "TO"
            and aux
            and last_aux not in ("ought", "had", "have", "has", "used", "not", "never")
        ):
            break
        if not (word.tag == "RB" and word.low == "not"):  # "not only"
            aux.append(word.low)
        if word.tag != "RB":
            last_aux = word.low
        index += 1
    if head < 0:
        return _bare(words, start, index, lexicon)
    verb = Verb(start, head, aux=aux, end=head)
    forms = set(words[head].forms)
    tags = [words[i].tag for i in range(start, head)]
    be = "BE" in tags
    verb.passive = be and "n" in forms and not words[head].low.endswith("ing")
    if "TO" in tags and "yet" not in aux:
        verb.kind = "inf"
    elif not set(tags) & _AUX:
        if forms == {"g"} or (words[head].low.endswith("ing") and "g" in forms):
            verb.kind = "ing"
        elif forms == {"n"}:
            verb.kind = "part"
    elif set(aux) & {"being", "having"} and aux[0] in ("being", "having", "not"):
        verb.kind = "ing"
    return expressed(verb, words, lexicon)


def expressed(verb: Verb, words: list[Word], lexicon: Lexicon) -> tuple[Verb, int]:
    """Name the verb by the longest expression that stands there."""
    head = verb.head
    lemmas: list[str] = []
    end = head + 1
    for first in words[head].lemmas or (words[head].low,):
        for rest, lemma in lexicon.longer.get(first, ()):
            stop = head + 1 + len(rest)
            verb_next = (
                rest[-1] == "to"
                and stop < len(words)
                and (words[stop].tag in ("VB", "BE", "HV"))
            )
            if tuple(w.low for w in words[head + 1 : stop]) == rest and not verb_next:
                lemmas.append(lemma)
                if (
                    rest[0] in lexicon.classes["particle"]
                    or len(rest) > 1
                    or lemma in lexicon.verbs
                ):
                    end = max(end, stop)
                break
        else:
            if split := _split_particle(words, head, lexicon, first):
                lemmas.append(split)
            elif found := _modified(words, head, lexicon, first):
                lemma, stop = found
                lemmas.append(lemma)
                end = max(end, stop)
    lemmas.sort(key=lambda lemma: -len(lemma.split()))
    singles = words[head].lemmas or (words[head].low,)
    if not (lemmas and len(lemmas[0].split()) > 1):
        lemmas += singles
    verb.lemmas = tuple(dict.fromkeys(lemmas))
    verb.end = end - 1
    return verb, end


def _modified(
    words: list[Word], head: int, lexicon: Lexicon, first: str
) -> tuple[str, int] | None:
    """Find an expression whose noun is told more of: "exchanged heavy fire"."""
    stop = head + 1
    while stop < len(words) and words[stop].tag in ("JJ", "NN"):
        stop += 1
    if stop < head + 3 or stop > head + 5:
        return None
    for rest, lemma in lexicon.longer.get(first, ()):
        if rest == (words[stop - 1].low,) and lemma in lexicon.verbs:
            return lemma, stop
    return None


def _split_particle(words: list[Word], head: int, lexicon: Lexicon, first: str) -> str:
    """Find a particle behind a short object: "set the group up"."""
    for rest, lemma in lexicon.longer.get(first, ()):
        if len(rest) == 1 and rest[0] in (
            "up",
            "over",
            "out",
            "off",
            "in",
            "alone",
            "through",
            "back",
            "prisoner",
            "hostage",
            "captive",
            "home",
            "afloat",
            "alive",
            "going",
        ):
            for at in range(head + 2, min(head + 6, len(words))):
                word = words[at]
                if word.low == rest[0] and (
                    at + 1 == len(words)
                    or words[at + 1].tag in ("FS", "CM", "SM", "IN", "TO", "CC")
                ):
                    return lemma if rest[0] != "in" else ""
                if word.tag in ("IN", "CM", "VB", "CC", "SC"):
                    break
    return ""


def _bare(
    words: list[Word], start: int, index: int, lexicon: Lexicon
) -> tuple[Verb | None, int]:
    """Read auxiliaries without a verb: a copula, a plain "have", or a question's."""
    tags = [words[i].tag for i in range(start, index)]
    while tags and tags[-1] in ("RB", "TO"):
        tags.pop()
        index -= 1
    if not set(tags) & {"BE", "HV", "DO", "MD"}:
        return None, start
    if tags[-1] == "NG" and not set(tags) & {"BE", "HV", "DO", "MD"}:
        return None, start
    head = max(
        i for i in range(start, index) if words[i].tag in ("BE", "HV", "DO", "MD")
    )
    kind = "inf" if "TO" in tags else "fin"
    if words[head].low in ("being", "having") and head == start:
        kind = "ing"
    aux = [words[i].low for i in range(start, index) if i != head]
    name = {"BE": "be", "HV": "have", "DO": "do", "MD": "will"}[words[head].tag]
    verb = Verb(start, head, (name,), kind, aux=aux, end=index - 1)
    if name == "have":
        words[head].lemmas, words[head].forms = ("have",), "bsd"
    if name in ("have", "do"):
        for rest, lemma in lexicon.longer.get(name, ()):
            stop = index + len(rest)
            if tuple(word.low for word in words[index:stop]) == rest:
                verb.lemmas, verb.end = (lemma, name), stop - 1
                return verb, stop  # "has nothing to do with"
    if words[head].tag == "MD":
        verb.aux.append(words[head].low)
    return verb, index
