"""Words that are something else beside their neighbours: "at least", "long-standing"."""

from __future__ import annotations

from collections.abc import Sequence

from whosays.extract.lexicon import Lexicon
from whosays.extract.surrounding import finite_later
from whosays.extract.words import Word

_ONLY = frozenset(
    {"only", "just", "merely", "simply", "solely", "least", "surprisingly"}
)
_ADVERBS = frozenset(
    {
        ("little", "more"),
        ("nothing", "more"),
        ("nothing", "less"),
        ("nothing", "but"),
        ("nothing", "other"),
        ("hardly", "more"),
        ("at", "least"),
        ("at", "last"),
        ("at", "most"),
        ("of", "course"),
        ("in", "fact"),
        ("in", "effect"),
        ("in", "particular"),
        ("in", "turn"),
        ("at", "times"),
        ("at", "once"),
        ("so", "far"),
        ("for", "example"),
        ("for", "instance"),
        ("on", "paper"),
        ("in", "short"),
    }
)
_COUNTS = frozenset({"one", "two", "three"})
_ORDINALS = frozenset({"first", "second", "third", "last", "then"})
_THAT_NOUNS_END = frozenset({"FS", "CM", "IN", "SM", "QO", "CC"})
_AT_NO = frozenset(
    (first, second)
    for first in ("in", "by", "at", "on", "under")
    for second in ("no", "any")
)
_WAYS = frozenset(
    {"way", "means", "time", "account", "stage", "stretch", "circumstances"}
)
_TIMED = frozenset({"since", "until", "till", "after", "before"})
_WHEN = frozenset(
    [
        "last",
        "then",
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
        "spring",
        "summer",
        "autumn",
        "winter",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "dawn",
        "dusk",
        "midnight",
        "early",
        "late",
        "mid",
    ]
)
_ABOUT = frozenset({"about", "around", "over"})
_SELVES = frozenset({"himself", "herself", "itself", "themselves"})
_MORE = frozenset(
    {("more", "than"), ("less", "than"), ("fewer", "than"), ("up", "to")}
    | {("close", "to"), ("well", "over")}
)
_OPENING = frozenset(
    [
        *("more", "less", "fewer", "well", "only"),
        *(first for first, _ in (*_ADVERBS, *_AT_NO)),
        *(*_COUNTS, *_ORDINALS, *_TIMED, *_SELVES),
        *("not", "no", "as", "all", "both", "each", "once", "very", "anything"),
        *("yet", "such", "known", "along", "together", "coupled", "out", "up"),
        "close",
    ]
)
"""What the set phrases begin with, but for numbers and conjunctions."""
_MODIFIERS = frozenset({"DT", "PS", "POS", "JJ", "CD", "PA"})


def settle_phrases(words: list[Word], lexicon: Lexicon) -> None:
    """Change the tags of set phrases, in place."""
    _hyphenated(words, lexicon)
    for index, word in enumerate(words[:-1]):
        if word.low not in _OPENING and word.tag not in ("SC", "CD"):
            continue
        after = words[index + 1]
        if word.tag == "CD" and index and words[index - 1].low in _ABOUT:
            _rounded(words[index - 1], word)
        if (word.low, after.low) in _ADVERBS:
            word.tag = after.tag = "RB"
            if after.low in ("more", "less", "other") and words[index + 2 :]:
                words[index + 2].tag = "RB"  # "little more than"
        elif (word.low, after.low) in _MORE and _number(words[index + 2 : index + 3]):
            word.tag = after.tag = "RB"  # "more than 300", "up to $2bn"
        elif word.low == "only" and index and words[index - 1].tag == "DT":
            word.tag = "JJ" if after.tag in ("NN", "JJ") else word.tag
        elif word.tag == "SC" and after.low == "that":  # "provided that", "so that"
            after.tag = "RB"
        elif word.low == "not" and after.low in _ONLY:
            word.tag = "RB"
        elif word.low == "no" and after.low == "longer":
            word.tag, after.tag = "NG", "RB"
        elif (
            word.low == "as"
            and after.low in ("many", "few")
            and index + 3 < len(words)
            and words[index + 2].low == "as"
            and words[index + 3].tag == "CD"
        ):
            word.tag = after.tag = words[index + 2].tag = "RB"  # "as many as 50"
        elif (
            word.low == "as"
            and after.low == "well"
            and (index + 2 < len(words) and words[index + 2].low == "as")
        ):
            word.tag, after.tag, words[index + 2].tag = "RB", "RB", "CC"
        elif (
            word.low == "both"
            and index
            and words[index - 1].tag == "VB"
            and lexicon.speaks(words[index - 1].lemmas)
            and finite_later(words[index + 1 :], lexicon)
        ):
            word.low, word.tag = "that", "SC"  # "said both A and B had"
        elif (
            word.low in ("all", "both", "each")
            and after.tag in ("VB", "MD", "BE", "HV", "DO")
        ) or (word.low == "both" and after.tag in ("DT", "PS", "PN", "PA")):
            word.tag = "RB"
        elif word.low in _ORDINALS and index and words[index - 1].tag in _MODIFIERS:
            word.tag = "JJ"
        elif word.low == "once" and (
            after.tag == "DT" or (index and words[index - 1].low in ("not", "for"))
        ):
            word.tag = "RB"
        elif word.low == "very" and index and words[index - 1].tag in ("DT", "PS"):
            word.tag = "JJ" if after.tag in ("NN", "PN", "PA") else word.tag
        elif word.low in _TIMED and (after.tag == "CD" or after.low in _WHEN):
            word.tag = "IN"
        elif word.low == "since" and index and words[index - 1].tag == "HV":
            word.tag = "RB"  # "has since resigned"
        elif (word.low, after.low) == ("anything", "but"):
            word.low, word.tag, after.tag = "never", "NG", "RB"
        elif (word.low, after.low) == ("close", "to"):
            word.tag = "JJ"  # "sources close to the Front said"
        elif word.low in ("out", "up") and after.low in ("between", "near"):
            if index and words[index - 1].tag == "VB":
                word.tag = "RB"  # "broke out between"
        elif (word.low, after.low) == ("one", "another"):
            word.tag, after.tag = "DT", "NN"
        elif (
            word.low == "yet"
            and after.low == "to"
            and index
            and (words[index - 1].tag in ("HV", "BE"))
        ):
            word.tag = "NG"  # "has yet to arm"
        elif (
            (word.low, after.low) in _AT_NO
            and index + 2 < len(words)
            and (words[index + 2].low in _WAYS)
        ):
            word.tag, words[index + 2].tag = "RB", "RB"
            after.tag = "NG" if after.low == "no" else "RB"
        elif word.low in _COUNTS and after.low == "of":
            word.tag = "CD"  # "one of its allies"
        elif word.low == "one" and after.tag in ("NN", "JJ"):
            word.tag = "CD"
        elif word.low == "such" and after.low == "as":
            word.tag, after.tag = "RB", "IN"
        elif word.low in _SELVES and index and words[index - 1].tag == "WD":
            word.tag = "RB"
        elif word.low == "known" and after.low == "as":
            word.tag, word.lemmas, word.forms = "VB", ("know",), "n"
        elif word.tag == "CD" and after.low in ("am", "pm"):
            after.tag = "CD"
        elif word.low in ("along", "together", "coupled") and after.low == "with":
            word.tag, after.tag = "RB", "CC"


