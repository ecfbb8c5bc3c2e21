"""A coarse part of speech for each word, from tables and neighbours alone.

Tags: PN name, PA adjective of a country, PP people of a country, PR pronoun, DT, PS
possessive, POS 's, JJ, RB, NN, CD, MD, BE, HV, DO, VB, IN, TO, CC, SC, WD, EX, NG,
and CM SM QO HY LP RP for marks. A wrong tag costs a statement; it never invents one.
"""

from __future__ import annotations

from collections.abc import Sequence

from whosays.extract.lexicon import Guess, Lexicon
from whosays.extract.marks import MARKS
from whosays.extract.setphrases import (
    both_verbs,
    settle_early,
    settle_phrases,
    settle_that,
)
from whosays.extract.slots import left_of_adverbs
from whosays.extract.surrounding import (
    acts,
    awaited,
    behind_conjunction,
    behind_modifier,
    clause_ends,
    compounded,
    finite,
    finite_later,
    funded,
    has_verb,
    listed,
    plural_left,
    rather_listed,
    rather_noun,
    related,
    speaker_behind,
    stands_alone,
    starts_phrase,
    takes_object,
)
from whosays.extract.words import Word

NOMINAL = frozenset({"PN", "PP", "NN", "PR", "PA"})
_ADJECTIVE_ENDINGS = ("al", "ous", "ful", "ive", "ish", "able", "ible", "ic", "less")
_BASE_AFTER = frozenset({"MD", "DO", "TO"})
_IN_NP = frozenset({"DT", "PS", "POS", "JJ", "CD", "PA"})
_NEVER_VERB = frozenset({"united", "following", "including", "according", "during"})
_NAMED = {"adjective": "PA", "people": "PP"}
_BY_NEIGHBOURS = frozenset({"'s", "'", "provided", "neither"})
"""Words whose first guess needs their neighbours; that of all others is remembered."""
_BACK = frozenset({"back"})
_PARTICLES = _BACK | {"out", "up", "down", "off", "away"}
_LONG = 7
"""Letters of a word that may begin with re-."""
_MOST = 50_000
"""Guesses that are remembered."""


def tag(words: list[Word], lexicon: Lexicon) -> None:
    """Tag all words of a sentence, in place."""
    adjectives: list[int] = []
    unsettled: list[int] = []
    plain, capital = lexicon.guesses
    for index, word in enumerate(words):
        low = word.low
        if word.mention is not None:
            tag = word.tag = _NAMED.get(word.mention.kind, "PN")
        elif low in _BY_NEIGHBOURS:
            _guess(word, index, words, lexicon)
            tag = word.tag
        else:
            guesses = capital if index and word.text[:1].isupper() else plain
            known = guesses.get(low) or _remembered(word, index, guesses, lexicon)
            tag, word.lemmas, word.forms = known
            word.tag = tag
        if tag == "JJ":
            adjectives.append(index)
        elif tag == "V?" or low == "that":
            unsettled.append(index)
        elif tag == "HY" or low == "may":
            settle_early(index, words)
    for index in adjectives:
        if stands_alone(index, words, lexicon):
            words[index].tag = "NN"
    for index in unsettled:
        if words[index].tag == "V?":
            _settle(index, words, lexicon)
        else:
            settle_that(index, words)
    settle_phrases(words, lexicon)


def _remembered(
    word: Word, index: int, guesses: dict[str, Guess], lexicon: Lexicon
) -> Guess:
    """Guess what a word is that has not been met so far."""
    _guess(word, index, (), lexicon)  # nothing to look at but the word
    if len(guesses) >= _MOST:
        guesses.clear()
    known = guesses[word.low] = (word.tag, word.lemmas, word.forms)
    return known


def _guess(word: Word, index: int, words: Sequence[Word], lexicon: Lexicon) -> None:
    low = word.low
    if mark := MARKS.get(low):
        word.tag = mark
        return
    if low in ("'s", "'"):
        before = words[index - 1] if index else None
        spoken = before is not None and before.tag in ("PR", "EX", "WD", "DT")
        word.tag = "BE" if spoken else "POS"
        return
    known = lexicon.tags.get(low)
    readings = lexicon.verb_forms.get(low) or _again(low, lexicon)
    if low == "provided" and index and words[index - 1].tag != "CM":
        known = None
    follows = words[index + 1].low if index + 1 < len(words) else ""
    if low == "neither" and "d" in "".join(
        "".join(forms) for forms in lexicon.verb_forms.get(follows, {}).values()
    ):
        known = "NG" if follows not in lexicon.singulars else known
    elif low == "neither" and both_verbs(words[index + 1 : index + 5], lexicon):
        known = "NG"
    elif low == "neither" and index + 1 < len(words) and words[index + 1].low != "of":
        known = "DT"
    if low in _NEVER_VERB or low in ("evening", "morning"):
        word.tag = {"according": "RB", "evening": "NN", "morning": "NN"}.get(low, "IN")
        return
    if known and not (readings and known in ("JJ", "RB")):
        word.tag = known
        return
    if readings and low not in _NEVER_VERB:
        word.tag = "V?"
        word.lemmas = tuple(sorted(readings))
        word.forms = "".join(
            code
            for code in "bsdng"
            if any(code in forms for forms in readings.values())
        )
        return
    word.tag = known or _shape(word, index, lexicon)
    if word.tag == "V?":
        word.forms = "g" if low.endswith("ing") else "dn"


