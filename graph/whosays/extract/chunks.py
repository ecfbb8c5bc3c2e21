"""Words → noun phrases, verb groups and marks, from left to right, without a parse."""

from __future__ import annotations

from dataclasses import dataclass

from whosays.extract.amounts import is_money
from whosays.extract.lexicon import Lexicon
from whosays.extract.nodes import Phrase, Verb
from whosays.extract.verbgroups import verb_group
from whosays.extract.words import Filler, Word

_START = frozenset({"DT", "PS", "CD", "JJ", "PA", "PN", "PP", "NN", "PR", "EX"})
_INSIDE = (_START - {"PR", "EX"}) | {"CC", "RB", "POS", "HY"}
"""What a phrase may hold."""
_VERBAL = frozenset({"MD", "BE", "HV", "DO", "TO", "VB", "NG"})


_HELD = frozenset({"hostage", "captive", "prisoner"})
_COMPASS = frozenset({"north", "south", "east", "west"})
_TAKEN = frozenset({"hostage", "prisoner", "captive", "home"})
"""What several are taken or brought: "took two soldiers hostage"."""
TIMES = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "last",
        "next",
        "this",
        "year",
        "week",
        "month",
        "night",
        "morning",
        "afternoon",
        "evening",
        "overnight",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "weekend",
        "spring",
        "summer",
        "autumn",
        "winter",
        "earlier",
        "later",
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
    tag = word.tag
    after = words[index + 1].tag if index + 1 < len(words) else ""
    if tag in _VERBAL or (tag == "RB" and after == "VB"):
        verb, end = verb_group(words, index, lexicon)
        if verb is not None:
            return verb, end
    if word.low == "not" and _not_one(words[index + 1 : index + 3], items):
        phrase, end = _phrase(words, index + 1, lexicon)
        if phrase is not None:
            phrase.first, phrase.negated = index, True
            return phrase, end
    if tag in _START or (
        tag == "RB"
        and after in ("JJ", "CD")
        and not (items and isinstance(items[-1], Verb))
    ):
        phrase, end = _phrase(words, index, lexicon)
        if phrase is not None:
            return phrase, end
    return Mark(tag, word.low, index), index + 1


def _not_one(behind: list[Word], before: list[Item]) -> bool:
    """Tell whether "not one shell", "not a single shell", "that not a shell" goes on."""
    lows = [word.low for word in behind]
    last = before[-1] if before else None
    opens = last is None or (isinstance(last, Mark) and last.tag in ("SC", "QO", "SM"))
    return (
        lows[:1] == ["one"]
        or lows == ["a", "single"]
        or (opens and lows[:1] in (["a"], ["an"]))
    )


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
    size = len(words)
    while index < size:
        word = words[index]
        tag = word.tag
        if tag not in _INSIDE or (phrase.head >= 0 and word.low in TIMES):
            break
        following = words[index + 1] if index + 1 < size else None
        if tag in ("DT", "PS"):
            if phrase.head >= 0:
                break
            phrase.det = word.low
            if tag == "PS":
                phrase.titles.append(f"@{index}")
        elif tag == "NN":
            if phrase.head >= 0 and _held(word, words[phrase.head]):
                break  # "took three soldiers hostage"
            if phrase.head >= 0 and words[phrase.head].tag in ("PN", "PP"):
                if words[phrase.head].tag == "PP" or _beside(word, following):
                    break
                mods.append(phrase.head)
            elif phrase.head >= 0 and (
                _beside(word, following)
                or (word.low in _TAKEN and words[phrase.head].low.endswith("s"))
            ):
                break
            phrase.head = index
        elif tag == "CD" and index == start and _dated(words, index):
            phrase.head = index
            index += 1
            break  # "In 2018 Aldoria"
        elif tag in ("CD", "JJ"):
            if (
                phrase.head >= 0
                and words[phrase.head].tag == "PN"
                and (following is None or following.low not in lexicon.heads)
            ):
                break
            numbered = tag == "CD" and words[index - 1].text[:1].isupper()
            if phrase.head >= 0 and not (
                following is not None
                and following.tag == "NN"
                and (tag == "JJ" or numbered)  # "Corsair 12 jets"
            ):
                break
        elif tag == "CC" and phrase.head < 0 and _two_adjectives(words, index):
            pass  # "Aldorian domestic and foreign policy"
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
            if phrase.head >= 0 and not _unlisted(words, index, phrase, lexicon):
                break
            phrase.head = -1
            mods.append(index)
            if _joint(words, index):
                index += 1  # "Aldorian and Belmarkian troops"
        elif tag == "PP":
            if phrase.head >= 0:
                break
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
            sides = (
                words[phrase.head].mention is None
                and mods
                and (lexicon.noun((words[phrase.head].low,)) in lexicon.heads)
            )
            owners.append(mods[-1] if sides else phrase.head)
            phrase.head, phrase.det, begin = -1, "'s", index + 1
            mods.clear()
            titles.clear()
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
    if words[phrase.head].tag == "NN":
        phrase.noun = lexicon.noun(
            tuple([word.low for word in words[begin : phrase.head + 1]])
        )
    elif is_money(words[start : phrase.head + 1]):
        phrase.noun = "dollar"  # "$2bn"
    if titles:
        phrase.titles += [
            lexicon.noun(tuple(words[i].low for i in range(min(begin, t), t + 1)))
            for t in titles
        ]
    if owners:
        phrase.owners = [named(words[i]) for i in owners if words[i].mention]
    if mods:
        phrase.mods = [named(words[i]) for i in mods if words[i].mention]
    if owners and not words[owners[-1]].mention:
        phrase.titles.append("@owned")
        phrase.owned = owners[-1]
    return phrase, index