def _rounded(about: Word, number: Word) -> None:
    """Let "about 300", "over 40" be a number; "about one plan", "over 2 towns" are not."""
    several = len(number.low) > 1 and number.low[0].isdigit()
    if several and number.low[:2] not in ("19", "20"):
        about.tag = "RB"


def _number(behind: Sequence[Word]) -> bool:
    return bool(behind) and behind[0].tag == "CD"


def settle_early(index: int, words: Sequence[Word]) -> None:
    """Tell a dash from a hyphen, and the month from the verb: "in May"."""
    word = words[index]
    if word.tag == "HY" and is_dash(index, words):
        word.tag = "SM"
    elif word.text == "May" and index and words[index - 1].tag in ("IN", "SC"):
        word.tag = "NN"


def is_dash(index: int, words: Sequence[Word]) -> bool:
    """Tell whether a hyphen stands for a dash: "he left - or so they say"."""
    return (
        0 < index < len(words) - 1
        and words[index - 1].end < words[index].start
        and words[index].end < words[index + 1].start
    )


def _hyphenated(words: list[Word], lexicon: Lexicon) -> None:
    """Let "long-standing", "anti-aircraft" be one modifier before its noun."""
    for index in range(1, len(words) - 1):
        if words[index].tag != "HY":
            continue
        left, mark, right = words[index - 1 : index + 2]
        if (
            left.mention
            or right.mention
            or (left.low in lexicon.participles and left.low != right.low)
            or mark.start != left.end
            or right.start != mark.end
        ):
            continue
        left.tag = mark.tag = "JJ"
        after = words[index + 2] if index + 2 < len(words) else None
        if after is not None and (after.tag in ("NN", "JJ", "HY", "PN", "PA", "CC")):
            right.tag = "JJ"


def settle_that(index: int, words: Sequence[Word]) -> None:
    """Tell what "that" is: it joins, stands for a noun, or goes before one."""
    word = words[index]
    before = words[index - 1] if index else None
    after = words[index + 1] if index + 1 < len(words) else None
    if after is None:
        word.tag = "PR"
    elif (
        before is not None
        and before.tag in ("NN", "PN", "PP", "CM")
        and (
            after.tag in ("VB", "MD", "BE", "HV", "DO", "V?", "NG")
            or (after.tag == "RB" and before.tag != "CM")
        )
    ):
        word.tag = "WD"
    elif after.tag in ("BE", "MD", "VB"):
        word.tag = "PR"
    elif after.tag == "NN" and not after.low.endswith("s"):
        following = words[index + 2].tag if index + 2 < len(words) else "FS"
        word.tag = "DT" if following in _THAT_NOUNS_END else "SC"
    else:
        word.tag = "SC"


def both_verbs(behind: Sequence[Word], lexicon: Lexicon) -> bool:
    """Tell whether two verbs share an object: "neither supports nor arms the Front"."""
    if len(behind) < 4 or behind[1].low != "nor":
        return False
    verbs = all(one.low in lexicon.verb_forms for one in (behind[0], behind[2]))
    object_ = behind[3].mention is not None or lexicon.tags.get(behind[3].low) in (
        "DT",
        "PS",
    )
    return verbs and object_
