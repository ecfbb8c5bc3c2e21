"""Words → noun phrases, verb groups and marks, from left to right, without a parse."""

from __future__ import annotations

from dataclasses import dataclass

from whosays.extract.lexicon import Lexicon
from whosays.extract.nodes import Phrase, Verb
from whosays.extract.words import Filler, Word

_START = frozenset({"DT", "PS", "CD", "JJ", "PA", "PN", "PP", "NN", "PR", "EX"})
_GROUP = frozenset({"MD", "BE", "HV", "DO", "NG", "RB", "TO"})
_AUX = frozenset({"MD", "BE", "HV", "DO", "TO"})
_PARTICLES = frozenset(
    [
        "up",
        "down",
        "out",
        "off",
        "over",
        "in",
        "on",
        "back",
        "away",
        "together",
        "aside",
        "apart",
        "through",
        "by",
        "for",
    ]
)
_QUANTITIES = frozenset(
    [
        "dozens",
        "hundreds",
        "thousands",
        "scores",
        "number",
        "couple",
        "majority",
        "handful",
        "part",
        "parts",
        "most",
        "some",
        "many",
        "all",
        "one",
        "none",
        "both",
        "each",
        "several",
        "members",
        "member",
        "elements",
        "remnants",
        "rest",
        "units",
        "few",
        "any",
        "half",
        "dozen",
        "much",
    ]
)


@dataclass(slots=True)
class Mark:
    """A word that is neither: preposition, conjunction, comma, quotation mark."""

    tag: str
    low: str
    index: int


Item = Phrase | Verb | Mark


def chunk(words: list[Word], lexicon: Lexicon) -> list[Item]:
    """Divide a tagged sentence into items."""
    items: list[Item] = []
    index = 0
    while index < len(words):
        item, index = _next(words, index, lexicon, items)
        items.append(item)
    return items


def _next(
    words: list[Word], index: int, lexicon: Lexicon, items: list[Item]
) -> tuple[Item, int]:
    word = words[index]
    if word.tag in _AUX or word.tag in ("VB", "NG"):
        verb, end = _verb(words, index, lexicon)
        if verb is not None:
            return verb, end
    if word.tag == "RB" and index + 1 < len(words) and words[index + 1].tag == "VB":
        verb, end = _verb(words, index, lexicon)
        if verb is not None:
            return verb, end
    if word.tag in _START or (
        word.tag == "RB"
        and index + 1 < len(words)
        and words[index + 1].tag in ("JJ", "CD")
        and not (items and isinstance(items[-1], Verb))
    ):
        phrase, end = _phrase(words, index, lexicon)
        if phrase is not None:
            return phrase, end
    return Mark(word.tag, word.low, index), index + 1


def _verb(words: list[Word], start: int, lexicon: Lexicon) -> tuple[Verb | None, int]:
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
    if "TO" in tags:
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
                if (len(rest) == 1 and rest[0] in _PARTICLES) or len(rest) > 1:
                    end = max(end, stop)
                break
        else:
            if split := _split_particle(words, head, lexicon, first):
                lemmas.append(split)
    lemmas.sort(key=lambda lemma: -len(lemma.split()))
    singles = words[head].lemmas or (words[head].low,)
    if not (lemmas and len(lemmas[0].split()) > 1):
        lemmas += singles
    verb.lemmas = tuple(dict.fromkeys(lemmas))
    verb.end = end - 1
    return verb, end


def _split_particle(words: list[Word], head: int, lexicon: Lexicon, first: str) -> str:
    """Find a particle behind a short object: "set the group up"."""
    for rest, lemma in lexicon.longer.get(first, ()):
        if len(rest) == 1 and rest[0] in ("up", "over", "out", "off", "in"):
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
    if words[head].tag == "MD":
        verb.aux.append(words[head].low)
    return verb, index