def _again(low: str, lexicon: Lexicon) -> dict[str, set[str]] | None:
    """Read "reimposed" as "imposed", where nothing says what it is."""
    known = low in lexicon.tags or low in lexicon.singulars
    if not low.startswith("re") or len(low) < _LONG or known:
        return None
    return lexicon.verb_forms.get(low[2:])


def _shape(word: Word, index: int, lexicon: Lexicon) -> str:
    low = word.low
    if low in lexicon.singulars:
        return "NN"
    if low[:1].isdigit():
        return "CD"
    if word.text[:1].isupper() and index:
        return "NN"
    if low.endswith("ly"):
        return "RB"
    if len(low) > 5 and low.endswith(("ed", "ing")):
        return "V?"
    if low.endswith(_ADJECTIVE_ENDINGS):
        return "JJ"
    return "NN"


def _settle(index: int, words: Sequence[Word], lexicon: Lexicon) -> None:
    """Decide whether a word that may be a verb is one here."""
    word = words[index]
    at = left_of_adverbs(index, words, lexicon)
    before = words[at] if at >= 0 else None
    after = words[index + 1] if index + 1 < len(words) else None
    verb = not acts(index, words, lexicon) and (
        _is_verb(word, before, after, words[:index], lexicon)
        or ("s" in word.forms and related(index, words, lexicon))
        or (words[index - 1].low == "neither" and words[index - 1].tag == "NG")
    )
    if not verb and before is not None and _may_open(index, before, words, lexicon):
        left = words[: index - (before.tag == "CM")]
        verb = (before.tag == "CM" or not finite(left)) and not finite_later(
            words[index + 1 :], lexicon
        )
    if verb and _compound(index, words, lexicon):
        verb = False
    if verb and rather_noun(word, before, after, lexicon):
        verb = False
    if verb:
        word.tag = "VB"
        return
    modifies = after is not None and (
        after.tag in ("NN", "PN", "PA", "JJ", "PP")
        or (after.tag == "V?" and after.low in lexicon.singulars)
    )
    known = lexicon.tags.get(word.low)
    if known and word.low not in lexicon.singulars:
        word.tag = known
    elif modifies and set(word.forms) & {"d", "n", "g"} and "b" not in word.forms:
        word.tag = "JJ"
    else:
        word.tag = "NN"


def _may_open(
    index: int, before: Word, words: Sequence[Word], lexicon: Lexicon
) -> bool:
    """Tell whether a noun may be the verb that its clause lacks: "Aldoria hit back"."""
    word = words[index]
    after = words[index + 1] if index + 1 < len(words) else None
    forms = set(word.forms)
    if after is None or not forms & {"s", "d"}:
        return False
    if before.tag in ("PN", "NN", "CM", "RP") and after.tag in ("IN", "TO"):
        return True
    fellow = before.tag == "CM" and index > 1 and words[index - 2].tag == "VB"
    if before.tag not in ("PN", "PP") and not fellow:
        return False
    if after.tag in ("CM", "CC") or fellow:
        return listed(index, words)
    singular = lexicon.singulars.get(word.low, word.low)
    named = any(
        singular in table for table in (lexicon.heads, lexicon.nouns, lexicon.themes)
    )
    if "s" in forms and index == 1 and index + 2 < len(words):  # "A exports gas to B"
        named = named and words[index + 2].tag not in ("IN", "TO")
    return (forms >= {"b", "d"} or not named) and after.tag in ("NN", "V?", "RB", "JJ")