def _dated(words: list[Word], index: int) -> bool:
    """Tell whether a number is a year of its own: "in 2018 Aldoria"."""
    low = words[index].low
    return (
        len(low) == 4
        and low[:2] in ("18", "19", "20")
        and low.isdigit()
        and index > 0
        and words[index - 1].tag in ("IN", "TO")
        and index + 1 < len(words)
        and words[index + 1].tag in ("PN", "PA")
    )


def _held(word: Word, before: Word) -> bool:
    """Tell whether it says how they are held, and not which kind of them is meant."""
    return word.low in _HELD and (before.tag != "NN" or before.low.endswith("s"))


def _two_adjectives(words: list[Word], index: int) -> bool:
    tags = [word.tag for word in words[index - 1 : index + 3]]
    return index > 0 and tags == ["JJ", "CC", "JJ", "NN"]


def _beside(word: Word, following: Word | None) -> bool:
    """Tell whether it is told where it lies: "positions north of", "is A part of"."""
    return (
        following is not None
        and following.low == "of"
        and (word.low in _COMPASS or word.low == "part")
    )


def _unlisted(words: list[Word], index: int, phrase: Phrase, lexicon: Lexicon) -> bool:
    """Tell whether what stands before is but an adjective: "the key Aldorian port"."""
    before = words[index - 1]
    return (
        phrase.head == index - 1
        and before.tag == "NN"
        and before.text.islower()
        and not before.low.endswith("s")
        and before.low not in lexicon.singulars
        and index + 1 < len(words)
        and words[index + 1].tag == "NN"
    )


def _joint(words: list[Word], index: int) -> bool:
    """Tell whether two adjectives of countries share a noun."""
    tags = [word.tag for word in words[index + 1 : index + 5]]
    return tags[:2] in (["CC", "PA"], ["CM", "PA"]) and "NN" in tags[2:4]


def _title(words: list[Word], begin: int, head: int, lexicon: Lexicon) -> bool:
    """Tell whether a noun before a name belongs to it: "Foreign Minister Oren Vale"."""
    word = words[head]
    if words[begin].low in ("a", "an") and words[begin].tag == "DT":
        return word.text[:1].isupper()  # "a group Aldoria funds"
    noun = lexicon.noun(tuple(w.low for w in words[begin : head + 1]))
    given = noun in lexicon.themes and noun not in lexicon.heads
    if words[begin].tag == "DT" and (given or noun in lexicon.nouns):
        return word.text[:1].isupper()  # "the money Aldoria gave", "the raid it led"
    if noun in lexicon.heads or noun in lexicon.predicates or noun in lexicon.generics:
        return not word.low.endswith("s") or noun == word.low
    return word.text[:1].isupper() or not word.low.endswith("s")


def _hyphen(
    words: list[Word], index: int, phrase: Phrase, mods: list[int], lexicon: Lexicon
) -> int:
    """Read "Aldoria-backed", "Aldoria-Belmark"; return how many words were taken."""
    left, right = words[phrase.head], words[index + 1]
    if left.mention is None:
        if right.mention is not None and left.low in lexicon.participles:
            phrase.participles.append((index - 1, named(right)))
            phrase.head = -1
            return 2
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