def _phrase(
    words: list[Word], start: int, lexicon: Lexicon
) -> tuple[Phrase | None, int]:
    if words[start].tag in ("PR", "EX"):
        phrase = Phrase(start, start, start, words[start].low, pronoun=True)
        if words[start].low in ("nobody", "none", "neither", "nothing"):
            phrase.negated = True
        return phrase, start + 1
    phrase = Phrase(start, start, -1)
    index = start
    owners: list[int] = []
    mods: list[int] = []
    titles: list[int] = []
    begin = start
    while index < len(words):
        word = words[index]
        tag = word.tag
        following = words[index + 1] if index + 1 < len(words) else None
        if tag in ("DT", "PS"):
            if phrase.head >= 0:
                break
            phrase.det = word.low
            if tag == "PS":
                phrase.titles.append(f"@{index}")
        elif tag in ("CD", "JJ"):
            if phrase.head >= 0 and not (
                following is not None and following.tag == "NN" and tag == "JJ"
            ):
                break
        elif tag == "RB":
            if (
                phrase.head >= 0
                or following is None
                or following.tag
                not in (
                    "JJ",
                    "CD",
                )
            ):
                break
        elif tag == "PA":
            if phrase.head >= 0:
                break
            mods.append(index)
        elif tag == "PP":
            if phrase.head >= 0:
                break
            phrase.head = index
        elif tag == "NN":
            if phrase.head >= 0 and words[phrase.head].tag in ("PN", "PP"):
                if words[phrase.head].tag == "PP":
                    break
                mods.append(phrase.head)
            phrase.head = index
        elif tag == "PN":
            if phrase.head >= 0:
                if words[phrase.head].tag != "NN" or not _title(
                    words, begin, phrase.head, lexicon
                ):
                    break
                titles.append(phrase.head)
            phrase.head = index
        elif tag == "POS":
            if phrase.head < 0 or following is None or following.tag in ("FS", "CM"):
                break
            owners.append(phrase.head)
            phrase.head, phrase.det, begin = -1, "'s", index + 1
            mods.clear()
        elif (
            tag == "HY"
            and following is not None
            and (phrase.head == index - 1 or mods[-1:] == [index - 1])
        ):
            if phrase.head < 0:
                phrase.head = mods.pop()
            step = _hyphen(words, index, phrase, mods, lexicon)
            if not step:
                break
            index += step
            continue
        else:
            break
        index += 1
    if phrase.head < 0:
        if index > start and owners:  # "Aldoria's" alone
            phrase.head = owners.pop()
        elif index > start and words[start].tag in ("DT", "PS", "PA", "CD"):
            phrase.head = index - 1
        else:
            return None, start
    phrase.last = index - 1
    phrase.negated = words[start].low in ("no", "neither")
    begin = min(begin, phrase.head)
    run = tuple(words[i].low for i in range(begin, phrase.head + 1))
    phrase.noun = lexicon.noun(run) if words[phrase.head].tag == "NN" else ""
    phrase.titles += [
        lexicon.noun(tuple(words[i].low for i in range(min(begin, t), t + 1)))
        for t in titles
    ]
    phrase.owners = [named(words[i]) for i in owners if words[i].mention]
    phrase.mods = [named(words[i]) for i in mods if words[i].mention]
    if owners and not words[owners[-1]].mention:
        phrase.titles.append("@owned")
    return phrase, index


def _title(words: list[Word], begin: int, head: int, lexicon: Lexicon) -> bool:
    """Tell whether a noun before a name belongs to it: "Foreign Minister Oren Vale"."""
    word = words[head]
    noun = lexicon.noun(tuple(w.low for w in words[begin : head + 1]))
    if noun in lexicon.heads or noun in lexicon.predicates or noun in lexicon.generics:
        return not word.low.endswith("s") or noun == word.low
    return word.text[:1].isupper() or not word.low.endswith("s")


def _hyphen(
    words: list[Word], index: int, phrase: Phrase, mods: list[int], lexicon: Lexicon
) -> int:
    """Read "Aldoria-backed", "Aldoria-Belmark"; return how many words were taken."""
    left, right = words[phrase.head], words[index + 1]
    if left.mention is None:
        phrase.head = -1 if right.tag not in ("NN",) else index + 1
        return 2
    if right.low in lexicon.participles:
        phrase.participles.append((index + 1, named(left)))
        phrase.head = -1
        return 2
    if right.mention is not None:
        mods += [phrase.head, index + 1]
        phrase.head = index + 1
        return 2
    phrase.head = -1
    return 2


def named(word: Word) -> Filler:
    """Turn a word that names an actor into what can stand at an end."""
    mention = word.mention
    if mention is None:
        raise ValueError(word.text)
    return Filler(mention.actor, mention.start, mention.end, others=mention.others)


def quantity(phrase: Phrase, words: list[Word]) -> bool:
    """Tell whether what counts stands behind "of": "dozens of", "members of"."""
    return words[phrase.head].low in _QUANTITIES