def _compound(index: int, words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Tell whether a noun is meant, as in "its arms deal with Belmark was"."""
    word, before = words[index], words[index - 1] if index else None
    after = words[index + 1] if index + 1 < len(words) else None
    if (
        before is None
        or after is None
        or before.tag != "NN"
        or after.tag not in ("IN", "TO")
        or word.low not in lexicon.singulars
        or set(word.forms) & {"s", "d", "g"}
    ):
        return False
    right = words[index + 1 :]
    stop = next(
        (i for i, one in enumerate(right) if one.tag in ("SC", "WD", "CM", "CC")),
        len(right),
    )
    return finite_later(right[:stop], lexicon)


def _is_verb(
    word: Word,
    before: Word | None,
    after: Word | None,
    left: Sequence[Word],
    lexicon: Lexicon,
) -> bool:
    forms = set(word.forms)
    noun = word.low in lexicon.singulars
    if before is None and noun and after is not None and after.tag == "IN":
        return False
    if before is None and word.low in lexicon.nouns and has_verb(after):
        return False  # "Fighting broke out"
    if before is None:
        return "g" in forms or (bool(forms & {"d", "n"}) and not noun)
    tag = before.tag
    if tag in _BASE_AFTER or (
        before.low == "than" and len(left) > 1 and (left[-2].low == "rather")
    ):
        return bool(forms & {"b", "g"})
    if tag == "BE":
        return bool(forms & {"n", "g"})
    if tag == "HV":
        return "n" in forms and not (
            noun
            and forms & {"b"}
            and after is not None
            and after.tag == "IN"
            and after.low not in ("off", "up", "down", "out", "back")
        )
    if tag in _IN_NP:
        return behind_modifier(before, after, forms, noun)
    if tag == "IN":
        return "g" in forms and not (
            noun
            and after is not None
            and (
                after.low in ("of", "by", "in", "against", "between")
                or (
                    after.low in ("to", "for", "from")
                    and before.low in lexicon.classes["particle"]
                    and word.low in lexicon.nouns
                )
            )
        )
    if tag in ("PN", "PP", "NN", "PR", "WD", "EX", "RP", "QO"):
        if after is not None and tag == "NN" and compounded(word, after, lexicon):
            return False  # "a chief arms supplier"
        return _behind_nominal(word, before, after, forms, noun, left)
    if tag == "CC":
        return behind_conjunction(word, after, forms, noun, left)
    if tag in ("CM", "SM", "SC", "FS", "LP"):
        if noun and before.low == "as" and after is not None and after.tag == "DT":
            return False  # "dismissed as lies the claim"
        if noun and after is not None and rather_listed(word, after, left, lexicon):
            return False
        if tag == "CM" and lexicon.speaks(word.lemmas) and forms & {"b", "s", "d"}:
            if after is not None and after.low == "that":
                return True  # "critics, for their part, insist that"
            if speaker_behind(after, word):
                return True  # "…, say diplomats"
        if "g" in forms or (forms & {"d", "n"} and not noun):
            return True
        if "b" in forms and not noun and not finite(left[:-1]):
            return starts_phrase(after) and plural_left(before, left)
        listed = after is not None and after.tag in ("CC", "CM")
        if listed and len(left) > 1 and left[-2].tag == "VB" and not noun:
            return bool(forms & set(left[-2].forms))  # "trains, equips and pays"
        return bool(forms & {"s", "d"}) and starts_phrase(after)
    if tag == "VB":
        if "g" in forms:
            return not (noun and after is not None and funded(word, after, lexicon))
        if lexicon.speaks(word.lemmas) and "d" in forms and starts_phrase(after):
            return any(
                one.tag == "WD" for one in left
            )  # "who asked not to be named said"
        return (
            bool(forms & {"n", "d"})
            and not noun
            and (after is None or after.tag in ("IN", "CM", "FS", "CC", "TO"))
        )
    if tag == "HY":
        return False
    return bool(forms & {"d", "s"}) and not noun


def _behind_nominal(
    word: Word,
    before: Word,
    after: Word | None,
    forms: set[str],
    noun: bool,
    left: Sequence[Word],
) -> bool:
    if before.tag in ("WD", "EX"):
        return True
    if "s" in forms and after is not None and after.tag == "V?" and "g" in after.forms:
        return True
    if "b" in forms and awaited(left):
        return True
    if "d" in forms and "b" not in forms:
        return True
    if before.tag == "PR":
        return bool(forms & {"b", "s", "d", "n"}) or "g" in forms
    if "g" in forms:
        return not noun or starts_phrase(after)
    if not noun:
        return bool(forms & {"b", "s", "d"})
    if after is None:
        return False
    if forms & {"s", "d"} and after.low in _PARTICLES and not finite(left):
        return after.low in _BACK or before.tag != "NN"  # "Aldoria hit back"
    if "s" in forms and clause_ends(before, after, left):
        return True
    if "s" in forms:
        if takes_object(after, left):
            return True
        return after.tag == "IN" and after.low in ("with",) and not finite(left)
    if "d" in forms and starts_phrase(after):
        return True
    return (
        "b" in forms
        and plural_left(before, left)
        and (
            starts_phrase(after)
            or after.low in ("with", "against")
            or (after.tag in ("TO", "SC") and not finite(left))
        )
    )
